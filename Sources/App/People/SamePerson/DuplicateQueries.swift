import Foundation
import Postgres

/// Somebody on record and since when, as the way through all of them goes.
struct RecordedPerson: Sendable {
    let id: UUID
    let at: Date
}

extension Connection {
    /// People of the viewer's agencies from the newest on: those of one step and one more, to know whether there are
    /// more. An ordered scan for each agency.
    func newestPeople(before last: RecordedPerson?, _ agencies: [UUID], limit: Int) throws -> [RecordedPerson] {
        let (at, id) = (last?.at ?? Date(timeIntervalSince1970: 253_370_764_800), last?.id ?? .zero)
        return try all("""
            SELECT n.id, n.created_at FROM unnest(\(agencies)::uuid[]) AS a(id)
            CROSS JOIN LATERAL (
                SELECT p.id, p.created_at FROM app.person p
                WHERE p.agency_id = a.id AND (p.created_at, p.id) < (\(at)::timestamptz, \(id)::uuid)
                ORDER BY p.created_at DESC, p.id DESC LIMIT \(limit)) n
            ORDER BY n.created_at DESC, n.id DESC LIMIT \(limit)
            """) { RecordedPerson(id: try $0["id"], at: try $0["created_at"]) }
    }

    /// Whom these people may be on record as already, in the same agency: a name alike and something besides, or a
    /// number and the date of birth. Each pair once, with whichever came later; never two of whom anything was said,
    /// who harm each other, are parent and child or live together, nor two born in different years.
    func possibleDuplicates(of people: [UUID], limit: Int) throws -> [PossibleDuplicate] {
        try all(Self.possibleDuplicates(of: people, limit: limit)) { row in
            try PossibleDuplicate(row: row, agrees: AgreeingFact.all(try row["agrees"]))
        }
    }

    /// The statement, for its plan's test.
    static func possibleDuplicates(of people: [UUID], limit: Int) -> SQL {
        """
        SELECT n.id, n.given_name, n.family_name, n.date_of_birth, n.birth_known, q.id AS other_id,
               q.given_name AS other_given, q.family_name AS other_family, q.date_of_birth AS other_born,
               q.birth_known AS other_known, g.agrees
        FROM app.person n
        CROSS JOIN LATERAL (
            SELECT b.id FROM unnest(ARRAY[n.date_of_birth, \(turned)]) AS d(day)
            JOIN app.person b ON b.date_of_birth = d.day
            WHERE EXISTS (\(named("b.id")))
            UNION SELECT f.person_id FROM app.person_phone o JOIN app.person_phone f ON f.number_token = o.number_token
            WHERE o.person_id = n.id
            UNION SELECT f.person_id FROM app.person_address o
            JOIN app.person_address f ON f.postcode_token = o.postcode_token
            WHERE o.person_id = n.id AND NOT o.protected AND NOT f.protected AND EXISTS (\(named("f.person_id")))
        ) c
        JOIN app.person q ON q.id = c.id AND q.agency_id = n.agency_id
          AND (q.created_at, q.id) < (n.created_at, n.id)
          AND (n.date_of_birth IS NULL OR q.date_of_birth IS NULL
               OR extract(year FROM n.date_of_birth) = extract(year FROM q.date_of_birth))
        CROSS JOIN LATERAL (SELECT app.agreeing(n.id, q.id) AS agrees) g
        WHERE n.id = ANY (\(people)::uuid[])
          AND (g.agrees && '{name,otherName,soundsLike}' AND g.agrees && '{birth,birthTurned,phone,postcode}'
               OR g.agrees @> '{birth,phone}')
          AND NOT EXISTS (SELECT FROM app.same_person l
                          WHERE l.first_id = least(n.id, q.id) AND l.second_id = greatest(n.id, q.id))
          AND NOT EXISTS (SELECT FROM app.relationship r WHERE r.harmed_id = n.id AND r.harming_id = q.id)
          AND NOT EXISTS (SELECT FROM app.relationship r WHERE r.harmed_id = q.id AND r.harming_id = n.id)
          AND NOT EXISTS (SELECT FROM app.child_tie t WHERE t.child_id = n.id AND t.adult_id = q.id)
          AND NOT EXISTS (SELECT FROM app.child_tie t WHERE t.child_id = q.id AND t.adult_id = n.id)
          AND NOT EXISTS (SELECT FROM app.household_member m JOIN app.household_member o
                          ON o.household_id = m.household_id WHERE m.person_id = n.id AND o.person_id = q.id)
        ORDER BY n.created_at DESC, n.id DESC, q.id LIMIT \(limit)
        """
    }

    /// The day and the month of `n`'s birth the other way round; nothing where that is no day.
    private static let turned: SQL = """
        CASE WHEN extract(day FROM n.date_of_birth) <= 12
              AND extract(day FROM n.date_of_birth) <> extract(month FROM n.date_of_birth)
             THEN make_date(extract(year FROM n.date_of_birth)::int, extract(day FROM n.date_of_birth)::int,
                            extract(month FROM n.date_of_birth)::int) END
        """

    /// Whether somebody has a name that is like one of `n`'s.
    private static func named(_ other: SQL) -> SQL {
        """
        SELECT FROM app.person_name x JOIN app.person_name y ON y.person_id = \(other)
          AND (y.folded = x.folded OR x.family_sound <> '' AND y.family_sound = x.family_sound
               AND y.given_sound = x.given_sound)
        WHERE x.person_id = n.id
        """
    }

    /// What waits for a second person at the viewer's agencies, oldest first.
    func waitingLinks(_ agencies: [UUID]) throws -> [PossibleDuplicate] {
        try all("""
            SELECT p.id, p.given_name, p.family_name, p.date_of_birth, p.birth_known, q.id AS other_id,
                   q.given_name AS other_given, q.family_name AS other_family, q.date_of_birth AS other_born,
                   q.birth_known AS other_known, l.agrees, l.proposed_at, a.full_name
            FROM app.same_person l JOIN app.person p ON p.id = l.first_id JOIN app.person q ON q.id = l.second_id
            LEFT JOIN app.account a ON a.id = l.proposed_by
            WHERE l.agency_id = ANY (\(agencies)::uuid[]) AND l.confirmed_at IS NULL AND l.ended_at IS NULL
            ORDER BY l.proposed_at, l.id LIMIT 50
            """) { row in
            var line = try PossibleDuplicate(row: row, agrees: AgreeingFact.all(try row["agrees"]))
            line.asked = (try row["full_name"] ?? "", try row["proposed_at"])
            return line
        }
    }
}

extension PossibleDuplicate {
    fileprivate init(row: Row, agrees: [AgreeingFact]) throws {
        let given: String = try row["other_given"], family: String = try row["other_family"]
        self.init(
            person: try row["id"], name: try row.personName() ?? "",
            birth: Birth(state: try row["birth_known"], day: try row["date_of_birth"]), other: try row["other_id"],
            otherName: family.isEmpty ? given : "\(given) \(family)",
            otherBirth: Birth(state: try row["other_known"], day: try row["other_born"]), agrees: agrees)
    }
}
