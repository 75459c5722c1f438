import Foundation
import Postgres

/// A row of the log as its reviewer sees it: who, when, what and why. Nothing of any case.
struct AuditRow: Sendable {
    let id: UUID
    let at: Date
    /// The name of who acted; nil for nobody's account.
    let who: String?
    /// As stored: an event of another release may be unknown here.
    let event: String
    let subjectKind: String
    let subject: UUID?
    let purpose: String?
}

/// Somebody who may have acted.
struct AuditActor: Sendable {
    let id: UUID
    let name: String
    /// Tells two of one name apart.
    let email: String
}

extension Connection {
    /// The newest rows that the filter asks for. Row-level security shows a data protection officer those of the
    /// partnership, and everybody else none.
    func auditRows(_ filter: AuditFilter, in partnership: UUID, limit: Int) throws -> [AuditRow] {
        try all("""
            SELECT e.id, e.at, e.event, e.subject_kind, e.subject_id, e.purpose, a.full_name
            FROM app.audit_event e LEFT JOIN app.account a ON a.id = e.account_id
            WHERE e.partnership_id = \(partnership)\(condition(filter))
            ORDER BY e.at DESC, e.id DESC LIMIT \(limit)
            """) { row in
            AuditRow(
                id: try row["id"], at: try row["at"], who: try row["full_name"], event: try row["event"],
                subjectKind: try row["subject_kind"], subject: try row["subject_id"], purpose: try row["purpose"])
        }
    }

    private func condition(_ filter: AuditFilter) -> SQL {
        var condition: SQL = ""
        switch filter.who {
        case .anybody: break
        case .account(let id): condition = condition + " AND e.account_id = \(id)"
        case .nobody: condition = condition + " AND e.account_id IS NULL"
        }
        if let event = filter.event { condition = condition + " AND e.event = \(event.rawValue)" }
        if let about = filter.about { condition = condition + " AND e.subject_id = \(about)" }
        if let before = filter.before {
            condition = condition + " AND (e.at, e.id) < (\(before.at), \(before.id))"
        }
        return condition
    }

    /// Everybody who has or had an account, by name.
    func auditActors(in partnership: UUID) throws -> [AuditActor] {
        try all("""
            SELECT id, full_name, email FROM app.account WHERE partnership_id = \(partnership)
            ORDER BY full_name, email LIMIT 2000
            """) { row in AuditActor(id: try row["id"], name: try row["full_name"], email: try row["email"]) }
    }
}
