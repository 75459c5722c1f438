import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's; Hana is a colleague of his, Sunita answers for the service.
@Suite("Cover for an absent colleague, and what changed", .needsClone)
struct CoverTests {
    private let mayasCase = "/cases/\(World.mayasCase.column)"

    private func value(_ who: World.Staff) -> String { "\(who.account.column) \(World.harbour.column)" }

    /// Away from this minute's hour of today until the day after tomorrow.
    private func absence(
        _ who: World.Staff, cover: World.Staff?, kind: String = "away"
    ) -> KeyValuePairs<String, String> {
        let (from, until) = (London.day(of: .now), London.day(of: .now).adding(2))
        return [
            "who": value(who), "kind": kind, "cover": cover.map(value) ?? "", "from-day": "\(from.day)",
            "from-month": "\(from.month)", "from-year": "\(from.year)", "from-time": "00:00",
            "until-day": "\(until.day)", "until-month": "\(until.month)", "until-year": "\(until.year)",
            "until-time": "17:00",
        ]
    }

    private func addTask(_ what: String, _ site: TestSite) async throws {
        let (imran, day) = (Browser(site, as: .imran), London.day(of: .now).adding(1))
        _ = try await imran.submit(imran.get("\(mayasCase)/tasks/new"), [
            "what": what, "due-day": "\(day.day)", "due-month": "\(day.month)", "due-year": "\(day.year)",
            "whose": "mine",
        ])
    }

    @Test func `whoever covers gets what waits and sees the cases, until the absence is taken off`() async throws {
        try await TestSite.rolledBack { site in
            let (sunita, hana) = (Browser(site, as: .sunita), Browser(site, as: .hana))
            try await addTask("Ring the school", site)
            #expect(try await !hana.get("/").text.contains("Ring the school"))
            let rota = try await sunita.submit(
                sunita.get("/team/rota"), absence(.imran, cover: .hana), to: "/team/rota")
            #expect(rota.path == "/team/rota" && rota.text.contains("Imran AldousAwayHana"))

            let today = try await hana.get("/")
            #expect(today.text.contains("You cover for Imran Aldous (until") && today.text.contains("Ring the school"))
            let covered = try await hana.get("/cases?list=covered")
            #expect(covered.answer.body.contains(mayasCase))
            let team = try await sunita.get("/team")
            #expect(team.text.contains("covered by Hana") && !team.answer.body.contains(mayasCase), "somebody minds it")

            let known = [World.id(.rota, 1), World.id(.rota, 11)].map(\.column)
            let line = try #require(rota.forms.first { form in
                form.action.hasSuffix("/end") && !known.contains { form.action.contains($0) }
            })
            _ = try await sunita.submit(line)
            #expect(try await !hana.get("/").text.contains("Ring the school"))
            #expect(try await hana.get("/cases?list=covered").text.contains("No cases here"))
        }
    }

    @Test func `without cover, or when the cover is away too, the manager sees the cases`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            #expect(try await !sunita.get("/team").answer.body.contains(mayasCase))
            _ = try await sunita.submit(sunita.get("/team/rota"), absence(.imran, cover: .hana), to: "/team/rota")
            #expect(try await !sunita.get("/team").answer.body.contains(mayasCase))
            _ = try await sunita.submit(sunita.get("/team/rota"), absence(.hana, cover: nil), to: "/team/rota")
            #expect(try await sunita.get("/team").answer.body.contains(mayasCase), "Hana is away too")
        }
    }

    @Test func `nobody covers for themselves, for another organisation, or while on call`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let page = try await sunita.get("/team/rota")
            let own = try await sunita.submit(page, absence(.imran, cover: .imran), to: "/team/rota")
            #expect(own.errors == ["Select another colleague of the same organisation"])
            #expect(try own.form("/team/rota")["who"] == value(.imran), "kept")
            var forged = try page.form("/team/rota")
            for (name, value) in absence(.imran, cover: nil) { forged.forge(name, value) }
            forged.forge("cover", "\(World.Staff.lucia.account.column) \(World.lighthouse.column)")
            #expect(try await sunita.submit(forged).errors == ["Select who covers from the list"])
            let onCall = try await sunita.submit(
                page, absence(.imran, cover: .ivy, kind: "onCall"), to: "/team/rota")
            #expect(onCall.errors.contains("Leave out who covers, or say that they are away"))
        }
    }

    @Test func `what a colleague did is news to whoever holds the case, once`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            _ = try await imran.get(mayasCase)
            #expect(try await !imran.get("/").text.contains("changed since you last"))
            _ = try await imran.submit(imran.get("\(mayasCase)/notes/new"), ["body": "My own words"])
            #expect(try await !imran.get("/").text.contains("changed since you last"), "his own")

            _ = try await ivy.submit(ivy.get("\(mayasCase)/notes/new"), ["body": "She moved to her sister's"])
            #expect(try await imran.get("/").text.contains("1 of your cases changed since you last opened it"))
            let changed = try await imran.get("/cases?list=changed")
            #expect(changed.answer.body.contains(mayasCase) && changed.text.contains("Changed"))
            #expect(try await ivy.get("/cases?list=changed").text.contains("No cases here"), "not hers")

            _ = try await ivy.get(mayasCase)
            #expect(try await imran.get("/cases?list=changed").answer.body.contains(mayasCase), "only his look counts")
            _ = try await imran.get(mayasCase)
            #expect(try await imran.get("/cases?list=changed").text.contains("No cases here"))
        }
    }
}
