import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Sunita manages Harbour, whose Imran has Maya's case. The World gave each agency one letter of its own.
@Suite("Letters that an agency wrote to begin from", .needsClone)
struct LetterWordingTests {
    private let base = "/cases/\(World.mayasCase.column)/letters"
    private let write = "/team/letters/write"

    /// The link to the one of this title.
    private func link(_ title: String, on page: Seen) throws -> String {
        try #require(page.markup.elements.first { $0.name == "a" && $0.words == title }?["href"])
    }

    @Test func `a manager writes one, a worker begins from it, and the letter keeps its title`() async throws {
        try await TestSite.rolledBack { site in
            let (sunita, imran) = (Browser(site, as: .sunita), Browser(site, as: .imran))
            let list = try await sunita.submit(sunita.get(write), [
                "title": "A <new> day", "addressee": "professional",
                "body": "Dear all\n\n[name] asks for [what]. It’s <urgent>.\n\n[my name]",
            ], to: write)
            #expect(list.path == "/team/letters" && list.text.contains("A <new> day"))
            #expect(try await site.auditLog().last?.event == "letter-wording-written")
            let fresh = try await imran.get("\(base)/new")
            let begun = try await imran.get(try link("A <new> day", on: fresh))
            let form = try begun.form("\(base)/new")
            #expect(form["body"].contains("Maya Castell asks for [what]. It’s <urgent>."))
            #expect(!form["body"].contains("[my name]") && form["addressee"] == "professional")
            let page = try await imran.submit(begun, ["to-whom": "The surgery"], to: "\(base)/new")
            #expect(page.path == base && page.text.contains("A <new> day"))
        }
    }

    @Test func `one that is no longer used is not offered, and a letter begun before still saves`() async throws {
        try await TestSite.rolledBack { site in
            let (sunita, imran) = (Browser(site, as: .sunita), Browser(site, as: .imran))
            let title = "A letter for the tests"
            let begun = try await imran.get(try link(title, on: imran.get("\(base)/new")))
            let old = try await sunita.get(try link(title, on: sunita.get("/team/letters")))
            let list = try await sunita.submit(old, ["out": "yes"], to: write)
            #expect(list.text.contains("No longer used"))
            #expect(try await imran.get("\(base)/new").text.contains(title) == false)
            #expect(try await imran.get(begun.path).status == 404)
            let saved = try await imran.submit(begun, [:], to: "\(base)/new")
            #expect(saved.path == base && saved.text.contains(title))
        }
    }

    @Test func `of two who change it at once the second sees both texts`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let place = try link("A letter for the tests", on: try await sunita.get("/team/letters"))
            let old = try await sunita.get(place)
            _ = try await sunita.submit(try await sunita.get(place), ["body": "Mine, first"], to: write)
            let page = try await sunita.submit(old, ["body": "Mine, second"], to: write)
            #expect(page.status == 409 && page.text.contains("Mine, first"))
            #expect(try page.form(write)["body"] == "Mine, second")
            let kept = try await sunita.submit(page, [:], to: write)
            #expect(kept.path == "/team/letters")
            #expect(try await site.howMany("""
                SELECT max(version) AS n FROM app.letter_wording WHERE agency_id = \(World.harbour)
                """) == 3)
        }
    }

    @Test func `another agency's is out of reach, to read, to change and to begin from`() async throws {
        try await TestSite.rolledBack { site in
            let (sunita, imran) = (Browser(site, as: .sunita), Browser(site, as: .imran))
            let id = try await site.truth.transaction { db in
                try db.first("SELECT template_id FROM app.letter_wording WHERE agency_id = \(World.lighthouse)") {
                    try $0["template_id"] as UUID
                }
            }
            let theirs = try #require(id).column
            #expect(try await sunita.get("\(write)?template=\(theirs)").status == 404)
            #expect(try await imran.get("\(base)/new?own=\(theirs)").status == 404)
            var form = try await imran.get("\(base)/new?template=blank").form("\(base)/new")
            form.forge("own", theirs)
            #expect(try await imran.post(form).status == 400)
        }
    }
}
