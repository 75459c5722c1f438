import Foundation
import Postgres

extension Connection {
    /// False when the two are recorded so already, or the other way round.
    @discardableResult
    func addChildTie(_ child: UUID, of adult: Person, _ kind: ChildTie, _ visit: Visit) throws -> Bool {
        try run("""
            INSERT INTO app.child_tie (id, partnership_id, agency_id, child_id, adult_id, kind, recorded_by)
            SELECT \(UUID()), \(visit.viewer.partnership), \(adult.agency), \(child), \(adult.id), \(kind),
                   \(visit.viewer.account)
            WHERE NOT EXISTS (SELECT FROM app.child_tie t WHERE t.child_id = \(adult.id) AND t.adult_id = \(child))
            ON CONFLICT (agency_id, child_id, adult_id) DO NOTHING
            """) == 1
    }
}
