import CLibpq

/// The answer to one statement; it owns libpq's result and may be read from any thread, since nothing changes it.
final class Answer: @unchecked Sendable {
    let result: OpaquePointer
    let columns: Columns
    let count: Int32

    init(result: OpaquePointer, columns: Columns) {
        self.result = result
        self.columns = columns
        count = PQntuples(result)
    }

    deinit { PQclear(result) }

    /// Rows that the statement changed or returned; 0 when the statement has no such count.
    var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }
    /// The command tag, such as `COMMIT`.
    var tag: String { String(cString: PQcmdStatus(result)) }
}

/// Column numbers by name, shared by all rows of all executions of a prepared statement.
final class Columns: Sendable {
    static let none = Columns(count: 0, indexes: [:])
    let count: Int32
    private let indexes: [String: Int32]

    private init(count: Int32, indexes: [String: Int32]) {
        self.count = count
        self.indexes = indexes
    }

    convenience init(result: OpaquePointer) {
        let count = PQnfields(result)
        var indexes: [String: Int32] = [:]
        for index in 0..<count {
            let name = String(cString: PQfname(result, index))
            // Two columns of one name: reading either would be a guess, so reading that name throws.
            indexes[name] = indexes[name] == nil ? index : -1
        }
        self.init(count: count, indexes: indexes)
    }

    func index(of name: String) -> Int32? {
        guard let index = indexes[name], index >= 0 else { return nil }
        return index
    }
}

/// One row of an answer. Cells are read by name, and only the cells that are asked for become values.
///
///     Person(id: try row["id"], name: try row["name"], died: try row["died_at"])
public struct Row: Sendable {
    let answer: Answer
    let index: Int32

    /// The value of a column that is never NULL.
    /// Throws `.decoding` when the name is missing or stands twice, the value is NULL, or no such value.
    public subscript<Value: ColumnValue>(_ name: String) -> Value {
        get throws(PostgresError) {
            guard let value = try optional(name, as: Value.self) else {
                throw PostgresError(.decoding, column: name, reason: "NULL is not \(Value.self)")
            }
            return value
        }
    }

    /// The value of a column that may be NULL. Throws `.decoding` when the name is missing or stands twice,
    /// or the value is not NULL and no such value.
    public subscript<Value: ColumnValue>(_ name: String) -> Value? {
        get throws(PostgresError) { try optional(name, as: Value.self) }
    }

    private func optional<Value: ColumnValue>(_ name: String, as type: Value.Type) throws(PostgresError) -> Value? {
        guard let column = answer.columns.index(of: name) else {
            throw PostgresError(.decoding, column: name, reason: "no such column, or two of that name")
        }
        if PQgetisnull(answer.result, index, column) == 1 { return nil }
        let length = Int(PQgetlength(answer.result, index, column))
        guard let bytes = PQgetvalue(answer.result, index, column) else { return nil }
        let text = bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
            String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
        }
        guard let value = Value(column: text) else {
            throw PostgresError(.decoding, column: name, reason: "not \(Value.self)")
        }
        return value
    }
}
