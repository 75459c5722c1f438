import Foundation
import Postgres

extension Connection {
    func addChildTie(_ child: UUID, of adult: Person, _ kind: ChildTie, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.child_tie (id, partnership_id, agency_id, child_id, adult_id, kind, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(adult.agency), \(child), \(adult.id), \(kind),
                    \(visit.viewer.account))
            """)
    }
}
