import Foundation
import Pages
import Postgres

extension Connection {
    func saveDraft(_ sealed: Data, account: UUID, form: String, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.draft (account_id, form, partnership_id, fields_sealed)
            VALUES (\(account), \(form), \(partnership), \(sealed))
            ON CONFLICT (account_id, form) DO UPDATE SET fields_sealed = \(sealed), saved_at = now()
            """)
    }

    func dropDraft(account: UUID, form: String) throws {
        try run("DELETE FROM app.draft WHERE account_id = \(account) AND form = \(form)")
    }

    /// What the viewer typed into this form and has not sent yet; empty answers when there is nothing.
    func keptAnswers(_ visit: Visit) throws -> KeptAnswers {
        let found = try first("""
            SELECT fields_sealed, saved_at FROM app.draft
            WHERE account_id = \(visit.viewer.account) AND form = \(visit.path)
            """) { row in (sealed: try row["fields_sealed"] as Data, at: try row["saved_at"] as Date) }
        guard let found, let answers = try? visit.services.openDraft(found.sealed, of: visit.viewer.account) else {
            return KeptAnswers(answers: Answers(), keptAt: nil)
        }
        return KeptAnswers(answers: answers, keptAt: found.at)
    }
}
