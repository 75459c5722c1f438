import Crypto
import Foundation
@testable import App
@testable import AppTestSupport

/// An invented log: rows, checkpoints after some of them, and the file they make.
struct AuditSample {
    static let origin = "audit.example.org"
    static let key = try! Curve25519.Signing.PrivateKey(rawRepresentation: Data(repeating: 1, count: 32))
    static let publicKey = CheckpointKey(name: origin, publicKey: key.publicKey)

    var rows: [AuditLeaf]
    /// Sizes at which the sealer signed, ascending, the last one the number of rows.
    var sealedAt: [Int]

    init(rows count: Int, sealedAt: [Int], seed: UInt64 = 1) {
        var generator = SeededGenerator(seed: seed)
        rows = (0..<count).map { Self.row($0, using: &generator) }
        self.sealedAt = sealedAt
    }

    static func row(_ index: Int, using generator: inout SeededGenerator) -> AuditLeaf {
        func id() -> UUID {
            let high = generator.next(), low = generator.next()
            let bytes = withUnsafeBytes(of: (high, low)) { Array($0) }
            return NSUUID(uuidBytes: bytes) as UUID
        }
        let texts = [
            "{}", #"{"reason":"a \"quoted\" word\\"}"#, "{\"name\":\"Zo\u{eb} \u{1F9F1}\"}", "tab\tline\nend\u{0}",
        ]
        return AuditLeaf(
            id: id(), atMicros: 1_700_000_000_000_000 + Int64(index) * 1_000_003, partnership: id(),
            account: index % 3 == 0 ? nil : id(), agency: index % 4 == 0 ? nil : id(), event: "case-read",
            subjectKind: "case", subjectID: index % 5 == 0 ? nil : id(),
            purpose: index % 2 == 0 ? nil : "safety planning", detail: texts[index % texts.count])
    }

    /// The signed checkpoint over the first `size` rows.
    func checkpoint(_ size: Int, key: Curve25519.Signing.PrivateKey = Self.key) -> String {
        let root = MerkleTree.root(of: rows.prefix(size).map(\.leafHash))
        return try! Checkpoint(origin: Self.origin, size: size, root: root).sign(with: key)
    }

    /// The export, a line an element, without line ends.
    func lines(key: Curve25519.Signing.PrivateKey = Self.key) -> [String] {
        let writer = AuditExportWriter(
            origin: Self.origin, key: CheckpointKey(name: Self.origin, publicKey: key.publicKey))
        var lines = [writer.header()]
        for (index, row) in rows.enumerated() {
            lines.append(writer.row(n: index + 1, row, storedHash: row.leafHash))
            if sealedAt.contains(index + 1) { lines.append(writer.checkpoint(checkpoint(index + 1, key: key))) }
        }
        return lines.map { String($0.dropLast()) }
    }

    /// Checks lines.
    static func report(
        _ lines: [String], witnesses: [String] = [], trusted: CheckpointKey? = AuditSample.publicKey
    ) -> AuditReport {
        var verifier = AuditVerifier(witnesses: witnesses, trustedKey: trusted)
        for line in lines { verifier.read(line) }
        return verifier.finish()
    }
}
