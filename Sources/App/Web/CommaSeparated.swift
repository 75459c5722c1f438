import Pages

/// A table as a file of comma-separated values, safe to open in a spreadsheet.
enum CommaSeparated {
    static func text(_ header: [String], _ rows: [[String]]) -> String { SpreadsheetText.text(header, rows) }

    static func cell(_ value: String) -> String { SpreadsheetText.cell(value) }
}
