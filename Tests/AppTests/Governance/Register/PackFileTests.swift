import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A pack that has left, as a file", .needsClone)
struct PackFileTests {
    @Test func `without the program for PDF files, or where it fails, a pack is printed`() async throws {
        let pack = "/packs/\(World.id(.pack, 401).column)"
        try await TestSite.rolledBack(pdf: PDFMaker(folder: "/nowhere")) { site in
            let dilys = Browser(site, as: .dilys)
            let page = try await dilys.get(pack)
            #expect(page.text.contains("can’t be saved as a PDF here") && page.text.contains("Pages to print"))
            #expect(!page.answer.body.contains(pack + "/file"))
            let none = try await dilys.get(pack + "/file")
            #expect(none.status == 200 && none.text.contains("The PDF can’t be made"))
            #expect(none.answer.body.contains("\(pack)/print") && !none.answer.body.contains("<title>P-"))
        }
    }

    /// The pack as a file: what was decided, nothing else, for those who may read it, and in the log before.
    static func check(
        _ pack: String, without gone: [String], _ dilys: Browser, _ sunita: Browser, _ site: TestSite
    ) async throws {
        let file = try await dilys.send(.get, pack + "/file")
        #expect(file.status == 200 && file["Content-Type"] == "application/pdf")
        #expect(file["Content-Disposition"] == "attachment; filename=\"document.pdf\"")
        #expect(file["Cache-Control"]?.contains("no-store") == true)
        let logged = try await site.auditLog()
        #expect(logged.last?.event == "pack-saved")
        let seen = try PDFRead(Data(file.bytes))
        #expect(seen.title == "Notes" && seen.author.isEmpty && seen.language == "en-GB")
        #expect(seen.isTagged && seen.claimsUA)
        let label = "P-\(pack.dropFirst("/packs/".count).prefix(8).uppercased())"
        #expect(seen.pages.allSatisfy { $0.contains("For Maya Castell only. \(label)") })
        #expect(seen.text.contains("She is at [withheld] by now") && seen.text.contains("neither confirm nor deny"))
        for words in gone { #expect(!seen.text.contains(words), "\(words)") }
        #expect(try await sunita.send(.get, pack + "/file").bytes == file.bytes)
        // Who may not read it finds nothing, and nothing is in the log of a file.
        let count = try await site.auditLog().count
        for stranger in [World.Staff.lowri, .imran, .hana] {
            #expect(try await Browser(site, as: stranger).send(.get, pack + "/file").status == 404)
        }
        #expect(try await site.auditLog().dropFirst(count).allSatisfy { $0.event != "pack-saved" })
    }
}
