/// How much of a record each encoded file shows to whoever links.
public enum EncodingMode: UInt8, Sendable, CaseIterable {
    /// A filter for each field: links best, and a frequency attack reads names from it.
    case field = 1
    /// One filter of all fields, folded: the conservative one.
    case record = 2

    public var name: String { self == .field ? "field" : "record" }
}

/// Everything of an encoding that both sides must have alike. A change of any number is a new version of the format.
enum EncodingPlan {
    static let version: UInt16 = 1
    /// Words of the filter of one field, and of the folded filter of a record.
    static let fieldWords = 4, recordWords = 16
    /// Bits of a record's filter before it is folded in half.
    static let recordBits = 2_048

    /// Tokens of a name: two neighbouring letters, with the edge of a part as 0.
    static let nameTokens = 27 * 27
    /// Tokens of a day: day, month, year, the first three digits of the year, the last, day and month in either order.
    static let dayTokens = 31, monthTokens = 12, yearTokens = 136, decadeTokens = 14, lastTokens = 10
    static let pairTokens = 31 * 31
    static var dateTokens: Int { dayTokens + monthTokens + yearTokens + decadeTokens + lastTokens + pairTokens }
    /// Tokens of a postcode's neighbouring letters; whole parts are hashed as they come.
    static let postcodeTokens = 37 * 37

    /// Bits for each token in a field's filter of 256.
    static let fieldBits = (name: 6, date: 10, postcode: 3)
    /// Eight bits for each of outward, sector and whole postcode, in either mode.
    static let partBits = 8
    /// Bits for each token in a record's filter of 2,048: a weight, for what tells people apart best.
    static let wholeBits = (name: 12, date: 18, postcode: 4, sex: 12)

    /// Rules by which records come to be compared: each makes a keyed token of several fields, so that none of them can
    /// be counted by itself.
    enum Rule: Int, CaseIterable {
        case nhs, phone, birthForename, birthSurname, birthPostcode, namesYear, surnamePostcode, forenamePostcode
        case namesDay, swappedBirth, namesOutward, names

        /// Of the two names alone, "Susan Smith" could be counted: not in record mode.
        static func of(_ mode: EncodingMode) -> [Rule] { allCases.filter { $0 != .names || mode == .field } }
    }

    static func columns(_ mode: EncodingMode) -> [EncodedColumn] {
        let own: [EncodedColumn] = mode == .field
            ? [.init("forename", 32), .init("middle", 32), .init("surname", 32), .init("birth", 32),
                .init("postcode", 32), .init("group", 8), .init("known", 1)]
            : [.init("filter", 128), .init("known", 1)]
        return [.init("record", 8), .init("agency", 1)] + own + [.init("sex", 1), .init("nhs", 8), .init("phone", 8)]
            + Rule.of(mode).map { .init("block_\($0)", 4) }
    }
}

/// A column of an encoded file: so many bytes for each record.
public struct EncodedColumn: Sendable, Equatable, Codable {
    public let name: String
    public let bytes: Int

    init(_ name: String, _ bytes: Int) {
        self.name = name
        self.bytes = bytes
    }
}
