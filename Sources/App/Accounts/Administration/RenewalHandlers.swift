import Foundation
import Pages
import Postgres

extension Site {
    /// New links for accounts that are set up: proposed by one administrator, made by another.
    mutating func addRenewals() {
        get("accounts/:id/invitation", .needs(.manageAccounts)) { visit in
            let account = try await visit.managedAccount()
            guard visit.canChange(account), account.isSetUp else { return .seeOther(account.path) }
            return .page(proposeRenewalPage(
                Answers(), account, hasAnother: try await visit.hasAnother(for: account), visit))
        }
        post("accounts/:id/invitation", .needs(.manageAccounts)) { visit in
            let account = try await visit.managedAccount()
            return try await account.isSetUp ? visit.proposeRenewal(of: account) : visit.makeFirstLink(for: account)
        }
        get("accounts/:id/renewals/:renewal", .needs(.manageAccounts)) { visit in
            let (account, renewal) = try await visit.openRenewal()
            return .page(renewalPage(renewal, account, visit))
        }
        post("accounts/:id/renewals/:renewal/confirm", .needs(.manageAccounts)) { visit in
            try await visit.confirmRenewal()
        }
        post("accounts/:id/renewals/:renewal/refuse", .needs(.manageAccounts)) { visit in
            try await visit.refuseRenewal()
        }
    }
}

extension Visit {
    fileprivate func hasAnother(for account: ManagedAccount) async throws -> Bool {
        try await read { db in
            try db.hasAnotherAdministrator(than: viewer.account, and: account.id, today: today)
        }
    }

    /// The proposal of the path, for somebody who may decide it; a page that doesn't exist for others.
    fileprivate func openRenewal() async throws -> (ManagedAccount, Renewal) {
        let account = try await managedAccount()
        let id = try id("renewal")
        guard canChange(account) else { throw Refusal.notFound }
        let renewal = try await read { db in try db.openRenewal(id, of: account.id).orNotFound() }
        guard renewal.mayBeDecided(by: viewer.account) else { throw Refusal.notFound }
        return (account, renewal)
    }

    /// The same; nil when it is decided already, as when a form is sent a second time.
    fileprivate func openRenewalUnlessDone() async throws -> (ManagedAccount, Renewal)? {
        let (account, renewal) = (try id(), try id("renewal"))
        let isDone = try await read { db in try db.isDecided(renewal, of: account) }
        return isDone ? nil : try await openRenewal()
    }

    /// Where the outcome is told.
    fileprivate var decidedLocation: String { get throws { "/accounts/\(try id().column)" } }

    /// Who asks has perhaps lost a device with an open session: sessions end with the proposal already.
    fileprivate func proposeRenewal(of account: ManagedAccount) async throws -> Reply {
        var answers = typed
        let version = try typedVersion
        guard canChange(account) else { return .seeOther(account.path) }
        let hasAnother = try await hasAnother(for: account)
        let check = IdentityCheck.required("check", "Choose how you made sure that it is them", in: &answers)
        guard hasAnother, let check else {
            return .invalid(proposeRenewalPage(answers, account, hasAnother: hasAnother, self))
        }
        return try await changing(answers, again: { proposeRenewalPage($1, $0, hasAnother: hasAnother, self) }) {
            .seeOther(try await write { db in
                try db.once(self, leadingTo: account.path) { db in
                    guard try db.beginChange(of: account.id, version: version) else {
                        throw ChangeRefused.changedMeanwhile
                    }
                    try db.propose(check, for: account.id, by: viewer.account, in: viewer.partnership)
                    try db.audit(.renewalProposed, .account, account.id, purpose: check.rawValue)
                    try db.endSessions(of: account.id, except: nil)
                }
            })
        }
    }

    fileprivate func confirmRenewal() async throws -> Reply {
        // Sent a second time, it is decided already: the account's page says what there is.
        guard let (account, renewal) = try await openRenewalUnlessDone() else {
            return .seeOther(try decidedLocation)
        }
        let (version, token) = (try typedVersion, Token.random())
        return try await changing(typed, again: { account, _ in renewalPage(renewal, account, self) }) {
            let isFirst = try await write { db in
                var isFirst = false
                _ = try db.once(self, leadingTo: account.path) { db in
                    isFirst = true
                    guard try db.beginChange(of: account.id, version: version),
                        try db.decide(renewal, by: viewer.account, confirmed: true)
                    else { throw ChangeRefused.changedMeanwhile }
                    try db.addInvitation(token, to: account.id, by: viewer.account, in: viewer.partnership)
                    try db.audit(
                        .renewalConfirmed, .account, account.id, purpose: renewal.check.rawValue,
                        detail: #"{"proposedBy":"\#(renewal.proposedBy.column)"}"#)
                    try db.audit(.accountInvited, .account, account.id, detail: #"{"again":true}"#)
                    try db.endSessions(of: account.id, except: nil)
                }
                return isFirst
            }
            return isFirst ? linkShown(token, for: account.name, account: account.path) : .seeOther(account.path)
        }
    }

    fileprivate func refuseRenewal() async throws -> Reply {
        guard let (account, renewal) = try await openRenewalUnlessDone() else {
            return .seeOther(try decidedLocation)
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: account.path) { db in
                if try db.decide(renewal, by: viewer.account, confirmed: false) {
                    try db.audit(
                        .renewalRefused, .account, account.id,
                        detail: #"{"proposedBy":"\#(renewal.proposedBy.column)"}"#)
                }
            }
        })
    }
}
