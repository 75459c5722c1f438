import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("doctor", .serialized)
struct DoctorTests {
    @Test(.needsClone) func `the rights that the migrations give are not too many`() async throws {
        try await Clone.lend { clone in
            let excess = try await clone.undone { db in try db.excessiveRights() }
            #expect(excess.isEmpty)
        }
    }

    @Test(.needsClone, arguments: [
        ("GRANT UPDATE (detail) ON app.audit_event TO drystone_app",
         "drystone_app may change what stands in audit_event"),
        ("GRANT INSERT ON app.audit_event TO drystone_auth",
         "drystone_auth may write into audit_event past its functions"),
        ("GRANT DELETE ON app.audit_seal TO drystone_auditor", "drystone_auditor may change what stands in audit_seal"),
        ("ALTER TABLE app.area NO FORCE ROW LEVEL SECURITY", "Row-level security is off for the table area"),
        ("ALTER TABLE app.area DISABLE ROW LEVEL SECURITY", "Row-level security is off for the table area"),
        ("GRANT SELECT ON app.area TO PUBLIC", "Everybody has rights on the table area"),
        ("GRANT CREATE ON SCHEMA public TO drystone_app", "drystone_app may create in public"),
        ("GRANT EXECUTE ON FUNCTION app.viewer() TO PUBLIC", "Everybody may run the function viewer"),
        ("ALTER TABLE app.area OWNER TO drystone_app", "drystone_app owns the table area"),
        ("GRANT drystone_definer TO drystone_app", "drystone_app may become drystone_definer"),
        ("ALTER ROLE drystone_app BYPASSRLS", "drystone_app sees past row-level security"),
        ("ALTER ROLE drystone_auth CREATEROLE",
         "drystone_auth is a superuser, may make roles or databases, or may replicate"),
    ])
    func `a right too many is named`(given: String, said: String) async throws {
        try await Clone.lend { clone in
            let found = try await clone.undone { db in
                try db.script(given)
                return try db.excessiveRights()
            }
            #expect(found.contains(said))
        }
    }

    @Test func `an address without encryption is wrong, one on this machine is not`() throws {
        func status(_ lines: String) throws -> DoctorCommand.Finding.Status? {
            var findings = Findings()
            findings.examineAddress(try Settings(text: "database = none\nkeys = none\nassets = none\n\(lines)"))
            return findings.all.first?.status
        }
        #expect(try status("public_url = http://partnership.example") == .wrong)
        #expect(try status("public_url = partnership") == .wrong)
        #expect(try status("public_url = https://partnership.example") == .advice)
        #expect(try status("public_url = https://partnership.example\nbehind_proxy = true") == .ok)
        #expect(try status("public_url = http://127.0.0.1:8080") == .ok)
        #expect(try status("listen = 0.0.0.0:8080\npublic_url = http://127.0.0.1:8080") == .advice)
    }

    @Test(.needsClone) func `the helper for PDF files is tried; without it nothing is wrong`() async {
        var findings = Findings()
        await findings.examinePDF(.installed)
        await findings.examinePDF(PDFMaker(folder: "/nowhere"))
        #expect(findings.all.map(\.status) == [.ok, .advice])
    }

    @Test func `keys that others can read, and keys that are missing, are wrong`() async throws {
        try await KeyFolder.use(.generate()) { folder in
            let settings = try Settings(text: "database = none\nkeys = \(folder.path)\nassets = none")
            var findings = Findings()
            #expect(findings.examineKeyFiles(settings) != nil && findings.all.map(\.status) == [.ok])
            chmod(folder.path + "/server.key", 0o440)
            findings = Findings()
            _ = findings.examineKeyFiles(settings)
            #expect(findings.all.map(\.status) == [.wrong])
            unlink(folder.path + "/audit.key")
            findings = Findings()
            #expect(findings.examineKeyFiles(settings) == nil && findings.all[0].what.contains("audit.key"))
        }
    }

    @Test func `a virus scanner is asked, and what it does not do is said`() async throws {
        func found(_ scanner: VirusScanner) async -> DoctorCommand.Finding? {
            var findings = Findings()
            await findings.examineScanner(scanner)
            return findings.all.count == 1 ? findings.all[0] : nil
        }
        let cases: [(FakeClamd.Manner, DoctorCommand.Finding.Status, String)] = [
            (.honest(), .ok, "takes files of 10 MB"), (.honest(largest: 1_000_000), .wrong, "no files as large as this"),
            (.held, .wrong, "does not find the test file"), (.hangsUp, .wrong, "hung up before it had answered"),
            (.says("stream: no memory ERROR"), .wrong, "answered with an error: stream: no memory ERROR"),
        ]
        for (manner, status, words) in cases {
            try await FakeClamd.behaving(manner) { clamd in
                clamd.answer()
                let finding = try #require(await found(clamd.scanner))
                #expect(finding.status == status && finding.what.contains(words), "\(finding)")
            }
        }
        let absent = try #require(await found(VirusScanner(.usual, usual: "/tmp/nothing")))
        #expect(absent.status == .advice && absent.what.contains("there is no virus scanner"))
        let off = try #require(await found(.off))
        #expect(off.status == .advice && off.what.contains("scanner = none"))
        let gone = try #require(await found(VirusScanner(.socket("/tmp/nothing"))))
        #expect(gone.status == .wrong && gone.what.contains("can’t be reached"))
    }

    @Test func `the version is the one of the file`() throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../VERSION").standardized
        let text = try String(contentsOf: root, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(text == Version.text)
    }
}
