import Foundation
import Postgres

extension Connection {
    /// What every read of assessments selects. `c` is the second person's word on a lower grade.
    private static let columns: SQL = """
        r.id, r.instrument, r.instrument_version, r.wording_id, r.answers, r.yes_count, r.open_count, r.threshold,
        r.national_threshold, r.level, r.bases, r.rationale, r.assessed_at, r.assessed_by, a.full_name, r.assessor,
        r.received_day, r.lowers, c.agreed, c.decided_at, c.reason, d.full_name AS decided_by_name
        """
    private static let tables: SQL = """
        app.risk_assessment r LEFT JOIN app.account a ON a.id = r.assessed_by
        LEFT JOIN app.risk_confirmation c ON c.risk_id = r.id LEFT JOIN app.account d ON d.id = c.decided_by
        """

    /// The assessment in force: the newest that did not lower another, or whose lower grade a second person agreed to.
    func latestRisk(of person: UUID) throws -> RiskAssessment? {
        try first(Self.latest(of: person), RiskAssessment.init(row:))
    }

    private static func latest(of person: UUID) -> SQL {
        """
        SELECT \(columns) FROM \(tables)
        WHERE r.person_id = \(person) AND (NOT r.lowers OR c.agreed) ORDER BY r.assessed_at DESC LIMIT 1
        """
    }

    /// One assessment of a person.
    func risk(_ id: UUID, of person: UUID) throws -> RiskAssessment? {
        try first("""
            SELECT \(Self.columns) FROM \(Self.tables) WHERE r.id = \(id) AND r.person_id = \(person)
            """, RiskAssessment.init(row:))
    }

    /// A person's assessments, newest first.
    func risks(of person: UUID, limit: Int = 25) throws -> [RiskAssessment] {
        try all("""
            SELECT \(Self.columns) FROM \(Self.tables)
            WHERE r.person_id = \(person) ORDER BY r.assessed_at DESC LIMIT \(limit)
            """, RiskAssessment.init(row:))
    }

    /// The assessment before this one, whether or not it had effect.
    func risk(before risk: RiskAssessment, of person: UUID) throws -> RiskAssessment? {
        try first("""
            SELECT \(Self.columns) FROM \(Self.tables)
            WHERE r.person_id = \(person) AND r.assessed_at < \(risk.assessedAt) ORDER BY r.assessed_at DESC LIMIT 1
            """, RiskAssessment.init(row:))
    }

    /// What stands for a person: the assessment in force, and what waits beside it.
    func riskStanding(of person: UUID, on day: Day) throws -> RiskStanding {
        let standing = try first("""
            SELECT s.ours, s.incidents, s.marac_due, s.waiting, s.plan_review, v.due AS review_due,
                   v.events AS review_events, x.*
            FROM (SELECT EXISTS (SELECT FROM app.person WHERE id = \(person)) AS ours,
                         (SELECT count(*) FROM app.police_incident i
                          WHERE i.person_id = \(person) AND i.happened_on >= \(Escalation.since(day))) AS incidents,
                         (SELECT min(t.due_at) FROM app.task t
                          WHERE t.person_id = \(person) AND t.kind = 'maracDecision' AND t.done_at IS NULL)
                             AS marac_due,
                         \(Self.planReview(of: person)) AS plan_review,
                         (SELECT n.id FROM (SELECT r.id, r.lowers FROM app.risk_assessment r
                                            WHERE r.person_id = \(person) ORDER BY r.assessed_at DESC LIMIT 1) n
                          WHERE n.lowers AND NOT EXISTS (
                              SELECT FROM app.risk_confirmation c WHERE c.risk_id = n.id)) AS waiting) s
            CROSS JOIN (
                SELECT min(e.due_at) AS due, string_agg(concat_ws(' ', e.kind, e.day, e.proposes_on), ','
                                                        ORDER BY e.due_at, e.day, e.id) AS events
                FROM app.risk_event e WHERE e.person_id = \(person) AND e.settled IS NULL) v
            LEFT JOIN LATERAL (\(Self.latest(of: person))) x ON true
            """) { row in
            let isAssessed = try (row["id"] as UUID?) != nil
            return RiskStanding(
                person: person, inForce: isAssessed ? try RiskAssessment(row: row) : nil, waiting: try row["waiting"],
                maracDue: try row["marac_due"], incidents: try row["incidents"],
                planReview: try row["plan_review"], review: try RiskReview(row: row), isOurs: try row["ours"])
        }
        return try standing.orNotFound()
    }
}

extension RiskReview {
    fileprivate init?(row: Row) throws {
        guard let due: Date = try row["review_due"], let events: String = try row["review_events"] else { return nil }
        self.init(due: due, events: events.split(separator: ",").compactMap(ProposingEvent.init(stored:)))
    }
}

extension RiskAssessment {
    init(row: Row) throws {
        let code: InstrumentCode = InstrumentCode(rawValue: try row["instrument"]) ?? .safeLivesDash
        let version: String = try row["instrument_version"]
        let counts: (Int?, Int?) = (try row["yes_count"], try row["open_count"])
        let bases: [String] = try row["bases"]
        let day: Day? = try row["received_day"]
        let assessor: String = try row["assessor"]
        self.init(
            id: try row["id"], instrument: Instrument.stored(code, version: version) ?? Instrument.all[0],
            wording: try row["wording_id"],
            score: counts.0.map { RiskScore(yes: $0, open: counts.1 ?? 0) },
            threshold: try row["threshold"], nationalThreshold: try row["national_threshold"], level: try row["level"],
            bases: Set(bases.compactMap(RiskBasis.init(rawValue:))), rationale: try row["rationale"],
            answers: RiskAnswer.read(try row["answers"]), assessedAt: try row["assessed_at"],
            assessedBy: try row["full_name"] ?? "", assessedByAccount: try row["assessed_by"],
            received: day.map { (assessor, $0) }, lowering: try Lowering(row: row))
    }
}

extension RiskAssessment.Lowering {
    fileprivate init(row: Row) throws {
        guard try row["lowers"] else {
            self = .none
            return
        }
        guard let agreed: Bool = try row["agreed"] else {
            self = .waiting
            return
        }
        let (by, at): (String, Date) = (try row["decided_by_name"] ?? "", try row["decided_at"])
        self = agreed ? .agreed(by: by, at: at) : .notAgreed(by: by, at: at, because: try row["reason"])
    }
}
