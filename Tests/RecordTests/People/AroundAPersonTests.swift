import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Names, children, households", .needsClone)
struct AroundAPersonTests {
    private let maya = "/people/\(World.maya.column)"

    @Test func `an alias is added, found, and ended; what has ended is still found`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let added = try await hana.submit(hana.get(maya + "/names"), [
                "kind": "alias", "given-name": "Mimi", "family-name": "Castellano",
            ], to: maya + "/names")
            #expect(added.text.contains("Mimi Castellano"))
            let end = try #require(added.forms.first { $0.action.hasSuffix("/end") })
            #expect(try await hana.submit(end).text.contains("Searches still find it"))
            #expect(try await hana.get(maya).text.contains("Mimi Castellano (no longer used)"))
            var form = try await hana.get("/search").form("/search")
            _ = form.fill(["purpose": "safeguarding", "given-name": "Mimi", "family-name": "Castellano"])
            #expect(try await hana.submit(form).text.contains("Also known as Mimi Castellano"))
            #expect(try await site.auditLog().map(\.event).contains("name-ended"))
            let refused = try await hana.submit(hana.get(maya + "/names"), ["family-name": "Lone"], to: maya + "/names")
            #expect(refused.status == 422 && refused.errors.count == 2)
        }
    }

    @Test func `a child is a person with a record, a victim of those ticked, and lives where it lives`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let path = maya + "/children/new"
            let form = try await hana.get(path)
            let page = try await hana.submit(form, [
                "given-name": "Juniper", "family-name": "Castell", "tie": "parent",
                "harmed-by": World.marcus.column, "lives": "yes",
            ], to: path)
            #expect(page.heading == "Maya Castell")
            #expect(page.text.contains("Juniper Castell: child. This person: parent."))
            let child = try await hana.press("Juniper Castell", on: page)
            #expect(child.heading == "Juniper Castell" && child.text.contains("this child is a victim too"))
            #expect(child.text.contains("Maya Castell: parent."))
            #expect(child.text.contains("Olive Tamboura: Since 10 January 2022."))
            // Marcus moved out before: the child is not of his household, and his page doesn't say who is.
            let marcus = try await hana.get("/people/\(World.marcus.column)")
            #expect(marcus.text.contains("Maya Castell: 1 June 2015 to 28 February 2021."))
            #expect(!marcus.text.contains("Olive Tamboura"))
        }
    }

    @Test func `somebody from outside the form cannot be made to harm a child`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let path = maya + "/children/new"
            var form = try await hana.get(path).form(path)
            _ = form.fill(["given-name": "Juniper", "tie": "parent"])
            form.forge("harmed-by", World.dean.column)
            let page = try await hana.submit(form)
            #expect(page.status == 422)
            #expect(try await site.count("child_tie") == 8)
        }
    }

    @Test func `who lives together: one on record joins, somebody new joins, one moves out`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let own = "/people/\(World.zoe.column)"
            let path = own + "/household"
            let joined = try await hana.submit(hana.get(path), [
                "person": World.rina.column, "from-day": "1", "from-month": "2", "from-year": "2020",
            ], to: path)
            #expect(joined.text.contains("Since 1 February 2020"))
            let more = try await hana.submit(joined, ["given-name": "Lodger"], to: path)
            #expect(more.text.contains("Lodger"))
            #expect(try await hana.get(own).text.contains("Rina Mbeki-Shaw: Since 1 February 2020."))
            let leave = try #require(more.forms.last { $0.action.hasSuffix("/end") })
            #expect(try await hana.submit(leave).heading.hasPrefix("Zoë"))
            let ahead = try await hana.submit(hana.get(path), [
                "person": "new", "given-name": "", "from-day": "1", "from-month": "2", "from-year": "2199",
            ], to: path)
            #expect(ahead.status == 422 && ahead.errors.count == 2)
        }
    }

    @Test func `whoever is withheld from a worker is withheld from every list around others`() async throws {
        try await TestSite.rolledBack { site in
            // Petra is barred from Olive, who lives with Maya; Bilal from Dean and so from Tomas, Rina's child.
            #expect(try await Browser(site, as: .ivy).get(maya).text.contains("Olive Tamboura"))
            let seen = try await Browser(site, as: .petra).get(maya)
            #expect(!seen.text.contains("Olive"))
            let zoe = try await Browser(site, as: .bilal).get("/people/\(World.zoe.column)")
            #expect(!zoe.text.contains("Rina") && !zoe.text.contains("Tomas"))
        }
    }
}
