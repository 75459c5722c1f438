import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Threat T26 and the busy night: what floods in and who works at once.
@Suite("A busy night", .needsClone)
struct BusyNightTests {
    /// What the statements of this one transaction have read of a table so far: rows by scans of the whole, and by index.
    private func read(_ site: TestSite) async throws -> (whole: Int, byIndex: Int) {
        try await site.truth.transaction { db in
            try db.first("""
                SELECT seq_tup_read::int AS whole, idx_tup_fetch::int AS fetched FROM pg_stat_xact_user_tables
                WHERE schemaname = 'app' AND relname = 'referral'
                """) { (try $0["whole"], try $0["fetched"]) } ?? (0, 0)
        }
    }

    @Test func `10,000 posts in quarantine: what is genuine stands first, in few statements that read few rows`()
        async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let before = try await hana.get("/referrals/waiting").markup.all("tr").map(\.words)
            #expect(before.count > 1)
            try await site.alter("""
                INSERT INTO app.referral (id, partnership_id, agency_id, reference, direction, source, kind, told_sealed,
                    basis, quarantined, trapped, sender_bucket, received_at, due_at)
                SELECT gen_random_uuid(), \(World.north), \(World.harbour), 'FLOOD-' || n, 'in', 'selfReferral', 'support',
                       '\\x00', 'notAsked', true, n % 2 = 0, sha256(convert_to((n % 40)::text, 'UTF8')),
                       now() - n * interval '1 second', now() + interval '1 hour'
                FROM generate_series(1, 10000) AS n
                """, "ANALYZE app.referral")
            for path in ["/referrals/waiting", "/shift"] {
                let start = try await read(site)
                let page = try await hana.get(path)
                let end = try await read(site)
                #expect(page.status == 200)
                #expect(end.whole == start.whole, "\(path) read the whole table")
                // Counts stop at 1,000; the list shows 25.
                #expect(end.byIndex - start.byIndex < 2_100, "\(path) read \(end.byIndex - start.byIndex) rows")
                #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
                #expect(!page.text.contains("FLOOD"))
            }
            #expect(try await hana.get("/referrals/waiting").markup.all("tr").map(\.words) == before)
            let unread = try await hana.get("/referrals/quarantine")
            #expect(unread.text.contains("Public form (over 999)") && unread.text.contains("250 came from one sender"))
            #expect(Int(unread.answer["X-Queries"] ?? "99") ?? 99 <= 8)
        }
    }

    @Test func `a thousand referrals, ten workers at once: each has one owner, the slower is told who, none is lost`()
        async throws {
        try await TestSite.committed { site in
            let referrals = try await receive(1_000, site)
            let workers = try await hire(10, site)
            let outcomes = try await withThrowingTaskGroup(of: [Taking].self) { group in
                for (number, worker) in workers.enumerated() {
                    group.addTask {
                        // A hundred of their own; before that, the first ones of their neighbour's hundred.
                        let next = (number + 1) % 10 * 100
                        var takings: [Taking] = []
                        for place in Array(next..<next + 6) + Array(number * 100..<number * 100 + 100) {
                            takings.append(try await worker.take(referrals[place], site))
                        }
                        return takings
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let taken = outcomes.filter { $0.status == 303 }
            let late = outcomes.filter { $0.status == 409 }
            #expect(taken.count == 1_000 && late.count == 60 && outcomes.count == 1_060)
            #expect(Set(taken.map(\.referral)) == Set(referrals))
            let owners = Dictionary(taken.map { ($0.referral, $0.by) }) { first, _ in first }
            for one in late {
                let owner = try #require(owners[one.referral])
                #expect(owner != one.by && one.told.contains("\(owner) was quicker"))
            }
            let kept = try await site.truth.transaction { db in
                try db.all("""
                    SELECT r.id, a.full_name FROM app.referral r JOIN app.account a ON a.id = r.owner_id
                    WHERE r.reference LIKE 'NIGHT-%'
                    """) { (try $0["id"] as UUID, try $0["full_name"] as String) }
            }
            #expect(Dictionary(kept) { first, _ in first } == owners)
            #expect(try await site.auditLog().count { $0.event == "referral-taken" } == 1_000)
        }
    }

    /// So many referrals of the last hour, each with words of its own.
    private func receive(_ count: Int, _ site: TestSite) async throws -> [UUID] {
        let ids = (0..<count).map { _ in UUID() }
        let told = try ids.map { id in
            var told = ReferralTold()
            told.reason = "Called to the house"
            return try site.services.sealTold(told, id)
        }
        try await site.alter("""
            INSERT INTO app.referral (id, partnership_id, agency_id, reference, direction, source, kind, from_agency_id,
                told_sealed, basis, received_at, due_at)
            SELECT t.id, \(World.north), \(World.harbour), 'NIGHT-' || t.n, 'in', 'police', 'support',
                   \(World.id(.agency, 5)), t.told, 'consent', now() - t.n * interval '3 seconds', now() + interval '1 day'
            FROM unnest(\(ids)::uuid[], \(told)::bytea[]) WITH ORDINALITY AS t(id, told, n)
            """)
        return ids
    }

    /// Helpline workers of Harbour who are signed in.
    private func hire(_ count: Int, _ site: TestSite) async throws -> [NightWorker] {
        var workers: [NightWorker] = []
        for number in 0..<count {
            let worker = NightWorker(
                account: UUID(), name: "Worker \(Character(UnicodeScalar(UInt8(65 + number))))",
                token: World.cookie("night-\(number)"))
            try await site.alter("""
                INSERT INTO app.account (id, partnership_id, email, full_name)
                VALUES (\(worker.account), \(World.north), \("night\(number)@harbour.example"), \(worker.name))
                """, """
                INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
                VALUES (gen_random_uuid(), \(World.north), \(worker.account), \(World.harbour), 'helplineWorker',
                        '2020-01-01')
                """, """
                INSERT INTO app.session (id, token_hash, csrf, partnership_id, account_id, stage, browser, expires_at,
                                         ends_at)
                VALUES (gen_random_uuid(), sha256(convert_to(\(worker.token), 'UTF8')), 'csrf-night', \(World.north),
                        \(worker.account), 'full', 'Browser', now() + interval '1 day', now() + interval '1 day')
                """)
            workers.append(worker)
        }
        return workers
    }
}

/// What came of one press on "Take".
private struct Taking: Sendable {
    let referral: UUID
    let by: String
    let status: Int
    let told: String
}

private struct NightWorker: Sendable {
    let account: UUID
    let name: String
    let token: String

    func take(_ referral: UUID, _ site: TestSite) async throws -> Taking {
        let browser = Browser(site)
        browser.setCookie(Cookies.session, token)
        let body = "csrf=csrf-night&submission=\(UUID().column)"
        let answer = try await browser.send(.post, "/referrals/\(referral.column)/take", form: Array(body.utf8))
        return Taking(referral: referral, by: name, status: answer.status, told: answer.body)
    }
}

@Suite("Two workers, one person, two spellings", .needsClone)
struct TwoSpellingsTests {
    private func looked(_ browser: Browser, _ given: String, _ family: String, born: (String, String, String))
        async throws -> Seen {
        let contact = try await browser.submit(browser.get("/contacts/new"), [
            "channel": "helpline", "reason": "Rang", "outcome": "callAgain",
        ])
        let search = try await browser.press("Who is this?", on: contact)
        return try await browser.submit(search, [
            "given-name": given, "family-name": family, "birth-day": born.0, "birth-month": born.1, "birth-year": born.2,
        ])
    }

    @Test func `the second finds the first's record by sound and birth; new all the same, they stay two`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, sunita) = (Browser(site, as: .hana), Browser(site, as: .sunita))
            let first = try await looked(hana, "Katherine", "Featherstone", born: ("7", "3", "1991"))
            #expect(first.text.contains("Nobody on record"))
            _ = try await hana.submit(hana.press("Add a new person", on: first))
            let people = try await site.count("person")

            // Heard otherwise, the day and the month the other way round.
            let second = try await looked(sunita, "Catherine", "Fetherstone", born: ("3", "7", "1991"))
            let row = try #require(second.markup.all("tr").map(\.words).first { $0.contains("Katherine Featherstone") })
            #expect(row.contains("Date of birth, day and month swapped"))
            let choose = try #require(second.forms.first { $0.action.hasSuffix("/person") })
            _ = try await sunita.submit(choose)
            #expect(try await site.count("person") == people)

            // A third time she adds her as new: two records, with the names that were typed, and both are found.
            let third = try await looked(sunita, "Catherine", "Fetherstone", born: ("3", "7", "1991"))
            _ = try await sunita.submit(sunita.press("Add a new person", on: third))
            #expect(try await site.count("person") == people + 1)
            let both = try await looked(hana, "Katherine", "Featherstone", born: ("7", "3", "1991"))
            #expect(both.text.contains("Katherine Featherstone") && both.text.contains("Catherine Fetherstone"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.person_name
                WHERE family_name IN ('Featherstone', 'Fetherstone') AND kind = 'current'
                """) == 2)
        }
    }
}
