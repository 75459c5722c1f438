import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Marcus is on record twice: at Harbour because Maya says that he harms her, at Pathways for himself.
@Suite("What is given to whoever asks for information", .needsClone)
struct PackTests {
    private let today = London.day(of: .now)

    /// A request of which the officer knows who asks; its page.
    private func request(
        _ dilys: Browser, at agency: UUID, by who: String, alleged: Bool = false
    ) async throws -> String {
        var form = try await dilys.get("/register/requests/new").form("/register/requests/new")
        for (name, value) in [
            ("kind", "access"), ("who", who), ("words", "All of it"), ("reach", "By hand"), ("agency", agency.column),
            ("capacity", "For themselves"), ("received-day", String(today.day)), ("received-month", String(today.month)),
            ("received-year", String(today.year)),
        ] { form.forge(name, value) }
        let matter = try await dilys.submit(form).path
        _ = try await step(dilys, matter, "identified", ["words": "A passport"])
        _ = try await step(dilys, matter, "intercept", [
            "words": "Asked", "asks": alleged ? "alleged" : "notAlleged",
        ])
        return matter
    }

    private func step(
        _ dilys: Browser, _ matter: String, _ code: String, _ answers: [String: String]
    ) async throws -> Seen {
        var form = try await dilys.get("\(matter)/next?step=\(code)").form("\(matter)/next")
        for (name, value) in answers { form.forge(name, value) }
        return try await dilys.submit(form)
    }

    /// Begun, and gathered by the manager; its path.
    private func gathered(
        _ dilys: Browser, _ matter: String, _ reference: String, by manager: Browser
    ) async throws -> String {
        let pack = try await dilys.submit(
            dilys.get(matter + "/pack"), ["reference": reference], to: matter + "/pack").path
        let done = try await manager.submit(manager.get(pack + "/gather"), [:], to: pack + "/gather")
        try #require(done.path == pack, "\(done.errors)")
        return pack
    }

    /// Whatever was found is taken out, the rest stays.
    private func decideAll(_ dilys: Browser, _ pack: String) async throws -> String {
        var shown = ""
        for _ in 0..<200 {
            let page = try await dilys.get(pack + "/items/next")
            shown += page.answer.body
            if page.path == pack { return shown }
            var form = try page.form(page.path)
            let holds = page.answer.body.contains("Taken out whatever you choose")
                || form.controls.contains { $0.name == "gone" }
            form.forge("decision", holds ? "redact" : "include")
            form.forge("ground", holds ? "thirdParty" : "")
            form.forge("address", "no")
            let saved = try await dilys.submit(form)
            try #require(saved.status == 200, "\(saved.errors)")
        }
        return shown
    }

    private func send(_ dilys: Browser, _ pack: String) async throws {
        let sent = try await dilys.submit(dilys.get(pack + "/next"), [:], to: pack + "/next")
        try #require(sent.text.contains("Waits for a second signature"))
    }

    private func release(_ dilys: Browser, _ pack: String, to name: String) async throws -> Seen {
        let done = try await dilys.submit(dilys.get(pack + "/next"), [
            "recipient": name, "way": "inPerson", "safe": "yes",
        ], to: pack + "/next")
        try #require(done.text.contains("Released"), "\(done.errors)")
        return try await dilys.get(pack + "/print")
    }

