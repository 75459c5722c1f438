import Foundation
import Postgres

extension Connection {
    /// Adds counts to the shared ones and answers the sums; deletes windows that have passed.
    func addRates(_ counts: [Data: Int], from start: Date, in partnership: UUID) throws -> [Data: Int] {
        try run("DELETE FROM app.rate_window WHERE starts_at < now() - interval '1 minute'")
        // One order for all servers, so that no two wait for each other's rows.
        let sorted = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        let sums = try all("""
            INSERT INTO app.rate_window (bucket, starts_at, partnership_id, requests)
            SELECT bucket, \(start), \(partnership), requests
            FROM unnest(\(sorted.map(\.key))::bytea[], \(sorted.map(\.value))::int[]) AS t(bucket, requests)
            ON CONFLICT (bucket, starts_at) DO UPDATE SET requests = rate_window.requests + excluded.requests
            RETURNING bucket, requests
            """) { row in (try row["bucket"] as Data, try row["requests"] as Int) }
        return Dictionary(sums) { first, _ in first }
    }
}
