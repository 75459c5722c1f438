import Foundation
import Postgres

extension Connection {
    /// The partnerships of the database, each with its short name.
    func partnershipsBySlug() throws -> [(slug: String, Partnership)] {
        try all("SELECT id, slug, name, demonstration FROM app.partnership ORDER BY slug LIMIT 50") { row in
            (slug: try row["slug"],
             Partnership(id: try row["id"], name: try row["name"], demonstration: try row["demonstration"]))
        }
    }
}
