import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya (101) and Priyanka (107) are both harmed by Marcus; Olive (105) by Gregor. Each waits for Harbour's course, whose
/// group meets on Tuesdays.
@Suite("Places on programmes, groups and who came", .needsClone)
struct PlaceTests {
    private static func place(_ number: Int) -> String {
        "/cases/\(World.id(.record, number).column)/places/\(World.id(.place, number).column)"
    }

    /// Takes a step of the World's place of that number, from today.
    private func take(
        _ step: String, _ number: Int, as browser: Browser, _ more: KeyValuePairs<String, String> = [:]
    ) async throws -> Seen {
        let path = Self.place(number) + "/next"
        var form = try await browser.get(path).form(path)
        let today = London.day(of: .now)
        form.forge("step", step)
        form.forge("day-day", String(today.day))
        form.forge("day-month", String(today.month))
        form.forge("day-year", String(today.year))
        for (name, value) in more { form.forge(name, value) }
        return try await browser.submit(form)
    }

    private let tuesdays = World.id(.group, 1).column

    @Test func `somebody waits, is assessed, starts in a group and completes: each step is kept`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var page = try await take("riskCheck", 101, as: imran, ["reasons": "safeToWait"])
            #expect(page.path == Self.place(101) && page.text.contains("Safe to wait"))
            page = try await take("suitable", 101, as: imran, ["reasons": "motivated", "words": "Wants <b>this</b>"])
            #expect(page.text.contains("Suitable, waiting to start") && page.text.contains("Wants <b>this</b>"))
            page = try await take("started", 101, as: imran, ["group": tuesdays])
            #expect(page.text.contains("Group Tuesdays") && page.text.contains("State Started"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let group = try await imran.get("/groups/\(tuesdays)")
            #expect(group.text.contains("Maya CastellStarted"))
            page = try await take("completed", 101, as: imran)
            for said in ["State Completed", "Put on the waiting list", "Assessed: suitable", "Came to 1 of 12"] {
                #expect(page.text.contains(said), "\(said)")
            }
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.text.contains("Course of Harbour Completed"))
            #expect(record.text.contains("Course of Harbour: Started"))
            #expect(Int(record.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await site.auditLog().count { $0.event == "place-changed" && $0.subject == World.mayasCase } == 4)
        }
    }

    @Test func `an end that was a mistake is reopened with words, and stays in the history`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            _ = try await take("notSuitable", 101, as: imran, ["reasons": "notReady"])
            let refused = try await take("reopened", 101, as: imran)
            #expect(refused.status == 422 && refused.errors == ["Enter what was wrong"])
            let page = try await take("reopened", 101, as: imran, ["words": "The wrong person"])
            #expect(page.text.contains("State Waiting") && page.text.contains("Not ready yet"))
        }
    }

    @Test func `what may not follow is refused beside its field, and so is a step without its reason`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let early = try await take("completed", 101, as: imran)
            #expect(early.status == 422)
            #expect(early.errors == ["Their place is “Waiting” now. Select something that may follow"])
            #expect(try await take("notSuitable", 101, as: imran).errors == ["Select why"])
            _ = try await take("suitable", 101, as: imran, ["reasons": "motivated"])
            #expect(try await take("started", 101, as: imran).errors == ["Select a group"])
            #expect(try await take("suitable", 105, as: imran, ["reasons": "other"]).errors
                == ["Enter which other reason it is"])
        }
    }

    @Test func `two whom one person harms are never in one group, and the refusal is that of a full group`()
        async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            for number in [101, 107, 105] { _ = try await take("suitable", number, as: ivy, ["reasons": "motivated"]) }
            #expect(try await take("started", 101, as: ivy, ["group": tuesdays]).status == 200)
            let tied = try await take("started", 107, as: ivy, ["group": tuesdays])
            #expect(tied.status == 422 && tied.errors == [StepForm.noPlace])
            #expect(!tied.text.contains("Maya") && !tied.text.contains("Marcus"))
            #expect(try await take("started", 105, as: ivy, ["group": tuesdays]).status == 200)
            // The same refusal, word for word, of a group that is full.
            try await site.alter("UPDATE app.programme_group SET places = 2 WHERE right(id::text, 2) = '01'")
            try await site.alter("""
                UPDATE app.relationship SET harming_id = \(World.gregor) WHERE harmed_id = \(World.priyanka)
                """)
            let full = try await take("started", 107, as: ivy, ["group": tuesdays])
            let tags = #/name="(csrf|submission)" value="[^"]*"/#
            #expect(full.answer.body.replacing(tags, with: "") == tied.answer.body.replacing(tags, with: ""))
            try await site.alter("UPDATE app.programme_group SET places = 3 WHERE right(id::text, 2) = '01'")
            // Olive is harmed by Gregor too, by now.
            #expect(try await take("started", 107, as: ivy, ["group": tuesdays]).errors == [StepForm.noPlace])
        }
    }

    @Test func `whoever is withheld from the worker counts too, and so does one man who is on record twice`()
        async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            // Nell's cases are restricted: Ivy sees nothing of her. Rafe harms Nell, and here Olive too, as another record.
            _ = try await take("suitable", 103, as: imran, ["reasons": "motivated"])
            #expect(try await take("started", 103, as: imran, ["group": tuesdays]).status == 200)
            try await site.alter(
                "UPDATE app.person SET date_of_birth = '1980-01-02', birth_known = 'known' WHERE id IN (\(World.rafe), \(World.gregor))",
                """
                UPDATE app.person_name SET given_name = 'Rafe', family_name = 'Sollis' WHERE person_id = \(World.gregor)
                """)
            _ = try await take("suitable", 105, as: ivy, ["reasons": "motivated"])
            #expect(!(try await ivy.get("/groups/\(tuesdays)").text.contains("Nell")))
            let refused = try await take("started", 105, as: ivy, ["group": tuesdays])
            #expect(refused.errors == [StepForm.noPlace] && !refused.text.contains("Nell"))
        }
    }

    @Test func `work for two is never offered where abuse is recorded, by the page and by the database`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            for kind in ["coupleWork", "parentConflict"] {
                var form = try await imran.get("/programmes/new").form("/programmes/new")
                for (name, value) in ["kind": kind, "name": "Together \(kind)", "sessions": "4"] { form.forge(name, value) }
                let programme = try await imran.submit(form).id()
                let path = "/cases/\(World.mayasCase.column)/places/new"
                var place = try await imran.get(path).form(path)
                for (name, value) in ["programme": programme.column, "source": "self", "referred-day": "1",
                                      "referred-month": "2", "referred-year": "2024"] { place.forge(name, value) }
                let refused = try await imran.submit(place)
                #expect(refused.status == 422 && refused.errors == [PlaceForm.neverForTwo])
                #expect(refused.forms.contains { $0["referred-year"] == "2024" })
            }
            #expect(try await site.howMany("SELECT count(*)::int AS n FROM pg_trigger WHERE tgname = 'never_couples'") == 1)
        }
    }

    @Test func `a session of a group says who came; a colleague who saves later is told, and what was typed is kept`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            _ = try await take("suitable", 101, as: imran, ["reasons": "motivated"])
            _ = try await take("started", 101, as: imran, ["group": tuesdays])
            let path = "/groups/\(tuesdays)/sessions/\(World.id(.groupSession, 1).column)"
            let (was, words) = ("was-\(World.id(.place, 101).column)", "words-\(World.id(.place, 101).column)")
            let (first, second) = (try await imran.get(path), try await ivy.get(path))
            let saved = try await imran.submit(first, [was: "late", words: "By bus"])
            #expect(saved.path == "/groups/\(tuesdays)" && saved.text.contains("1 of 1"))
            let told = try await ivy.submit(second, [was: "missed", words: "Did not come"])
            #expect(told.status == 409 && told.text.contains("Maya Castell: came late"))
            #expect(try told.form(path)[words] == "Did not come")
            #expect(try await ivy.submit(told.form(path)).text.contains("0 of 1"))
            #expect(try await Browser(site, as: .imran).get(Self.place(101)).text.contains("Missed it"))
            #expect(try await site.count("session_attendance") == 34)
        }
    }

    @Test func `counselling has sessions of its own, put right where they were wrong`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let path = Self.place(101) + "/sessions/new"
            let late = try await imran.submit(imran.get(path), [
                "day-day": String(today.day), "day-month": String(today.month), "day-year": String(today.year),
                "time": "11pm", "was": "attended",
            ])
            #expect(late.errors == ["The session is still to come: select “Not recorded”, or apologies"])
            var form = try late.form(path)
            form.forge("time", "8am")
            let page = try await imran.submit(form)
            #expect(page.text.contains("Came to 2 of 12"))
            let own = "\(Self.place(101))/sessions/\(World.id(.ownSession, 101).column)"
            let changed = try await imran.submit(imran.get(own), ["was": "apologies", "words": "Rang before"])
            #expect(changed.text.contains("Sent apologies") && changed.text.contains("Came to 1 of 12"))
            #expect(try await imran.submit(imran.get(own)).errors == ["Nothing is changed yet. Change something, or go back"])
        }
    }

    @Test func `the waiting list says how long, and when the risk is to be looked at again`() async throws {
        let now = Date()
        try await TestSite.rolledBack(at: now) { site in
            try await site.alter("""
                UPDATE app.programme_place SET referred_on = current_date - 40, checked_on = current_date - 28
                WHERE id = \(World.id(.place, 101))
                """)
            let page = try await Browser(site, as: .imran).get("/programmes/\(World.id(.programme, 1).column)")
            #expect(page.text.contains("Maya CastellWaiting40") && page.text.contains("Check the risk"))
            #expect(!page.text.contains("Ines FaulknerWaiting40"))
        }
    }

    @Test func `of a closed case nothing is changed any more, and another agency's course does not exist`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("UPDATE app.case_record SET closed_at = now() WHERE id = \(World.mayasCase)")
            for path in [Self.place(101) + "/next", Self.place(101) + "/sessions/new"] {
                #expect(try await imran.get(path).status == 404)
            }
            #expect(try await imran.get(Self.place(101)).status == 200)
            #expect(try await imran.get("/programmes/\(World.id(.programme, 2).column)").status == 404)
            #expect(try await imran.get("/groups/\(World.id(.group, 4).column)").status == 404)
        }
    }
}
