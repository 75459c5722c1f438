import Foundation

/// A value that crosses to and from PostgreSQL in its text format.
///
/// `init?(column:)` answers nil for text that is not such a value: reading then throws, it never guesses.
/// An enum with a raw value conforms by naming the protocol.
public protocol ColumnValue: Sendable {
    /// Reads what PostgreSQL sent; nil when it is no such value.
    init?(column: String)
    /// The text that PostgreSQL reads as this value.
    var column: String { get }
}

extension ColumnValue where Self: RawRepresentable, RawValue: ColumnValue {
    /// Reads the raw value; nil for one that the enum does not know.
    public init?(column: String) {
        guard let raw = RawValue(column: column) else { return nil }
        self.init(rawValue: raw)
    }
    /// The raw value's text.
    public var column: String { rawValue.column }
}

extension String: ColumnValue {
    /// Any text is a string.
    public init?(column: String) { self = column }
    /// Itself. A NUL inside is refused when it is sent: PostgreSQL has no such character.
    public var column: String { self }
}

extension Int: ColumnValue {
    /// Decimal digits with an optional sign.
    public init?(column: String) { self.init(column) }
    /// Decimal digits.
    public var column: String { String(self) }
}

extension Int64: ColumnValue {
    /// Decimal digits with an optional sign.
    public init?(column: String) { self.init(column) }
    /// Decimal digits.
    public var column: String { String(self) }
}

extension Double: ColumnValue {
    /// `1.5`, `1e-7`, `NaN`, `Infinity`: as `double precision` and `numeric` are printed.
    public init?(column: String) { self.init(column) }
    /// The shortest text that reads back as the same value.
    public var column: String { description }
}

extension Bool: ColumnValue {
    /// `t` or `f`.
    public init?(column: String) {
        switch column {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
    /// `t` or `f`.
    public var column: String { self ? "t" : "f" }
}

extension UUID: ColumnValue {
    /// The usual form of 36 characters. (Read here: Foundation goes by `sscanf`, and a list has a hundred of them.)
    public init?(column: String) {
        var text = column
        let bytes: uuid_t? = text.withUTF8 { digits in
            guard digits.count == 36 else { return nil }
            var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            let isWhole = withUnsafeMutableBytes(of: &bytes) { bytes in
                var place = 0
                for byte in bytes.indices {
                    if byte == 4 || byte == 6 || byte == 8 || byte == 10 {
                        guard digits[place] == UInt8(ascii: "-") else { return false }
                        place += 1
                    }
                    guard let high = Hex.value(digits[place]), let low = Hex.value(digits[place + 1])
                    else { return false }
                    bytes[byte] = high << 4 | low
                    place += 2
                }
                return true
            }
            return isWhole ? bytes : nil
        }
        guard let bytes else { return nil }
        self.init(uuid: bytes)
    }
    /// The usual form in lower case, as PostgreSQL prints it. (Written here, for the same reason.)
    public var column: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var place = 0
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[place] = UInt8(ascii: "-")
                        place += 1
                    }
                    text[place] = Hex.digit(byte >> 4)
                    text[place + 1] = Hex.digit(byte & 15)
                    place += 2
                }
                return place
            }
        }
    }
}

extension Data: ColumnValue {
    /// `bytea` in hex format: `\x` and two digits a byte.
    public init?(column: String) {
        var text = column
        let bytes: [UInt8]? = text.withUTF8 { digits in
            guard digits.count >= 2, digits.count % 2 == 0, digits[0] == UInt8(ascii: "\\"),
                digits[1] == UInt8(ascii: "x")
            else { return nil }
            var bytes = [UInt8]()
            bytes.reserveCapacity(digits.count / 2 - 1)
            for index in stride(from: 2, to: digits.count, by: 2) {
                guard let high = Hex.value(digits[index]), let low = Hex.value(digits[index + 1])
                else { return nil }
                bytes.append(high << 4 | low)
            }
            return bytes
        }
        guard let bytes else { return nil }
        self.init(bytes)
    }

    /// `bytea` in hex format.
    public var column: String {
        String(unsafeUninitializedCapacity: 2 + count * 2) { buffer in
            buffer[0] = UInt8(ascii: "\\")
            buffer[1] = UInt8(ascii: "x")
            var next = 2
            for byte in self {
                buffer[next] = Hex.digit(byte >> 4)
                buffer[next + 1] = Hex.digit(byte & 15)
                next += 2
            }
            return next
        }
    }
}
