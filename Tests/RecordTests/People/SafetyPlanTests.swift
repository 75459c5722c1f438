import Foundation
import HTTPTypes
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Safety plans", .needsClone)
struct SafetyPlanTests {
    private let maya = "/people/\(World.maya.column)"
    private let mayasPlan = World.id(.plan, 101)

    @Test func `a plan is written and read again, and nothing of it lies open in the database`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("\(maya)/plan/child")
            #expect(form.title == "Plan - Drystone")
            let page = try await imran.submit(form, [
                "go": "The shed\nbehind the roses", "word": "Quincunx <b>", "review-when": "move",
            ])
            #expect(page.status == 200 && page.path == "\(maya)/plan")
            #expect(page.text.contains("Quincunx <b>") && page.text.contains("And sooner, at: A move."))
            #expect(page.text.contains("The blue bag of 101, version 2"))
            let queries = page.answer.headers.first { $0.name.rawName.lowercased() == "x-queries" }?.value
            #expect(Int(queries ?? "99") ?? 99 <= 8)
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.safety_plan
                WHERE position('Quincunx'::bytea IN body_sealed) > 0 OR body_sealed = '\\x00'
                """) == 0)
            let log = try await site.auditLog()
            #expect(log.map(\.event) == ["safety-plan-viewed", "safety-plan-written", "safety-plan-viewed"])
            #expect(log.allSatisfy { $0.subject == World.maya })
            #expect(try await imran.get("/cases/\(World.mayasCase.column)").text.contains("Safety plan written"))
            let timeline = try await imran.get("\(maya)/timeline?kind=plans")
            #expect(timeline.text.contains("Child-friendly safety plan, version 1"))
        }
    }

    @Test func `the words of another row open nothing`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("""
                UPDATE app.safety_plan a SET body_sealed = b.body_sealed FROM app.safety_plan b
                WHERE a.id = \(World.id(.plan, 101)) AND b.id = \(World.id(.earlierPlan, 101))
                """)
            let page = try await Browser(site, as: .imran).get("\(maya)/plan")
            #expect(page.status == 500 && !page.answer.body.contains("blue bag"))
        }
    }

    @Test func `a new version takes the place of the last, which is kept and never changed`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("\(maya)/plan/adult")
            let filled = try form.form()
            #expect(filled["leaving"] == "The blue bag of 101, version 2")
            #expect(filled["version"] == "2" && filled["review-when"] == "hearing")
            let page = try await imran.submit(form, ["leaving": "The red bag"])
            #expect(page.text.contains("The red bag") && page.text.contains("Version 3"))
            #expect(!page.text.contains("The blue bag"))
            let links = page.markup.all("a").filter { $0.words.hasPrefix("Safety plan, version") }
            #expect(links.map(\.words) == ["Safety plan, version 2", "Safety plan, version 1"])
            let old = try await imran.get(try #require(links.first?["href"]))
            #expect(old.text.contains("The blue bag of 101, version 2") && old.text.contains("A newer version"))
            #expect(!old.forms.contains { $0.action.contains("/plan") })
        }
    }

    @Test func `of two who write at once the second sees both texts, and either can be kept`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, hana) = (Browser(site, as: .imran), Browser(site, as: .hana))
            for (kind, field) in [("adult", "leaving"), ("child", "go")] {
                let path = "\(maya)/plan/\(kind)"
                let (first, second) = (try await imran.get(path), try await hana.get(path))
                #expect(try await imran.submit(first, [field: "By the front"]).status == 200)
                let before = try await site.count("safety_plan")
                let clash = try await hana.submit(second, [field: "By the back"])
                #expect(clash.status == 409)
                #expect(clash.text.contains("By the front") && clash.text.contains("By the back"))
                #expect(clash.text.contains("Imran Aldous"))
                #expect(try await site.count("safety_plan") == before)
                #expect(try clash.form()[field] == "By the back")
                #expect(try await hana.submit(clash).text.contains("By the back"))
                let after = try await imran.get(path).form()
                #expect(after[field] == "By the back")
            }
        }
    }

    private static let refused: [(kind: String, KeyValuePairs<String, String>, error: String)] = [
        ("child", ["go": " "], "Write something in at least one part"),
        ("child", ["go": "x", "review-year": "2001"], "Review date must be today or later"),
        ("child", ["go": "x", "review-year": "2099"], "Review date must be within a year"),
        ("child", ["go": "x", "review-day": "", "review-month": "", "review-year": ""],
         "Enter the day by which the plan is to be reviewed"),
        ("adult", ["home": String(repeating: "x", count: 601)], "At home must be 600 characters or fewer"),
        ("adult", ["phone": Array(repeating: "line", count: 60).joined(separator: "\n")],
         "Phone, internet and tracking must be shorter, so that the plan fits on one page"),
    ]

    @Test func `what can't be saved is said beside the field, and every word is kept`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            for (kind, answers, error) in Self.refused {
                let page = try await imran.submit(imran.get("\(maya)/plan/\(kind)"), answers)
                #expect(page.status == 422 && page.errors == [error])
                let kept = try page.form()
                for (field, typed) in answers { #expect(kept[field].replacing("\r\n", with: "\n") == typed) }
                try await site.alter("DELETE FROM app.draft")
            }
        }
    }

    @Test func `the paper says neither whose it is, nor from where, nor what for`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let paper = try await imran.get("\(maya)/plan/\(mayasPlan.column)/print")
            #expect(paper.title == "Notes")
            let sheet = try #require(paper.markup.elements.first { $0["class"]?.hasPrefix("drystone-sheet") == true })
            #expect(sheet.words.contains("The blue bag of 101") && sheet.words.contains("A walk by the canal"))
            let main = try #require(paper.markup.all("main").first).words.lowercased()
            for word in ["safety", "plan", "maya", "castell", "harbour", "drystone", "abuse", "violence", "domestic",
                         "refuge", "idva", "imran", "case", "risk", "victim", "curlew", "partnership", "leaving"] {
                #expect(!main.contains(word), "\(word)")
            }
            #expect(try await site.auditLog().map(\.event) == ["safety-plan-opened", "text-checked"])
            let titles = PlanKind.allCases.flatMap(\.sections).map(\.onPaper)
            #expect(titles.allSatisfy { PlanPaper.telling(in: ["x": $0], name: "Maya Castell").isEmpty })
        }
    }

    @Test func `a failure to audit is a failure to show the paper`() async throws {
        try await TestSite.committed { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("ALTER TABLE app.safety_plan RENAME COLUMN body_sealed TO lost")
            #expect(try await imran.get("\(maya)/plan/\(mayasPlan.column)/print").status == 500)
            #expect(try await site.auditLog().map(\.event) == ["safety-plan-opened", "text-checked"])
        }
    }

    @Test func `a protected address never gets on the paper, and whose names and numbers do is said beside it`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let street = World.street(of: World.maya)
            try await site.alter("UPDATE app.person_address SET protected = true WHERE person_id = \(World.maya)")
            let saved = try await imran.submit(
                imran.get("\(maya)/plan/adult"), ["leaving": "From \(street) to mum, 01632 960123"])
            let link = try #require(saved.markup.all("a").compactMap { $0["href"] }.first { $0.hasSuffix("/print") })
            let paper = try await imran.get(link)
            let sheet = try #require(paper.markup.elements.first { $0["class"]?.hasPrefix("drystone-sheet") == true })
            #expect(sheet.words.contains("From [withheld] to mum, 01632 960123"))
            let note = try #require(paper.markup.elements.first { $0["class"] == "drystone-unprinted" })
            #expect(note.words.contains(street) && note.words.contains("01632 960123 (a telephone number)"))
        }
    }

    @Test func `what is out of reach is not there, and a reader changes nothing`() async throws {
        try await TestSite.rolledBack { site in
            let olive = "/people/\(World.olive.column)/plan"
            let petra = Browser(site, as: .petra)
            for path in [olive, "\(olive)/adult", "\(olive)/\(World.id(.plan, 105).column)/print"] {
                #expect(try await petra.get(path).status == 404)
            }
            let lucia = Browser(site, as: .lucia)
            #expect(try await lucia.get("\(maya)/plan").status == 404)
            let harriet = Browser(site, as: .harriet)
            let agnes = "/people/\(World.id(.person, 301).column)/plan"
            let page = try await harriet.get(agnes)
            #expect(page.status == 200 && !page.text.contains("Review or change"))
            #expect(try await harriet.get("\(agnes)/adult").status == 404)
            #expect(try await site.auditLog().count == 1)
        }
    }

    @Test func `the person's page says by when, and that the day has passed`() async throws {
        try await TestSite.rolledBack { site in
            let bilal = Browser(site, as: .imran)
            let tomas = try await bilal.get("/people/\(World.tomas.column)")
            #expect(tomas.text.contains("To be reviewed by") && tomas.text.contains("Review overdue"))
            let page = try await bilal.get(maya)
            #expect(page.text.contains("To be reviewed by") && !page.text.contains("Review overdue"))
            try await site.alter("DELETE FROM app.safety_plan WHERE person_id = \(World.maya)")
            #expect(try await bilal.get(maya).text.contains("No safety plan yet"))
        }
    }
}

@Suite("The sheet of a safety plan")
struct PlanPaperTests {
    @Test func `a short plan stands in large letters, a long one in small, and what is more fits on no sheet`() {
        func paper(_ characters: Int) -> PlanPaper? {
            PlanPaper(Dictionary(uniqueKeysWithValues: PlanSection.adult.map {
                ($0.field, String(repeating: "x", count: characters))
            }))
        }
        #expect([50, 150, 300, 500].map(paper) == [.large, .medium, .small, nil])
    }

    @Test func `words that tell a stranger are found, whole words only`() {
        let parts = ["a": "Ring the police. Maya's non-molestation order", "b": "policework, castellated"]
        #expect(PlanPaper.telling(in: parts, name: "Maya Castell") == ["maya", "non-molestation", "police"])
    }
}
