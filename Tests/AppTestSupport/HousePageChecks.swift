import Foundation
import HTTPTypes
import Testing
@testable import App

/// What holds on every page, whoever asks for it: checked on each page that any test visits.
enum HouseChecks {
    /// Headers of every answer (rulings, 1).
    static let headers = [
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    ]
    /// Statements that a page may run, and bytes that it may weigh.
    static let mostQueries = 8
    static let mostBytes = 80_000

    /// Pages whose h1 says more than their title may: a person's name, or what the work is.
    private static let apart: Set = [
        "Person", "Contact", "Contact details", "Case", "Account", "Assessment", "Assess", "Other person", "Referral", "Referrals",
        "Address", "Timeline", "Output", "Plan",
    ]
    /// What a title may not contain: it would tell whoever looks over a shoulder what this is for.
    private static let telling = [
        "abuse", "violen", "harm", "victim", "survivor", "perpetrator", "refuge", "safe", "risk", "dash", "marac",
        "idva", "W-",
    ]

    static func page(_ seen: Seen, _ source: SourceLocation) {
        var faults = seen.markup.faults
        faults += headers(seen.answer)
        faults += titleAndHeading(seen)
        faults += ids(seen.markup)
        faults += labels(seen.markup)
        faults += errorSummary(seen)
        faults += links(seen.markup)
        faults += forms(seen)
        faults += inline(seen.markup)
        if seen.markup.all("html").first?["lang"] != "en" { faults.append("no lang") }
        // A form that comes back is as large as what was typed into it, and sending one is no page.
        let bytes = seen.answer.body.utf8.count
        if seen.status == 200, bytes > mostBytes { faults.append("\(bytes) bytes") }
        let queries = seen.answer["X-Queries"].flatMap { Int($0) } ?? 0
        if seen.isAsked, queries > mostQueries { faults.append("\(queries) queries") }
        report(faults, seen.path, seen.status, source)
    }

    /// A redirect keeps the headers and leads to a page that exists.
    static func redirect(_ answer: Answer, _ source: SourceLocation) {
        var faults = headers(answer)
        let location = answer.location ?? ""
        if location.hasPrefix("/"), !Routes.exists("GET", location) { faults.append("leads nowhere: \(location)") }
        report(faults, location, answer.status, source)
    }

    private static func report(_ faults: [String], _ path: String, _ status: Int, _ source: SourceLocation) {
        if faults.isEmpty { return }
        let list = faults.map { "\n  - \($0)" }.joined()
        Issue.record("\(path) (\(status)) breaks the rules of the house:\(list)", sourceLocation: source)
    }

    static func headers(_ answer: Answer) -> [String] {
        headers.sorted { $0.key < $1.key }.filter { answer[$0.key] != $0.value }
            .map { "\($0.key): \(answer[$0.key] ?? "-")" }
    }

    private static func titleAndHeading(_ seen: Seen) -> [String] {
        var faults: [String] = []
        let headings = seen.markup.all("h1")
        if headings.count != 1 { faults.append("\(headings.count) h1") }
        if seen.heading.isEmpty { faults.append("an empty h1") }
        var title = seen.title
        let hasErrors = title.hasPrefix("Error: ")
        if seen.status == 422, !hasErrors { faults.append("422 whose title is '\(title)'") }
        if hasErrors != !seen.errors.isEmpty { faults.append("title and error summary disagree") }
        if hasErrors { title.removeFirst("Error: ".count) }
        // A sheet to be handed over doesn't even name the service.
        if title == "Notes", seen.markup.all("html").first?["class"]?.hasSuffix(" drystone-paper") == true {
            return faults
        }
        guard title.hasSuffix(" - Drystone") else { return faults + ["title '\(title)'"] }
        title.removeLast(" - Drystone".count)
        if title != seen.heading, !apart.contains(title) { faults.append("title '\(title)', h1 '\(seen.heading)'") }
        for word in telling + World.names where title.localizedCaseInsensitiveContains(word) {
            faults.append("a title that tells: '\(title)'")
        }
        return faults
    }

