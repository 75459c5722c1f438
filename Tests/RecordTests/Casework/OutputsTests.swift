import Crypto
import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The outputs of a quarter", .needsClone)
struct OutputsTests {
    /// Each count once more, by hand: plain SQL over the tables, past every policy.
    private func handCount(_ db: isolated Connection, _ agency: UUID, _ from: String, _ until: String) throws -> [Output: Int] {
        func count(_ sql: SQL) throws -> Int { try db.first(sql) { try $0["n"] } ?? -1 }
        func days(_ column: SQL) -> SQL {
            "(\(column) AT TIME ZONE 'Europe/London')::date BETWEEN \(from)::date AND \(until)::date"
        }
        return [
            .helpline: try count("""
                SELECT count(*)::int AS n FROM app.contact WHERE agency_id = \(agency) AND channel = 'helpline' AND \(days("happened_at"))
                """),
            .assessments: try count("""
                SELECT count(*)::int AS n FROM app.risk_assessment WHERE agency_id = \(agency) AND received_day IS NULL
                    AND \(days("assessed_at"))
                """),
            .opened: try count("""
                SELECT count(*)::int AS n FROM app.case_record WHERE agency_id = \(agency) AND \(days("opened_at"))
                """),
            .closed: try count("""
                SELECT count(*)::int AS n FROM app.case_record WHERE agency_id = \(agency) AND \(days("closed_at"))
                """),
            .telephone: try count("""
                SELECT count(*)::int AS n FROM app.contact_attempt WHERE agency_id = \(agency) AND channel = 'telephone'
                    AND outcome = 'spoke' AND \(days("happened_at"))
                """),
            .faceToFace: try count("""
                SELECT count(*)::int AS n FROM app.contact_attempt WHERE agency_id = \(agency) AND channel = 'inPerson'
                    AND outcome = 'spoke' AND \(days("happened_at"))
                """),
        ]
    }

