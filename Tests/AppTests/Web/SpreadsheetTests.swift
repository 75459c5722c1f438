import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Tables as a spreadsheet") struct SpreadsheetTests {
    private func sheet(_ name: String = "Who: [asked]/answered?", cell: String = "=1+1") -> Spreadsheet {
        Spreadsheet(title: "Figures", made: Date(timeIntervalSince1970: 1_760_000_000), sheets: [
            Spreadsheet.Sheet(
                name: name, title: "Who asked", notes: ["@SUM(A1)", "[c] is withheld"], columns: ["Who", "Number"],
                rows: [[.text(cell), .number(12)], [.text("<b>&\u{1F600}"), .text("[c]")]]),
            Spreadsheet.Sheet(name: name, title: "Again", notes: [], columns: ["Who"], rows: []),
        ])
    }

    /// What another program reads in the file: sheet names, and each cell of the first with its kind.
    private func read(_ bytes: Data) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
        try bytes.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = """
            import sys, zipfile, xml.etree.ElementTree as t
            n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
            z = zipfile.ZipFile(sys.argv[1])
            def part(name): return t.fromstring(z.read(name))
            for s in part('xl/workbook.xml').iter(n + 'sheet'): print('sheet', s.get('name'))
            words = [''.join(x.text or '' for x in s.iter(n + 't')) for s in part('xl/sharedStrings.xml').iter(n + 'si')]
            page = part('xl/worksheets/sheet1.xml')
            print('formulas', len(list(page.iter(n + 'f'))))
            for c in page.iter(n + 'c'):
                v = c.find(n + 'v').text
                print(c.get('r'), words[int(v)] if c.get('t') == 's' else 'number ' + v)
            """
        let process = Process(), out = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script, file.path]
        process.environment = ["PYTHONIOENCODING": "utf-8"]
        process.standardOutput = out
        try process.run()
        let said = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test func `what is text stays text, what is a number can be added up, and tabs have names that may be`() throws {
        #expect(try read(sheet().bytes()) == [
            "sheet 1 Who askedanswered", "sheet 2 Who askedanswered", "formulas 0", "A1 Who asked", "A2 @SUM(A1)", "A3 [c] is withheld",
            "A5 Who", "B5 Number", "A6 =1+1", "B6 number 12", "A7 <b>&\u{1F600}", "B7 [c]",
        ])
    }

    @Test func `the same numbers are the same bytes`() throws {
        let (first, second, other) = (try sheet().bytes(), try sheet().bytes(), try sheet(cell: "other").bytes())
        #expect(first == second && first != other)
    }
}
