import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Inviting colleagues", .needsClone)
struct InviteTests {
    private static let good: KeyValuePairs = [
        "name": "Wren Ashdown", "email": "Wren@Lighthouse.example", "agency": World.lighthouse.uuidString.lowercased(),
        "role": "idva",
    ]

    private func accounts(_ site: TestSite, email: String) async throws -> Int {
        try await site.truth.transaction { db in
            try db.first("""
                SELECT count(*)::int AS n FROM app.account WHERE email = \(email) AND partnership_id = \(World.north)
                """) { try $0["n"] } ?? 0
        }
    }

    @Test func `the link is shown once; a reload makes no second account`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            var form = try await administrator.get("/accounts/new").form()
            _ = form.fill(Self.good)
            let shown = try await administrator.submit(form)
            let link = try Invited.link(on: shown)
            let again = try await administrator.submit(form)
            #expect(again.heading == "Wren Ashdown")
            #expect(again.text.contains("The link was shown once"))
            #expect(!again.answer.body.contains(link))
            #expect(try await accounts(site, email: "wren@lighthouse.example") == 1)
            let account = try again.id()
            #expect(try await site.events("account-invited", of: account) == 1)
            #expect(try await site.events("role-given", of: account) == 1)
            // Only its hash is kept.
            let kept = try await site.truth.transaction { db in
                try db.first("SELECT token_hash FROM app.invitation WHERE account_id = \(account)") {
                    try $0["token_hash"] as Data
                }
            }
            #expect(kept == Token.hash(String(link.split(separator: "/").last ?? "")))
        }
    }

    @Test func `every empty field says what to do`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let page = try await administrator.submit(administrator.get("/accounts/new"))
            #expect(page.status == 422)
            #expect(page.errors == [
                "Enter their full name", "Enter their email address", "Choose the agency", "Choose the role",
            ])
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "'; DROP TABLE app.account; --", "😀", "\u{202E}moc.live@x",
        String(repeating: "x", count: 5_000), "مرحبا 123", "\"><img src=x onerror=alert(1)>",
    ])
    func `whatever is typed comes back as it was, beside what is wrong with it`(typed: String) async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let page = try await administrator.submit(administrator.get("/accounts/new"), [
                "name": typed, "email": typed, "agency": World.harbour.uuidString.lowercased(), "role": "idva",
                "starts-day": typed, "starts-month": "2", "starts-year": "2031", "ends-day": "31", "ends-month": typed,
                "ends-year": "2031",
            ])
            #expect(page.status == 422)
            #expect(page.errors.count == 4)
            let form = try page.form()
            for field in ["name", "email", "starts-day", "ends-month"] { #expect(form[field] == typed) }
            #expect(form["role"] == "idva" && form["agency"] == World.harbour.uuidString.lowercased())
            // And is still there when the page is opened again.
            #expect(try await administrator.get("/accounts/new").form()["name"] == typed)
        }
    }

    @Test func `an address is one account's in a partnership, however it is written`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let page = try await administrator.submit(administrator.get("/accounts/new"), [
                "name": "Wren Ashdown", "email": " HANA@harbour.example ", "role": "idva",
                "agency": World.harbour.uuidString.lowercased(),
            ])
            #expect(page.status == 422)
            #expect(page.errors == ["Somebody has an account with this email address already"])
            #expect(try page.form()["name"] == "Wren Ashdown")
            let made = try await administrator.submit(page, ["email": "wren@harbour.example"])
            #expect(made.heading == "Invitation link")
        }
    }

    @Test func `an address of another partnership is free here`() async throws {
        try await TestSite.rolledBack { site in
            try await site.change("""
                UPDATE app.account SET email = 'only@south.example'
                WHERE id = '\(World.Staff.hana.account(in: .south).uuidString)'
                """)
            _ = try await Invited(site, email: "only@south.example")
            #expect(try await accounts(site, email: "only@south.example") == 1)
        }
    }

    @Test func `an agency of another partnership can't be chosen`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            var form = try await administrator.get("/accounts/new").form()
            _ = form.fill(Self.good)
            form.forge("agency", World.mirrored(World.lighthouse).uuidString.lowercased())
            #expect(try await administrator.submit(form).errors == ["Choose the agency"])
        }
    }

    @Test func `twenty presses at once make one account`() async throws {
        try await TestSite.committed { site in
            var form = try await Browser(site, as: .adaeze).get("/accounts/new").form()
            _ = form.fill(Self.good)
            let sent = form
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await Browser(site, as: .adaeze).post(sent).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 303 }.count == 19)
            #expect(try await accounts(site, email: "wren@lighthouse.example") == 1)
        }
    }
}
