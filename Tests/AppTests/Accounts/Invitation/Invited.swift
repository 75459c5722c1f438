import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Somebody whom the administrator has just invited.
struct Invited {
    let account: UUID
    /// The path of the one-time link.
    let link: String
    let email: String

    static let password = "three dry summer words"

    /// By Adaeze, as Lighthouse's IDVA from today.
    init(
        _ site: TestSite, email: String = "wren@lighthouse.example", role: Role = .idva, agency: UUID = World.lighthouse
    ) async throws {
        let administrator = Browser(site, as: .adaeze)
        let page = try await administrator.submit(administrator.get("/accounts/new"), [
            "name": "Wren Ashdown", "email": email, "agency": agency.uuidString.lowercased(), "role": role.rawValue,
        ])
        try #require(page.status == 200 && page.heading == "Invitation link")
        link = try Self.link(on: page)
        self.email = email
        account = try await site.truth.transaction { db in
            try db.accountAtDoor(email: email, in: site.services.partnership.id)
        }.map(\.id) ?? UUID()
    }

    /// The path of the link that a page shows.
    static func link(on page: Seen) throws -> String {
        let found = page.text.firstMatch(of: /http:\/\/127\.0\.0\.1:8080(\/invitations\/[\w-]{43})/)
        return String(try #require(found).1)
    }

    /// The first step, up to the page with the key; and the authenticator that read it.
    static func choosePassword(_ browser: Browser, _ link: String) async throws -> (page: Seen, authenticator: Totp) {
        let page = try await browser.submit(browser.get(link), ["password": password])
        try #require(page.heading == "Set up your authenticator")
        return (page, try authenticator(on: page))
    }

    /// What an app reads from the page: the address, the picture of it and the typed key are the same.
    static func authenticator(on page: Seen) throws -> Totp {
        let key = try #require(page.markup.all("code").first?.words)
        let secret = try #require(Base32.decode(key))
        let address = page.markup.all("a").compactMap { $0["href"] }.first { $0.hasPrefix("otpauth:") }
        #expect(address?.contains("secret=\(key.filter { $0 != " " })&") == true)
        return Totp(secret: secret)
    }

    /// Both steps, at the site's time; then a minute passes, so that the next code is a new one.
    static func setUp(_ browser: Browser, _ link: String, _ site: TestSite) async throws -> (Seen, Totp) {
        let (page, authenticator) = try await choosePassword(browser, link)
        let codes = try await browser.submit(page, ["code": authenticator.code(at: site.clock.now)])
        site.clock.advance(by: 60)
        return (codes, authenticator)
    }

    /// What comes of signing in.
    static func signIn(
        _ site: TestSite, _ email: String, _ password: String, _ code: String, from address: String = "192.0.2.7"
    ) async throws -> Bool {
        let browser = Browser(site, from: address)
        let second = try await browser.submit(browser.get("/sign-in"), ["email": email, "password": password])
        guard second.heading == "Enter your code" else { return false }
        let page = try await browser.submit(second, ["code": code])
        return page.heading != "Enter your code" && browser.cookies[Cookies.session] != nil
    }
}

extension Totp {
    /// What the app shows now on the site's clock.
    func code(_ site: TestSite) -> String { code(at: site.clock.now) }
}
