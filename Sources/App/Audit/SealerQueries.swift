import Foundation
import Postgres

// Statements of the sealer's role, which sees hashes and an order, and the rows only to export them.
extension Connection {
    /// One sealer at a time, whichever server it runs in.
    func lockSealing(_ partnership: UUID) throws {
        _ = try all("SELECT pg_advisory_xact_lock(7239002, hashtext(\(partnership.column)))") { _ in }
    }

    func unsealed(_ partnership: UUID, limit: Int) throws -> [(id: UUID, leaf: Data)] {
        try all("""
            SELECT e.id, e.leaf FROM app.audit_unsealed u JOIN app.audit_event e ON e.id = u.audit_id
            WHERE u.partnership_id = \(partnership) ORDER BY e.at, e.id LIMIT \(limit)
            """) { row in (id: try row["id"], leaf: try row["leaf"]) }
    }

    /// Where the tree stands. Checked against the last signed note: a doctored frontier must never be signed for.
    func lastFrontier(_ partnership: UUID, key: CheckpointKey) throws -> MerkleFrontier {
        let found = try first("""
            SELECT size, frontier, note FROM app.audit_checkpoint WHERE partnership_id = \(partnership)
            ORDER BY size DESC LIMIT 1
            """) { row in
            (size: try row["size"] as Int, hashes: try row["frontier"] as Data, note: try row["note"] as String)
        }
        guard let found else { return MerkleFrontier() }
        let hashes = stride(from: 0, to: found.hashes.count, by: 32).map { start in
            Data(found.hashes.dropFirst(start).prefix(32))
        }
        guard let frontier = MerkleFrontier(size: found.size, hashes: hashes),
            let signed = try? Checkpoint.verify(found.note, key: key), signed.size == frontier.size,
            signed.root == frontier.root else {
            throw Schema.Mismatch(description: "The audit log's last checkpoint is damaged. Run `drystone audit "
                + "export` and `drystone audit verify`, and restore from a backup.")
        }
        return frontier
    }

    func seal(_ ids: [UUID], from first: Int, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.audit_seal (partnership_id, n, audit_id)
            SELECT \(partnership), \(first) - 1 + place, id FROM unnest(\(ids)::uuid[]) WITH ORDINALITY AS t(id, place)
            """)
        try run("""
            DELETE FROM app.audit_unsealed WHERE partnership_id = \(partnership) AND audit_id = ANY (\(ids)::uuid[])
            """)
    }

    func saveCheckpoint(_ note: String, _ tree: MerkleFrontier, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.audit_checkpoint (partnership_id, size, root, frontier, note)
            VALUES (\(partnership), \(tree.size), \(tree.root), \(Data(tree.hashes.joined())), \(note))
            """)
    }

    /// Sealed rows after the `after`th, in order: for the export, a page at a time. A row that somebody deleted is
    /// missing here, and the verifier says so.
    func sealedRows(_ partnership: UUID, after: Int, limit: Int) throws -> [(n: Int, leaf: AuditLeaf, hash: Data)] {
        try all("""
            SELECT s.n, e.id, (extract(epoch FROM e.at) * 1000000)::bigint AS micros, e.partnership_id, e.account_id,
                   e.agency_id, e.event, e.subject_kind, e.subject_id, e.purpose, e.detail, e.leaf
            FROM app.audit_seal s JOIN app.audit_event e ON e.id = s.audit_id
            WHERE s.partnership_id = \(partnership) AND s.n > \(after) ORDER BY s.n LIMIT \(limit)
            """) { row in
            let leaf = AuditLeaf(
                id: try row["id"], atMicros: try row["micros"], partnership: try row["partnership_id"],
                account: try row["account_id"], agency: try row["agency_id"], event: try row["event"],
                subjectKind: try row["subject_kind"], subjectID: try row["subject_id"], purpose: try row["purpose"],
                detail: try row["detail"])
            return (n: try row["n"], leaf: leaf, hash: try row["leaf"])
        }
    }

    func checkpoints(
        _ partnership: UUID, after: Int, upTo: Int, limit: Int = 100_000
    ) throws -> [(size: Int, note: String)] {
        try all("""
            SELECT size, note FROM app.audit_checkpoint
            WHERE partnership_id = \(partnership) AND size > \(after) AND size <= \(upTo) ORDER BY size LIMIT \(limit)
            """) { row in (size: try row["size"], note: try row["note"]) }
    }

    /// The newest checkpoint: how many rows it covers, and when it was signed.
    func lastSealing(_ partnership: UUID) throws -> (size: Int, at: Date)? {
        try first("""
            SELECT size, at FROM app.audit_checkpoint WHERE partnership_id = \(partnership) ORDER BY size DESC LIMIT 1
            """) { row in (size: try row["size"], at: try row["at"]) }
    }

    /// How many rows wait to be sealed, and since when.
    func waitingToBeSealed(_ partnership: UUID) throws -> (count: Int, since: Date?) {
        try first("""
            SELECT count(*)::int AS n, min(e.at) AS since
            FROM app.audit_unsealed u JOIN app.audit_event e ON e.id = u.audit_id
            WHERE u.partnership_id = \(partnership)
            """) { row in (count: try row["n"], since: try row["since"]) } ?? (0, nil)
    }

    /// Whether a sealer is at work, in whichever server: the auditor's role is signed in elsewhere.
    func isBeingSealed() throws -> Bool {
        try first("""
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
                           AND usename = 'drystone_auditor' AND pid <> pg_backend_pid()) AS busy
            """) { try $0["busy"] } ?? false
    }
}
