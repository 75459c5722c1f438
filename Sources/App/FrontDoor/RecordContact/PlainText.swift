import Foundation

/// The words of an e-mail that came as a page: its marks are dropped, nothing in it is fetched or run.
enum PlainText {
    /// Reads at most this much of a page.
    static let most = 400_000

    static func of(_ page: String) -> String {
        var out = ""
        var rest = Substring(page.unicodeScalars.prefix(most))[...]
        while let open = rest.firstIndex(of: "<") {
            append(rest[..<open], to: &out)
            rest = rest[open...]
            if rest.hasPrefix("<!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? ""
                continue
            }
            guard let close = rest.firstIndex(of: ">") else {
                rest = ""
                break
            }
            let mark = rest[rest.index(after: open)..<close].lowercased()
            rest = rest[rest.index(after: close)...]
            let name = String(mark.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
            if ["script", "style", "head", "title", "template"].contains(name), !mark.hasPrefix("/") {
                rest = after("</\(name)", in: rest)
            } else if breaks.contains(name) {
                if !out.isEmpty, out.last != "\n" || name == "br" { out += "\n" }
            } else if name == "td" || name == "th", mark.hasPrefix("/") {
                out += " "
            }
        }
        append(rest, to: &out)
        let lines = out.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }.joined(separator: " ")
        }
        // Never more than one empty line at once.
        var kept: [String] = []
        for line in lines where !(line.isEmpty && kept.last?.isEmpty ?? true) { kept.append(line) }
        return kept.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static let breaks: Set = [
        "br", "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "pre",
    ]

    private static func after(_ end: String, in text: Substring) -> Substring {
        var rest = text
        while let open = rest.firstIndex(of: "<") {
            rest = rest[open...]
            if rest.prefix(end.count).lowercased() == end {
                return rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
            }
            rest = rest.dropFirst()
        }
        return ""
    }

    /// Text between two marks: a line's end is a space, and what stands for a letter becomes it.
    private static func append(_ text: Substring, to out: inout String) {
        var rest = text
        while let amp = rest.firstIndex(of: "&") {
            out += rest[..<amp].replacing("\n", with: " ")
            rest = rest[rest.index(after: amp)...]
            let name = rest.prefix(10).prefix { $0 != ";" }
            guard name.endIndex < rest.endIndex, rest[name.endIndex] == ";", let letter = letter(String(name)) else {
                out += "&"
                continue
            }
            out += letter
            rest = rest[rest.index(after: name.endIndex)...]
        }
        out += rest.replacing("\n", with: " ")
    }

    private static func letter(_ name: String) -> String? {
        if let known = names[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHex = digits.lowercased().hasPrefix("x")
        guard let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits),
            value == 10 || value >= 32, let scalar = UnicodeScalar(value) else { return nil }
        return String(Character(scalar))
    }

    private static let names = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "pound": "£", "euro": "€",
        "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "hellip": "…",
        "eacute": "é", "copy": "©",
    ]
}
