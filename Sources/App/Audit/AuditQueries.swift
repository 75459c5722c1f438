import Foundation
import Postgres

/// What an audit row is about.
enum AuditSubject: String, Sendable {
    case account, contact, referral, task, handover, person, `case`, risk, search, note, session, log, partnership, key
    case wording
    case agreement
    case rota
    case interest
    case request
    case register
    case group
    case accommodation
    case retention
    case evidence
}

extension Connection {
    /// Records that the viewer of this transaction did `event`, in the same transaction as the change itself.
    /// Who, where and when are the database's own words; a transaction without a viewer fails here.
    func audit(
        _ event: AuditEvent, _ subject: AuditSubject, _ id: UUID?, purpose: String? = nil, detail: String = "{}",
        with change: SQL? = nil
    ) throws {
        let change: SQL = change.map { "WITH changed AS (\($0)) " } ?? ""
        _ = try all("""
            \(change)SELECT app.audit(\(event.rawValue), \(subject.rawValue), \(id), \(purpose), \(detail))
            """) { _ in }
    }

    /// Several events of one subject in one statement, each a row of its own.
    func audit(_ events: [AuditEvent], _ subject: AuditSubject, _ id: UUID) throws {
        _ = try all("""
            SELECT app.audit(e.name, \(subject.rawValue), \(id), NULL, '{}')
            FROM unnest(\(events.map(\.rawValue))::text[]) AS e(name)
            """) { _ in }
    }
}
