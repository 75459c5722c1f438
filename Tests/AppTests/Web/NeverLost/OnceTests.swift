import Foundation
import Postgres
import Testing
@testable import App

@Suite("A form that is sent twice makes one record", .needsClone)
struct OnceTests {
    private static let maya = "/people/\(World.maya.column)"
    private static let mayasCase = "/cases/\(World.mayasCase.column)"

    /// Day, month and year.
    private static let today = {
        let today = London.day(of: .now)
        return (String(today.day), String(today.month), String(today.year))
    }()

    /// Forms that create something, with answers that are accepted, and the table in which it appears.
    private static let creations: [(path: String, answers: KeyValuePairs<String, String>, table: String)] = [
        ("/contacts/new", ["channel": "helpline", "reason": "Rang", "outcome": "adviceGiven"], "contact"),
        ("/contacts/\(World.id(.silentContact, 101).column)/people/new", ["given-name": "Wilhelmina"], "person"),
        ("\(maya)/safe-contact", ["asked": "notYetAsked", "number": "07700 900742"], "safe_contact"),
        ("\(maya)/harming/new", ["given-name": "Osgood", "connection": "relatives"], "relationship"),
        ("\(maya)/risk/new",
         ["area": World.northshire.column, "judgement": "follows"], "risk_assessment"),
        ("\(maya)/cases/new", ["worker": "later"], "case_record"),
        ("\(mayasCase)/attempts/new", ["channel": "inPerson", "outcome": "noAnswer"], "contact_attempt"),
        ("\(mayasCase)/notes/new", ["body": "Came by"], "case_note"),
        ("\(mayasCase)/close", ["reason": "planned", "summary": "All done"], "case_closing"),
        ("\(maya)/plan/adult", ["home": "Chain on"], "safety_plan"),
        ("\(maya)/plan/child", ["go": "The shed"], "safety_plan"),
        ("\(mayasCase)/support/needs/new", ["kind": "money"], "need"),
        ("\(mayasCase)/support/needs/\(World.id(.need, 101).column)", ["state": "met"], "need_change"),
        ("\(mayasCase)/interventions/new", ["what": "oneToOne"], "intervention"),
        ("\(maya)/events/new", [
            "kind": "release", "day-day": "1", "day-month": "2", "day-year": "2024",
        ], "risk_event"),
        ("\(mayasCase)/orders/new", [
            "kind": "dapo", "applicant": "police", "made-day": "1", "made-month": "2", "made-year": "2024",
            "service": "notServed", "lasts": "furtherOrder",
        ], "legal_order"),
        ("\(mayasCase)/orders/\(World.id(.order, 101).column)", ["court": "Another"], "legal_order_change"),
        ("\(mayasCase)/orders/\(World.id(.order, 101).column)/breaches/new", [
            "happened-day": today.0, "happened-month": today.1, "happened-year": today.2, "what": "Rang at night",
            "report": "reported",
        ], "order_breach"),
        ("\(mayasCase)/rights/new", [
            "step": "attended", "who": "A court",
        ], "legal_matter"),
        ("\(mayasCase)/rights/\(World.id(.matter, 101).column)", [
            "step": "attended", "due-day": "", "due-month": "", "due-year": "",
        ], "matter_entry"),
        ("\(mayasCase)/referrals/new", [
            "kind": "adultSafeguarding", "to-name": "Adults", "basis": "safeguarding", "reason": "Rang",
        ], "referral"),
        ("\(mayasCase)/outcomes/review", ["physical_severity": "high"], "outcome_set"),
        ("\(mayasCase)/outcomes/exit", ["physical_severity": "none"], "outcome_set"),
        ("\(mayasCase)/marac/new", [
            "repeat": "yes", "told": "agreed", "basis": "consent", "reason": "He knows",
        ], "marac_referral"),
        ("/account/interests", ["about": "other", "given-name": "Wilhelmina", "how": "A cousin"], "interest"),
    ]

    @Test(arguments: creations.indices)
    func `a second press leads to the same record`(_ index: Int) async throws {
        let (path, answers, table) = Self.creations[index]
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            var form = try await hana.get(path).form()
            #expect(form.fill(answers).isEmpty)
            let before = try await site.count(table)
            let first = try await hana.post(form)
            #expect(first.status == 303)
            let audited = try await site.count("audit_event")
            let second = try await hana.post(form)
            #expect(second.status == 303)
            #expect(second.location == first.location)
            #expect(try await site.count(table) == before + 1)
            #expect(try await site.count("audit_event") == audited)
        }
    }

    @Test(arguments: [0, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17])
    func `pressed eight times at once it makes one record and leads to it eight times`(_ index: Int) async throws {
        let (path, answers, table) = Self.creations[index]
        try await TestSite.committed { site in
            let hana = Browser(site, as: .hana)
            var form = try await hana.get(path).form()
            #expect(form.fill(answers).isEmpty)
            let before = try await site.count(table)
            let sent = form
            let locations = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<8 { group.addTask { try await hana.post(sent).location } }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(locations.count == 1)
            #expect(try await site.count(table) == before + 1)
        }
    }

    @Test func `a refused form has the same key when it is sent again, the next empty form another`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let first = try await hana.get("/contacts/new")
            let refused = try await hana.submit(first, ["reason": "Rang"])
            #expect(try refused.form()["submission"] == first.form()["submission"])
            #expect(try await hana.get("/contacts/new").form()["submission"] != first.form()["submission"])
        }
    }

    @Test func `the key of one person is nothing to another`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, imran) = (Browser(site, as: .hana), Browser(site, as: .imran))
            var form = try await hana.get("/contacts/new").form()
            _ = form.fill(Self.creations[0].answers)
            let first = try await hana.post(form)
            form.forge("csrf", "csrf-imran")
            let second = try await imran.post(form)
            #expect(second.status == 303)
            #expect(second.location != first.location)
        }
    }

    @Test(arguments: ["", "x", "00000000-0000-0000-0000-00000000000", "' OR 1=1 --"])
    func `a form without its key is none of ours`(_ key: String) async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            var form = try await hana.get("/contacts/new").form()
            _ = form.fill(Self.creations[0].answers)
            form.forge("submission", key)
            let before = try await site.count("contact")
            #expect(try await hana.post(form).status == 400)
            #expect(try await site.count("contact") == before)
        }
    }
}
