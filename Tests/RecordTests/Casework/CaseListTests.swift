import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Lists of cases", .needsClone)
struct CaseListTests {
    @Test(arguments: [World.Staff.imran, .ivy, .sunita, .lucia, .harriet, .rosa, .gwen, .bilal, .petra])
    func `a list holds exactly the open cases that its reader reaches`(_ reader: World.Staff) async throws {
        try await TestSite.rolledBack { site in
            let reach = Reach.of(reader)
            let page = try await Browser(site, as: reader).get("/cases?list=all")
            let listed = Set(page.markup.all("a").compactMap { $0["href"] }.filter { $0.hasPrefix("/cases/") }.map {
                Int($0.suffix(3)) ?? 0
            })
            #expect(listed == reach.cases.subtracting([117]), "117 is closed")
        }
    }

    @Test(arguments: ["mine", "all"])
    func `every case is on one page of the list and on no other`(_ list: String) async throws {
        try await TestSite.rolledBack { site in
            // Sixty more cases of Maya's with Imran: some due at one moment, some without a date.
            try await site.alter("""
                INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, reference, risk, worker_id,
                    opened_at, opened_by, next_due)
                SELECT gen_random_uuid(), partnership_id, agency_id, person_id, 'X-' || n, 'standard', worker_id,
                    date_trunc('hour', now()) - interval '1 day' * (n / 10), opened_by,
                    CASE WHEN n % 3 = 0 THEN now() + interval '1 day' * (n / 10) END
                FROM app.case_record, generate_series(1, 60) AS n WHERE id = \(World.mayasCase)
                """)
            let imran = Browser(site, as: .imran)
            var seen: [String] = []
            var path: String? = "/cases?list=\(list)"
            while let here = path, seen.count < 200 {
                let page = try await imran.get(here)
                seen += page.markup.all("a").compactMap { $0["href"] }.filter { $0.hasPrefix("/cases/") }
                path = page.markup.all("a").first { $0["rel"] == "next" || $0.words.contains("More cases") }?["href"]
            }
            let open = try await site.truth.transaction { db in
                try db.first("""
                    SELECT count(*)::int AS n FROM app.case_record WHERE closed_at IS NULL
                    AND agency_id = \(World.harbour) AND (\(list) = 'all' OR worker_id = \(World.Staff.imran.account))
                    """) { try $0["n"] as Int } ?? 0
            }
            // Nell's second case is restricted to Sunita.
            #expect(seen.count == (list == "all" ? open - 1 : open))
            #expect(Set(seen).count == seen.count)
        }
    }

    @Test func `a case that is shared is read, and nothing in it leads to what is not`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await Browser(site, as: .hana).get("/cases/\(World.faridasCase.column)")
            #expect(page.status == 200)
            #expect(page.heading == "Case shared with you")
            #expect(!page.answer.body.contains("Farida") && !page.answer.body.contains("Oakes"))
            #expect(!page.answer.body.contains(World.farida.column))
            #expect(!page.forms.contains { $0.action.contains("/safe-contact") })
            try await site.alter("UPDATE app.case_share SET ends_at = now() WHERE case_id = \(World.faridasCase)")
            #expect(try await Browser(site, as: .hana).get("/cases/\(World.faridasCase.column)").status == 404)
        }
    }

    @Test func `a restricted case is seen by its team only, from the moment that it is opened`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let form = try await hana.get("/people/\(World.zoe.column)/cases/new")
            let page = try await hana.submit(form, [
                "worker": World.Staff.imran.account.column, "restricted": "yes",
            ])
            #expect(page.text.contains("Only its team"))
            for (colleague, status) in [(World.Staff.imran, 200), (.hana, 200), (.ivy, 404), (.sunita, 404)] {
                let browser = Browser(site, as: colleague)
                #expect(try await browser.get(page.path).status == status)
                #expect(try await browser.get("/people/\(World.zoe.column)").status == status)
            }
        }
    }
}
