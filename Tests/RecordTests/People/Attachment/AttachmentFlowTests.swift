import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A received assessment comes with its document", .needsClone)
struct AttachmentFlowTests {
    private static let path = "/people/\(World.maya.column)/risk/received"
    private static let needle = "Quillfeather-was-here"
    private static let pdf = DemoDocument.pdf(["Assessment", needle])
    private static let good: KeyValuePairs<String, String> = [
        "tool": "policeDash", "made-day": "1", "made-month": "2", "made-year": "2024", "assessor": "PC Wren",
        "grade": "high", "note": "Came by post",
    ]

    private func filled(_ browser: Browser, _ bytes: [UInt8]?, _ answers: KeyValuePairs<String, String> = good)
        async throws -> PageForm {
        var form = try await browser.get(Self.path).form()
        #expect(form.takesFile)
        _ = form.fill(answers)
        form.file = bytes.map { ("Maya Castell DASH.pdf", $0) }
        return form
    }

    private func opening(_ page: Seen) throws -> PageForm {
        try #require(page.forms.first { $0.action.contains("/documents/") })
    }

    @Test func `it is kept sealed, named neutrally, and opened as a file to save after its audit`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.submit(filled(imran, Self.pdf))
            #expect(page.status == 200 && page.text.contains("PDF, 1 KB"))
            #expect(!page.answer.body.contains(Self.needle) && !page.answer.body.contains("DASH.pdf"))
            #expect(try await site.auditLog().map(\.event).contains("document-recorded"))
            let saved = try await imran.post(opening(page))
            #expect(saved.status == 200 && saved.bytes == Self.pdf)
            #expect(saved["Content-Disposition"] == "attachment; filename=\"document-4.pdf\"")
            #expect(saved["Content-Type"] == "application/pdf")
            #expect(saved["Content-Security-Policy"]?.hasPrefix("default-src 'none'; sandbox;") == true)
            #expect(saved["X-Content-Type-Options"] == "nosniff" && saved["Cache-Control"] == "no-store")
            let last = try #require(try await site.auditLog().last)
            #expect(last.event == "document-opened" && last.subject == World.maya)
            #expect(last.account == World.Staff.imran.account)
        }
    }

    @Test func `it may come alone or not at all, and twice is once`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let before = try await site.count("attachment")
            let without = try await imran.submit(filled(imran, nil))
            #expect(without.status == 200 && !without.text.contains("Document"))
            let form = try await filled(imran, Self.pdf)
            let (first, second) = (try await imran.post(form), try await imran.post(form))
            #expect(first.status == 303 && first.location == second.location)
            #expect(try await site.count("attachment") == before + 1)
        }
    }

    @Test func `a copy of the database shows neither a word of it nor its name`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            _ = try await imran.submit(filled(imran, Self.pdf))
            let found = try await site.truth.transaction { db in
                let tables = try db.all("""
                    SELECT relname FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r' ORDER BY 1
                    """) { try $0["relname"] as String }
                return try [Self.needle, "%PDF-1.4", "DASH.pdf"].flatMap { word in
                    let hexadecimal = Data(word.utf8).hex
                    return try tables.filter { table in
                        try db.first("""
                            SELECT true AS found FROM app.\(SQL.identifier(table)) t
                            WHERE t::text LIKE \("%" + word.replacing("%", with: "\\%") + "%")
                               OR t::text LIKE \("%" + hexadecimal + "%") LIMIT 1
                            """) { try $0["found"] as Bool } ?? false
                    }
                }
            }
            #expect(found == [])
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.attachment WHERE length(content_sealed) = \(Self.pdf.count + 29)
                """) == 1)
        }
    }

    @Test func `what was changed or moved in the database does not open`() async throws {
        for change: SQL in [
            "UPDATE app.attachment SET content_sealed = set_byte(content_sealed, 20, get_byte(content_sealed, 20) # 1)",
            """
            UPDATE app.attachment a SET content_sealed = b.content_sealed FROM app.attachment b
            WHERE b.person_id = a.person_id AND b.id <> a.id
            """,
        ] {
            try await TestSite.rolledBack { site in
                let imran = Browser(site, as: .imran)
                let form = try opening(try await imran.submit(filled(imran, Self.pdf)))
                try await site.alter(change)
                let answer = try await imran.post(form)
                #expect(answer.status == 500 && !answer.body.contains(Self.needle))
            }
        }
    }

    @Test func `without its audit it is not opened, and the audit stands before it is read`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try opening(try await imran.submit(filled(imran, Self.pdf)))
            try await site.alter("ALTER TABLE app.audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
            let answer = try await imran.post(form)
            #expect(answer.status == 500 && !answer.body.contains(Self.needle))
        }
        try await TestSite.committed { site in
            let imran = Browser(site, as: .imran)
            let form = try opening(try await imran.submit(filled(imran, Self.pdf)))
            // Reading fails once the audit is there: what was committed stays.
            try await site.alter("ALTER TABLE app.attachment RENAME COLUMN content_sealed TO lost")
            #expect(try await imran.post(form).status == 500)
            #expect(try await site.auditLog().last?.event == "document-opened")
        }
    }

    @Test func `a file that can't be taken is refused beside its field, and every word is kept`() async throws {
        let bomb = Zip.file([
            Zip.Entry("[Content_Types].xml", "x"), Zip.Entry("word/document.xml", "x"),
            Zip.Entry("word/vbaProject.bin", ""),
        ])
        let cases: [([UInt8], String)] = [
            (Array("<html>".utf8), "must be a PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS"), ([], "The file is empty"),
            (Self.pdf.dropLast(20) + [], "is not whole"), (bomb, "contains macros"),
            (Array(repeating: 32, count: Upload.largest + 1), "must be smaller than 10 MB"),
        ]
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let before = try await site.count("attachment")
            for (bytes, words) in cases {
                let page = try await imran.submit(filled(imran, bytes))
                #expect(page.status == 422 && page.errors.count == 1, "\(page.errors)")
                #expect(page.errors.first?.contains(words) == true, "\(page.errors)")
                #expect(page.markup.elements.contains { $0["id"] == "document-error" })
                let kept = try page.form(Self.path)
                #expect(kept["note"] == "Came by post" && kept["assessor"] == "PC Wren" && kept["made-year"] == "2024")
            }
            #expect(try await site.count("attachment") == before)
        }
    }

    @Test func `what else is wrong sends the page back, which says that the file must be chosen again`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.submit(filled(imran, Self.pdf, ["note": "Came by post"]))
            #expect(page.errors.contains("Choose the file again: a page can’t keep it"))
            #expect(page.text.contains("The file that you chose is not kept on this page"))
            // The words are there on another day; so is it said of the file.
            let again = try await imran.get(Self.path)
            #expect(try again.form()["note"] == "Came by post")
            #expect(again.text.contains("The file that you chose is not kept on this page"))
        }
    }

    @Test func `the words of an earlier try come back without the file, and nothing is saved without it`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            // As the page of a lost database sends them again: no file, only the mark that there was one.
            var form = try await filled(imran, nil)
            form.forge("document", Upload.mark)
            let page = try await imran.send(.post, Self.path, form: form.body)
            #expect(page.status == 422 && page.body.contains("The file was not kept. Choose it again"))
            #expect(page.body.contains("Came by post"))
        }
    }

    @Test func `two files are too many, and while there is no room for one the words are kept`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await filled(imran, Self.pdf)
            let headers = ["Content-Type": "multipart/form-data; boundary=\(PageForm.boundary)"]
            let one = String(decoding: form.bodyWithFile, as: UTF8.self)
            let part = try #require(one.firstRange(of: "Content-Disposition: form-data; name=\"document\""))
            let end = "--\(PageForm.boundary)--"
            let two = one.replacing(end, with: "--\(PageForm.boundary)\r\n" + one[part.lowerBound...].dropLast())
            let several = try await imran.send(.post, Self.path, form: Array(two.utf8), headers: headers)
            #expect(several.status == 422 && several.body.contains("Choose one file only"))
            let files = site.services.files
            let taken = [await files.enter(World.Staff.imran.account), await files.enter(World.Staff.imran.account)]
            let crowded = try await imran.submit(form)
            #expect(crowded.errors.first?.hasPrefix("Others are sending files at the moment") == true)
            #expect(try crowded.form(Self.path)["note"] == "Came by post")
            for place in taken { place?.leave() }
            #expect(try await imran.submit(form).status == 200)
        }
    }

    @Test func `a form with a file needs its token and its site, and goes nowhere else`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await filled(imran, Self.pdf)
            let before = try await site.fingerprint()
            let type = "multipart/form-data; boundary=\(PageForm.boundary)"
            for site in ["cross-site", "same-site", "none"] {
                let headers = ["Content-Type": type, "Sec-Fetch-Site": site]
                let answer = try await imran.send(.post, Self.path, form: form.bodyWithFile, headers: headers)
                #expect(answer.status == 403)
            }
            let elsewhere = try await imran.send(
                .post, "/contacts/new", form: form.bodyWithFile, headers: ["Content-Type": type])
            #expect(elsewhere.status == 400)
            for type in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=b"] {
                let answer = try await imran.send(
                    .post, Self.path, form: form.bodyWithFile, headers: ["Content-Type": type])
                #expect(answer.status == 400, "\(type)")
            }
            form.forge("csrf", "csrf-hana")
            #expect(try await imran.post(form).status == 403)
            #expect(try await site.fingerprint() == before)
            let nobody = try await Browser(site).send(
                .post, Self.path, form: form.bodyWithFile, headers: ["Content-Type": type])
            #expect(nobody.location == "/sign-in?next=\(Self.path)")
        }
    }

    @Test func `a session that ends in the middle keeps the words, and says that the file is not kept`() async throws {
        try await TestSite.committed { site in
            let imran = Browser(site)
            try await imran.signIn(.imran)
            let form = try await filled(imran, Self.pdf)
            try await site.alter("UPDATE app.session SET expires_at = now() - interval '1 minute'")
            let sent = try await imran.post(form)
            #expect(sent.location == "/sign-in?next=\(Self.path)")
            let landed = try await imran.signIn(.imran, later: 60, at: try #require(sent.location))
            #expect(try landed.form(Self.path)["note"] == "Came by post")
            #expect(landed.text.contains("The file that you chose is not kept on this page. Choose it again"))
        }
    }

    @Test func `whoever only reads sees that there is one and can't open it`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.submit(filled(imran, Self.pdf))
            try await site.alter("UPDATE app.role_assignment SET role = 'housingOfficer' WHERE role = 'idva'")
            let read = try await imran.get(page.path)
            #expect(read.text.contains("PDF, 1 KB"))
            #expect(!read.forms.contains { $0.action.contains("/documents/") })
            #expect(try await imran.post(opening(page)).status == 404)
        }
    }
}
