import CXlsxWriter
import Foundation

/// Tables as an XLSX file: a table a sheet with its title above it, as the Government Analysis Function asks of
/// spreadsheets that anybody can use. What is text stays text: nothing in it can become a formula.
struct Spreadsheet: Sendable {
    enum Cell: Sendable, Equatable {
        case text(String), number(Int)
    }

    struct Sheet: Sendable {
        /// What stands on the tab: made short, and without what a tab can't have.
        let name: String
        let title: String
        /// What a reader needs to know before the numbers, a line each.
        let notes: [String]
        let columns: [String]
        let rows: [[Cell]]
    }

    /// The file couldn't be written, as when the disk is full.
    struct Unwritten: Error {
        let code: UInt32
    }

    let title: String
    /// When its numbers left, which the file says of itself: the same numbers are the same bytes.
    let made: Date
    let sheets: [Sheet]

    /// The file. Written beside other scratch files, for its owner alone, and gone before this returns.
    func bytes() throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sheets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("tables.xlsx")
        try write(to: file.path, scratch: folder.path)
        return try Data(contentsOf: file)
    }

    private func write(to path: String, scratch: String) throws(Unwritten) {
        let book = scratch.withCString { folder in
            var options = lxw_workbook_options(
                constant_memory: 0, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
            return workbook_new_opt(path, &options)
        }
        guard let book else { throw Unwritten(code: 0) }
        describe(book)
        let formats = Formats(book)
        for (place, sheet) in sheets.enumerated() {
            guard let page = workbook_add_worksheet(book, Self.tab(sheet.name, place)) else { continue }
            Self.fill(page, sheet, formats, table: place + 1)
        }
        let result = workbook_close(book)
        guard result == LXW_NO_ERROR else { throw Unwritten(code: result.rawValue) }
    }

    private func describe(_ book: UnsafeMutablePointer<lxw_workbook>) {
        title.withCString { title in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: title)
            properties.created = time_t(made.timeIntervalSince1970)
            _ = workbook_set_properties(book, &properties)
        }
    }

    private struct Formats {
        let title, head, note: UnsafeMutablePointer<lxw_format>?

        init(_ book: UnsafeMutablePointer<lxw_workbook>) {
            title = workbook_add_format(book)
            format_set_bold(title)
            format_set_font_size(title, 14)
            head = workbook_add_format(book)
            format_set_bold(head)
            format_set_text_wrap(head)
            note = workbook_add_format(book)
            format_set_text_wrap(note)
        }
    }

    private static func fill(
        _ page: UnsafeMutablePointer<lxw_worksheet>, _ sheet: Sheet, _ formats: Formats, table: Int
    ) {
        worksheet_set_column(page, 0, 0, 48, nil)
        if sheet.columns.count > 1 {
            worksheet_set_column(page, 1, lxw_col_t(sheet.columns.count - 1), 18, nil)
        }
        worksheet_write_string(page, 0, 0, sheet.title, formats.title)
        for (line, note) in sheet.notes.enumerated() {
            worksheet_write_string(page, lxw_row_t(line + 1), 0, note, formats.note)
        }
        let top = sheet.notes.count + 2
        for (column, name) in sheet.columns.enumerated() {
            worksheet_write_string(page, lxw_row_t(top), lxw_col_t(column), name, formats.head)
        }
        for (line, row) in sheet.rows.enumerated() {
            for (column, cell) in row.enumerated() {
                let (at, column) = (lxw_row_t(top + 1 + line), lxw_col_t(column))
                switch cell {
                case .text(let text): worksheet_write_string(page, at, column, text, nil)
                case .number(let number): worksheet_write_number(page, at, column, Double(number), nil)
                }
            }
        }
    }

    /// At most 31 characters, each once, none of those that a tab can't have.
    private static func tab(_ name: String, _ place: Int) -> String {
        let allowed = name.filter { !"[]:*?/\\'".contains($0) }
        return "\(place + 1) \(allowed.prefix(28))".trimmingCharacters(in: .whitespaces)
    }
}
