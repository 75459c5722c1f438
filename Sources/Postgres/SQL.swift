/// A statement and its parameters. Every interpolated value becomes a bind, never text.
///
///     let id = UUID(), closed: Date? = nil
///     try connection.run("UPDATE app.cases SET closed_at = \(closed) WHERE id = \(id)")
///
/// An optional binds NULL when it is nil; interpolating another `SQL` splices it and renumbers its binds.
public struct SQL: Sendable, ExpressibleByStringInterpolation, CustomStringConvertible, CustomReflectable {
    /// The statement with `$1`, `$2`... where the values belong. It holds no value, so it may be logged.
    public private(set) var text: String
    /// The values in PostgreSQL's text format, in order; nil is NULL.
    public private(set) var parameters: [String?]
    /// Where each bind of ours starts in `text`, in UTF-8 bytes. A `$1` that an author wrote is left alone.
    private var binds: [Int]

    /// A statement without values. For the compiler: called by name with text made at run time it binds nothing, so no
    /// source file but a test's may do that.
    public init(stringLiteral value: String) {
        self.init(unsafeText: value)
    }

    /// A statement from a literal with values in it.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// A statement from text that is not a literal: for names that the schema itself gave, quoted by
    /// `SQL.identifier`, never for anything that a person typed.
    init(unsafeText: String) {
        text = unsafeText
        parameters = []
        binds = []
    }

    /// A name of a table, column, role or channel, quoted so that any name is safe to splice.
    /// Take it from the schema or a closed list all the same.
    public static func identifier(_ name: String) -> SQL {
        SQL(unsafeText: "\"" + name.replacing("\"", with: "\"\"") + "\"")
    }

    /// The two statements' texts one after the other, with the second's binds renumbered.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    fileprivate mutating func append(literal: String) {
        text += literal
    }

    fileprivate mutating func append(parameter: String?) {
        parameters.append(parameter)
        binds.append(text.utf8.count)
        text += "$\(parameters.count)"
    }

    fileprivate mutating func append(_ other: SQL) {
        let bytes = other.text.utf8
        var rest = bytes.startIndex
        for (index, offset) in other.binds.enumerated() {
            let bind = bytes.index(bytes.startIndex, offsetBy: offset)
            text += other.text[rest..<bind]
            append(parameter: other.parameters[index])
            rest = bytes.index(bind, offsetBy: 1 + String(index + 1).utf8.count)
        }
        text += other.text[rest...]
    }

    /// The text alone: a statement that is printed shows no value.
    public var description: String { text }
    /// The text alone, for `dump` and failed expectations too.
    public var customMirror: Mirror { Mirror(self, children: ["text": text]) }

    /// Collects the pieces of an interpolated statement.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL(unsafeText: "")

        /// Called by the compiler, as is the next.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity + interpolationCount * 3)
            sql.parameters.reserveCapacity(interpolationCount)
        }
        /// Text of the literal itself.
        public mutating func appendLiteral(_ literal: String) {
            sql.append(literal: literal)
        }
        /// Binds a value.
        public mutating func appendInterpolation(_ value: some ColumnValue) {
            sql.append(parameter: value.column)
        }
        /// Binds a value, or NULL.
        public mutating func appendInterpolation<Value: ColumnValue>(_ value: Value?) {
            sql.append(parameter: value?.column)
        }
        /// Binds an array of which elements may be NULL: for `unnest`, whose columns may be.
        public mutating func appendInterpolation<Value: ColumnValue>(_ values: [Value?]) {
            sql.append(parameter: arrayLiteral(values.lazy.map { $0?.column }))
        }
        /// Splices another statement's text, and binds its values.
        public mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }
    }
}
