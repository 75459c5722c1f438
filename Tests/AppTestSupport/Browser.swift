import Foundation
import Synchronization
import Testing
@testable import App

/// A person's browser: it keeps cookies, follows redirects, fills in the forms that it is shown, and sends what a real
/// one sends. Every page that it sees goes through the house checks.
final class Browser: Sendable {
    let site: TestSite
    private let jar: Mutex<[String: String]>
    /// Where the requests come from, for throttling.
    let address: String

    /// Signed in as `person` with the World's own session, or as nobody.
    init(
        _ site: TestSite, as person: World.Staff? = nil, in side: World.Side = .north,
        from address: String = "192.0.2.1"
    ) {
        self.site = site
        self.address = address
        jar = Mutex(person.map { [Cookies.session: World.cookie($0.token(in: side))] } ?? [:])
    }

    var cookies: [String: String] { jar.withLock { $0 } }
    func setCookie(_ name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    /// One request as this browser would send it; nothing is followed, and pages are not checked.
    func send(
        _ verb: Verb, _ path: String, form: [UInt8]? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var all = ["X-Forwarded-For": address]
        let held = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !held.isEmpty { all["Cookie"] = held }
        if form != nil {
            all["Content-Type"] = "application/x-www-form-urlencoded"
            all["Sec-Fetch-Site"] = "same-origin"
            all["Origin"] = "http://\(TestClient.host)"
        }
        all.merge(headers) { $1 }
        let answer = try await site.client.send(verb, path, all, body: form ?? [])
        for cookie in answer.cookies { keep(cookie) }
        return answer
    }

    private func keep(_ cookie: String) {
        let parts = cookie.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
            pair.count == 2 else { return }
        let isGone = parts.contains("Max-Age=0") || pair[1].isEmpty
        jar.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
    }

    /// Goes to an address and on to wherever it leads.
    @discardableResult
    func get(_ path: String, at source: SourceLocation = #_sourceLocation) async throws -> Seen {
        try await follow(send(.get, path), at: path, isAsked: true, source)
    }

    /// Presses a link of a page, found by what it says.
    @discardableResult
    func press(_ text: String, on page: Seen, at source: SourceLocation = #_sourceLocation) async throws -> Seen {
        let link = page.markup.all("a").first { $0.words == text || $0.words.hasPrefix("\(text) ") }
        let href = try #require(link?["href"], "no link '\(text)' on \(page.path)", sourceLocation: source)
        return try await get(href, at: source)
    }

    /// Fills in a form of a page and sends it. `action` says which, where there are several.
    @discardableResult
    func submit(
        _ page: Seen, _ answers: KeyValuePairs<String, String> = [:], to action: String? = nil,
        at source: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        var form = try page.form(action, at: source)
        let misfits = form.fill(answers)
        #expect(misfits.isEmpty, "the form of \(page.path) takes no \(misfits)", sourceLocation: source)
        return try await submit(form, at: source)
    }

    /// Sends a form as it is, and goes on to wherever it leads.
    @discardableResult
    func submit(_ form: PageForm, at source: SourceLocation = #_sourceLocation) async throws -> Seen {
        try await follow(post(form), at: form.action, isAsked: false, source)
    }

    /// Sends a form as it is, and stays with the answer.
    func post(_ form: PageForm) async throws -> Answer {
        guard form.takesFile else { return try await send(.post, form.action, form: form.body) }
        return try await send(
            .post, form.action, form: form.bodyWithFile,
            headers: ["Content-Type": "multipart/form-data; boundary=\(PageForm.boundary)"])
    }

    private func follow(
        _ answer: Answer, at path: String, isAsked: Bool, _ source: SourceLocation
    ) async throws -> Seen {
        var (answer, path, hops, isAsked) = (answer, path, 0, isAsked)
        while answer.status == 303, let location = answer.location, location.hasPrefix("/"), hops < 5 {
            HouseChecks.redirect(answer, source)
            (answer, path, hops, isAsked) = (try await send(.get, location), location, hops + 1, true)
        }
        let seen = Seen(path: path, answer: answer, isAsked: isAsked)
        if answer.isPage { HouseChecks.page(seen, source) }
        return seen
    }
}

/// A page that somebody is looking at.
struct Seen: Sendable {
    let path: String
    let answer: Answer
    let markup: Markup
    /// Whether the page was asked for, not the answer to a form.
    let isAsked: Bool

    init(path: String, answer: Answer, isAsked: Bool = true) {
        (self.path, self.answer, self.isAsked) = (path, answer, isAsked)
        markup = Markup(answer.body)
    }

    var status: Int { answer.status }
    /// Everything in the page's main part, as a reader sees it.
    var text: String { markup.all("main").first?.words ?? "" }
    /// Where the links of the page lead.
    var links: [String] { markup.all("a").compactMap { $0["href"] } }
    var heading: String { markup.all("h1").first?.words ?? "" }
    var title: String { markup.all("title").first?.words ?? "" }
    /// What the error summary says, line by line.
    var errors: [String] {
        let summary = markup.elements.firstIndex { $0["class"] == "govuk-error-summary" }
        return summary.map { markup.all("a", in: $0).map(\.words) } ?? []
    }
    var forms: [PageForm] {
        markup.elements.indices.filter { markup.elements[$0].name == "form" }.map { PageForm(markup, $0) }
    }

    /// The form that sends to `action`, or the page's own: the first that isn't the way out.
    func form(_ action: String? = nil, at source: SourceLocation = #_sourceLocation) throws -> PageForm {
        let asides = ["/sign-out", "/lock", "/drafts/discard"]
        let found = forms.first { form in
            action.map { form.action == $0 } ?? (!asides.contains(form.action) && !form.action.hasSuffix("/reveal"))
        }
        return try #require(found, "no form \(action ?? "") on \(path) (\(status)): \(text.prefix(200))",
                            sourceLocation: source)
    }

    /// The id at the end of the page's address.
    func id(at source: SourceLocation = #_sourceLocation) throws -> UUID {
        try #require(UUID(uuidString: String(path.split(separator: "/").last ?? "")), sourceLocation: source)
    }
}
