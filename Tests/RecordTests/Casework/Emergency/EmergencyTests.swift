import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Wanda's case is Lighthouse's; Fen, of Harbour, has it open in an emergency since the World began. Beth's was opened by
/// Hana and is over; nobody has reviewed either.
@Suite("Opening a case in an emergency", .needsClone)
struct EmergencyTests {
    private let wanda = "/cases/\(World.wandasCase.column)"
    private let beth = World.id(.emergency, 203)

    private func open(
        _ site: TestSite, _ reference: String, of agency: UUID = World.lighthouse, as who: World.Staff = .hana
    ) async throws -> Seen {
        let browser = Browser(site, as: who)
        return try await browser.submit(browser.get("/emergency"), [
            "agency": agency.column, "reference": reference, "reason": "He is at <b>her</b> door",
        ], to: "/emergency")
    }

    @Test func `with a reason it opens to read, for an hour; its agency sees who and why, and so does its worker`()
        async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            #expect(try await hana.get(wanda).status == 404)
            let opened = try await open(site, "w-204")
            #expect(opened.path == "/emergency" && opened.text.contains("He is at <b>her</b> door"))
            #expect(try await site.auditLog().contains { $0.event == "emergency-opened" && $0.subject == World.wandasCase })
            let page = try await hana.get(wanda)
            #expect(page.status == 200 && page.text.contains("opened in an emergency"))
            #expect(page.text.contains("A note of case W-204") && page.text.contains("Case opened"))
            for path in ["/notes/new", "/shares", "/orders"] {
                #expect(try await hana.get(wanda + path).status == 404, "\(path)")
            }
            #expect(try await hana.get("/people/\(World.id(.person, 204).column)").status == 404)
            #expect(try await Browser(site, as: .imran).get(wanda).status == 404)

            let lucia = Browser(site, as: .lucia)
            #expect(try await lucia.get("/emergency").text.contains("Hana Whitlock"))
            #expect(try await lucia.get(wanda).text.contains("Opened in an emergency"))
            _ = try await open(site, "W-201", as: .bilal)
            #expect(try await lucia.get("/").text.contains("in an emergency"))
            // Over, it opens nothing.
            try await site.alter("""
                UPDATE app.emergency_access SET opened_at = now() - interval '2 hours', ends_at = now()
                WHERE case_id = \(World.wandasCase)
                """)
            #expect(try await hana.get(wanda).status == 404)
        }
    }

    @Test func `what is withheld, restricted or not there is refused alike, and never across the wall`() async throws {
        try await TestSite.rolledBack { site in
            let said = "No case that you may open has this reference. Ring the agency, or 999"
            for (reference, who) in [("W-999", World.Staff.hana), ("W-205", .hana), ("W-201", .gwen)] {
                let refused = try await open(site, reference, as: who)
                #expect(refused.status == 422 && refused.errors == [said], "\(reference)")
            }
            #expect(try await site.auditLog().count { $0.event == "emergency-refused" } == 3)
            let page = try await Browser(site, as: .hana).get("/emergency")
            #expect(!page.text.contains("Pathways") && page.text.contains("Northfield Housing"))
            var form = try page.form("/emergency")
            for (name, value) in [("agency", World.pathways.column), ("reference", "W-401"), ("reason", "x")] {
                form.forge(name, value)
            }
            #expect(try await Browser(site, as: .hana).submit(form).errors == ["Select whose case it is"])
            let ivy = Browser(site, as: .ivy)
            #expect(try await ivy.submit(ivy.get("/emergency"), to: "/emergency").errors == [
                "Select whose case it is", "Enter the case’s reference",
                "Enter what happens now, and why it can’t wait",
            ])
            #expect(try await Browser(site, as: .piers).get("/emergency").status == 403)
        }
    }

    @Test func `still on the call, an hour more; once over, no more`() async throws {
        try await TestSite.rolledBack { site in
            let fen = Browser(site, as: .fen)
            let extend = "/emergency/\(World.id(.emergency, 204).column)/extend"
            let longer = try await fen.submit(fen.get("/emergency"), to: extend)
            #expect(longer.text.contains("made longer once"))
            #expect(try await site.auditLog().contains { $0.event == "emergency-extended" })
            try await site.alter("""
                UPDATE app.emergency_access SET opened_at = now() - interval '9 hours', ends_at = now() - interval '1 hour'
                """)
            #expect(try await fen.submit(try longer.form(extend)).text.contains("made longer once"))
            #expect(try await fen.get(wanda).status == 404)
        }
    }

    @Test func `somebody else reviews it, and unreviewed it goes to the officer`() async throws {
        try await TestSite.rolledBack { site in
            let (lowri, dilys) = (Browser(site, as: .lowri), Browser(site, as: .dilys))
            let path = "/emergency/reviews/\(beth.column)"
            #expect(try await lowri.get("/emergency/reviews").text.contains("Overdue With the data protection officer"))
            #expect(try await dilys.get("/emergency/reviews").text.contains("W-203"))
            #expect(try await Browser(site, as: .sunita).get(path).status == 404)
            #expect(try await Browser(site, as: .hana).get(path).status == 404)
            #expect(try await lowri.submit(lowri.get(path)).errors == [
                "Select what you find", "Enter what you looked at and whom you asked",
            ])
            let saved = try await lowri.submit(lowri.get(path), ["outcome": "justified", "words": "Rang <i>Hana</i>"])
            #expect(saved.path == "/emergency/reviews" && saved.text.contains("It was needed"))
            let shown = try await dilys.get(path)
            #expect(shown.text.contains("Rang <i>Hana</i>") && shown.forms.allSatisfy { !$0.action.contains("/emergency") })
            #expect(try await site.auditLog().contains { $0.event == "emergency-reviewed" })
        }
    }

    @Test func `nobody reviews their own, here and in the database`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("""
                UPDATE app.emergency_access SET account_id = \(World.Staff.lowri.account) WHERE id = \(beth)
                """)
            let path = "/emergency/reviews/\(beth.column)"
            let lowri = Browser(site, as: .lowri)
            #expect(try await lowri.get(path).text.contains("You opened it: somebody else must review it"))
            var form = try await Browser(site, as: .dilys).get(path).form(path)
            _ = form.fill(["outcome": "justified", "words": "Fine"])
            form.forge("csrf", "csrf-lowri")
            #expect(try await lowri.post(form).status == 422)
        }
        try await Clone.lend { clone in
            let changed = try await clone.undone { db in
                try db.signIn(.hana)
                return try db.refusal(of: """
                    INSERT INTO app.emergency_access (id, partnership_id, agency_id, reference, account_id, reason, ends_at,
                                                      review_due)
                    VALUES (\(UUID()), \(World.north), \(World.lighthouse), 'W-204', \(World.Staff.ivy.account), 'x',
                            now() + interval '1 hour', now())
                    """)
            }
            #expect(changed == "42501")
        }
    }
}
