import Foundation
import Postgres

extension Connection {
    /// A new answer changes whether a safe time falls inside the clocks that run for a person.
    func recheckSafeTime(of person: UUID, _ visit: Visit) throws {
        let running = try all("""
            SELECT id, clock_started_at, first_contact_due FROM app.case_record
            WHERE person_id = \(person) AND closed_at IS NULL AND first_contact_at IS NULL
              AND clock_started_at IS NOT NULL
            """) {
            (id: try $0["id"] as UUID, from: try $0["clock_started_at"] as Date,
             due: try $0["first_contact_due"] as Date)
        }
        if running.isEmpty { return }
        guard let contact = try safeContact(of: person, visit)?.here else { return }
        for record in running {
            let none = !contact.hasSafeTime(from: record.from, until: record.due)
            try run("UPDATE app.case_record SET no_safe_time = \(none) WHERE id = \(record.id)")
        }
    }
}
