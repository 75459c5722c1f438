import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's. The World gave it a letter that has not left and one that has.
@Suite("Letters of a case go by a safe way, without what they would give away", .needsClone)
struct LetterTests {
    private let base = "/cases/\(World.mayasCase.column)/letters"
    private var draft: String { "\(base)/\(World.id(.letter, 101).column)" }

    /// Writes the World's letter anew.
    private func write(_ body: String, _ imran: Browser) async throws {
        let page = try await imran.submit(imran.get(draft), ["body": body], to: draft)
        try #require(page.path == base)
    }

    @Test func `it begins from a template, and can leave once nothing is open in it`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let fresh = try await imran.get("\(base)/new?template=appointment")
            #expect(fresh.text.contains("Dear Maya Castell") && fresh.text.contains("[day]"))
            let list = try await imran.submit(fresh, [:], to: "\(base)/new")
            #expect(list.path == base && list.text.contains("Appointment"))
            #expect(try await site.auditLog().last { $0.event == "letter-written" }?.subject == World.mayasCase)
            let link = try #require(list.markup.elements.compactMap { $0["href"] }.first { $0.hasSuffix("/release") })
            let refused = try await imran.submit(imran.get(link), ["way": "inPerson"], to: link)
            #expect(refused.status == 422 && refused.text.contains("something in [brackets] is not filled in"))
        }
    }

    @Test(arguments: [("post", "is not safe for this person"), ("email", "is not safe for this person")])
    func `it goes by no way that she did not allow`(_ way: String, _ why: String) async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.submit(imran.get(draft + "/release"), ["way": way], to: draft + "/release")
            #expect(page.status == 422 && page.text.contains(why))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.letter WHERE id = \(World.id(.letter, 101)) AND released_at IS NULL
                """) == 1)
        }
    }

    @Test func `post stops when her address changed after she was asked, until she is asked again`() {
        let now = Date(timeIntervalSince1970: 1_760_000_000)
        let rule = SafeContactRule(
            channels: [.post], days: [1], from: "00:00", until: "24:00", silentNumber: false)
        let contact = SafeContact(id: .zero, person: .zero, rule: rule, holdsUntil: nil, askedAt: now)
        let today = London.day(of: now)
        func whyNot(_ way: AttemptChannel, movedOn: Day?) -> String? {
            LetterRelease.whyNot(way, contact, movedOn: movedOn, now: now)
        }
        #expect(whyNot(.post, movedOn: nil) == nil && whyNot(.post, movedOn: today) == nil)
        #expect(whyNot(.post, movedOn: today.adding(1))?.hasPrefix("Her address changed") == true)
        #expect(whyNot(.inPerson, movedOn: today.adding(1)) == nil)
        #expect(LetterRelease.whyNot(.post, nil, movedOn: nil, now: now)?.contains("has not been asked") == true)
    }

    @Test func `what is protected is taken out whatever is ticked, the rest stays where it is ticked`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let street = World.street(of: World.maya)
            try await site.alter("UPDATE app.person_address SET protected = true WHERE person_id = \(World.maya)")
            try await write("Come to \(street). Not near ZZ5 5ZZ, not near ZZ6 6ZZ.", imran)
            let page = try await imran.get(draft + "/release")
            #expect(page.text.contains("Taken out whatever you choose: \(street)"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await site.auditLog().last?.event == "text-checked")
            var form = try page.form(draft + "/release")
            // The first finding may not stay, and is asked to all the same; the second stays.
            #expect(form.fill(["way": "inPerson", "keep": "0", "keep": "1"]) == ["keep=0"])
            let list = try await imran.submit(form)
            #expect(list.path == base)
            let paper = try await imran.get(draft + "/print")
            #expect(!paper.text.contains(street) && paper.text.contains("[withheld]"))
            #expect(paper.text.contains("Not near ZZ5 5ZZ, not near [withheld]."))
            #expect(paper.answer.body.contains("<title>Notes</title>"))
            #expect(try await site.auditLog().last?.event == "letter-opened")
        }
    }

    @Test func `to somebody of a service it goes with her agreement only, and is not shown to whom the case is shared`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            _ = try await imran.submit(imran.get("\(base)/new"), [
                "addressee": "professional", "to-whom": "The surgery", "body": "She works with us.",
            ], to: "\(base)/new")
            let list = try await imran.get(base)
            let link = try #require(list.markup.elements.compactMap { $0["href"] }.first {
                $0.hasSuffix("/release") && !$0.hasPrefix(draft)
            })
            let refused = try await imran.submit(imran.get(link), ["way": "email"], to: link)
            #expect(refused.status == 422 && refused.text.contains("Enter the day on which she agreed"))
            let sent = try await imran.submit(imran.get(link), [
                "way": "email", "agreed-day": "1", "agreed-month": "2", "agreed-year": "2024",
            ], to: link)
            #expect(sent.path == base && sent.text.contains("1 February 2024"))
        }
    }

    @Test func `what has left stays as it is, by page and by statement`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get(draft).form(draft)
            _ = try await imran.submit(imran.get(draft + "/release"), ["way": "inPerson"], to: draft + "/release")
            #expect(try await imran.get(draft).status == 404)
            #expect(try await imran.post(form).status == 404)
            await #expect(throws: PostgresError.self) {
                try await site.alter("UPDATE app.letter SET released_body = 'Else' WHERE id = \(World.id(.letter, 101))")
            }
            let came = try await imran.submit(
                imran.get(draft + "/outcome"), ["outcome": "returned", "words": "Moved <away>"], to: draft + "/outcome")
            #expect(came.path == base && came.text.contains("It came back") && came.text.contains("Moved <away>"))
            #expect(try await imran.get(draft + "/outcome").status == 404)
        }
    }

    @Test func `of two who change it at once the second sees both texts`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let old = try await imran.get(draft)
            try await write("Mine, first", imran)
            let page = try await imran.submit(old, ["body": "Mine, second"], to: draft)
            #expect(page.status == 409 && page.text.contains("Mine, first"))
            #expect(try page.form(draft)["body"] == "Mine, second")
        }
    }
}
