import Foundation
import Pages
import Postgres

extension Site {
    /// The log for its reviewer. The look itself is in the log before anything is read.
    mutating func addAuditReview() {
        get("audit", .needs(.reviewAudit)) { visit in
            let filter = AuditFilter(visit.query)
            try await visit.write { db in try db.audit(.auditViewed, .log, nil, detail: filter.detail) }
            let partnership = visit.viewer.partnership
            let searches = filter.isUnfiltered ? try await visit.searchHabits() : []
            let review = try await visit.read { db in
                let actors = try db.auditActors(in: partnership)
                // Whose account is not the partnership's did nothing here; that is known without a look.
                let rows = filter.asks(about: actors)
                    ? try db.auditRows(filter, in: partnership, limit: AuditReview.perPage + 1) : []
                return AuditReview(
                    filter: filter, rows: Array(rows.prefix(AuditReview.perPage)),
                    hasMore: rows.count > AuditReview.perPage, actors: actors,
                    sealing: try db.lastSealing(partnership),
                    searches: searches)
            }
            return .page(auditReviewPage(review, now: visit.now))
        }
    }
}

extension Visit {
    /// Of a week's searches, each looked up in the log: kept for a minute, for this reviewer alone.
    fileprivate func searchHabits() async throws -> [SearchHabit] {
        try await services.kept.value(for: "search habits \(viewer.account.column)") {
            try await read { db in try db.searchHabits(in: viewer.partnership) }
        }
    }
}
