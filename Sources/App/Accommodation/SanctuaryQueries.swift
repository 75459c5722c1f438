import Foundation
import Postgres

extension Connection {
    /// A case's sanctuaries, newest first, each with what was done and what is put in. Throws `notFound` for a case on
    /// the side of those who harm.
    func sanctuaries(of record: CaseRecord, only sanctuary: UUID? = nil) throws -> [Sanctuary] {
        let found = try all("""
            SELECT s.id, s.case_id, s.reference, s.requested_on, s.wants, s.harmer_there, s.tenure, s.permission,
                   s.permission_on, s.urgency, s.funder, s.fitting_pence, s.phone, s.access, s.ended_on, s.version,
                   s.recorded_at, a.full_name
            FROM app.agency g LEFT JOIN app.sanctuary s ON s.case_id = \(record.id)
                AND (\(sanctuary)::uuid IS NULL OR s.id = \(sanctuary))
            LEFT JOIN app.account a ON a.id = s.recorded_by
            WHERE g.id = \(record.agency) AND g.side = 'harmed'
            ORDER BY s.ended_on IS NOT NULL, s.recorded_at DESC, s.id LIMIT 20
            """) { row in try (row["id"] as UUID?) == nil ? nil : Sanctuary(row: row) }
        if found.isEmpty { throw Refusal.notFound }
        var sanctuaries = found.compactMap(\.self)
        if sanctuaries.isEmpty { return [] }
        _ = try all("""
            SELECT t.sanctuary_id, t.kind, t.happened_on, t.who, t.words, t.because, t.recorded_at, a.full_name
            FROM app.sanctuary_step t LEFT JOIN app.account a ON a.id = t.recorded_by
            WHERE t.case_id = \(record.id) AND (\(sanctuary)::uuid IS NULL OR t.sanctuary_id = \(sanctuary))
            ORDER BY t.recorded_at DESC, t.id LIMIT 300
            """) { row in
            let id: UUID = try row["sanctuary_id"]
            guard let place = sanctuaries.firstIndex(where: { $0.id == id }) else { return }
            sanctuaries[place].steps.append(SanctuaryStep(
                kind: try row["kind"], day: try row["happened_on"], who: try row["who"], words: try row["words"],
                because: try row["because"], recordedAt: try row["recorded_at"], by: try row["full_name"] ?? ""))
        }
        _ = try all("""
            SELECT m.sanctuary_id, m.kind, m.number, m.cost_pence FROM app.sanctuary_item m
            WHERE m.case_id = \(record.id) AND (\(sanctuary)::uuid IS NULL OR m.sanctuary_id = \(sanctuary))
              AND (m.number > 0 OR m.cost_pence IS NOT NULL) LIMIT 200
            """) { row in
            let id: UUID = try row["sanctuary_id"]
            guard let place = sanctuaries.firstIndex(where: { $0.id == id }) else { return }
            sanctuaries[place].items.append(SanctuaryItem(
                kind: try row["kind"], number: try row["number"], cost: try row["cost_pence"]))
        }
        for place in sanctuaries.indices {
            sanctuaries[place].items = SanctuaryItemKind.allCases.compactMap { kind in
                sanctuaries[place].items.first { $0.kind == kind }
            }
        }
        return sanctuaries
    }

