import Foundation
import Postgres

/// Somebody who belongs to a person, and how.
struct NearPerson: Sendable {
    enum Tie: Sendable, Equatable {
        /// They are harmed by the person of the page, or harm them.
        case harmed(HarmedAs, Connectedness), harming(HarmedAs, Connectedness)
        /// A child of the person of the page; an adult whose child that person is.
        case child(ChildTie), adult(ChildTie)
        /// They live or lived together.
        case household(from: Day?, until: Day?)
    }

    let person: UUID
    let name: String
    let birth: Day?
    let tie: Tie
    /// What the latest decision about the two says, if there is one.
    let atRisk: AtRisk?
}

/// What an adult is to a child (Domestic Abuse Act 2021, section 3(2)).
enum ChildTie: String, Choice {
    case parent, parentalResponsibility, relative, other, notKnown
    var label: String {
        switch self {
        case .parent: "Parent"
        case .parentalResponsibility: "Has parental responsibility"
        case .relative: "Relative"
        case .other: "Lives with or cares for them"
        case .notKnown: "Not known"
        }
    }
}

/// Who is at risk, seen from the person of a page.
enum AtRisk: Sendable, Equatable {
    case this, other, both, unclear

    /// From the stored word, whose first and second are in the order of the ids.
    init?(stored: String, thisIsFirst: Bool) {
        switch stored {
        case "first": self = thisIsFirst ? .this : .other
        case "second": self = thisIsFirst ? .other : .this
        case "both": self = .both
        case "unclear": self = .unclear
        default: return nil
        }
    }
}

extension UUID {
    /// PostgreSQL's order of ids: byte by byte.
    func precedes(_ other: UUID) -> Bool { column < other.column }
}

extension Connection {
    /// Everybody around a person, in one statement: harm, children, household. Who lived in the household only after
    /// or before this person is not theirs to see, nor is it shown on their page.
    func peopleAround(_ person: UUID) throws -> [NearPerson] {
        try around(person, and: "").compactMap(\.near)
    }

    /// The same, and the other records of the person themselves, who are nobody around them.
    func peopleAndRecords(_ person: UUID) throws -> (people: [NearPerson], records: [LinkedRecord]) {
        let rows = try around(person, and: Self.linkedRecords(of: person))
        return (rows.compactMap(\.near), LinkedRecord.each(rows.compactMap(\.linked)))
    }

    private func around(_ person: UUID, and more: SQL) throws -> [(near: NearPerson?, linked: LinkedRecord?)] {
        try all("""
            SELECT p.id, p.given_name, p.family_name, p.date_of_birth, p.birth_known, t.tie, t.word, t.role,
                   t.from_day, t.until_day, d.at_risk
            FROM (SELECT harming_id AS other, 'harming' AS tie, connection AS word, harmed_as AS role,
                         NULL::date AS from_day, NULL::date AS until_day, 1 AS place
                  FROM app.relationship WHERE harmed_id = \(person)
                  UNION ALL SELECT harmed_id, 'harmed', connection, harmed_as, NULL, NULL, 2
                  FROM app.relationship WHERE harming_id = \(person)
                  UNION ALL SELECT child_id, 'child', kind, '', NULL, NULL, 3
                  FROM app.child_tie WHERE adult_id = \(person)
                  UNION ALL SELECT adult_id, 'adult', kind, '', NULL, NULL, 4
                  FROM app.child_tie WHERE child_id = \(person)
                  UNION ALL SELECT o.person_id, 'household', '', '', greatest(m.from_day, o.from_day),
                                   least(m.until_day, o.until_day), 5
                  FROM app.household_member m JOIN app.household_member o
                    ON o.household_id = m.household_id AND o.person_id <> m.person_id
                   AND (o.from_day IS NULL OR m.until_day IS NULL OR o.from_day <= m.until_day)
                   AND (m.from_day IS NULL OR o.until_day IS NULL OR m.from_day <= o.until_day)
                  WHERE m.person_id = \(person)
                  \(more)) t
            JOIN app.person p ON p.id = t.other
            LEFT JOIN LATERAL (
                SELECT r.at_risk FROM app.risk_direction r
                WHERE r.first_id = least(p.id, \(person)) AND r.second_id = greatest(p.id, \(person))
                ORDER BY r.number DESC LIMIT 1) d ON t.tie IN ('harming', 'harmed')
            ORDER BY t.place, t.until_day DESC NULLS FIRST, p.date_of_birth, p.id LIMIT 60
            """) { row -> (near: NearPerson?, linked: LinkedRecord?) in
            let id: UUID = try row["id"]
            let word: String = try row["word"], role: String = try row["role"], tie: String = try row["tie"]
            let stored: String? = try row["at_risk"]
            if tie == "same" {
                return (nil, LinkedRecord(
                    person: id, name: try row.personName() ?? "",
                    birth: Birth(state: try row["birth_known"], day: try row["date_of_birth"]),
                    isWaiting: word == "waits", isDirect: word == "direct"))
            }
            guard let found = NearPerson.Tie(
                tie, word, role, from: try row["from_day"], until: try row["until_day"]) else { return (nil, nil) }
            return (NearPerson(
                person: id, name: try row.personName() ?? "", birth: try row["date_of_birth"],
                tie: found, atRisk: stored.flatMap { AtRisk(stored: $0, thisIsFirst: person.precedes(id)) }), nil)
        }
    }
}

extension NearPerson.Tie {
    fileprivate init?(_ tie: String, _ word: String, _ role: String, from: Day?, until: Day?) {
        switch tie {
        case "harming", "harmed":
            guard let role = HarmedAs(rawValue: role), let connection = Connectedness(rawValue: word) else {
                return nil
            }
            self = tie == "harming" ? .harming(role, connection) : .harmed(role, connection)
        case "child", "adult":
            guard let kind = ChildTie(rawValue: word) else { return nil }
            self = tie == "child" ? .child(kind) : .adult(kind)
        default: self = .household(from: from, until: until)
        }
    }
}
