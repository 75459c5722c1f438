import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The shift", .needsClone)
struct ShiftTests {
    private func record(_ browser: Browser, _ answers: KeyValuePairs<String, String>) async throws -> Seen {
        try await browser.submit(browser.get("/contacts/new"), answers)
    }

    @Test func `a call that ended suddenly stays on the list with what was agreed until somebody ends it`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            _ = try await record(hana, [
                "channel": "helpline", "reason": "Not known: the line went dead", "outcome": "endedSuddenly",
                "fallback": "Text the word tulips",
            ])
            let list = try await Browser(site, as: .sunita).get("/shift")
            #expect(list.text.contains("Ring back") && list.text.contains("Text the word tulips"))
            #expect(list.text.contains("1 of them cut off"))
            site.clock.advance(by: 16 * 60)
            let late = try await hana.get("/shift")
            let row = late.markup.all("tr").map(\.words).first { $0.contains("tulips") }
            #expect(row?.contains("Overdue") == true)
            let page = late.markup
            let place = page.elements.indices.first { index in
                page.elements[index].name == "form" && page.elements.indices.contains { outer in
                    page.elements[outer].name == "tr" && page.elements[outer].words.contains("tulips")
                        && page.isInside(index, outer)
                }
            }
            let form = PageForm(page, try #require(place))
            #expect(!(try await hana.submit(form)).text.contains("tulips"))
            #expect(try await hana.post(form).status == 404)
        }
    }

    @Test func `nothing agreed means that nobody rings back`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            _ = try await record(hana, ["channel": "helpline", "reason": "Cut off", "outcome": "endedSuddenly"])
            #expect(try await hana.get("/shift").text.contains("Nothing was agreed: don't ring back"))
        }
    }

    @Test func `what was promised is due when it was promised, and the hand-over page says to whom`() async throws {
        try await TestSite.rolledBack(at: try TestClock.next(weekday: 3, minute: 15 * 60)) { site in
            let hana = Browser(site, as: .hana)
            _ = try await record(hana, [
                "channel": "helpline", "reason": "Asked about locks", "outcome": "callAgain",
                "promised": "Ask the locksmith", "promised-time": "9am",
            ])
            let page = try await hana.get("/shift/handover")
            #expect(page.text.contains("Promised: Ask the locksmith") && page.text.contains("09:00"))
            try await hana.submit(page, ["note": "Two calls, both quiet"])
            let sunita = Browser(site, as: .sunita)
            let shift = try await sunita.get("/shift")
            #expect(shift.text.contains("Two calls, both quiet") && shift.text.contains("Handed over by Hana Whitlock"))
            let read = try await sunita.submit(shift, to: shift.forms.first { $0.action.hasSuffix("/read") }?.action)
            #expect(read.text.contains("Read by Sunita Farrow"))
        }
    }

    @Test func `the printed list has references and rules, and no name, number or code word`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let page = try await hana.get("/shift/calls")
            #expect(page.text.contains("W-107"))
            for secret in ["Priyanka", "Lovell", World.telephone(of: World.priyanka)] {
                #expect(!page.answer.body.contains(secret), "\(secret)")
            }
            #expect(try await hana.get("/shift/blank").text.contains("Is it safe to talk now?"))
        }
    }

    @Test func `an email is read, and saved only as a person confirms it`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let before = try await site.count("contact")
            let form = try await hana.submit(hana.get("/contacts/email"), [
                "email-text": "From: A friend <friend@example.org>\nSubject: Worried\nDate: today\n\nShe has bruises.",
            ])
            #expect(try form.form()["channel"] == "email")
            #expect(try form.form()["reason"].contains("She has bruises.") && form.form()["reason"].contains("From: A friend"))
            #expect(try await site.count("contact") == before)
            let saved = try await hana.submit(form, ["outcome": "adviceGiven"])
            #expect(saved.heading == "Email")
        }
    }

    @Test func `what was not asked on the call follows later, and the second of two editors is told`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let contact = try await record(hana, ["channel": "text", "reason": "Help", "outcome": "callAgain"])
            let first = try await hana.press("Add to or change this contact", on: contact)
            let second = try await hana.get(first.path)
            let changed = try await hana.submit(first, ["advice": "Rang the locksmith", "children-present": "yes"])
            #expect(changed.text.contains("Rang the locksmith"))
            let late = try await hana.submit(second, ["advice": "Rang the police"])
            #expect(late.status == 409)
            #expect(try late.form()["advice"] == "Rang the police")
            #expect(try await hana.submit(late).text.contains("Rang the police"))
        }
    }
}

