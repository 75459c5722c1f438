import Foundation
import Postgres

extension Connection {
    /// What holds on a day of each kind of record.
    func processingRecords(on today: Day) throws -> [RecordType: ProcessingRecord] {
        let found = try all("""
            SELECT DISTINCT ON (p.record_type) \(Self.processing)
            WHERE p.valid_from <= \(today) ORDER BY p.record_type, p.version DESC LIMIT 100
            """) { row in (try row["record_type"] as String, try ProcessingRecord(row: row)) }
        return found.reduce(into: [:]) { all, one in RecordType(rawValue: one.0).map { all[$0] = one.1 } }
    }

    /// All that was said of a kind of record, newest first.
    func processingVersions(of type: RecordType) throws -> [ProcessingRecord] {
        try all("""
            SELECT \(Self.processing) WHERE p.record_type = \(type) ORDER BY p.version DESC LIMIT 50
            """, ProcessingRecord.init(row:))
    }

    private static let processing: SQL = """
        p.record_type, p.version, p.valid_from, p.control, p.controllers, p.arrangement, p.arranged_on, p.purpose,
        p.people, p.data, p.bases, p.conditions, p.criminal, p.recipients, p.retention, p.security, p.recorded_at,
        a.full_name
        FROM app.processing_record p LEFT JOIN app.account a ON a.id = p.recorded_by
        """

