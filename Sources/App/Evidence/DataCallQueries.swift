import Foundation
import Pages
import Postgres

extension Connection {
    /// Every version of every specification, by name, the newest version first.
    func dataSpecifications() throws -> [DataSpecification] {
        try all("""
            SELECT id AS specification_id, name, number, columns::text AS columns, from_day AS asked_from,
                   until_day AS asked_until
            FROM app.data_specification ORDER BY name, number DESC LIMIT 200
            """, DataSpecification.init(row:))
    }

    /// The next version of its name. The database keeps two from having one number (`specification_numbered`).
    func addSpecification(_ id: UUID, _ form: SpecificationForm, _ signer: FigureSigner) throws {
        try run("""
            INSERT INTO app.data_specification (id, partnership_id, name, number, columns, from_day, until_day,
                recorded_at, recorded_by)
            SELECT \(id), \(signer.partnership), \(form.name), coalesce(max(number), 0) + 1,
                   \(try DataJSON.text(form.columns))::jsonb, \(form.from), \(form.until), \(signer.at),
                   \(signer.account)
            FROM app.data_specification WHERE name = \(form.name)
            """)
    }

    /// Calls that the viewer may know of, the last due first.
    func dataCalls(limit: Int = 100) throws -> [DataCall] {
        try all("\(Self.calls) ORDER BY c.due_on DESC, c.id LIMIT \(limit)", DataCall.init(row:))
    }

    func dataCall(_ id: UUID) throws -> DataCall? {
        try first("\(Self.calls) WHERE c.id = \(id)", DataCall.init(row:))
    }

    private static let calls: SQL = """
        SELECT c.id, c.title, c.from_day, c.until_day, c.due_on, c.kind, c.agreement, c.keep_until, c.words,
               c.closed_at, i.title || ', version ' || i.version AS assessment, s.id AS specification_id, s.name,
               s.number, s.columns::text AS columns, s.from_day AS asked_from, s.until_day AS asked_until
        FROM app.data_call c JOIN app.data_specification s ON s.id = c.specification_id
        LEFT JOIN app.impact_assessment i ON i.assessment_id = c.assessment_id AND i.version = c.assessment_version
        """

    /// Whom these calls ask, as far as the viewer may know, by name.
    func askedAgencies(_ calls: [UUID]) throws -> [(call: UUID, agency: AskedAgency)] {
        try all("""
            SELECT a.call_id, a.is_health, g.id, g.name FROM app.data_asked a JOIN app.agency g ON g.id = a.agency_id
            WHERE a.call_id = ANY (\(calls)::uuid[]) ORDER BY g.name, g.id LIMIT 5000
            """) { row in
            (try row["call_id"],
             AskedAgency(id: try row["id"], name: try row["name"], isHealth: try row["is_health"]))
        }
    }

    /// Agencies of the partnership that may be asked.
    func agenciesToAsk() throws -> [(id: UUID, name: String, isHealth: Bool)] {
        try all("SELECT id, name, kind = 'health' AS health FROM app.agency ORDER BY name, id LIMIT 200") {
            (id: try $0["id"], name: try $0["name"], isHealth: try $0["health"])
        }
    }

    /// The impact assessments on record, each in its last version.
    func assessmentsOnRecord() throws -> [(id: UUID, version: Int, title: String)] {
        try all("""
            SELECT DISTINCT ON (assessment_id) assessment_id, version, title FROM app.impact_assessment
            ORDER BY assessment_id, version DESC LIMIT 100
            """) { (id: try $0["assessment_id"], version: try $0["version"], title: try $0["title"]) }
    }

    func addDataCall(_ id: UUID, _ form: DataCallForm, _ signer: FigureSigner) throws {
        try run("""
            INSERT INTO app.data_call (id, partnership_id, specification_id, title, from_day, until_day, due_on, kind,
                assessment_id, assessment_version, agreement, keep_until, words, recorded_at, recorded_by)
            VALUES (\(id), \(signer.partnership), \(form.specification), \(form.title), \(form.period.from),
                \(form.period.until), \(form.due), \(form.kind), \(form.assessment?.id), \(form.assessment?.version),
                \(form.agreement), \(form.keepUntil), \(form.words), \(signer.at), \(signer.account))
            """)
        try run("""
            INSERT INTO app.data_asked (call_id, agency_id, partnership_id, is_health)
            SELECT \(id), g.id, \(signer.partnership), g.id = ANY (\(form.health)::uuid[])
            FROM app.agency g WHERE g.id = ANY (\(form.agencies)::uuid[])
            """)
    }

    /// Throws `Overtaken` when it is closed already.
    func closeDataCall(_ id: UUID, _ signer: FigureSigner) throws {
        let closed = try run("""
            UPDATE app.data_call SET closed_at = \(signer.at) WHERE id = \(id) AND closed_at IS NULL
            """)
        guard closed == 1 else { throw Overtaken() }
    }
}

/// JSON with its keys in order, so that the same is always written the same.
enum DataJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}

extension DataSpecification {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["specification_id"], name: try row["name"], number: try row["number"],
            columns: try DataJSON.value(try row["columns"]), from: try row["asked_from"], until: try row["asked_until"])
    }
}

extension DataCall {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], title: try row["title"], specification: try DataSpecification(row: row),
            period: Period(from: try row["from_day"], until: try row["until_day"]), due: try row["due_on"],
            kind: try row["kind"], assessment: try row["assessment"], agreement: try row["agreement"],
            keepUntil: try row["keep_until"], words: try row["words"], closedAt: try row["closed_at"])
    }
}
