import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Protected contact details", .needsClone)
struct RevealTests {
    /// The audit log takes nothing.
    private static let noAudit: SQL = "ALTER TABLE app.audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID"
    private let path = "/people/\(World.maya.column)/safe-contact/reveal"

    @Test func `an address is shown on press only, after its audit`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.get("/people/\(World.maya.column)")
            #expect(!page.answer.body.contains("Curlew Street") && !page.answer.body.contains("ZZ1"))
            let reveal = "/people/\(World.maya.column)/addresses/\(World.id(.address, 101).column)/reveal"
            let shown = try await imran.submit(page, to: reveal)
            #expect(shown.text.contains("101 Curlew Street") && shown.text.contains("ZZ1 1AA"))
            #expect(try await site.auditLog().last?.event == "address-revealed")
            try await site.alter(Self.noAudit)
            let refused = try await imran.post(page.form(reveal))
            #expect(refused.status == 500 && !refused.body.contains("Curlew"))
        }
    }

    @Test func `the number is on no page before it is asked for`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            for page in ["/people/\(World.maya.column)", "/cases/\(World.mayasCase.column)",
                         "/people/\(World.maya.column)/safe-contact", "/cases/\(World.mayasCase.column)/attempts/new"] {
                let body = try await imran.get(page).answer.body
                #expect(!body.contains(World.telephone(of: World.maya)))
                #expect(!body.contains(World.codeWord(of: World.maya)))
            }
            let shown = try await imran.submit(imran.get("/people/\(World.maya.column)"), to: path)
            #expect(shown.text.contains(World.telephone(of: World.maya)))
            #expect(shown.text.contains(World.codeWord(of: World.maya)))
        }
    }

    @Test func `a reveal that can't be audited shows nothing`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.get("/people/\(World.maya.column)")
            try await site.alter(Self.noAudit)
            let answer = try await imran.post(page.form(path))
            #expect(answer.status == 500)
            #expect(!answer.body.contains(World.telephone(of: World.maya)))
            #expect(HouseChecks.headers(answer) == [])
        }
    }

    @Test(arguments: ["/people/\(World.maya.column)", "/cases/\(World.mayasCase.column)",
                      "/contacts/\(World.id(.openingContact, 101).column)"])
    func `a record that can't be audited is not shown`(_ path: String) async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            #expect(try await imran.send(.get, path).body.contains("Maya"))
            try await site.alter(Self.noAudit)
            let answer = try await imran.send(.get, path)
            #expect(answer.status == 500)
            #expect(!answer.body.contains("Maya"))
        }
    }

    @Test func `the audit of a reveal is committed before the number is read`() async throws {
        try await TestSite.committed { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("/people/\(World.maya.column)").form(path)
            // Reading fails once the audit is there: what was committed stays.
            try await site.alter("ALTER TABLE app.safe_contact RENAME TO lost")
            #expect(try await imran.post(form).status == 500)
            #expect(try await site.auditLog().map(\.event) == ["person-viewed", "safe-contact-revealed"])
        }
    }

    @Test func `whoever only reads at an agency can't reveal, change or assess there, whatever they may do elsewhere`()
        async throws {
        try await TestSite.rolledBack { site in
            // Imran also works as a housing officer for Northfield Housing.
            try await site.alter("""
                INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
                VALUES (\(UUID()), \(World.north), \(World.Staff.imran.account), \(World.northfieldHousing),
                        'housingOfficer', '2020-01-01')
                """)
            let imran = Browser(site, as: .imran)
            let agnes = "/people/\(World.agnes.column)"
            #expect(try await imran.get(agnes).status == 200)
            for path in ["/edit", "/safe-contact", "/addresses/new", "/harming/new", "/risk/new", "/cases/new"] {
                #expect(try await imran.get(agnes + path).status == 404, "\(path)")
                let form = PageForm.encode([("csrf", "csrf-imran"), ("submission", UUID().column), ("version", "1")])
                #expect(try await imran.send(.post, agnes + path, form: form).status == 404, "\(path)")
            }
            let form = PageForm.encode([("csrf", "csrf-imran")])
            for path in ["/safe-contact/reveal", "/addresses/\(World.id(.address, 301).column)/reveal"] {
                #expect(try await imran.send(.post, agnes + path, form: form).status == 404)
            }
        }
    }
}
