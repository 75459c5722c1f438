import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Who knows whom", .needsClone)
struct InterestTests {
    private static let marcus = ["given-name": "marcus", "family-name": "DUNMORE"]
    private static let born = ["birth-day": "23", "birth-month": "11", "birth-year": "1986"]

    /// Declares somebody, and leaves whatever follows to the end of the transaction, as always.
    private func declare(
        _ browser: Browser, _ answers: [String: String], about: String = "other"
    ) async throws -> Seen {
        var form = try await browser.get("/account/interests").form("/account/interests")
        form.forge("about", about)
        form.forge("how", "My brother")
        for (name, value) in answers { form.forge(name, value) }
        return try await browser.submit(form)
    }

    @Test func `a name and a date of birth seal at once, and the answer is the same as when nothing matched`()
        async throws {
        try await TestSite.committed { site in
            let imran = Browser(site, as: .imran)
            let none = try await declare(imran, ["given-name": "Wilhelmina"])
            let some = try await declare(imran, Self.marcus.merging(Self.born) { $1 })
            #expect(none.status == 200 && some.status == 200 && some.heading == none.heading)
            #expect(some.text.contains("marcus DUNMORE") && some.text.contains("My brother"))
            #expect(!some.text.contains("sealed"))
            // Marcus (102), whom he harms (101, 107), and Marcus's own record across the wall.
            #expect(try await site.matches() == ["102 strong sealed name,birth", "401 strong sealed name,birth"])
            let absent = try await imran.send(.get, "/people/\(World.absent.column)")
            for path in ["/people/\(World.marcus.column)", "/people/\(World.maya.column)",
                         "/cases/\(World.mayasCase.column)", "/people/\(World.priyanka.column)"] {
                let answer = try await imran.send(.get, path)
                #expect(answer.status == 404 && answer.body == absent.body && answer.headers == absent.headers)
            }
        }
    }

