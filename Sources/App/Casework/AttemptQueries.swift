import Foundation
import Postgres

extension Connection {
    func insertAttempt(_ id: UUID, _ form: AttemptForm, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.contact_attempt (id, partnership_id, agency_id, case_id, person_id, channel, outcome,
                happened_at, rule, override_reason, note, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(form.channel), \(form.outcome), \(visit.now), \(form.rule.rawValue), \(form.overrideReason),
                \(form.note),
                \(visit.viewer.account))
            """)
    }
}
