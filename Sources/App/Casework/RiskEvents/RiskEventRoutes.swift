import Foundation
import Pages
import Postgres

extension Site {
    mutating func addRiskEvents() {
        get("people/:id/events/new", .needs(.assessRisk)) { visit in
            let (person, kept) = try await visit.recording()
            return .page(eventPage(person, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/events/new", .needs(.assessRisk)) { visit in try await visit.addEvent() }
        get("people/:id/events/dismiss", .needs(.assessRisk)) { visit in
            let (dismissal, kept) = try await visit.dismissing()
            return .page(dismissPage(dismissal, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/events/dismiss", .needs(.assessRisk)) { visit in try await visit.dismiss() }
    }
}

extension Visit {
    fileprivate func recording() async throws -> (Person, KeptAnswers) {
        let id = try id()
        return try await read { db in
            (try db.person(id, within: viewer, to: .assessRisk).orNotFound(), try db.keptAnswers(self))
        }
    }

    fileprivate func addEvent() async throws -> Reply {
        let (person, _) = try await recording()
        var answers = typed
        guard let form = RiskEventForm(&answers, today: today) else {
            return .invalid(eventPage(person, answers, self))
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/people/\(person.id.column)/risk") { db in
                try db.propose(NewRiskEvent(kind: form.kind, day: form.day, words: form.words), of: person.id,
                               agency: person.agency, self)
                try db.note(.riskEvent, onEach: db.openCases(of: person.id), of: person, "", self)
                try db.audit(.riskEventRecorded, .person, person.id)
            }
        })
    }

    fileprivate func dismissing() async throws -> (Dismissal, KeptAnswers) {
        let id = try id()
        return try await read { db in
            let person = try db.person(id, within: viewer, to: .assessRisk).orNotFound()
            return (Dismissal(
                person: person, review: try db.riskStanding(of: id, on: today).review,
                seen: try db.eventCount(of: id)), try db.keptAnswers(self))
        }
    }

    fileprivate func dismiss() async throws -> Reply {
        let (dismissal, _) = try await dismissing()
        let person = dismissal.person
        let seen = try typed.version
        var answers = typed
        let reason = answers.text("reason", most: 1_000, name: "Reason")
        if reason.isEmpty { answers.refuse("reason", "Enter why no new assessment is needed") }
        if answers.areRefused { return .invalid(dismissPage(dismissal, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/people/\(person.id.column)/risk") { db in
                    try db.dismissReview(of: person, because: reason, seen: seen, self)
                    try db.note(.reviewDismissed, onEach: db.openCases(of: person.id), of: person, "", self)
                    try db.audit(.riskReviewDismissed, .person, person.id)
                }
            })
        } catch is Overtaken {
            return .conflict(dismissPage(try await dismissing().0, answers.again(over: seen), self, hasMore: true))
        }
    }
}
