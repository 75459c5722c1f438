import Dispatch
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("More passwords than can be checked at once", .needsClone)
struct RushTests {
    @Test func `one who signs in during a rush is asked to try again, keeps the address, and nothing counts against them`()
        async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let form = try await browser.get("/sign-in?next=/cases")
            let refused = try await Rush.during(site.services.hasher) {
                // More often than wrong passwords are let pass.
                for _ in 0..<6 { _ = try await browser.submit(form, Self.imran) }
                return try await browser.submit(form, Self.imran)
            }
            #expect(refused.status == 429)
            #expect(refused.answer["Retry-After"] == "3")
            #expect(refused.errors == [
                "Many people are signing in at this moment. Wait a few seconds, then enter your password again",
            ])
            let again = try refused.form()
            #expect(again["email"] == World.Staff.imran.email && again["password"].isEmpty && again["next"] == "/cases")
            #expect(!refused.answer.body.contains(World.Staff.imran.password))
            // The rush over, the same page lets them in at once.
            let code = try await browser.submit(refused, Self.imran)
            #expect(code.heading == "Enter your code")
            #expect(try await site.auditLog().isEmpty, "a rush is nobody's failed sign-in")
        }
    }

    @Test func `a password is not changed during a rush, and its owner is asked to try again`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: .imran)
            let form = try await browser.get("/account/password")
            let answers: KeyValuePairs = [
                "password-now": World.Staff.imran.password, "password": "lantern heron meadow biscuit",
            ]
            let refused = try await Rush.during(site.services.hasher) { try await browser.submit(form, answers) }
            #expect(refused.status == 429 && refused.errors.count == 1)
            #expect(try await browser.submit(refused, answers).heading == "Your account")
        }
    }

    @Test func `an invitation waits for the end of a rush, and is as good as before`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let browser = Browser(site)
            let form = try await browser.get(invited.link)
            let refused = try await Rush.during(site.services.hasher) {
                try await browser.submit(form, ["password": Invited.password])
            }
            #expect(refused.status == 429 && refused.errors.count == 1)
            let page = try await browser.submit(refused, ["password": Invited.password])
            #expect(page.heading == "Set up your authenticator")
        }
    }

    private static let imran: KeyValuePairs = [
        "email": World.Staff.imran.email, "password": World.Staff.imran.password,
    ]
}

/// A hasher with no room left.
private enum Rush {
    /// Does `work` while every place and the whole queue of the hasher are taken.
    static func during<Value>(_ hasher: PasswordHasher, _ work: () async throws -> Value) async throws -> Value {
        let hold = DispatchSemaphore(value: 0)
        // Two at work, the others in the queue.
        let crowd = (0..<queueLimit + 2).map { _ in Task { try await hasher.run { hold.wait() } } }
        // They come in their own time: the hasher itself says when it is full.
        while await hasher.queued < queueLimit { try await Task.sleep(for: .milliseconds(1)) }
        let outcome = await Result { try await work() }
        for _ in crowd { hold.signal() }
        for task in crowd { try await task.value }
        return try outcome.get()
    }

    /// As `TestSite` sets it.
    static let queueLimit = 100
}