    @Test func `to somebody who harms nothing of hers is shown or given, and nothing says that there is anything`()
        async throws {
        try await TestSite.rolledBack { site in
            let (dilys, piers, sunita) = (Browser(site, as: .dilys), Browser(site, as: .piers), Browser(site, as: .sunita))
            try await site.alter("""
                INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
                SELECT gen_random_uuid(), partnership_id, \(World.Staff.piers.account), \(World.pathways),
                       'serviceManager', '2001-01-01' FROM app.agency WHERE id = \(World.pathways)
                """, """
                UPDATE app.case_note SET body = 'CANARY-HERS: Marcus Dunmore came to her door'
                WHERE case_id = \(World.mayasCase)
                """, """
                UPDATE app.contact SET reason = 'CANARY-HERS too' WHERE person_id = \(World.maya)
                """, """
                UPDATE app.case_note SET body = 'He shouted at Maya Castell at 4 Tern Close, ZZ5 5ZZ'
                WHERE case_id = \(World.id(.record, 401))
                """)
            // At the service that works with him, and at hers, where a number is known or nobody is.
            let theirs = try await request(dilys, at: World.pathways, by: "Marcus Dunmore", alleged: true)
            let own = try await gathered(dilys, theirs, "W-401", by: piers)
            var shown = try await dilys.get(own).text
            #expect(shown.contains("said to have harmed") && shown.contains("neither") == false)
            shown += try await decideAll(dilys, own)
            #expect(shown.contains("He shouted at Maya Castell"))
            try await send(dilys, own)
            let whole = try await piers.get(own + "/sign")
            shown += whole.text
            #expect(whole.text.contains("He shouted at [withheld] at [withheld], [withheld]"))
            _ = try await piers.submit(whole, ["signs": "yes"], to: own + "/sign")
            shown += try await release(dilys, own, to: "Marcus Dunmore").answer.body
            #expect(!shown.contains("CANARY-HERS"))

            var papers: [String] = []
            for reference in [World.marcus.column, "", World.mayasCase.column] {
                let matter = try await request(dilys, at: World.harbour, by: "Marcus Dunmore", alleged: true)
                let asked = reference == World.mayasCase.column ? World.maya.column : reference
                let pack = try await gathered(dilys, matter, asked, by: sunita)
                let page = try await dilys.get(pack)
                #expect(page.text.contains("Nothing is to be given from this agency’s records"))
                #expect(try await decideAll(dilys, pack).contains("CANARY") == false)
                try await send(dilys, pack)
                _ = try await sunita.submit(sunita.get(pack + "/sign"), ["signs": "yes"], to: pack + "/sign")
                let label = "P-\(pack.dropFirst("/packs/".count).prefix(8).uppercased())"
                let paper = try await release(dilys, pack, to: "Marcus Dunmore")
                #expect(paper.text.contains("neither confirm nor deny"))
                papers.append(paper.text.replacing(label, with: "P"))
                // Nothing but the officer's own words tells the rows apart either.
                let about = try await site.howMany("""
                    SELECT count(*)::int AS n FROM app.pack WHERE subject_id = id AND id::text = \(String(pack.suffix(36)))
                    """)
                #expect(about == 1)
                #expect(try await dilys.get(matter).text.contains("Released"))
            }
            #expect(Set(papers).count == 1)
        }
    }

    @Test func `a pack leaves when every piece is decided and a second person has signed it, for one reader, until revoked`()
        async throws {
        try await TestSite.rolledBack { site in
            let (dilys, sunita) = (Browser(site, as: .dilys), Browser(site, as: .sunita))
            let street = World.street(of: World.maya)
            try await site.alter("""
                UPDATE app.person_address SET protected = true WHERE person_id = \(World.maya)
                """, """
                UPDATE app.case_note SET body = \("She is at \(street) by now") WHERE case_id = \(World.mayasCase)
                """, """
                UPDATE app.contact SET reason = 'CANARY-LEFT-OUT' WHERE person_id = \(World.maya)
                """)
            let matter = try await request(dilys, at: World.harbour, by: "Maya")
            let opening = try await dilys.get(matter + "/pack").form(matter + "/pack")
            var first = opening
            _ = first.fill(["reference": "W-101"])
            let pressed = try await dilys.post(first).location
            #expect(try await dilys.post(first).location == pressed)
            first.forge("submission", UUID().column)
            #expect(try await dilys.submit(first).status == 409)
            let pack = try #require(pressed)
            // Neither whoever works with her nor a manager elsewhere has anything to do with it.
            #expect(try await Browser(site, as: .lowri).send(.get, pack).status == 404)
            #expect(try await Browser(site, as: .imran).send(.get, pack).status == 404)
            let wrong = try await sunita.submit(
                sunita.get(pack + "/gather"), ["reference": "W-999"], to: pack + "/gather")
            #expect(wrong.errors == ["No record that you see here has this reference or number"])
            _ = try await sunita.submit(sunita.get(pack + "/gather"), ["reference": "W-101"], to: pack + "/gather")
            #expect(try await site.auditLog().map(\.event).contains("pack-gathered"))

            // Not decided: it is not sent, not by the page and not past it.
            #expect(try await dilys.get(pack + "/next").path == pack)
            let forged = PageForm.encode([
                ("csrf", "csrf-dilys"), ("submission", UUID().column), ("version", "2"), ("state", "deciding"),
            ])
            #expect(try await dilys.send(.post, pack + "/next", form: forged).status == 409)
            #expect(try await sunita.get(pack + "/sign").path == pack)
            #expect(try await dilys.send(.get, pack + "/print").status == 404)

            // A piece with a protected address: words must go, and of two who decide the second is told.
            let list = try await dilys.get(pack)
            let notes = list.markup.all("a").filter { $0["href"]?.contains("/items/") == true }
            var piece = ""
            for link in notes.compactMap({ $0["href"] }) where piece.isEmpty {
                if try await dilys.get(link).text.contains("Taken out whatever you choose: \(street)") { piece = link }
            }
            var decided = try await dilys.get(piece).form(piece)
            var other = decided
            decided.forge("decision", "include")
            decided.forge("address", "yes")
            #expect(try await dilys.submit(decided).errors == [
                "Take it out: choose “Include it with words taken out”",
                "It holds a protected address or number: words must be taken out",
            ])
            decided.forge("decision", "redact")
            decided.forge("ground", "seriousHarm")
            decided.forge("address", "no")
            #expect(try await dilys.submit(decided).status == 200)
            other.forge("submission", UUID().column)
            other.forge("decision", "leaveOut")
            other.forge("ground", "seriousHarm")
            other.forge("reason", "Mine")
            #expect(try await dilys.submit(other).status == 409)
            var leftOut = 0
            for link in notes.compactMap({ $0["href"] }) where link != piece {
                let page = try await dilys.get(link)
                guard page.text.contains("CANARY-LEFT-OUT") else { continue }
                var out = try page.form(link)
                for (name, value) in [("decision", "leaveOut"), ("ground", "notAsked"), ("reason", "Hers alone")] {
                    out.forge(name, value)
                }
                #expect(try await dilys.submit(out).status == 200)
                leftOut += 1
            }
            #expect(leftOut > 0)
            _ = try await decideAll(dilys, pack)
            try await send(dilys, pack)
            #expect(try await dilys.submit(other).status == 409)

