import Foundation
import Linkage

/// Limits of what is sent, and what is wrong with a file as a whole.
enum DataLimits {
    static let bytes = 512 << 20
    static let rows = 2_000_000
    static let columns = 256
    /// Lines above the names of the columns.
    static let head = 20
}

/// Why nothing of a file can be used. Stored by name; words of the file stand apart, sealed.
enum FileProblem: String, Error, CaseIterable, Sendable {
    case empty, archive, document, notText, notEncoded, clearFile, noHead, lacksColumns, twice
    case noWorkbook, oldWorkbook, brokenWorkbook, unreadWorkbook, largeWorkbook, severalSheets, macros
    case tooManyColumns, tooManyRows, tooLarge, noRows, cut, longer, altered, malformed, newer, stopped

    /// What is wrong, and what to do.
    var words: String {
        let csv = "In the spreadsheet choose “Save as”, then “CSV UTF-8 (comma delimited)”, and send that file"
        return switch self {
        case .empty: "The file is empty"
        case .noWorkbook:
            "The file is packed, and no workbook (XLSX or ODS) that can be read. Unpack it and send the file itself. "
                + "If it is a workbook: \(csv.prefix(1).lowercased() + csv.dropFirst())"
        case .oldWorkbook:
            "The file is an old workbook or document (XLS, DOC), or one with a password. \(csv): one sheet a file"
        case .brokenWorkbook: "The workbook is damaged, or too large to be read. \(csv)"
        case .unreadWorkbook: "Workbooks can’t be read on this service at the moment. \(csv): one sheet a file"
        case .largeWorkbook:
            "The workbook is too large: 20 MB, 200 MB unpacked and 1,000,000 cells are read at most. \(csv), which may "
                + "be larger"
        case .severalSheets:
            "The workbook has several sheets with something in them, and it can’t be told which one to read. Keep one "
                + "sheet, or hide the others, and send it again"
        case .macros:
            "The workbook has macros, so it isn’t opened. Choose “Save as”, then “Excel workbook (*.xlsx)”, and send "
                + "that file"
        case .archive: "The file is compressed. Unpack it and send the CSV or encoded file itself"
        case .document: "The file is a document, not data. Send a CSV or an encoded file"
        case .notText: "The file is no text. Send a CSV or an encoded file"
        case .notEncoded:
            "This call asks for an encoded file, so that no name leaves your agency. Make it on your own machine with "
                + "drystone encode, and send the file that ends in .enc"
        case .clearFile: "The file is an encoded one, and its form can’t be read"
        case .noHead:
            "None of the first \(DataLimits.head) lines names the columns of the specification. The first line that is "
                + "sent should name them; capitals and spaces don’t matter"
        case .lacksColumns: "The file lacks columns that are needed"
        case .twice: "Two columns of the file are one of the specification’s. Leave one out, or rename it"
        case .tooManyColumns:
            "The file has more than \(DataLimits.columns) columns. Leave out those that aren’t asked for"
        case .tooManyRows: "The file has more than 2,000,000 rows. Send a shorter period"
        case .tooLarge: "The file is larger than 512 MB. Leave out columns that aren’t asked for"
        case .noRows: "The file names its columns and has no rows. If there is nobody to report, say so to the analyst"
        case .cut: "The encoded file is cut off. Send it again; if that doesn’t help, make it again"
        case .longer: "Something stands behind the end of the encoded file. Send it again"
        case .altered: "The encoded file was changed after it was made. Make it again, and send it as it is"
        case .malformed: "The parts of the encoded file don’t fit together. Make it again with drystone encode"
        case .newer: "The encoded file is of a newer version than this service reads. Tell whoever runs the service"
        case .stopped: "Reading stopped"
        }
    }

    /// How workbooks begin, and other archives.
    static let packed: [UInt8] = [0x50, 0x4b, 3, 4]

    /// What a file is from its first bytes; nil for text and for what is packed.
    static func sniff(_ bytes: some Collection<UInt8>) -> FileProblem? {
        let first = Array(bytes.prefix(8))
        func begins(_ magic: [UInt8]) -> Bool { first.starts(with: magic) }
        if first.isEmpty { return .empty }
        if begins([0xd0, 0xcf, 0x11, 0xe0]) { return .oldWorkbook }
        if begins([0x1f, 0x8b]) || begins([0x37, 0x7a, 0xbc, 0xaf]) || begins([0x52, 0x61, 0x72, 0x21])
            || begins([0x28, 0xb5, 0x2f, 0xfd]) { return .archive }
        if begins(Array("%PDF".utf8)) || begins(Array("{\\rtf".utf8)) || begins([0x89, 0x50, 0x4e, 0x47])
            || begins([0xff, 0xd8, 0xff]) { return .document }
        return nil
    }
}

/// How a file is written, and where in a row each column of the specification stands.
struct FileLayout: Codable, Equatable, Sendable {
    let separator: UInt8
    /// The line that names the columns, from 1.
    let headLine: Int
    /// Where the first row begins, in bytes, and its line.
    let start: Int
    let line: Int
    /// Columns of the file.
    let width: Int
    /// For each column of the specification its place in a row; nil where the file lacks it.
    let places: [Int?]
    let isUTF8: Bool

