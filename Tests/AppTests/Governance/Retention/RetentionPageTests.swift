import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Retention, before the officer and the manager", .needsClone)
struct RetentionPageTests {
    private static let nextYear = String(London.day(of: .now).year + 1)
    private static func deletion(_ number: Int) -> String { "/retention/proposals/\(World.id(.deletion, number).column)" }
    private static func hold(_ number: Int) -> String { "/retention/holds/\(World.id(.hold, number).column)" }

    @Test func `a rule is changed from a day on, with a reason, and the one before it is kept`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let page = try await dilys.get("/retention/schedule")
            let empty = try await dilys.submit(page, to: "/retention/schedule")
            #expect(empty.status == 422 && empty.errors.count == 4)
            let today = London.day(of: .now)
            let young = try await dilys.submit(empty, [
                "kind": "child", "years": "17", "from-day": String(today.day), "from-month": String(today.month),
                "from-year": String(today.year), "reason": "Sooner",
            ], to: "/retention/schedule")
            #expect(young.status == 422 && young.errors.count == 1)
            let set = try await dilys.submit(young, ["kind": "adult", "years": "6"], to: "/retention/schedule")
            #expect(set.text.contains("Sooner"))
            let later = try await dilys.submit(set, [
                "kind": "adult", "years": "10", "from-day": "1", "from-month": "2", "from-year": Self.nextYear,
                "reason": "From <b>next</b> year",
            ], to: "/retention/schedule")
            #expect(later.text.contains("From <b>next</b> year") && later.text.contains("Sooner"))
            let years: [Int?] = try await site.truth.transaction { db in
                try [today, today.adding(800)].map { day in
                    try db.first("""
                        SELECT years FROM app.retention_years(\(World.north), \(day)) WHERE kind = 'adult'
                        """) { try $0["years"] }
                }
            }
            #expect(years == [6, 10])
            #expect(try await site.auditLog().filter { $0.event == "retention-rule-set" }.count == 2)
        }
    }

    @Test func `a second press makes one rule, one hold and one proposal`() async throws {
        let forms: [(String, KeyValuePairs<String, String>, String)] = [
            ("/retention/schedule", [
                "kind": "adult", "years": "9", "from-day": "1", "from-month": "2", "from-year": Self.nextYear,
                "reason": "Policy",
            ], "retention_rule"),
            ("/retention/holds", [
                "agency": World.harbour.column, "reference": "w-107", "kind": "police", "words": "Asked",
                "review-day": "1", "review-month": "2", "review-year": Self.nextYear,
            ], "legal_hold"),
            ("/retention/due/\(World.id(.due, 107).column)", ["reason": "Time"], "retention_proposal"),
        ]
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            for (path, answers, table) in forms {
                var form = try await dilys.get(path).form(path)
                #expect(form.fill(answers).isEmpty)
                let before = try await site.count(table)
                let (first, second) = (try await dilys.post(form), try await dilys.post(form))
                #expect(first.status == 303 && second.location == first.location)
                #expect(try await site.count(table) == before + 1)
            }
        }
    }

    @Test func `a hold is placed by reference or number, shown to officer and manager alone, and lifted with a reason`()
        async throws {
        try await TestSite.rolledBack { site in
            let (dilys, sunita, lowri) = (Browser(site, as: .dilys), Browser(site, as: .sunita), Browser(site, as: .lowri))
            let asked: KeyValuePairs = [
                "agency": World.harbour.column, "reference": "W-107", "kind": "homicideReview", "words": "For <i>review</i>",
                "review-day": "1", "review-month": "2", "review-year": Self.nextYear,
            ]
            let page = try await dilys.get("/retention/holds")
            let list = try await dilys.submit(page, asked, to: "/retention/holds")
            #expect(list.text.contains("W-107") && !list.text.contains("Priyanka"))
            let link = try #require(list.markup.all("a").first { $0.words.contains("W-107") }?["href"])
            #expect(try await sunita.get(link).text.contains("For <i>review</i>"))
            #expect(try await lowri.send(.get, link).status == 404)
            let lifted = try await sunita.submit(sunita.get(link), ["reason": "It is over"], to: link)
            #expect(lifted.heading == "Legal holds")
            #expect(try await dilys.get(link).text.contains("It is over"))
            let events = try await site.auditLog()
            #expect(events.filter { ["hold-placed", "hold-lifted"].contains($0.event) }.map(\.subject)
                == [World.priyanka, World.priyanka])
        }
    }

    @Test(arguments: ["W-999", "W-204", World.absent.column, World.wanda.column, "'; --"])
    func `nobody is held whom the agency does not have on record`(_ reference: String) async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let before = try await site.count("legal_hold")
            let page = try await dilys.submit(dilys.get("/retention/holds"), [
                "agency": World.harbour.column, "reference": reference, "kind": "other", "words": "Asked",
                "review-day": "1", "review-month": "2", "review-year": Self.nextYear,
            ], to: "/retention/holds")
            #expect(page.status == 422 && page.errors.count == 1)
            #expect(try await site.count("legal_hold") == before)
        }
    }

    @Test func `a manager refuses or waits with a reason, and then it is not proposed again before its day`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let page = try await sunita.get(Self.deletion(105))
            #expect(page.text.contains("A proposal for the tests"))
            let empty = try await sunita.submit(page, to: Self.deletion(105))
            #expect(empty.status == 422 && empty.errors.count == 2)
            let unsaid = try await sunita.submit(
                empty, ["decision": "postponed", "reason": "A child"], to: Self.deletion(105))
            #expect(unsaid.status == 422 && unsaid.errors.count == 1)
            let list = try await sunita.submit(unsaid, [
                "review-day": "1", "review-month": "2", "review-year": Self.nextYear,
            ], to: Self.deletion(105))
            #expect(list.heading == "Deletions" && list.text.contains("Postponed"))
            let refused = try await sunita.submit(
                sunita.get(Self.deletion(101)), ["decision": "refused", "reason": "<b>No</b>"], to: Self.deletion(101))
            #expect(refused.text.contains("Refused"))
            #expect(try await sunita.get(Self.deletion(101)).text.contains("<b>No</b>"))
            let events = try await site.auditLog().map(\.event)
            #expect(events.contains("deletion-postponed") && events.contains("deletion-refused"))
            #expect(events.contains("deletion-viewed"))
        }
    }

    @Test func `nobody decides on their own, and of two decisions the later is told`() async throws {
        try await TestSite.rolledBack { site in
            let (dilys, sunita) = (Browser(site, as: .dilys), Browser(site, as: .sunita))
            #expect(try await dilys.get(Self.deletion(105)).forms.allSatisfy { !$0.action.hasPrefix("/retention") })
            try await site.alter("""
                UPDATE app.retention_proposal SET proposed_by = \(World.Staff.sunita.account)
                WHERE id = \(World.id(.deletion, 105))
                """)
            let own = try await sunita.get(Self.deletion(105))
            #expect(own.text.contains("somebody else must decide"))
            #expect(own.forms.allSatisfy { !$0.action.hasPrefix("/retention") })
            var late = try await sunita.get(Self.deletion(101)).form(Self.deletion(101))
            _ = try await sunita.submit(
                sunita.get(Self.deletion(101)), ["decision": "refused", "reason": "First"], to: Self.deletion(101))
            #expect(late.fill(["decision": "agreed", "reason": "Second"]).isEmpty)
            let answer = try await sunita.submit(late)
            #expect(answer.status == 409 && answer.text.contains("First"))
        }
    }

    @Test func `an officer sees neither names nor what is about people whom they know`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let page = try await dilys.get(Self.deletion(101))
            #expect(!page.text.contains("Maya") && !page.text.contains("Dunmore"))
            try await site.alter("""
                INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, reason)
                VALUES (\(World.absent), \(World.north), \(World.Staff.dilys.account), \(World.maya), 'My sister')
                """)
            #expect(try await dilys.send(.get, Self.deletion(101)).status == 404)
            #expect(try await dilys.send(.get, Self.hold(101)).status == 404)
        }
    }

    @Test func `who is on record only because of somebody else stays as long as they do`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            func due() async throws -> [UUID] {
                _ = try await dilys.submit(dilys.get("/retention"), to: "/retention/look")
                return try await site.truth.transaction { db in
                    try db.all("SELECT subject_id FROM app.retention_due") { try $0["subject_id"] }
                }
            }
            try await site.expire(World.marcus)
            try await site.alter("DELETE FROM app.contact WHERE person_id = \(World.marcus)")
            #expect(try await !due().contains(World.marcus))
            try await site.alter(
                "DELETE FROM app.relationship WHERE \(World.marcus) IN (harmed_id, harming_id)",
                "DELETE FROM app.child_tie WHERE \(World.marcus) IN (child_id, adult_id)",
                "DELETE FROM app.household_member WHERE person_id = \(World.marcus)")
            #expect(try await due().contains(World.marcus))
        }
    }
}
