/// Why a file or a setting can't be used, in a sentence that says what to do.
public struct LinkageProblem: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// What is read at most. More is refused before it is read.
public enum LinkageLimits {
    public static let bytes = 512 << 20
    /// Lines that may stand above the names of the columns, and those.
    public static let head = 20
    public static let rows = 2_000_000
    public static let columns = 256
    /// Columns that are compared: a pair's comparison is packed into 64 bits, five for each.
    public static let compared = 12
    /// Bytes of a value; longer ones are cut.
    public static let value = 200
}
