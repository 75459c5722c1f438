/// The tokens of a piece of our HTML, in the form in which `Tests/Tools/govuk_oracle.py` prints them: tags with
/// sorted attributes, and runs of text with white space collapsed.
///
/// It reads what our components write (quoted attributes, no comments) and is no general parser of HTML.
func tokens(of markup: String) -> [String] {
    var reader = TokenReader(rest: Array(markup.unicodeScalars)[...])
    return reader.read()
}

private struct TokenReader {
    var rest: ArraySlice<Unicode.Scalar>
    var tokens: [String] = []

    static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta", "wbr"]

    mutating func read() -> [String] {
        while !rest.isEmpty {
            let text = take { $0 != "<" }
            let collapsed = collapse(decode(text))
            if !collapsed.isEmpty { tokens.append("text: \(collapsed)") }
            if rest.isEmpty { break }
            readTag()
        }
        return tokens
    }

    private mutating func readTag() {
        rest.removeFirst()
        if rest.first == "/" {
            rest.removeFirst()
            let name = take { $0 != ">" }
            rest = rest.dropFirst()
            if !Self.void.contains(name) { tokens.append("</\(name)>") }
            return
        }
        let name = take { $0 != ">" && !$0.properties.isWhitespace }
        var attributes: [(name: String, value: String)] = []
        while true {
            _ = take { $0.properties.isWhitespace }
            guard let next = rest.first, next != ">" else { break }
            attributes.append(readAttribute())
        }
        rest = rest.dropFirst()
        attributes.sort { $0.name < $1.name }
        tokens.append("<\(name)\(attributes.map { " \($0.name)=\"\($0.value)\"" }.joined())>")
    }

    private mutating func readAttribute() -> (name: String, value: String) {
        let name = take { $0 != "=" && $0 != ">" && !$0.properties.isWhitespace }
            .lowercased()
        guard rest.first == "=" else { return (name, "") }
        rest = rest.dropFirst(2)
        let value = take { $0 != "\"" }
        rest = rest.dropFirst()
        return (name, collapse(decode(value)))
    }

    private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        let head = rest.prefix(while: condition)
        rest = rest[head.endIndex...]
        return String(String.UnicodeScalarView(head))
    }
}

private func collapse(_ text: String) -> String {
    text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
}

private func decode(_ text: String) -> String {
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    return references.reduce(text) { text, reference in
        var decoded = ""
        var rest = text[...]
        while let range = rest.firstRange(of: reference.0) {
            decoded += rest[..<range.lowerBound]
            decoded += reference.1
            rest = rest[range.upperBound...]
        }
        return decoded + rest
    }
}