    /// Of two that are open at one time the database refuses the second (`sanctuary_one_open`).
    func addSanctuary(_ id: UUID, _ terms: SanctuaryTerms, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.sanctuary (id, partnership_id, agency_id, case_id, person_id, reference, requested_on,
                wants, harmer_there, tenure, permission, permission_on, urgency, funder, fitting_pence, phone, access,
                recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(ReferralReference.random()), \(terms.requestedOn), \(terms.wants), \(terms.harmerThere),
                \(terms.tenure), \(terms.permission), \(terms.permissionOn), \(terms.urgency), \(terms.funder),
                \(terms.fitting), \(terms.phone), \(terms.accessColumn), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Throws `Overtaken` when somebody else changed it meanwhile.
    func change(_ sanctuary: Sanctuary, _ terms: SanctuaryTerms, basedOn version: Int) throws {
        let changed = try run("""
            UPDATE app.sanctuary SET requested_on = \(terms.requestedOn), wants = \(terms.wants),
                harmer_there = \(terms.harmerThere), tenure = \(terms.tenure), permission = \(terms.permission),
                permission_on = \(terms.permissionOn), urgency = \(terms.urgency), funder = \(terms.funder),
                fitting_pence = \(terms.fitting), phone = \(terms.phone), access = \(terms.accessColumn),
                version = version + 1
            WHERE id = \(sanctuary.id) AND case_id = \(sanctuary.caseID) AND version = \(version)
              AND ended_on IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Says anew what is put in, each kind as the form has it. Throws `Overtaken` as a change does.
    func choose(
        _ form: SanctuaryItemsForm, for sanctuary: Sanctuary, basedOn version: Int, on record: CaseRecord,
        _ visit: Visit
    ) throws {
        try moveOn(sanctuary, basedOn: version)
        let costs = form.items.map { $0.cost ?? -1 }
        try run("""
            INSERT INTO app.sanctuary_item (sanctuary_id, kind, partnership_id, agency_id, case_id, person_id, number,
                                            cost_pence, recorded_at, recorded_by)
            SELECT \(sanctuary.id), n.kind, \(visit.viewer.partnership), \(record.agency), \(record.id),
                   \(record.person), n.number, nullif(n.cost, -1), \(visit.now), \(visit.viewer.account)
            FROM unnest(\(form.items.map(\.kind.rawValue))::text[], \(form.items.map(\.number))::int[],
                        \(costs)::int[]) AS n(kind, number, cost)
            ON CONFLICT (sanctuary_id, kind, agency_id)
            DO UPDATE SET number = excluded.number, cost_pence = excluded.cost_pence
            """)
    }

    /// Puts down what was done; an order sets the clock of the installation, and what ends ends it. Throws `Overtaken`
    /// as a change does.
    func take(
        _ form: SanctuaryStepForm, of sanctuary: Sanctuary, basedOn version: Int, on record: CaseRecord, _ visit: Visit
    ) throws {
        try moveOn(sanctuary, basedOn: version, endedOn: form.step.ends ? form.day : nil)
        try run("""
            INSERT INTO app.sanctuary_step (id, partnership_id, agency_id, case_id, person_id, sanctuary_id, kind,
                                            happened_on, who, words, because, recorded_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(sanctuary.id), \(form.step), \(form.day), \(form.who), \(form.words), \(form.because),
                    \(visit.now), \(visit.viewer.account))
            """)
        if form.step == .installed || form.step.ends {
            try finishTasks(.sanctuary, on: record.id, at: visit.now)
        }
        guard form.step == .ordered else { return }
        try startTask(NewTask(
            kind: .sanctuary, agency: record.agency, caseID: record.id, owner: record.worker ?? visit.viewer.account,
            due: sanctuary.terms.urgency.due(ordered: form.day, at: visit.now), detail: "To be installed"), visit)
    }

    /// A change of how soon it has to be in moves the task of one that is ordered.
    func moveDue(of sanctuary: Sanctuary, to urgency: SanctuaryUrgency, _ visit: Visit) throws {
        guard urgency != sanctuary.terms.urgency, let order = sanctuary.newest(.ordered), !sanctuary.has(.installed)
        else { return }
        try run("""
            UPDATE app.task SET due_at = \(urgency.due(ordered: order.day, at: order.recordedAt))
            WHERE case_id = \(sanctuary.caseID) AND kind = 'sanctuary' AND done_at IS NULL
            """)
    }

    private func moveOn(_ sanctuary: Sanctuary, basedOn version: Int, endedOn: Day? = nil) throws {
        let changed = try run("""
            UPDATE app.sanctuary SET version = version + 1, ended_on = \(endedOn)
            WHERE id = \(sanctuary.id) AND case_id = \(sanctuary.caseID) AND version = \(version)
              AND ended_on IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension SanctuaryTerms {
    fileprivate var accessColumn: String { access.map(\.rawValue).joined(separator: " ") }
}

extension Sanctuary {
    fileprivate init(row: Row) throws {
        let access: String = try row["access"]
        self.init(
            id: try row["id"], caseID: try row["case_id"], reference: try row["reference"],
            terms: SanctuaryTerms(
                requestedOn: try row["requested_on"], wants: try row["wants"], harmerThere: try row["harmer_there"],
                tenure: try row["tenure"], permission: try row["permission"], permissionOn: try row["permission_on"],
                urgency: try row["urgency"], funder: try row["funder"], fitting: try row["fitting_pence"],
                phone: try row["phone"],
                access: access.split(separator: " ").compactMap { SanctuaryAccess(rawValue: String($0)) }),
            endedOn: try row["ended_on"], version: try row["version"], recordedAt: try row["recorded_at"],
            by: try row["full_name"] ?? "")
    }
}
