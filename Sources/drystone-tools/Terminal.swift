import Foundation

/// A file or a value that can't be used, in a sentence that says what to do.
struct Unreadable: Error {
    let text: String
}

/// What a command reads and says.
enum Terminal {
    /// A line on standard error.
    static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// One JSON document on standard output.
    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// The names in a CSV file's first line, small letters, without quotes.
    static func head(of path: String) throws -> Set<String> {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: 20_000) else {
            throw Unreadable(text: "\(path) can't be read. Check the name, and that you may read it.")
        }
        let line = String(decoding: data.prefix { $0 != 0x0a }, as: UTF8.self).lowercased()
        return Set(line.split { ",;\t".contains($0) }.map { name in
            String(name.filter { !"\"\r\u{FEFF}".contains($0) }).split(separator: " ").joined(separator: "_")
        })
    }

    /// A text file of at most so many bytes.
    static func text(of path: String, atMost limit: Int = 1_000_000) throws -> String {
        // An empty file reads as nil, which is no error.
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: limit + 1) ?? Data()
        else {
            throw Unreadable(text: "\(path) can't be read. Check the name, and that you may read it.")
        }
        guard data.count <= limit else { throw Unreadable(text: "\(path) is longer than \(limit) bytes.") }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Unreadable(text: "\(path) isn't text in UTF-8. Save it as CSV in UTF-8.")
        }
        return text
    }
}

/// A share as a reader is told it: 15.6%; never 0 for what is not nothing.
func percent(_ share: Double) -> String {
    if share > 0, share < 0.0005 { return "under 0.1%" }
    return String(format: "%.1f%%", share * 100)
}

/// A share without needless digits: 5%, 2.5%.
func roundPercent(_ share: Double) -> String {
    let percents = share * 100
    if abs(percents - percents.rounded()) < 1e-9 { return "\(Int(percents.rounded()))%" }
    return String(format: "%.2f%%", percents)
}

/// A number without needless digits: 113, 84.5.
func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(format: "%.1f", number)
}
