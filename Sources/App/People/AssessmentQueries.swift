import Foundation
import Postgres

extension Connection {
    /// The newest assessment of a person.
    func latestRisk(of person: UUID) throws -> RiskAssessment? {
        try first("""
            SELECT r.id, r.answers, r.yes_count, r.open_count, r.threshold, r.national_threshold, r.level, r.basis,
                   r.rationale, r.assessed_at, a.full_name
            FROM app.risk_assessment r LEFT JOIN app.account a ON a.id = r.assessed_by
            WHERE r.person_id = \(person) ORDER BY r.assessed_at DESC LIMIT 1
            """, RiskAssessment.init(row:))
    }

    /// One assessment of a person.
    func risk(_ id: UUID, of person: UUID) throws -> RiskAssessment? {
        try first("""
            SELECT r.id, r.answers, r.yes_count, r.open_count, r.threshold, r.national_threshold, r.level, r.basis,
                   r.rationale, r.assessed_at, a.full_name
            FROM app.risk_assessment r LEFT JOIN app.account a ON a.id = r.assessed_by
            WHERE r.id = \(id) AND r.person_id = \(person)
            """, RiskAssessment.init(row:))
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
