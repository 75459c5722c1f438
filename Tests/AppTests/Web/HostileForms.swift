import Foundation
import Postgres
import Testing
@testable import App

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
    /// Only reads what is typed, and shows another form.
    var changesNothing: Bool { path == "/contacts/email" }

    init(
        _ path: String, as who: World.Staff = .hana, _ good: KeyValuePairs<String, String>, free: [String] = [],
        shown: [String] = [], dates: [String] = []
    ) {
        (self.path, self.who, self.good, self.free, self.shown, self.dates) = (path, who, good, free, shown, dates)
    }

    private static let maya = "/people/\(World.maya.column)"
    private static let mayasCase = "/cases/\(World.mayasCase.column)"
    private static let silent = "/contacts/\(World.id(.silentContact, 101).column)"
    private static let nextYear = String(London.day(of: .now).year + 1)
    /// Day, month and year.
    private static let today = {
        let today = London.day(of: .now)
        return (String(today.day), String(today.month), String(today.year))
    }()
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
