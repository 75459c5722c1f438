import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("drystone audit verify")
struct AuditVerifyCommandTests {
    private let sample = AuditSample(rows: 40, sealedAt: [10, 40])

    @Test func `an intact file needs neither key nor witness, and says that it had none`() throws {
        let verdict = try verify(sample.lines())
        #expect(verdict.intact && verdict.rows == 40 && verdict.checkpoints == 2)
        #expect(!verdict.keyWasTrusted && verdict.witnessedRows == 0 && verdict.problems.isEmpty)
    }

    @Test func `key and witness are taken as the commands write them`() throws {
        let witness = [10, 40].map { sample.checkpoint($0) + "\u{1E}\n" }.joined()
        let verdict = try verify(sample.lines(), witness: witness, key: AuditSample.publicKey.text + "\n")
        #expect(verdict.intact && verdict.keyWasTrusted && verdict.witnessedRows == 40)
    }

    @Test func `a changed row is found, and told in words`() throws {
        var lines = sample.lines()
        lines[5] = lines[5].replacing("case-read", with: "case-seen")
        let verdict = try verify(lines)
        #expect(!verdict.intact && verdict.problemCount == 1)
        #expect(verdict.problems == ["Row 5 was changed after it was sealed."])
    }

    @Test func `a witness with a newer copy is told from a rewritten log`() throws {
        let older = AuditSample(rows: 10, sealedAt: [10])
        let verdict = try verify(older.lines(), witness: sample.checkpoint(10) + "\u{1E}\n" + sample.checkpoint(40))
        #expect(!verdict.intact && verdict.isShorterThanWitness && verdict.witnessedRows == 10)
    }

    @Test func `input that can't be read is not an answer`() throws {
        let absent = #expect(throws: CommandFailure.self) { try verify(nil) }
        let badKey = #expect(throws: CommandFailure.self) { try verify(sample.lines(), key: "key") }
        let emptyWitness = #expect(throws: CommandFailure.self) { try verify(sample.lines(), witness: "") }
        for failure in [absent, badKey, emptyWitness] { #expect(failure?.kind == .unreadable) }
    }

    /// Runs the command on files.
    @discardableResult
    private func verify(
        _ lines: [String]?, witness: String? = nil, key: String? = nil
    ) throws -> AuditVerifyCommand.Verdict {
        let folder = NSTemporaryDirectory() + "verify-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        if let lines { try write(lines.map { $0 + "\n" }.joined(), "export") }
        if let witness { try write(witness, "witness") }
        return try AuditVerifyCommand.run(
            "\(folder)/export", witnesses: witness == nil ? [] : ["\(folder)/witness"], key: key, progress: { _ in })
    }
}
