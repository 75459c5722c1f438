import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya was referred four days ago, by the World's decision; her case is Imran's.
@Suite("A referral to MARAC, filled in from the record", .needsClone)
struct MaracReferralTests {
    private let base = "/cases/\(World.mayasCase.column)/marac"
    private let mine = "/cases/\(World.mayasCase.column)/marac/\(World.id(.marac, 101).column)"

    @Test func `it is filled in from the record, decides, ends what asked for it, and puts told back on the list`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.get("\(base)/new")
            #expect(page.text.contains("within 12 months: this is a repeat"))
            #expect(try page.form()["repeat"] == "yes")
            let meets = London.day(of: now).adding(10)  // a Friday
            let saved = try await imran.submit(page, [
                "told": "agreed", "basis": "consent", "reason": "He <b>knows</b>", "schools": "The school",
                "meets-day": String(meets.day), "meets-month": String(meets.month), "meets-year": String(meets.year),
            ])
            #expect(saved.path.hasPrefix(base) && saved.heading == "MARAC referral")
            for said in ["Maya", "Imran", "W-101", "He <b>knows</b>", "The school", "Non-molestation order: served",
                         "Repeat Yes. Last referral on record", "Score Dash (SafeLives, 24 items): 11 to 14 of 24", "Address Withheld"] {
                #expect(saved.text.contains(said), "\(said)")
            }
            let task = try await site.truth.transaction { db in
                try db.first("""
                    SELECT (due_at AT TIME ZONE 'Europe/London')::date AS due FROM app.task
                    WHERE case_id = \(World.mayasCase) AND kind = 'tellBack' AND done_at IS NULL
                    """) { try $0["due"] as Day }
            }
            #expect(task == WorkingDays.after(meets))
            let decided = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.marac_decision WHERE person_id = \(World.maya) AND decision = 'repeat'
                """)
            #expect(decided == 1)
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.text.contains("MARAC referral of \(London.day(of: now))"))
            #expect(record.text.contains("Told back: Tell them what MARAC decided"))
            #expect(try await site.auditLog().contains { $0.event == "marac-referral-written" && $0.subject == World.mayasCase })
        }
    }

    @Test func `against the check, not told and without consent ask why`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get("\(base)/new").form("\(base)/new")
            form.forge("repeat", "no")
            #expect(try await imran.submit(form).errors == [
                "Enter why it differs from what is on record", "Select whether they were told",
                "Select why you may share this", "Enter why they are referred now",
            ])
            for (name, value) in ["told": "disagreed", "basis": "consent", "reason": "He knows", "repeat": "yes"] {
                form.forge(name, value)
            }
            #expect(try await imran.submit(form).errors == [
                "Enter why they were not told, or what they said",
                "They did not agree: select another reason for sharing",
            ])
        }
    }

    @Test(arguments: [(-364, true), (-366, false)])
    func `the check counts twelve months`(_ days: Int, _ isRepeat: Bool) throws {
        let today = try #require(Day(year: 2026, month: 11, day: 18))
        #expect(MaracRepeat(last: today.adding(days), today: today).isRepeat == isRepeat)
        #expect(!MaracRepeat(last: nil, today: today).isRepeat)
        #expect(MaracReferral.tellBackDue(meets: nil, today: today) == today.adding(28))
        // A Friday's meeting is told back on Monday.
        #expect(MaracReferral.tellBackDue(meets: today.adding(2), today: today) == today.adding(5))
    }

    @Test func `printed it withholds number and address; with them both reveals are recorded, and a protected address stays`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let plain = try await imran.get("\(mine)/print")
            #expect(plain.text.contains("Address Withheld") && plain.text.contains("Telephone Withheld"))
            #expect(plain.text.contains("Printed by Imran") && plain.text.contains("A referral for the tests"))
            let before = try await site.auditLog().map(\.event)
            #expect(!before.contains("address-revealed"))
            let address = try await imran.get("/people/\(World.maya.column)/addresses/new")
            _ = try await imran.submit(address, ["address": "1 Curlew Street", "protected": "yes"])
            let full = try await imran.submit(imran.get(mine), to: "\(mine)/print")
            #expect(full.text.contains("Address Protected: withheld") && !full.answer.body.contains("Curlew"))
            #expect(!full.text.contains("Telephone Withheld"))
            let events = try await site.auditLog().map(\.event)
            for event in ["address-revealed", "safe-contact-revealed", "marac-referral-printed"] {
                #expect(events.contains(event), "\(event)")
            }
        }
    }

    @Test func `what was typed passes the gate before it is on paper, and what it gives away is said above, on the screen`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let street = World.street(of: World.maya)
            try await site.alter("UPDATE app.person_address SET protected = true WHERE person_id = \(World.maya)")
            let saved = try await imran.submit(imran.get("\(base)/new"), [
                "told": "agreed", "basis": "consent", "reason": "Now at \(street); her mother is at ZZ5 5ZZ.",
                "schools": "Willow Primary School",
            ])
            let said = "Now at \(street)"
            #expect(saved.text.contains(said), "at work it is read as it was typed")
            let plain = try await imran.get(saved.path + "/print")
            #expect(plain.text.contains("Now at [withheld]; her mother is at [withheld]."))
            #expect(plain.text.contains("Who will read it: the agencies of the MARAC"))
            #expect(plain.text.contains("They will read:Willow Primary School (a school)"))
            #expect(try await site.auditLog().last?.event == "marac-referral-printed")
            #expect(Int(plain.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let note = try #require(plain.markup.elements.first { $0["class"] == "drystone-unprinted" })
            #expect(note.words.contains("\(street) (a protected address"))
            #expect(!plain.text.replacing(note.words, with: "").contains(street))
            let full = try await imran.submit(saved, to: saved.path + "/print")
            #expect(full.text.contains("Now at [withheld]; her mother is at ZZ5 5ZZ."))
        }
    }

    @Test func `what was a mistake is withdrawn with a reason, stays to be read, and is not printed`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.submit(imran.get("\(mine)/withdraw"), ["because": "The wrong <b>case</b>"])
            #expect(page.path == mine && page.text.contains("The wrong <b>case</b>"))
            #expect(try await imran.get("\(mine)/print").status == 404)
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.status == 200 && !record.text.contains("MARAC referral of"))
            let again = try await imran.submit(imran.get("\(mine)/withdraw"), ["because": "Again"])
            #expect(again.status == 409)
        }
    }
}
