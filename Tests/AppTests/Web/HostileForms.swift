import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// A form of the site with answers that it accepts, for tests that put something else into its fields.
struct HostileForm: Sendable, CustomTestStringConvertible {
    let path: String
    let who: World.Staff
    let good: KeyValuePairs<String, String>
    /// Fields that take any words.
    let free: [String]
    /// Where those words are shown afterwards, besides the page that the form leads to.
    let shown: [String]
    /// Date inputs.
    let dates: [String]

    var testDescription: String { path }
    /// Only reads what is typed, and shows another form; or what the World has is refused whatever is typed.
    var changesNothing: Bool { path == "/contacts/email" || path.hasSuffix("/pack") || isWithoutItsFile }
    /// A file that comes in pieces belongs to it, and a form without one is refused: sending is `DataSendingTests`'.
    private var isWithoutItsFile: Bool { path.hasPrefix("/team/data/") && path.hasSuffix("/send") }
    /// Compares what is typed with what is protected, or reads a pack, and writes that down before it does: that stays,
    /// whatever fails afterwards.
    var looksFirst: Bool { path.hasSuffix("/release") || path.hasSuffix("/share") || path.hasPrefix("/packs/") }

    init(
        _ path: String, as who: World.Staff = .hana, _ good: KeyValuePairs<String, String>, free: [String] = [],
        shown: [String] = [], dates: [String] = []
    ) {
        (self.path, self.who, self.good, self.free, self.shown, self.dates) = (path, who, good, free, shown, dates)
    }

    private static let maya = "/people/\(World.maya.column)"
    private static let tomas = "/people/\(World.tomas.column)"
    private static let mayasCase = "/cases/\(World.mayasCase.column)"
    private static func search(_ number: Int) -> String {
        "/cases/\(World.id(.record, number).column)/housing/\(World.id(.openHousing, number).column)"
    }
    private static let stay = "/units/stays/\(World.id(.unitTime, 2).column)"
    private static let silent = "/contacts/\(World.id(.silentContact, 101).column)"
    private static let nextYear = String(London.day(of: .now).year + 1)
    private static let processing = ProcessingWords.texts.map { $0.name } + ["arrangement"]
    private static let laterYear = String(London.day(of: .now).year + 2)
    /// Day, month and year.
    private static let today = {
        let today = London.day(of: .now)
        return (String(today.day), String(today.month), String(today.year))
    }()
    /// About two months ahead.
    private static let soon = {
        let day = London.day(of: .now).adding(60)
        return (String(day.day), String(day.month), String(day.year))
    }()
    private static let service: KeyValuePairs = [
        "name": "Alder", "kind": "refuge", "provider": "charity", "area": World.upperVale.column, "takes": "women",
        "sons": "upTo", "oldest-son": "14", "staffing": "daytime",
    ]
    private static let unit: KeyValuePairs = [
        "bedspaces": "4", "bedrooms": "2", "adults": "1", "children": "3", "address": "1 Nowhere Street",
    ]
    private static let enquiry: KeyValuePairs = [
        "route": "police", "from": "outside", "adults": "1", "children": "2", "state": "refusedByService",
        "reasons": "size", "answered-day": today.0, "answered-month": today.1, "answered-year": today.2,
    ]
    private static let sanctuary: KeyValuePairs = [
        "wants": "yes", "there": "no", "tenure": "owner", "permission": "notNeeded", "urgency": "urgent", "access": "mon",
    ]
    /// Of one whose landlord has answered on a day.
    private static let changedSanctuary: KeyValuePairs = [
        "wants": "yes", "there": "no", "tenure": "social", "permission": "given", "urgency": "urgent", "access": "mon",
    ]
    private static let reciprocal: KeyValuePairs = [
        "receiving": World.id(.landlord, 1).column, "giving": World.id(.landlord, 2).column, "bedrooms": "2",
        "tenancy": "secure",
    ]
    private static let names = ["given-name", "family-name", "language"]

