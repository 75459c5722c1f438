import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The audit log on screen", .needsClone)
struct AuditReviewTests {
    @Test func `the data protection officer reads who, when, what and why, and the look is in the log`() async throws {
        try await TestSite.rolledBack { site in
            let helpline = Browser(site, as: .hana)
            #expect(try await helpline.get("/cases").status == 200)
            try await site.append(
                "case-viewed", "case", by: .imran, purpose: "Preparing the review", detail: "{\"secret\":1}")
            let page = try await Browser(site, as: .dilys).get("/audit")
            #expect(page.status == 200 && page.heading == "Audit log")
            let row = try #require(page.markup.all("tr").map(\.words).first { $0.contains("Read a case") })
            #expect(row.contains("Imran") && row.contains("Preparing the review") && row.contains(Self.subject))
            #expect(!page.answer.body.contains("secret"))
            #expect(page.markup.all("tr").map(\.words).contains { $0.contains("Read this log") })
        }
    }

    @Test(arguments: World.Staff.allCases.filter { $0 != .dilys })
    func `nobody else sees it`(person: World.Staff) async throws {
        try await TestSite.rolledBack { site in
            let answer = try await Browser(site, as: person).send(.get, "/audit")
            #expect(answer.status == 403 || answer.status == 303)
            #expect(try await site.details("audit-viewed").isEmpty)
        }
    }

    @Test func `what the filter asked for is in the log, and nothing that can't be read is`() async throws {
        try await TestSite.rolledBack { site in
            let imran = World.Staff.imran.account.uuidString.lowercased()
            let officer = Browser(site, as: .dilys)
            try await site.append("case-viewed", "case", by: .imran)
            try await site.append("note-written", "note", by: .imran)
            try await site.append("case-viewed", "case", by: .hana)
            try await site.append("master-key-rotated", "key", by: nil)
            func rows(_ query: String) async throws -> [String] {
                try await officer.get("/audit?\(query)").markup.all("tr").dropFirst().map(\.words)
            }
            #expect(try await rows("who=\(imran)").count == 2)
            #expect(try await rows("who=\(imran)&event=note-written").count == 1)
            #expect(try await rows("event=case-viewed").count == 2)
            let system = try await rows("who=nobody")
            #expect(system.count == 1 && system[0].contains("The system"))
            #expect(system[0].contains("Replaced the master key"))
            #expect(try await rows("event=account-ended").isEmpty)
            let all = try await rows("").count
            #expect(try await rows("who=x&event=%3Cscript%3E&before=1-2&page=%00").count == all + 1)
            let details = try await site.details("audit-viewed")
            #expect(details.contains("{\"who\":\"\(imran)\",\"event\":\"note-written\"}"))
            #expect(details.allSatisfy { !$0.contains("script") })
        }
    }

    @Test func `who fishes shows: searches by worker and day, and those that led nowhere`() async throws {
        try await TestSite.rolledBack { site in
            for _ in 1...4 { try await site.append("people-searched", "search", by: .ivy, purpose: "A reason") }
            try await site.append("people-searched", "search", by: .imran, purpose: "A reason")
            try await site.append("person-viewed", "person", by: .imran)
            let page = try await Browser(site, as: .dilys).get("/audit")
            let rows = page.markup.all("tr").map(\.words)
            let ivy = rows.first { $0.contains("Ivy Marchetti44") }
            let imran = rows.first { $0.contains("Imran Aldous10") }
            #expect(ivy != nil && imran != nil, "\(rows.prefix(5))")
            let filtered = try await Browser(site, as: .dilys).get("/audit?event=people-searched")
            #expect(!filtered.text.contains("Without a follow-up"))
        }
    }

    @Test func `a page has so many rows and no more, and rows of one moment are neither lost nor doubled`() async throws {
        try await TestSite.rolledBack { site in
            for _ in 1...(AuditReview.perPage + 10) { try await site.append("case-viewed", "case", by: .imran) }
            _ = try await site.truth.transaction { db in
                try db.run("""
                    UPDATE app.audit_event SET at = '2026-01-02 03:04:05.123457+00' WHERE event = 'case-viewed'
                    """)
            }
            let officer = Browser(site, as: .dilys)
            let first = try await officer.get("/audit?event=case-viewed")
            #expect(first.markup.all("tr").count == AuditReview.perPage + 1)
            let second = try await officer.press("Next", on: first)
            #expect(second.markup.all("tr").count == 11)
            let ids = try await site.truth.transaction { db in
                try db.all("SELECT subject_id::text AS id FROM app.audit_event WHERE event = 'case-viewed'") {
                    try $0["id"] as String
                }
            }
            for id in Set(ids) {
                let shown = [first, second].map { $0.answer.body.components(separatedBy: ">\(id)<").count - 1 }
                    .reduce(0, +)
                #expect(shown == ids.count { $0 == id })
            }
        }
    }