            // The officer does not sign, even with the role.
            try await site.alter("""
                INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
                SELECT gen_random_uuid(), partnership_id, \(World.Staff.dilys.account), id, 'serviceManager', '2001-01-01'
                FROM app.agency WHERE id = \(World.harbour)
                """)
            let own = try await dilys.submit(dilys.get(pack + "/sign"), ["signs": "yes"], to: pack + "/sign")
            #expect(own.errors == ["You prepared it: somebody else must sign"])
            let back = try await sunita.submit(
                sunita.get(pack + "/sign"), ["signs": "no", "reason": "Too much of her son"], to: pack + "/sign")
            #expect(back.text.contains("Too much of her son") && back.text.contains("Being decided"))
            try await send(dilys, pack)
            let signed = try await sunita.submit(sunita.get(pack + "/sign"), ["signs": "yes"], to: pack + "/sign")
            #expect(signed.text.contains("Signed, to be released"))
            let bare = try await dilys.submit(dilys.get(pack + "/next"), [:], to: pack + "/next")
            #expect(bare.errors.count == 3)
            let paper = try await release(dilys, pack, to: "Maya Castell")
            #expect(try await site.auditLog().last?.event == "pack-opened")
            #expect(paper.text.contains("For Maya Castell only") && paper.text.contains("She is at [withheld] by now"))
            #expect(!paper.text.contains("CANARY-LEFT-OUT"))
            #expect(!paper.answer.body.contains(street) && paper.answer.body.contains("<title>Notes</title>"))
            #expect(Int(paper.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(Int(list.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let clear = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.pack_item i
                WHERE position('withheld'::bytea IN i.left_sealed) > 0 OR position('She is'::bytea IN i.piece_sealed) > 0
                """)
            #expect(clear == 0)
            try await PackFileTests.check(pack, without: [street, "CANARY-LEFT-OUT"], dilys, sunita, site)
            let revoked = try await dilys.submit(
                dilys.get(pack + "/next"), ["reason": "To the wrong house"], to: pack + "/next")
            #expect(revoked.text.contains("To the wrong house") && revoked.text.contains("Revoked"))
            #expect(try await dilys.send(.get, pack + "/print").status == 404)
            #expect(try await sunita.send(.get, pack + "/print").status == 404)
            #expect(try await sunita.send(.get, pack + "/file").status == 404)
            // Another may follow, and the original is what it was.
            #expect(try await dilys.get(matter).text.contains("Begin a pack"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.case_note WHERE body = \("She is at \(street) by now")
                """) > 0)
        }
    }

    @Test func `what has become protected since it was gathered is not signed`() async throws {
        try await TestSite.rolledBack { site in
            let (dilys, sunita) = (Browser(site, as: .dilys), Browser(site, as: .sunita))
            let street = World.street(of: World.maya)
            try await site.alter("""
                UPDATE app.person_address SET protected = false WHERE person_id = \(World.maya)
                """, """
                UPDATE app.case_note SET body = \("She is at \(street) by now") WHERE case_id = \(World.mayasCase)
                """)
            let matter = try await request(dilys, at: World.harbour, by: "Maya")
            let pack = try await gathered(dilys, matter, "W-101", by: sunita)
            for _ in 0..<200 {
                let page = try await dilys.get(pack + "/items/next")
                if page.path == pack { break }
                var form = try page.form(page.path)
                // Her own may stay.
                form.forge("decision", page.answer.body.contains("Taken out whatever") ? "redact" : "include")
                form.forge("ground", "thirdParty")
                form.forge("address", "no")
                _ = try await dilys.submit(form)
            }
            try await send(dilys, pack)
            try await site.alter("UPDATE app.person_address SET protected = true WHERE person_id = \(World.maya)")
            let page = try await sunita.submit(sunita.get(pack + "/sign"), ["signs": "yes"], to: pack + "/sign")
            #expect(page.status == 422 && page.errors.first?.contains("protected by now") == true)
        }
    }
}
