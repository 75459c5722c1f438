import Foundation
import Pages
import Postgres

extension Site {
    /// What an agency counts of a quarter, handed in by its manager for the partnership's analyst.
    mutating func addReturns() {
        get("team/homes/return", .needs(.viewTeam)) { visit in
            let quarter = visit.query["quarter"]?.first, agency = visit.query["agency"]?.first
            return .page(returnPage(try await visit.returnState(quarter, agency), Answers(), visit))
        }
        post("team/homes/return", .needs(.viewTeam)) { visit in try await visit.handIn() }
    }
}

extension Visit {
    /// A quarter that has ended, and an agency whose team the viewer sees; the last and the first where none is named.
    fileprivate func returnState(_ quarterText: String?, _ agencyText: String?) async throws -> ReturnState {
        let quarters = FigureQuarter.ended(by: today)
        let named = quarterText.flatMap { $0.isEmpty ? nil : $0 }.map { FigureQuarter($0) }
        let quarter = try (named ?? quarters.first).flatMap { quarters.contains($0) ? $0 : nil }.orNotFound()
        return try await read { db in
            let agencies = try db.teamAgencies(self)
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
        // What no form of ours ever said.
        let (quarter, agency) = (answers["quarter"], answers["agency"])
        guard quarter.isEmpty || FigureQuarter(quarter) != nil, agency.isEmpty || UUID(uuidString: agency) != nil
        else { throw Refusal.unreadable }
        let state = try await returnState(answers["quarter"], answers["agency"])
        if answers["looked"] != "yes" {
            answers.refuse("looked", "Say that you have looked at these numbers, or come back when you have")
            return .invalid(returnPage(state, answers, self))
        }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: state.path) { db in
                    // Counted again in the same transaction: what is audited is what was handed in.
                    let counts = try db.figureCounts(state.quarter, of: state.agency, at: now)
                    try db.handIn(counts, of: state.quarter, state.agency, id: id, signer)
                    try db.audit(.figuresHandedIn, .accommodation, id)
                }
            })
        } catch let error as PostgresError where error.sqlState == "42501" {
            return .conflict(returnPage(
                try await returnState(answers["quarter"], answers["agency"]), answers, self,
                notice: GovUK.notificationBanner("Important", """
                    <p class="govuk-notification-banner__heading">This quarter was released meanwhile: its numbers \
                    stay as they are.</p>
                    """)))
        }
    }
}
