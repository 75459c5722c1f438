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
            let review = try await visit.read { db in
                let actors = try db.auditActors(in: partnership)
                // Whose account is not the partnership's did nothing here; that is known without a look.
                let rows = filter.asks(about: actors)
                    ? try db.auditRows(filter, in: partnership, limit: AuditReview.perPage + 1) : []
                return AuditReview(
                    filter: filter, rows: Array(rows.prefix(AuditReview.perPage)),
                    hasMore: rows.count > AuditReview.perPage, actors: actors,
                    sealing: try db.lastSealing(partnership),
                    searches: filter.isUnfiltered ? try db.searchHabits(in: partnership) : [])
            }
            return .page(auditReviewPage(review, now: visit.now))
        }
    }
}
