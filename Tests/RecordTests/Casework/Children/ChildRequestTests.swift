import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Requests for information about a child", .needsClone)
struct ChildRequestTests {
    private let waiting = "/child-requests/\(World.id(.childRequest, 101).column)"
    private let found = "/child-requests/\(World.id(.childRequest, 105).column)"

    private func typed(_ today: Day, about: String) -> KeyValuePairs<String, String> {
        ["asker": "parent", "asker-name": "Dean Kasprak", "about": about, "what": "Which school <b>he</b> goes to",
         "received-day": String(today.day), "received-month": String(today.month), "received-year": String(today.year)]
    }

    @Test(arguments: ["Tomas Mbeki-Shaw", "Nobody Whatsoever"])
    func `whoever takes one is told to confirm nothing, and learns nothing, whether or not there is a record`(
        _ about: String
    ) async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let hana = Browser(site, as: .hana)
            let form = try await hana.get("/child-requests/new")
            #expect(form.text.contains("Say: “I can’t say whether we know anybody."))
            let page = try await hana.submit(form, typed(today, about: about))
            #expect(page.path == "/child-requests/received" && page.text.contains("I can’t say whether we know anybody"))
            #expect(!page.answer.body.contains("Tomas") && !page.answer.body.contains("Whatsoever"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.child_request
                WHERE about = \(about) AND person_id IS NULL AND due_on = \(today.months(ahead: 1))
                """) == 1)
            #expect(try await site.auditLog().contains { $0.event == "child-request-recorded" })
            #expect(try await hana.get("/child-requests").status == 403)
            #expect(try await hana.get(waiting).status == 404)
        }
    }

    @Test func `a manager says which child is meant; the child's worker gets a task, and the record shows the request`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let (hana, sunita, imran) = (Browser(site, as: .hana), Browser(site, as: .sunita), Browser(site, as: .imran))
            _ = try await hana.submit(
                hana.get("/child-requests/new"), typed(London.day(of: now), about: "tomas mbeki-shaw"))
            let list = try await sunita.get("/child-requests")
            #expect(list.text.contains("Dean Kasprak"))
            let link = try #require(list.markup.all("a").first { $0.words.contains("asked by Dean Kasprak") }?["href"])
            let page = try await sunita.get(link)
            #expect(page.text.contains("Tomas Mbeki-Shaw, born 21 June 2012"))
            let named = try await sunita.submit(page, ["child": World.tomas.column], to: link + "/child")
            #expect(named.path == link && !named.text.contains("Is it one of these?"))
            #expect(try await imran.get("/").text.contains("Somebody asked for information about this child."))
            let record = try await imran.get("/people/\(World.tomas.column)/child")
            #expect(record.text.contains("Which school <b>he</b> goes to") && record.text.contains("To be decided by"))
        }
    }

    @Test func `each is decided once, with a reason; the officer decides without seeing who the child is`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let page = try await dilys.get(found)
            #expect(page.text.contains("There is one, at Harbour") && !page.text.contains("Is it one of these?"))
            #expect(page.markup.all("a").allSatisfy { !($0["href"] ?? "").hasPrefix("/people/") })
            #expect(try await dilys.submit(page).errors == [
                "Select what you decide", "Select whether they are entitled", "Select what the child says", "Enter the reason",
            ])
            let later = try await Browser(site, as: .sunita).get(found)
            let done = try await dilys.submit(page, [
                "outcome": "notConfirmed", "entitled": "nobody", "child-view": "doesNotWant", "reason": "An order <b>forbids</b>",
            ])
            #expect(done.path == "/child-requests" && done.text.contains("Answered that nothing is confirmed or denied"))
            let record = try await Browser(site, as: .imran).get("/people/\(World.olive.column)/child")
            #expect(record.text.contains("An order <b>forbids</b>"))
            let told = try await Browser(site, as: .sunita).submit(later, [
                "outcome": "refused", "entitled": "nobody", "child-view": "notAsked", "reason": "Too late",
            ])
            #expect(told.status == 409 && told.text.contains("Somebody decided meanwhile"))
            let log = try await site.auditLog()
            #expect(log.filter { $0.event == "child-request-decided" }.map(\.purpose)
                == ["Answered that nothing is confirmed or denied"])
        }
    }

    @Test func `nothing is given to whoever is entitled to nothing, nor of a child whom nobody has found`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let refused = try await sunita.submit(sunita.get(found), [
                "outcome": "partly", "entitled": "notKnown", "child-view": "wants", "reason": "They asked",
            ])
            #expect(refused.errors == ["Select why they are entitled, or decide otherwise: without it nothing is given"])
            let unfound = try await sunita.submit(sunita.get(waiting), [
                "outcome": "disclosed", "entitled": "responsibility", "child-view": "wants", "reason": "They asked",
            ], to: waiting)
            #expect(unfound.errors == ["Nobody has found which child is meant, so nothing can be given"])
            #expect(try await sunita.submit(sunita.get(found), [
                "outcome": "partly", "entitled": "responsibility", "child-view": "wants", "reason": "Checked the certificate",
            ]).path == "/child-requests")
        }
    }

    @Test func `whoever took a request does not decide on it, on the page or past it`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let sunita = Browser(site, as: .sunita)
            _ = try await sunita.submit(sunita.get("/child-requests/new"), typed(London.day(of: now), about: "Ines Faulkner"))
            let list = try await sunita.get("/child-requests")
            let own = try #require(list.markup.all("a").first { $0.words.contains("asked by Dean Kasprak") }?["href"])
            let page = try await sunita.get(own)
            #expect(page.text.contains("You took this request, so somebody else decides on it."))
            var form = try await sunita.get(found).form(found)
            _ = form.fill(["outcome": "refused", "entitled": "nobody", "child-view": "notAsked", "reason": "Mine"])
            let told = try await sunita.submit(form.sent(to: own))
            #expect(told.errors == ["You took this request, so somebody else decides on it"])
            // What is open is overdue by its day, and not before.
            let due = ChildRequest.due(London.day(of: now))
            #expect(page.text.contains("Answer due \(due)") && !page.text.contains("Overdue"))
        }
    }

    @Test func `a month ends on the same day, or on the last of a shorter month`() throws {
        func due(_ year: Int, _ month: Int, _ day: Int) throws -> String {
            ChildRequest.due(try #require(Day(year: year, month: month, day: day))).description
        }
        #expect(try due(2026, 3, 3) == "3 April 2026")
        #expect(try due(2026, 1, 31) == "28 February 2026")
        #expect(try due(2027, 12, 31) == "31 January 2028")
    }
}
