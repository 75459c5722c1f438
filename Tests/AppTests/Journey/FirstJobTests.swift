import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The first job, from the call to the attempt", .needsClone)
struct FirstJobTests {
    /// A Wednesday afternoon: not a time at which she may be rung.
    private func wednesday() throws -> Date { try TestClock.next(weekday: 3, minute: 15 * 60) }

    @Test func `a call leads to a high-risk case with its clock on the list of the worker who holds it`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let hana = Browser(site, as: .hana)
            let call = FirstCall(hana)
            let person = try await call.person(of: call.contact())
            try await call.tuesdaysBeforeNoon(person)
            try await call.harming(person)
            let risk = try await call.dash(person)
            #expect(risk.text.contains(
                "High risk by professional judgement. Score 11 to 14 of 24 (11 yes, 3 not known)"))
            #expect(risk.text.contains("Local threshold 12, national 14"))
            #expect(risk.text.contains("The threshold lies inside the range"))
            let record = try await call.openCase(person, to: .imran)

            let imran = Browser(site, as: .imran)
            let today = try await imran.get("/")
            #expect(today.text.contains("Wilhelmina Quartermaine"))
            // A high grade asks for a decision by the next working day.
            #expect(today.text.contains("MARAC decision"))
            let row = today.markup.elements.indices.first { index in
                today.markup.elements[index].name == "tr" && today.markup.elements[index].text.contains("Wilhelmina")
                    && today.markup.elements[index].words.contains("High risk")
                    && today.markup.elements[index].text.contains("Imran Aldous")
                    && !today.markup.elements[index].text.contains("MARAC")
            }
            let cells = row.map { today.markup.elements[$0].words } ?? ""
            #expect(cells.contains("High risk") && cells.contains("48 hours left") && cells.contains("Imran Aldous"))

            site.clock.advance(by: 47 * 3_600 + 60)
            let page = try await imran.get("/cases/\(record.column)")
            #expect(page.text.contains("59 minutes") || page.text.contains("58 minutes"))
            #expect(page.text.contains("Do not telephone now. Next safe time: Tuesday"))
            #expect(page.text.contains("Telephone call. Never text message, voicemail message, email, post. Tuesdays, "
                + "00:00 to 12:00. Withhold the number."))
            #expect(!page.answer.body.contains("900742") && !page.answer.body.contains("marzipan"))
            site.clock.advance(by: 2 * 3_600)
            #expect(try await imran.get("/cases/\(record.column)").text.contains("Overdue by 1 hour"))
        }
    }

    @Test func `an attempt outside her rule is refused with the words kept, and allowed on Tuesday morning`()
        async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let (_, record) = try await FirstCall(Browser(site, as: .hana)).wholeCall()
            let imran = Browser(site, as: .imran)
            let path = "/cases/\(record.column)/attempts/new"
            let refused = try await imran.submit(imran.get(path), [
                "channel": "telephone", "outcome": "spoke", "note": "Rang about the locks",
            ])
            #expect(refused.status == 422)
            #expect(refused.errors.first?.hasPrefix("Wednesday is not a safe day") == true)
            #expect(try refused.form()["note"] == "Rang about the locks")
            #expect(try refused.form()["channel"] == "telephone")
            #expect(try await site.attempts(record) == [])

            let kept = try await imran.get(path)
            #expect(kept.text.contains("What you typed here"))
            #expect(try kept.form()["note"] == "Rang about the locks")

            for (channel, words) in [("text", "Text message is not safe"), ("email", "Email is not safe")] {
                let page = try await imran.submit(kept, ["channel": channel, "outcome": "messageLeft"])
                #expect(page.errors.first?.hasPrefix(words) == true)
            }
            site.clock.set(try TestClock.next(weekday: 2, minute: 11 * 60 + 59, after: site.clock.now))
            let voicemail = try await imran.submit(kept, ["channel": "telephone", "outcome": "messageLeft"])
            #expect(voicemail.errors == ["Voicemail is not safe for this person"])
            let done = try await imran.submit(kept, ["channel": "telephone", "outcome": "spoke"])
            #expect(done.title == "Case - Drystone")
            #expect(done.text.contains("Done"))
            #expect(try await site.attempts(record) == ["telephone spoke allowed"])
            #expect(try await imran.get(path).form()["note"] == "", "the draft is gone with the form")
            site.clock.advance(by: 60)
            let noon = try await imran.submit(imran.get(path), ["channel": "telephone", "outcome": "spoke"])
            #expect(noon.errors.first?.hasPrefix("It is not a safe time") == true)
        }
    }

    @Test func `danger to life overrides the rule, with a reason that is kept and audited`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let (_, record) = try await FirstCall(Browser(site, as: .hana)).wholeCall()
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("/cases/\(record.column)/attempts/new")
            let silent = try await imran.submit(form, [
                "channel": "telephone", "outcome": "spoke", "danger": "yes",
            ])
            #expect(silent.errors == ["Enter why there is danger to life"])
            try await imran.submit(form, [
                "channel": "telephone", "outcome": "spoke", "danger": "yes", "danger-reason": "He is on his way there",
            ])
            #expect(try await site.attempts(record) == ["telephone spoke overridden He is on his way there"])
            let line = try await site.auditLog().last { $0.event == "contact-attempted" }
            #expect(line?.purpose == "danger to life" && line?.subject == record)
        }
    }

    @Test func `a housing officer finds nothing of it anywhere`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let call = FirstCall(Browser(site, as: .hana))
            let contact = try await call.contact()
            let person = try await call.person(of: contact)
            try await call.tuesdaysBeforeNoon(person)
            let record = try await call.openCase(person, to: .imran)
            let harriet = Browser(site, as: .harriet)
            let absent = try await harriet.send(.get, "/people/\(World.absent.column)")
            for path in ["/people/\(person.column)", "/cases/\(record.column)", "/contacts/\(contact.column)"] {
                let answer = try await harriet.send(.get, path)
                #expect(answer.status == 404)
                #expect(answer.body == absent.body && answer.headers == absent.headers)
            }
            let search = try await harriet.submit(harriet.get("/search"), [
                "purpose": "partnerEnquiry", "given-name": "Wilhelmina", "family-name": "Quartermaine",
                "phone": "07700900742",
            ])
            #expect(search.text.contains("Nobody on record that you can see"))
            for path in ["/", "/cases", "/cases?list=all", "/cases?list=unallocated"] {
                let page = try await harriet.get(path)
                #expect(page.status == 200)
                #expect(!page.answer.body.contains("Quartermaine"))
            }
            // A colleague of the same agency finds her by each of these.
            let ivy = Browser(site, as: .ivy)
            for answers: KeyValuePairs in [
                ["given-name": "wilhelmena", "family-name": "quartermain"], ["phone": "+44 7700 900742"],
            ] {
                var form = try await ivy.get("/search").form()
                _ = form.fill(["purpose": "newContact"])
                #expect(form.fill(answers).isEmpty)
                #expect(try await ivy.submit(form).text.contains("Wilhelmina Quartermaine"))
            }
        }
    }

    @Test func `every step is in the audit log, with who did it to what`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let hana = Browser(site, as: .hana)
            let (person, record) = try await FirstCall(hana).wholeCall()
            let imran = Browser(site, as: .imran)
            try await imran.get("/cases/\(record.column)")
            let revealed = try await imran.submit(
                imran.get("/people/\(person.column)"), to: "/people/\(person.column)/safe-contact/reveal")
            #expect(revealed.text.contains("07700 900742") && revealed.text.contains("marzipan"))
            let log = try await site.auditLog()
            let expected: [(String, World.Staff)] = [
                ("contact-recorded contact", .hana), ("contact-viewed contact", .hana),
                ("contact-viewed contact", .hana), ("people-searched search", .hana),
                ("person-recorded person", .hana), ("contact-linked contact", .hana),
                ("contact-viewed contact", .hana), ("safe-contact-recorded person", .hana),
                ("person-viewed person", .hana), ("person-recorded person", .hana),
                ("relationship-recorded person", .hana), ("person-viewed person", .hana),
                ("risk-assessed risk", .hana), ("risk-viewed person", .hana), ("case-opened case", .hana),
                ("case-allocated case", .hana), ("case-viewed case", .hana), ("case-viewed case", .imran),
                ("person-viewed person", .imran), ("safe-contact-revealed person", .imran),
            ]
            #expect(log.map(\.description) == expected.map(\.0))
            #expect(log.map(\.account) == expected.map(\.1.account))
            #expect(log.filter { $0.kind == "case" }.allSatisfy { $0.subject == record })
            #expect(log.filter { $0.event == "safe-contact-revealed" }.map(\.subject) == [person])
            #expect(log.first { $0.event == "people-searched" }?.purpose == "Contact in progress")
        }
    }
}

extension TestSite {
    /// What is recorded of attempts on a case.
    fileprivate func attempts(_ record: UUID) async throws -> [String] {
        try await truth.transaction { db in
            try db.all("""
                SELECT concat_ws(' ', channel, outcome, rule, nullif(override_reason, '')) AS words
                FROM app.contact_attempt WHERE case_id = \(record) ORDER BY happened_at
                """) { try $0["words"] }
        }
    }
}
