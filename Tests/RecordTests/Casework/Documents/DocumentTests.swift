import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's. The World gave it the document of an assessment.
@Suite("Documents of a case", .needsClone)
struct DocumentTests {
    private let base = "/cases/\(World.mayasCase.column)/documents"
    private let bytes = DemoDocument.pdf(["Quillfeather-was-here"])

    private func added(_ imran: Browser, _ answers: KeyValuePairs<String, String>) async throws -> Seen {
        var form = try await imran.get("\(base)/new").form("\(base)/new")
        _ = form.fill(answers)
        form.file = ("Maya Castell.pdf", bytes)
        return try await imran.submit(form)
    }

    @Test func `one is kept sealed under what it is, and opened by its button`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let list = try await added(imran, ["topic": "letter", "words": "From the school"])
            #expect(list.path == base && list.text.contains("Letter or email: From the school"))
            #expect(!list.answer.body.contains("Maya Castell.pdf") && !list.answer.body.contains("Quillfeather"))
            #expect(Int(list.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let saved = try await imran.post(try #require(list.forms.first { $0.action.contains("/documents/") }))
            #expect(saved.bytes == bytes)
            let page = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(page.text.contains("Document recorded") && !page.text.contains("From the school"))
        }
    }

    @Test func `without a file or a topic it says what is missing`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let empty = try await imran.submit(imran.get("\(base)/new"), ["words": "From"], to: "\(base)/new")
            #expect(empty.status == 422 && empty.text.contains("Choose the file"))
            #expect(empty.text.contains("Select what the file is"))
            #expect(try empty.form("\(base)/new")["words"] == "From")
        }
    }

    @Test func `one that was put there by mistake is taken back: nobody opens it any more, and it says why`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let list = try await added(imran, ["topic": "letter", "words": "Of another case"])
            let open = try #require(list.forms.first { $0.action.contains("/documents/") })
            let path = try #require(list.markup.elements.compactMap { $0["href"] }.first { $0.hasSuffix("/withdraw") })
            let form = try await imran.get(path)
            let refused = try await imran.submit(form, [:], to: path)
            #expect(refused.status == 422 && refused.text.contains("Enter why it is taken back"))
            let after = try await imran.submit(form, ["because": "It is Olive’s"], to: path)
            #expect(after.path == base && after.text.contains("It is Olive’s"))
            #expect(try await imran.post(open).status == 404)
            #expect(try await imran.get(path).status == 404)
            #expect(try await site.auditLog().last { $0.event == "document-withdrawn" } != nil)
        }
    }
}
