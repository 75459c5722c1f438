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
            let (searches, units, apart) = try await visit.read { db in
                (try db.openSearches(visit), try db.unitsToMatch(visit), try db.searchesApart())
            }
            return .page(openSearchesPage(searches, units, apart, visit))
        }
    }
}

extension [ProvidedUnit] {
    /// All together, with what each needs: of two who must not meet, neither in a service nor in an area of the
    /// other's.
    fileprivate func proposal(
        for requests: [HousingRequest], apart: Set<KeptApart>, on today: Day
    ) -> BatchProposal {
        let homes = map { unit -> HousingUnit in
            var home = unit.unit(on: today)
            home.places = [unit.service.id.column, unit.service.terms.area.column]
            return home
        }
        let needs = requests.map { $0.needs.need($0.id, risk: $0.risk, since: $0.recordedAt) }
        return Matching().batch(needs, among: homes, reaching: .ask, apart: apart)
    }
}

/// Said of everybody who goes without, whatever the reason: which it is would say something of somebody else.
private let nothingLeft: HTML = """
    Nothing is left for them here: another household of this round is placed there, or it is not safe. Ask the service
    """

/// A proposal for all together holds nothing and offers nothing: whoever asks for a home does so on its search. That
/// two stay apart reads as any home does that goes to somebody else.
private func openSearchesPage(
    _ searches: [OpenSearch], _ units: [ProvidedUnit], _ apart: Set<KeptApart>, _ visit: Visit
) -> Page {
    let proposal = units.proposal(for: searches.map(\.request), apart: apart, on: visit.today)
    let named = Dictionary(uniqueKeysWithValues: units.map { ($0.id.column, $0) })
    let chosen = Dictionary(uniqueKeysWithValues: proposal.pairs.map { ($0.household, $0) })
    let rows = searches.map { search -> [HTML] in
        let pair = chosen[search.request.id.column]
        let unit = pair.flatMap { named[$0.unit] }
        let proposed: HTML = unit.map { unit in
            "\(unit.calledBy)\(pair?.standing == .ask ? ": ask first" : "")"
        } ?? nothingLeft
        return [GovUK.link(search.reference, href: search.request.path), "\(search.request.needs.line)",
                "\(search.request.risk.label)", "\(search.request.needs.neededOn.description)",
                "\(London.short(search.request.recordedAt))", proposed]
    }
    return Page("Who looks for a home", back: "/vacancies", wide: true, """
        \(searches.isEmpty ? plain(["Nobody looks for a home now."]) : """
            <p class="govuk-body">\(proposal.pairs.count) of \(searches.count) could be placed at once: first those at \
            high risk, then as many as possible, then whoever has waited longest. As far as anything is on record, \
            nobody is placed beside somebody whom they must not meet. It holds nothing and offers nothing: you \
            decide, with them.</p>
            \(GovUK.table(
                caption: "Searches that go on, the longest first", captionHidden: true,
                columns: ["Case", "Household", "Risk", "From", "Since", "If all are placed at once"], rows: rows))
            """)
        """)
}