    private static func ids(_ page: Markup) -> [String] {
        let ids = page.elements.compactMap { $0["id"] }
        var faults = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }
            .map { "id \($0.key) \($0.value.count) times" }
        let known = Set(ids)
        for element in page.elements {
            for attribute in ["aria-describedby", "aria-controls", "aria-labelledby"] {
                for id in (element[attribute] ?? "").split(separator: " ") where !known.contains(String(id)) {
                    faults.append("\(attribute) of \(element.name) leads to no \(id)")
                }
            }
        }
        return faults
    }

    private static func labels(_ page: Markup) -> [String] {
        let labelled = Set(page.all("label").filter { !$0.words.isEmpty }.compactMap { $0["for"] })
        let controls = page.elements.filter { element in
            ["input", "select", "textarea"].contains(element.name) && element["type"] != "hidden"
        }
        var faults = controls.filter { !labelled.contains($0["id"] ?? "") }.map { "no label: \($0["name"] ?? $0.name)" }
        faults += page.all("button").filter { $0.words.isEmpty }.map { _ in "a button without words" }
        faults += page.all("a").filter { $0.words.isEmpty }.map { "a link without words: \($0["href"] ?? "")" }
        for index in page.elements.indices where page.elements[index].name == "fieldset" {
            if page.all("legend", in: index).isEmpty { faults.append("a fieldset without a legend") }
        }
        return faults
    }

    private static func errorSummary(_ seen: Seen) -> [String] {
        let ids = Set(seen.markup.elements.compactMap { $0["id"] })
        let page = seen.markup
        let summaries = page.elements.indices.filter { page.elements[$0]["class"] == "govuk-error-summary" }
        let links = summaries.flatMap { page.all("a", in: $0) }.compactMap { $0["href"] }
        return links.filter { !$0.hasPrefix("#") || !ids.contains(String($0.dropFirst())) }
            .map { "the error summary leads to no \($0)" }
    }

    private static func links(_ page: Markup) -> [String] {
        let ids = Set(page.elements.compactMap { $0["id"] })
        var faults: [String] = []
        for href in page.elements.compactMap({ $0["href"] }) {
            if href.hasPrefix("#") {
                if !ids.contains(String(href.dropFirst())) { faults.append("no such place on the page: \(href)") }
            } else if href.hasPrefix("/") {
                if !Routes.exists("GET", href) { faults.append("a link to nowhere: \(href)") }
            } else if !href.hasPrefix("otpauth://totp/Drystone:") {
                faults.append("a link away: \(href)")
            }
            for name in World.names where href.contains(name) { faults.append("a name in an address: \(href)") }
        }
        return faults
    }

    private static func forms(_ seen: Seen) -> [String] {
        seen.forms.flatMap { form -> [String] in
            var faults: [String] = []
            if !Routes.exists(form.method.uppercased(), form.action) {
                faults.append("a form to nowhere: \(form.method) \(form.action)")
            }
            // The page of a lost database gives every field back as it came, and is made without any session.
            if form.method == "post", form["csrf"].isEmpty, seen.status != 503 {
                faults.append("a form without its token: \(form.action)")
            }
            return faults
        }
    }

    private static func inline(_ page: Markup) -> [String] {
        var faults: [String] = []
        for element in page.elements {
            if element.name == "script", element["src"] == nil || !element.words.isEmpty {
                faults.append("script inline")
            }
            if element.name == "style" || element["style"] != nil { faults.append("style inline") }
            faults += element.attributes.keys.filter { $0.lowercased().hasPrefix("on") }.map { "\($0) inline" }
            let addresses = ["href", "src", "action", "formaction"].compactMap { element[$0] }
            faults += addresses.filter { $0.lowercased().hasPrefix("javascript:") }
            if ["iframe", "object", "embed", "base"].contains(element.name) { faults.append("<\(element.name)>") }
            if let source = element["src"], !source.hasPrefix("/assets/") { faults.append("from elsewhere: \(source)") }
        }
        return faults
    }
}

/// The routes, to see whether an address leads anywhere.
enum Routes {
    /// By method and number of parts.
    private static let known = Dictionary(
        grouping: Site.whole().routes.map { ($0.method.rawValue, $0.path.split(separator: "/")) }
            + [("GET", ["assets", ":name"])],
        by: { method, parts in "\(method) \(parts.count)" })

    static func exists(_ method: String, _ address: String) -> Bool {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/")
        return known["\(method) \(parts.count)", default: []].contains { _, route in
            zip(route, parts).allSatisfy { $0 == $1 || $0.hasPrefix(":") }
        }
    }
}

extension World {
    /// Names of the people of the World, who may stand in no title and no address.
    static let names = [
        "Castell", "Dunmore", "Abernethy", "Sollis", "Tamboura", "Haslett", "Priyanka", "Lovell", "Kasprak", "Mbeki",
        "Faulkner", "Łaska", "Farida", "Oakes", "Drury", "Nakamura", "Ilesanmi", "Sorcha", "Bellamy", "Quill",
    ]
}
