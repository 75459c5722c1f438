import Foundation
import Pages
import Postgres

extension Visit {
    /// A new account with its first role and its link, in one transaction; the link is shown on this answer only.
    func invite() async throws -> Reply {
        var answers = typed
        let agencies = try await read { db in try db.agencyChoices() }
        guard let form = InviteForm(&answers, agencies: agencies, today: today) else {
            return .invalid(invitePage(answers, agencies, self))
        }
        let (id, token, partnership) = (UUID(), Token.random(), viewer.partnership)
        do {
            let made = try await write { db in
                var isFirst = false
                let location = try db.once(self, leadingTo: "/accounts/\(id.column)") { db in
                    isFirst = true
                    try db.addAccount(id, form, in: partnership)
                    try db.addInvitation(token, to: id, by: viewer.account, in: partnership)
                    try db.audit(.accountInvited, .account, id)
                    try db.audit(.roleGiven, .account, id, detail: form.role.detail)
                }
                return (location: location, isFirst: isFirst)
            }
            // A reload or a second press made nothing: the account's page says how to make a new link.
            return made.isFirst ? linkShown(token, for: form.name, account: made.location) : .seeOther(made.location)
        } catch let error as PostgresError where error.constraint == "account_email_taken" {
            answers.refuse("email", "Somebody has an account with this email address already")
            return .invalid(invitePage(answers, agencies, self))
        }
    }

    /// A new link for an account that nobody has set up; the links before it stop working.
    func makeFirstLink(for account: ManagedAccount) async throws -> Reply {
        let version = try typedVersion
        guard canChange(account) else { return .seeOther(account.path) }
        let token = Token.random()
        return try await changing(typed, again: { _, _ in nil }) {
            let isFirst = try await write { db in
                var isFirst = false
                _ = try db.once(self, leadingTo: account.path) { db in
                    isFirst = true
                    guard try db.beginChange(of: account.id, version: version) else {
                        throw ChangeRefused.changedMeanwhile
                    }
                    try db.addInvitation(token, to: account.id, by: viewer.account, in: viewer.partnership)
                    try db.audit(.accountInvited, .account, account.id, detail: #"{"again":true}"#)
                }
                return isFirst
            }
            return isFirst ? linkShown(token, for: account.name, account: account.path) : .seeOther(account.path)
        }
    }

    /// The answer that shows the link, and the only one.
    func linkShown(_ token: String, for name: String, account: String) -> Reply {
        let link = "\(services.settings.publicURL)/invitations/\(token)"
        let until = now.addingTimeInterval(Double(OpenInvitation.hours) * 3_600)
        return .page(linkPage(link, for: name, account: account, until: until))
    }
}

extension RoleForm {
    /// What the audit log keeps of it.
    var detail: String {
        let until = endsOn.map { "\"\($0.column)\"" } ?? "null"
        return """
            {"agency":"\(agency.column)","role":"\(role.rawValue)","from":"\(startsOn.column)","until":\(until)}
            """
    }
}
