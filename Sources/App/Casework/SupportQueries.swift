import Foundation
import Postgres

/// How many needs of a case stand how, and how often something was done.
struct SupportCounts: Sendable {
    var needs: [NeedState: Int] = [:]
    var interventions = 0

    /// From what `Connection.supportCounts` found.
    init(_ found: [String: Int]) {
        for state in NeedState.allCases { needs[state] = found[state.rawValue] }
        interventions = found["given"] ?? 0
    }

    /// "Needs: 2 open, 1 met. Support given 7 times."
    var words: String {
        let parts = NeedState.allCases.compactMap { state in
            needs[state].map { "\($0) \(state.label.lowercased())" }
        }
        let needed = parts.isEmpty ? "No needs recorded yet." : "Needs: \(parts.joined(separator: ", "))."
        switch interventions {
        case 0: return "\(needed) No support given is recorded yet."
        case 1: return "\(needed) Support given once."
        default: return "\(needed) Support given \(interventions) times."
        }
    }
}

extension Connection {
    /// Both counts of a case, for a statement that its page runs anyway; each need once, as it stands now.
    static func supportCounts(of caseID: UUID) -> SQL {
        """
        SELECT h.state AS what, count(*) AS times
        FROM app.need n JOIN app.need_change h ON h.need_id = n.id AND h.version = n.version
        WHERE n.case_id = \(caseID) GROUP BY h.state
        UNION ALL SELECT 'given', count(*) FROM app.intervention i WHERE i.case_id = \(caseID)
        """
    }

    /// A case's needs as they stand, each with what was said before: what is still to be done first.
    func needs(of caseID: UUID, only need: UUID? = nil) throws -> [Need] {
        var needs: [Need] = []
        _ = try all("""
            SELECT n.id, n.kind, n.opened_on, n.version AS newest, h.version, h.goal, h.state, h.since, h.note,
                   h.recorded_at, a.full_name
            FROM app.need n JOIN app.need_change h ON h.need_id = n.id LEFT JOIN app.account a ON a.id = h.recorded_by
            WHERE n.case_id = \(caseID) AND (\(need)::uuid IS NULL OR n.id = \(need))
            ORDER BY h.version = n.version DESC, h.recorded_at DESC, h.version DESC LIMIT 200
            """) { row in
            let id: UUID = try row["id"]
            let said = NeedChange(
                version: try row["version"], goal: try row["goal"], state: try row["state"], since: try row["since"],
                note: try row["note"], recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
            if let place = needs.firstIndex(where: { $0.id == id }) {
                needs[place].earlier.append(said)
            } else if said.version == (try row["newest"]) {
                needs.append(Need(
                    id: id, kind: try row["kind"], openedOn: try row["opened_on"], now: said, earlier: []))
            }
        }
        func place(_ need: Need) -> Int { NeedState.allCases.firstIndex(of: need.now.state) ?? 0 }
        return needs.sorted { (place($0), $1.now.since) < (place($1), $0.now.since) }
    }

    /// Records a need. Throws `Overtaken` when the case has one of its kind by now.
    func addNeed(_ id: UUID, _ form: NeedForm, on record: CaseRecord, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.need (id, partnership_id, agency_id, case_id, person_id, kind, opened_on, version,
                                  recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(form.kind),
                    \(form.openedOn), 1, \(visit.now), \(visit.viewer.account))
            ON CONFLICT ON CONSTRAINT need_once DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
        try say(1, of: id, form.goal, .open, since: form.openedOn, "", on: record, visit)
    }

    /// Says something new of a need, based on `version`; what was said before is kept. Throws `Overtaken` when somebody
    /// else said something meanwhile.
    func changeNeed(
        _ id: UUID, _ form: NeedChangeForm, basedOn version: Int, on record: CaseRecord, _ visit: Visit
    ) throws {
        let changed = try run("""
            UPDATE app.need SET version = version + 1
            WHERE id = \(id) AND case_id = \(record.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try say(version + 1, of: id, form.goal, form.state, since: form.since, form.note, on: record, visit)
    }

    private func say(
        _ version: Int, of need: UUID, _ goal: String, _ state: NeedState, since: Day, _ note: String,
        on record: CaseRecord, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.need_change (need_id, partnership_id, agency_id, case_id, person_id, version, goal, state,
                                         since, note, recorded_at, recorded_by)
            VALUES (\(need), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(version),
                    \(goal), \(state), \(since), \(note), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// What was done on a case, newest first: `limit` and no more.
    func interventions(of caseID: UUID, before last: Keyset?, limit: Int) throws -> [Intervention] {
        let last = last ?? .end
        return try all("""
            SELECT i.id, i.kind, i.leads_to, i.happened_on, i.happened_at, n.kind AS need, i.note, i.recorded_at,
                   a.full_name
            FROM app.intervention i
            LEFT JOIN app.need n ON n.id = i.need_id LEFT JOIN app.account a ON a.id = i.recorded_by
            WHERE i.case_id = \(caseID) AND (i.happened_at, i.id) < (\(last.at)::timestamptz, \(last.id)::uuid)
            ORDER BY i.happened_at DESC, i.id DESC LIMIT \(limit)
            """) { row in
            Intervention(
                id: try row["id"], what: InterventionAnswer(kind: try row["kind"], leadsTo: try row["leads_to"]),
                happenedOn: try row["happened_on"], happenedAt: try row["happened_at"], need: try row["need"],
                note: try row["note"], recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
        }
    }

    /// How often each kind was recorded over a case's life: each record once.
    func interventionCounts(of caseID: UUID) throws -> InterventionCounts {
        let found: [(InterventionKind, Int)] = try all("""
            SELECT i.kind, count(*) AS times FROM app.intervention i WHERE i.case_id = \(caseID) GROUP BY i.kind
            """) { (try $0["kind"], try $0["times"]) }
        let times = Dictionary(uniqueKeysWithValues: found)
        return InterventionCounts(all: InterventionKind.allCases.compactMap { kind in times[kind].map { (kind, $0) } })
    }

    func addIntervention(_ id: UUID, _ form: InterventionForm, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.intervention (id, partnership_id, agency_id, case_id, person_id, kind, leads_to, agreed,
                                          need_id, happened_on, note, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(form.what.kind), \(form.what.leadsTo), \(form.agreed), \(form.need), \(form.day), \(form.note),
                    \(visit.now), \(visit.viewer.account))
            """)
    }
}
