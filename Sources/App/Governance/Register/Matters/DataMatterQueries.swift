import Foundation
import Postgres

extension Place {
    static func dataMatter(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "data_matter", column: "told_sealed", row: id, agency: partnership)
    }

    static func dataMatterStep(_ number: Int, of id: UUID, in partnership: UUID) -> Place {
        Place(table: "data_matter_step", column: "words_sealed \(number)", row: id, agency: partnership)
    }
}

extension Services {
    /// What can't be opened any more is empty: the rest still shows.
    fileprivate func openWords(_ sealed: Data, at place: Place) -> DataWords {
        let told: DataWords? = try? openTold(sealed, at: place)
        return told ?? DataWords()
    }
}

extension Connection {
    /// What the viewer may see of the register, of one kind or of all: what is open and due first, or what is over.
    func dataMatters(_ kind: DataMatterKind?, over: Bool, limit: Int) throws -> [DataMatterLine] {
        let order: SQL = over ? "m.ended_at IS NOT NULL ORDER BY m.ended_at DESC, m.id"
            : "m.ended_at IS NULL ORDER BY m.due_at, m.id"
        return try all("""
            SELECT \(Self.matterColumns) WHERE (\(kind)::text IS NULL OR m.kind = \(kind)) AND \(order) LIMIT \(limit)
            """, DataMatterLine.init(row:))
    }

    private static let matterColumns: SQL = """
        m.id, m.kind, g.name AS agency, m.since, m.step, m.due_at, m.restricts, m.ended_at, a.full_name, m.recorded_at,
        m.agency_id, m.subject_id, m.told_sealed, m.steps
        FROM app.data_matter m LEFT JOIN app.agency g ON g.id = m.agency_id
        LEFT JOIN app.account a ON a.id = m.recorded_by
        """

    func dataMatter(_ id: UUID, _ visit: Visit) throws -> DataMatter? {
        let partnership = visit.viewer.partnership
        let steps = try all("""
            SELECT s.number, s.step, s.happened_at, s.reference, s.facts, s.words_sealed, s.recorded_at, a.full_name
            FROM app.data_matter_step s LEFT JOIN app.account a ON a.id = s.recorded_by
            WHERE s.matter_id = \(id) ORDER BY s.number LIMIT 200
            """) { row in
            let (number, facts): (Int, String) = (try row["number"], try row["facts"])
            return DataMatterStep(
                number: number, step: try row["step"], happenedAt: try row["happened_at"],
                reference: try row["reference"], facts: Set(facts.split(separator: " ").map(String.init)),
                told: visit.services.openWords(
                    try row["words_sealed"], at: .dataMatterStep(number, of: id, in: partnership)),
                recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
        }
        return try first("SELECT \(Self.matterColumns) WHERE m.id = \(id)") { row in
            DataMatter(
                line: try DataMatterLine(row: row), agency: try row["agency_id"], subject: try row["subject_id"],
                told: visit.services.openWords(try row["told_sealed"], at: .dataMatter(id, in: partnership)),
                version: try row["steps"], steps: steps)
        }
    }

    /// What waits for the officer, in numbers.
    func registerWaiting(_ visit: Visit) throws -> RegisterWaiting? {
        try first("""
            SELECT count(*) FILTER (WHERE m.step = 'reported')::int AS to_assess,
                   count(*) FILTER (WHERE m.due_at < \(visit.now))::int AS overdue,
                   (SELECT count(*)::int FROM app.impact_assessment i WHERE i.review_on < \(visit.today)
                    AND NOT EXISTS (SELECT FROM app.impact_assessment n
                                    WHERE n.assessment_id = i.assessment_id AND n.version > i.version)) AS reviews
            FROM app.data_matter m WHERE m.ended_at IS NULL
            """) { row in
            RegisterWaiting(
                toAssess: try row["to_assess"], overdue: try row["overdue"], reviewsDue: try row["reviews"])
        }
    }

    /// The agencies among these by name.
    func agencyChoices(among agencies: [UUID]) throws -> [AgencyChoice] {
        try agencyChoices().filter { agencies.contains($0.id) }
    }

    /// The viewer's agency's case of a reference; nil where they see none.
    func caseForMatter(_ reference: String, at agency: UUID, _ visit: Visit) throws -> UUID? {
        try first("""
            SELECT id FROM app.case_record WHERE reference = \(reference) AND agency_id = \(agency)
              AND agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
            """) { try $0["id"] }
    }

    func reportBreach(_ id: UUID, _ form: DataBreachForm, _ visit: Visit) throws {
        try addDataMatter(
            id, .breach, agency: form.agency, subject: id, since: form.since,
            DataWords(who: visit.viewer.name, words: form.what), visit)
    }

    func addDataRequest(_ id: UUID, _ form: DataRequestForm, about caseID: UUID?, _ visit: Visit) throws {
        try addDataMatter(
            id, form.kind, agency: form.agency, subject: caseID ?? id, since: form.since, form.told, visit,
            due: form.due.map(DataClock.end(of:)))
    }

    private func addDataMatter(
        _ id: UUID, _ kind: DataMatterKind, agency: UUID, subject: UUID, since: Date, _ told: DataWords,
        _ visit: Visit, due: Date? = nil
    ) throws {
        let sealed = try visit.services.sealTold(told, at: .dataMatter(id, in: visit.viewer.partnership))
        try run("""
            INSERT INTO app.data_matter (id, partnership_id, agency_id, subject_id, kind, since, told_sealed, step,
                                         due_at, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(agency), \(subject), \(kind), \(since), \(sealed),
                \(kind.first), \(due ?? DataClock.first(kind, since: since)), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Appends a step to what the officer read. Throws `Overtaken` when another officer recorded one meanwhile.
    func addStep(_ form: DataStepForm, to matter: DataMatter, after version: Int, _ visit: Visit) throws {
        let restricts = form.step == "inForce" || matter.line.restricts && !form.ends
        let ended: Date? = form.ends ? visit.now : nil
        let changed = try run("""
            UPDATE app.data_matter SET steps = steps + 1, step = \(form.isAside ? matter.line.step : form.step),
                due_at = \(form.due), restricts = \(restricts), ended_at = \(ended)
            WHERE id = \(matter.id) AND steps = \(version) AND ended_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        let number = version + 1
        let sealed = try visit.services.sealTold(
            form.told, at: .dataMatterStep(number, of: matter.id, in: visit.viewer.partnership))
        try run("""
            INSERT INTO app.data_matter_step (matter_id, partnership_id, agency_id, kind, subject_id, number, step,
                happened_at, reference, facts, words_sealed, recorded_at, recorded_by)
            VALUES (\(matter.id), \(visit.viewer.partnership), \(matter.agency), \(matter.kind), \(matter.subject),
                \(number), \(form.step), \(form.happenedAt), \(form.reference),
                \(form.facts.sorted().joined(separator: " ")), \(sealed), \(visit.now), \(visit.viewer.account))
            """)
    }
}

extension DataMatterLine {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], kind: try row["kind"], agency: try row["agency"] ?? "", since: try row["since"],
            step: try row["step"], due: try row["due_at"], restricts: try row["restricts"],
            endedAt: try row["ended_at"], by: try row["full_name"] ?? "", recordedAt: try row["recorded_at"])
    }
}
