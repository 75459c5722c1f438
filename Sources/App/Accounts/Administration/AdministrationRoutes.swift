import Foundation
import Pages
import Postgres

extension Site {
    /// Accounts, their roles and their links: for administrators, who see no cases.
    mutating func addAccountAdministration() {
        get("accounts", .needs(.manageAccounts)) { visit in try await visit.listAccounts() }
        get("accounts/new", .needs(.manageAccounts)) { visit in
            let (kept, agencies) = try await visit.read { db in (try db.keptAnswers(visit), try db.agencyChoices()) }
            return .page(invitePage(kept.answers, agencies, notice: kept.notice(visit), visit))
        }
        post("accounts/new", .needs(.manageAccounts)) { visit in try await visit.invite() }
        get("accounts/:id", .needs(.manageAccounts)) { visit in
            .page(try await visit.accountPage())
        }
        get("accounts/:id/roles", .needs(.manageAccounts)) { visit in try await visit.askForRole() }
        post("accounts/:id/roles", .needs(.manageAccounts)) { visit in try await visit.giveRole() }
        get("accounts/:id/roles/:role/end", .needs(.manageAccounts)) { visit in
            try await visit.askWhenRoleEnds()
        }
        post("accounts/:id/roles/:role/end", .needs(.manageAccounts)) { visit in try await visit.endRole() }
        addRenewals()
        get("accounts/:id/end", .needs(.manageAccounts)) { visit in
            let account = try await visit.managedAccount()
            guard visit.canChange(account) else { return .seeOther(account.path) }
            return .page(endAccountPage(Answers(), account, visit))
        }
        post("accounts/:id/end", .needs(.manageAccounts)) { visit in try await visit.endAccount() }
    }
}

/// Why a change was rolled back.
enum ChangeRefused: Error {
    /// Somebody else changed the account since the form was shown.
    case changedMeanwhile
    /// Nobody would be left to manage accounts.
    case lastAdministrator
    /// The same role at the same agency in the same days.
    case heldAlready
}

extension ManagedAccount {
    /// Nobody can use it any more.
    func hasEnded(by moment: Date) -> Bool { endedAt.map { $0 <= moment } ?? false }
}

extension Visit {
    /// The account of the path; a page that doesn't exist when there is none.
    func managedAccount() async throws -> ManagedAccount {
        let id = try id()
        return try await read { db in try db.managedAccount(id).orNotFound() }
    }

    /// The page of that account as it is now.
    func accountPage(notice: HTML = .empty) async throws -> Page {
        let id = try id()
        let (account, sessions, renewals) = try await read { db in
            (try db.managedAccount(id).orNotFound(), try db.openSessions(of: id), try db.openRenewals(of: id))
        }
        return managedAccountPage(
            account, sessions: sessions, notice: notice + renewalNotices(renewals, self), self)
    }

    /// Another administrator changes one's own account, roles and link: who wants to see cases, or stay longer, needs
    /// a second person, and a session left open is not enough to take the account over. What has ended stays so.
    func canChange(_ account: ManagedAccount) -> Bool { account.id != viewer.account && !account.hasEnded(by: now) }

    /// What the form was based on; a form without it is none of ours.
    var typedVersion: Int {
        get throws(Refusal) {
            try typed.version
        }
    }

    /// Runs a change. When somebody else was quicker, `again` shows the same form with what was typed, on top of the
    /// account as it is now (or nil, when there is no sense in it any more): sending it again is a decision.
    func changing(
        _ answers: Answers, again: (ManagedAccount, Answers) -> Page?, _ work: () async throws -> Reply
    ) async throws -> Reply {
        do {
            return try await work()
        } catch ChangeRefused.changedMeanwhile {
            let account = try await managedAccount()
            var answers = answers
            answers.set("version", String(account.version))
            guard !account.hasEnded(by: now), var page = again(account, answers) else {
                return .conflict(try await accountPage(notice: changedMeanwhile))
            }
            page.above = changedMeanwhile + rolesTable(account, self)
            return .conflict(page)
        }
    }

    fileprivate func listAccounts() async throws -> Reply {
        let asked = query["agency"]?.first.flatMap { UUID(uuidString: $0) }
        let page = min(max(query["page"]?.first.flatMap { Int($0) } ?? 1, 1), 10_000)
        let list = try await read { db in
            let agencies = try db.agencyChoices()
            let agency = agencies.first { $0.id == asked }?.id
            return AccountsList(
                accounts: try db.managedAccounts(
                    at: agency, limit: AccountsList.perPage, offset: (page - 1) * AccountsList.perPage),
                total: try db.accountCount(at: agency), page: page, agencies: agencies, agency: agency,
                renewals: try db.openRenewals())
        }
        if list.page > list.lastPage { return .seeOther(list.href(list.lastPage)) }
        return .page(accountsPage(list, self))
    }
}