    /// Every form behind the sign-in page that takes more than a press.
    static let all = [
        HostileForm("/contacts/new", ["channel": "helpline", "reason": "Rang", "outcome": "adviceGiven"],
                    free: ["reason", "advice", "promised", "fallback"], dates: ["happened"]),
        HostileForm("\(silent)/people/new", ["given-name": "Wilhelmina"], free: names, shown: ["/contacts", "/"],
                    dates: ["birth"]),
        HostileForm("\(silent)/search", ["given-name": "Wilhelmina"], free: ["given-name", "family-name"],
                    dates: ["birth"]),
        HostileForm("/search", ["purpose": "newContact", "given-name": "Wilhelmina"],
                    free: ["given-name", "family-name"], dates: ["birth"]),
        HostileForm("\(maya)/edit", ["given-name": "Maya"], free: names,
                    shown: [mayasCase, "/cases?list=all", "/contacts", "\(maya)/edit"], dates: ["birth"]),
        HostileForm("\(maya)/safe-contact", [
            "asked": "yes", "number": "07700 900742", "channels": "telephone", "days": "2",
        ], free: ["code-word", "must-not-know", "cover-story", "note"], dates: ["holds-until"]),
        HostileForm("\(maya)/plan/adult", ["leaving": "By the back gate"], free: PlanSection.adult.map(\.field),
                    dates: ["review"]),
        HostileForm("\(maya)/plan/child", ["go": "The shed"], free: PlanSection.child.map(\.field), dates: ["review"]),
        HostileForm("\(maya)/harming/new", ["given-name": "Osgood", "connection": "relatives"], free: names,
                    dates: ["birth"]),
        HostileForm("\(maya)/harming/search", ["given-name": "Wilhelmina"], free: ["given-name", "family-name"],
                    dates: ["birth"]),
        HostileForm("\(maya)/harming/\(World.gregor.column)", ["connection": "relatives"]),
        HostileForm("\(maya)/children/\(World.tomas.column)", ["tie": "parent"]),
        HostileForm("\(maya)/same/search", ["given-name": "Wilhelmina"], free: ["given-name", "family-name"],
                    dates: ["birth"]),
        HostileForm("/team/working-time", as: .sunita, [
            "who": "\(World.Staff.imran.account.column) \(World.harbour.column)", "share": "0.6",
        ], dates: ["from"]),
        HostileForm("/team/letters/write", as: .sunita, [
            "title": "A new day", "addressee": "person", "body": "Dear [name]",
        ], free: ["title"], shown: ["/team/letters"]),
        // Said once of each two: that the words are shown as typed is `SamePersonTests`'.
        HostileForm("\(maya)/same/\(World.ines.column)", ["same": "yes", "words": "Rang from the same number"]),
        HostileForm("/people/\(World.olive.column)/same/\(World.priyanka.column)/answer", as: .ivy,
                    ["agree": "no", "reason": "Two people"]),
        HostileForm("/people/\(World.olive.column)/same/\(World.priyanka.column)/undo", ["words": "Too early"]),
        HostileForm("\(maya)/risk/new", [
            "area": World.northshire.column, "judgement": "high", "rationale": "He knows",
        ], free: ["rationale"]),
        HostileForm("\(maya)/risk/dara", ["judgement": "high", "rationale": "He knows"], free: ["rationale"]),
        HostileForm("\(maya)/risk/received", [
            "tool": "policeDash", "made-day": "1", "made-month": "2", "made-year": "2024", "assessor": "PC Wren",
            "grade": "high",
        ], free: ["note"], dates: ["made"]),
        HostileForm("\(maya)/incidents/new", [
            "happened-day": "1", "happened-month": "2", "happened-year": "2024", "reference": "NP/9", "told-by": "Police",
        ], dates: ["happened"]),
        HostileForm("\(maya)/events/new", [
            "kind": "release", "day-day": "1", "day-month": "2", "day-year": "2024", "words": "On tag",
        ], free: ["words"], shown: ["\(maya)/risk", "\(maya)/timeline"], dates: ["day"]),
        HostileForm("\(maya)/marac", ["decision": "notReferred", "because": "He is in prison"], free: ["because"],
                    shown: ["\(maya)/risk"]),
        HostileForm("/risk-tools/wording", as: .sunita, [
            "tool": "dara", "version": "3", "from-day": "1", "from-month": "2", "from-year": "2024",
            "lines": Array(repeating: "Asked so", count: 18).joined(separator: "\n"),
        ], dates: ["from", "until"]),
        HostileForm("\(maya)/cases/new", ["worker": "later"]),
        HostileForm("\(maya)/addresses/new", ["address": "1 Curlew Street", "protected": "yes"], free: ["address"]),
        HostileForm("\(mayasCase)/attempts/new", ["channel": "inPerson", "outcome": "noAnswer"],
                    free: ["note", "danger-reason"]),
        HostileForm("\(mayasCase)/notes/new", ["body": "Came by"], free: ["body"]),
        HostileForm("/notes/\(World.id(.note, 101).column)/edit", ["body": "Came by"], free: ["body"],
                    shown: [mayasCase]),
        HostileForm("\(mayasCase)/tasks/new", [
            "what": "Ring the school", "due-day": "3", "due-month": "4", "due-year": nextYear, "whose": "mine",
        ], free: ["what"], dates: ["due"]),
        // One of each kind on a case: that its words are shown as typed is `NeedTests`'.
        HostileForm("\(mayasCase)/support/needs/new", ["kind": "money"], dates: ["opened"]),
        HostileForm("\(mayasCase)/support/needs/\(World.id(.need, 101).column)", ["state": "met"],
                    free: ["goal", "note"], shown: ["\(mayasCase)/support", "\(maya)/timeline"], dates: ["since"]),
        HostileForm("\(mayasCase)/interventions/new", ["what": "oneToOne"], free: ["note"],
                    shown: ["\(mayasCase)/support", "\(maya)/timeline"], dates: ["happened"]),
        HostileForm("\(mayasCase)/orders/new", [
            "kind": "other", "applicant": "police", "made-day": "1", "made-month": "2", "made-year": "2024",
            "service": "served", "served-day": "1", "served-month": "2", "served-year": "2024", "lasts": "day",
            "until-day": "3", "until-month": "4", "until-year": nextYear, "conditions": "Not to come near",
        ], free: ["court", "conditions"], shown: ["\(mayasCase)/orders", "\(maya)/timeline"],
                    dates: ["made", "served", "from", "until"]),
        HostileForm("\(mayasCase)/orders/\(World.id(.order, 101).column)", ["service": "notKnown", "served-day": "",
            "served-month": "", "served-year": "", "conditions": "Not to ring",
        ], free: ["court", "conditions"], shown: ["\(mayasCase)/orders", "\(maya)/timeline"],
                    dates: ["made", "from"]),
        HostileForm("\(mayasCase)/orders/\(World.id(.order, 101).column)/breaches/new", [
            "happened-day": today.0, "happened-month": today.1, "happened-year": today.2, "what": "Rang at night",
            "report": "reported",
        ], free: ["what"], shown: ["\(mayasCase)/orders", "\(maya)/timeline"], dates: ["happened"]),
        HostileForm("\(mayasCase)/documents/\(World.id(.document, 101).column)/withdraw", ["because": "Not hers"]),
        HostileForm("\(mayasCase)/letters/new", [
            "template": "blank", "addressee": "professional", "to-whom": "The surgery", "body": "Dear all",
        ], free: ["to-whom", "body"], shown: ["\(mayasCase)/letters"]),
        HostileForm("\(mayasCase)/letters/\(World.id(.letter, 101).column)", ["body": "Dear Maya"], free: ["body"],
                    shown: ["\(mayasCase)/letters"]),
        // Said once, and left once: that its words are shown as typed is `LetterTests`'.
        HostileForm("\(mayasCase)/letters/\(World.id(.letter, 101).column)/release", ["way": "inPerson"]),
        HostileForm("\(mayasCase)/letters/\(World.id(.releasedLetter, 101).column)/outcome", ["outcome": "arrived"]),
        HostileForm("\(mayasCase)/shares/new", [
            "route": "other", "to": World.lighthouse.column, "parts": "summary", "basis": "safeguarding",
            "agreement": "notAsked", "because": "He is out", "purpose": "A plan", "necessity": "Nobody else can",
            "until-day": "3", "until-month": soon.1, "until-year": soon.2, "words": "He is out",
        ], free: ["because", "purpose", "necessity", "words"], shown: ["\(mayasCase)/shares"], dates: ["until"]),
        HostileForm("\(mayasCase)/shares/\(World.id(.disclosure, 101).column)/end", ["reason": "Told enough"]),
        HostileForm("/cases/\(World.inessCase.column)/shares/\(World.id(.disclosure, 111).column)/confirm", as: .ivy,
                    ["agree": "no", "reason": "Ask her"]),
        HostileForm("\(maya)/plan/\(World.id(.plan, 101).column)/share", [
            "to": World.lighthouse.column, "agreement": "notAsked", "because": "They house her", "purpose": "Safety",
            "until-day": "3", "until-month": soon.1, "until-year": soon.2,
        ], free: ["because", "purpose"], shown: ["\(mayasCase)/shares"], dates: ["until"]),
        HostileForm("\(mayasCase)/transfers/new", as: .sunita, [
            "kind": "agency", "to": World.lighthouse.column, "words": "He is out", "necessity": "She has moved",
            "agreement": "unable", "purpose": "A plan", "tail": "14",
        ]),
        HostileForm("\(mayasCase)/consents/new", [
            "to-name": "Her GP", "purpose": "Tablets", "given": "spoken", "until-day": "3", "until-month": soon.1,
            "until-year": soon.2,
        ], free: ["to-name", "purpose", "words"], shown: ["\(mayasCase)/shares"], dates: ["until"]),
        HostileForm("\(mayasCase)/consents/\(World.id(.consent, 101).column)/withdraw", ["because": "theirWish"]),
        HostileForm("\(tomas)/child/voice", [
            "words": "I like it here",
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], free: ["words", "heard"],
                    shown: ["\(tomas)/child"], dates: ["day"]),
        HostileForm("\(tomas)/child/harm", [
            "word": "saw", "words": "A broken cup",
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], free: ["words", "heard"],
                    shown: ["\(tomas)/child"], dates: ["day"]),
        HostileForm("\(tomas)/child/goal", [
            "word": "wanted", "words": "A dog",
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], free: ["words", "steps"],
                    shown: ["\(tomas)/child"], dates: ["day"]),
        HostileForm("\(maya)/child/setting", [
            "word": "school", "name": "A school", "protected": "yes",
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ],
                    dates: ["day"]),
        HostileForm("\(maya)/child/care", [
            "word": "earlyHelp",
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], dates: ["day"]),
        HostileForm("\(tomas)/child/contact", [
            "adult": World.dean.column, "word": "none", "basis": "agreement", "order": "none",
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], dates: ["day"]),
        HostileForm("\(maya)/child/worker", [
            "worker": World.Staff.imran.account.column,
            "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], dates: ["day"]),
        HostileForm("\(tomas)/child/entries/\(World.id(.care, 110).column)", ["word": "childInNeed"],
                    free: ["name", "reach", "note"], shown: ["\(tomas)/child"], dates: ["day"]),
        HostileForm("\(tomas)/child/entries/\(World.id(.contactWith, 110).column)", ["word": "indirect"],
                    free: ["note"], shown: ["\(tomas)/child"]),
        HostileForm("\(tomas)/child/entries/\(World.id(.setting, 110).column)", ["word": "college"]),
        // Taken once for each entry, and for each request: that the words are shown is `ChildRecordTests`'.
        HostileForm("\(tomas)/child/entries/\(World.id(.goal, 110).column)/withdraw", ["reason": "A mistake"]),
        HostileForm("/child-requests/new", [
            "asker": "parent", "asker-name": "A man", "about": "Tomas", "what": "Which school", "received-day": today.0,
            "received-month": today.1, "received-year": today.2,
        ], free: ["asker-name", "reply-to", "about", "what"], dates: ["received"]),
        HostileForm("/child-requests/\(World.id(.childRequest, 105).column)", as: .sunita, [
            "outcome": "refused", "entitled": "nobody", "child-view": "notAsked", "reason": "Not safe",
        ]),
        // Sought, held and answered once: what the words are shown as, PlacementFlowTests say.
        HostileForm("\(search(111))/units/\(World.id(.freeUnit, 2).column)", ["hours": "24", "although": "They agree"]),
        HostileForm("\(search(111))/elsewhere", ["whom": "A service"], free: ["whom", "reference"], dates: ["called"]),
        HostileForm("\(search(111))/end", ["outcome": "noContact"]),
        HostileForm("\(search(105))/offers/\(World.id(.offer, 105).column)", [
            "version": "1", "state": "placed", "moved-day": today.0, "moved-month": today.1, "moved-year": today.2,
        ], dates: ["moved"]),
        HostileForm("/units/asked/\(World.id(.offer, 105).column)", as: .sefa, [
            "version": "1", "state": "placed", "moved-day": today.0, "moved-month": today.1, "moved-year": today.2,
        ], dates: ["moved"]),
        HostileForm("\(mayasCase)/housing/new", ["women": "1"], dates: ["needed"]),
        HostileForm("/units/asked/\(World.id(.offer, 105).column)/told", as: .sefa, ["how": "voice"]),
        HostileForm("/units/enquiries/new", as: .sefa, enquiry, dates: ["asked", "answered"]),
        HostileForm("/units/enquiries/\(World.id(.enquiry, 2).column)", as: .sefa, enquiry, dates: ["asked", "answered"]),
        HostileForm("/units/services/new", as: .sefa, service, free: ["name", "landlord", "commissioner", "languages", "by-and-for"]),
        HostileForm("/units/services/\(World.id(.service, 2).column)/edit", as: .sefa, service,
                    free: ["name", "landlord", "commissioner", "languages", "by-and-for"],
                    shown: ["/units/services/\(World.id(.service, 2).column)"]),
        HostileForm("/units/services/\(World.id(.service, 2).column)/units/new", as: .sefa, unit),
        HostileForm("/units/\(World.id(.freeUnit, 2).column)/edit", as: .sefa, unit),
        HostileForm("/units/\(World.id(.freeUnit, 2).column)/next", as: .sefa, [
            "step": "repair", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], dates: ["day"]),
        HostileForm("\(stay)/plan", as: .sefa, [
            "plan-day": today.0, "plan-month": today.1, "plan-year": today.2, "wants": "socialTenancy",
        ], dates: ["plan", "expected", "review", "moves"]),
        HostileForm("\(stay)/support", as: .sefa, ["kinds": "advocacy", "member": "0"], dates: ["day"]),
        HostileForm(
            "\(stay)/support/\(World.id(.staySupport, 2).column)/take-back", as: .sefa, ["because": "twice"]),
        HostileForm("\(stay)/services", as: .sefa, ["member": "1", "gp": "inPlace"], dates: ["day"]),
        HostileForm("\(stay)/review", as: .sefa, [
            "decision": "goesOn", "next-day": soon.0, "next-month": soon.1, "next-year": soon.2,
        ], dates: ["day", "until", "next"]),
        HostileForm("\(stay)/transfer", as: .sefa, ["unit": World.id(.freeUnit, 2).column], dates: ["day"]),
        HostileForm("/units/stays/\(World.id(.pastStay, 2).column)/follow-up", as: .sefa, ["followed": "reached"],
                    dates: ["day"]),
        HostileForm("\(mayasCase)/housing/\(World.id(.housing, 101).column)/travel", [
            "how": "coach", "payer": "council", "booked": "no",
        ]),
        HostileForm("/team/homes/return", as: .sunita, ["looked": "yes"]),
        HostileForm("/figures/prepare", as: .brannoc, ["looked": "yes"]),
        HostileForm("/data/specifications/new", as: .brannoc, ["name": "Another"], free: ["name"],
                    shown: ["/data/specifications"], dates: ["from", "until"]),
        HostileForm("/data/new", as: .brannoc, [
            "title": "A call", "specification": "11111111-0000-4000-ac70-000000000001", "kind": "encoded",
            "from-day": "1", "from-month": "1", "from-year": "2020", "until-day": "31", "until-month": "12",
            "until-year": "2020", "due-day": soon.0, "due-month": soon.1, "due-year": soon.2, "keep-day": "1",
            "keep-month": "6", "keep-year": laterYear, "agencies": World.harbour.column,
        ], free: ["title", "words"], shown: ["/data"], dates: ["from", "until", "due", "keep"]),
        HostileForm("/team/data/\(World.id(.dataCall, 1).column)/send", as: .sunita, [:]),
        HostileForm("/landlords/new", as: .sefa, ["name": "Oak Homes", "kind": "registeredProvider", "here": "no"],
                    free: ["name"], shown: ["/landlords"]),
        HostileForm("/landlords/\(World.id(.landlord, 3).column)/edit", as: .sunita, [
            "name": "Oak Homes", "kind": "registeredProvider", "here": "no",
        ], free: ["name"], shown: ["/landlords"]),
        HostileForm("\(mayasCase)/reciprocals/new", reciprocal, free: ["excluded"],
                    dates: ["asked", "answer"]),
        HostileForm("/cases/\(World.id(.record, 105).column)/reciprocals/\(World.id(.reciprocal, 105).column)/edit", [
            "bedrooms": "2", "tenancy": "secure",
        ], free: ["excluded"], dates: ["asked", "answer"]),
        HostileForm("/cases/\(World.id(.record, 105).column)/reciprocals/\(World.id(.reciprocal, 105).column)/next", [
            "state": "refused", "because": "arrears", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], dates: ["day"]),
        HostileForm("/cases/\(World.inessCase.column)/sanctuary/new", sanctuary, dates: ["requested"]),
        HostileForm("\(mayasCase)/sanctuary/\(World.id(.sanctuary, 101).column)/edit", changedSanctuary, free: ["funder"],
                    dates: ["requested", "permission-on"]),
        HostileForm("\(mayasCase)/sanctuary/\(World.id(.sanctuary, 101).column)/items", ["locks-number": "3"]),
        HostileForm("\(mayasCase)/sanctuary/\(World.id(.sanctuary, 101).column)/next", [
            "step": "riskAssessed", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], free: ["who", "words"], dates: ["day"]),
        // One place on each programme: that its words are shown as typed is `PlaceTests`'.
        HostileForm("/programmes/new", ["kind": "counselling", "name": "Talks", "sessions": "6"], free: ["name"],
                    shown: ["/programmes"]),
        HostileForm("/programmes/\(World.id(.programme, 1).column)/edit", ["sessions": "9"], free: ["name"],
                    shown: ["/programmes"]),
        HostileForm("/programmes/\(World.id(.programme, 1).column)/groups/new", [
            "name": "Mondays", "places": "6", "starts-day": "1", "starts-month": "2", "starts-year": "2024",
        ], free: ["name"], shown: ["/programmes/\(World.id(.programme, 1).column)"], dates: ["starts"]),
        HostileForm("/groups/\(World.id(.group, 1).column)/edit", ["places": "6"], free: ["name"],
                    shown: ["/programmes/\(World.id(.programme, 1).column)"], dates: ["starts"]),
        HostileForm("/groups/\(World.id(.group, 1).column)/sessions/new", [
            "day-day": today.0, "day-month": today.1, "day-year": today.2, "time": "18:30",
        ], free: ["topic"], dates: ["day"]),
        HostileForm("/groups/\(World.id(.group, 1).column)/sessions/\(World.id(.groupSession, 1).column)",
                    ["topic": "Sleep"], free: ["topic"]),
        HostileForm("\(mayasCase)/places/new", [
            "programme": World.id(.oneToOne, 1).column, "source": "self", "referred-day": "1", "referred-month": "2",
            "referred-year": "2024",
        ], dates: ["referred"]),
        HostileForm("\(mayasCase)/places/\(World.id(.place, 101).column)/next", [
            "step": "riskCheck", "reasons": "safeToWait", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], free: ["words"], dates: ["day"]),
        HostileForm("\(mayasCase)/places/\(World.id(.place, 101).column)/sessions/new", [
            "day-day": "1", "day-month": "10", "day-year": today.2, "time": "9am", "was": "notRecorded",
        ], free: ["topic", "words"], dates: ["day"]),
        HostileForm("\(mayasCase)/places/\(World.id(.place, 101).column)/sessions/\(World.id(.ownSession, 101).column)",
                    ["was": "late"], free: ["words"]),
        HostileForm("/cases/\(World.marcussCase.column)/places/\(World.id(.place, 401).column)/notices/new", as: .piers, [
            "kind": "threats", "day-day": today.0, "day-month": today.1, "day-year": today.2,
        ], free: ["words"], dates: ["day"]),
        HostileForm("/cases/\(World.marcussCase.column)/matac/new", as: .piers, [
            "months": "12", "last-day": today.0, "last-month": today.1, "last-year": today.2, "incidents": "2",
            "gravity": "injury", "victims": "1", "standing": "notSelected",
        ], free: ["words"], dates: ["last"]),
        HostileForm("/across/\(World.id(.across, 101).column)", [
            "case": "elsewhere", "elsewhere": "Shelter", "worker": World.Staff.imran.account.column,
        ], free: ["elsewhere"]),
        HostileForm("/team/supervision/\(World.Staff.imran.account.column)", as: .sunita, [
            "held-day": today.0, "held-month": today.1, "held-year": today.2,
        ], dates: ["held"]),
        HostileForm("/team/supervision/\(World.Staff.imran.account.column)/\(World.id(.supervision, 2).column)", as: .sunita, ["mistake": "Another day"],
                    free: ["mistake"], dates: ["held"]),
        // One of each supervision on a case: that its words are shown as typed is `SupervisionTests`'.
        HostileForm("/team/supervision/\(World.Staff.imran.account.column)/\(World.id(.supervision, 2).column)/\(World.mayasCase.column)", as: .sunita, [
            "decision": "Go to court with her", "task": "Ring the court", "due-day": "3", "due-month": "4",
            "due-year": nextYear,
        ], dates: ["due"]),
        // Ended once, and an instruction refuses what looks like a name or a number: `AcrossTests` say how.
        HostileForm("/cases/\(World.wandasCase.column)/across/\(World.id(.support, 204).column)", as: .lucia, [
            "instruction": "doNotRing", "words": "Not at night", "agreed": "yes",
        ]),
        HostileForm("/cases/\(World.wandasCase.column)/across/\(World.id(.support, 204).column)/end", as: .lucia,
                    ["reason": "Moved away"]),
        HostileForm("/emergency", ["agency": World.lighthouse.column, "reference": "W-204", "reason": "At the door"],
                    free: ["reason"]),
        HostileForm("/emergency/reviews/\(World.id(.emergency, 203).column)", as: .lowri,
                    ["outcome": "justified", "words": "Asked"]),
        HostileForm("\(mayasCase)/rights/new", [
            "step": "listed", "due-day": "3", "due-month": "4", "due-year": nextYear, "who": "A court",
        ], free: ["who", "words"], shown: ["\(mayasCase)/rights", "\(maya)/timeline"], dates: ["happened", "due"]),
        HostileForm("\(mayasCase)/rights/\(World.id(.matter, 101).column)", [
            "step": "listed", "due-day": "3", "due-month": "4", "due-year": nextYear,
        ], free: ["who", "words"], shown: ["\(mayasCase)/rights", "\(maya)/timeline"], dates: ["happened", "due"]),
        HostileForm("\(mayasCase)/rights/\(World.id(.matter, 101).column)/withdraw", ["because": "A mistake"]),
        HostileForm("\(mayasCase)/referrals/new", [
            "kind": "childSafeguarding", "to-name": "Children", "basis": "safeguarding", "reason": "Rang",
        ], free: ["to-name", "reason", "children", "safe-contact"]),
        HostileForm("\(mayasCase)/outcomes/review", ["physical_severity": "high"], free: ["own-words", "note"],
                    shown: ["\(mayasCase)/outcomes", "\(maya)/timeline"], dates: ["taken"]),
        // One exit, and withdrawn once: that their words are shown as typed is `OutcomeTests`'.
        HostileForm("\(mayasCase)/outcomes/exit", ["civil_outcome": "granted"], dates: ["taken"]),
        HostileForm("\(mayasCase)/outcomes/\(World.id(.outcome, 101).column)/withdraw", ["because": "A mistake"]),
        HostileForm("\(mayasCase)/marac/new", [
            "repeat": "yes", "told": "agreed", "basis": "consent", "reason": "He knows",
        ], free: ["reason", "wants"], shown: ["\(maya)/timeline"], dates: ["meets"]),
        HostileForm("\(mayasCase)/marac/\(World.id(.marac, 101).column)/withdraw", ["because": "A mistake"]),
        // Taken once for each case: that its words are shown as typed is `ClosingTests`'.
        HostileForm("\(mayasCase)/close", ["reason": "planned", "summary": "All done"]),
        HostileForm("\(mayasCase)/allocate", ["worker": World.Staff.imran.account.column]),
        HostileForm("/referrals/new", as: .rhian, ["kind": "support", "reason": "Called to the house"],
                    free: ["given-name", "family-name", "safe-contact", "harming", "children", "reason"],
                    shown: ["/referrals"]),
        HostileForm("\(silent)/edit", ["channel": "helpline", "reason": "Rang", "outcome": "adviceGiven"],
                    free: ["reason", "advice", "promised", "fallback"]),
        HostileForm("/contacts/email", ["email-text": "From: somebody\n\nHello"]),
        HostileForm("/shift/handover", ["note": "Quiet"], free: ["note"]),
        HostileForm("\(silent)/referrals/new", ["kind": "housing", "to-name": "Shelter", "basis": "consent", "reason": "Rang"],
                    free: ["to-name", "reason", "children", "safe-contact"]),
        HostileForm("/account/interests", ["about": "other", "given-name": "Wilhelmina", "how": "A cousin"],
                    free: ["given-name", "family-name", "how"], dates: ["birth"]),
        // It is decided once: what the reason is shown as, MatchReviewTests say.
        HostileForm("/interests/\(World.id(.match, 201).column)", as: .dilys, ["decision": "notSame", "reason": "Asked"]),
        HostileForm("/report-a-breach", ["what": "A letter to the wrong house", "noticed-time": "0:00"], free: ["what"],
                    dates: ["noticed"]),
        HostileForm("/register/requests/new", [
            "kind": "rectification", "who": "She", "words": "The date is wrong", "reach": "By her worker",
            "received-day": today.0, "received-month": today.1, "received-year": today.2,
        ], free: ["who", "words", "reach", "capacity"], dates: ["received", "answer"]),
        // Nobody has made sure yet who asks: it is refused, and what was typed is kept.
        HostileForm("/register/matters/\(World.id(.dataMatter, 402).column)/pack", as: .dilys, ["reference": "W-401"]),
        HostileForm("/packs/\(World.id(.pack, 101).column)/items/\(World.id(.piece, 101).column)", as: .dilys, [
            "decision": "leaveOut", "ground": "thirdParty", "reason": "About his mother", "address": "no",
        ]),
        HostileForm("/packs/\(World.id(.pack, 105).column)/next", as: .dilys, [:]),
        HostileForm("/packs/\(World.id(.pack, 401).column)/next", as: .dilys, ["reason": "To the wrong person"]),
        HostileForm("/packs/\(World.id(.pack, 201).column)/sign", as: .lowri, ["signs": "no", "reason": "Too much"]),
        // A breach: what is done of it first is to assess it, as often as need be.
        HostileForm("/register/matters/\(World.id(.dataMatter, 301).column)/next", as: .dilys, [
            "happened-time": "0:00", "categories": "names", "many": "few", "danger": "unlikely", "words": "None",
        ], free: ["words"], dates: ["happened"]),
        HostileForm("/register/processing/change", as: .dilys, ["control": "each", "arrangement": "A paper"],
                    free: processing,
                    shown: ["/register/processing/entry?type=contacts"], dates: ["arranged", "valid"]),
        HostileForm("/register/assessments/new", as: .dilys, [
            "title": "Sharing", "covers": "cases", "dangers": "Told too much", "measures": "A second person",
            "outcome": "low", "signed-by": "The director", "signed-day": today.0, "signed-month": today.1,
            "signed-year": today.2, "review-day": "1", "review-month": "2", "review-year": laterYear,
        ], free: ["title", "dangers", "measures", "signed-by"], shown: ["/register/assessments"],
                    dates: ["consulted", "signed", "review"]),
        HostileForm("/register/assessments/\(World.id(.impact, 1).column)/change", as: .dilys, [
            "signed-day": today.0, "signed-month": today.1, "signed-year": today.2, "review-day": "1",
            "review-month": "2", "review-year": laterYear,
        ], free: ["title", "dangers", "measures", "signed-by"],
                    shown: ["/register/assessments/\(World.id(.impact, 1).column)"], dates: ["consulted", "signed", "review"]),
        HostileForm("/register/notices/change", as: .dilys, ["plain-words": "yes"], free: ["body"],
                    shown: ["/register/notices/change", "/register/notices/entry"], dates: ["valid"]),
        HostileForm("/retention/schedule", as: .dilys, [
            "kind": "adult", "years": "8", "from-day": "3", "from-month": "4", "from-year": nextYear, "reason": "Policy",
        ], free: ["reason"], dates: ["from"]),
        HostileForm("/retention/holds", as: .dilys, [
            "agency": World.harbour.column, "reference": World.maya.column, "kind": "police", "words": "Asked",
            "review-day": "3", "review-month": "4", "review-year": nextYear,
        ], free: ["words"], dates: ["review"]),
        // Lifted, proposed and decided once: what the words are shown as, RetentionPageTests say.
        HostileForm("/retention/holds/\(World.id(.hold, 105).column)", as: .dilys, ["reason": "Over"]),
        HostileForm("/retention/due/\(World.id(.due, 107).column)", as: .dilys, ["reason": "Time"]),
        HostileForm("/retention/proposals/\(World.id(.deletion, 105).column)", as: .sunita, [
            "decision": "postponed", "reason": "A child", "review-day": "3", "review-month": "4",
            "review-year": nextYear,
        ], dates: ["review"]),
        HostileForm("/accounts/new", as: .adaeze, [
            "name": "Wren Ashdown", "email": "wren@harbour.example", "agency": World.harbour.column, "role": "idva",
        ], dates: ["starts", "ends"]),
        HostileForm("/accounts/\(World.Staff.hana.account.column)/roles", as: .adaeze, [
            "agency": World.lighthouse.column, "role": "idva",
        ], dates: ["starts", "ends"]),
        HostileForm("/accounts/\(World.Staff.hana.account.column)/roles/\(World.id(.role, 1).column)/end", as: .adaeze,
                    [:], dates: ["last"]),
    ]

    /// What nobody types by mistake.
    static let payloads = [
        "", "   ", "\u{200B}", "x", String(repeating: "long ", count: 1_200), String(repeating: "x", count: 30_000),
        String(repeating: "👩‍👩‍👧‍👦", count: 600), "😀 مرحبا \u{202E}drawkcab\u{202C}",
        "Z̷̢͇̈a̴̡l̵g̶o̷ 𝕳𝖊𝖑𝖑𝖔 \u{FEFF}\u{FFFD}",
        "<script>alert('x')</script>", "\"><img src=x onerror=alert(1)>", "</textarea></title><svg onload=alert(1)>",
        "javascript:alert(1)", "'; DROP TABLE app.person; --", "' OR '1'='1", "\\'; SELECT pg_sleep(9); --",
        "{{7*7}} ${7*7} %s%n", "=cmd|' /C calc'!A0", "one\r\ntwo\nthree\u{2028}four\u{0001}\u{0008}\u{007F}",
        "&lt;b&gt; &amp;amp;",
    ]

    /// Half of them for one form, the other half for the next: each is typed into dozens of forms. All, in the long run.
    var payloads: [String] {
        if ProcessInfo.processInfo.environment["TEST_LONG"]?.isEmpty == false { return Self.payloads }
        let start = (Self.all.firstIndex { $0.path == path } ?? 0) % 2
        return stride(from: start, to: Self.payloads.count, by: 2).map { Self.payloads[$0] }
    }

    /// Those that every free field takes.
    static let storable = [
        "😀 مرحبا \u{202E}abc\u{202C} Łaska", "<script>alert('x')</script>", "\"><img src=x onerror=alert(1)>",
        "</textarea></title><svg onload=alert(1)>", "'; DROP TABLE app.person; --", "{{7*7}} ${7*7} %s%n",
        "&lt;b&gt; &amp;amp;",
    ]

    /// Days that are none, as day, month and year.
    static let nonDates = [
        ["31", "2", "2026"], ["29", "2", "2025"], ["0", "0", "0"], ["-1", "1", "2020"], ["1", "13", "2020"],
        ["1", "1", "99999"], ["1", "1", "20"], ["x", "y", "z"], ["1", "", "2020"], ["", "", "2020"], ["１", "２", "２０２０"],
        ["99999999999999999999", "1", "2020"], ["1", "Ma", "2020"], ["1/2", "3", "2020"], ["<b>", "😀", "'--"],
    ]
}
