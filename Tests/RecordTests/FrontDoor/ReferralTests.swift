import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A referral answers back", .needsClone)
struct ReferralTests {
    private func send(_ browser: Browser, _ answers: KeyValuePairs<String, String>) async throws -> Seen {
        try await browser.submit(browser.get("/referrals/new"), answers)
    }

    @Test func `the sender sees receipt, owner, clock and outcome, and nothing of the casework`() async throws {
        try await TestSite.rolledBack { site in
            let rhian = Browser(site, as: .rhian)
            let sent = try await send(rhian, [
                "kind": "support", "given-name": "Wilhelmina", "family-name": "Quartermaine", "born": "27 3 1987",
                "phone": "07700 900742", "reason": "Called to the house", "basis": "consent",
            ])
            #expect(sent.heading.hasPrefix("Receipt "))
            #expect(sent.text.contains("Stands at Received") && sent.text.contains("Nobody yet"))
            #expect(sent.text.contains("How they may be contacted safely was not asked: a first safe call only"))
            let id = try sent.id()

            let hana = Browser(site, as: .hana)
            let queue = try await hana.get("/referrals/waiting")
            let taken = try await hana.submit(
                hana.press("Wilhelmina Quartermaine", on: queue), to: "/referrals/\(id.column)/take")
            #expect(taken.text.contains("With Hana Whitlock"))
            #expect(try await rhian.get("/referrals/\(id.column)").text.contains("Being worked on"))

            // On as after a call: the search knows what was told, and the case answers the referral.
            let contact = try await hana.submit(taken, to: "/referrals/\(id.column)/contact")
            let search = try await hana.press("Who is this?", on: contact)
            #expect(try search.form()["family-name"] == "Quartermaine")
            let call = FirstCall(hana)
            let person = try await call.person(of: contact.id())
            let record = try await call.openCase(person, to: .imran)
            let end = try await rhian.get("/referrals/\(id.column)")
            #expect(end.text.contains("Outcome Taken on") && end.text.contains("Stands at Answered"))
            #expect(!end.answer.body.contains(record.column) && !end.answer.body.contains("Imran"))
            #expect(try await rhian.get("/referrals").text.contains("Taken on"))
            for path in ["/cases/\(record.column)", "/people/\(person.column)", "/contacts"] {
                #expect([403, 404].contains(try await rhian.send(.get, path).status))
            }
        }
    }

    @Test func `two take the same one: one has it, the other is told who`() async throws {
        try await TestSite.rolledBack { site in
            let path = "/referrals/\(World.id(.waitingReferral, 101).column)"
            let (hana, sunita) = (Browser(site, as: .hana), Browser(site, as: .sunita))
            let (first, second) = (try await hana.get(path), try await sunita.get(path))
            #expect(try await hana.submit(first, to: path + "/take").text.contains("With Hana Whitlock"))
            let late = try await sunita.submit(second, to: path + "/take")
            #expect(late.status == 409)
            #expect(late.text.contains("Hana Whitlock was quicker") && late.text.contains("With Hana Whitlock"))
        }
    }

    @Test func `with every field wrong it is kept as typed and explained, never bounced`() async throws {
        try await TestSite.rolledBack { site in
            let sent = try await send(Browser(site, as: .harriet), [
                "given-name": "🦊", "born": "31 February about 1987", "phone": "12", "email": "nobody",
                "postcode": "Q", "tool": "Dash", "score": "many", "reason": "ابنتها",
            ])
            #expect(sent.status == 200)
            for words in ["could not be read: 31 February about 1987", "too short: 12", "has no @: nobody",
                          "not whole: Q", "not a number: many", "ابنتها", "🦊"] {
                #expect(sent.text.contains(words), "\(words)")
            }
            #expect(try await Browser(site, as: .hana).get("/referrals/waiting").text.contains("🦊"))
        }
    }

    @Test func `declined needs a reason and who declined; the sender reads both, and the words meant for them`()
        async throws {
        try await TestSite.rolledBack { site in
            let path = "/referrals/\(World.id(.waitingReferral, 101).column)"
            let hana = Browser(site, as: .hana)
            let page = try await hana.get(path)
            let refused = try await hana.submit(page, ["outcome": "declined", "words": "Rang twice"], to: path + "/answer")
            #expect(refused.status == 422 && refused.errors.count == 2)
            let answered = try await hana.submit(
                refused, ["decline-reason": "doesNotWantSupport", "declined-by": "client"], to: path + "/answer")
            #expect(answered.text.contains("Declined by the client: does not want support"))
            let seen = try await Browser(site, as: .rhian).get(path)
            #expect(seen.text.contains("Declined by the client: does not want support") && seen.text.contains("Rang twice"))
        }
    }

