import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Somebody on record is chosen, not typed again", .needsClone)
struct ChoosePersonTests {
    private let maya = "/people/\(World.maya.column)"

    private func look(_ browser: Browser, _ kind: String, _ given: String, _ family: String) async throws -> Seen {
        let new = try await browser.get(maya + "/\(kind)/new")
        let search = try await browser.press("Look whether they are on record already", on: new)
        return try await browser.submit(search, ["given-name": given, "family-name": family])
    }

    @Test func `the one who harms is found and chosen: a tie more, and nobody more`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let people = try await site.count("person")
            let results = try await look(hana, "harming", "Gregor", "Haslett")
            #expect(results.path.hasPrefix("/search/") && !results.path.contains("Haslett"))
            #expect(try await site.auditLog().last { $0.event == "people-searched" }?.purpose
                == "Who harms somebody on record")
            let chosen = try await hana.press("Choose Gregor Haslett", on: results)
            #expect(!chosen.title.contains("Haslett") && chosen.text.contains("Nothing is merged"))
            let empty = try await hana.submit(chosen)
            #expect(empty.status == 422 && empty.errors == ["Select how they are connected, or that it was not asked"])
            let page = try await hana.submit(empty, ["connection": "relatives"])
            #expect(page.heading == "Maya Castell" && page.text.contains("Gregor Haslett"))
            #expect(try await site.count("person") == people)
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.relationship
                WHERE harmed_id = \(World.maya) AND harming_id = \(World.gregor) AND connection = 'relatives'
                """) == 1)
            let logged = try await site.auditLog().filter { $0.event == "relationship-recorded" }.map(\.subject)
            #expect(logged == [World.maya, World.gregor])
        }
    }

    @Test func `twice is refused with the reason; a double press is one; nobody harms themselves`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let ties = try await site.count("relationship")
            let known = try await hana.get(maya + "/harming/\(World.marcus.column)")
            let refused = try await hana.submit(known, ["connection": "married"])
            #expect(refused.status == 409)
            #expect(refused.errors == ["Marcus Dunmore is recorded as harming Maya Castell already"])
            #expect(try await site.count("relationship") == ties)

            var form = try await hana.get(maya + "/harming/\(World.gregor.column)").form()
            _ = form.fill(["connection": "married"])
            #expect(try await hana.post(form).status == 303)
            #expect(try await hana.post(form).status == 303)
            #expect(try await site.count("relationship") == ties + 1)

            let own = try await hana.submit(hana.get(maya + "/harming/\(World.maya.column)"), ["connection": "married"])
            #expect(own.status == 422 && own.errors == ["Nobody can be recorded as harming themselves"])
            #expect(try await look(hana, "harming", "Maya", "Castell").text.contains("The same person"))
        }
    }

    @Test func `the other way round is a counter-allegation, and leads to where it is decided`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let his = "/people/\(World.marcus.column)/harming/\(World.maya.column)"
            let page = try await hana.submit(hana.get(his), ["connection": "intimateRelationship"])
            #expect(page.path == "/people/\(World.marcus.column)/related/\(World.maya.column)")
            #expect(page.text.contains("nobody has decided who is at risk"))
        }
    }

    @Test func `a child on record is chosen: whose, a victim of whom, and where it lives`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let people = try await site.count("person")
            let chosen = try await hana.press("Choose Tomas", on: look(hana, "children", "Tomas", ""))
            let path = maya + "/children/\(World.tomas.column)"
            #expect(chosen.path == path)
            let page = try await hana.submit(chosen, [
                "tie": "parent", "harmed-by": World.marcus.column, "lives": "yes",
            ])
            #expect(page.heading == "Maya Castell" && page.text.contains("child. This person: parent."))
            #expect(try await site.count("person") == people)
            let child = try await hana.get("/people/\(World.tomas.column)")
            #expect(child.text.contains("this child is a victim too") && child.text.contains("Maya Castell: parent."))
            let again = try await hana.submit(hana.get(path), ["tie": "relative"])
            #expect(again.status == 409 && again.errors.count == 1)
            let turned = "/people/\(World.tomas.column)/children/\(World.maya.column)"
            #expect(try await hana.submit(hana.get(turned), ["tie": "parent"]).status == 409)
            let own = try await hana.submit(hana.get(maya + "/children/\(World.maya.column)"), ["tie": "parent"])
            #expect(own.status == 422 && own.errors == ["Nobody can be recorded as their own child"])
        }
    }

    @Test func `not found: the new form knows what was looked for; who is out of reach stands nowhere`() async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            let none = try await look(ivy, "harming", "Rafe", "Zzyzx")
            let form = try await ivy.press("Add a new person", on: none).form()
            #expect(form["given-name"] == "Rafe" && form["family-name"] == "Zzyzx")
            // Nell is withheld from Ivy, Farida is another agency's, Marcus himself is on the other side of the wall.
            for other in [World.nell, World.farida, World.marcusHimself, World.absent] {
                for kind in ["harming", "children"] {
                    #expect(try await ivy.send(.get, maya + "/\(kind)/\(other.column)").status == 404)
                }
            }
            // Odette works on both sides, and ties neither record to the other.
            let odette = Browser(site, as: .odette)
            #expect(try await odette.send(.get, maya + "/harming/\(World.marcusHimself.column)").status == 404)
            let results = try await look(odette, "harming", "Marcus", "Dunmore")
            #expect(results.text.contains("Another agency’s record"))
        }
    }
}
