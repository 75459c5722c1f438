import Foundation
import Pages
import Postgres

extension Site {
    /// A one-time link: choose a password, set up the authenticator, keep the recovery codes, sign in.
    /// Unknown, used and expired links are one and the same page that doesn't exist.
    mutating func addInvitations() {
        get("invitations/:token", .anyone) { visit in
            let (token, invitation) = try await visit.openInvitation()
            if visit.session?.stage == .full { return .page(signedInAlreadyPage(visit)) }
            if visit.cookies[Cookies.form] != nil, visit.session == nil {
                return .page(choosePasswordPage(Answers(), invitation, token: token, visit))
            }
            let cookie = Token.random()
            let page = choosePasswordPage(Answers(), invitation, token: token, visit.withFormCookie(cookie))
            return .pageWithCookies(page, [
                Cookies.set(Cookies.form, cookie), Cookies.expire(Cookies.session),
            ], status: 200)
        }
        post("invitations/:token", .anyone) { visit in try await visit.choosePassword() }
        get("invitations/:token/authenticator", .anyone) { visit in
            let (token, invitation) = try await visit.openInvitation()
            guard visit.session == nil, let pending = visit.pendingSetUp(token) else {
                return .seeOther("/invitations/\(token)")
            }
            return .page(authenticatorPage(Answers(), invitation, pending, token: token, visit))
        }
        post("invitations/:token/authenticator", .anyone) { visit in try await visit.confirmAuthenticator() }
    }
}

extension Visit {
    fileprivate func openInvitation() async throws -> (token: String, OpenInvitation) {
        let token = try text("token")
        let partnership = services.partnership.id
        let found = try await services.door.transaction(readOnly: true) { db in
            try db.openInvitation(token, in: partnership)
        }
        return (token, try found.orNotFound())
    }

    fileprivate func pendingSetUp(_ token: String) -> PendingSetUp? {
        PendingSetUp(
            cookie: cookies[Cookies.pendingSetUp], token: token, form: cookies[Cookies.form],
            in: services.partnership.id, services.keys, now: now)
    }

    fileprivate func choosePassword() async throws -> Reply {
        let (token, invitation) = try await openInvitation()
        guard session == nil, let form = cookies[Cookies.form] else { return .seeOther("/invitations/\(token)") }
        var answers = typed
        let password = answers["password"]
        answers.set("password", "")
        if password.isEmpty {
            answers.refuse("password", "Enter a password")
        } else {
            services.judge(password, name: invitation.name, email: invitation.email, &answers)
        }
        if answers.areRefused { return .invalid(choosePasswordPage(answers, invitation, token: token, self)) }
        let hash: String
        do {
            hash = try await services.hasher.hash(password)
        } catch .busy {
            answers.refuse("password", Self.busy)
            return .busy(choosePasswordPage(answers, invitation, token: token, self))
        }
        let pending = PendingSetUp(passwordHash: hash, now: now)
        let sealed = try pending.sealed(token: token, form: form, in: services.partnership.id, services.keys)
        return .cookies(
            [Cookies.set(Cookies.pendingSetUp, sealed)], then: "/invitations/\(token)/authenticator")
    }

    fileprivate func confirmAuthenticator() async throws -> Reply {
        let token = try text("token")
        let partnership = services.partnership.id
        let pending = session == nil ? pendingSetUp(token) : nil
        let found = try await services.door.transaction(readOnly: true) { db in
            try (open: db.openInvitation(token, in: partnership),
                 isDone: pending.map { try db.wasAccepted(token, passwordHash: $0.passwordHash, in: partnership) })
        }
        if found.isDone == true, let pending { return finished(pending) }
        let invitation = try found.open.orNotFound()
        guard let pending else { return .seeOther("/invitations/\(token)") }

        var answers = typed
        let code = answers["code"].filter { !$0.isWhitespace }
        answers.set("code", "")
        guard let step = Totp(secret: pending.secret).matchingStep(code, at: now, after: nil) else {
            answers.refuse("code", code.isEmpty ? "Enter the code that the app shows" : """
                That code is not right. Enter the newest one. If it stays wrong, check the clock of the device
                """)
            return .invalid(authenticatorPage(answers, invitation, pending, token: token, self))
        }
        try await accept(invitation, pending, step: step, token: token)
        return finished(pending)
    }

    /// Everything at once: the link is used up, password, second factor and recovery codes are set, and whatever
    /// the account had open before is closed. A second press that comes too late finds it done by its own hash.
    private func accept(
        _ invitation: OpenInvitation, _ pending: PendingSetUp, step: Int64, token: String
    ) async throws {
        let (account, partnership) = (invitation.account, services.partnership.id)
        let sealed = try Sealed.seal(pending.secret, key: services.keys.totp, place: .totp(account, in: partnership))
        let hashes = pending.recoveryCodes.compactMap {
            RecoveryCodes.hash($0, account: account, pepper: services.keys.pepper)
        }
        try await services.door.transaction { db in
            guard try db.takeInvitation(token, in: partnership) else {
                if try db.wasAccepted(token, passwordHash: pending.passwordHash, in: partnership) { return }
                throw Refusal.notFound
            }
            try db.setUpAccount(
                account, passwordHash: pending.passwordHash, totpSealed: sealed, step: step, in: partnership)
            try db.replaceRecoveryCodes(hashes, account: account, partnership: partnership)
            try db.endSessions(of: account, except: nil)
            try db.forgetDevices(of: account)
            try db.auditDoor(.invitationAccepted, account: account, partnership: partnership)
            try db.auditDoor(.recoveryCodesMade, account: account, partnership: partnership)
        }
    }

    private func finished(_ pending: PendingSetUp) -> Reply {
        .pageWithCookies(
            recoveryCodesPage(pending.recoveryCodes, next: "/sign-in"), [Cookies.expire(Cookies.pendingSetUp)],
            status: 200)
    }
}