    @Test func `one partnership's officer sees nothing of another's`() async throws {
        try await TestSite.rolledBack { site in
            try await site.append("case-viewed", "case", by: .imran, in: .south)
            let page = try await Browser(site, as: .dilys).get("/audit")
            #expect(!page.markup.all("tr").map(\.words).contains { $0.contains("Read a case") })
            let other = World.Staff.imran.account(in: .south).uuidString.lowercased()
            #expect(try await Browser(site, as: .dilys).get("/audit?who=\(other)").markup.all("tr").isEmpty)
        }
    }

    @Test func `an officer with a declared interest sees nothing about that case, and the rest`() async throws {
        try await TestSite.rolledBack { site in
            let maya = World.maya
            let subjects: [(kind: String, id: UUID)] = [
                ("person", maya), ("case", World.id(.record, 101)), ("note", World.id(.note, 101)),
                ("risk", World.id(.assessment, 101)), ("contact", World.id(.contact, 101)),
            ]
            for subject in subjects + [("case", World.id(.record, 105)), ("case", World.id(.record, 103))] {
                try await site.append("case-viewed", subject.kind, subject.id, by: .imran)
            }
            let officer = Browser(site, as: .dilys)
            func shown() async throws -> Int {
                try await officer.get("/audit?event=case-viewed").markup.all("tr").dropFirst().count
            }
            #expect(try await shown() == 7)
            try await site.change("""
                INSERT INTO app.interest_block (id, partnership_id, account_id, case_id, reason) VALUES
                ('\(World.absent.column)', '\(World.north.column)', '\(World.Staff.dilys.account.column)',
                 '\(World.id(.record, 101).column)', 'My sister')
                """)
            // The restricted case, 103, stays: that is where its reviewer sees who opened it.
            #expect(try await shown() == 2)
        }
    }

    @Test func `a log that can't be written shows nothing`() async throws {
        try await TestSite.rolledBack { site in
            try await site.append("case-viewed", "case", by: .imran)
            _ = try await site.truth.transaction { db in
                try db.run("ALTER TABLE app.audit_unsealed ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
            }
            let answer = try await Browser(site, as: .dilys).send(.get, "/audit")
            #expect(answer.status >= 500 && !answer.body.contains(Self.subject))
        }
    }

    @Test func `it says how far the log is sealed, and when sealing is late`() async throws {
        try await TestSite.rolledBack { site in
            let officer = Browser(site, as: .dilys)
            #expect(try await officer.get("/audit").text.contains("Nothing is sealed yet"))
            try await site.append("case-viewed", "case", by: .imran)
            _ = try await site.truth.transaction { db in
                try db.run("""
                    INSERT INTO app.audit_checkpoint (partnership_id, size, at, root, frontier, note)
                    VALUES (\(World.north), 1234, now() - interval '1 hour', '\\x00', '\\x00', 'note')
                    """)
                try db.run("UPDATE app.audit_event SET at = now() - interval '5 minutes' WHERE event = 'case-viewed'")
            }
            let page = try await officer.get("/audit")
            #expect(page.text.contains("Sealed: 1234 entries") && page.text.contains("waited for more than a minute"))
        }
    }

    @Test func `every event has words of its own`() {
        let labels = AuditEvent.allCases.map(\.label)
        #expect(Set(labels).count == labels.count)
    }

    fileprivate static let subject = "0f0f0f0f-0000-4000-8000-00000000aaaa"
}

extension TestSite {
    /// A row of the log as the program's functions append it.
    fileprivate func append(
        _ event: String, _ kind: String, _ subject: UUID? = nil, by person: World.Staff?, in side: World.Side = .north, purpose: String? = nil,
        detail: String = "{}"
    ) async throws {
        let partnership = side == .north ? World.north : World.south
        _ = try await truth.transaction { db in
            try db.run("""
                SELECT app.append_audit(gen_random_uuid(), \(partnership), \(person?.account(in: side)), NULL, \(event),
                                        \(kind), \(subject?.uuidString ?? AuditReviewTests.subject)::uuid, \(purpose), \(detail))
                """)
        }
    }

    fileprivate func details(_ event: String) async throws -> [String] {
        try await truth.transaction { db in
            try db.all("SELECT detail FROM app.audit_event WHERE event = \(event)") { try $0["detail"] }
        }
    }
}
