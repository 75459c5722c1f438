import Foundation

/// An e-mail as it was saved (RFC 5322, with MIME as in RFC 2045 to 2047): its heads and its words. What came along
/// with it is named, never opened.
struct EmailMessage: Equatable, Sendable {
    private(set) var heads: [String: String] = [:]
    private(set) var body = ""
    /// What was left out, by its name or kind.
    private(set) var leftOut: [String] = []

    /// More than any e-mail has: a file that goes beyond is not read.
    static let mostLines = 300_000
    private static let mostParts = 200
    private static let deepest = 8
    /// Of a text, what is read: far more than a contact holds.
    private static let mostText = 200_000

    private typealias Lines = ArraySlice<ArraySlice<UInt8>>
    private var plain: [String] = []
    private var page: [String] = []
    private var parts = 0

    /// Nil for a file that is no text: it holds what text doesn't, or more lines than any e-mail.
    init?(_ bytes: [UInt8]) {
        if bytes.prefix(65_536).contains(0) { return nil }
        let lines = bytes.split(separator: 10, maxSplits: Self.mostLines, omittingEmptySubsequences: false)
        if lines.count > Self.mostLines { return nil }
        let trimmed = lines.map { $0.last == 13 ? $0.dropLast() : $0 }
        let (heads, rest) = Self.heads(trimmed[...])
        guard heads.keys.contains(where: Self.telling.contains) else {
            // No e-mail with all its heads: words that were saved, with or without a few lines above them.
            body = EmailBytes.text(Self.joined(trimmed[...]), charset: nil)
            return
        }
        self.heads = heads
        read(heads, rest, depth: 0)
        let text = plain.isEmpty ? page.map(PlainText.of).joined(separator: "\n") : plain.joined(separator: "\n")
        body = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// It has the heads that mail has on its way, not only those that a person pastes.
    var isMail: Bool { !heads.isEmpty }

    /// When it was sent, by whoever sent it.
    var sentAt: Date? { heads["date"].flatMap(Self.date) }

    private static let telling: Set = ["mime-version", "content-type", "message-id", "received", "return-path"]

    private static func heads(_ lines: Lines) -> ([String: String], Lines) {
        var heads: [String: String] = [:]
        var last: String?
        var at = lines.startIndex
        while at < lines.endIndex, !lines[at].isEmpty {
            let line = EmailBytes.text(Array(lines[at].prefix(10_000)), charset: nil)
            if line.first == " " || line.first == "\t" {
                // A heading goes on in lines that begin with space.
                if let last, let value = heads[last], value.utf8.count < 20_000 {
                    heads[last] = value + " " + line.trimmingCharacters(in: .whitespaces)
                }
            } else if let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy({ $0.isLetter || $0 == "-" }) {
                let name = line[..<colon].lowercased()
                last = heads[name] == nil ? name : nil
                if let last { heads[last] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces) }
            } else if !(at == lines.startIndex && line.hasPrefix("From ")) {
                break
            }
            at += 1
        }
        if at < lines.endIndex, lines[at].isEmpty { at += 1 }
        return (heads, lines[at...])
    }

    private mutating func read(_ heads: [String: String], _ lines: Lines, depth: Int) {
        parts += 1
        guard parts <= Self.mostParts else { return }
        let type = EmailParameters(heads["content-type"] ?? "text/plain")
        let placed = EmailParameters(heads["content-disposition"] ?? "")
        if type.value.hasPrefix("multipart/"), let boundary = type["boundary"], !boundary.isEmpty,
            depth < Self.deepest {
            for part in Self.split(lines, boundary) {
                let (heads, rest) = Self.heads(part)
                read(heads, rest, depth: depth + 1)
            }
            return
        }
        let isText = ["text/plain", "text/html"].contains(type.value) && !placed.value.hasPrefix("attachment")
        guard isText, placed["filename"] == nil else {
            if leftOut.count < 20 { leftOut.append(Self.name(type, placed)) }
            return
        }
        var bytes = Self.joined(lines)
        switch heads["content-transfer-encoding"]?.lowercased() {
        case "base64": bytes = EmailBytes.base64(bytes)
        case "quoted-printable": bytes = EmailBytes.quotedPrintable(bytes)
        default: break
        }
        let text = EmailBytes.text(Array(bytes.filter { $0 != 13 }.prefix(Self.mostText)), charset: type["charset"])
        if type.value == "text/plain" { plain.append(text) } else { page.append(text) }
    }

    /// What an attachment is called, without folders, or what it is.
    private static func name(_ type: EmailParameters, _ placed: EmailParameters) -> String {
        let given = EmailBytes.heading(placed["filename"] ?? type["name"] ?? "")
        let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        if !last.isEmpty { return String(last.prefix(80)) }
        return type.value == "message/rfc822" ? "another e-mail" : "a part without a name"
    }

    /// The parts between the lines that say where one ends; what stands before the first and after the last is none.
    private static func split(_ lines: Lines, _ boundary: String) -> [Lines] {
        let (between, end) = (Array("--\(boundary)".utf8), Array("--\(boundary)--".utf8))
        var found: [Lines] = []
        var start: Int?
        for at in lines.indices {
            let line = lines[at]
            guard line.starts(with: [45, 45]) else { continue }
            var bare = line
            while bare.last == 32 || bare.last == 9 { bare = bare.dropLast() }
            let isEnd = bare.elementsEqual(end)
            guard isEnd || bare.elementsEqual(between) else { continue }
            if let start { found.append(lines[start..<at]) }
            start = isEnd ? nil : at + 1
            if isEnd || found.count > mostParts { return found }
        }
        if let start { found.append(lines[start...]) }
        return found
    }

    private static func joined(_ lines: Lines) -> [UInt8] {
        var out: [UInt8] = []
        for line in lines where out.count < 2 * mostText {
            out.append(contentsOf: line)
            out.append(10)
        }
        return out
    }
}

/// A head with parameters: `text/plain; charset="utf-8"`.
struct EmailParameters: Equatable {
    let value: String
    private var given: [String: String] = [:]

    init(_ text: String) {
        var parts: [String] = [""]
        var isQuoted = false
        for character in text.prefix(4_000) {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        value = parts[0].trimmingCharacters(in: .whitespaces).lowercased()
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            var name = part[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            var value = part[part.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            if value.count > 1, value.first == "\"", value.last == "\"" { value = String(value.dropFirst().dropLast()) }
            // RFC 2231: filename*=utf-8''na%C3%AFve.pdf
            if name.hasSuffix("*") {
                name.removeLast()
                let pieces = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                value = pieces.count == 3 ? String(pieces[2]).removingPercentEncoding ?? "" : value
            }
            if given[name] == nil { given[name] = value }
        }
    }

    subscript(_ name: String) -> String? { given[name] }
}
