import Postgres

/// Reads `application/x-www-form-urlencoded`. Foundation's URLComponents traps on malformed percent signs, and a
/// trap is a way to stop the server from outside, so these few lines are our own.
enum FormBody {
    /// No form of ours has more fields than this.
    static let mostFields = 400

    /// Names to values, in order; nil when the text is not a form (bad percent sign, bad UTF-8, too many fields).
    static func parse(_ bytes: some Sequence<UInt8>) -> [String: [String]]? {
        var fields: [String: [String]] = [:]
        var count = 0
        for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
            count += 1
            if count > mostFields { return nil }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(parts[0]), let value = parts.count > 1 ? decode(parts[1]) : "" else { return nil }
            fields[name, default: []].append(value)
        }
        return fields
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.endIndex,
                    let high = Hex.value(bytes[index + 1]), let low = Hex.value(bytes[index + 2]) else { return nil }
                out.append(high << 4 | low)
                index += 2
            case let byte: out.append(byte)
            }
            index += 1
        }
        // PostgreSQL text holds no NUL; browsers send line ends as CR LF.
        guard !out.contains(0), let text = String(validating: out, as: UTF8.self) else { return nil }
        return text.contains("\r") ? text.replacing("\r\n", with: "\n") : text
    }
}
