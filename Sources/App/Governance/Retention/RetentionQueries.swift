import Foundation
import Postgres

extension Connection {
    /// What holds on a day, in the order of the kinds, and what was set, newest first.
    func retentionSchedule(on day: Day, _ viewer: Viewer) throws -> RetentionSchedule {
        let years = try all("SELECT kind, years FROM app.retention_years(\(viewer.partnership), \(day))") { row in
            (kind: try row["kind"] as RuleKind, years: try row["years"] as Int)
        }
        let history = try all("""
            SELECT r.kind, r.years, r.from_day, r.reason, r.recorded_at, a.full_name
            FROM app.retention_rule r LEFT JOIN app.account a ON a.id = r.recorded_by
            WHERE r.partnership_id = \(viewer.partnership) ORDER BY r.recorded_at DESC, r.id LIMIT 100
            """) { row in
            RetentionRule(
                kind: try row["kind"], years: try row["years"], from: try row["from_day"], reason: try row["reason"],
                by: try row["full_name"] ?? "", at: try row["recorded_at"])
        }
        return RetentionSchedule(inForce: years, history: history)
    }

    /// Throws `Overtaken` when another officer set the same rule at the same moment.
    func setRetention(_ id: UUID, _ form: RuleForm, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.retention_rule (id, partnership_id, kind, version, years, from_day, reason, recorded_at,
                                            recorded_by)
            SELECT \(id)::uuid, \(visit.viewer.partnership)::uuid, \(form.kind)::text, coalesce(max(r.version), 0) + 1,
                   \(form.years)::int, \(form.from)::date, \(form.reason)::text, \(visit.now)::timestamptz,
                   \(visit.viewer.account)::uuid
            FROM app.retention_rule r WHERE r.partnership_id = \(visit.viewer.partnership) AND r.kind = \(form.kind)
            ON CONFLICT ON CONSTRAINT rule_version DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    /// Works out who is due today: the database does it when this is put down.
    func lookForDue(_ visit: Visit) throws {
        try run("""
            INSERT INTO app.retention_day (partnership_id, day, recorded_by)
            VALUES (\(visit.viewer.partnership), \(visit.today), \(visit.viewer.account))
            ON CONFLICT (partnership_id, day) DO UPDATE SET worked_out_at = now()
            """)
    }

    /// Who was due when it was last worked out, and has not been proposed since; longest due first.
    func dueList(_ visit: Visit) throws -> DueList {
        let records = try all("""
            \(Self.due) WHERE d.partnership_id = \(visit.viewer.partnership) AND \(Self.unproposed(visit.today))
            ORDER BY d.due_on, d.id LIMIT \(DueList.most + 1)
            """, DueRecord.init(row:))
        let workedOut: Date? = try first("""
            SELECT worked_out_at FROM app.retention_day WHERE partnership_id = \(visit.viewer.partnership)
            ORDER BY day DESC LIMIT 1
            """) { try $0["worked_out_at"] }
        return DueList(records: records, workedOutAt: workedOut)
    }

    func dueRecord(_ id: UUID, orProposed: Bool = false, _ visit: Visit) throws -> DueRecord? {
        try first("""
            \(Self.due) WHERE d.id = \(id) AND (\(orProposed) OR \(Self.unproposed(visit.today)))
            """, DueRecord.init(row:))
    }

    private static let due: SQL = """
        SELECT d.id, d.subject_id, d.agency_id, g.name AS agency, d.reference, d.rule, d.due_on
        FROM app.retention_due d JOIN app.agency g ON g.id = d.agency_id
        """

    private static func unproposed(_ today: Day) -> SQL {
        """
        NOT EXISTS (SELECT FROM app.retention_proposal x
                    WHERE x.subject_id = d.subject_id AND x.done_at IS NULL
                      AND (x.review_on IS NULL OR x.review_on > \(today)::date))
        """
    }

    /// Throws `Overtaken` when somebody has proposed it meanwhile.
    func propose(_ id: UUID, _ record: DueRecord, _ reason: String, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.retention_proposal (id, partnership_id, agency_id, subject_id, rule, due_on, reference,
                                                reason, proposed_at, proposed_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.subject), \(record.rule),
                    \(record.dueOn), \(record.reference), \(reason), \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    /// What waits first, then what was agreed and is not carried out, then the rest, newest first.
    func deletionProposals() throws -> [DeletionProposal] {
        try all("""
            \(Self.proposals(named: false))
            ORDER BY x.decision IS NOT NULL, x.done_at IS NOT NULL OR x.decision <> 'agreed', x.proposed_at DESC, x.id
            LIMIT 100
            """, DeletionProposal.init(row:))
    }

    func deletionProposal(_ id: UUID) throws -> DeletionProposal? {
        try first("\(Self.proposals(named: true)) WHERE x.id = \(id)", DeletionProposal.init(row:))
    }

    /// With the name where the database shows the viewer the person: never to an officer.
    private static func proposals(named: Bool) -> SQL {
        let person: SQL = named ? "LEFT JOIN app.person p ON p.id = x.subject_id AND p.forgotten_on IS NULL" : ""
        let names: SQL = named ? "p.given_name, p.family_name" : "NULL AS given_name, NULL AS family_name"
        return """
            SELECT x.id, x.subject_id, g.name AS agency, x.reference, x.rule, x.due_on, x.reason, x.proposed_by,
                   a.full_name AS proposer, x.proposed_at, x.decision, x.decided_at, x.decided_because,
                   d.full_name AS decider, x.review_on, x.done_at, \(names)
            FROM app.retention_proposal x JOIN app.agency g ON g.id = x.agency_id
            LEFT JOIN app.account a ON a.id = x.proposed_by LEFT JOIN app.account d ON d.id = x.decided_by \(person)
            """
    }

    /// Throws `Overtaken` when somebody has decided meanwhile.
    func decide(_ proposal: DeletionProposal, _ form: DeletionDecisionForm, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.retention_proposal SET decision = \(form.decision), decided_at = \(visit.now),
                decided_by = \(visit.viewer.account), decided_because = \(form.reason), review_on = \(form.reviewOn)
            WHERE id = \(proposal.id) AND decision IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension DueRecord {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], subject: try row["subject_id"], agency: try row["agency_id"],
            agencyName: try row["agency"], reference: try row["reference"], rule: try row["rule"],
            dueOn: try row["due_on"])
    }
}

extension DeletionProposal {
    fileprivate init(row: Row) throws {
        let decision: DeletionDecision? = try row["decision"]
        self.init(
            id: try row["id"], subject: try row["subject_id"], agency: try row["agency"],
            reference: try row["reference"], rule: try row["rule"], dueOn: try row["due_on"], reason: try row["reason"],
            proposer: try row["proposed_by"], by: try row["proposer"] ?? "", at: try row["proposed_at"],
            decision: try decision.map {
                (what: $0, by: try row["decider"] ?? "", at: try row["decided_at"],
                 reason: try row["decided_because"], reviewOn: try row["review_on"])
            }, doneAt: try row["done_at"], name: try row.personName())
    }
}
