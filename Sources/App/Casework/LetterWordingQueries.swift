import Foundation
import Postgres

extension Connection {
    /// The letters that these agencies wrote to begin from, each as it stands now, by title; 100 at most.
    func letterWordings(of agencies: [UUID], usedOnly: Bool = false) throws -> [LetterWording] {
        try all("""
            SELECT w.*, g.name AS agency_name, a.full_name
            FROM (SELECT DISTINCT ON (agency_id, template_id) * FROM app.letter_wording
                  WHERE agency_id = ANY (\(agencies)::uuid[]) ORDER BY agency_id, template_id, version DESC) w
            JOIN app.agency g ON g.id = w.agency_id LEFT JOIN app.account a ON a.id = w.written_by
            WHERE w.is_used OR NOT \(usedOnly) ORDER BY w.title, w.template_id LIMIT 100
            """, LetterWording.init(row:))
    }

    /// One as it stands now, of these agencies.
    func letterWording(_ template: UUID, of agencies: [UUID]) throws -> LetterWording? {
        try first("""
            SELECT w.*, g.name AS agency_name, a.full_name FROM app.letter_wording w
            JOIN app.agency g ON g.id = w.agency_id LEFT JOIN app.account a ON a.id = w.written_by
            WHERE w.agency_id = ANY (\(agencies)::uuid[]) AND w.template_id = \(template)
            ORDER BY w.version DESC LIMIT 1
            """, LetterWording.init(row:))
    }

    /// Of a wording of the agency, an older one too: a letter may have been begun before it was changed.
    func titleOfWording(_ id: UUID, of agency: UUID) throws -> String? {
        try first("SELECT title FROM app.letter_wording WHERE id = \(id) AND agency_id = \(agency)") {
            try $0["title"]
        }
    }

    /// Adds the wording after `version`; 0 of a new letter. Throws `Overtaken` when somebody else did.
    func addLetterWording(
        _ id: UUID, of template: UUID, after version: Int, _ form: LetterWordingForm, _ visit: Visit
    ) throws {
        let added = try run("""
            INSERT INTO app.letter_wording (id, partnership_id, agency_id, template_id, version, title, addressee, body,
                                            is_used, written_at, written_by)
            SELECT \(id), \(visit.viewer.partnership), \(form.agency), \(template), \(version) + 1, \(form.title),
                   \(form.addressee), \(form.body), \(form.isUsed), \(visit.now), \(visit.viewer.account)
            WHERE \(version) = (SELECT coalesce(max(version), 0) FROM app.letter_wording
                                WHERE agency_id = \(form.agency) AND template_id = \(template))
            ON CONFLICT (agency_id, template_id, version) DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }
}

extension LetterWording {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], template: try row["template_id"], agency: try row["agency_id"],
            agencyName: try row["agency_name"], version: try row["version"], title: try row["title"],
            addressee: try row["addressee"], body: try row["body"], isUsed: try row["is_used"],
            writtenAt: try row["written_at"], writtenBy: try row["full_name"] ?? "")
    }
}
