import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's, opened five days ago; the World gave it an intake, and a review that was withdrawn.
@Suite("Intake, review and exit", .needsClone)
struct OutcomeTests {
    private let list = "/cases/\(World.mayasCase.column)/outcomes"
    private let record = "/cases/\(World.mayasCase.column)"
    private let intake = World.id(.outcome, 101).column

    private func dueTask(_ site: TestSite, _ record: UUID = World.mayasCase) async throws -> (detail: String, due: Day)? {
        try await site.truth.transaction { db in
            try db.first("""
                SELECT detail, (due_at AT TIME ZONE 'Europe/London')::date AS due FROM app.task
                WHERE case_id = \(record) AND kind = 'dataSet' AND done_at IS NULL
                """) { (detail: try $0["detail"], due: try $0["due"]) }
        }
    }

    @Test func `a review stands on the page, the case and the timeline, says how severity moved, and the next is due in three months`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let today = London.day(of: site.services.now())
            let words = "Better'; DROP TABLE app.outcome_set; -- <b>so</b>"
            let saved = try await imran.submit(imran.get("\(list)/review"), [
                "physical_severity": "none", "control_severity": "high", "control_frequency": "more",
                "economic_severity": "declined", "quality_of_life": "better", "own-words": words,
            ])
            #expect(saved.path == list && saved.text.contains(words))
            let rows = saved.markup.all("tr").map(\.words)
            #expect(rows.contains { $0.contains("Physical abuse") && $0.contains("HighNone") && $0.hasSuffix("Ceased") })
            #expect(rows.contains { $0.contains("ModerateHigh") && $0.contains("how often: getting worse") && $0.hasSuffix("Worse") })
            #expect(rows.contains { $0.contains("Economic abuseNot askedAsked, did not say") })
            #expect(saved.text.contains("Quality of life, since the last time: Better"))
            let due = try await dueTask(site)
            #expect(due?.detail == "Review" && due?.due == today.months(ahead: 3))
            let page = try await imran.get(record)
            #expect(page.text.contains("Intake taken, 1 review.") && page.text.contains("Data set: Review"))
            #expect(page.text.contains("Data set taken") && !page.text.contains("Better'"))
            let timeline = try await imran.get("/people/\(World.maya.column)/timeline?kind=support")
            #expect(timeline.text.contains("Data set taken") && timeline.text.contains(words))
            #expect(try await site.auditLog().contains { $0.event == "outcome-recorded" && $0.subject == World.mayasCase })
        }
    }

    @Test func `there is one intake; withdrawn with a reason it stays, counts no longer, and another is due`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let twice = try await imran.submit(imran.get("\(list)/intake"), ["housing": "noHome", "note": "Kept"])
            #expect(twice.status == 409 && twice.errors.first?.hasPrefix("The intake of this case is taken") == true)
            #expect(try twice.form()["note"] == "Kept")
            let form = try await ivy.get("\(list)/\(intake)/withdraw")
            #expect(try await ivy.submit(form).errors == ["Enter why it is withdrawn"])
            let page = try await ivy.submit(form, ["because": "Asked of <i>another</i>"])
            #expect(page.path == list && page.text.contains("Withdrawn (2)") && page.text.contains("Asked of <i>another</i>"))
            #expect(!page.text.contains("Severity over the last three months"))
            let due = try await dueTask(site)
            #expect(due?.detail == "Intake")
            #expect(try await ivy.get("\(list)/\(intake)/withdraw").status == 404)
            let again = try await imran.submit(imran.get("\(list)/intake"), ["housing": "noHome"])
            #expect(again.path == list && again.text.contains("Housing: No home"))
        }
    }

    @Test func `opening a case puts the intake on the list of whoever holds it; those who work with people who harm take none`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let opened = try await imran.submit(imran.get("/people/\(World.zoe.column)/cases/new"), [
                "worker": World.Staff.imran.account.column,
            ])
            let due = try await dueTask(site, opened.id())
            #expect(due?.detail == "Intake" && due?.due == London.day(of: site.services.now()).adding(7))
            #expect(try await imran.get("/").text.contains("Data set Intake"))
            let piers = Browser(site, as: .piers)
            #expect(try await piers.get("/cases/\(World.id(.record, 401).column)/outcomes").status == 404)
            let theirs = try await piers.get("/cases/\(World.id(.record, 401).column)")
            #expect(theirs.status == 200 && !theirs.text.contains("Data sets"))
        }
    }

    @Test func `closing asks for the exit, which is taken after it too, and whose words stand in the closing's form`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("UPDATE app.case_record SET risk = 'standard' WHERE id = \(World.mayasCase)")
            let words = try await imran.submit(imran.get("\(list)/exit"), ["own-words": "My own keys"])
            #expect(words.path == list)
            #expect(try await imran.get("\(record)/close").form()["feedback"] == "My own keys")
            let exit = try await site.truth.transaction { db in
                try db.first("SELECT id FROM app.outcome_set WHERE stage = 'exit' AND case_id = \(World.mayasCase)") {
                    try $0["id"] as UUID
                }
            }
            let one = try #require(exit).column
            _ = try await imran.submit(imran.get("\(list)/\(one)/withdraw"), ["because": "Too early"])
            _ = try await imran.submit(imran.get("\(record)/close"), ["reason": "planned", "summary": "Done"])
            let due = try await dueTask(site)
            #expect(due?.detail == "Exit" && due?.due == London.day(of: site.services.now()).adding(7))
            for stage in ["intake", "review"] { #expect(try await imran.get("\(list)/\(stage)").status == 404) }
            let late = try await imran.submit(imran.get("\(list)/exit"), ["housing": "owned"])
            #expect(late.path == list)
            let after = try await dueTask(site)
            #expect(after == nil)
        }
    }

    @Test func `what isn't an answer, a day to come or before the case is said beside its field`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get("\(list)/review").form("\(list)/review")
            form.forge("physical_severity", "terrible")
            let before = London.day(of: site.services.now()).adding(-40)
            form.forge("taken-day", String(before.day))
            form.forge("taken-month", String(before.month))
            form.forge("taken-year", String(before.year))
            let refused = try await imran.submit(form)
            #expect(refused.errors.count == 2 && refused.errors[0].hasPrefix("Date must be "))
            #expect(refused.errors[1] == "Physical abuse: how severe?: choose one of the answers")
        }
    }

    @Test func `a case of theirs that ended within twelve months before it is said: this one is a repeat`() async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            let page = try await ivy.get("/cases/\(World.id(.record, 107).column)/outcomes")
            #expect(page.text.contains("Repeat within 12 months: W-117 was closed on "))
            let other = try await ivy.get(list)
            #expect(!other.text.contains("Repeat within"))
        }
    }

    @Test func `whom the case is shared with reads nothing of it`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let shared = "/cases/\(World.id(.record, 201).column)"
            let record = try await hana.get(shared)
            #expect(record.status == 200 && !record.text.contains("Data sets"))
            #expect(try await hana.get("\(shared)/outcomes").status == 404)
        }
    }
}

