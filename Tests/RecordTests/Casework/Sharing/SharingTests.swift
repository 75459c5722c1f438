import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Harbour's, high risk and Imran's; Lighthouse is its partner. Ines's disclosure waits for a second
/// person, asked for by Hana.
@Suite("Sharing a case, and consent", .needsClone)
struct SharingTests {
    private let base = "/cases/\(World.mayasCase.column)"
    private let waiting = "/cases/\(World.inessCase.column)/shares/\(World.id(.disclosure, 111).column)"

    /// Imran asks for Maya's case to be shared with Lighthouse.
    private func ask(
        _ site: TestSite, agreement: String = "notAsked", parts: [String] = ["summary", "risk"], until days: Int = 30
    ) async throws -> Seen {
        let imran = Browser(site, as: .imran)
        var form = try await imran.get("\(base)/shares/new?route=mash").form("\(base)/shares/new")
        for (name, value) in [
            ("to", World.lighthouse.column), ("agreement", agreement), ("because", "The child saw <b>it</b>"),
            ("words", "Ring the school first"),
        ] { form.forge(name, value) }
        form.drop("parts")
        if !parts.isEmpty { form.forge("parts", parts) }
        return try await imran.submit(form)
    }

    private func link(in page: Seen) -> String? {
        page.markup.all("a").compactMap { $0["href"] }.first { $0.hasSuffix("/confirm") }
    }

    private func seesMaya(_ site: TestSite) async throws -> Bool {
        try await Browser(site, as: .lucia).get(base).status == 200
    }

