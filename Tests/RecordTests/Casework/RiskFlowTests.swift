import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya is high risk by judgement since her case was opened; her case is Imran's.
@Suite("Risk on the pages", .needsClone)
struct RiskFlowTests {
    private let maya = "/people/\(World.maya.column)"
    private let mayasCase = "/cases/\(World.mayasCase.column)"

    private func lower(_ browser: Browser) async throws -> Seen {
        try await browser.submit(browser.get("\(maya)/risk/new"), [
            "q1": "yes", "q15": "yes", "area": World.northshire.column, "judgement": "medium", "rationale": "He has gone",
        ])
    }

    private func high(_ browser: Browser, _ path: String = "risk/new", on person: String? = nil) async throws -> Seen {
        var form = try await browser.get("\(person ?? maya)/\(path)").form()
        if path == "risk/new" { #expect(form.fill(["area": World.northshire.column]).isEmpty) }
        #expect(form.fill(["judgement": "high", "rationale": "He is out"]).isEmpty)
        return try await browser.submit(form)
    }

    @Test func `a lower grade has no effect until somebody else agrees, and then it has`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let proposed = try await lower(imran)
            #expect(proposed.text.contains("has no effect until a second person has agreed"))
            #expect(proposed.text.contains("Choking, smothering or drowning"), "critical whatever the score")
            let record = try await imran.get(mayasCase)
            #expect(record.text.contains("High risk") && record.text.contains("A lower grade waits for a second person"))
            #expect(try await site.caseRisk() == "high")
            #expect(try await site.openTasks() == ["review A lower grade waits for a second person"])

            let own = try await imran.get("\(proposed.path)/confirm")
            #expect(own.text.contains("You made this assessment"))
            #expect(!own.forms.contains { $0.action.hasSuffix("/confirm") })
            var forged = try await ivy.get("\(proposed.path)/confirm").form()
            _ = forged.fill(["agree": "yes"])
            var mine = forged
            mine.forge("csrf", "csrf-imran")
            #expect(try await imran.post(mine).status == 422)
            #expect(try await site.caseRisk() == "high")

            let silent = try await ivy.submit(ivy.get("\(proposed.path)/confirm"), ["agree": "no"])
            #expect(silent.errors == ["Enter why you don’t agree"])
            let agreed = try await ivy.submit(forged)
            #expect(agreed.text.contains("The lower grade was agreed by Ivy Marchetti"))
            #expect(try await site.caseRisk() == "medium")
            #expect(try await site.openTasks() == [])
            #expect(try await site.auditLog().last { $0.event.hasPrefix("risk-lower") }?.account == World.Staff.ivy.account)
            let timeline = try await ivy.get(mayasCase).text
            #expect(timeline.contains("Lower grade waits for a second person") && timeline.contains("Lower grade agreed"))
            let again = try await Browser(site, as: .sunita).get("\(proposed.path)/confirm")
            #expect(again.text.contains("This doesn’t wait for anybody"))
        }
    }

    @Test func `not agreed, or overtaken by a later assessment, a lower grade never has effect`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let first = try await lower(imran)
            let refused = try await ivy.submit(ivy.get("\(first.path)/confirm"), ["agree": "no", "reason": "He came back"])
            #expect(refused.text.contains("The lower grade was not agreed") && refused.text.contains("He came back"))
            #expect(try await site.caseRisk() == "high")
            site.clock.advance(by: 60)
            let second = try await lower(imran)
            let form = try await ivy.get("\(second.path)/confirm")
            site.clock.advance(by: 60)
            _ = try await high(imran)
            let late = try await ivy.submit(form, ["agree": "yes"])
            #expect(late.errors.first?.hasPrefix("This no longer waits") == true)
            #expect(try await site.caseRisk() == "high")
            let world = try await site.worldConfirmations
            #expect(try await site.count("risk_confirmation") == world + 1)
        }
    }

    @Test func `the database itself holds that the second person is another`() async throws {
        try await TestSite.rolledBack { site in
            let proposed = try await lower(Browser(site, as: .imran))
            await #expect(throws: PostgresError.self) {
                try await site.alter("""
                    INSERT INTO app.risk_confirmation (risk_id, partnership_id, agency_id, person_id, assessed_by, agreed,
                        decided_at, decided_by)
                    SELECT id, partnership_id, agency_id, person_id, assessed_by, true, now(), assessed_by
                    FROM app.risk_assessment WHERE id = \(try proposed.id())
                    """)
            }
        }
    }

    @Test func `up is at once, and asks for a MARAC decision by the end of the next working day`() async throws {
        try await TestSite.rolledBack(at: try TestClock.next(weekday: 5, minute: 600)) { site in
            // Olive is at medium risk.
            let (olive, ivy) = ("/people/\(World.olive.column)", Browser(site, as: .ivy))
            let page = try await high(ivy, "risk/police", on: olive)
            #expect(page.text.contains("High risk by professional judgement"))
            #expect(page.text.contains("Police DASH (27 items). Score 0 to 27 of 27 (0 yes, 27 not known)"))
            let due = London.dateAndTime(WorkingDays.nextDue(after: site.clock.now))
            let record = try await ivy.get("/cases/\(World.olivesCase.column)")
            #expect(record.text.contains("MARAC: referred, repeat, or not? Due \(due)"))
            let list = try await ivy.get("/")
            #expect(list.text.contains("MARAC decision") && !list.forms.contains { $0.action.hasSuffix("/done") })
            #expect(list.markup.all("a").contains { $0["href"] == "\(olive)/marac" })
            let form = try await ivy.press("Answer", on: record)
            let silent = try await ivy.submit(form, ["decision": "notReferred"])
            #expect(silent.errors == ["Enter why it is not referred"])
            let done = try await ivy.submit(form, ["decision": "notReferred", "because": "He is in prison"])
            #expect(done.text.contains("Not referred, because: He is in prison"))
            let after = try await ivy.get("/cases/\(World.olivesCase.column)").text
            #expect(!after.contains("MARAC: referred, repeat") && after.contains("MARAC decision"))
            #expect(try await site.auditLog().contains { $0.event == "marac-decided" && $0.subject == World.olive })
        }
    }

    @Test func `the third police incident in twelve months asks for an assessment, which is high by escalation`()
        async throws {
        try await TestSite.rolledBack { site in
            let (olive, ivy) = ("/people/\(World.olive.column)", Browser(site, as: .ivy))
            let today = London.day(of: site.clock.now)
            func record(_ reference: String, ago: Int) async throws -> Seen {
                let day = today.adding(-ago)
                return try await ivy.submit(ivy.get("\(olive)/incidents/new"), [
                    "happened-day": "\(day.day)", "happened-month": "\(day.month)", "happened-year": "\(day.year)",
                    "reference": reference, "told-by": "The neighbourhood team",
                ])
            }
            // One is on record already; one of 13 months ago doesn't count.
            _ = try await record("NP/old", ago: 400)
            #expect(try await record("NP/2", ago: 3).text.contains("2 in the past 12 months"))
            #expect(try await record("np/2", ago: 3).errors == ["An incident with this reference is on record already"])
            #expect(try await record("NP/future", ago: -1).errors == ["The day must be today or in the past"])
            #expect(try await record("NP/3", ago: 1).text.contains("3 police incidents in 12 months: assess again"))
            let incidents = "New incident, \(today.adding(-1)); New incident, \(today.adding(-400)); "
                + "New incident, \(today.adding(-3))"
            #expect(try await site.openTasks(World.olive) == ["riskReview \(incidents). The safety plan too"])
            let form = try await ivy.get("\(olive)/risk/new")
            #expect(form.text.contains("high by escalation"))
            let page = try await ivy.submit(form, ["area": World.northshire.column, "judgement": "follows"])
            #expect(page.text.contains("High risk by three or more police incidents in 12 months"))
            #expect(try await site.openTasks(World.olive) == [
                "maracDecision MARAC: referred, repeat, or not, because",
                "riskReview The safety plan, written before: \(incidents)",
            ])
        }
    }

    @Test func `a received assessment may be tool, day, assessor and grade alone; the area's threshold still counts`()
        async throws {
        try await TestSite.rolledBack { site in
            let (olive, ivy) = ("/people/\(World.olive.column)", Browser(site, as: .ivy))
            let form = try await ivy.get("\(olive)/risk/received")
            let empty = try await ivy.submit(form)
            #expect(empty.errors.count == 4)
            let page = try await ivy.submit(form, [
                "tool": "policeDash", "made-day": "3", "made-month": "2", "made-year": "2024",
                "assessor": "Response officer", "grade": "medium",
            ])
            #expect(page.text.contains("No score was given") && page.text.contains("No answers came with it"))
            #expect(page.text.contains("Made on 3 February 2024 by Response officer"))
            let scored = try await ivy.submit(ivy.get("\(olive)/risk/received"), [
                "tool": "safeLivesDash", "made-day": "3", "made-month": "2", "made-year": "2024",
                "assessor": "A hospital", "grade": "medium", "score": "13", "area": World.northshire.column,
            ])
            #expect(scored.text.contains("High risk by the score") && scored.text.contains("Local threshold 12, national 14"))
            let early = try await ivy.submit(ivy.get("\(olive)/risk/received"), [
                "tool": "dara", "made-day": "3", "made-month": "2", "made-year": "2020", "assessor": "x", "grade": "high",
            ])
            #expect(early.errors == ["DARA was not in use on 3 February 2020"])
        }
    }

    @Test func `the page of all assessments compares them answer by answer and draws the grades`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            _ = try await high(imran)
            site.clock.advance(by: 60)
            let page = try await high(imran, "risk/dara")
            let compared = try await imran.press("Compare with the one before", on: page)
            #expect(compared.text.contains("Two different tools: compared by topic"))
            let all = try await imran.get("\(maya)/risk")
            #expect(all.answer.body.contains("id=\"trend-title\"") && all.text.contains("The picture as a table"))
            #expect(all.text.contains("Dash (SafeLives, 24 items)") && all.text.contains("DARA"))
        }
    }

    @Test func `a service manager loads the licensed wording; forms and later pages show it, nobody else may`()
        async throws {
        try await TestSite.rolledBack { site in
            let (sunita, imran) = (Browser(site, as: .sunita), Browser(site, as: .imran))
            #expect(try await imran.get("\(maya)/risk/dara").text.contains("Prompts, not the instrument"))
            let form = try await sunita.get("/risk-tools/wording")
            let short = try await sunita.submit(form, [
                "tool": "dara", "version": "Licence 7", "from-day": "1", "from-month": "2", "from-year": "2024",
                "lines": "One line",
            ])
            #expect(short.errors == ["DARA has 18 items: enter 18 lines. There are 1"])
            let words = (1...18).map { "Licensed line \($0)" }.joined(separator: "\r\n")
            let loaded = try await sunita.submit(form, [
                "tool": "dara", "version": "Licence 7", "from-day": "1", "from-month": "2", "from-year": "2024",
                "lines": words,
            ])
            #expect(loaded.text.contains("Licence 7"))
            #expect(try await site.auditLog().last?.event == "wording-loaded")
            let asked = try await imran.get("\(maya)/risk/dara").text
            #expect(asked.contains("18. Licensed line 18") && !asked.contains("Prompts, not the instrument"))
            let page = try await high(imran, "risk/dara")
            #expect(page.text.contains("Licensed line 7"))
            #expect(try await Browser(site, as: .lucia).get("/people/\(World.farida.column)/risk/dara").text
                .contains("Prompts, not the instrument"), "it is another agency's licence")
        }
    }
}

extension TestSite {
    fileprivate func caseRisk() async throws -> String? {
        try await truth.transaction { db in
            try db.first("SELECT risk FROM app.case_record WHERE id = \(World.mayasCase)") { try $0["risk"] }
        }
    }

    /// Open tasks about a person, besides the promise that the World gives everybody.
    fileprivate func openTasks(_ person: UUID = World.maya) async throws -> [String] {
        try await truth.transaction { db in
            try db.all("""
                SELECT kind || ' ' || detail AS words FROM app.task
                WHERE person_id = \(person) AND done_at IS NULL AND kind <> 'promise' ORDER BY 1
                """) { try $0["words"] }
        }
    }

    /// What the World's rows are worth: one for each assessment of both partnerships.
    fileprivate var worldConfirmations: Int {
        get async throws { try await count("risk_assessment") - 3 }
    }
}
