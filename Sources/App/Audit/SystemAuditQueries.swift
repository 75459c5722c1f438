import Foundation
import Postgres

// Statements of commands that an operator runs as the migrator, who may take the loader's and the definer's role.
extension Connection {
    /// Sees past the policies, for the rest of the transaction: a command has no viewer.
    func takeLoaderRole() throws { try run("SET LOCAL ROLE drystone_loader") }

    /// Records what a command did by itself, in the transaction of the change. Only the migrator may: it takes the
    /// role that owns the functions of the log, for the rest of the transaction, so this comes last.
    func auditSystem(
        _ event: AuditEvent, _ subject: AuditSubject, _ id: UUID?, in partnership: UUID, detail: String = "{}"
    ) throws {
        try run("SET LOCAL ROLE drystone_definer")
        _ = try all("""
            SELECT app.append_audit(gen_random_uuid(), \(partnership), NULL, NULL, \(event.rawValue),
                                    \(subject.rawValue), \(id), NULL, \(detail))
            """) { _ in }
    }
}