    @Test func `what has no answer is on the supervisor's list until it has one`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let path = "/referrals/\(World.id(.referral, 105).column)"
            let list = try await sunita.get("/referrals/unanswered")
            #expect(list.text.contains("Overdue") && list.markup.all("a").contains { $0["href"] == path })
            try await sunita.submit(sunita.get(path), ["outcome": "unableToContact"], to: path + "/answer")
            #expect(!(try await sunita.get("/referrals/unanswered")).markup.all("a").contains { $0["href"] == path })
        }
    }

    @Test func `safeguarding is one press from a contact, with its clock and its answer`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let contact = try await hana.get("/contacts/\(World.id(.contact, 101).column)")
            let form = try await hana.press("Refer a child (MASH)", on: contact)
            #expect(try form.form()["kind"] == "childSafeguarding")
            let saved = try await hana.submit(form, [
                "to-name": "Children's services", "reason": "Two small children there", "basis": "safeguarding",
            ])
            #expect(saved.text.contains("Sent to Children's services") && saved.text.contains("Answer due"))
            let answered = try await hana.submit(saved, ["outcome": "accepted"], to: saved.path + "/answer")
            #expect(answered.text.contains("Accepted by the service it was sent to"))
        }
    }
}

@Suite("The form for anybody", .needsClone)
struct PublicFormTests {
    private func fill(_ browser: Browser, _ answers: KeyValuePairs<String, String>) async throws -> Seen {
        try await browser.submit(browser.get("/tell-us"), answers)
    }

    @Test func `it is received, read by a person first, and says the same of somebody known and of nobody`() async throws {
        try await TestSite.rolledBack { site in
            let known = try await fill(Browser(site), ["about": "someoneElse", "given-name": "Maya", "family-name": "Castell",
                                                       "reason": "Is she with you?"])
            let unknown = try await fill(Browser(site), ["about": "someoneElse", "given-name": "Qqq", "family-name": "Zzz",
                                                         "reason": "Is she with you?"])
            #expect(known.path == "/tell-us/received" && known.answer.body == unknown.answer.body)
            let hana = Browser(site, as: .hana)
            #expect(!(try await hana.get("/referrals/waiting")).text.contains("Maya Castell"))
            let list = try await hana.get("/referrals/quarantine")
            #expect(list.text.contains("Maya Castell") && list.text.contains("Qqq Zzz"))
        }
    }

    @Test func `nothing at all is asked for again, with what was typed kept; sent twice it is one`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let empty = try await fill(browser, ["about": "behaviour", "must-not-know": "My brother"])
            #expect(empty.status == 422)
            #expect(try empty.form()["must-not-know"] == "My brother" && empty.form()["about"] == "behaviour")
            let before = try await site.count("referral")
            var form = try empty.form()
            _ = form.fill(["reason": "I shout"])
            #expect(try await browser.post(form).status == 303)
            #expect(try await browser.post(form).status == 303)
            #expect(try await site.count("referral") == before + 1)
            // Worried about their own behaviour: the other side of the wall has it.
            #expect(try await site.howMany("""
                SELECT count(*) AS n FROM app.referral WHERE kind = 'behaviour' AND agency_id = \(World.pathways)
                """) == 1)
            #expect(!(try await Browser(site, as: .hana).get("/referrals/quarantine")).text.contains("I shout"))
        }
    }

    @Test func `with every field wrong it is kept as typed and explained, never bounced`() async throws {
        try await TestSite.rolledBack { site in
            let sent = try await fill(Browser(site), [
                "about": "someoneElse", "given-name": "🦊", "born": "31 February about 1987", "phone": "12",
                "email": "nobody", "postcode": "Q", "reason": "ابنتها", "teller-name": "'); DROP TABLE app.person; --",
            ])
            #expect(sent.path == "/tell-us/received")
            let hana = Browser(site, as: .hana)
            let kept = try await hana.press("🦊", on: hana.get("/referrals/quarantine"))
            for words in ["could not be read: 31 February about 1987", "too short: 12", "has no @: nobody",
                          "not whole: Q", "ابنتها", "DROP TABLE app.person"] {
                #expect(kept.text.contains(words), "\(words)")
            }
        }
    }

    @Test func `a flood from one sender stands apart, and goes with one press`() async throws {
        try await TestSite.rolledBack { site in
            let flood = Browser(site, from: "198.51.100.7")
            for number in 0..<30 { _ = try await fill(flood, ["reason": "Flood \(number)", "website": "http://x.example"]) }
            _ = try await fill(Browser(site, from: "198.51.100.8"), ["reason": "Please ring me on Tuesday"])
            let hana = Browser(site, as: .hana)
            #expect(!(try await hana.get("/referrals/waiting")).text.contains("Flood"))
            let list = try await hana.get("/referrals/quarantine")
            #expect(list.text.contains("30 came from one sender"))
            let first = list.markup.all("tr").map(\.words).dropFirst().first { $0.contains("No name given") }
            #expect(first != nil)
            let after = try await hana.submit(list, to: "/referrals/quarantine/discard")
            #expect(!after.text.contains("came from one sender"))
            #expect(try await site.howMany("""
                SELECT count(*) AS n FROM app.referral WHERE quarantined AND outcome IS NULL AND agency_id = \(World.harbour)
                """) == 2)
        }
    }
}
