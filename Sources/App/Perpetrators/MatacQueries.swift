import Foundation
import Postgres

extension Connection {
    /// A case's scorings, newest first.
    func matacScores(of caseID: UUID) throws -> [MatacScore] {
        try all("""
            SELECT m.*, p.given_name, p.family_name, a.full_name FROM app.matac_score m
            JOIN app.person p ON p.id = m.person_id LEFT JOIN app.account a ON a.id = m.recorded_by
            WHERE m.case_id = \(caseID) ORDER BY m.version DESC LIMIT 50
            """, MatacScore.init(row:))
    }

    /// The newest scoring of each open case of the viewer's agencies on the side of those who harm, by rank.
    func matacRanking(_ visit: Visit) throws -> [MatacScore] {
        try all("""
            SELECT m.*, p.given_name, p.family_name, a.full_name FROM app.matac_score m
            JOIN app.agency g ON g.id = m.agency_id AND g.side = 'harming'
            JOIN app.case_record c ON c.id = m.case_id AND c.closed_at IS NULL
            JOIN app.person p ON p.id = m.person_id LEFT JOIN app.account a ON a.id = m.recorded_by
            WHERE m.agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
              AND NOT EXISTS (SELECT FROM app.matac_score n WHERE n.case_id = m.case_id AND n.version > m.version)
            ORDER BY m.score DESC, m.last_on DESC, m.id LIMIT 50
            """, MatacScore.init(row:))
    }

    /// Throws `Overtaken` when somebody else scored meanwhile.
    func addMatac(_ form: MatacForm, over version: Int, on record: CaseRecord, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.matac_score (id, partnership_id, agency_id, case_id, person_id, version, months, last_on,
                incidents, gravity, victims, points, score, standing, plan, words, review_on, recorded_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(version + 1), \(form.months), \(form.lastOn), \(form.incidents), \(form.gravity), \(form.victims),
                    \(form.points)::int[], \(form.score), \(form.standing), \(form.plan.map(\.rawValue))::text[],
                    \(form.words), \(form.reviewOn), \(visit.now), \(visit.viewer.account))
            ON CONFLICT (case_id, version, agency_id) DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    /// How many people somebody is named to harm, by one name and date of birth, in the viewer's agencies: those with
    /// an open case apart. Nobody of them is named. Nil for whoever works with one of them.
    func harmedCount(by person: Person, _ visit: Visit) throws -> HarmedCount? {
        try first("""
            SELECT count(DISTINCT r.harmed_id) AS people, count(DISTINCT c.person_id) AS open,
                   coalesce(bool_or(c.worker_id = \(visit.viewer.account)), false) AS mine
            FROM app.relationship r
            LEFT JOIN app.case_record c ON c.person_id = r.harmed_id AND c.closed_at IS NULL
            WHERE r.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND r.harming_id = ANY (ARRAY(
                SELECT q.id FROM app.person_name n JOIN app.person_name o ON o.folded = n.folded
                JOIN app.person q ON q.id = o.person_id
                WHERE n.person_id = \(person.id) AND q.date_of_birth = \(person.birth.day)
                UNION SELECT \(person.id)::uuid))
            """) { row in
            let isMine: Bool = try row["mine"]
            return isMine ? nil : HarmedCount(people: try row["people"], withOpenCase: try row["open"])
        } ?? nil
    }
}

/// Numbers, and nobody's name.
struct HarmedCount: Equatable, Sendable {
    let people: Int
    let withOpenCase: Int
}

extension MatacScore {
    fileprivate init(row: Row) throws {
        self.init(
            caseID: try row["case_id"], personName: try row.personName() ?? "", version: try row["version"],
            months: try row["months"], lastOn: try row["last_on"], incidents: try row["incidents"],
            gravity: try row["gravity"], victims: try row["victims"], points: try row["points"],
            score: try row["score"], standing: try row["standing"], plan: try row["plan"], words: try row["words"],
            reviewOn: try row["review_on"], recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}
