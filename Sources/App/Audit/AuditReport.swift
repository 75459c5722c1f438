import Foundation

/// One thing that is wrong with an audit export. The descriptions are written for the person who runs the check.
enum AuditProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file does not begin with the header of this format.
    case badHeader
    /// The file names another signing key than the one the reader trusts.
    case keyMismatch
    /// A line is not in the one spelling that the writer gives it.
    case unreadableLine(Int)
    /// Row numbers are left out.
    case missingRows(first: Int, last: Int)
    /// A row number comes a second time or too late.
    case outOfOrder(n: Int)
    /// The row's fields are not the ones that were sealed.
    case changedRow(n: Int)
    /// A checkpoint in the file has no valid signature of the log's key, or is not this log's.
    case badSignature(line: Int)
    /// The rows up to here are not the ones the checkpoint was signed over.
    case rootMismatch(size: Int, rowsRead: Int)
    /// Checkpoints do not grow: one is repeated or out of place.
    case checkpointOutOfOrder(size: Int)
    /// Rows that no later checkpoint covers, so nothing vouches for them.
    case uncovered(rows: Int)
    /// A witness's copy, counted from 0 as given, is not a checkpoint signed by this log's key.
    case witnessNotSigned(index: Int)
    /// The log no longer begins with what the witness saw: history was rewritten.
    case rewritten(witnessSize: Int)
    /// A witness saw more rows than the log has now.
    case truncated(rows: Int, witnessSize: Int)

    /// A plain sentence.
    var description: String {
        switch self {
        case .badHeader: "The first line is not the header of a \(AuditExportWriter.format) export."
        case .keyMismatch: "The file names a different signing key from the trusted one."
        case .unreadableLine(let line): "Line \(line) is damaged or was edited: it cannot be read."
        case .missingRows(let first, let last) where first == last: "Row \(first) is missing."
        case .missingRows(let first, let last): "Rows \(first) to \(last) are missing."
        case .outOfOrder(let n): "Row \(n) is repeated or out of order."
        case .changedRow(let n): "Row \(n) was changed after it was sealed."
        case .badSignature(let line): "The checkpoint on line \(line) is not signed by this log's key."
        case .rootMismatch(let size, let rows):
            "The checkpoint over \(size) rows does not match the \(rows) rows before it."
        case .checkpointOutOfOrder(let size): "The checkpoint over \(size) rows is repeated or out of order."
        case .uncovered(let rows): "The last \(rows) rows are covered by no checkpoint."
        case .witnessNotSigned(let index): "Witness checkpoint \(index + 1) is not signed by this log's key."
        case .rewritten(let size): "The log was rewritten: its first \(size) rows are not the ones the witness saw."
        case .truncated(let rows, let size): "The log was cut short: a witness saw \(size) rows, now there are \(rows)."
        }
    }
}

/// What a check of an audit export found.
struct AuditReport: Equatable, Sendable {
    /// Rows read.
    var rows = 0
    /// Checkpoints read whose signature and root are right.
    var checkpoints = 0
    /// Rows that an outside witness vouches for. Whoever holds the signing key could have rewritten the rest.
    var witnessedRows = 0
    /// Whether the reader named the key to trust; without one the file vouches for itself.
    var keyWasTrusted = false
    /// The root over all rows read.
    var root = MerkleTree.emptyRoot
    /// What is wrong, in the order found; the first `limit` of them.
    private(set) var problems: [AuditProblem] = []
    /// How many problems there are, listed or not.
    private(set) var problemCount = 0

    /// A ruined file of millions of rows must not fill the memory with its problems.
    static let limit = 10_000

    /// Nothing is wrong.
    var isIntact: Bool { problemCount == 0 }

    /// Notes a problem.
    mutating func note(_ problem: AuditProblem) {
        problemCount += 1
        if problems.count < Self.limit { problems.append(problem) }
    }
}
