import Foundation
import Postgres

extension Connection {
    /// The letters of a case, newest first: `limit` and no more.
    func letters(of caseID: UUID, before last: Keyset?, limit: Int) throws -> [Letter] {
        let last = last ?? .end
        return try all("""
            \(Self.letterColumns)
            WHERE l.case_id = \(caseID) AND (l.recorded_at, l.id) < (\(last.at)::timestamptz, \(last.id)::uuid)
            ORDER BY l.recorded_at DESC, l.id DESC LIMIT \(limit)
            """, Letter.init(row:))
    }

    func letter(_ id: UUID, of caseID: UUID) throws -> Letter? {
        try first("\(Self.letterColumns) WHERE l.id = \(id) AND l.case_id = \(caseID)", Letter.init(row:))
    }

    private static let letterColumns: SQL = """
        SELECT l.id, l.template, l.addressee, l.to_whom, l.body, l.version, l.recorded_at, a.full_name, l.released_at,
               r.full_name AS released_name, l.way, l.released_body, l.agreed_on, l.outcome, l.outcome_at,
               o.full_name AS outcome_name, l.outcome_words, w.title
        FROM app.letter l LEFT JOIN app.account a ON a.id = l.recorded_by
        LEFT JOIN app.account r ON r.id = l.released_by LEFT JOIN app.account o ON o.id = l.outcome_by
        LEFT JOIN app.letter_wording w ON w.id = l.wording_id
        """

    func addLetter(
        _ id: UUID, _ start: LetterStart, _ form: LetterForm, on record: CaseRecord, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.letter (id, partnership_id, agency_id, case_id, person_id, template, wording_id, addressee,
                                    to_whom, body, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(start.template), \(start.wording), \(form.addressee), \(form.toWhom), \(form.body), \(visit.now),
                    \(visit.viewer.account))
            """)
    }

    /// Writes a letter anew, based on `version`. Throws `Overtaken` when somebody else wrote or released it meanwhile.
    func changeLetter(_ id: UUID, _ form: LetterForm, basedOn version: Int, of caseID: UUID) throws {
        let changed = try run("""
            UPDATE app.letter SET body = \(form.body), to_whom = \(form.toWhom), version = version + 1
            WHERE id = \(id) AND case_id = \(caseID) AND version = \(version) AND released_at IS NULL
              AND addressee = \(form.addressee)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Lets a letter leave as it stood at `version`. Throws `Overtaken` when it was changed or has left meanwhile.
    func releaseLetter(
        _ id: UUID, _ release: LetterRelease, basedOn version: Int, of caseID: UUID, _ visit: Visit
    ) throws {
        let changed = try run("""
            UPDATE app.letter SET released_at = \(visit.now), released_by = \(visit.viewer.account),
                                  way = \(release.way), released_body = \(release.body),
                                  agreed_on = \(release.agreedOn)
            WHERE id = \(id) AND case_id = \(caseID) AND version = \(version) AND released_at IS NULL
              AND outcome IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Throws `Overtaken` when somebody else said what came of it.
    func sayOfLetter(_ id: UUID, _ came: LetterCame, of caseID: UUID, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.letter SET outcome = \(came.outcome), outcome_at = \(visit.now),
                                  outcome_by = \(visit.viewer.account), outcome_words = \(came.words)
            WHERE id = \(id) AND case_id = \(caseID) AND outcome IS NULL
              AND (released_at IS NOT NULL OR \(came.outcome) = 'notSent')
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension Letter {
    fileprivate init(row: Row) throws {
        let releasedAt: Date? = try row["released_at"], releasedBy: String? = try row["released_name"]
        let way: AttemptChannel? = try row["way"], body: String? = try row["released_body"]
        let agreedOn: Day? = try row["agreed_on"]
        let outcome: LetterOutcome? = try row["outcome"], cameAt: Date? = try row["outcome_at"]
        let cameBy: String? = try row["outcome_name"], words: String = try row["outcome_words"]
        var release: Release?
        if let releasedAt, let way, let body {
            release = Release(at: releasedAt, by: releasedBy ?? "", way: way, body: body, agreedOn: agreedOn)
        }
        var came: Came?
        if let outcome, let cameAt {
            came = Came(outcome: outcome, at: cameAt, by: cameBy ?? "", words: words)
        }
        self.init(
            id: try row["id"], template: try row["template"], ownTitle: try row["title"],
            addressee: try row["addressee"], toWhom: try row["to_whom"], body: try row["body"],
            version: try row["version"], recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "",
            release: release, came: came)
    }
}
