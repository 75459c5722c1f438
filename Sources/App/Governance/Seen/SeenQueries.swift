import Foundation
import Postgres

/// What somebody had to do with a person at whose record they looked, as far as the record says.
enum SeenTie: String, Choice {
    case worker, wrote, manager, recorded, none
    var label: String {
        switch self {
        case .worker: "Their worker"
        case .wrote: "Wrote something on the record"
        case .manager: "Service manager"
        case .recorded: "Took a contact"
        case .none: "Nothing on the record says"
        }
    }
}

/// One look at a person's record or at a case of theirs.
struct SeenLook: Sendable {
    let id: UUID
    let at: Date
    /// As stored: an event of another release may be unknown here.
    let event: String
    let who: String
    let agency: String?
    let purpose: String?
    let tie: SeenTie
}

extension Connection {
    /// Who looked at a person's record and cases, newest first. The database shows it to colleagues of the record's
    /// agency who see the record themselves, and to nobody of another. (The newest of the person and of each case, by
    /// the log's index of records, and only then what each reader has to do with them.)
    func looks(at person: UUID, before last: Keyset?, limit: Int) throws -> [SeenLook] {
        let last = last ?? .end
        return try all("""
            SELECT e.id, e.at, e.event, e.purpose, a.full_name, g.name AS agency, CASE
                WHEN e.account_id = ANY (t.workers) THEN 'worker' WHEN e.account_id = ANY (t.writers) THEN 'wrote'
                WHEN e.account_id = ANY (t.takers) THEN 'recorded'
                WHEN e.account_id = ANY (t.managers) THEN 'manager' ELSE 'none' END AS tie
            FROM (SELECT l.* FROM unnest(ARRAY(SELECT c.id FROM app.case_record c WHERE c.person_id = \(person))
                                         || \(person)::uuid) AS about(id)
                  CROSS JOIN LATERAL (
                      SELECT f.id, f.at, f.event, f.purpose, f.account_id, f.agency_id FROM app.audit_event f
                      WHERE f.subject_id = about.id AND f.event = ANY (\(Self.looked)::text[])
                        AND (f.at, f.id) < (\(last.at)::timestamptz, \(last.id)::uuid)
                      ORDER BY f.at DESC, f.id DESC LIMIT \(limit)) l
                  ORDER BY l.at DESC, l.id DESC LIMIT \(limit)) e
            CROSS JOIN (
                SELECT ARRAY(SELECT c.worker_id FROM app.case_record c WHERE c.person_id = \(person)) AS workers,
                       ARRAY(SELECT n.written_by FROM app.case_record c JOIN app.case_note n ON n.case_id = c.id
                             WHERE c.person_id = \(person)
                             UNION SELECT r.assessed_by FROM app.risk_assessment r
                             WHERE r.person_id = \(person)) AS writers,
                       ARRAY(SELECT k.recorded_by FROM app.contact k WHERE k.person_id = \(person)) AS takers,
                       ARRAY(SELECT r.account_id FROM app.role_assignment r JOIN app.person p ON p.id = \(person)
                             WHERE r.agency_id = p.agency_id AND r.role = 'serviceManager') AS managers
                OFFSET 0) t
            LEFT JOIN app.account a ON a.id = e.account_id LEFT JOIN app.agency g ON g.id = e.agency_id
            ORDER BY e.at DESC, e.id DESC
            """) { row in
            SeenLook(
                id: try row["id"], at: try row["at"], event: try row["event"], who: try row["full_name"] ?? "",
                agency: try row["agency"], purpose: try row["purpose"], tie: try row["tie"])
        }
    }

    /// The events that the database's rule names too.
    static let looked = [
        AuditEvent.personViewed, .timelineViewed, .timelinePrinted, .caseViewed, .supportViewed, .housingViewed,
        .ordersViewed,
        .riskViewed, .safeContactRevealed, .addressRevealed, .documentOpened, .letterOpened,
        .safetyPlanViewed, .safetyPlanOpened, .sharedPlanViewed,
        .childViewed, .settingRevealed,
        .outcomesViewed, .maracReferralViewed, .maracReferralPrinted, .mattersViewed, .transferViewed,
        .sanctuaryViewed, .sanctuaryOrderPrinted, .reciprocalViewed,
    ].map(\.rawValue)
}
