import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Marcus is Piers's at Pathways (401); at Harbour he is named in Maya's case (Imran's) and Priyanka's (Ivy's).
@Suite("What passes across the wall", .needsClone)
struct AcrossTests {
    private let his = "/cases/\(World.marcussCase.column)"

    /// Piers puts Marcus on the one-to-one programme and names a partner: his place.
    private func ask(_ piers: Browser) async throws -> String {
        let path = his + "/places/new"
        var form = try await piers.get(path).form(path)
        for (name, value) in ["programme": World.id(.oneToOne, 4).column, "source": "criminalJustice",
                              "referred-day": "1", "referred-month": "2", "referred-year": "2024"] {
            form.forge(name, value)
        }
        let refused = try await piers.submit(form)
        #expect(refused.errors == ["Enter whom they named as their partner or former partners, or “named nobody”"])
        form.forge("partner", "Maya, in Upper Vale")
        return try await piers.submit(form).path
    }

    private func step(_ step: String, _ place: String, as piers: Browser, _ reason: String? = nil) async throws -> Seen {
        let today = London.day(of: .now)
        var form = try await piers.get(place + "/next").form(place + "/next")
        for (name, value) in ["step": step, "day-day": String(today.day), "day-month": String(today.month),
                              "day-year": String(today.year)] { form.forge(name, value) }
        if let reason { form.forge("reasons", reason) }
        return try await piers.submit(form)
    }

    /// Hana at the front door arranges support for Maya, by Imran.
    private func arrange(_ hana: Browser) async throws {
        let list = try await hana.get("/across")
        let asked = try await hana.press("Marcus Dunmore", on: list)
        #expect(asked.text.contains("23 November 1986") && asked.text.contains("Maya, in Upper Vale"))
        #expect(asked.text.contains("Maya Castell, W-101") && asked.text.contains("Priyanka Lovell, W-107"))
        let done = try await hana.submit(asked, [
            "case": World.mayasCase.column, "worker": World.Staff.imran.account.column,
        ], to: asked.path)
        #expect(done.status == 200 && done.text.contains("Support so far"))
    }

    @Test func `nobody starts before support is arranged, and that it is arranged is all that his worker learns`()
        async throws {
        try await TestSite.rolledBack { site in
            let (piers, hana) = (Browser(site, as: .piers), Browser(site, as: .hana))
            let place = try await ask(piers)
            #expect(try await piers.get(place).text.contains("Integrated support Not yet"))
            _ = try await step("suitable", place, as: piers, "acceptsResponsibility")
            let early = try await step("started", place, as: piers)
            #expect(early.status == 422 && early.errors == [StepForm.supportFirst])
            let shift = try await hana.get("/shift")
            #expect(shift.text.contains("Arrange support for the partner"))
            try await arrange(hana)
            #expect(!(try await hana.get("/shift").text.contains("Arrange support for the partner")))
            let now = try await piers.get(place)
            #expect(now.text.contains("Integrated support Arranged"))
            for secret in ["Maya", "Castell", "Imran", "Hana", "Harbour", "W-101"] {
                #expect(!now.answer.body.contains(secret), "\(secret)")
            }
            #expect(try await step("started", place, as: piers).text.contains("State Started"))
            let log = try await site.auditLog().map(\.event)
            #expect(log.contains("across-sent") && log.contains("support-changed") && log.contains("across-viewed"))
        }
    }

    @Test func `the database too refuses a start without support`() async throws {
        try await TestSite.rolledBack { site in
            let piers = Browser(site, as: .piers)
            let place = try await ask(piers)
            _ = try await step("suitable", place, as: piers, "motivated")
            let id = try #require(UUID(uuidString: String(place.split(separator: "/").last ?? "")))
            await #expect(throws: PostgresError.self) {
                try await site.alter("UPDATE app.programme_place SET state = 'started' WHERE id = \(id)")
            }
        }
    }

    @Test func `a threat, a missed session and a drop-out reach her worker's list and her case, and nobody else's`()
        async throws {
        try await TestSite.rolledBack { site in
            let (piers, imran) = (Browser(site, as: .piers), Browser(site, as: .imran))
            let place = try await ask(piers)
            try await arrange(Browser(site, as: .hana))
            _ = try await step("suitable", place, as: piers, "motivated")
            let today = London.day(of: .now)
            let day: KeyValuePairs = [
                "kind": "threats", "day-day": String(today.day), "day-month": String(today.month),
                "day-year": String(today.year), "words": "Said he’d wait <b>outside</b>",
            ]
            let passed = try await piers.submit(piers.get(place + "/notices/new"), day)
            #expect(passed.path == place && passed.text.contains("Passed on to the other side (2)"))
            _ = try await step("started", place, as: piers)
            let before = London.day(of: .now).adding(-1)
            _ = try await piers.submit(piers.get(place + "/sessions/new"), [
                "day-day": String(before.day), "day-month": String(before.month), "day-year": String(before.year),
                "time": "9am", "was": "missed",
            ])
            _ = try await step("droppedOut", place, as: piers, "disengaged")
            let home = try await imran.get("/")
            for said in ["made threats", "missed a session", "has dropped out", "has started"] {
                #expect(home.text.contains("The other person \(said)"), "\(said)")
            }
            let page = try await imran.get("/cases/\(World.mayasCase.column)/across")
            #expect(page.text.contains("Made threats: Said he’d wait <b>outside</b>"))
            #expect(page.text.contains("Missed a session") && page.text.contains("Dropped out"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.text.contains("From the other side: "))
            #expect(Int(record.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            // Priyanka has no support by this programme: her worker and her case learn nothing.
            #expect(!(try await Browser(site, as: .ivy).get("/").text.contains("The other person")))
            #expect(!(try await Browser(site, as: .ivy).get("/cases/\(World.priyankasCase.column)/across").text
                .contains("threats")))
        }
    }

    @Test func `back comes an agreed instruction and nothing else, and it can be taken back`() async throws {
        try await TestSite.rolledBack { site in
            let (piers, imran) = (Browser(site, as: .piers), Browser(site, as: .imran))
            let place = try await ask(piers)
            try await arrange(Browser(site, as: .hana))
            let list = try await imran.get("/cases/\(World.mayasCase.column)/across")
            let form = try await imran.press("Agree an instruction", on: list)
            let refused = try await imran.submit(form, ["instruction": "doNotRing", "words": "Not when Maya is at work"])
            #expect(refused.errors == [
                "Leave the person’s name out: it is read on the other side",
                "Agree with the person first what is passed on, and say so here",
            ])
            let sent = try await imran.submit(form, [
                "instruction": "doNotRing", "words": "Not on Tuesday evenings", "agreed": "yes",
            ])
            #expect(sent.text.contains("Do not ring at certain times: Not on Tuesday evenings"))
            for path in [his, place] {
                let page = try await piers.get(path)
                #expect(page.text.contains("Risk instruction. Do not ring at certain times: Not on Tuesday evenings"))
                for secret in ["Maya", "Imran", "Harbour"] { #expect(!page.answer.body.contains(secret)) }
            }
            _ = try await imran.submit(imran.get(form.path), ["instruction": "none", "agreed": "yes"])
            #expect(!(try await piers.get(his).text.contains("Risk instruction")))
            #expect(try await site.auditLog().count { $0.event == "instruction-sent" } == 2)
        }
    }

    @Test func `when support ends, nobody new starts, and why stays on her side`() async throws {
        try await TestSite.rolledBack { site in
            let (piers, imran) = (Browser(site, as: .piers), Browser(site, as: .imran))
            let place = try await ask(piers)
            try await arrange(Browser(site, as: .hana))
            let list = try await imran.get("/cases/\(World.mayasCase.column)/across")
            let page = try await imran.press("End support", on: list)
            #expect(try await imran.submit(page).errors == ["Enter why it ends"])
            #expect(try await imran.submit(page, ["reason": "Moved to another town"]).text.contains("Moved to another town"))
            let his = try await piers.get(place)
            #expect(his.text.contains("Integrated support Not yet") && !his.answer.body.contains("another town"))
            _ = try await step("suitable", place, as: piers, "motivated")
            #expect(try await step("started", place, as: piers).errors == [StepForm.supportFirst])
        }
    }

    @Test func `words that would tell of her are refused: a name, a number, a postcode`() {
        #expect(InstructionForm.tells("Not when castell is in", of: "Maya Castell") != nil)
        #expect(InstructionForm.tells("Ring 07700 900 742 first", of: "Maya Castell") != nil)
        #expect(InstructionForm.tells("Not near QL15 9ZZ", of: "Maya Castell") != nil)
        #expect(InstructionForm.tells("Not on 3 or 4 May, after 18:30", of: "Maya Castell") == nil)
    }

    @Test func `each side reads its own half of the wall, by the database`() async throws {
        try await TestSite.rolledBack { site in
            let (piers, lucia) = (Browser(site, as: .piers), Browser(site, as: .lucia))
            let hers = try await piers.get("/cases/\(World.mayasCase.column)/across")
            #expect(hers.status == 404)
            // Asked of Harbour: Lighthouse's manager sees her own only.
            #expect(try await Browser(site, as: .lowri).get("/across/\(World.id(.across, 101).column)").status == 404)
            #expect(try await lucia.get("/across").status == 403)
            #expect(try await piers.get("/across").status == 403)
        }
    }
}