    @Test func `a usual way presets all but one sentence; without consent a second person opens it, to read, for a time`()
        async throws {
        try await TestSite.rolledBack { site in
            let form = try await Browser(site, as: .imran).get("\(base)/shares/new?route=mash").form("\(base)/shares/new")
            #expect(form["purpose"].contains("significant harm") && form["basis"] == "safeguarding")
            #expect(!form["necessity"].isEmpty && !form["until-day"].isEmpty && form["because"].isEmpty)

            let asked = try await ask(site)
            #expect(asked.path == "\(base)/shares" && asked.text.contains("Waits for a second person"))
            #expect(asked.text.contains("The child saw <b>it</b>") && asked.text.contains("Ring the school first"))
            #expect(try await seesMaya(site) == false)
            #expect(try await site.auditLog().contains { $0.event == "sharing-proposed" && $0.subject == World.mayasCase })

            let sunita = Browser(site, as: .sunita)
            let gwen = Browser(site, as: .gwen)
            #expect(try await gwen.get("/").text.contains("Sharing waits for a second person"))
            #expect(try await sunita.get("/shares").text.contains("Lighthouse"))
            let page = try await sunita.get("\(base)/shares")
            let path = try #require(link(in: page))
            let answered = try await sunita.submit(sunita.get(path), ["agree": "yes"])
            #expect(answered.text.contains("In force") && answered.text.contains("Sunita Farrow"))
            #expect(!(try await gwen.get("/").text.contains("Sharing waits for a second person")))

            let lucia = Browser(site, as: .lucia)
            #expect(try await lucia.get("/shares").text.contains("W-101"))
            let shared = try await lucia.get(base)
            #expect(shared.status == 200 && shared.text.contains("Shared by Harbour"))
            #expect(shared.text.contains("Maya Castell") && shared.text.contains("Ring the school first"))
            #expect(!shared.text.contains("A note of case") && !shared.text.contains("Case opened"))
            #expect(Int(shared.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            for path in ["/notes/new", "/shares", "/shares/new", "/orders", "/support"] {
                #expect(try await lucia.get(base + path).status == 404, "\(path)")
            }
            #expect(try await lucia.get("/people/\(World.maya.column)").status == 404)
        }
    }

    @Test func `only what is selected is read, and nothing selected is nobody`() async throws {
        try await TestSite.rolledBack { site in
            let refused = try await ask(site, parts: [])
            #expect(refused.errors == ["Select what they may see: nothing selected is nobody"])
            _ = try await ask(site, parts: ["orders"])
            let sunita = Browser(site, as: .sunita)
            let path = try #require(link(in: try await sunita.get("\(base)/shares")))
            _ = try await sunita.submit(sunita.get(path), ["agree": "yes"])
            let shared = try await Browser(site, as: .lucia).get(base)
            #expect(shared.text.contains("Non-molestation order") && !shared.text.contains("Maya Castell"))
            #expect(!shared.text.contains("Case opened"))
            // The database says it again: a share that opens nothing.
            try await site.alter("UPDATE app.case_share SET shows_case = false WHERE case_id = \(World.mayasCase)")
            #expect(try await seesMaya(site) == false)
        }
    }

    @Test func `nobody agrees to their own, and not agreed nothing is shared`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            #expect(try await hana.get(waiting + "/confirm").text.contains("You asked for it: a second person must agree"))
            var forged = try await Browser(site, as: .ivy).get(waiting + "/confirm").form()
            _ = forged.fill(["agree": "yes"])
            var own = forged
            own.forge("csrf", "csrf-hana")
            let refused = try await hana.post(own)
            #expect(refused.status == 422 && refused.body.contains("You asked for it: a second person must agree"))

            let ivy = Browser(site, as: .ivy)
            #expect(try await ivy.submit(ivy.get(waiting + "/confirm"), ["agree": "no"]).errors
                == ["Enter why it may not be shared"])
            let said = try await ivy.submit(ivy.get(waiting + "/confirm"), ["agree": "no", "reason": "Ask her first"])
            #expect(said.text.contains("Not agreed") && said.text.contains("Ask her first"))
            #expect(try await Browser(site, as: .lucia).get("/cases/\(World.inessCase.column)").status == 404)
            #expect(try await site.auditLog().contains { $0.event == "sharing-refused" })
            // It is answered: the page leads back.
            #expect(try await ivy.get(waiting + "/confirm").path == "/cases/\(World.inessCase.column)/shares")
        }
    }

    @Test func `the database too takes nobody's own word, and no share without an agreed disclosure`() async throws {
        try await Clone.lend { clone in
            let refusals = try await clone.undone { db in
                try db.signIn(.hana)
                let id = World.id(.disclosure, 111)
                func share(_ disclosure: UUID, _ record: UUID) -> SQL {
                    """
                    INSERT INTO app.case_share (id, partnership_id, agency_id, case_id, with_agency_id, purpose, ends_at,
                                                created_by, disclosure_id, shows_case)
                    VALUES (\(UUID()), \(World.north), \(World.harbour), \(record), \(World.lighthouse), 'x',
                            now() + interval '1 day', \(World.Staff.hana.account), \(disclosure), true)
                    """
                }
                return [
                    try db.refusal(of: """
                        UPDATE app.disclosure SET agreed = true, decided_at = now(),
                            decided_by = \(World.Staff.hana.account) WHERE id = \(id)
                        """),
                    try db.refusal(of: """
                        UPDATE app.disclosure SET agreed = true, decided_at = now(),
                            decided_by = \(World.Staff.ivy.account) WHERE id = \(id)
                        """),
                    try db.refusal(of: share(id, World.inessCase)),
                    try db.refusal(of: share(World.id(.disclosure, 101), World.mayasCase)),
                ]
            }
            #expect(refusals == ["23514", "42501", "23503", nil] as [String?])
        }
    }

    @Test func `with consent that covers it, it holds at once; withdrawn, nobody reads it from the next page on`()
        async throws {
        try await TestSite.rolledBack { site in
            let consent = World.id(.consent, 101)
            _ = try await ask(site, agreement: "consent-\(consent.column)")
            #expect(try await seesMaya(site))
            let imran = Browser(site, as: .imran)
            let withdraw = "\(base)/consents/\(consent.column)/withdraw"
            #expect(try await imran.submit(imran.get(withdraw)).errors == ["Select why it is withdrawn"])
            let said = try await imran.submit(imran.get(withdraw), ["because": "theirWish", "words": "Not <i>them</i>"])
            #expect(said.text.contains("Consent withdrawn") && said.text.contains("Not <i>them</i>"))
            #expect(try await seesMaya(site) == false)
            #expect(!(try await Browser(site, as: .lucia).get("/shares").text.contains("W-101")))
            #expect(try await site.auditLog().contains { $0.event == "consent-withdrawn" })
            // Nothing rests on it any more.
            let refused = try await ask(site, agreement: "consent-\(consent.column)")
            #expect(refused.errors == ["Select whether they agree"])
        }
    }

    @Test func `taken back, it ends, with the reason on record`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .lowri)
            let farida = "/cases/\(World.faridasCase.column)"
            let end = "\(farida)/shares/\(World.id(.disclosure, 201).column)/end"
            #expect(try await Browser(site, as: .imran).get(farida).status == 200)
            #expect(try await hana.submit(hana.get(end)).errors == ["Enter why it is taken back"])
            let said = try await hana.submit(hana.get(end), ["reason": "Recorded by mistake"])
            #expect(said.text.contains("Taken back") && said.text.contains("Recorded by mistake"))
            #expect(try await Browser(site, as: .imran).get(farida).status == 404)
            #expect(try await hana.get(end).path == "\(farida)/shares")
        }
    }

    @Test func `what can't be so is said beside its field`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let path = "\(base)/shares/new"
            #expect(try await imran.submit(imran.get(path)).errors == [
                "Select how you share it", "Select the agency, or write who it is below", "Select the lawful basis",
                 "Enter what it is for",
                "Enter why it is needed, and why no more than is needed", "Enter why now, for this person",
                "Enter the last day: nothing is shared for ever", "Select whether they agree",
            ])
            var form = try await imran.get(path).form(path)
            for (name, value) in [
                ("route", "housing"), ("to-name", "The landlord"), ("basis", "explicitConsent"), ("because", "Keys"),
                ("words", "He has keys"), ("agreement", "consent-\(World.id(.consent, 101).column)"),
            ] { form.forge(name, value) }
            #expect(try await imran.submit(form).errors == ["They agreed to telling Lighthouse, not to this"])
            form.forge("agreement", "refused")
            #expect(try await imran.submit(form).errors == ["No consent is selected below, so it can’t be the basis"])
            form.forge("basis", "")
            form.forge("parts", "summary")
            #expect(try await imran.submit(form).errors
                == ["Nobody outside can read here. Write below what you tell them, and select nothing"])
        }
    }

    @Test func `neither across the wall nor of a case that only its team may see`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.get("\(base)/shares/new")
            #expect(page.text.contains("Northfield Housing") && !page.text.contains("Pathways"))
            var form = try page.form("\(base)/shares/new")
            for (name, value) in [("route", "mash"), ("to", World.pathways.column), ("because", "x"), ("agreement", "unable")] {
                form.forge(name, value)
            }
            form.forge("parts", "summary")
            #expect(try await imran.submit(form).errors == ["Select one of the agencies"])
            let nell = "/cases/\(World.nellsCase.column)/shares/new"
            var hers = try await imran.get(nell).form(nell)
            for (name, value) in [("route", "mash"), ("to", World.lighthouse.column), ("because", "x"), ("agreement", "unable")] {
                hers.forge(name, value)
            }
            hers.forge("parts", "summary")
            #expect(try await imran.submit(hers).errors.first?.hasPrefix("Only its team may see this case") == true)
        }
    }

    @Test func `a consent says to whom, for what and until when`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let path = "\(base)/consents/new"
            #expect(try await imran.submit(imran.get(path)).errors == [
                "Select the agency, or write who it is below", "Enter what they agree to it for",
                "Select how they agreed", "Enter the last day: nothing is shared for ever",
            ])
            let day = London.day(of: .now).adding(20)
            let saved = try await imran.submit(imran.get(path), [
                "to-name": "Her GP", "purpose": "Sleeping tablets", "given": "written", "until-day": String(day.day),
                "until-month": String(day.month), "until-year": String(day.year), "words": "Not my address",
            ])
            #expect(saved.path == "\(base)/shares")
            for said in ["To Her GP", "Sleeping tablets", "In writing", "\(day)", "Not my address"] {
                #expect(saved.text.contains(said), "\(said)")
            }
            #expect(try await imran.get(base).text.contains("Consent recorded"))
        }
    }
}
