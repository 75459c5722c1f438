import Foundation
import Postgres

extension Connection {
    /// The thresholds in force on `day`, by area.
    func riskThresholds(on day: Day) throws -> [RiskThreshold] {
        try all("""
            SELECT a.id, a.name, t.threshold FROM app.area a
            LEFT JOIN app.risk_threshold t ON t.area_id = a.id AND t.instrument = 'safeLivesDash'
                 AND t.from_day <= \(day) AND (t.until_day IS NULL OR t.until_day >= \(day))
            ORDER BY a.name LIMIT 200
            """) { row in
            RiskThreshold(
                area: try row["id"], areaName: try row["name"], local: try row["threshold"] ?? RiskThreshold.national)
        }
    }

    func addRisk(_ id: UUID, _ form: DashForm, of person: Person, _ visit: Visit) throws {
        let answers = Dictionary(uniqueKeysWithValues: form.answers.map { (String($0.key.rawValue), $0.value) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(answers), as: UTF8.self)
        try run("""
            INSERT INTO app.risk_assessment (id, partnership_id, agency_id, person_id, instrument, answers, yes_count,
                open_count, threshold, national_threshold, level, basis, rationale, assessed_at, assessed_by)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), 'safeLivesDash', \(text),
                \(form.score.yes), \(form.score.open), \(form.threshold), \(RiskThreshold.national), \(form.level),
                \(form.basis), \(form.rationale), \(visit.now), \(visit.viewer.account))
            """)
    }

    func latestRisk(of person: UUID) throws -> RiskAssessment? {
        try first("""
            SELECT r.id, r.answers, r.yes_count, r.open_count, r.threshold, r.national_threshold, r.level, r.basis,
                   r.rationale, r.assessed_at, a.full_name
            FROM app.risk_assessment r LEFT JOIN app.account a ON a.id = r.assessed_by
            WHERE r.person_id = \(person) ORDER BY r.assessed_at DESC LIMIT 1
            """, RiskAssessment.init(row:))
    }

    func risk(_ id: UUID, of person: UUID) throws -> RiskAssessment? {
        try first("""
            SELECT r.id, r.answers, r.yes_count, r.open_count, r.threshold, r.national_threshold, r.level, r.basis,
                   r.rationale, r.assessed_at, a.full_name
            FROM app.risk_assessment r LEFT JOIN app.account a ON a.id = r.assessed_by
            WHERE r.id = \(id) AND r.person_id = \(person)
            """, RiskAssessment.init(row:))
    }

    /// The case takes the grade of the newest assessment of its person.
    func gradeOpenCases(of person: UUID, _ level: RiskLevel) throws -> [UUID] {
        try all("""
            UPDATE app.case_record SET risk = \(level), version = version + 1
            WHERE person_id = \(person) AND closed_at IS NULL AND agency_id = ANY (app.viewer_reach()) RETURNING id
            """) { try $0["id"] }
    }
}

extension RiskAssessment {
    init(row: Row) throws {
        let text: String = try row["answers"]
        let stored = (try? JSONDecoder().decode([String: DashAnswer].self, from: Data(text.utf8))) ?? [:]
        let answers = stored.compactMap { key, answer in
            Int(key).flatMap(DashItem.init(rawValue:)).map { ($0, answer) }
        }
        self.init(
            id: try row["id"], score: DashScore(yes: try row["yes_count"], open: try row["open_count"]),
            threshold: try row["threshold"], nationalThreshold: try row["national_threshold"], level: try row["level"],
            basis: try row["basis"], rationale: try row["rationale"],
            answers: Dictionary(answers) { first, _ in first }, assessedAt: try row["assessed_at"],
            assessedBy: try row["full_name"] ?? "")
    }
}
