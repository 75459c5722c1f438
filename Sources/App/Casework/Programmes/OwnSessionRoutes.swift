import Foundation
import Pages
import Postgres

extension Site {
    /// Sessions of one person: counselling, and work one to one.
    mutating func addOwnSessions() {
        get("cases/:id/places/:place/sessions/new", .needs(.writeNotes)) { visit in
            let (_, place, kept) = try await visit.place()
            return .page(ownSessionPage(place, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/places/:place/sessions/new", .needs(.writeNotes)) { visit in try await visit.addOwnSession() }
        get("cases/:id/places/:place/sessions/:session", .needs(.writeNotes)) { visit in
            let (_, place, session, said, kept) = try await visit.ownSession()
            var answers = Answers(["version": [String(said.version)]])
            answers.set("was", said.state.rawValue)
            answers.set("words", said.words)
            answers.set("cancelled", session.cancelled)
            return .page(ownSessionChangePage(place, session, kept.over(answers), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/places/:place/sessions/:session", .needs(.writeNotes)) { visit in
            try await visit.changeOwnSession()
        }
    }
}

extension Visit {
    fileprivate typealias Said = (state: AttendanceState, words: String, version: Int)

    fileprivate func ownSession() async throws -> (CaseRecord, ProgrammePlace, ProgrammeSession, Said, KeptAnswers) {
        let (record, place, kept) = try await place()
        let id = try id("session")
        let (session, said) = try await read { db in
            (try db.sessions(ofPlace: place.id, only: id).first.orNotFound(), try db.attended(id, by: place.id))
        }
        return (record, place, session, said ?? (.notRecorded, "", 0), kept)
    }

    fileprivate func addOwnSession() async throws -> Reply {
        let (record, place, _) = try await place()
        var answers = typed
        guard let form = OwnSessionForm(&answers, now: now) else {
            return .invalid(ownSessionPage(place, answers, self))
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: place.path) { db in
                let session = ProgrammeSession(
                    id: UUID(), agency: place.agency, heldAt: form.session.heldAt, topic: form.session.topic,
                    cancelled: "", version: 1)
                try db.addSession(session.id, form.session, of: place, self)
                try db.record(
                    form.state, form.words, of: place.id, caseID: place.caseID, person: place.person,
                    agency: place.agency, at: session.id, over: 0, self)
                if place.programme.kind.isIntegrated {
                    try db.passOn(form.state, after: .notRecorded, place.id, session, self)
                }
                try db.audit(.attendanceRecorded, .case, record.id)
            }
        })
    }

    fileprivate func changeOwnSession() async throws -> Reply {
        let (record, place, session, said, _) = try await ownSession()
        let version = try typed.version
        var answers = typed
        let before = version == said.version ? (said.state, said.words) : nil
        guard let form = OwnSessionChange(&answers, of: session, before: before, now: now) else {
            return .invalid(ownSessionChangePage(place, session, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: place.path) { db in
                    try db.record(
                        form.state, form.words, of: place.id, caseID: place.caseID, person: place.person,
                        agency: place.agency, at: session.id, over: version, self)
                    if form.cancelled != session.cancelled {
                        try db.change(
                            session, topic: session.topic, cancelled: form.cancelled, basedOn: session.version)
                    }
                    if place.programme.kind.isIntegrated {
                        let state = form.cancelled.isEmpty ? form.state : .notRecorded
                        let before = session.cancelled.isEmpty ? said.state : .notRecorded
                        try db.passOn(state, after: before, place.id, session, self)
                    }
                    try db.audit(.attendanceRecorded, .case, record.id)
                }
            })
        } catch is Overtaken {
            let (_, place, session, said, _) = try await ownSession()
            var again = answers.again(over: said.version)
            again.refuse("was", "\(savedMeanwhile). Saved is: \(said.state.label.lowercased())")
            return .conflict(ownSessionChangePage(place, session, again, self))
        }
    }
}
