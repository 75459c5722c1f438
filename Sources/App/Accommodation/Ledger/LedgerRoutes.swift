import Foundation
import Pages
import Postgres

extension Site {
    /// The ledger of what landlords gave one another.
    mutating func addReciprocalLedger() {
        get("team/reciprocals", .needs(.viewTeam)) { visit in
            let entries = try await visit.read { db in try db.reciprocalLedger(visit) }
            return .page(reciprocalLedgerPage(ReciprocalBalance.pairs(of: entries), visit))
        }
        get("team/reciprocals/rows", .needs(.viewTeam)) { visit in
            func id(_ name: String) -> UUID { visit.query[name]?.first.flatMap { UUID(uuidString: $0) } ?? .zero }
            let (one, other) = (id("one"), id("other"))
            let skipping = visit.query["after"]?.first.flatMap { Int($0) }.map { min(max($0, 0), 1_000) } ?? 0
            let rows = try await visit.read { db in
                try db.reciprocalMoves(between: one, and: other, skipping: skipping, visit)
            }
            let base = "/team/reciprocals/rows?one=\(one.column)&other=\(other.column)"
            return .page(reciprocalRowsPage(rows, base: base, skipping: skipping))
        }
    }
}