@Suite("Data sets as a file", .needsClone)
struct OutcomeExportTests {
    private func save(_ browser: Browser, _ stages: [String] = ["intake", "review", "exit"]) async throws -> Answer {
        var form = try await browser.get("/team/data-sets").form("/team/data-sets")
        form.drop("stage")
        let last = String(London.day(of: browser.site.services.now()).year + 1)
        for (name, value) in [("from-year", "2000"), ("until-year", last)] { form.forge(name, value) }
        for stage in stages { form.tick("stage", stage) }
        return try await browser.post(form)
    }

    @Test func `each set that counts is a line of closed answers, with no name and no word that was typed`() async throws {
        try await TestSite.rolledBack { site in
            let answer = try await save(Browser(site, as: .sunita))
            #expect(answer.status == 200 && answer["Content-Disposition"] == "attachment; filename=\"data.csv\"")
            let lines = answer.body.components(separatedBy: "\r\n").filter { !$0.isEmpty }
            let columns = lines[0].components(separatedBy: ",")
            #expect(columns == OutcomeExport.header)
            let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(columns, $0.components(separatedBy: ","))) }
            // Harbour's cases that Sunita reaches, none of Lighthouse's or the other side's.
            let expected = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.outcome_set WHERE agency_id = \(World.harbour) AND withdrawn_at IS NULL
                """)
            #expect(!rows.isEmpty && rows.count <= expected)
            #expect(rows.allSatisfy { $0["stage"] == "intake" && $0["physical_severity"] == "high" && $0["drugs"] == "notAsked" })
            #expect(rows.allSatisfy { $0["quality_of_life"] == "" && $0["own_words_given"] == "yes" })
            #expect(rows.contains { $0["repeat_within_12_months"] == "yes" } && rows.contains { $0["marac_decision"] == "referred" })
            #expect(Set(rows.compactMap { $0["client"] }).allSatisfy { $0.count == 16 })
            for told in World.names + ["W-101", "Words for the tests", World.maya.column] {
                #expect(!answer.body.contains(told), "\(told)")
            }
            let logged = try await site.auditLog().filter { $0.event == "outcomes-exported" }
            #expect(logged.count == 1)
            #expect(try await save(Browser(site, as: .sunita)).body == answer.body)
        }
    }

    @Test func `who isn't the manager saves nothing, and what is missing is said`() async throws {
        try await TestSite.rolledBack { site in
            #expect(try await Browser(site, as: .imran).get("/team/data-sets").status == 403)
            let sunita = Browser(site, as: .sunita)
            #expect(try await save(sunita, []).status == 422)
            let events = try await site.auditLog().map(\.event)
            #expect(!events.contains("outcomes-exported"))
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("=1+1", "'=1+1"), ("+44", "'+44"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), (" =1", "' =1"), ("＝1", "'＝1"), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""),
        ("one\r\ntwo", "\"one\r\ntwo\""), ("=cmd|'/C calc'!A0,x", "\"'=cmd|'/C calc'!A0,x\""), ("", ""),
    ])
    func `a cell is no formula and breaks no line`(_ value: String, _ cell: String) {
        #expect(CommaSeparated.cell(value) == cell)
    }

    @Test func `every column is explained, with every answer`() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 1...5 { root.deleteLastPathComponent() }
        let guide = try String(contentsOf: root.appendingPathComponent("docs/guide/data-sets.md"), encoding: .utf8)
        let rows = guide.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        #expect(rows.map { $0.split(separator: "`")[1] }.map(String.init) == OutcomeExport.header)
        for question in OutcomeQuestion.all {
            let row = rows.first { $0.hasPrefix("| `\(question.name)`") } ?? ""
            for answer in question.answers where !["notKnown", "declined"].contains(answer.code) {
                #expect(row.contains("`\(answer.code)`"), "\(question.name): \(answer.code)")
            }
        }
    }

    @Test func `answers are written and read alike`() {
        let all = OutcomeAnswers(Dictionary(uniqueKeysWithValues: OutcomeQuestion.all.map { ($0.name, $0.answers[0].code) }))
        #expect(OutcomeAnswers(column: all.column) == all)
        #expect(Set(OutcomeQuestion.all.map(\.name)).count == OutcomeQuestion.all.count)
        #expect(OutcomeAnswers(column: "x") == nil && OutcomeAnswers([:]).column.isEmpty)
    }
}
