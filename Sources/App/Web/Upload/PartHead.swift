/// The head of one part of a form: which field it is, and whether it is a file. The file's name is looked at only to
/// see whether there is one.
struct PartHead: Equatable {
    let name: String
    /// Nil: typed. Empty: a file field in which none was chosen.
    let filename: String?

    /// Nil for anything that no browser sends: other headers, a part within a part, a transfer encoding, bare or broken
    /// parameters, control characters.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var disposition: [String: String]?
        var hasType = false
        for line in text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            guard !line.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }),
                let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard disposition == nil, let read = Self.parameters(value) else { return nil }
                disposition = read
            case "content-type":
                if hasType || value.lowercased().hasPrefix("multipart/") { return nil }
                hasType = true
            default: return nil
            }
        }
        guard let disposition, let name = disposition["name"], !name.isEmpty else { return nil }
        (self.name, filename) = (name, disposition["filename"])
    }

    /// `form-data; name="..."; filename="..."`. Browsers write a quotation mark inside as %22.
    private static func parameters(_ value: Substring) -> [String: String]? {
        let kind = "form-data"
        guard value.lowercased().hasPrefix(kind) else { return nil }
        var rest = value.dropFirst(kind.count)
        var found: [String: String] = [:]
        while !rest.isEmpty {
            guard rest.first == ";" else { return nil }
            rest = rest.dropFirst().drop { $0 == " " }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            guard ["name", "filename"].contains(name), found[name] == nil, rest.first == "\"" else { return nil }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: "\"") else { return nil }
            found[name] = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        return found
    }
}
