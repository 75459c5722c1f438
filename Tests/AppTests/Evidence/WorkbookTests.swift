import Foundation
import Postgres
import Testing

@testable import App
@testable import AppTestSupport

/// Workbooks as agencies send them, and as somebody makes them who means harm (Tests/Tools/workbooks.py).
@Suite("Workbooks", .needsClone)
struct WorkbookTests {
    private static let send = "/team/data/\(World.id(.dataCall, 1).column)/send"

    private func book(_ name: String) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("books-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tools = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Tools/workbooks.py").standardized
        let made = try Process.run(
            URL(fileURLWithPath: "/usr/bin/python3"), arguments: ["-B", tools.path, folder.path, name])
        made.waitUntilExit()
        return try Array(Data(contentsOf: folder.appendingPathComponent(name)))
    }

    @Test func `the one sheet that shows is read, line for row, as people read it there`() async throws {
        let lines = try await String(decoding: WorkbookReader.installed.sheet(of: book("fair.xlsx")), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("Extract of the year") && lines[1] == "" && lines[5] == "")
        #expect(lines[3] == "record_id,event_date,surname,dob,sex,nhs_number")
        #expect(lines[4] == "H-1,2001-02-05,Trevanion-Hale,1900-01-01,Female,9990000018")
        #expect(lines[6] == "H-2,2001-02-06,Achterberg Idowu,12/05/1960,F,")
        let open = try await String(decoding: WorkbookReader.installed.sheet(of: book("fair.ods")), as: UTF8.self)
        #expect(open.hasSuffix("\nH-1,05/02/2001,Trevanion-Hale,01/01/1900,Female,\n"))
    }

    @Test(arguments: [
        ("two.xlsx", FileProblem.severalSheets), ("empty.xlsx", .empty), ("macros.xlsx", .macros),
        ("entities.xlsx", .noWorkbook), ("bomb.xlsx", .largeWorkbook), ("far.xlsx", .brokenWorkbook),
        ("many.xlsx", .largeWorkbook), ("short.xlsx", .noWorkbook), ("other.xlsx", .noWorkbook),
    ]) func `what harms or can't be read is refused for what it is`(_ name: String, _ problem: FileProblem) async throws {
        let book = try book(name)
        await #expect(throws: problem) { try await WorkbookReader.installed.sheet(of: book) }
    }

    @Test func `without the helper, and beyond 20 MB, nothing is read`() async {
        await #expect(throws: FileProblem.unreadWorkbook) {
            try await WorkbookReader(folder: "/nowhere").sheet(of: WorkbookReader.none)
        }
        await #expect(throws: FileProblem.largeWorkbook) {
            try await WorkbookReader.installed.sheet(of: [UInt8](repeating: 80, count: WorkbookReader.most + 1))
        }
    }

    @Test func `a workbook is sent as a file of text is, and its rows are told by their numbers in the sheet`()
        async throws {
        try await TestSite.rolledBack { site in
            let page = try await send("fair.xlsx", site)
            #expect(page.status == 200 && page.text.contains("Received: 2 rows"), "\(page.text)")
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.data_row WHERE line IN (5, 7) AND agency_id = \(World.harbour)
                """) == 2)
        }
    }

    @Test(arguments: ["two.xlsx", "macros.xlsx", "bomb.xlsx", "far.xlsx"])
    func `a workbook that is refused leaves what was typed, and nothing on record`(_ name: String) async throws {
        try await TestSite.rolledBack { site in
            let page = try await send(name, site)
            #expect(page.status == 422 && page.errors.contains { $0.contains("workbook") }, "\(page.errors)")
            #expect(try page.form(Self.send)["break"] == "Kept as typed")
            #expect(try await site.count("data_return") == 8)
        }
    }

    private func send(_ name: String, _ site: TestSite) async throws -> Seen {
        let browser = Browser(site, as: .sunita)
        var form = try await browser.get(Self.send).form()
        #expect(form.fill(["break": "Kept as typed"]).isEmpty)
        form.file = ("Extract of ours.xlsx", try book(name))
        return try await browser.submit(form)
    }
}
