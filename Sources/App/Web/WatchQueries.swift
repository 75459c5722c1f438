import Foundation
import Postgres

extension Connection {
    /// A real write, for readiness.
    func touchReadiness(at moment: Date, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.throttle (bucket, partnership_id, failures, last_failure_at)
            VALUES (\(Data("ready".utf8)), \(partnership), 0, \(moment))
            ON CONFLICT (bucket) DO UPDATE SET last_failure_at = excluded.last_failure_at
            """)
    }
}
