import Foundation
import Pages
import Postgres

extension Visit {
    /// The form for another role, with what was typed and not sent.
    func askForRole() async throws -> Reply {
        let id = try id()
        let (account, agencies, kept) = try await read { db in
            (try db.managedAccount(id).orNotFound(), try db.agencyChoices(), try db.keptAnswers(self))
        }
        guard canChange(account) else { return .seeOther(account.path) }
        var page = giveRolePage(kept.answers, account, agencies, self)
        page.above = kept.notice(self) ?? .empty
        return .page(page)
    }

    /// Another role.
    func giveRole() async throws -> Reply {
        let id = try id()
        let (account, agencies) = try await read { db in
            (try db.managedAccount(id).orNotFound(), try db.agencyChoices())
        }
        guard canChange(account) else { return .seeOther(account.path) }
        let version = try typedVersion
        var answers = typed
        guard let form = RoleForm(&answers, agencies: agencies, today: today) else {
            return .invalid(giveRolePage(answers, account, agencies, self))
        }
        let change = answers
        do {
            return try await changing(change, again: { giveRolePage($1, $0, agencies, self) }) {
                .seeOther(try await write { db in
                    try db.once(self, leadingTo: account.path) { db in
                        guard try db.beginChange(of: id, version: version) else { throw ChangeRefused.changedMeanwhile }
                        if account.overlaps(form) { throw ChangeRefused.heldAlready }
                        try db.addRole(form, to: id, in: viewer.partnership)
                        try db.audit(.roleGiven, .account, id, detail: form.detail)
                        // More rights, a new session (T18).
                        if form.startsOn <= today { try db.endSessions(of: id, except: nil) }
                    }
                })
            }
        } catch ChangeRefused.heldAlready {
            answers.refuse("role", "They have this role at this agency in those days already")
            return .invalid(giveRolePage(answers, account, agencies, self))
        }
    }

    /// The role of the path; nil in its place when there is nothing to end (any more).
    private func roleToEnd() async throws -> (ManagedAccount, HeldRole?) {
        let account = try await managedAccount()
        let role = try id("role")
        let held = try account.roles.first { $0.id == role }.orNotFound()
        return (account, canChange(account) && held.isOpen(on: today) ? held : nil)
    }

    /// The form for the end of a role.
    func askWhenRoleEnds() async throws -> Reply {
        let (account, found) = try await roleToEnd()
        guard let held = found else { return .seeOther(account.path) }
        let kept = try await read { db in try db.keptAnswers(self) }
        var page = endRolePage(kept.answers, account, held, self)
        page.above = kept.notice(self) ?? .empty
        return .page(page)
    }

    /// Ends a role with a day, or at once.
    func endRole() async throws -> Reply {
        let (account, found) = try await roleToEnd()
        guard let held = found else { return .seeOther(account.path) }
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
                .seeOther(try await write { db in
                    try db.once(self, leadingTo: account.path) { db in
                        try db.end(held, form, version: version, self)
                    }
                })
            }
        } catch ChangeRefused.lastAdministrator {
            answers.refuse("last", lastAdministrator)
            return .invalid(endRolePage(answers, account, held, self))
        }
    }

    /// A leaver: account, roles, links and sessions in one transaction.
    func endAccount() async throws -> Reply {
        let account = try await managedAccount()
        guard canChange(account) else { return .seeOther(account.path) }
        let version = try typedVersion
        let isAdministrator = account.roles.contains { $0.role == .administrator && $0.isInForce(on: today) }
        do {
            return try await changing(typed, again: { account, answers in
                endAccountPage(answers, account, self)
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
                return .seeOther(account.path)
            }
        } catch ChangeRefused.lastAdministrator {
            var answers = typed
            answers.refuse("main-content", lastAdministrator)
            return .invalid(endAccountPage(answers, account, self))
        }
    }
}

extension Connection {
    /// Ends a role with its audit; at once means in open sessions too (T18).
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
        if form.lastDay == nil { try endSessions(of: held.account, except: nil) }
    }
}

private let lastAdministrator = "Make somebody else an administrator first. Nobody would be left to manage accounts"

extension ManagedAccount {
    /// The same role at the same agency, on a day that the new one would cover too.
    fileprivate func overlaps(_ form: RoleForm) -> Bool {
        roles.contains { held in
            held.role == form.role && held.agency == form.agency && held.isOpen(on: form.startsOn)
                && (form.endsOn.map { $0 >= held.startsOn } ?? true)
        }
    }
}
