import Foundation
import Postgres

/// Somebody of a household in which a person lives now.
struct HouseholdMember: Sendable {
    let id: UUID
    let household: UUID
    let person: UUID
    let name: String
    let from: Day?
    let until: Day?
}

extension Connection {
    /// Everybody of the households in which a person lives now, this person first; those who left too.
    func household(of person: UUID) throws -> [HouseholdMember] {
        try all("""
            SELECT o.id, o.household_id, o.person_id, trim(p.given_name || ' ' || p.family_name) AS name, o.from_day,
                   o.until_day
            FROM app.household_member m
            JOIN app.household_member o ON o.household_id = m.household_id JOIN app.person p ON p.id = o.person_id
            WHERE m.person_id = \(person) AND m.until_day IS NULL
            ORDER BY o.household_id, o.person_id <> \(person), o.until_day NULLS FIRST, p.date_of_birth, o.id LIMIT 50
            """) { row in
            HouseholdMember(
                id: try row["id"], household: try row["household_id"], person: try row["person_id"],
                name: try row["name"], from: try row["from_day"], until: try row["until_day"])
        }
    }

    /// Puts somebody in the household of `person`, which is made when there is none.
    func addToHousehold(_ newcomer: UUID, of person: Person, from: Day?, _ visit: Visit) throws {
        let found: UUID? = try first("""
            SELECT household_id FROM app.household_member WHERE person_id = \(person.id) AND until_day IS NULL
            ORDER BY recorded_at, id LIMIT 1
            """) { try $0["household_id"] }
        let home = found ?? UUID()
        if found == nil {
            try run("""
                INSERT INTO app.household (id, partnership_id, agency_id)
                VALUES (\(home), \(visit.viewer.partnership), \(person.agency))
                """)
            try addMember(person.id, to: home, agency: person.agency, from: nil, visit)
        }
        try addMember(newcomer, to: home, agency: person.agency, from: from, visit)
    }

    private func addMember(_ person: UUID, to home: UUID, agency: UUID, from: Day?, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.household_member (id, partnership_id, agency_id, household_id, person_id, from_day,
                                              recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(agency), \(home), \(person), \(from),
                    \(visit.viewer.account))
            ON CONFLICT (household_id, person_id, agency_id) WHERE until_day IS NULL DO NOTHING
            """)
    }

    /// False when they had left already.
    func endMembership(_ id: UUID, on day: Day) throws -> Bool {
        try run("""
            UPDATE app.household_member SET until_day = greatest(\(day), from_day)
            WHERE id = \(id) AND until_day IS NULL
            """) == 1
    }
}