    @Test func `every number of the demonstration equals a hand count, quarter by quarter`() async throws {
        try await Clone.use { clone in
            try await clone.run("TRUNCATE app.partnership CASCADE")
            let hasher = PasswordHasher(
                pepper: SymmetricKey(data: Data(repeating: 4, count: 32)),
                cost: PasswordCost(memory: 64, passes: 1, lanes: 1))
            let signIns = try await Demonstration.seed(
                .rutland, into: clone.database, ring: KeyRing(current: .generate()),
                index: BlindIndex(SymmetricKey(data: Data(repeating: 3, count: 32))),
                referralKey: SymmetricKey(size: .bits256), hasher: hasher,
                sealTotp: { secret, _ in secret }, now: DemoSample.now)
            let manager = try #require(signIns.first { $0.role == Role.serviceManager.label })
            let year = FinancialYear(of: London.day(of: DemoSample.now))
            let years = [try #require(FinancialYear(year.start - 2)), try #require(FinancialYear(year.start - 1)), year]
            let quarters = years.flatMap(\.quarters)
            let agency = DemoSample.rutland.generator.organisations.agencies[DemoOrganisations.frontDoor].id
            let (shown, counted) = try await clone.undone { db in
                try db.run("""
                    INSERT INTO app.session (id, token_hash, csrf, partnership_id, account_id, stage, browser, expires_at, ends_at)
                    SELECT gen_random_uuid(), sha256('outputs'), 'csrf', partnership_id, id, 'full', 'Browser',
                           now() + interval '1 day', now() + interval '1 day'
                    FROM app.account WHERE email = \(manager.email)
                    """)
                try db.become("drystone_app", token: "outputs")
                let shown = try db.outputs(quarters.map { ("", $0) })
                try db.run("RESET ROLE")
                let counted = try quarters.map { try handCount(db, agency, $0.from.column, $0.until.column) }
                return (shown, counted)
            }
            #expect(shown.count == 12)
            for (column, count) in zip(shown, counted) {
                for output in Output.allCases where output.isRecorded {
                    #expect(column.amount(output) == count[output], "\(output.label), \(column.period.words)")
                }
                for output in Output.allCases where !output.isRecorded { #expect(column.amount(output) == nil) }
            }
            // Something is counted everywhere, or equal would say little.
            let middle = shown[4..<8]
            for output in Output.allCases where output.isRecorded && output != .faceToFace {
                #expect(middle.allSatisfy { ($0.amount(output) ?? 0) > 0 }, "\(output.label)")
            }
            #expect(shown.reduce(0) { $0 + ($1.amount(.faceToFace) ?? 0) } > 0)
        }
    }

    @Test func `the table has ten rows, and says what is not recorded`() async throws {
        try await TestSite.rolledBack { site in
            // The World's cases lie around now, and a year has its turn too.
            let sunita = Browser(site, as: .sunita)
            let today = London.day(of: site.clock.now)
            let page = try await sunita.get("/team/outputs")
            let rows = page.markup.all("tr").map(\.words)
            #expect(rows.count == 11)
            for output in Output.allCases where !output.isRecorded {
                let row = try #require(rows.first { $0.hasPrefix(output.label) })
                #expect(row.contains("not recorded yet"))
            }
            #expect(page.markup.all("svg").contains { $0["role"] == "img" })
            let from = Period(from: try #require(Day(year: today.year - 3, month: 1, day: 1)), until: today)
            let path = "/team/outputs/rows?measure=opened&from=\(from.from.column)&until=\(from.until.column)"
            let opened = try await sunita.get(path)
            let really = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.case_record WHERE agency_id = \(World.harbour)
                """)
            #expect(opened.text.contains("Number \(really)"), "Sunita sees all of Harbour's cases")
            #expect(opened.text.contains("Cases opened, by when they were opened") && opened.text.contains("Area Harbour"))
            let links = opened.markup.all("a").compactMap { $0["href"] }.filter { $0.hasPrefix("/cases/") }
            #expect(Set(links) == Set(Reach.of(.sunita).cases.union([123]).map { "/cases/\(World.id(.record, $0).column)" }))
            for measure in Output.allCases {
                #expect(try await sunita.get("/team/outputs/rows?measure=\(measure.rawValue)").status == 200)
            }
        }
    }

    @Test func `days that can't be are refused, with what was typed; any period may be asked for`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let path = "/team/outputs?from-day=1&from-month=6&from-year=2026&until-day=1&until-month=5&until-year=2026"
            let turned = try await sunita.get(path)
            #expect(turned.status == 422 && turned.errors == ["Until must be on or after the first day"])
            let half = try await sunita.get("/team/outputs?from-day=1&from-month=6&from-year=2026")
            #expect(half.errors == ["Enter the last day too"])
            #expect(try half.form("/team/outputs")["from-month"] == "6")
            let may = try await sunita.get(path.replacing("until-month=5", with: "until-month=7"))
            #expect(may.status == 200 && may.text.contains("1 June 2026 to 1 July 2026"))
            #expect(try await sunita.get("/team/outputs?year=9999999").status == 200)
        }
    }

    @Test func `service managers count what they may see of their own agencies, and others nothing`()
        async throws {
        try await Clone.use { clone in
            let totals = try await clone.undone { db in
                try [World.Staff.sunita, .lowri, .hana, .imran, .dilys, .lena].map { staff in
                    try db.signIn(staff)
                    return try db.first("""
                        SELECT coalesce(sum(amount), 0)::int AS n
                        FROM app.team_outputs('{2000-01-01}', '{2100-01-01}') WHERE measure = 'opened'
                        """) { try $0["n"] as Int } ?? -1
                }
            }
            // Sorcha's case is restricted to others than Lowri. Each agency has one that moved away long ago.
            #expect(totals == [10, 4, 0, 0, 0, 0])
        }
    }
}
