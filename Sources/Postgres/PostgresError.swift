import CLibpq

/// What went wrong, in words that never quote a value.
///
/// PostgreSQL's messages, DETAIL, HINT and CONTEXT quote what people typed (`invalid input syntax for type integer:
/// "..."`), so none of them is kept: only the codes and names that the schema gave.
public struct PostgresError: Error, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Which kind of trouble it is, and so what a caller can do.
    public enum Kind: String, Sendable {
        /// PostgreSQL refused the statement: see `sqlState` and `constraint`.
        case query
        /// The server cannot be reached, or went away; a transaction in progress was lost.
        case connection
        /// No connection came free within the pool's waiting time.
        case timeout
        /// A column is missing, NULL where a value was asked for, or not of the type asked for.
        case decoding
        /// The task was cancelled, so its statement was stopped.
        case cancelled
    }

    /// What kind of trouble it is.
    public let kind: Kind
    /// PostgreSQL's five-character code, such as `23505` for a unique violation.
    public let sqlState: String?
    /// The violated constraint's name.
    public let constraint: String?
    /// The table concerned, without its schema.
    public let table: String?
    /// The column concerned: of the table, or of the result when it could not be read.
    public let column: String?
    /// Why the server could not be reached, or what was misused: our words, or libpq's before any statement is sent.
    public let reason: String?
    /// The statement's text, with `$1` for values. Shown in the debug description only.
    public let statement: String?
    /// Where in the statement, in characters from 1.
    public let position: Int?

    init(
        _ kind: Kind, sqlState: String? = nil, constraint: String? = nil, table: String? = nil, column: String? = nil,
        reason: String? = nil, statement: String? = nil, position: Int? = nil
    ) {
        self.kind = kind
        self.sqlState = sqlState
        self.constraint = constraint
        self.table = table
        self.column = column
        self.reason = reason
        self.statement = statement
        self.position = position
    }

    /// Two transactions waited for each other, and PostgreSQL undid this one: the same work can be done again.
    var isDeadlock: Bool { sqlState == "40P01" || sqlState == "40001" }

    /// Kind, code and names on one line, safe to log.
    public var description: String {
        var words = ["PostgreSQL", kind.rawValue]
        if let sqlState { words.append(sqlState) }
        if let constraint { words.append("constraint \(constraint)") }
        if let table { words.append("table \(table)") }
        if let column { words.append("column \(column)") }
        if let reason { words.append("(\(reason))") }
        return words.joined(separator: " ")
    }

    /// The description, and where in which statement; no values either.
    public var debugDescription: String {
        var text = description
        if let position { text += " at character \(position)" }
        if let statement { text += " of: \(statement)" }
        return text
    }
}

extension PostgresError {
    static let cancelled = PostgresError(.cancelled, reason: "the task was cancelled")
    static let lost = PostgresError(.connection, reason: "the connection was lost")
    static let closed = PostgresError(.connection, reason: "the connection is closed")

    /// The error that a result carries. `statement` is nil where the text may hold values.
    init(result: OpaquePointer, statement: String?, kind: Kind = .query) {
        func field(_ code: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        let state = field("C")
        // FATAL ends the connection, even if its socket has not closed yet.
        let ended = ["FATAL", "PANIC"].contains(field("V")) || state?.hasPrefix("08") == true
        self.init(
            ended ? .connection : kind, sqlState: state, constraint: field("n"), table: field("t"), column: field("c"),
            statement: statement, position: field("P").flatMap { Int($0) })
    }
}
