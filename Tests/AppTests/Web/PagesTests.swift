import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Pages", .needsClone)
struct PagesTests {
    @Test func `the first page shows a caseworker what is most urgent`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await Browser(site, as: .imran).get("/")
            #expect(page.status == 200)
            #expect(page.heading == "Today")
            #expect(page.text.contains("Maya Castell"))
        }
    }
}
