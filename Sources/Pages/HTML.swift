/// Markup that is safe to send to a reader.
///
/// Text interpolated into it is escaped; only other `HTML` is not, and there is no way to interpolate raw text:
/// `"<p>\(note)</p>"` is safe whatever the note says.
public struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The markup itself, ready to be sent as UTF-8.
    public private(set) var description: String

    /// Nothing at all.
    public static let empty = HTML(trusted: "")

    /// Whether there is no markup.
    public var isEmpty: Bool { description.isEmpty }

    /// Markup written in our own source. Never call it with anything a person typed.
    public init(trusted markup: String) { description = markup }

    /// A constant written in our own source.
    public init(stringLiteral value: String) { description = value }

    /// A literal whose interpolated values have been escaped.
    public init(stringInterpolation: StringInterpolation) { description = stringInterpolation.markup }

    /// Text as markup, escaped.
    public static func text(_ text: String) -> HTML { "\(text)" }

    /// The pieces one after another, with nothing between them.
    public static func joined(_ pieces: [HTML]) -> HTML {
        var markup = ""
        markup.reserveCapacity(pieces.reduce(0) { $0 + $1.description.utf8.count })
        for piece in pieces { markup += piece.description }
        return HTML(trusted: markup)
    }

    /// Both pieces, one after the other.
    public static func + (first: HTML, second: HTML) -> HTML { joined([first, second]) }

    /// Adds a piece at the end.
    public static func += (first: inout HTML, second: HTML) { first.description += second.description }
}

extension HTML {
    /// What a literal of `HTML` accepts between `\(` and `)`.
    public struct StringInterpolation: StringInterpolationProtocol {
        var markup = ""

        /// Starts a literal. Values are assumed to be about thirty bytes each.
        public init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        /// Our own markup.
        public mutating func appendLiteral(_ literal: String) { markup += literal }

        /// Text, escaped.
        public mutating func appendInterpolation(_ text: String) { markup.appendEscaped(text) }

        /// A whole number.
        public mutating func appendInterpolation(_ number: Int) { markup += String(number) }

        /// Markup, as it is.
        public mutating func appendInterpolation(_ html: HTML) { markup += html.description }

        /// Markup if there is any.
        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { markup += html.description }
        }

        /// Pieces of markup one after another.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { markup += piece.description }
        }

        /// An attribute with a space before it, or nothing when there is no value.
        /// `name` is a constant of ours; the value is escaped.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            markup += " \(name)=\""
            markup.appendEscaped(value)
            markup += "\""
        }

        /// An attribute that stands for itself, such as `checked`, with a space before it, or nothing.
        public mutating func appendInterpolation(flag name: StaticString, on: Bool) {
            if on { markup += " \(name)" }
        }
    }
}

extension String {
    /// Adds text with `& < > " '` written as character references.
    mutating func appendEscaped(_ text: String) {
        var text = text
        let growth = text.withUTF8 { bytes in bytes.reduce(0) { $0 &+ HTMLEscape.growth(of: $1) } }
        if growth == 0 {
            self += text
            return
        }
        self += text.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: bytes.count + growth) { HTMLEscape.escape(bytes, into: $0) }
        }
    }
}

private enum HTMLEscape {
    /// How many bytes longer a byte of UTF-8 gets; nothing unless it must not stand as itself.
    @inline(__always)
    static func growth(of byte: UInt8) -> Int {
        switch byte {
        case 0x22: 5
        case 0x26, 0x27: 4
        case 0x3C, 0x3E: 3
        default: 0
        }
    }

    /// Writes the escaped text and returns its length in bytes.
    static func escape(_ bytes: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var end = 0
        for byte in bytes {
            if growth(of: byte) == 0 {
                output[end] = byte
                end &+= 1
            } else {
                for part in reference(for: byte).utf8 {
                    output[end] = part
                    end &+= 1
                }
            }
        }
        return end
    }

    private static func reference(for byte: UInt8) -> String {
        switch byte {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x22: "&quot;"
        default: "&#39;"
        }
    }
}
