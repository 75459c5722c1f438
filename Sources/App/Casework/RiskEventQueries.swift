import Foundation
import Postgres

/// An event on its way into the record.
struct NewRiskEvent: Sendable {
    let kind: RiskEventKind
    let day: Day
    var words = ""
    /// The order that ends.
    var order: UUID?
    /// An escalation: due on the next working day, whatever the grade.
    var isUrgent = false
}

extension Connection {
    /// Records an event and lets it join the one open review of the person: the earlier due wins. An event that is only
    /// expected is kept at once, with the day from which it proposes, so that the review stands on a list with its due
    /// day from the beginning: nothing has to run on that day for it to be seen, and an assessment before then does not
    /// answer it.
    func propose(_ event: NewRiskEvent, of person: UUID, agency: UUID, _ visit: Visit) throws {
        try holdRisk(of: person)
        let grade = try latestRisk(of: person)?.level ?? .notAssessed
        let level = event.isUrgent ? .high : grade
        let from = RiskReview.proposesOn(event.day, today: visit.today)
        try run("""
            INSERT INTO app.risk_event (id, partnership_id, agency_id, person_id, kind, day, words, order_id,
                                        proposes_on, due_at, recorded_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(agency), \(person), \(event.kind), \(event.day),
                    \(event.words), \(event.order), \(from), \(RiskReview.due(level, from: from)), \(visit.now),
                    \(visit.viewer.account))
            """)
        try reviseReview(of: person, agency: agency, visit)
    }

    /// An order's end proposes a review. What an earlier version of it proposed, nobody has to answer any more.
    func proposeEnd(
        of order: UUID, _ term: OrderTerm, before: OrderTerm?, on record: CaseRecord, _ visit: Visit
    ) throws {
        if let before, before.until == term.until { return }
        try holdRisk(of: record.person)
        try settle("e.order_id = \(order)", of: record.person, .overtaken, visit)
        if let until = term.until, until >= visit.today {
            try propose(NewRiskEvent(kind: .orderEnding, day: until, order: order), of: record.person,
                        agency: record.agency, visit)
        } else {
            try reviseReview(of: record.person, agency: record.agency, visit)
        }
    }

    /// A new assessment, made on `day`, answers what had proposed one by then.
    func answerReview(of person: UUID, agency: UUID, madeOn day: Day, _ visit: Visit) throws {
        try settle("e.proposes_on <= \(day)", of: person, .assessed, visit)
        try reviseReview(of: person, agency: agency, visit)
    }

    /// Sets aside what proposes a review now, with the reason; what is still to come stays. Throws `Overtaken` when
    /// something else has happened since the reader was shown `seen` events.
    func dismissReview(of person: Person, because reason: String, seen: Int, _ visit: Visit) throws {
        try holdRisk(of: person.id)
        guard try eventCount(of: person.id) == seen else { throw Overtaken() }
        try settle("e.proposes_on <= \(visit.today)", of: person.id, .dismissed, because: reason, visit)
        try reviseReview(of: person.id, agency: person.agency, visit)
    }

    /// Nobody works with a person who has no open case: nothing of theirs waits.
    func endReview(of person: UUID, agency: UUID, _ visit: Visit) throws {
        try holdRisk(of: person)
        guard try openCases(of: person).isEmpty else { return }
        try settle("true", of: person, .caseClosed, visit)
        try reviseReview(of: person, agency: agency, visit)
    }

    /// How many events were ever recorded of a person: the version of their list.
    func eventCount(of person: UUID) throws -> Int {
        try first("SELECT count(*) AS events FROM app.risk_event e WHERE e.person_id = \(person)") {
            try $0["events"]
        } ?? 0
    }

    private func settle(
        _ which: SQL, of person: UUID, _ end: EventEnd, because reason: String = "", _ visit: Visit
    ) throws {
        try run("""
            UPDATE app.risk_event e SET settled = \(end), settled_at = \(visit.now),
                settled_by = \(visit.viewer.account), reason = \(reason)
            WHERE e.person_id = \(person) AND e.settled IS NULL AND \(which)
            """)
    }

    /// A person's events, newest first, with how each was answered.
    func riskEvents(of person: UUID) throws -> [RiskEvent] {
        try all("""
            SELECT e.kind, e.day, e.words, e.proposes_on, e.recorded_at, a.full_name, e.settled, e.settled_at, e.reason,
                   d.full_name AS settled_name
            FROM app.risk_event e LEFT JOIN app.account a ON a.id = e.recorded_by
            LEFT JOIN app.account d ON d.id = e.settled_by
            WHERE e.person_id = \(person) ORDER BY e.recorded_at DESC, e.id DESC LIMIT 50
            """) { row in
            RiskEvent(
                event: try ProposingEvent(row: row), words: try row["words"],
                recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "",
                end: try row["settled"], endedAt: try row["settled_at"], endedBy: try row["settled_name"] ?? "",
                reason: try row["reason"])
        }
    }
}
