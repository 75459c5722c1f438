import Foundation
import Pages
import Postgres

extension Site {
    /// What an agency counts of a quarter, handed in by its manager for the partnership's analyst.
    mutating func addReturns() {
        get("team/homes/return", .needs(.viewTeam)) { visit in
            let quarter = try visit.endedQuarter(visit.query["quarter"]?.first)
            let state = try await visit.returnState(quarter, visit.query["agency"]?.first)
            return .page(returnPage(state, Answers(), visit))
        }
        post("team/homes/return", .needs(.viewTeam)) { visit in try await visit.handIn() }
    }
}

extension Visit {
    /// Of an agency whose team the viewer sees; of the first where none is named.
    fileprivate func returnState(_ quarter: FigureQuarter, _ agencyText: String?) async throws -> ReturnState {
        try await read { db in
            let agencies = try db.agencyNames(viewer.agencies(.viewTeam))
            let asked = agencyText.flatMap { $0.isEmpty ? nil : $0 }
            let agency = try agencies.first { asked == nil || $0.id.column == asked }.orNotFound()
            return ReturnState(
                quarter: quarter, agency: agency.id, agencies: agencies,
                counts: try db.figureCounts(quarter, of: agency.id, at: now),
                handedIn: try db.figureReturns(quarter).first { $0.agency == agency.id },
                isReleased: try db.isReleased(quarter), quartersHandedIn: try db.quartersHandedIn(by: agency.id))
        }
    }

    fileprivate func handIn() async throws -> Reply {
        var answers = typed
        let quarter = try endedQuarter(of: answers)
        let named = answers["agency"]
        // What no form of ours ever said.
        guard named.isEmpty || UUID(uuidString: named) != nil else { throw Refusal.unreadable }
        if answers["looked"] != "yes" {
            answers.refuse("looked", "Say that you have looked at these numbers, or come back when you have")
            return .invalid(returnPage(try await returnState(quarter, named), answers, self))
        }
        let agency = try viewer.agencies(.viewTeam).first { $0.column == named }.orNotFound()
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: ReturnState.path(quarter, agency)) { db in
                    let counts = try db.figureCounts(quarter, of: agency, at: now)
                    try db.handIn(counts, of: quarter, agency, id: id, signer)
                    try db.audit(.figuresHandedIn, .accommodation, id)
                }
            })
        } catch let error as PostgresError where error.sqlState == "42501" {
            return .conflict(returnPage(
                try await returnState(quarter, named), answers, self,
                notice: GovUK.notificationBanner("Important", """
                    <p class="govuk-notification-banner__heading">This quarter was released meanwhile: its numbers \
                    stay as they are.</p>
                    """)))
        }
    }
}
