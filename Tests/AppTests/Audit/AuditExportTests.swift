import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The audit export and its verifier")
struct AuditExportTests {
    private let sample = AuditSample(rows: 12, sealedAt: [3, 7, 12])

    private func problems(_ lines: [String], witnesses: [String] = []) -> [AuditProblem] {
        AuditSample.report(lines, witnesses: witnesses).problems
    }

    @Test("An untouched file is intact, and the report says what vouches for it")
    func intact() {
        let report = AuditSample.report(sample.lines(), witnesses: [sample.checkpoint(7), sample.checkpoint(3)])
        #expect(report.problems == [])
        #expect(report.isIntact && report.keyWasTrusted)
        #expect(report.rows == 12 && report.checkpoints == 3 && report.witnessedRows == 7)
        #expect(report.root == MerkleTree.root(of: sample.rows.map(\.leafHash)))
    }

    @Test("Lines have the published spelling")
    func spelling() {
        let lines = sample.lines()
        #expect(lines[0] == """
            {"format":"drystone-audit-1","origin":"audit.example.org","public_key":"\(AuditSample.publicKey.text)"}
            """)
        #expect(lines[1].hasPrefix(#"{"n":1,"id":""#))
        #expect(lines[1].contains(#""account":null,"agency":null,"event":"case-read","subject_kind":"case""#))
        #expect(lines[4].hasPrefix(#"{"checkpoint":"audit.example.org\u000a3\u000a"#))
    }

    @Test("Read as bytes in pieces of any size the answer is the same", arguments: [1, 7, 1_000, 100_000])
    func pieces(size: Int) {
        let bytes = Data((sample.lines().joined(separator: "\n") + "\n").utf8)
        var verifier = AuditVerifier(trustedKey: AuditSample.publicKey)
        for start in stride(from: 0, to: bytes.count, by: size) {
            verifier.feed(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(verifier.finish() == AuditSample.report(sample.lines()))
    }

    @Test("Reads a sequence that arrives over time")
    func sequence() async throws {
        let lines = sample.lines()
        let stream = AsyncStream<String> { arriving in
            for line in lines { arriving.yield(line) }
            arriving.finish()
        }
        let report = try await AuditVerifier.verify(stream, witnesses: [sample.checkpoint(12)])
        #expect(report.isIntact && !report.keyWasTrusted && report.witnessedRows == 12)
    }

    @Test("A changed row is named")
    func changedRow() {
        var altered = sample.lines()
        altered[6] = altered[6].replacing("case-read", with: "case-seen")
        #expect(problems(altered) == [.changedRow(n: 5)])
    }

    @Test("A changed row whose hash was changed to suit breaks every checkpoint after it")
    func changedRowAndHash() {
        var altered = sample
        var generator = SeededGenerator(seed: 99)
        altered.rows[4] = AuditSample.row(4, using: &generator)
        var lines = sample.lines()
        lines[6] = altered.lines()[6]
        #expect(problems(lines) == [.rootMismatch(size: 7, rowsRead: 7), .rootMismatch(size: 12, rowsRead: 12)])
    }

    @Test("Dropped, repeated and swapped rows are named")
    func order() {
        var dropped = sample.lines()
        dropped.removeSubrange(2...3)
        #expect(problems(dropped).contains(.missingRows(first: 2, last: 3)))
        var repeated = sample.lines()
        repeated.insert(repeated[2], at: 3)
        #expect(problems(repeated).first == .outOfOrder(n: 2))
        var swapped = sample.lines()
        swapped.swapAt(1, 2)
        #expect(problems(swapped).starts(with: [.missingRows(first: 1, last: 1), .outOfOrder(n: 1)]))
    }

    @Test("Rows that no checkpoint covers are not vouched for")
    func uncovered() {
        var unsealed = sample
        unsealed.sealedAt = [3, 7]
        #expect(problems(unsealed.lines()) == [.uncovered(rows: 5)])
    }

    @Test("A tail cut off cleanly shows only against a witness")
    func truncation() {
        var cut = sample
        cut.rows.removeLast(5)
        cut.sealedAt = [3, 7]
        #expect(problems(cut.lines()) == [])
        #expect(problems(cut.lines(), witnesses: [sample.checkpoint(12)]) == [.truncated(rows: 7, witnessSize: 12)])
    }

    @Test("History rewritten and signed again with the same key shows only against a witness")
    func rewriting() {
        var rewritten = sample
        rewritten.rows.remove(at: 1)
        rewritten.sealedAt = [3, 7, 11]
        #expect(problems(rewritten.lines()) == [])
        #expect(problems(rewritten.lines(), witnesses: [sample.checkpoint(3)]) == [.rewritten(witnessSize: 3)])
    }

    @Test("A log rewritten with a new key shows against a trusted key or a witness")
    func newKey() {
        let other = Curve25519.Signing.PrivateKey()
        #expect(problems(sample.lines(key: other)).first == .keyMismatch)
        let alone = AuditSample.report(sample.lines(key: other), witnesses: [sample.checkpoint(3)], trusted: nil)
        #expect(alone.problems == [.witnessNotSigned(index: 0)])
    }

    @Test("Something that is not a checkpoint of this log is no witness")
    func badWitness() {
        let report = AuditSample.report(sample.lines(), witnesses: ["", sample.checkpoint(7)])
        #expect(report.problems == [.witnessNotSigned(index: 0)] && report.witnessedRows == 7)
    }

    @Test("A signature added to a checkpoint in the file is seen")
    func addedSignature() {
        let writer = AuditExportWriter(origin: AuditSample.origin, key: AuditSample.publicKey)
        var lines = sample.lines()
        let cosigned = sample.checkpoint(3) + "\u{2014} stranger.example AAAAAAAA\n"
        lines[4] = String(writer.checkpoint(cosigned).dropLast())
        #expect(problems(lines) == [.badSignature(line: 5)])
        // What a witness keeps may well carry its own.
        #expect(problems(sample.lines(), witnesses: [cosigned]) == [])
    }

    @Test("An empty file, a file without header and a stray line are said to be so")
    func strayLines() {
        #expect(problems([]) == [.badHeader])
        #expect(problems(Array(sample.lines().dropFirst())).contains(.badHeader))
        #expect(problems(sample.lines() + [""]) == [.unreadableLine(17)])
        #expect(problems(sample.lines() + [sample.lines()[0]]) == [.unreadableLine(17)])
    }

    @Test("An empty log with its empty checkpoint is intact")
    func emptyLog() {
        let writer = AuditExportWriter(origin: AuditSample.origin, key: AuditSample.publicKey)
        let lines = [writer.header(), writer.checkpoint(sample.checkpoint(0))].map { String($0.dropLast()) }
        #expect(AuditSample.report(lines, witnesses: [sample.checkpoint(0)]).isIntact)
    }

    @Test("A ruined file does not fill the memory with its problems")
    func manyProblems() {
        let report = AuditSample.report(Array(repeating: "x", count: AuditReport.limit + 5))
        #expect(report.problems.count == AuditReport.limit && report.problemCount == AuditReport.limit + 5)
    }

    @Test("Every problem is a plain sentence")
    func sentences() {
        #expect(AuditProblem.missingRows(first: 2, last: 2).description == "Row 2 is missing.")
        #expect(AuditProblem.missingRows(first: 2, last: 4).description == "Rows 2 to 4 are missing.")
    }
}
