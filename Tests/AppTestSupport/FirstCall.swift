import Foundation
import Postgres
import Testing
@testable import App

/// The first job of the house, step by step, as a worker does it on the pages: a call, a person, how she may be
/// contacted, who harms her, a Dash, a case.
struct FirstCall {
    let worker: Browser
    /// What is typed, none of which may turn up where it doesn't belong. Invented, and like nobody of the World.
    var given = "Wilhelmina"
    var family = "Quartermaine"
    var reason = "Rang from the launderette about last night"
    var number = "07700 900742"
    var codeWord = "marzipan"
    var mustNotKnow = "Ferdinand next door"
    var coverStory = "It is the dentist ringing"
    var harmingGiven = "Osgood"
    var harmingFamily = "Pettibone"
    var rationale = "He has found out that she means to leave"

    /// Everything personal among it.
    var typed: [String] {
        [given, family, reason, number, "900742", codeWord, mustNotKnow, coverStory, harmingGiven, harmingFamily,
         rationale]
    }

    init(_ worker: Browser) { self.worker = worker }

    /// Records the call; answers the contact.
    func contact() async throws -> UUID {
        let form = try await worker.get("/contacts/new")
        let page = try await worker.submit(form, [
            "channel": "helpline", "safe-to-talk": "yes", "caller": "harmedPerson", "reason": reason,
            "outcome": "openCase",
        ])
        #expect(page.heading == "Helpline call")
        return try page.id()
    }

    /// Looks whether she is known, finds that she is not, and adds her; answers the person.
    func person(of contact: UUID) async throws -> UUID {
        let page = try await worker.get("/contacts/\(contact.column)")
        let search = try await worker.press("Who is this?", on: page)
        let results = try await worker.submit(search, ["given-name": given, "family-name": family])
        #expect(results.text.contains("Nobody on record that you can see"))
        let form = try await worker.press("Add a new person", on: results)
        let known = try form.form()
        #expect(known["given-name"] == given && known["family-name"] == family)
        let back = try await worker.submit(form, ["sex": "female"])
        let link = try #require(back.markup.all("a").first { $0["href"]?.hasSuffix("/safe-contact") == true }?["href"])
        return try #require(UUID(uuidString: String(link.split(separator: "/")[1])))
    }

    /// She may be rung on Tuesdays before noon, and in no other way.
    func tuesdaysBeforeNoon(_ person: UUID) async throws {
        let form = try await worker.get("/people/\(person.column)/safe-contact")
        let page = try await worker.submit(form, [
            "asked": "yes", "number": number, "channels": "telephone", "days": "2", "until": "noon", "withhold": "yes",
            "code-word": codeWord, "must-not-know": mustNotKnow, "cover-story": coverStory,
        ])
        #expect(page.heading == "\(given) \(family)")
    }

    /// Who harms her.
    func harming(_ person: UUID) async throws {
        let form = try await worker.get("/people/\(person.column)/harming/new")
        try await worker.submit(form, [
            "connection": "intimateRelationship", "given-name": harmingGiven, "family-name": harmingFamily,
        ])
    }

    /// Eleven times yes, three times not known, ten times no; high by judgement.
    func dash(_ person: UUID) async throws -> Seen {
        var form = try await worker.get("/people/\(person.column)/risk/new").form()
        for item in 1...24 {
            let answer = item <= 11 ? "yes" : item <= 14 ? "dontKnow" : "no"
            let misfits = form.fill(["q\(item)": answer])
            #expect(misfits.isEmpty)
        }
        let misfits = form.fill([
            "area": World.northshire.column, "judgement": "high", "rationale": rationale,
        ])
        #expect(misfits.isEmpty)
        return try await worker.submit(form)
    }

    /// Opens the case and gives it to `holder`; answers the case.
    func openCase(_ person: UUID, to holder: World.Staff) async throws -> UUID {
        let form = try await worker.get("/people/\(person.column)/cases/new")
        let page = try await worker.submit(form, ["worker": holder.account.column])
        #expect(page.title == "Case - Drystone")
        return try page.id()
    }

    /// All of it; answers the person and the case.
    func wholeCall(for holder: World.Staff = .imran) async throws -> (person: UUID, record: UUID) {
        let person = try await person(of: contact())
        try await tuesdaysBeforeNoon(person)
        try await harming(person)
        _ = try await dash(person)
        return (person, try await openCase(person, to: holder))
    }
}
