import Foundation
import Postgres

/// What is measured apart from the pages: it costs more on purpose, or depends on what is looked for.
enum BenchApart {
    /// Two at once: as many passwords as the server checks at a time.
    static let atOnce = 2

    /// Whether a page is a document to print: all that is on record of something, and not a page of it.
    static func isDocument(_ name: String) -> Bool { name.hasSuffix("/print") }

    /// Searches as a caseworker makes them, saved first through the form, for people all over the register: by both
    /// names, by a name misheard, by the family name alone, by date of birth alone.
    static func searches(_ worker: BenchVisitor, _ stopwatch: BenchStopwatch) async throws
        -> [PageBench.Measurement] {
        let people = try await stopwatch.services.database.transaction(session: worker.token, readOnly: true) { db in
            try db.benchPeople(40)
        }
        let cookie = "\(Cookies.session)=\(worker.token)"
        let saved = try people.enumerated().map { place, person -> LoadGenerator.Request in
            var fields = [
                ("csrf", worker.csrf), ("purpose", SearchPurpose.partnerEnquiry.rawValue),
                ("enquiry", "how fast a search is"),
            ]
            switch (place % 4, person.born) {
            case (0, _): fields += [("given-name", person.given), ("family-name", person.family)]
            case (1, _): fields += [("given-name", String(person.given.dropLast())), ("family-name", person.family)]
            case (3, let born?):
                let parts = born.column.split(separator: "-").map(String.init)
                fields += [("birth-year", parts[0]), ("birth-month", parts[1]), ("birth-day", parts[2])]
            default: fields += [("family-name", person.family + "e")]
            }
            let location = try stopwatch.generator.post(
                LoadGenerator.Request(path: "/search", cookie: cookie, form: LoadGenerator.Request.form(fields)))
            return LoadGenerator.Request(path: location, cookie: cookie)
        }
        return [try await stopwatch.measure("search", saved, connections: atOnce, limit: 30)]
    }

    /// The step of a sign-in that costs: the right password of each of the cast in turn. None without a cast.
    static func signIns(_ cast: [SignIn], _ stopwatch: BenchStopwatch) async throws -> [PageBench.Measurement] {
        if cast.isEmpty { return [] }
        let token = FormToken.make(for: "benchmark", stopwatch.services.keys)
        let requests = cast.map { person in
            LoadGenerator.Request(
                path: "/sign-in", cookie: "\(Cookies.form)=benchmark", form: LoadGenerator.Request.form([
                    ("csrf", token), ("email", person.email), ("password", person.password),
                ]))
        }
        // Each must lead on to the code: a refusal is quick, and would flatter.
        for request in requests where try !stopwatch.generator.post(request).hasPrefix("/sign-in/code") {
            throw CommandFailure("The cast can't sign in.")
        }
        // A few a second: ten seconds at least, or the 95th of 100 would be the slowest of a handful.
        return [try await stopwatch.lasting(atLeast: 10).measure(
            "sign-in", requests, connections: atOnce, limit: 250, sampled: false)]
    }
}
