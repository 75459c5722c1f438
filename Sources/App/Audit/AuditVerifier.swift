import Crypto
import Foundation

/// Checks an audit export line by line, without the database. Memory: the tree's frontier and the witnesses.
///
/// What it proves: the file is what the holder of the signing key sealed, unchanged, whole up to its last checkpoint
/// and in order. What only a witness proves: that the holder of the key did not rewrite it all, or cut its tail off.
/// Leaving out a checkpoint between two others loses nothing, since the next one covers the same rows.
struct AuditVerifier: Sendable {
    private var report = AuditReport()
    private var tree = MerkleFrontier()
    private var line = 0
    private var nextNumber = 1
    private var coveredRows = 0
    private var lastCheckpoint = -1
    private var origin: String?
    private var key: CheckpointKey?
    /// Witnessed checkpoints still to be reached, the smallest last.
    private var ahead: [Checkpoint] = []
    private let witnessTexts: [String]
    private var unfinished = Data()

    /// A line longer than this is not a row that the application can have written.
    private static let longestLine = 16 << 20

    /// `witnesses`: signed checkpoints kept outside. `trustedKey`: the log's key as published; without it the file's
    /// own key is believed.
    init(witnesses: [String] = [], trustedKey: CheckpointKey? = nil) {
        witnessTexts = witnesses
        key = trustedKey
        report.keyWasTrusted = trustedKey != nil
        // The root is compared whoever signed it: a witness's copy that fits no key still contradicts the log.
        ahead = witnesses.compactMap { try? Checkpoint.read($0) }.sorted { $0.size > $1.size }
    }

    /// Checks a whole sequence of lines, given without their line ends.
    static func verify<Lines: AsyncSequence>(
        _ lines: Lines, witnesses: [String] = [], trustedKey: CheckpointKey? = nil
    ) async throws -> AuditReport where Lines.Element == String {
        var verifier = AuditVerifier(witnesses: witnesses, trustedKey: trustedKey)
        for try await line in lines { verifier.read(line) }
        return verifier.finish()
    }

    /// Reads the file's bytes in pieces of any size. Bytes that are not UTF-8 spoil their line, never pass as others.
    mutating func feed(_ bytes: Data) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            unfinished.append(rest[..<end])
            endLine()
            rest = rest[(end + 1)...]
        }
        // Once too long, a line stays spoilt however it ends, and its bytes need not be kept.
        if unfinished.count <= Self.longestLine { unfinished.append(rest) }
    }

    private mutating func endLine() {
        let text = unfinished.count <= Self.longestLine ? String(validating: unfinished, as: UTF8.self) : nil
        unfinished.removeAll()
        read(parsed: text.flatMap { AuditExportLine($0) })
    }

    /// Reads the next line, without its line end.
    mutating func read(_ text: String) { read(parsed: AuditExportLine(text)) }

    private mutating func read(parsed: AuditExportLine?) {
        line += 1
        switch parsed {
        case .header(let origin, let key) where line == 1: start(origin, key)
        case .row(let n, let leaf, let hash) where line > 1: check(n, leaf, hash)
        case .checkpoint(let text) where line > 1: check(text)
        default: report.note(line == 1 ? .badHeader : .unreadableLine(line))
        }
    }

    /// The findings, once the last line has been read.
    mutating func finish() -> AuditReport {
        if !unfinished.isEmpty {
            line += 1
            report.note(.unreadableLine(line))
        }
        if line == 0 { report.note(.badHeader) }
        if tree.size > coveredRows { report.note(.uncovered(rows: tree.size - coveredRows)) }
        meetWitnesses()
        for witness in ahead.reversed() { report.note(.truncated(rows: tree.size, witnessSize: witness.size)) }
        for (index, text) in witnessTexts.enumerated() where !isOurs(text) {
            report.note(.witnessNotSigned(index: index))
        }
        (report.rows, report.root) = (tree.size, tree.root)
        return report
    }

    private mutating func start(_ origin: String, _ fileKey: CheckpointKey) {
        self.origin = origin
        if let key, key != fileKey { report.note(.keyMismatch) }
        if key == nil { key = fileKey }
        if fileKey.name != origin { report.note(.badHeader) }
    }

    private mutating func check(_ n: Int, _ leaf: AuditLeaf, _ hash: Data) {
        meetWitnesses()
        if n > nextNumber { report.note(.missingRows(first: nextNumber, last: n - 1)) }
        if n < nextNumber { report.note(.outOfOrder(n: n)) } else { nextNumber = n == .max ? n : n + 1 }
        if leaf.leafHash != hash { report.note(.changedRow(n: n)) }
        tree.append(hash)
    }

    private mutating func check(_ text: String) {
        guard isOurs(text), Checkpoint.hasOneSignature(text), let checkpoint = try? Checkpoint.read(text) else {
            return report.note(.badSignature(line: line))
        }
        if checkpoint.size <= lastCheckpoint { return report.note(.checkpointOutOfOrder(size: checkpoint.size)) }
        lastCheckpoint = checkpoint.size
        coveredRows = tree.size
        if checkpoint.size == tree.size, checkpoint.root == tree.root {
            report.checkpoints += 1
        } else {
            report.note(.rootMismatch(size: checkpoint.size, rowsRead: tree.size))
        }
    }

    /// Compares with every witness whose rows have now all been read, before the next row moves the tree on.
    private mutating func meetWitnesses() {
        while let witness = ahead.last, witness.size == tree.size {
            ahead.removeLast()
            if witness.root == tree.root {
                report.witnessedRows = witness.size
            } else {
                report.note(.rewritten(witnessSize: witness.size))
            }
        }
    }

    private func isOurs(_ text: String) -> Bool {
        guard let key, let checkpoint = try? Checkpoint.verify(text, key: key) else { return false }
        return origin == nil || checkpoint.origin == origin
    }
}
