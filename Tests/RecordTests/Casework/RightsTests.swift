import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's. The World gave it a hearing of the family court, adjourned, and a matter that was withdrawn.
@Suite("Court, rights and safeguarding of a case", .needsClone)
struct RightsTests {
    private let list = "/cases/\(World.mayasCase.column)/rights"
    private let hearing = "/cases/\(World.mayasCase.column)/rights/\(World.id(.matter, 101).column)"

    private func form(_ browser: Browser, _ kind: MatterKind, _ answers: [String: String]) async throws -> PageForm {
        var form = try await browser.get("\(list)/new?kind=\(kind.rawValue)").form("\(list)/new")
        for (name, value) in answers { form.forge(name, value) }
        return form
    }

    private func due(_ site: TestSite) async throws -> [Day] {
        try await site.truth.transaction { db in
            try db.all("""
                SELECT (due_at AT TIME ZONE 'Europe/London')::date AS due FROM app.task
                WHERE case_id = \(World.mayasCase) AND kind = 'matter' AND done_at IS NULL ORDER BY due_at
                """) { try $0["due"] }
        }
    }

    @Test func `disclosure has its two clocks, each step keeps the one before, and the task follows the nearest`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let words = "Not by letter'; DROP TABLE app.legal_matter; -- <b>her</b>"
            let saved = try await imran.submit(form(imran, .disclosure, ["step": "asked", "words": words]))
            #expect(saved.path == list && saved.text.contains(words))
            #expect(saved.text.contains("First check: \(today.adding(1))") && saved.text.contains("Disclosure: \(today.adding(28))"))
            #expect(try await due(site) == [today.adding(1)])
            let ways = saved.markup.all("a").compactMap { $0["href"] }
            let mine = try #require(ways.first { $0.hasPrefix(list + "/") && !$0.hasSuffix("withdraw") && $0 != hearing
                && !$0.contains("new") })
            let moved = try await imran.submit(imran.get(mine), ["step": "checked"])
            #expect(moved.text.contains("1 earlier entry") && moved.text.contains("Disclosure: \(today.adding(28))"))
            #expect(!moved.text.contains("First check: \(today.adding(1))"))
            #expect(try await due(site) == [today.adding(28)])
            let page = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(page.text.contains("Disclosure by the police (DVDS): First check done by: \(today.adding(28))"))
            #expect(page.text.contains("Matter of law or rights moved on") && !page.text.contains("Not by letter"))
            let told = try await imran.submit(imran.get(mine), ["step": "disclosed"])
            #expect(told.text.contains("Over or withdrawn (2)"))
            #expect(try await due(site) == [])
            let timeline = try await imran.get("/people/\(World.maya.column)/timeline?kind=orders")
            #expect(timeline.text.contains("Disclosure by the police (DVDS)") && timeline.text.contains(words))
            let log = try await site.auditLog().map(\.event)
            #expect(log.contains("matters-viewed") && log.count { $0 == "matter-changed" } == 2)
        }
    }

    @Test func `a hearing about the children and a release on a day propose a review of the risk; a homelessness duty lasts 56 days`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let soon = today.adding(20)
            var typed = ["step": "expected", "who": "A prison", "iom": "iomYes"]
            (typed["due-day"], typed["due-month"], typed["due-year"]) = ("\(soon.day)", "\(soon.month)", "\(soon.year)")
            let saved = try await imran.submit(form(imran, .release, typed))
            #expect(saved.text.contains("Expected on a day: \(soon)") && saved.text.contains("Integrated offender management (IOM) Yes")
                || saved.text.contains("(IOM)Yes"))
            typed["step"] = "listed"
            typed["hearing"] = "family"
            typed["iom"] = nil
            _ = try await imran.submit(form(imran, .hearing, typed))
            let proposed = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.risk_event WHERE person_id = \(World.maya) AND settled IS NULL
                    AND kind IN ('release', 'contactHearing') AND day = \(soon)
                """)
            #expect(proposed == 2)
            let housing = try await imran.submit(form(imran, .homelessness, ["step": "relief", "priority": "priorityAbuse"]))
            #expect(housing.text.contains("Relief duty ends: \(today.adding(56))"))
            #expect(housing.text.contains("Yes, through domestic abuse"))
        }
    }

    @Test func `therapy notes leave on a named, narrow request alone; Army Welfare asks for agreement; an adviser has a name`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            func errors(_ kind: MatterKind, _ answers: [String: String]) async throws -> [String] {
                try await imran.submit(form(imran, kind, answers)).errors
            }
            let wide = try await errors(.therapyNotes, ["step": "released", "scope": "scopeAll", "ground": "groundNone"])
            #expect(wide == [
                "Enter who asks: nothing is released to nobody in particular", "Enter exactly which notes are asked for",
                "Only named notes are released. Ask for a narrower request, or refuse it",
                "Notes are released only when they agree, or a court orders it",
            ])
            let narrow = ["step": "released", "who": "A solicitor", "words": "March", "scope": "scopeDates", "ground": "groundAgreed"]
            let released = try await errors(.therapyNotes, narrow)
            #expect(released == [])
            let army = try await errors(.armyWelfare, ["step": "contacted"])
            #expect(army == ["Army Welfare is contacted only with their agreement. Tick it, or leave it"])
            let adviser = try await errors(.funds, ["step": "adviser"])
            #expect(adviser == ["Enter to which registered adviser"])
            let day = try await errors(.concession, ["step": "granted"])
            #expect(day == ["Enter the day"])
            let none = try await errors(.sarc, ["step": "nothing of the sort"])
            #expect(none == ["Select where it stands"])
        }
    }

    @Test func `the database holds the two rules that protect most, whatever the form says`() async throws {
        try await Clone.lend { clone in
            let refused = try await clone.undone { db in
                try db.signIn(.imran)
                return try [("armyWelfare", "contacted"), ("therapyNotes", "released")].map { kind, step in
                    let id = UUID()
                    try db.run("""
                        INSERT INTO app.legal_matter (id, partnership_id, agency_id, case_id, person_id, kind, opened_on,
                            version, recorded_at, recorded_by)
                        VALUES (\(id), \(World.north), \(World.harbour), \(World.mayasCase), \(World.maya), \(kind),
                            current_date, 1, now(), \(World.Staff.imran.account))
                        """)
                    return try db.refusal(of: """
                        INSERT INTO app.matter_entry (matter_id, partnership_id, agency_id, case_id, person_id, kind,
                            version, step, happened_on, who, words, facts, recorded_at, recorded_by)
                        VALUES (\(id), \(World.north), \(World.harbour), \(World.mayasCase), \(World.maya), \(kind), 1,
                            \(step), current_date, 'Somebody', 'All', 'scopeAll groundAgreed', now(),
                            \(World.Staff.imran.account))
                        """)
                }
            }
            #expect(refused == ["23514", "23514"] as [String?])
        }
    }

    @Test func `safeguarding is sent from the case with a receipt, and opens the matter that follows it`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let sent = try await imran.submit(imran.get("/cases/\(World.mayasCase.column)/referrals/new"), [
                "kind": "childSafeguarding", "to-name": "Children’s services", "basis": "safeguarding",
                "reason": "Saw it <b>all</b>",
            ])
            #expect(sent.path.hasPrefix("/referrals/") && sent.text.contains("Saw it <b>all</b>"))
            let receipt = try #require(sent.text.firstMatch(of: /[2-9B-Z]{4}-[2-9B-Z]{4}/)).output
            let page = try await imran.get(list)
            #expect(page.text.contains("Referred from this case") && page.text.contains(String(receipt)))
            let tomorrow = WorkingDays.after(London.day(of: now))
            #expect(page.text.contains("Safeguarding of a child, since") && page.text.contains("Answer: \(tomorrow)"))
            let answered = try await imran.submit(sent, ["outcome": "accepted"], to: "\(sent.path)/answer")
            #expect(answered.status == 200)
            #expect(try await imran.get(list).text.contains("Accepted by the service it was sent to"))
        }
    }

    @Test func `of two who move it on, the second sees both and loses nothing; withdrawn, it stays and moves no more`()
        async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let (first, second) = (try await imran.get(hearing), try await ivy.get(hearing))
            _ = try await imran.submit(first, ["who": "Upper Vale family court"])
            let told = try await ivy.submit(second, ["who": "Lower Vale family court", "words": "Bring the letter"])
            #expect(told.status == 409 && told.text.contains("Upper Vale family court"))
            #expect(try told.form(hearing)["words"] == "Bring the letter")
            let saved = try await ivy.submit(told.form(hearing))
            #expect(saved.path == list && saved.text.contains("Lower Vale") && saved.text.contains("Upper Vale"))
            let gone = try await ivy.submit(ivy.get("\(hearing)/withdraw"), ["because": "Another <i>case</i>"])
            #expect(gone.path == list && gone.text.contains("Another <i>case</i>"))
            #expect(try await ivy.get(hearing).status == 404)
            #expect(try await due(site) == [])
        }
    }

    @Test func `of a closed case the matters stay as they were; whom the case is shared with reads nothing`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("UPDATE app.case_record SET closed_at = now() WHERE id = \(World.mayasCase)")
            for path in [hearing, "\(list)/new", "\(hearing)/withdraw", "/cases/\(World.mayasCase.column)/referrals/new"] {
                #expect(try await imran.get(path).status == 404, "\(path)")
            }
            let page = try await imran.get(list)
            #expect(page.text.contains("A court for the tests") && !page.text.contains("Move on or correct"))
            #expect(try await Browser(site, as: .hana).get("/cases/\(World.id(.record, 201).column)/rights").status == 404)
        }
    }

    @Test func `every kind has a step to begin with, codes that the database takes, and none twice`() {
        for kind in MatterKind.allCases {
            let codes = kind.steps.map(\.code)
            let facts = kind.groups.flatMap { $0.options.map(\.code) }
            #expect(!codes.isEmpty && Set(codes).count == codes.count && kind.steps.contains(where: \.ends))
            #expect(Set(facts).count == facts.count && facts.joined(separator: " ").count < 1_000)
            #expect((codes + facts).allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
        }
    }
}
