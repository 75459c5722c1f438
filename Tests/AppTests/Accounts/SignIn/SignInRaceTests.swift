import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Signing in many times at once", .needsClone)
struct SignInRaceTests {
    @Test func `of fifty who send one code at the same moment, one is let in`() async throws {
        try await TestSite.committed { site in
            // Fifty browsers that have given the password, each a known device with an allowance of its own.
            let code = World.Staff.imran.authenticator.code(at: site.clock.now)
            var ready: [(Browser, PageForm)] = []
            for number in 0..<50 {
                let browser = Browser(site, from: "192.0.2.\(number)")
                let device = "device-\(number)"
                browser.setCookie(Cookies.device, device)
                try await site.alter("""
                    INSERT INTO app.known_device (token_hash, partnership_id, account_id)
                    VALUES (\(Token.hash(device)), \(World.north), \(World.Staff.imran.account))
                    """)
                var form = try await browser.password(of: .imran).form()
                _ = form.fill(["code": code])
                ready.append((browser, form))
            }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for (browser, form) in ready { group.addTask { try await browser.post(form).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 303 } == 1)
            #expect(statuses.count { $0 == 422 } == 49)
            #expect(try await site.auditLog().count { $0.event == "signed-in" } == 1)
        }
    }

    @Test func `a burst of guesses sent at once is not more guesses`() async throws {
        try await TestSite.committed { site in
            let robot = Browser(site, from: "198.51.100.9")
            var form = try await robot.get("/sign-in").form()
            _ = form.fill(["email": World.Staff.imran.email, "password": "guessing and guessing"])
            let sent = form
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 { group.addTask { try await robot.post(sent).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 422 } <= 6)
            #expect(statuses.count { $0 == 429 } >= 34)
        }
    }

    @Test func `of ten who send one recovery code at the same moment, one is let in`() async throws {
        try await TestSite.committed { site in
            let owner = Browser(site, as: .imran)
            let made = try await owner.submit(owner.get("/account"), to: "/account/recovery-codes")
            let code = try #require(made.markup.all("code").first).words
            let half = Browser(site)
            var form = try await half.password(of: .imran).form()
            _ = form.fill(["code": code])
            let sent = form
            let locations = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<5 { group.addTask { try await half.post(sent).location } }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(locations.count { $0 == "/" } == 1)
            #expect(try await site.auditLog().count { $0.event == "recovery-code-used" } == 1)
        }
    }
}
