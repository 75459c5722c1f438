import Foundation

/// A table as a file of comma-separated values (RFC 4180), safe to open in a spreadsheet.
enum CommaSeparated {
    /// What starts a formula in one spreadsheet or another. A cell that begins so gets an apostrophe before it.
    private static let formula: Set<Character> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%",
    ]

    static func text(_ header: [String], _ rows: [[String]]) -> String {
        ([header] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    static func cell(_ value: String) -> String {
        // Spreadsheets look past the space before it.
        let first = value.first { $0 != " " && $0 != "\u{A0}" }
        let safe = first.map(formula.contains) == true ? "'" + value : value
        guard safe.contains(where: { $0 == "\"" || $0 == "," || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
