import Foundation
import Postgres

extension Connection {
    /// An IDVA of this partnership in post: of several the first by name, so that the benchmark repeats.
    func benchWorker(in partnership: UUID) throws -> UUID? {
        try first("""
            SELECT a.id FROM app.account a JOIN app.role_assignment r ON r.account_id = a.id
            WHERE a.partnership_id = \(partnership) AND r.role = 'idva' AND a.password_hash IS NOT NULL
              AND (a.ended_at IS NULL OR a.ended_at > now()) AND r.starts_on <= current_date
              AND (r.ends_on IS NULL OR r.ends_on >= current_date)
            ORDER BY a.full_name, a.id LIMIT 1
            """) { try $0["id"] }
    }
}

/// PostgreSQL's own client running the caseload's statement, in the transaction and through the policies that the page
/// runs it in.
enum CaseloadPeer {
    static func perSecond(_ conninfo: String, visitor: BenchVisitor, connections: Int, seconds: Int) throws -> Double {
        let statement = literal(Connection.caseload(after: nil, of: visitor.viewer))
        let script = """
            BEGIN;
            SELECT set_config('app.session', '\(visitor.token)', true);
            \(statement.replacing("\n", with: " "));
            COMMIT;
            """
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("caseload-\(UUID().uuidString).sql")
        try Data((script + "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try DatabaseBench.pgbenchRate(
            conninfo, script: file.path, connections: connections, transactions: 200 * seconds)
    }

    /// The statement with its binds written out: for this one script, from values that we made ourselves.
    private static func literal(_ sql: SQL) -> String {
        var text = sql.text
        for (index, value) in sql.parameters.enumerated().reversed() {
            let quoted = value.map { "'" + $0.replacing("'", with: "''") + "'" } ?? "NULL"
            text = text.replacing("$\(index + 1)", with: quoted)
        }
        return text
    }
}
