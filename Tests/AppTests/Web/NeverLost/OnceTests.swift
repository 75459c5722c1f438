import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A form that is sent twice makes one record", .needsClone)
struct OnceTests {
    private static let maya = "/people/\(World.maya.column)"
    private static let mayasCase = "/cases/\(World.mayasCase.column)"

    /// A search that goes on.
    private static let search
        = "/cases/\(World.id(.record, 111).column)/housing/\(World.id(.openHousing, 111).column)"
    /// Day, month and year.
    private static let today = {
        let today = London.day(of: .now)
        return (String(today.day), String(today.month), String(today.year))
    }()

    private static let soon = {
        let day = London.day(of: .now).adding(60)
        return (String(day.day), String(day.month), String(day.year))
    }()

    private static let later = {
        let day = London.day(of: .now).adding(200)
        return (String(day.day), String(day.month), String(day.year))
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
        ("\(mayasCase)/letters/new", [
            "template": "blank", "addressee": "person", "body": "Dear Maya",
        ], "letter"),
        ("/team/letters/write", ["title": "A new day", "addressee": "person", "body": "Dear [name]"], "letter_wording"),
        ("\(mayasCase)/shares/new?route=mash", [
            "to": World.lighthouse.column, "agreement": "notAsked", "because": "The child was there",
        ], "disclosure"),
        ("\(maya)/plan/\(World.id(.plan, 101).column)/share", [
            "to": World.lighthouse.column, "agreement": "notAsked", "because": "They house her",
        ], "disclosure"),
        ("\(mayasCase)/transfers/new", [
            "kind": "stepDown", "colleague": World.Staff.sunita.account.column, "words": "Ring the school",
            "necessity": "The risk is lower",
        ], "case_transfer"),
        ("\(mayasCase)/consents/new", [
            "to-name": "Her GP", "purpose": "Tablets", "given": "spoken", "until-day": soon.0, "until-month": soon.1,
            "until-year": soon.2,
        ], "consent"),
        ("/programmes/new", ["kind": "counselling", "name": "Talks", "sessions": "6"], "programme"),
        ("/programmes/\(World.id(.programme, 1).column)/groups/new", [
            "name": "Mondays", "places": "6", "starts-day": "1", "starts-month": "2", "starts-year": "2024",
        ], "programme_group"),
        ("/groups/\(World.id(.group, 1).column)/sessions/new", [
            "day-day": today.0, "day-month": today.1, "day-year": today.2, "time": "18:30",
        ], "programme_session"),
        ("\(mayasCase)/places/new", [
            "programme": World.id(.oneToOne, 1).column, "source": "self", "referred-day": "1", "referred-month": "2",
            "referred-year": "2024",
        ], "programme_place"),
        ("\(mayasCase)/places/\(World.id(.place, 101).column)/next", [
            "step": "suitable", "reasons": "motivated", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], "place_step"),
        ("\(mayasCase)/places/\(World.id(.place, 101).column)/sessions/new", [
            "day-day": today.0, "day-month": today.1, "day-year": today.2, "time": "0:00", "was": "notRecorded",
        ], "session_attendance"),
        ("\(mayasCase)/places/\(World.id(.place, 101).column)/sessions/\(World.id(.ownSession, 101).column)",
         ["was": "late"], "session_attendance"),
        ("/across/\(World.id(.across, 101).column)", [
            "case": "elsewhere", "elsewhere": "Shelter", "worker": World.Staff.imran.account.column,
        ], "integrated_support"),
        ("/emergency", ["agency": World.lighthouse.column, "reference": "W-204", "reason": "At the door"],
         "emergency_access"),
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
        ("/people/\(World.tomas.column)/child/voice", [
            "words": "I like it here", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], "child_entry"),
        ("\(maya)/child/care", [
            "word": "earlyHelp", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], "child_entry"),
        ("/people/\(World.tomas.column)/child/entries/\(World.id(.goal, 110).column)", ["word": "started"], "child_entry"),
        ("/child-requests/new", [
            "asker": "parent", "asker-name": "A man", "about": "Tomas", "what": "Which school",
            "received-day": today.0, "received-month": today.1, "received-year": today.2,
        ], "child_request"),
        ("\(maya)/same/\(World.ines.column)", ["same": "yes", "words": "Rang from the same number"], "same_person"),
        ("/report-a-breach", ["what": "A letter to the wrong house", "noticed-time": "0:00"], "data_matter"),
        ("/register/requests/new", [
            "kind": "erasure", "who": "She", "words": "All of it", "reach": "By her worker", "received-day": today.0,
            "received-month": today.1, "received-year": today.2,
        ], "data_matter"),
        ("\(mayasCase)/housing/new", ["women": "1", "age-1": "15", "sex-1": "boy"], "housing_request"),
        ("/cases/\(World.inessCase.column)/sanctuary/new", [
            "wants": "yes", "there": "no", "tenure": "owner", "permission": "notNeeded", "urgency": "standard",
        ], "sanctuary"),
        ("\(mayasCase)/sanctuary/\(World.id(.sanctuary, 101).column)/next", [
            "step": "installed", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], "sanctuary_step"),
        ("/units/services/new", [
            "name": "Alder", "kind": "refuge", "provider": "charity", "area": World.upperVale.column, "takes": "women",
            "sons": "anyAge", "staffing": "daytime",
        ], "accommodation_service"),
        ("/units/services/\(World.id(.service, 2).column)/units/new", [
            "bedspaces": "4", "bedrooms": "2", "adults": "1", "children": "3", "address": "1 Nowhere Street",
        ], "housing_unit"),
        ("/units/\(World.id(.freeUnit, 2).column)/next", [
            "step": "movedIn", "day-day": today.0, "day-month": today.1, "day-year": today.2, "came-adults": "1",
            "came-by": "police",
        ], "unit_stay"),
        ("/units/enquiries/new", ["route": "police", "from": "outside", "state": "asked"], "housing_enquiry"),
        ("/units/asked/\(World.id(.offer, 105).column)/told", ["how": "met"], "address_told"),
        ("/units/stays/\(World.id(.unitTime, 2).column)/support", ["kinds": "advocacy", "member": "0"], "stay_support"),
        ("/units/stays/\(World.id(.unitTime, 2).column)/services", ["member": "1", "gp": "inPlace"], "stay_service"),
        ("/units/stays/\(World.id(.unitTime, 2).column)/review", [
            "decision": "goesOn", "next-day": soon.0, "next-month": soon.1, "next-year": soon.2,
        ], "stay_review"),
        ("/units/stays/\(World.id(.unitTime, 2).column)/transfer", ["unit": World.id(.freeUnit, 2).column], "unit_stay"),
        ("\(search)/units/\(World.id(.freeUnit, 2).column)", ["hours": "24", "although": "They agree"], "housing_offer"),
        ("\(search)/elsewhere", ["whom": "A service elsewhere"], "housing_offer"),
        ("\(mayasCase)/reciprocals/new", [
            "receiving": World.id(.landlord, 1).column, "giving": World.id(.landlord, 2).column, "bedrooms": "2",
            "tenancy": "secure",
        ], "reciprocal"),
        ("/landlords/new", ["name": "Oak Homes", "kind": "registeredProvider", "here": "no"], "landlord"),
        ("/team/homes/return", ["looked": "yes"], "figure_return"),
        ("/figures/prepare", ["looked": "yes"], "figure_release"),
        ("/data/specifications/new", ["name": "Another"], "data_specification"),
        ("/data/new", [
            "title": "A call", "specification": "11111111-0000-4000-ac70-000000000001", "from-day": "1", "from-month": "1",
            "from-year": "2020", "until-day": "31", "until-month": "12", "until-year": "2020", "due-day": soon.0,
            "due-month": soon.1, "due-year": soon.2, "keep-day": later.0, "keep-month": later.1, "keep-year": later.2,
            "agencies": World.harbour.column,
        ], "data_call"),
    ]

    private static func worker(of path: String) -> World.Staff {
        let others: [(String, World.Staff)] = [
            ("/units", .sefa), ("/landlords", .sefa), ("/team/homes", .sunita), ("/team/letters", .sunita),
            ("/figures", .brannoc), ("/data", .brannoc),
        ]
        return others.first { path.hasPrefix($0.0) }?.1 ?? .hana
    }

    @Test(arguments: creations.indices)
    func `a second press leads to the same record`(_ index: Int) async throws {
        let (path, answers, table) = Self.creations[index]
        try await TestSite.rolledBack { site in
            let worker = Browser(site, as: Self.worker(of: path))
            var form = try await worker.get(path).form()
            #expect(form.fill(answers).isEmpty)
            let before = try await site.count(table)
            let first = try await worker.post(form)
            #expect(first.status == 303)
            let audited = try await site.count("audit_event")
            let second = try await worker.post(form)
            #expect(second.status == 303)
            #expect(second.location == first.location)
            #expect(try await site.count(table) == before + 1)
            #expect(try await site.count("audit_event") == audited)
        }
    }

    @Test(arguments: [0, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21, 22, 23, 24, 25])
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
