import Foundation

/// What a command says beside its result.
enum Terminal {
    /// A person is watching standard error: long work may show how far it has come.
    static let isWatched = isatty(STDERR_FILENO) == 1

    /// A line on standard error.
    static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Shows how far long work has come, over the line before; nothing where nobody watches.
    static func progress(_ text: String) {
        if isWatched { FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8)) }
    }

    /// Clears the line of `progress`.
    static func endProgress() { progress("") }

    /// One JSON document on standard output.
    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