    @Test func `the worker's case is covered in the same moment, and the manager and the officer are told`()
        async throws {
        try await TestSite.committed { site in
            let imran = Browser(site, as: .imran)
            _ = try await declare(imran, Self.marcus.merging(Self.born) { $1 })
            let worker: String? = try await site.value("""
                SELECT w.full_name AS value FROM app.case_record c JOIN app.account w ON w.id = c.worker_id
                WHERE c.id = \(World.mayasCase)
                """)
            #expect(worker == "Sunita Farrow")
            let waiting: Int? = try await site.value("""
                SELECT count(*)::int AS value FROM app.task
                WHERE case_id = \(World.mayasCase) AND owner_id = \(World.Staff.imran.account) AND done_at IS NULL
                """)
            #expect(waiting == 0)
            let today = try await Browser(site, as: .sunita).get("/")
            #expect(today.text.contains("You hold this case for now"))
            let list = try await Browser(site, as: .dilys).get("/interests")
            #expect(list.markup.all("tr").map(\.words).contains {
                $0.contains("Imran Aldous") && $0.contains("name and date of birth") && $0.contains("Harbour")
            })
            let events = try await site.auditLog().map(\.event)
            #expect(events.contains("interest-sealed") && events.contains("case-covered"))
            #expect(events.contains("interest-declared"))
        }
    }

    @Test func `no open case is without a worker whoever is sealed, and one that is given to the sealed goes on`()
        async throws {
        try await TestSite.committed { site in
            // Everybody who holds an open case of Harbour's knows the one who harms, one after the other.
            for staff in [World.Staff.imran, .sunita, .gwen] {
                _ = try await declare(Browser(site, as: staff), Self.marcus.merging(Self.born) { $1 })
                let left: Int? = try await site.value("""
                    SELECT count(*)::int AS value FROM app.case_record c
                    WHERE c.id = \(World.mayasCase) AND (c.worker_id IS NULL OR EXISTS (
                        SELECT FROM app.withheld w WHERE w.subject_id = c.id AND NOT w.opens
                          AND c.worker_id = ANY (w.accounts)))
                    """)
                #expect(left == 0, "\(staff)")
            }
            try await site.change("""
                UPDATE app.case_record SET worker_id = '\(World.Staff.imran.account.column)'
                WHERE id = '\(World.mayasCase.column)'
                """)
            let worker: UUID? = try await site.value(
                "SELECT worker_id AS value FROM app.case_record WHERE id = \(World.mayasCase)")
            #expect(worker != nil && worker != World.Staff.imran.account)
        }
    }

    @Test func `where nobody else is left the officer is told so`() async throws {
        try await TestSite.committed { site in
            // Northfield Housing has one officer, who holds Agnes's case.
            _ = try await declare(Browser(site, as: .harriet), [
                "given-name": "Lionel", "family-name": "Quill", "birth-day": "7", "birth-month": "7",
                "birth-year": "1947",
            ])
            let list = try await Browser(site, as: .dilys).get("/interests")
            #expect(list.text.contains("Nobody to take over"))
            #expect(try await site.auditLog().map(\.event).contains("cover-missing"))
        }
    }

    @Test(arguments: [
        // A year, another day: weak. Another year: none. A name alone that few have: weak, unless both are dated.
        (["given-name": "Olive", "family-name": "Tamboura", "birth-year": "2001"], ["105 weak open name,birthYear"]),
        (["given-name": "Olive", "family-name": "Tamboura", "birth-year": "1950"], []),
        (["given-name": "Olive", "family-name": "Tamboura"], ["105 weak open name"]),
        (["given-name": "Zoe", "family-name": "O’Shea-Laska"], ["112 weak open name"]),
        // A former name counts.
        (["given-name": "Maya", "family-name": "Dunmore", "birth-year": "1990"], ["101 weak open name,birthYear"]),
        (["given-name": "Olivia", "family-name": "Tamboura"], []),
    ] as [([String: String], [String])])
    func `what is weak waits for the officer and seals nothing`(_ said: [String: String], _ found: [String])
        async throws {
        try await TestSite.committed { site in
            var said = said
            if said["birth-year"] != nil { said.merge(["birth-day": "1", "birth-month": "1"]) { $1 } }
            let hana = Browser(site, as: .hana)
            _ = try await declare(hana, said)
            #expect(try await site.matches() == found)
            #expect(try await hana.send(.get, "/people/\(World.olive.column)").status == 200)
            let sealed: Int? = try await site.value(
                "SELECT count(*)::int AS value FROM app.interest_block WHERE reason = 'Matched'")
            #expect(sealed == 0)
        }
    }

    @Test func `whoever comes on record later is matched too, with the whole of what was said first`() async throws {
        try await TestSite.committed { site in
            let hana = Browser(site, as: .hana)
            _ = try await declare(hana, ["given-name": "Wilhelmina", "family-name": "Quartermaine", "birth-day": "27",
                                         "birth-month": "3", "birth-year": "1987"])
            #expect(try await site.matches().isEmpty)
            let path = "/contacts/\(World.id(.silentContact, 101).column)/people/new"
            var form = try await hana.get(path).form()
            for (name, value) in ["given-name": "Wilhelmina", "family-name": "Quartermaine", "birth-day": "27",
                                  "birth-month": "3", "birth-year": "1987"] { form.forge(name, value) }
            let answer = try await hana.post(form)
            #expect(answer.status == 303)
            let matches = try await site.matches()
            #expect(matches.count == 1 && matches[0].hasSuffix("strong sealed name,birth"))
            let person = try #require(answer.location)
            #expect(try await hana.send(.get, person).status == 404)
            #expect(try await Browser(site, as: .sunita).send(.get, person).status == 200)
        }
    }

    @Test func `a new colleague's own name is compared, and a date that is put right makes it strong`() async throws {
        try await TestSite.committed { site in
            _ = try await declare(Browser(site, as: .hana), [
                "given-name": "Rafe", "family-name": "Sollis", "birth-day": "2", "birth-month": "2",
                "birth-year": "1980",
            ])
            #expect(try await site.matches() == ["104 weak open name"])
            try await site.change("""
                UPDATE app.person SET date_of_birth = '1980-02-02', birth_known = 'known'
                WHERE id = '\(World.rafe.column)'
                """)
            #expect(try await site.matches() == ["104 strong sealed name,birth"])
            try await site.change("""
                INSERT INTO app.account (id, partnership_id, email, full_name)
                VALUES (gen_random_uuid(), '\(World.north.column)', 'new@harbour.example', 'Gregor Haslett')
                """)
            #expect(try await site.matches() == ["104 strong sealed name,birth", "106 weak open name"])
        }
    }
}

extension TestSite {
    /// What the system found: of whom, how sure, what became of it and what agrees.
    fileprivate func matches() async throws -> [String] {
        try await truth.transaction { db in
            try db.all("""
                SELECT concat_ws(' ', right(subject_id::text, 3), strength, state, array_to_string(agrees, ',')) AS words
                FROM app.interest_match
                WHERE partnership_id = \(World.north) AND id::text NOT LIKE '%-4000-9002-%' ORDER BY 1
                """) { try $0["words"] }
        }
    }

    /// One value as the superuser sees it.
    fileprivate func value<Value: ColumnValue & Sendable>(_ query: SQL) async throws -> Value? {
        try await truth.transaction { db in try db.first(query) { try $0["value"] as Value? } ?? nil }
    }
}
