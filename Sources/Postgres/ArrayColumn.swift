/// An array crosses as an array literal of one dimension. NULL elements are refused: say what a gap means instead.
extension Array: ColumnValue where Element: ColumnValue {
    /// Reads `{a,"b c"}`; nil for NULL elements, more dimensions, or an element that is not an `Element`.
    public init?(column: String) {
        guard let texts = arrayElements(column) else { return nil }
        self = []
        reserveCapacity(texts.count)
        for text in texts {
            guard let element = Element(column: text) else { return nil }
            append(element)
        }
    }

    /// The literal with every element quoted, so that no element can end it or pass for NULL.
    public var column: String { arrayLiteral(lazy.map { $0.column }) }
}

/// The array literal of elements' texts; nil is NULL.
func arrayLiteral(_ texts: some Sequence<String?>) -> String {
    var literal = "{"
    for text in texts {
        if literal.utf8.count > 1 { literal += "," }
        guard let text else {
            literal += "NULL"
            continue
        }
        literal += "\""
        if text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for character in text.unicodeScalars {
                if character == "\"" || character == "\\" { literal.unicodeScalars.append("\\") }
                literal.unicodeScalars.append(character)
            }
        } else {
            literal += text
        }
        literal += "\""
    }
    return literal + "}"
}

/// The elements' texts of an array literal of one dimension, nil when it is none or holds NULL.
private func arrayElements(_ literal: String) -> [String]? {
    let bytes = Array(literal.utf8)
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return nil }
    if bytes.count == 2 { return [] }
    var elements: [String] = []
    var element: [UInt8] = []
    var index = 1
    while index < bytes.count {
        element.removeAll(keepingCapacity: true)
        let quoted = bytes[index] == UInt8(ascii: "\"")
        if quoted { index += 1 }
        scan: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"):
                index += 1
                guard index < bytes.count else { return nil }
                element.append(bytes[index])
            case UInt8(ascii: "\"") where quoted: break scan
            case UInt8(ascii: ",") where !quoted, UInt8(ascii: "}") where !quoted: break scan
            case UInt8(ascii: "{") where !quoted: return nil
            default: element.append(bytes[index])
            }
            index += 1
        }
        if quoted { index += 1 }
        guard index < bytes.count else { return nil }
        let text = String(decoding: element, as: UTF8.self)
        if !quoted, text.isEmpty || text == "NULL" { return nil }
        elements.append(text)
        switch bytes[index] {
        case UInt8(ascii: ","): index += 1
        case UInt8(ascii: "}"): return index == bytes.count - 1 ? elements : nil
        default: return nil
        }
    }
    return nil
}
