import Postgres
import Testing

@Suite("Errors never quote a value", .needsDatabase)
struct ErrorTests {
    private static let secret = "Ann Other of 12 Invented Road"

    /// Everything that a log, a debugger or a crash report could print of it.
    private func everything(_ error: PostgresError) -> String {
        var dumped = ""
        dump(error, to: &dumped)
        return [error.description, String(describing: error), String(reflecting: error), dumped].joined(separator: "\n")
    }

    private static let refused: [(String, SQL)] = [
        ("22P02", "SELECT \(secret)::int"), ("23505", "INSERT INTO leak VALUES (\(secret), 1)"),
        ("23514", "INSERT INTO leak VALUES (\(secret + "!"), -1)"), ("23502", "INSERT INTO leak VALUES (NULL, 2)"),
        ("22007", "SELECT \(secret)::timestamptz"), ("P0001", "SELECT pg_temp.tell(\(secret))"),
        ("23514", "SELECT \(secret)::text::leaks"),
    ]

    @Test("the secret is in PostgreSQL's message and in none of ours", arguments: refused)
    func hidden(state: String, sql: SQL) async throws {
        try await TestDatabase.withRollback { _, database async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    try connection.script(
                        """
                        CREATE TABLE leak (name text NOT NULL CONSTRAINT leak_name_once UNIQUE,
                            n int CONSTRAINT leak_n_positive CHECK (n > 0));
                        CREATE FUNCTION pg_temp.tell(t text) RETURNS int LANGUAGE plpgsql AS
                            $$ BEGIN RAISE NOTICE '%', t; RAISE '%', t USING DETAIL = t, HINT = t; END $$;
                        CREATE DOMAIN leaks AS text CONSTRAINT leaks_short CHECK (length(VALUE) < 3);
                        """)
                    try connection.run("INSERT INTO leak VALUES (\(Self.secret), 1)")
                    _ = try connection.run(sql)
                }
            }
            let caught = try #require(error)
            #expect(caught.sqlState == state)
            #expect(caught.kind == .query)
            for word in Self.secret.split(separator: " ").filter({ $0.count > 2 }) {
                #expect(!everything(caught).contains(word))
            }
        }
    }

    @Test("a violated constraint is named with its table, so that it can become a field's message")
    func names() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    try connection.run("CREATE TABLE named (a int CONSTRAINT named_a_once UNIQUE, b int NOT NULL)")
                    _ = try connection.run("INSERT INTO named VALUES (1, 1), (1, 1)")
                }
            }
            #expect(error?.constraint == "named_a_once" && error?.table == "named" && error?.sqlState == "23505")
            #expect(error?.description == "PostgreSQL query 23505 constraint named_a_once table named")
        }
    }

    @Test("a syntax error shows the statement and the place to developers only")
    func position() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            let error = await postgresError {
                try await database.transaction { _ = try $0.run("SELECT nope FROM (SELECT \(1)) t") }
            }
            #expect(error?.description == "PostgreSQL query 42703")
            let place = "at character 8 of: SELECT nope FROM (SELECT $1) t"
            #expect(error?.debugDescription == "PostgreSQL query 42703 \(place)")
        }
    }

    @Test("what cannot be read names the column and the type, not what stood there")
    func decoding() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    _ = try connection.first("SELECT \(Self.secret)::text AS age") { try $0["age"] as Int }
                }
            }
            #expect(error?.description == "PostgreSQL decoding column age (not Int)")
        }
    }

    @Test("a malformed connection string is not quoted, since it may hold a password")
    func conninfo() async throws {
        let database = Database("host=/nowhere passwrd=hunter2 'x")
        let error = await postgresError { try await database.transaction { _ = try $0.run("SELECT 1") } }
        #expect(error?.kind == .connection)
        #expect(error?.description.contains("hunter2") == false)
        await database.close()
    }
}
