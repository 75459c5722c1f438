import Foundation
import Pages
import Postgres
import Statistics

/// What was asked, and while the search goes on what fits, what has to be asked first, and why the rest doesn't: best
/// first. A person decides.
func housingRequestPage(
    _ record: CaseRecord, _ request: HousingRequest, _ offers: [HousingOffer], _ units: [ProvidedUnit],
    _ areas: [AreaChoice], _ visit: Visit
) -> Page {
    let held = offers.first { $0.unit != nil && $0.state(at: visit.now).waits }
    let mayAsk = held == nil && visit.viewer.may(.seekHousing)
    return Page(
        "A home for a household", caption: "\(request.needs.line). \(record.reference)",
        back: "/cases/\(record.id.column)/housing", wide: true, """
        \(request.outcome.map { GovUK.insetText("\($0.label).") })
        \(held.map { heldNotice($0) })
        \(offers.isEmpty ? HTML.empty : offersTable(offers, visit))
        \(travelLine(request, visit))
        \(request.isOpen ? matches(request, units, mayAsk: mayAsk, visit) : HTML.empty)
        \(GovUK.details("What they need", needsList(request, areas)))
        """)
}

/// How they travel, which is arranged before or after a yes.
private func travelLine(_ request: HousingRequest, _ visit: Visit) -> HTML {
    let words = "Travel: \(request.travel?.line ?? "nothing arranged yet")."
    guard visit.viewer.may(.seekHousing) else { return GovUK.paragraph("\(words)") }
    return GovUK.paragraph("\(words) \(GovUK.link("Arrange travel", href: request.path + "/travel"))")
}

private func heldNotice(_ offer: HousingOffer) -> HTML {
    let until = offer.heldUntil.map { " until \(London.dateAndTime($0))" } ?? ""
    return """
        \(GovUK.insetText("\(offer.whom): \(offer.recorded.label.lowercasedFirst)\(until)."))
        \(GovUK.button("Put down what came of it", href: offer.askersPath))
        """
}

private func matches(_ request: HousingRequest, _ units: [ProvidedUnit], mayAsk: Bool, _ visit: Visit) -> HTML {
    let matching = Matching()
    let need = request.needs.need(request.id, risk: request.risk, since: request.recordedAt)
    let homes = units.map { $0.unit(on: visit.today) }
    let verdicts = matching.verdicts(for: need, among: homes)
    let named = Dictionary(uniqueKeysWithValues: units.map { ($0.id.column, $0) })
    let open = verdicts.filter { $0.standing != .doesNot }
    let closed = verdicts.filter { $0.standing == .doesNot }
    let base: String? = mayAsk ? request.path + "/units/" : nil
    let buttons: HTML = !visit.viewer.may(.seekHousing) ? .empty : GovUK.buttonGroup([
        GovUK.button("Somebody else was asked", kind: .secondary, href: request.path + "/elsewhere"),
        GovUK.button("End the search", kind: .secondary, href: request.path + "/end"),
    ])
    let found = open.isEmpty ? "None of \(verdicts.count) homes may be asked."
        : "\(open.count) of \(verdicts.count) homes may be asked, best first. It recommends: you decide, with them."
    return """
        <p class="govuk-body">From \(request.needs.neededOn.description). \(found)</p>
        \(open.isEmpty ? nothingFits(verdicts) : matchTable("May be asked", Array(open.prefix(25)), named, base, visit))
        \(buttons)
        \(moreIf(matching, need, homes))
        \(closed.isEmpty ? HTML.empty : GovUK.details(
            "Why not the other \(closed.count)",
            matchTable("Not for them", Array(closed.prefix(50)), named, base, visit)))
        """
}

private func matchTable(
    _ caption: String, _ verdicts: [MatchVerdict], _ named: [String: ProvidedUnit], _ asking: String?, _ visit: Visit
) -> HTML {
    GovUK.table(
        caption: caption, columns: ["Unit", "Kind and area", "Takes", "Why not, or what to ask", "Last confirmed"],
        rows: verdicts.compactMap { verdict -> [HTML]? in
            guard let unit = named[verdict.unit] else { return nil }
            let failed = verdict.failed.cases.map(MatchWords.reason)
            let asked = verdict.questions.cases.map(MatchWords.question)
            let notes = verdict.notes.cases.map(MatchWords.note)
            let why = failed + (failed.isEmpty ? asked.map { "Ask \($0)" } : []) + notes
            let name: HTML = asking.map { GovUK.link(unit.calledBy, href: $0 + unit.id.column) } ?? "\(unit.calledBy)"
            return [
                name, "\(unit.service.terms.kind.label), \(unit.service.areaName)",
                "\(unit.size.line)", why.isEmpty ? "Fits" : GovUK.list(why.map { "\($0)" }), unit.freshness(visit.now),
            ]
        })
}

private func nothingFits(_ verdicts: [MatchVerdict]) -> HTML {
    let liftings = Matching.smallestLiftings(of: verdicts, reaching: .ask, limit: 3).map { lifting -> HTML in
        let reasons = lifting.reasons.cases.map(MatchWords.reason).joined(separator: " and ")
        return "\(lifting.units) unit\(lifting.units == 1 ? "" : "s") but for: \(reasons.lowercasedFirst)"
    }
    return """
        <p class="govuk-body">Nothing here is for them today. Ask further away, and record each answer: that is how \
        unmet need is counted.</p>\(liftings.isEmpty ? HTML.empty : GovUK.list(liftings))
        """
}

private func moreIf(_ matching: Matching, _ need: HousingNeed, _ homes: [HousingUnit]) -> HTML {
    let more = matching.moreIf(for: need, among: homes).prefix(5).map { one -> HTML in
        "\(one.units) more \(MatchWords.fact(one.fact))"
    }
    return more.isEmpty ? .empty : GovUK.details("What stands in the way", GovUK.list(Array(more)))
}

func housingRequestsPage(_ record: CaseRecord, _ requests: [HousingRequest], _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)/housing"
    let mayAsk = record.isOpen && visit.viewer.may(.seekHousing) && !requests.contains(where: \.isOpen)
    return Page("Homes looked for", caption: record.reference, back: "/cases/\(record.id.column)", wide: true, """
        \(mayAsk ? GovUK.button("Find a home", href: base + "/new") : HTML.empty)
        \(requests.isEmpty ? plain(["Nothing was looked for yet."]) : GovUK.table(
            caption: "What was looked for, newest first", columns: ["When", "Who", "From", "State"],
            rows: requests.map { request -> [HTML] in
                [GovUK.link(London.short(request.recordedAt), href: request.path), "\(request.needs.line)",
                 "\(request.needs.neededOn.description)", request.outcome.map {
                     GovUK.tag($0.label, colour: $0.isMet ? .green : .red)
                 } ?? GovUK.tag("Looking", colour: .yellow)]
            }))
        """)
}
