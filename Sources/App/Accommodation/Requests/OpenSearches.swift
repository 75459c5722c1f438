import Foundation
import Pages
import Postgres
import Statistics

/// A search that goes on, and the case that it is for.
struct OpenSearch: Sendable {
    let request: HousingRequest
    let reference: String
}

extension Site {
    /// Everybody for whom the viewer's agencies look for a home, and who could go where if all are placed at once.
    mutating func addOpenSearches() {
        get("vacancies/searches", .needs(.seekHousing)) { visit in
            let (searches, units) = try await visit.read { db in
                (try db.openSearches(visit), try db.unitsToMatch(visit))
            }
            return .page(openSearchesPage(searches, units, visit))
        }
    }
}

/// A proposal for all together holds nothing and offers nothing: whoever asks for a home does so on its search.
private func openSearchesPage(_ searches: [OpenSearch], _ units: [ProvidedUnit], _ visit: Visit) -> Page {
    let needs = searches.map(\.request).map { $0.needs.need($0.id, risk: $0.risk, since: $0.recordedAt) }
    let proposal = Matching().batch(needs, among: units.map { $0.unit(on: visit.today) }, reaching: .ask)
    let named = Dictionary(uniqueKeysWithValues: units.map { ($0.id.column, $0) })
    let chosen = Dictionary(uniqueKeysWithValues: proposal.pairs.map { ($0.household, $0) })
    let rows = searches.map { search -> [HTML] in
        let pair = chosen[search.request.id.column]
        let unit = pair.flatMap { named[$0.unit] }
        let proposed: HTML = unit.map { unit in
            "\(unit.calledBy)\(pair?.standing == .ask ? ": ask first" : "")"
        } ?? "Nothing is left for them here"
        return [GovUK.link(search.reference, href: search.request.path), "\(search.request.needs.line)",
                "\(search.request.risk.label)", "\(search.request.needs.neededOn.description)",
                "\(London.short(search.request.recordedAt))", proposed]
    }
    return Page("Who looks for a home", back: "/vacancies", wide: true, """
        \(searches.isEmpty ? plain(["Nobody looks for a home now."]) : """
            <p class="govuk-body">\(proposal.pairs.count) of \(searches.count) could be placed at once: first those at \
            high risk, then as many as possible, then whoever has waited longest. It holds nothing and offers \
            nothing: you decide, with them.</p>
            \(GovUK.table(
                caption: "Searches that go on, the longest first", captionHidden: true,
                columns: ["Case", "Household", "Risk", "From", "Since", "If all are placed at once"], rows: rows))
            """)
        """)
}
