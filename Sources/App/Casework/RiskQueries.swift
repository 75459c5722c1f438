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

    /// The case takes the grade of the newest assessment of its person.
    func gradeOpenCases(of person: UUID, _ level: RiskLevel) throws -> [UUID] {
        try all("""
            UPDATE app.case_record SET risk = \(level), version = version + 1
            WHERE person_id = \(person) AND closed_at IS NULL AND agency_id = ANY (app.viewer_reach()) RETURNING id
            """) { try $0["id"] }
    }
}
