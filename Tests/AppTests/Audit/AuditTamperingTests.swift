import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

/// Threat T30: whoever can write to the database, and even whoever holds the signing key, changes the audit log.
/// Each property counts the mutations that went unseen; the aim is none.
@Suite("Tampering with the audit log")
struct AuditTamperingTests {
    private static let sample = AuditSample(rows: 12, sealedAt: [3, 7, 12])
    private static let lines = sample.lines()

    private static func unseen(
        of count: Int, seed: UInt64, witnesses: [String] = [], _ mutate: (inout SeededGenerator) -> [String]
    ) -> Int {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).count { _ in
            let mutant = mutate(&generator)
            return mutant != lines && AuditSample.report(mutant, witnesses: witnesses).isIntact
        }
    }

    @Test("Any byte of the file changed to any other is seen")
    func everyByte() {
        let original = Data((Self.lines.joined(separator: "\n") + "\n").utf8)
        var generator = SeededGenerator(seed: 11)
        // Every place in turn takes half a minute unoptimised; this stride visits every line and field.
        let first = Int.random(in: 0..<13, using: &generator)
        let unseen = stride(from: first, to: original.count, by: 13).filter { place in
            var bytes = original
            bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            var verifier = AuditVerifier(trustedKey: AuditSample.publicKey)
            verifier.feed(bytes)
            return verifier.finish().isIntact
        }
        #expect(unseen == [])
    }

    @Test("A letter that only changes case, and a number spelt otherwise, is seen")
    func spelling() {
        let unseen = Self.unseen(of: 150, seed: 12) { generator in
            var lines = Self.lines
            let line = Int.random(in: lines.indices, using: &generator)
            var bytes = Array(lines[line].utf8)
            let letters = bytes.indices.filter { (0x41...0x5a).contains(bytes[$0] & 0xdf) }
            bytes[letters.randomElement(using: &generator)!] ^= 0x20
            lines[line] = String(decoding: bytes, as: UTF8.self)
            return lines
        }
        #expect(unseen == 0)
        let respelt = [
            ("\"n\":3", "\"n\":3.0"), ("\"n\":3", "\"n\": 3"), ("{}", "\\u007b}"), ("null", "null "),
        ]
        for (old, new) in respelt {
            var lines = Self.lines
            for line in lines.indices { lines[line] = lines[line].replacing(old, with: new) }
            #expect(lines != Self.lines && !AuditSample.report(lines).isIntact)
        }
        // An extra field, and a field given twice, of which a reader would take one.
        for extra in ["\"note\":1,", "\"n\":3,"] {
            var lines = Self.lines
            lines[3] = lines[3].replacing("{\"n\":3", with: "{\(extra)\"n\":3")
            #expect(!AuditSample.report(lines).isIntact)
        }
    }

    @Test("Rows dropped, repeated, moved or copied over are seen")
    func lineMoves() {
        let rows = Self.lines.indices.filter { Self.lines[$0].hasPrefix("{\"n\"") }
        let unseen = Self.unseen(of: 200, seed: 13) { generator in
            var lines = Self.lines
            let (from, to) = (rows.randomElement(using: &generator)!, rows.randomElement(using: &generator)!)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: lines.remove(at: from)
            case 1: lines.insert(lines[from], at: to)
            case 2: lines.swapAt(from, to)
            case 3: lines.insert(lines.remove(at: from), at: to)
            default: lines[to] = lines[from]
            }
            return lines
        }
        #expect(unseen == 0)
    }

    @Test("Rows dropped, swapped, changed or inserted in the database, numbers and hashes made to fit, are seen")
    func carefulForgery() {
        let checkpoints = Self.lines.filter { $0.hasPrefix("{\"checkpoint\"") }
        let unseen = Self.unseen(of: 200, seed: 14) { generator in
            let forged = Self.forged(&generator)
            // The forger can't sign: the old checkpoints stay, wherever their sizes now belong.
            var lines = AuditSample(forged.rows, sealedAt: []).lines()
            for (size, text) in zip(Self.sample.sealedAt, checkpoints).reversed() {
                lines.insert(text, at: min(size + 1, lines.count))
            }
            return lines
        }
        #expect(unseen == 0)
    }

    @Test("A tail cut off is seen when a witness holds a later checkpoint")
    func truncation() {
        let witness = Self.sample.checkpoint(12)
        for kept in 0..<12 {
            let cut = AuditSample(Array(Self.sample.rows.prefix(kept)), sealedAt: [3, 7, kept])
            #expect(AuditSample.report(cut.lines(), witnesses: [witness]).problems.contains(
                .truncated(rows: kept, witnessSize: 12)))
        }
    }

    @Test("A full rewrite signed with the true key is seen when a witness holds a checkpoint past the change")
    func rewriteWithKey() {
        var (rewrites, seen) = (0, 0)
        var generator = SeededGenerator(seed: 15)
        for _ in 0..<150 {
            let forged = Self.forged(&generator)
            let witnessed = Self.sample.sealedAt.randomElement(using: &generator)!
            // Beyond what the witness saw nobody can tell; that is why witnesses must be given checkpoints often.
            guard forged.firstChange < witnessed else { continue }
            rewrites += 1
            let rewritten = AuditSample(forged.rows, sealedAt: [4, forged.rows.count])
            let report = AuditSample.report(rewritten.lines(), witnesses: [Self.sample.checkpoint(witnessed)])
            let problems = Set(report.problems)
            let expected: Set<AuditProblem> = [
                .rewritten(witnessSize: witnessed), .truncated(rows: forged.rows.count, witnessSize: witnessed),
            ]
            if !problems.isDisjoint(with: expected) { seen += 1 }
            #expect(AuditSample.report(rewritten.lines()).isIntact)
        }
        #expect(rewrites > 50)
        #expect(seen == rewrites)
    }

    /// A different history made from the sample, and the first place at which it differs.
    private static func forged(_ generator: inout SeededGenerator) -> (rows: [AuditLeaf], firstChange: Int) {
        var rows = sample.rows
        repeat {
            let place = Int.random(in: rows.indices, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: rows.remove(at: place)
            case 1: rows.swapAt(place, Int.random(in: rows.indices, using: &generator))
            case 2: rows[place] = AuditSample.row(place, using: &generator)
            default: rows.insert(AuditSample.row(place, using: &generator), at: place)
            }
        } while rows.map(\.leafHash) == sample.rows.map(\.leafHash)
        let same = zip(rows, sample.rows).prefix { $0.leafHash == $1.leafHash }.count
        return (rows, same)
    }
}

extension AuditSample {
    /// The same log with other rows.
    init(_ rows: [AuditLeaf], sealedAt: [Int]) {
        self.init(rows: 0, sealedAt: sealedAt)
        self.rows = rows
    }
}
