import Foundation
import Testing

@testable import AppTestSupport

/// A text kept beside the tests, for people to read in a diff. `UPDATE_GOLDEN=1` writes it anew.
struct GoldenFile {
    private let url: URL

    init(_ name: String) {
        url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name)
    }

    /// Expects that the file holds exactly these lines.
    func expect(_ lines: [String], at source: SourceLocation = #_sourceLocation) throws {
        let text = lines.map { $0 + "\n" }.joined()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: url)
            return
        }
        let known = Set(try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init))
        let found = Set(lines)
        let name = url.lastPathComponent
        #expect(found.subtracting(known).isEmpty, "not in \(name)", sourceLocation: source)
        #expect(known.subtracting(found).isEmpty, "only in \(name)", sourceLocation: source)
        #expect(try String(contentsOf: url, encoding: .utf8) == text, "\(name) is in order", sourceLocation: source)
    }
}
