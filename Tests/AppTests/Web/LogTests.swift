import Foundation
import Postgres
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Logs", .needsClone)
struct LogTests {
    @Test func `the logs of a whole journey hold nothing that was typed, and nobody's name`() async throws {
        try await TestSite.rolledBack(at: try TestClock.next(weekday: 3, minute: 900)) { site in
            let hana = Browser(site)
            try await hana.signIn(.hana)
            let call = FirstCall(hana)
            let (person, record) = try await call.wholeCall()
            let imran = Browser(site, as: .imran)
            try await imran.submit(
                imran.get("/people/\(person.column)"), to: "/people/\(person.column)/safe-contact/reveal")
            let attempt = try await imran.get("/cases/\(record.column)/attempts/new")
            try await imran.submit(attempt, [
                "channel": "telephone", "outcome": "spoke", "note": "Rang about the locks",
            ])
            let note = try await imran.get("/cases/\(record.column)/notes/new")
            try await imran.submit(note, ["body": "She keeps a bag at her sister's"])
            try await imran.submit(imran.get("/search"), ["purpose": "newContact", "family-name": "Dunmore"])
            // Refusals and faults are logged too.
            _ = try await imran.send(.get, "/search?name=Wilhelmina")
            _ = try await imran.send(.get, "/people/Wilhelmina")
            try await site.alter("ALTER TABLE app.case_note ADD CONSTRAINT broken CHECK (body = 'x') NOT VALID")
            try await imran.submit(note, ["body": "She keeps a bag at her sister's"])
            try await site.alter("ALTER TABLE app.person_phone RENAME COLUMN number_token TO lost")
            _ = try await imran.submit(imran.get("/search"), ["purpose": "newContact", "phone": call.number])

            let lines = site.log.lines
            #expect(lines.count > 30)
            #expect(lines.contains { $0.hasPrefix("error fault") })
            #expect(lines.contains { $0.contains("route=/people/{id}") || $0.contains("route=/people/:id") })
            let secrets = call.typed + World.names + [
                "Rang about the locks", "sister", "Maya", "Dunmore", "spoke", "hana", "imran", "Whitlock", "Aldous",
                World.Staff.hana.password, World.Staff.hana.authenticator.code(at: site.clock.now), "192.0.2.1",
                World.cookie("session-imran"), person.uuidString, record.uuidString,
            ]
            for secret in secrets {
                let told = lines.filter { $0.localizedCaseInsensitiveContains(secret) }
                #expect(told.isEmpty, "'\(secret)'")
            }
        }
    }
}