    /// Adds a version after the one that the writer read. Throws `Overtaken` when there is a newer one.
    func addProcessing(_ form: ProcessingForm, after version: Int, _ visit: Visit) throws {
        let words = form.words
        func codes(_ choices: [some Choice]) -> String { choices.map(\.rawValue).joined(separator: " ") }
        let newest: Int = try first("""
            SELECT coalesce(max(version), 0) AS newest FROM app.processing_record WHERE record_type = \(form.type)
            """) { try $0["newest"] } ?? 0
        guard newest == version else { throw Overtaken() }
        let added = try run("""
            INSERT INTO app.processing_record (partnership_id, record_type, version, valid_from, control, controllers,
                arrangement, arranged_on, purpose, people, data, bases, conditions, criminal, recipients, retention,
                security, recorded_at, recorded_by)
            VALUES (\(visit.viewer.partnership), \(form.type), \(version + 1), \(form.validFrom), \(words.control),
                \(words.controllers), \(words.arrangement), \(words.arrangedOn), \(words.purpose), \(words.people),
                \(words.data), \(codes(words.bases)), \(codes(words.conditions)), \(codes(words.criminal)),
                \(words.recipients), \(words.retention), \(words.security), \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    /// Impact assessments as they stand, whichever is to be looked at again first.
    func impactAssessments() throws -> [ImpactAssessment] {
        try all("""
            SELECT \(Self.assessments) WHERE NOT EXISTS (
                SELECT FROM app.impact_assessment n WHERE n.assessment_id = i.assessment_id AND n.version > i.version)
            ORDER BY i.review_on, i.assessment_id LIMIT 200
            """, ImpactAssessment.init(row:))
    }

    /// One of them with all its versions, newest first; none where there is no such.
    func impactAssessment(_ id: UUID) throws -> [ImpactAssessment] {
        try all("""
            SELECT \(Self.assessments) WHERE i.assessment_id = \(id) ORDER BY i.version DESC LIMIT 50
            """, ImpactAssessment.init(row:))
    }

    /// Which kinds of records an assessment covers, with the titles.
    func assessedTypes() throws -> [RecordType: [String]] {
        try impactAssessments().reduce(into: [:]) { all, one in
            for type in one.words.covers { all[type, default: []].append(one.words.title) }
        }
    }

    private static let assessments: SQL = """
        i.assessment_id, i.version, i.title, i.covers, i.risks, i.measures, i.outcome, i.consulted_on, i.signed_by,
        i.signed_on, i.review_on, i.recorded_at, a.full_name
        FROM app.impact_assessment i LEFT JOIN app.account a ON a.id = i.recorded_by
        """

    /// Adds a version; the first where `version` is nothing. Throws `Overtaken` when there is a newer one.
    func addAssessment(_ id: UUID, _ form: ImpactForm, after version: Int, _ visit: Visit) throws {
        let newest: Int = try first("""
            SELECT coalesce(max(version), 0) AS newest FROM app.impact_assessment WHERE assessment_id = \(id)
            """) { try $0["newest"] } ?? 0
        guard newest == version else { throw Overtaken() }
        let words = form.words
        let added = try run("""
            INSERT INTO app.impact_assessment (assessment_id, partnership_id, version, title, covers, risks, measures,
                outcome, consulted_on, signed_by, signed_on, review_on, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(version + 1), \(words.title),
                \(words.covers.map(\.rawValue).joined(separator: " ")), \(words.risks), \(words.measures),
                \(words.outcome), \(words.consultedOn), \(words.signedBy), \(words.signedOn), \(words.reviewOn),
                \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }
}

extension Connection {
    /// What holds on a day for each audience, as the register shows it.
    func privacyNotices(on today: Day) throws -> [Audience: PrivacyNotice] {
        let found = try all("""
            SELECT DISTINCT ON (p.audience) p.audience, p.version, p.valid_from, p.body, p.recorded_at, a.full_name
            FROM app.privacy_notice p LEFT JOIN app.account a ON a.id = p.recorded_by
            WHERE p.valid_from <= \(today) ORDER BY p.audience, p.version DESC LIMIT 20
            """) { row in (try row["audience"] as String, try PrivacyNotice(row: row)) }
        return found.reduce(into: [:]) { all, one in Audience(rawValue: one.0).map { all[$0] = one.1 } }
    }

    /// Everything that an audience was told, newest first.
    func privacyNotices(for audience: Audience) throws -> [PrivacyNotice] {
        try all("""
            SELECT p.version, p.valid_from, p.body, p.recorded_at, a.full_name
            FROM app.privacy_notice p LEFT JOIN app.account a ON a.id = p.recorded_by
            WHERE p.audience = \(audience) ORDER BY p.version DESC LIMIT 50
            """, PrivacyNotice.init(row:))
    }

    /// What anybody may read: at the door, where nobody is known.
    func publicNotices(in partnership: UUID, on today: Day) throws -> [Audience: (body: String, validFrom: Day)] {
        let found = try all("""
            SELECT DISTINCT ON (audience) audience, valid_from, body FROM app.privacy_notice
            WHERE partnership_id = \(partnership) AND valid_from <= \(today)
            ORDER BY audience, version DESC LIMIT 20
            """) { row in
            (try row["audience"] as String, (body: try row["body"] as String, validFrom: try row["valid_from"] as Day))
        }
        return found.reduce(into: [:]) { all, one in Audience(rawValue: one.0).map { all[$0] = one.1 } }
    }

    /// Publishes a version after the one that the writer read. Throws `Overtaken` when there is a newer one.
    func publishNotice(_ form: NoticeForm, after version: Int, _ visit: Visit) throws {
        let newest: Int = try first("""
            SELECT coalesce(max(version), 0) AS newest FROM app.privacy_notice WHERE audience = \(form.audience)
            """) { try $0["newest"] } ?? 0
        guard newest == version else { throw Overtaken() }
        let added = try run("""
            INSERT INTO app.privacy_notice (partnership_id, audience, version, valid_from, body, recorded_at,
                                            recorded_by)
            VALUES (\(visit.viewer.partnership), \(form.audience), \(version + 1), \(form.validFrom), \(form.body),
                \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }
}

extension ProcessingRecord {
    fileprivate init(row: Row) throws {
        func choices<Answer: Choice>(_ column: String) throws -> [Answer] {
            let codes: String = try row[column]
            return codes.split(separator: " ").compactMap { Answer(rawValue: String($0)) }
        }
        self.init(
            version: try row["version"], validFrom: try row["valid_from"],
            words: ProcessingWords(
                control: try row["control"], controllers: try row["controllers"], arrangement: try row["arrangement"],
                arrangedOn: try row["arranged_on"], purpose: try row["purpose"], people: try row["people"],
                data: try row["data"], bases: try choices("bases"), conditions: try choices("conditions"),
                criminal: try choices("criminal"), recipients: try row["recipients"],
                retention: try row["retention"], security: try row["security"]),
            recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}

extension ImpactAssessment {
    fileprivate init(row: Row) throws {
        let covers: String = try row["covers"]
        self.init(
            id: try row["assessment_id"], version: try row["version"],
            words: ImpactWords(
                title: try row["title"],
                covers: covers.split(separator: " ").compactMap { RecordType(rawValue: String($0)) },
                risks: try row["risks"], measures: try row["measures"], outcome: try row["outcome"],
                consultedOn: try row["consulted_on"], signedBy: try row["signed_by"], signedOn: try row["signed_on"],
                reviewOn: try row["review_on"]),
            recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}

extension PrivacyNotice {
    fileprivate init(row: Row) throws {
        self.init(
            version: try row["version"], validFrom: try row["valid_from"], body: try row["body"],
            recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}
