import Foundation
import Postgres

/// `drystone renew`.
public enum RenewCommand {
    /// The one-time link, and how many hours it works.
    public static func run(
        _ settings: Settings, email: String, check: String
    ) async throws -> (link: String, hours: Int) {
        do {
            let renewal = try RenewedByOperator(email: email, check: check)
            let token = try await asMigrator(settings) { database in
                try await Schema.requireCurrent(database)
                return try await database.transaction { db in
                    try renewal.carryOut(db, slug: settings.partnership)
                }
            }
            return (link: "\(settings.publicURL)/invitations/\(token)", hours: OpenInvitation.hours)
        } catch let refused as Founding.Refused {
            throw CommandFailure(refused.reason, kind: refused.isUsage ? .unreadable : .no)
        }
    }
}