    /// Finds the line that names the columns among the first lines, and what stands between them.
    /// `found` are the names of the file, where something is wrong with them.
    static func find(
        _ bytes: [UInt8], _ columns: [DataColumn], isUTF8: Bool
    ) -> Result<FileLayout, FileProblem.Told> {
        var best: (layout: FileLayout, names: [String], known: Int)?
        var isTooWide = false
        var start = 0, line = 1
        var separators: [UInt8] = [44, 59, 9, 124]
        // A line that spreadsheets write for one another.
        if bytes.starts(with: Array("sep=".utf8)), bytes.count > 4 {
            separators = [bytes[4]]
            start = bytes.firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
            line = 2
        }
        let wanted = columns.map { LinkSchema.keys($0.name).plain }
        for separator in separators {
            for head in heads(bytes, from: start, line: line, separator, isUTF8) {
                isTooWide = isTooWide || head.names.count > DataLimits.columns
                let keys = head.names.map(LinkSchema.keys)
                let places = zip(columns, wanted).map { column, plain in
                    keys.firstIndex { $0.plain == plain || $0.alias == column.name }
                }
                let known = places.count { $0 != nil }
                guard known > best?.known ?? 0 else { continue }
                let layout = FileLayout(
                    separator: separator, headLine: head.line, start: head.end, line: head.nextLine,
                    width: head.names.count, places: places, isUTF8: isUTF8)
                best = (layout, head.names, known)
            }
        }
        guard let best, best.known >= 2 || columns.count < 2 else {
            let first = heads(bytes, from: start, line: line, separators[0], isUTF8).first?.names ?? []
            return .failure(.init(isTooWide ? .tooManyColumns : .noHead, first))
        }
        if best.names.count > DataLimits.columns { return .failure(.init(.tooManyColumns, [])) }
        let lacking = zip(columns, best.layout.places).filter { $0.0.isNeeded && $0.1 == nil }.map(\.0.name)
        if !lacking.isEmpty { return .failure(.init(.lacksColumns, best.names, lacking)) }
        for column in columns where best.names.count(where: { column.isCalled($0) }) > 1 {
            return .failure(.init(.twice, best.names, [column.name]))
        }
        return .success(best.layout)
    }

    private struct Head { let names: [String], line: Int, end: Int, nextLine: Int }

    private static func heads(
        _ bytes: [UInt8], from start: Int, line: Int, _ separator: UInt8, _ isUTF8: Bool
    ) -> [Head] {
        bytes.withUnsafeBytes { all -> [Head] in
            guard all.count > start else { return [] }
            var rows = CSVRows(all, from: start, line: line, separator: separator)
            let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: DataLimits.columns + 1)
            defer { room.deallocate() }
            var heads: [Head] = []
            while heads.count < DataLimits.head, let row = rows.next(into: room, atMost: DataLimits.columns + 1) {
                guard case .fields(let count) = row else { continue }
                let names = (0..<min(count, DataLimits.columns + 1)).map { place in
                    // No column is called by a page of text.
                    room[place].count > 200 ? "" : FileText.text(all, room[place], isUTF8: isUTF8)
                }
                heads.append(Head(names: names, line: rows.line, end: rows.position, nextLine: rows.nextLine))
            }
            return heads
        }
    }
}

extension FileProblem {
    /// A problem with the words of the file that show it, which are sealed, and columns of the specification.
    struct Told: Error, Equatable {
        let problem: FileProblem
        let found: [String]
        let columns: [String]

        init(_ problem: FileProblem, _ found: [String] = [], _ columns: [String] = []) {
            self.problem = problem
            self.found = found.prefix(30).map { String($0.prefix(60)) }
            self.columns = columns
        }
    }
}

/// Text of a file, in the encoding that the whole file has.
enum FileText {
    /// A field without space around it; doubled quotes single.
    static func text(_ bytes: UnsafeRawBufferPointer, _ field: CSVRows.Field, isUTF8: Bool) -> String {
        var (start, end) = (field.start, field.start + field.count)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        if start == end { return "" }
        let text = text(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), isUTF8: isUTF8)
        return field.isEscaped ? text.replacing("\"\"", with: "\"") : text
    }

    /// The cells of one row; nil where it can't be taken apart.
    static func cells(_ bytes: [UInt8], _ layout: FileLayout) -> [String]? {
        if bytes.isEmpty { return nil }
        return bytes.withUnsafeBytes { all in
            let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: DataLimits.columns)
            defer { room.deallocate() }
            var rows = CSVRows(all, from: 0, separator: layout.separator)
            guard case .fields(let count) = rows.next(into: room, atMost: DataLimits.columns) else { return nil }
            return (0..<min(count, DataLimits.columns)).map { text(all, room[$0], isUTF8: layout.isUTF8) }
        }
    }

    static func text(_ bytes: UnsafeRawBufferPointer, isUTF8: Bool) -> String {
        if isUTF8 { return String(decoding: bytes, as: UTF8.self) }
        return String(String.UnicodeScalarView(bytes.map { byte in
            (128..<160).contains(byte) ? latin[Int(byte) - 128] : Unicode.Scalar(byte)
        }))
    }

    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    /// Windows-1252 from 128 to 159; what has no character there is a question mark.
    private static let latin = Array("€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ".unicodeScalars)
}
