import Foundation
import Pages
import Postgres

extension Visit {
    func askForRole() async throws -> Reply {
        let id = try id()
        let (account, agencies, kept) = try await read { db in
            (try db.managedAccount(id).orNotFound(), try db.agencyChoices(), try db.keptAnswers(self))
        }
        guard canGiveRole(account) else { return .seeOther(account.path) }
        var page = giveRolePage(kept.answers, account, agencies, self)
        page.above = kept.notice(self) ?? .empty
        return .page(page)
    }

    /// Another role. Nobody gives one to themselves: an administrator who wants to see cases needs a second person.
    func giveRole() async throws -> Reply {
        let id = try id()
        let (account, agencies) = try await read { db in
            (try db.managedAccount(id).orNotFound(), try db.agencyChoices())
        }
        guard canGiveRole(account) else { return .seeOther(account.path) }
        let version = try typedVersion
        var answers = typed
        guard let form = RoleForm(&answers, agencies: agencies, today: today), !account.overlaps(form, &answers) else {
            return .invalid(giveRolePage(answers, account, agencies, self))
        }
        return try await changing(answers, again: { giveRolePage($1, $0, agencies, self) }) {
            .seeOther(try await write { db in
                try db.once(self, leadingTo: account.path) { db in
                    guard try db.beginChange(of: id, version: version) else { throw ChangeRefused.changedMeanwhile }
                    try db.addRole(form, to: id, in: viewer.partnership)
                    try db.audit(.roleGiven, .account, id, detail: form.detail)
                    // More rights, a new session (T18).
                    if form.startsOn <= today { try db.endSessions(of: id, except: nil) }
                }
            })
        }
    }

    private func canGiveRole(_ account: ManagedAccount) -> Bool {
        account.id != viewer.account && !account.hasEnded(by: now)
    }

    /// The role of the path, if it can still be ended.
    func openRole() async throws -> (ManagedAccount, HeldRole) {
        let (account, _) = try await managedAccount()
        let role = try id("role")
        let held = account.roles.first { $0.id == role && $0.isOpen(on: today) }
        if account.hasEnded(by: now) { throw Refusal.notFound }
        return (account, try held.orNotFound())
    }

    func endRole() async throws -> Reply {
        let (account, held) = try await openRole()
        let version = try typedVersion
        var answers = typed
        guard let form = RoleEndForm(&answers, of: held, today: today) else {
            return .invalid(endRolePage(answers, account, held, self))
        }
        let change = answers
        do {
            return try await changing(change, again: { account, answers in
                account.roles.first { $0.id == held.id && $0.isOpen(on: today) }
                    .map { endRolePage(answers, account, $0, self) }
            }) {
                try await write { db in try db.end(held, form, version: version, self) }
                return .seeOther(account.path)
            }
        } catch ChangeRefused.lastAdministrator {
            answers.refuse("last", lastAdministrator)
            return .invalid(endRolePage(answers, account, held, self))
        }
    }

    /// A leaver: account, roles, links and sessions in one transaction.
    func endAccount() async throws -> Reply {
        let (account, sessions) = try await managedAccount()
        if account.hasEnded(by: now) { return .seeOther(account.path) }
        let version = try typedVersion
        let isAdministrator = account.roles.contains { $0.role == .administrator && $0.isInForce(on: today) }
        do {
            return try await changing(typed, again: { account, answers in
                endAccountPage(answers, account, sessions: sessions, self)
            }) {
                try await write { db in
                    try db.lockAdministrators(in: viewer.partnership)
                    if isAdministrator, try !db.isAdministered(
                        after: today, without: account.id, role: nil, today: today) {
                        throw ChangeRefused.lastAdministrator
                    }
                    try db.audit(.accountEnded, .account, account.id)
                    guard try db.endAccount(account.id, version: version, today: today) else {
                        throw ChangeRefused.changedMeanwhile
                    }
                }
                return account.id == viewer.account
                    ? .cookies([Cookies.expire(Cookies.session)], then: "/signed-out") : .seeOther(account.path)
            }
        } catch ChangeRefused.lastAdministrator {
            var answers = typed
            answers.refuse("main-content", lastAdministrator)
            return .invalid(endAccountPage(answers, account, sessions: sessions, self))
        }
    }
}

extension Connection {
    /// Ends a role with its audit. The sessions come last: an administrator may be ending their own role.
    fileprivate func end(_ held: HeldRole, _ form: RoleEndForm, version: Int, _ visit: Visit) throws {
        try lockAdministrators(in: visit.viewer.partnership)
        guard try beginChange(of: held.account, version: version) else { throw ChangeRefused.changedMeanwhile }
        if held.role == .administrator, held.isInForce(on: visit.today), try !isAdministered(
            after: form.lastDay ?? visit.today, without: held.account, role: held.id, today: visit.today) {
            throw ChangeRefused.lastAdministrator
        }
        let until = form.lastDay?.column ?? "now"
        try audit(.roleEnded, .account, held.account, detail: """
            {"agency":"\(held.agency.column)","role":"\(held.role.rawValue)","until":"\(until)"}
            """)
        try endRole(held.id, of: held.account, lastDay: form.lastDay, today: visit.today)
        try dropDraft(account: visit.viewer.account, form: visit.path)
        if form.lastDay == nil { try endSessions(of: held.account, except: nil) }
    }
}

private let lastAdministrator = "Make somebody else an administrator first. Nobody would be left to manage accounts"

extension ManagedAccount {
    /// The same role at the same agency, on a day that the new one would cover too.
    fileprivate func overlaps(_ form: RoleForm, _ answers: inout Answers) -> Bool {
        let same = roles.contains { held in
            held.role == form.role && held.agency == form.agency && held.isOpen(on: form.startsOn)
                && (form.endsOn.map { $0 >= held.startsOn } ?? true)
        }
        if same { answers.refuse("role", "They have this role at this agency in those days already") }
        return same
    }
}
