import Foundation
import Postgres

/// `drystone create-admin`.
public enum CreateAdminCommand {
    /// What to tell the person who typed it.
    public struct Outcome: Sendable {
        /// The one-time link, to be handed to the new administrator and nobody else.
        public let link: String
        /// What was made, a sentence each.
        public let sentences: [String]
        /// How long the link works.
        public let hours: Int
    }

    /// Makes the partnership and the agency when the database is empty; then the account, its role and a link.
    public static func run(
        _ settings: Settings, email: String, name: String, agency: String, partnership: String?
    ) async throws -> Outcome {
        do {
            let founding = try Founding(name: name, email: email, agency: agency, partnership: partnership)
            let founded = try await asMigrator(settings) { database in
                try await Schema.requireCurrent(database)
                return try await database.transaction { db in
                    try founding.carryOut(db, slug: settings.partnership, today: London.day(of: Date()))
                }
            }
            return Outcome(
                link: "\(settings.publicURL)/invitations/\(founded.token)", sentences: sentences(founded),
                hours: OpenInvitation.hours)
        } catch let refused as Founding.Refused {
            throw CommandFailure(refused.reason, kind: refused.isUsage ? .unreadable : .no)
        }
    }

    private static func sentences(_ founded: Founding.Founded) -> [String] {
        let partnership = founded.madePartnership
            ? "Made the partnership '\(founded.partnership.name)' and its first agency."
            : "In the partnership '\(founded.partnership.name)'."
        return [partnership, founded.madeAccount
            ? "Made the account, as administrator."
            : "The account was there. It is an administrator; the link replaces its password and authenticator."]
    }
}
