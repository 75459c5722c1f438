import Foundation
import HTTPTypes
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The list of accounts", .needsClone)
struct AccountsListTests {
    @Test func `administrators see everybody of their partnership, with roles and state, and no case`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await Browser(site, as: .adaeze).get("/accounts")
            #expect(page.text.contains("\(World.Staff.allCases.count) accounts"))
            let rows = page.markup.all("tr").map(\.words)
            func row(_ name: String) -> String { rows.first { $0.contains(name) } ?? "" }
            #expect(row("Hana Whitlock").contains("Helpline worker, Harbour"))
            #expect(row("Hana Whitlock").hasSuffix("Active"))
            #expect(row("Lena Ostrava").hasSuffix("Ended"))
            #expect(row("Yusuf Penhale").contains("None") && row("Yusuf Penhale").hasSuffix("No role now"))
            #expect(row("Tamsin Iqbal").contains("Starts "))
            #expect(row("Fen Abara").contains("Ends "))
            #expect(rows.last?.contains("Lena Ostrava") == true)
        }
    }

    @Test func `the list can be limited to an agency`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let housing = World.northfieldHousing.uuidString.lowercased()
            let page = try await administrator.get("/accounts?agency=\(housing)")
            #expect(page.text.contains("3 accounts"))
            #expect(page.text.contains("Harriet Nkemelu") && !page.text.contains("Hana"))
            let south = World.mirrored(World.northfieldHousing).uuidString.lowercased()
            #expect(try await administrator.get("/accounts?agency=\(south)").text.contains("Hana"))
        }
    }

    @Test func `fifty fit on a page, and a page past the last leads to the last`() async throws {
        try await TestSite.rolledBack { site in
            try await site.change("""
                INSERT INTO app.account (id, partnership_id, email, full_name)
                SELECT gen_random_uuid(), '\(World.north.uuidString)', 'p' || n || '@harbour.example', 'Zed ' || n
                FROM generate_series(1, 100) AS n
                """)
            let administrator = Browser(site, as: .adaeze)
            let page = try await administrator.get("/accounts")
            #expect(page.markup.all("tr").count == 51)
            #expect(page.text.contains("page 1 of 3"))
            #expect(try await administrator.get("/accounts?page=9").path == "/accounts?page=3")
            for strange in ["-1", "0", "x", "99999999999999999999", "%00"] {
                #expect(try await administrator.get("/accounts?page=\(strange)&agency=\(strange)").status < 500)
            }
        }
    }

    @Test(arguments: World.Staff.allCases.filter { $0 != .adaeze && $0 != .gwen && $0 != .lena })
    func `nobody else sees accounts, nor whether one exists`(person: World.Staff) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: person)
            for path in ["/accounts", "/accounts/new"] { #expect(try await browser.send(.get, path).status == 403) }
            let absent = try await browser.send(.get, "/accounts/\(UUID().uuidString.lowercased())")
            #expect(absent.status == 404)
            let account = "/accounts/\(World.Staff.hana.account.uuidString.lowercased())"
            for path in [account, account + "/roles", account + "/end", account + "/invitation"] {
                let answer = try await browser.send(.get, path)
                #expect(answer.status == 404 && answer.body == absent.body)
            }
        }
    }

    @Test func `an account of another partnership does not exist`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let absent = try await administrator.send(.get, "/accounts/\(UUID().uuidString.lowercased())")
            let south = World.Staff.hana.account(in: .south).uuidString.lowercased()
            for path in ["", "/roles", "/end", "/invitation"] {
                let answer = try await administrator.send(.get, "/accounts/\(south)\(path)")
                #expect(answer.status == 404 && answer.body == absent.body)
            }
        }
    }
}
