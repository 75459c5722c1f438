import Postgres

// Statements of the migrator.
extension Connection {
    /// As long as it takes, and one program at a time: a second one waits here until the first is done.
    func beginMigrating() throws {
        try run("SET LOCAL statement_timeout = 0")
        try run("SET LOCAL lock_timeout = 0")
        _ = try all("SELECT pg_advisory_xact_lock(7239001)") { _ in }
    }

    /// Number to hash of the migrations applied; empty on a new database.
    func appliedMigrations() throws -> [Int: String] {
        let exists: Bool? = try first("""
            SELECT to_regclass('drystone_meta.migration') IS NOT NULL AS there
            """) { try $0["there"] }
        guard exists == true else { return [:] }
        return Dictionary(uniqueKeysWithValues: try all("""
            SELECT number, hash FROM drystone_meta.migration
            """) { row in
            (try row["number"] as Int, try row["hash"] as String)
        })
    }

    /// As the migrator itself, whatever role the script left.
    func recordMigration(_ migration: Schema.Migration) throws {
        try run("RESET ROLE")
        try run("""
            INSERT INTO drystone_meta.migration (number, name, hash)
            VALUES (\(migration.number), \(migration.name), \(migration.hash))
            """)
    }
}
