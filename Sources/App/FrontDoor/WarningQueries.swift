import Foundation
import Postgres

/// Somebody who is named as harming others, and in how many open cases of the viewer's agencies.
struct NamedPerson: Sendable {
    let id: UUID
    let name: String
    let born: Day?
    let openCases: Int
}

extension Connection {
    /// Who of those found is named in open cases: how many, and never whose.
    func namedInCases(_ search: UUID, _ form: SearchForm, _ visit: Visit) throws -> [NamedPerson] {
        let found = try results(search, form, visit).matches.map(\.person.id)
        return try all("""
            SELECT p.id, p.given_name, p.family_name, p.date_of_birth, count(DISTINCT c.id) AS cases
            FROM app.person p JOIN app.relationship r ON r.harming_id = p.id
            JOIN app.case_record c ON c.person_id = r.harmed_id AND c.closed_at IS NULL
            WHERE p.id = ANY (\(found)::uuid[]) GROUP BY p.id ORDER BY p.family_name, p.given_name LIMIT 20
            """) { row in
            NamedPerson(
                id: try row["id"], name: try row.personName() ?? "", born: try row["date_of_birth"],
                openCases: try row["cases"])
        }
    }

    /// Puts a warning on the list of whoever holds each open case in which this person is named; how many.
    func warnWorkers(about named: UUID, _ contact: Contact, _ visit: Visit) throws -> Int {
        let cases = try all("""
            SELECT DISTINCT c.id, c.agency_id, c.worker_id FROM app.relationship r
            JOIN app.case_record c ON c.person_id = r.harmed_id AND c.closed_at IS NULL
            WHERE r.harming_id = \(named) LIMIT 50
            """) { row in
            (id: try row["id"] as UUID, agency: try row["agency_id"] as UUID, worker: try row["worker_id"] as UUID?)
        }
        for record in cases {
            try startTask(
                NewTask(
                    kind: .warning, agency: record.agency, caseID: record.id, owner: record.worker, due: visit.now,
                    detail: "The other person in this case was in touch with the partnership on "
                        + "\(London.short(contact.happenedAt)). Nothing was said. Look at the safety plan."), visit)
            try note(.warned, on: record.id, agency: record.agency, visit)
        }
        return cases.count
    }
}
