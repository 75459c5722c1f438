import Foundation

/// `drystone audit verify`: checks an export without database, configuration or key file.
public enum AuditVerifyCommand {
    /// What was found.
    public struct Verdict: Sendable, Encodable {
        /// Nothing is wrong.
        public let intact: Bool
        /// Rows read.
        public let rows: Int
        /// Checkpoints whose signature and root are right.
        public let checkpoints: Int
        /// The first so many rows are vouched for from outside.
        public let witnessedRows: Int
        /// The key was given, not taken from the file.
        public let keyWasTrusted: Bool
        /// The root over all rows read, in hexadecimal.
        public let root: String
        /// What is wrong, in the order found; the first ten thousand.
        public let problems: [String]
        /// How many there are.
        public let problemCount: Int

        /// A witness saw more rows than the export has: it was cut short, or is older than the witness's copy.
        public let isShorterThanWitness: Bool

        private enum CodingKeys: String, CodingKey {
            case intact, rows, checkpoints, root, problems
            case witnessedRows = "witnessed_rows", keyWasTrusted = "key_was_trusted", problemCount = "problem_count"
            case isShorterThanWitness = "is_shorter_than_witness"
        }
    }

    /// Bytes read at a time.
    private static let piece = 1 << 20

    /// Reads `path` in pieces (- is standard input). `witnesses` are files of checkpoints kept outside; `key` is the
    /// text that `drystone audit key` printed. `progress` gets the share read, while it can be known.
    public static func run(
        _ path: String, witnesses: [String], key: String?, progress: (Double) -> Void
    ) throws -> Verdict {
        let trusted = try key.map { text in
            guard let key = CheckpointKey(text: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
                throw CommandFailure(
                    "--key is not a key as `drystone audit key` prints it (name+8 digits+base64).", kind: .unreadable)
            }
            return key
        }
        var verifier = AuditVerifier(witnesses: try witnesses.flatMap(checkpoints), trustedKey: trusted)
        let file = try open(path)
        let size = path == "-" ? nil : try? file.seekToEnd()
        if size != nil { try file.seek(toOffset: 0) }
        var done = 0
        while let bytes = try file.read(upToCount: piece), !bytes.isEmpty {
            verifier.feed(bytes)
            done += bytes.count
            if let size { progress(Double(done) / Double(size)) }
        }
        let report = verifier.finish()
        let isShorter = report.problems.contains { problem in if case .truncated = problem { true } else { false } }
        return Verdict(
            intact: report.isIntact, rows: report.rows, checkpoints: report.checkpoints,
            witnessedRows: report.witnessedRows, keyWasTrusted: report.keyWasTrusted, root: report.root.hex,
            problems: report.problems.map(\.description), problemCount: report.problemCount,
            isShorterThanWitness: isShorter)
    }

    private static func open(_ path: String) throws -> FileHandle {
        if path == "-" { return .standardInput }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
            let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(path) can't be read. Check the name, and who may read it.", kind: .unreadable)
        }
        return file
    }

    /// The checkpoints of a witness's file; one without any would prove nothing and look as if it did.
    private static func checkpoints(_ path: String) throws -> [String] {
        guard let bytes = FileManager.default.contents(atPath: path), let text = String(data: bytes, encoding: .utf8)
        else {
            throw CommandFailure("The witness file \(path) can't be read.", kind: .unreadable)
        }
        let found = Witness.read(text)
        if found.isEmpty { throw CommandFailure("The witness file \(path) holds no checkpoint.", kind: .unreadable) }
        return found
    }
}
