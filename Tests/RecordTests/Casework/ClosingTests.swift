import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is high risk and Imran's; Olive's is medium.
@Suite("Closing a case", .needsClone)
struct ClosingTests {
    private let mayasCase = "/cases/\(World.mayasCase.column)"
    private let olivesCase = "/cases/\(World.olivesCase.column)"
    private let words: KeyValuePairs = [
        "reason": "planned", "summary": "Moved, order in force", "step-down": "The drop-in", "abuse": "ceased",
        "feels": "safer", "feedback": "You <b>picked</b> up'; DROP TABLE app.person; --",
    ]

    private func isClosed(_ site: TestSite, _ record: UUID) async throws -> Bool? {
        try await site.truth.transaction { db in
            try db.first("SELECT closed_at IS NOT NULL AS closed FROM app.case_record WHERE id = \(record)") {
                try $0["closed"]
            }
        }
    }

    private func waiting(_ site: TestSite, on record: UUID) async throws -> [String] {
        try await site.truth.transaction { db in
            try db.all("""
                SELECT kind FROM app.task WHERE case_id = \(record) AND done_at IS NULL ORDER BY kind
                """) { try $0["kind"] }
        }
    }

    @Test func `below high risk, one person closes it, and what waited ends with it`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("""
                INSERT INTO app.task (id, partnership_id, agency_id, case_id, kind, started_at, due_at)
                SELECT gen_random_uuid(), partnership_id, agency_id, id, 'contact', now(), now() FROM app.case_record
                WHERE id = \(World.olivesCase)
                """)
            #expect(try await waiting(site, on: World.olivesCase) == ["contact"])
            let closed = try await imran.submit(imran.get("\(olivesCase)/close"), words)
            #expect(closed.path == olivesCase && closed.text.contains("Closed "))
            for said in ["Planned: what was needed is done", "Moved, order in force", "The drop-in", "Ceased", "Safer",
                         "You <b>picked</b> up'; DROP TABLE app.person; --", "Medium risk"] {
                #expect(closed.text.contains(said), "\(said)")
            }
            #expect(!closed.text.contains("hours left") && !closed.text.contains("Change who holds the case"))
            #expect(!closed.text.contains("Record a contact attempt") && !closed.text.contains("Close the case"))
            #expect(try await isClosed(site, World.olivesCase) == true)
            // An intake was taken: the exit is asked for.
            #expect(try await waiting(site, on: World.olivesCase) == ["dataSet"])
            #expect(try await site.auditLog().last?.event == "case-viewed")
            #expect(try await site.auditLog().contains { $0.event == "case-closed" })
            // The way back in leads to the case.
            #expect(try await imran.get("\(olivesCase)/close").path == olivesCase)
        }
    }

    @Test func `a high-risk case stays open until a second person agrees`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, sunita) = (Browser(site, as: .imran), Browser(site, as: .sunita))
            let form = try await imran.get("\(mayasCase)/close")
            #expect(form.text.contains("it stays open until a second person agrees"))
            let proposed = try await imran.submit(form, words)
            #expect(proposed.text.contains("waits for a second person"))
            #expect(try await isClosed(site, World.mayasCase) == false)
            #expect(try await waiting(site, on: World.mayasCase).contains("closing"))
            #expect(try await sunita.get("/shift").text.contains("A high-risk case waits for a second person to close it"))

            let own = try await imran.get("\(mayasCase)/close/confirm")
            #expect(own.text.contains("You proposed to close it"))
            #expect(!own.forms.contains { $0.action.hasSuffix("/confirm") })
            var forged = try await sunita.get("\(mayasCase)/close/confirm").form()
            _ = forged.fill(["agree": "yes"])
            var mine = forged
            mine.forge("csrf", "csrf-imran")
            let refused = try await imran.post(mine)
            #expect(refused.status == 422 && refused.body.contains("You proposed to close it: a second person must agree"))
            #expect(try await isClosed(site, World.mayasCase) == false)

            let agreed = try await sunita.submit(forged)
            #expect(agreed.path == mayasCase && agreed.text.contains("Sunita"))
            #expect(try await isClosed(site, World.mayasCase) == true)
            #expect(try await waiting(site, on: World.mayasCase) == ["dataSet"])
        }
    }

    @Test func `not agreed, it goes on, with the reason on record, and can be proposed again`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, sunita) = (Browser(site, as: .imran), Browser(site, as: .sunita))
            _ = try await imran.submit(imran.get("\(mayasCase)/close"), words)
            let silent = try await sunita.submit(sunita.get("\(mayasCase)/close/confirm"), ["agree": "no"])
            #expect(silent.errors == ["Enter why it should stay open"])
            let refused = try await sunita.submit(
                sunita.get("\(mayasCase)/close/confirm"), ["agree": "no", "reason": "He is released on Friday"])
            #expect(refused.path == mayasCase && refused.text.contains("Closing not agreed"))
            #expect(try await isClosed(site, World.mayasCase) == false)
            #expect(try await !waiting(site, on: World.mayasCase).contains("closing"))
            #expect(try await imran.submit(imran.get("\(mayasCase)/close"), words).text
                .contains("waits for a second person"))
        }
    }

    @Test func `whoever is second to close it is told, and keeps their words`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let (first, second) = (try await imran.get("\(olivesCase)/close"), try await ivy.get("\(olivesCase)/close"))
            _ = try await imran.submit(first, words)
            let told = try await ivy.submit(second, ["reason": "moved", "summary": "Went to her sister"])
            #expect(told.status == 409 && told.errors == ["A colleague closed this case just now"])
            #expect(try told.form()["summary"] == "Went to her sister")
        }
    }

    @Test func `a grade that became high meanwhile asks for the second person after all`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("\(olivesCase)/close")
            try await site.alter("UPDATE app.case_record SET risk = 'high', version = version + 1 "
                + "WHERE id = \(World.olivesCase)")
            let told = try await imran.submit(form, words)
            #expect(told.status == 409 && told.text.contains("it stays open until a second person agrees"))
            #expect(try await isClosed(site, World.olivesCase) == false)
        }
    }

    @Test(arguments: [
        ([:], ["Select why the case ends", "Enter what was done and what is left"]),
        (["reason": "transferred", "summary": "x"], ["Enter which service the case goes to"]),
        (["reason": "planned", "summary": "x", "abuse": "gone"], ["Select how the abuse changed"]),
    ] as [([String: String], [String])])
    func `what is missing is said beside its field`(_ typed: [String: String], _ expected: [String]) async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get("\(olivesCase)/close").form()
            for (field, value) in typed { form.forge(field, value) }
            let refused = try await imran.submit(form)
            #expect(refused.status == 422 && refused.errors == expected)
            #expect(try await isClosed(site, World.olivesCase) == false)
        }
    }

    @Test func `a new case within twelve months is recognised as a repeat, a later one is not`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let olive = "/people/\(World.olive.column)/cases/new"
            #expect(try await !imran.get(olive).text.contains("Repeat within 12 months"))
            _ = try await imran.submit(imran.get("\(olivesCase)/close"), words)
            let form = try await imran.get(olive)
            #expect(form.text.contains("Repeat within 12 months: W-105 was closed on "))
            let opened = try await imran.submit(form, ["worker": "later"])
            #expect(opened.text.contains("Repeat within 12 months: W-105"))
            try await site.alter("UPDATE app.case_record SET closed_at = now() - interval '13 months' "
                + "WHERE id = \(World.olivesCase)")
            #expect(try await !imran.get(olive).text.contains("Repeat within 12 months"))
        }
    }
}
