import Crypto
import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("From the database to a verdict", .needsClone, .serialized)
struct AuditRoundTripTests {
    @Test func `what was sealed is exported whole and found intact, whatever the size of a page`() async throws {
        try await sealed { site, log in
            for page in [1, 7, 1_000] {
                let (text, summary) = try await log.export(page: page)
                #expect(summary == .init(rows: 30, checkpoints: 3, size: 30))
                let report = log.verify(text)
                #expect(report.isIntact && report.rows == 30 && report.checkpoints == 3 && report.keyWasTrusted)
                #expect(report.witnessedRows == 30)
            }
        }
    }

    @Test func `one partnership's export holds nothing of another's`() async throws {
        try await sealed { site, log in
            let text = try await log.export().text
            #expect(!text.contains(World.south.uuidString.lowercased()))
        }
    }

    @Test func `rows that wait to be sealed are not exported, and nothing says that they are missing`() async throws {
        try await sealed { site, log in
            try await log.append(5)
            let (text, summary) = try await log.export()
            #expect(summary.rows == 30 && log.verify(text).isIntact)
            #expect(try await log.asAuditor { db in try db.waitingToBeSealed(World.north).count } == 5)
        }
    }

    @Test func `an empty log is a header without a checkpoint`() async throws {
        try await TestSite.committed { site in
            let log = try await Log(site)
            let (text, summary) = try await log.export()
            #expect(summary == .init() && text.split(separator: "\n").count == 1)
            await log.close()
        }
    }

    @Test(arguments: [
        "UPDATE app.audit_event SET detail = '{\"n\":99}' WHERE id = (SELECT id FROM third)",
        "UPDATE app.audit_event SET account_id = gen_random_uuid() WHERE id = (SELECT id FROM third)",
        "UPDATE app.audit_event SET at = at + interval '1 microsecond' WHERE id = (SELECT id FROM third)",
        """
        UPDATE app.audit_event SET partnership_id = '22222222-0000-4000-0001-000000000001'
        WHERE id = (SELECT id FROM third)
        """,
        "UPDATE app.audit_event SET leaf = sha256('x') WHERE id = (SELECT id FROM third)",
        "DELETE FROM app.audit_event WHERE id = (SELECT id FROM third)",
        "DELETE FROM app.audit_seal WHERE n = 3",
        "UPDATE app.audit_seal SET n = 100 - n WHERE n IN (3, 97)",
        "UPDATE app.audit_seal SET n = 31 WHERE n = 3",
        "DELETE FROM app.audit_seal WHERE n > 28",
        "DELETE FROM app.audit_event WHERE id IN (SELECT audit_id FROM app.audit_seal WHERE n > 20)",
        "DELETE FROM app.audit_event",
        "UPDATE app.audit_checkpoint SET note = replace(note, E'\\n20\\n', E'\\n19\\n') WHERE size = 20",
    ])
    func `whoever can write to the database can't hide it`(tampering: String) async throws {
        try await sealed { site, log in
            try await log.tamper("WITH third AS (SELECT audit_id AS id FROM app.audit_seal WHERE n = 3) \(tampering)")
            let report = log.verify(try await log.export().text, witnesses: [])
            #expect(!report.isIntact, "\(tampering)")
        }
    }

    @Test func `the end cut off, checkpoints and all, shows by a witness only`() async throws {
        try await sealed { site, log in
            try await log.tamper("DELETE FROM app.audit_seal WHERE n > 20")
            try await log.tamper("DELETE FROM app.audit_checkpoint WHERE size > 20")
            let text = try await log.export().text
            #expect(log.verify(text, witnesses: []).isIntact)
            #expect(log.verify(text).problems == [.truncated(rows: 20, witnessSize: 30)])
        }
    }

    @Test func `the whole log rewritten with the key itself shows by a witness only`() async throws {
        try await sealed { site, log in
            let kept = log.notes
            try await log.tamper("DELETE FROM app.audit_checkpoint")
            try await log.tamper("DELETE FROM app.audit_seal")
            try await log.tamper("DELETE FROM app.audit_event WHERE detail = '{\"n\":3}'")
            try await log.tamper("""
                INSERT INTO app.audit_unsealed SELECT partnership_id, id FROM app.audit_event ON CONFLICT DO NOTHING
                """)
            #expect(try await log.seal() == 29)
            try await log.append(1)
            try await log.seal()
            let text = try await log.export().text
            #expect(log.verify(text, witnesses: []).isIntact)
            #expect(log.verify(text, witnesses: kept).problems.contains(.rewritten(witnessSize: 10)))
        }
    }

    /// A log of thirty rows, sealed ten at a time.
    private func sealed(_ body: (TestSite, Log) async throws -> Void) async throws {
        try await TestSite.committed { site in
            let log = try await Log(site)
            for _ in 1...3 {
                try await log.append(10)
                try await log.seal()
            }
            log.notes = try await log.asAuditor { db in
                try db.checkpoints(World.north, after: 0, upTo: .max).map(\.note)
            }
            let outcome = await Result { try await body(site, log) }
            await log.close()
            try outcome.get()
        }
    }
}

/// The log of a site, with the sealer's own connection.
private final class Log {
    let site: TestSite
    let auditor: Database
    let key: CheckpointKey
    /// The signed checkpoints, as a witness keeps them.
    var notes: [String] = []
    private var appended = 0

    init(_ site: TestSite) async throws {
        self.site = site
        auditor = Database(site.conninfo, options: .patient(size: 1, role: "drystone_auditor"))
        key = CheckpointKey(name: AuditOrigin.name(World.north), publicKey: TestSite.keys.audit.publicKey)
    }

    /// Rows as the program's functions append them, in both partnerships.
    func append(_ count: Int) async throws {
        let numbers = Array(appended + 1...appended + count)
        appended += count
        try await site.truth.transaction { db in
            for number in numbers {
                let purpose = number % 2 == 0 ? "a \"quoted\" reason\nof Zoë" : nil
                for partnership in [World.north, World.south] {
                    try db.run("""
                        SELECT app.append_audit(gen_random_uuid(), \(partnership), gen_random_uuid(), NULL,
                            'case-viewed', 'case', gen_random_uuid(), \(purpose), \("{\"n\":\(number)}"))
                        """)
                }
            }
        }
    }

    @discardableResult
    func seal() async throws -> Int { try await Sealer(database: auditor, services: site.services).sealOnce() }

    func asAuditor<T: Sendable>(_ work: @Sendable (isolated Connection) throws -> T) async throws -> T {
        try await auditor.transaction(readOnly: true, work)
    }

    func export(page: Int = 1_000) async throws -> (text: String, summary: AuditExporter.Summary) {
        let writer = AuditExportWriter(origin: key.name, key: key)
        let exporter = AuditExporter(database: auditor, partnership: World.north, writer: writer, page: page)
        var text = ""
        let summary = try await exporter.export(to: { text += $0 })
        return (text, summary)
    }

    func verify(_ text: String, witnesses: [String]? = nil) -> AuditReport {
        var verifier = AuditVerifier(witnesses: witnesses ?? notes, trustedKey: key)
        verifier.feed(Data(text.utf8))
        return verifier.finish()
    }

    /// As a superuser who switches off every trigger and constraint that can be switched off.
    func tamper(_ statement: String) async throws {
        try await site.truth.transaction { db in
            try db.script("""
                SET LOCAL session_replication_role = replica;
                ALTER TABLE app.audit_event NO FORCE ROW LEVEL SECURITY;
                \(statement)
                """)
        }
    }

    func close() async { await auditor.close() }
}