@Suite("Across the wall", .needsClone)
struct WallTests {
    /// Marcus, whom Maya named, rings the front door; Odette answers for both sides.
    private func hisCall(_ odette: Browser) async throws -> Seen {
        try await odette.submit(odette.get("/contacts/new"), [
            "channel": "helpline", "caller": "ownBehaviour", "reason": "Asks where Maya is", "outcome": "adviceGiven",
        ])
    }

    @Test func `his call is kept on his side; her worker is warned, and nobody of either side sees the other`() async throws {
        try await TestSite.rolledBack { site in
            let odette = Browser(site, as: .odette)
            let contact = try await hisCall(odette)
            #expect(contact.text.contains("Kept on the side of those who harm"))
            let found = try await odette.submit(
                odette.press("Is the caller named in a case? Warn the worker", on: contact),
                ["given-name": "Marcus", "family-name": "Dunmore"])
            // How many, and never whose: Maya's and Priyanka's.
            let row = found.markup.all("tr").map(\.words).first { $0.contains("Marcus Dunmore") } ?? ""
            #expect(row.contains("2"))
            for name in ["Maya", "Castell", "Priyanka", "Lovell"] { #expect(!found.answer.body.contains(name)) }
            let back = try await odette.submit(found, to: found.forms.first { $0.action.hasSuffix("/workers") }?.action)
            #expect(back.path == contact.path)

            let imran = try await Browser(site, as: .imran).get("/")
            #expect(imran.text.contains("The other person in this case was in touch") && imran.text.contains("Maya Castell"))
            #expect(!imran.answer.body.contains("Asks where"))
            let id = try contact.id()
            for (who, status) in [(World.Staff.imran, 404), (.hana, 404), (.piers, 200)] {
                #expect(try await Browser(site, as: who).send(.get, "/contacts/\(id.column)").status == status, "\(who)")
            }
            let piers = Browser(site, as: .piers)
            let his = try await piers.get("/contacts/\(id.column)")
            #expect(!his.answer.body.contains("Castell") && !his.answer.body.contains("warned"))
            // Pathways has a name of hers that he gave (402); of Harbour's own record and case it has nothing.
            for path in ["/", "/cases?list=all", "/contacts"] {
                let body = try await piers.get(path).answer.body
                #expect(!body.contains(World.maya.column) && !body.contains("W-101") && !body.contains("Imran"), "\(path)")
            }
        }
    }

    @Test func `a worker of one side cannot warn across it, nor be led across by the search`() async throws {
        try await TestSite.rolledBack { site in
            let piers = Browser(site, as: .piers)
            let path = "/contacts/\(World.id(.contact, 401).column)/warn"
            let found = try await piers.submit(piers.get(path), ["given-name": "Marcus", "family-name": "Dunmore"])
            #expect(!found.text.contains("Warn the workers"))
            let before = try await site.count("task")
            let form = PageForm.encode([("csrf", "csrf-piers"), ("submission", UUID().column), ("person", World.marcus.column)])
            #expect(try await piers.send(.post, "\(path)/workers", form: form).status == 404)
            #expect(try await site.count("task") == before)
        }
    }

    @Test func `who works for both sides refers and hands over on the side of those who are harmed`() async throws {
        try await TestSite.rolledBack { site in
            let odette = Browser(site, as: .odette)
            try await odette.submit(odette.get("/shift/handover"), ["note": "Quiet on both sides"])
            let sent = try await odette.submit(odette.get("/referrals/new"), ["kind": "support", "reason": "Rang us"])
            #expect(sent.text.contains("From Harbour, Odette Farquhar-Lim"))
            #expect(try await site.howMany("""
                SELECT count(*) AS n FROM app.handover
                WHERE note = 'Quiet on both sides' AND agency_id = \(World.harbour)
                """) == 1)
        }
    }

    @Test func `a caller who may be posing is kept on that side too`() async throws {
        try await TestSite.rolledBack { site in
            let odette = Browser(site, as: .odette)
            let page = try await odette.submit(odette.get("/contacts/new"), [
                "channel": "helpline", "caller": "posing", "reason": "Says she is Maya", "outcome": "noFurtherAction",
            ])
            let id = try page.id()
            #expect(try await site.howMany("SELECT count(*) AS n FROM app.contact WHERE id = \(id) AND agency_id = \(World.pathways)") == 1)
        }
    }
}
