import Foundation
import Postgres
import Testing

@testable import App
@testable import AppTestSupport

/// In the world Harbour has sent one return for call 1, and Sunita sends for it.
@Suite("How much agencies send, and several at once", .needsClone)
struct DataLimitsTests {
    private static let call = World.id(.dataCall, 1)
    private static let signer = FigureSigner(
        partnership: World.north, account: World.Staff.sunita.account, at: Date(timeIntervalSince1970: 1_000_000_000))

    private func sendOneMore(_ site: TestSite) async throws -> Seen {
        let browser = Browser(site, as: .sunita)
        var form = try await browser.get("/team/data/\(Self.call.column)/send").form()
        form.file = ("extract.csv", Array("record_id,event_date,sex\nH-9,05/02/2001,male\n".utf8))
        return try await browser.submit(form)
    }

    @Test func `an agency that has sent 900 files for one call is told so, and sends no more`() async throws {
        try await TestSite.rolledBack { site in
            try await site.truth.transaction { db in
                _ = try db.run("""
                    INSERT INTO app.data_return (id, partnership_id, agency_id, call_id, number, kind, state, problem,
                        opt_out, keep_until, recorded_at, recorded_by, moved_at)
                    SELECT gen_random_uuid(), partnership_id, agency_id, call_id, number + n, kind, 'refused', 'noHead',
                           opt_out, keep_until, recorded_at, recorded_by, moved_at
                    FROM app.data_return, generate_series(1, 898) AS n
                    WHERE call_id = \(Self.call) AND agency_id = \(World.harbour)
                    """)
            }
            #expect(try await sendOneMore(site).status == 200)
            let page = try await sendOneMore(site)
            #expect(page.status == 422)
            #expect(page.errors.contains { $0.contains("Your agency has sent 900 files for this call already") })
        }
    }

    @Test func `an agency that keeps more than 4 GB for one call is told so, until some of it is gone`() async throws {
        try await TestSite.rolledBack { site in
            try await site.truth.transaction { db in
                _ = try db.run("""
                    UPDATE app.data_return SET bytes = 4500000000
                    WHERE call_id = \(Self.call) AND agency_id = \(World.harbour)
                    """)
            }
            let page = try await sendOneMore(site)
            #expect(page.status == 422)
            #expect(page.errors.contains { $0.contains("Your agency has sent more than 4 GB for this call already") })
            try await site.truth.transaction { db in
                _ = try db.run("""
                    UPDATE app.data_return SET wrapped = NULL, words = NULL, deleted_at = now()
                    WHERE call_id = \(Self.call) AND agency_id = \(World.harbour)
                    """)
            }
            #expect(try await sendOneMore(site).status == 200)
        }
    }

    /// Without turns two would take one number, and one of them would fail.
    @Test func `colleagues who say at one moment what a word means follow each other`() async throws {
        try await TestSite.committed { site in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for round in 0..<12 {
                    group.addTask {
                        try await site.truth.transaction { db in
                            try db.addMapping(
                                NewMapping(
                                    field: "sex", written: "Weiblich",
                                    category: round.isMultiple(of: 2) ? "female" : "male"),
                                of: World.harbour, "test", Self.signer)
                            // Nobody's turn comes before this is on record.
                            _ = try db.run("SELECT pg_sleep(0.02)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await site.howMany("""
                SELECT max(number)::int AS n FROM app.data_mapping WHERE written = 'Weiblich'
                """) == 12)
        }
    }

    @Test func `a reading that stood still while another began anew changes nothing any more`() async throws {
        try await TestSite.rolledBack { site in
            let id = try await sendOneMore(site).id()
            try await site.truth.transaction { db in
                var profile = DataProfile()
                _ = try db.run("UPDATE app.data_return SET state = 'reading', rows_done = 5 WHERE id = \(id)")
                // It had read as far as row 3 when another began, which is at row 5 by now.
                #expect(throws: Overtaken.self) { try db.setProgress(profile, after: 3, of: id, Self.signer) }
                #expect(throws: Overtaken.self) {
                    try db.setReceived(id, nil, profile, keyID: nil, words: nil, Self.signer)
                }
                profile.rows = 7
                try db.setProgress(profile, after: 5, of: id, Self.signer)
                try db.setReceived(id, nil, profile, keyID: nil, words: nil, Self.signer)
            }
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.data_return WHERE id = \(id) AND state = 'received' AND rows_done = 7
                """) == 1)
        }
    }
}
