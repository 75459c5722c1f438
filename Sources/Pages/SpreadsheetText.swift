/// A table as a file of comma-separated values (RFC 4180), safe to open in a spreadsheet.
public enum SpreadsheetText {
    /// What starts a formula in one spreadsheet or another. A cell that begins so gets an apostrophe before it.
    private static let formula: Set<Character> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%",
    ]

    /// A header and rows, each line ended by CR LF. In the columns `numbers` a minus before digits is no formula.
    public static func text(_ header: [String], _ rows: [[String]], numbers: Set<Int> = []) -> String {
        ([header] + rows).map { row in
            row.enumerated().map { numbers.contains($0) && isNumber($1) ? $1 : cell($1) }.joined(separator: ",")
                + "\r\n"
        }.joined()
    }

    /// A value, quoted where it must be.
    public static func cell(_ value: String) -> String {
        // Spreadsheets look past the space before it.
        let first = value.first { $0 != " " && $0 != "\u{A0}" }
        let safe = first.map(formula.contains) == true ? "'" + value : value
        guard safe.contains(where: { $0 == "\"" || $0 == "," || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    private static func isNumber(_ value: String) -> Bool {
        let digits = value.dropFirst()
        return (value.hasPrefix("-") || value.hasPrefix("+")) && digits.contains(where: \.isNumber)
            && digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }
}
