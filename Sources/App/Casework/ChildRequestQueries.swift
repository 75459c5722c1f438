import Foundation
import Postgres

/// A child on record who may be the one of whom somebody asked.
struct ChildCandidate: Sendable {
    let id: UUID
    let name: String
    let birth: Day?
}

extension Connection {
    /// Puts a request down, at an agency of the viewer.
    func addChildRequest(_ id: UUID, _ form: ChildRequestForm, agency: UUID, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.child_request (id, partnership_id, agency_id, asker, asker_name, reply_to, about, what,
                                           received_on, due_on, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(agency), \(form.asker), \(form.askerName), \(form.replyTo),
                    \(form.about), \(form.what), \(form.received), \(ChildRequest.due(form.received)), \(visit.now),
                    \(visit.viewer.account))
            """)
    }

    /// What waits for a decision, most urgent first.
    func waitingRequests(limit: Int) throws -> [ChildRequest] {
        try all("""
            \(Self.requests) WHERE r.outcome IS NULL ORDER BY r.due_on, r.id LIMIT \(limit)
            """, ChildRequest.init(row:))
    }

    /// What was decided, newest first.
    func decidedRequests(limit: Int) throws -> [ChildRequest] {
        try all("""
            \(Self.requests) WHERE r.outcome IS NOT NULL ORDER BY r.decided_at DESC, r.id LIMIT \(limit)
            """, ChildRequest.init(row:))
    }

    func childRequests(about child: UUID) throws -> [ChildRequest] {
        try all("""
            \(Self.requests) WHERE r.person_id = \(child) ORDER BY r.received_on DESC, r.id LIMIT 50
            """, ChildRequest.init(row:))
    }

    func childRequest(_ id: UUID) throws -> ChildRequest? {
        try first("\(Self.requests) WHERE r.id = \(id)", ChildRequest.init(row:))
    }

    private static let requests: SQL = """
        SELECT r.id, g.name AS agency, r.person_id, p.given_name, p.family_name, r.asker, r.asker_name, r.reply_to,
               r.about, r.what, r.received_on, r.due_on, r.recorded_by, w.full_name AS author, r.outcome, r.entitled,
               r.child_view, r.reason, r.decided_at, d.full_name AS decider
        FROM app.child_request r JOIN app.agency g ON g.id = r.agency_id
        LEFT JOIN app.person p ON p.id = r.person_id
        LEFT JOIN app.account w ON w.id = r.recorded_by LEFT JOIN app.account d ON d.id = r.decided_by
        """

    /// People on record here of the name that was given, spelt so or nearly: of the request's agency, and only those
    /// whom the reader may see.
    func candidates(for request: ChildRequest) throws -> [ChildCandidate] {
        try all("""
            SELECT p.id, p.given_name, p.family_name, p.date_of_birth FROM app.person p
            JOIN app.child_request r ON r.id = \(request.id) AND r.agency_id = p.agency_id
            WHERE p.id IN (SELECT n.person_id FROM app.person_name n WHERE n.folded = app.fold(\(request.about)))
               OR p.id IN (
                   SELECT n.person_id FROM app.person_name n
                   WHERE n.family_sound <> ''
                     AND n.family_sound = public.dmetaphone(app.fold(substring(\(request.about) FROM '[^ ]+$')))
                     AND n.given_sound = public.dmetaphone(app.fold(substring(\(request.about) FROM '^[^ ]+'))))
            ORDER BY p.date_of_birth DESC NULLS LAST, p.id LIMIT 20
            """) { row in
            ChildCandidate(id: try row["id"], name: try row.personName() ?? "", birth: try row["date_of_birth"])
        }
    }

    /// Says which child on record is meant. Throws `Overtaken` when it has been decided or said meanwhile.
    func nameChild(_ child: UUID, of request: UUID) throws {
        let changed = try run("""
            UPDATE app.child_request SET person_id = \(child)
            WHERE id = \(request) AND outcome IS NULL AND person_id IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Decides, once. Throws `Overtaken` when somebody has decided meanwhile.
    func decide(_ request: UUID, _ form: RequestDecisionForm, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.child_request SET outcome = \(form.outcome), entitled = \(form.entitled),
                child_view = \(form.childView), reason = \(form.reason), decided_at = \(visit.now),
                decided_by = \(visit.viewer.account)
            WHERE id = \(request) AND outcome IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// The worker of a child, and the agency whose record it is.
    func workerOfChild(_ child: UUID) throws -> (worker: UUID?, agency: UUID)? {
        try first("""
            SELECT p.agency_id, e.account_id FROM app.person p
            LEFT JOIN app.child_entry e ON e.person_id = p.id AND e.kind = 'worker' AND e.settled IS NULL
            WHERE p.id = \(child)
            """) { row in (try row["account_id"], try row["agency_id"]) }
    }
}

extension ChildRequest {
    fileprivate init(row: Row) throws {
        let outcome: String? = try row["outcome"]
        let decision = try outcome.flatMap(RequestOutcome.init(rawValue:)).map { outcome in
            RequestDecision(
                outcome: outcome, entitled: try row["entitled"], childView: try row["child_view"],
                reason: try row["reason"], at: try row["decided_at"], by: try row["decider"] ?? "")
        }
        self.init(
            id: try row["id"], agency: try row["agency"], child: try row["person_id"], childName: try row.personName(),
            asker: try row["asker"], askerName: try row["asker_name"], replyTo: try row["reply_to"],
            about: try row["about"], what: try row["what"], received: try row["received_on"], due: try row["due_on"],
            recordedBy: try row["recorded_by"], recordedByName: try row["author"] ?? "", decision: decision)
    }
}
