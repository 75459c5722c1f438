import Testing
@testable import App
@testable import AppTestSupport

@Suite("Between password and code", .needsClone)
struct HalfSignedInTests {
    @Test func `someone who has not given their code reaches nothing, and their code can't be guessed for long`()
        async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let page = try await browser.password(of: .imran)
            for door in Door.gets {
                let path = Knock.all(door, by: .imran)[0].path
                #expect(try await browser.send(.get, path).location == "/sign-in?next=\(path)")
            }
            var form = try page.form()
            var statuses: [Int] = []
            for _ in 0..<8 {
                _ = form.fill(["code": "000000"])
                statuses.append(try await browser.post(form).status)
            }
            #expect(statuses.contains(429))
        }
    }
}
