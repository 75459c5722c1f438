import Foundation
import Postgres

/// A case's matters in a few words.
struct MattersInBrief: Sendable {
    struct Line: Sendable {
        let kind: MatterKind
        let step: MatterStep
        let due: Day?
    }

    /// Those that stand, whichever is due first.
    let lines: [Line]
    let over: Int

    /// From what `Connection.matterCounts` found.
    init(_ found: [String: Int]) {
        let all = found.flatMap { what, times -> [Line] in
            let parts = what.split(separator: " ").map(String.init)
            guard parts.count == 4, parts[0] == "matter", let kind = MatterKind(rawValue: parts[1]),
                let step = kind.step(parts[2]) else { return [] }
            return Array(repeating: Line(kind: kind, step: step, due: Day(column: parts[3])), count: times)
        }
        over = all.count { $0.step.ends }
        lines = all.filter { !$0.step.ends }.sorted {
            ($0.due?.column ?? "9", $0.kind.label) < ($1.due?.column ?? "9", $1.kind.label)
        }
    }
}

extension Connection {
    /// A case's matters in brief, for a statement that its page runs anyway: "matter", kind, step, nearest day.
    static func matterCounts(of caseID: UUID) -> SQL {
        """
        SELECT concat_ws(' ', 'matter', m.kind, e.step, coalesce(e.due_on::text, '-')) AS what, count(*) AS times
        FROM app.legal_matter m JOIN app.matter_entry e ON e.matter_id = m.id AND e.version = m.version
        WHERE m.case_id = \(caseID) AND m.withdrawn_at IS NULL GROUP BY 1
        """
    }

    /// A case's matters, each with what stood before: what is due first comes first.
    func matters(of caseID: UUID, only matter: UUID? = nil) throws -> [Matter] {
        var matters: [Matter] = []
        _ = try all("""
            SELECT m.id, m.kind, m.opened_on, m.version AS newest, m.withdrawn_at, m.withdrawn_because,
                   w.full_name AS withdrawer, e.version, e.step, e.happened_on, e.due_on, e.who, e.reference, e.facts,
                   e.words, e.recorded_at, a.full_name
            FROM app.legal_matter m JOIN app.matter_entry e ON e.matter_id = m.id
            LEFT JOIN app.account a ON a.id = e.recorded_by LEFT JOIN app.account w ON w.id = m.withdrawn_by
            WHERE m.case_id = \(caseID) AND (\(matter)::uuid IS NULL OR m.id = \(matter))
            ORDER BY e.version = m.version DESC, e.recorded_at DESC, e.version DESC LIMIT 200
            """) { row in
            let id: UUID = try row["id"]
            let kind: MatterKind = try row["kind"]
            let entry = try MatterEntry(row: row, kind)
            if let place = matters.firstIndex(where: { $0.id == id }) {
                matters[place].earlier.append(entry)
            } else if entry.version == (try row["newest"]) {
                matters.append(Matter(
                    id: id, kind: kind, openedOn: try row["opened_on"], now: entry, earlier: [],
                    withdrawal: try Withdrawal(row: row)))
            }
        }
        return matters.sorted {
            ($0.now.due?.column ?? "9", $0.name, $0.id.column) < ($1.now.due?.column ?? "9", $1.name, $1.id.column)
        }
    }

    func addMatter(_ id: UUID, _ form: MatterForm, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.legal_matter (id, partnership_id, agency_id, case_id, person_id, kind, opened_on, version,
                                          recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(form.kind),
                    \(form.openedOn), 1, \(visit.now), \(visit.viewer.account))
            """)
        try say(1, of: id, form, on: record, visit)
    }

    /// Says where a matter stands now, based on `version`; what stood before is kept. Throws `Overtaken` when somebody
    /// else said something meanwhile.
    func moveMatter(
        _ id: UUID, _ form: MatterForm, basedOn version: Int, on record: CaseRecord, _ visit: Visit
    ) throws {
        let changed = try run("""
            UPDATE app.legal_matter SET version = version + 1
            WHERE id = \(id) AND case_id = \(record.id) AND version = \(version) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        try say(version + 1, of: id, form, on: record, visit)
    }

    private func say(
        _ version: Int, of matter: UUID, _ form: MatterForm, on record: CaseRecord, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.matter_entry (matter_id, partnership_id, agency_id, case_id, person_id, kind, version, step,
                happened_on, due_on, who, reference, facts, words, recorded_at, recorded_by)
            VALUES (\(matter), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(form.kind), \(version), \(form.step), \(form.happenedOn), \(form.due), \(form.who),
                \(form.reference), \(form.facts.sorted().joined(separator: " ")), \(form.words), \(visit.now),
                \(visit.viewer.account))
            """)
        try endMatterTask(matter, visit)
        guard let due = form.due else { return }
        try startTask(NewTask(
            kind: .matter, agency: record.agency, caseID: record.id, matter: matter,
            owner: record.worker ?? visit.viewer.account, due: WorkingDays.end(of: due),
            detail: "\(form.kind.label): \(form.kind.step(form.step)?.label ?? "")"), visit)
    }

    private func endMatterTask(_ matter: UUID, _ visit: Visit) throws {
        try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE matter_id = \(matter) AND done_at IS NULL
            """)
    }

    func withdrawMatter(_ id: UUID, _ form: WithdrawForm, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.legal_matter SET withdrawn_at = \(visit.now), withdrawn_by = \(visit.viewer.account),
                withdrawn_because = \(form.because)
            WHERE id = \(id) AND case_id = \(record.id) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        try endMatterTask(id, visit)
    }
}

extension MatterEntry {
    fileprivate init(row: Row, _ kind: MatterKind) throws {
        let code: String = try row["step"]
        let facts: String = try row["facts"]
        self.init(
            version: try row["version"], step: kind.step(code) ?? MatterStep(code, code),
            happenedOn: try row["happened_on"], due: try row["due_on"], who: try row["who"],
            reference: try row["reference"], facts: Set(facts.split(separator: " ").map(String.init)),
            words: try row["words"], recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}
