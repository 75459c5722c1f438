import Foundation
import Postgres

/// Somebody linked to a person by harm.
struct Related: Sendable {
    let person: UUID
    let name: String
    let connection: Connectedness
    /// The person of the page is the one who is harmed.
    let harmsThisPerson: Bool
}

/// As what somebody is harmed in a relationship.
enum HarmedAs: String, Choice {
    case harmed
    /// A child who sees, hears or feels it is a victim in their own right (Domestic Abuse Act 2021, section 3).
    case childVictim
    var label: String {
        switch self {
        case .harmed: "Harmed"
        case .childVictim: "Child victim"
        }
    }
}

/// A case, as a person's page lists it.
struct CaseOfPerson: Sendable {
    let id: UUID
    let reference: String
    let risk: RiskLevel?
    let openedAt: Date
    let isOpen: Bool
    /// The data protection officer has restricted its use, as they asked (Article 18).
    let isUseRestricted: Bool
}

extension Connection {
    /// A person of an agency at which the viewer may do `permission`.
    func person(_ id: UUID, within viewer: Viewer, to permission: Permission = .viewPeople) throws -> Person? {
        try first("""
            SELECT id, agency_id, given_name, family_name, date_of_birth, birth_known, sex, ethnicity, language,
                   interpreter, version, gender_identity, gender_words, orientation, religion, disability, impairment,
                   ARRAY(SELECT n.kind || ':' || coalesce(n.ended_on::text, '') || ':'
                                || trim(n.given_name || ' ' || n.family_name) FROM app.person_name n
                         WHERE n.person_id = person.id AND n.kind <> 'current'
                         ORDER BY n.family_name, n.given_name LIMIT 20) AS other_names,
                   (SELECT min(t.due_at) FROM app.task t
                    WHERE t.person_id = person.id AND t.kind = 'askDetails' AND t.done_at IS NULL) AS details_due
            FROM app.person
            WHERE id = \(id) AND forgotten_on IS NULL AND agency_id = ANY (\(viewer.agencies(permission))::uuid[])
            """) { row in
            var person = try Person(row: row)
            let names: [String] = try row["other_names"]
            person.otherNames = names.compactMap(OtherName.init(column:))
            person.details = try PersonalDetails(row: row)
            person.detailsDue = try row["details_due"]
            return person
        }
    }

    func addPerson(_ id: UUID, _ form: PersonForm, agency: UUID, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, date_of_birth, birth_known,
                                    sex, ethnicity, language, interpreter, created_by)
            VALUES (\(id), \(visit.viewer.partnership), \(agency), \(form.givenName), \(form.familyName),
                    \(form.birth.day), \(form.birth.state), \(form.sex), \(form.ethnicity), \(form.language),
                    \(form.needsInterpreter), \(visit.viewer.account))
            """)
        try addName(of: id, kind: "current", form.givenName, form.familyName, agency: agency, visit)
        try makePersonKey(id, agency: agency, visit)
    }

    func addName(
        of person: UUID, kind: String, _ given: String, _ family: String, agency: UUID, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(agency), \(person), \(kind), \(given), \(family))
            """)
    }

    /// Changes a person based on `version`; false when somebody else changed it meanwhile. A former name is kept.
    func changePerson(_ person: Person, _ form: PersonForm, basedOn version: Int, _ visit: Visit) throws -> Bool {
        let changed = try run("""
            UPDATE app.person SET given_name = \(form.givenName), family_name = \(form.familyName),
                date_of_birth = \(form.birth.day), birth_known = \(form.birth.state), sex = \(form.sex),
                ethnicity = \(form.ethnicity), language = \(form.language), interpreter = \(form.needsInterpreter),
                version = version + 1
            WHERE id = \(person.id) AND version = \(version)
            """)
        guard changed == 1 else { return false }
        if (form.givenName, form.familyName) != (person.givenName, person.familyName) {
            try run("UPDATE app.person_name SET kind = 'former' WHERE person_id = \(person.id) AND kind = 'current'")
            try addName(of: person.id, kind: "current", form.givenName, form.familyName, agency: person.agency, visit)
        }
        return true
    }

    func related(to person: UUID) throws -> [Related] {
        try all("""
            SELECT p.id, p.given_name, p.family_name, r.connection, r.harmed_id = \(person) AS harms_this
            FROM app.relationship r
            JOIN app.person p ON p.id = CASE WHEN r.harmed_id = \(person) THEN r.harming_id ELSE r.harmed_id END
            WHERE r.harmed_id = \(person) OR r.harming_id = \(person) ORDER BY r.recorded_at LIMIT 50
            """) { row in
            let given: String = try row["given_name"]
            let family: String = try row["family_name"]
            return Related(
                person: try row["id"], name: "\(given) \(family)".trimmingCharacters(in: .whitespaces),
                connection: try row["connection"], harmsThisPerson: try row["harms_this"])
        }
    }

    /// False when the two are recorded so already.
    @discardableResult
    func addRelationship(
        _ id: UUID, harmed: UUID, harming: UUID, _ connection: Connectedness, as role: HarmedAs = .harmed, agency: UUID,
        _ visit: Visit
    ) throws -> Bool {
        try run("""
            INSERT INTO app.relationship (id, partnership_id, agency_id, harmed_id, harming_id, connection, harmed_as,
                                          recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(agency), \(harmed), \(harming), \(connection), \(role),
                    \(visit.viewer.account))
            ON CONFLICT (agency_id, harmed_id, harming_id) DO NOTHING
            """) == 1
    }

    func cases(of person: UUID) throws -> [CaseOfPerson] {
        try all("""
            SELECT c.id, c.reference, c.risk, c.opened_at, c.closed_at IS NULL AS open,
                   EXISTS (SELECT FROM app.data_matter m WHERE m.subject_id = c.id AND m.restricts) AS use_restricted
            FROM app.case_record c WHERE c.person_id = \(person) ORDER BY c.opened_at DESC LIMIT 20
            """) { row in
            CaseOfPerson(
                id: try row["id"], reference: try row["reference"], risk: RiskLevel(rawValue: try row["risk"]),
                openedAt: try row["opened_at"], isOpen: try row["open"],
                isUseRestricted: try row["use_restricted"])
        }
    }
}

extension Person {
    init(row: Row) throws {
        self.init(
            id: try row["id"], agency: try row["agency_id"], givenName: try row["given_name"],
            familyName: try row["family_name"],
            birth: Birth(state: try row["birth_known"], day: try row["date_of_birth"]),
            sex: try row["sex"], ethnicity: Ethnicity(rawValue: try row["ethnicity"]) ?? .notKnown,
            language: try row["language"], needsInterpreter: try row["interpreter"], version: try row["version"])
    }
}
