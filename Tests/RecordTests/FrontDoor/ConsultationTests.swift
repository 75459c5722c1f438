import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Consultations with professionals", .needsClone)
struct ConsultationTests {
    @Test func `one that names nobody is a contact that counts, and is on the list`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let contacts = try await site.count("contact")
            let people = try await site.count("person")
            let saved = try await hana.submit(hana.get("/contacts/new"), [
                "channel": "professional", "caller": "professional", "reason": "How to ask about money",
                "outcome": "adviceGiven",
            ], to: "/contacts/new")
            #expect(saved.text.contains("It counts as a contact as it stands: nobody need be named."))
            #expect(try await hana.get("/contacts").text.contains("ProfessionalA professionalAdvice given"))
            #expect(try await site.count("contact") == contacts + 1)
            #expect(try await site.count("person") == people)
        }
    }
}
