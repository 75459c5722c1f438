import Foundation
import Postgres

/// A new link that one administrator proposed for somebody who lost the password or the device, and that waits for
/// another one. It replaces a password and an authenticator, so no single person can bring it about (threat T19).
struct Renewal: Sendable {
    let id: UUID
    let account: UUID
    /// Whose account it is.
    let name: String
    /// How the proposer made sure who was asking.
    let check: IdentityCheck
    let proposedBy: UUID
    let proposerName: String
    let proposedAt: Date

    /// How long a proposal waits; who asks later is recognised anew.
    static let hours = 72

    /// Its page.
    var path: String { "/accounts/\(account.column)/renewals/\(id.column)" }

    /// Neither who proposed it nor whose account it is.
    func mayBeDecided(by viewer: UUID) -> Bool { viewer != proposedBy && viewer != account }
}
