import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Of the World's links: Olive and Priyanka wait, asked about by Hana; Nell, who is restricted, and Zoë are linked.
@Suite("One person on record twice", .needsClone)
struct SamePersonTests {
    private let maya = "/people/\(World.maya.column)"
    private let ines = "/people/\(World.ines.column)"
    private let zoe = "/people/\(World.zoe.column)"
    private var two: String { "\(maya)/same/\(World.ines.column)" }

    /// Hana says that Maya and Ines are one, and Ivy confirms it.
    private func link(_ site: TestSite) async throws -> Seen {
        let (hana, ivy) = (Browser(site, as: .hana), Browser(site, as: .ivy))
        _ = try await hana.submit(hana.get(two), ["same": "yes", "words": "Rang from <b>one</b> number"])
        return try await ivy.submit(ivy.get(two + "/answer"), ["agree": "yes", "reason": "Spoke with her"])
    }

    @Test func `one proposes it with evidence, another confirms it, both records say so, and nothing is moved`()
        async throws {
        try await TestSite.rolledBack { site in
            let tables = ["person", "person_name", "relationship", "household_member", "case_record", "contact"]
            var before: [Int] = []
            for table in tables { before.append(try await site.count(table)) }
            let hana = Browser(site, as: .hana)
            let search = try await hana.press("On record twice?", on: hana.get(maya))
            let found = try await hana.submit(search, ["given-name": "Ines", "family-name": "Faulkner"])
            let page = try await hana.press("Choose Ines Faulkner", on: found)
            #expect(page.path == two && page.text.contains("moves nothing"))
            #expect(try await hana.submit(page).errors.count == 2)
            let asked = try await hana.submit(page, ["same": "yes", "words": "Rang from <b>one</b> number"])
            #expect(asked.text.contains("a second person must confirm it"))
            #expect(try await hana.get(two + "/answer").text.contains("You proposed it"))

            let ivy = Browser(site, as: .ivy)
            #expect(try await ivy.get(ines).text.contains("Somebody asks whether this is the same person as Maya"))
            #expect(!(try await ivy.get(ines).text.contains("Also on record")))
            var form = try await ivy.get(two + "/answer").form()
            _ = form.fill(["agree": "yes", "reason": "Spoke with her"])
            var own = form
            own.forge("csrf", "csrf-hana")
            #expect(try await hana.post(own).body.contains("You proposed it: a second person must confirm it"))
            let linked = try await ivy.submit(form)
            #expect(linked.path == two && linked.text.contains("Linked") && linked.text.contains("Ivy Marchetti"))
            #expect(linked.text.contains("Rang from <b>one</b> number") && linked.text.contains("Spoke with her"))

            let read = try await ivy.get(ines)
            #expect(read.text.contains("Also on record as Maya Castell"))
            #expect(Int(read.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await ivy.get(maya).text.contains("Also on record as Ines Faulkner"))
            var after: [Int] = []
            for table in tables { after.append(try await site.count(table)) }
            #expect(after == before)
            let logged = try await site.auditLog().filter { $0.event.hasPrefix("same-person-") }
            #expect(logged.map(\.event) == [
                "same-person-proposed", "same-person-proposed", "same-person-confirmed", "same-person-confirmed",
            ])
            #expect(Set(logged.compactMap(\.subject)) == [World.maya, World.ines])
        }
    }

    @Test func `it is undone with a reason by anybody who may write, and its history stays`() async throws {
        try await TestSite.rolledBack { site in
            _ = try await link(site)
            let imran = Browser(site, as: .imran)
            #expect(try await imran.submit(imran.get(two + "/undo")).errors == ["Enter why"])
            let undone = try await imran.submit(imran.get(two + "/undo"), ["words": "Two cousins"])
            #expect(undone.text.contains("Undone") && undone.text.contains("Two cousins"))
            #expect(undone.text.contains("Hana Whitlock") && undone.text.contains("Ivy Marchetti"))
            #expect(!(try await imran.get(ines).text.contains("Also on record")))
            // It may be said anew, as a row of its own.
            let again = try await imran.submit(imran.get(two), ["same": "yes", "words": "They are one after all"])
            #expect(again.text.contains("Waits for a second person") && again.text.contains("Two cousins"))
            let back = try await imran.submit(imran.get(two + "/undo"), ["words": "Too early"])
            #expect(back.text.contains("Taken back"))
            #expect(try await site.auditLog().filter { $0.event == "same-person-undone" }.count == 4)
        }
    }

    @Test func `what either record says of safe contact counts on both`() async throws {
        func rule(_ channels: [Channel], _ days: [Int], _ from: String, _ until: String) -> SafeContactRule {
            SafeContactRule(channels: channels, days: days, from: from, until: until, silentNumber: false)
        }
        // Monday 2 November 2026, noon.
        let noon = try #require(London.moment(Day(year: 2026, month: 11, day: 2)!, minute: 720))
        var contact = SafeContact(
            id: .zero, person: .zero, rule: rule([.telephone, .text], [1, 2], "09:00", "17:00"), holdsUntil: nil,
            askedAt: noon)
        #expect(contact.verdict(.telephone, at: noon) == .allowed)
        contact.elsewhere = [SafeContact.Elsewhere(person: World.ines, rule: rule([.telephone], [2], "14:00", "24:00"))]
        for channel in [AttemptChannel.telephone, .text] {
            guard case .refused(let why) = contact.verdict(channel, at: noon) else { Issue.record("allowed"); continue }
            #expect(why.hasPrefix("Another record of this person says: "))
        }
        #expect(contact.verdict(.inPerson, at: noon) == .allowed)
        #expect(contact.nextSafeCall(after: noon)
            == London.moment(Day(year: 2026, month: 11, day: 3)!, minute: 840))
        // Clocks are the same for everybody, whatever they see.
        #expect(contact.here.verdict(.telephone, at: noon) == .allowed)

        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            #expect(!(try await ivy.get(ines).text.contains("Another record of theirs")))
            _ = try await link(site)
            let page = try await ivy.get(ines)
            #expect(page.text.contains("Another record of theirs says: ") && page.text.contains("Both must be honoured"))
        }
    }

    @Test func `whoever may not see one of the two sees no trace of the link`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            #expect(try await imran.get(zoe).text.contains("Also on record as Nell Abernethy-Okoro"))
            let page = try await ivy.get(zoe)
            #expect(!page.text.contains("Also on record") && !page.text.contains("Nell"))
            #expect(!page.text.contains("Another record of theirs"))
            for path in ["", "/answer", "/undo"] {
                #expect(try await ivy.send(.get, "\(zoe)/same/\(World.nell.column)\(path)").status == 404)
            }
            var form = try await ivy.get("/search").form("/search")
            form.forge("purpose", "safeguarding")
            _ = form.fill(["family-name": "O'Shea-Łaska"])
            #expect(!(try await ivy.submit(form).text.contains("Also on record")))
            var his = try await imran.get("/search").form("/search")
            his.forge("purpose", "safeguarding")
            _ = his.fill(["family-name": "O'Shea-Łaska"])
            #expect(try await imran.submit(his).text.contains("Also on record as Nell Abernethy-Okoro"))
            // Petra is barred from Olive, of whom somebody asks whether she is Priyanka.
            let petra = Browser(site, as: .petra)
            #expect(!(try await petra.get("/people/\(World.priyanka.column)").text.contains("Somebody asks")))
        }
    }

    @Test func `through a record that is withheld nothing is reached; through another, its link too`() async throws {
        try await TestSite.rolledBack { site in
            // Maya and Ines, Ines and Zoë, Zoë and Nell.
            _ = try await link(site)
            try await site.alter("""
                INSERT INTO app.same_person (id, partnership_id, agency_id, first_id, second_id, agrees, words,
                    proposed_at, proposed_by, confirmed_at, confirmed_by)
                VALUES (\(UUID()), \(World.north), \(World.harbour), \(World.ines), \(World.zoe), '{}', 'x', now(),
                        \(World.Staff.hana.account), now(), \(World.Staff.ivy.account))
                """)
            let ivy = try await Browser(site, as: .ivy).get(maya)
            #expect(ivy.text.contains("Also on record as Ines Faulkner") && ivy.text.contains("Zoë O'Shea-Łaska"))
            #expect(!ivy.text.contains("Nell"))
            #expect(try await Browser(site, as: .imran).get(maya).text.contains("Also on record as Nell"))
        }
    }

    @Test func `never across the wall, between agencies, or of two who harm each other or are parent and child`()
        async throws {
        try await TestSite.rolledBack { site in
            // Odette works on both sides of the wall: Marcus is on record on each.
            let odette = Browser(site, as: .odette)
            let marcus = "/people/\(World.marcus.column)"
            #expect(try await odette.send(.get, "\(marcus)/same/\(World.marcusHimself.column)").status == 404)
            #expect(try await odette.send(.get, "\(marcus)/same/\(World.marcus.column)").status == 404)
            let search = try await odette.get(marcus + "/same/search")
            let found = try await odette.submit(search, ["given-name": "Marcus", "family-name": "Dunmore"])
            #expect(found.text.contains("Another agency’s record") && found.text.contains("The same person"))
            #expect(!found.text.contains("Add a new person"))

            let hana = Browser(site, as: .hana)
            let tied = try await hana.get("\(maya)/same/\(World.marcus.column)")
            #expect(tied.text.contains("They are recorded as two people"))
            #expect(tied.forms.allSatisfy { $0.action != tied.path })
            // And once linked, neither is recorded as harming the other.
            _ = try await link(site)
            let harms = try await hana.submit(
                hana.get("\(maya)/harming/\(World.ines.column)"), ["connection": "relatives"])
            #expect(harms.errors == ["The two records are linked as one person: undo the link first"])
        }
    }

    @Test func `the database takes nobody's own word, nobody else's name and no two of whom more is known`() async throws {
        try await Clone.lend { clone in
            let (own, forged, reopened, tied, across, elsewhere) = try await clone.undone { db in
                let waiting = World.id(.samePerson, 105)
                func add(_ one: UUID, _ other: UUID, _ agency: UUID) -> SQL {
                    """
                    INSERT INTO app.same_person (id, partnership_id, agency_id, first_id, second_id, agrees, words,
                                                 proposed_at, proposed_by)
                    VALUES (\(UUID()), \(World.north), \(agency), \(one), \(other), '{}', 'x', now(),
                            \(World.Staff.odette.account))
                    """
                }
                func confirm(_ by: World.Staff) -> SQL {
                    """
                    UPDATE app.same_person SET confirmed_at = now(), confirmed_by = \(by.account) WHERE id = \(waiting)
                    """
                }
                try db.signIn(.hana)
                let own = try db.refusal(of: confirm(.hana))
                let forged = try db.refusal(of: confirm(.ivy))
                let reopened = try db.run("""
                    UPDATE app.same_person SET ended_words = 'x' WHERE ended_at IS NOT NULL
                    """)
                try db.signIn(.odette)
                return (own, forged, reopened, try db.refusal(of: add(World.maya, World.marcus, World.harbour)),
                        try db.refusal(of: add(World.marcus, World.marcusHimself, World.harbour)),
                        try db.refusal(of: add(World.maya, World.ines, World.pathways)))
            }
            #expect(own == "23514")
            #expect(forged == "42501")
            #expect(reopened == 0)
            #expect(tied == "42501")
            #expect(across == "23503")
            #expect(elsewhere == "23503")
        }
    }

    @Test func `a list for the manager: who is alike and since when, none that was dismissed, and none across agencies`()
        async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let before = try await sunita.get("/team/duplicates")
            #expect(before.text.contains("Olive Tamboura") && before.text.contains("Asked by"))
            #expect(!before.text.contains("Gregor"))
            let (copy, there) = (UUID(), UUID())
            for (id, agency, by) in [(copy, World.harbour, World.Staff.hana), (there, World.lighthouse, .lucia)] {
                try await site.alter("""
                    INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, date_of_birth,
                                            birth_known, created_by)
                    VALUES (\(id), \(World.north), \(agency), 'Gregor', 'Haslitt', '1999-05-05', 'known', \(by.account))
                    """, """
                    INSERT INTO app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name)
                    VALUES (\(UUID()), \(World.north), \(agency), \(id), 'current', 'Gregor', 'Haslitt')
                    """)
            }
            let page = try await sunita.get("/team/duplicates")
            #expect(page.text.contains("Gregor Haslitt") && page.text.contains("Name sounds alike, date of birth"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            // Of another agency, and so no suggestion for either's manager.
            #expect(!(try await Browser(site, as: .lowri).get("/team/duplicates").text.contains("Gregor")))
            #expect(page.markup.all("a").filter { $0["href"]?.contains("/same/") == true }.count == 2)

            let path = "/people/\(copy.column)/same/\(World.gregor.column)"
            let said = try await sunita.submit(sunita.get(path), ["same": "no", "words": "Two brothers"])
            #expect(said.text.contains("Two people") && said.text.contains("Two brothers"))
            #expect(!(try await sunita.get("/team/duplicates").text.contains("Gregor")))
            #expect(try await site.auditLog().contains { $0.event == "same-person-dismissed" })
            // A place before everybody: the first page again is offered.
            let empty = try await sunita.get("/team/duplicates?before=1000000-\(World.maya.column)")
            #expect(empty.text.contains("Nobody is recorded"))
        }
    }

    @Test func `whoever is withheld from the manager is suggested to nobody who may not see them`() async throws {
        try await TestSite.rolledBack { site in
            let copy = UUID()
            try await site.alter("""
                INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, date_of_birth,
                                        birth_known, created_by)
                VALUES (\(copy), \(World.north), \(World.harbour), 'Nell', 'Abernethy-Okoro', '1978-01-30', 'known',
                        \(World.Staff.hana.account))
                """, """
                INSERT INTO app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name)
                VALUES (\(UUID()), \(World.north), \(World.harbour), \(copy), 'current', 'Nell', 'Abernethy-Okoro')
                """)
            // Sunita is on Nell's team; Gwen, a service manager too, is not.
            #expect(try await Browser(site, as: .sunita).get("/team/duplicates").text.contains("Nell Abernethy-Okoro"))
            #expect(!(try await Browser(site, as: .gwen).get("/team/duplicates").text.contains("Nell")))
        }
    }
}
