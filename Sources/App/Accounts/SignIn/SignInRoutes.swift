import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSignIn() {
        get("sign-in", .anyone) { visit in
            if visit.session?.stage == .full { return .seeOther("/") }
            var answers = Answers()
            answers.set("next", visit.query["next"]?.first ?? "")
            // A fresh form cookie where there is none: the form's token is made from it.
            if visit.cookies[Cookies.form] != nil, visit.session == nil { return .page(signInPage(answers, visit)) }
            let cookie = Token.random()
            let fresh = visit.withFormCookie(cookie)
            return .pageWithCookies(signInPage(answers, fresh), [
                Cookies.set(Cookies.form, cookie), Cookies.expire(Cookies.session),
            ], status: 200)
        }
        post("sign-in", .anyone) { visit in try await visit.checkPassword() }
        get("sign-in/code", .anyone) { visit in
            guard visit.session?.stage == .code else { return .seeOther("/sign-in") }
            var answers = Answers()
            answers.set("next", visit.query["next"]?.first ?? "")
            return .page(codePage(answers, visit))
        }
        post("sign-in/code", .anyone) { visit in try await visit.checkCode() }
        // Leaving the desk in the middle of a call; the script does the same when nobody has touched it for long.
        post("lock", .anyone) { visit in
            if visit.session?.stage == .full { try await visit.lock() }
            return .seeOther("/sign-in/code?next=\(LocalPath.checked(visit.typed["next"]))")
        }
        post("sign-out", .anyone) { visit in
            try await visit.leave(.signedOut)
            return .cookies([Cookies.expire(Cookies.session)] + Cookies.forgettingPages, then: "/signed-out")
        }
        get("signed-out", .anyone) { visit in .page(signedOutPage(visit)) }
        // Quick exit: the session ends on the server, its cookie goes (without which the browser would show the
        // last page again behind Back), and the browser is sent away. A GET, because it must work as a plain link.
        get("exit", .anyone) { visit in
            try? await visit.leave(.signedOut)
            let gone = [Cookies.expire(Cookies.session), Cookies.expire(Cookies.form)] + Cookies.forgettingPages
            return .cookies(gone, then: visit.services.settings.exitURL)
        }
    }
}

extension Visit {
    func leave(_ event: AuditEvent) async throws {
        guard let session else { return }
        try await services.door.transaction { db in
            try db.endSession(session.token)
            try db.auditDoor(event, account: session.viewer.account, partnership: services.partnership.id)
        }
    }

    fileprivate func lock() async throws {
        guard let session else { return }
        try await services.door.transaction { db in
            try db.lockSession(session.token)
            try db.auditDoor(.screenLocked, account: session.viewer.account, partnership: services.partnership.id)
        }
    }

    /// The first step: e-mail and password. Unknown names take as long and answer the same as wrong passwords.
    fileprivate func checkPassword() async throws -> Reply {
        var answers = typed
        let email = answers["email"].trimmingCharacters(in: .whitespaces).lowercased()
        let password = answers["password"]
        answers.set("password", "")
        if email.isEmpty { answers.refuse("email", "Enter your email address") }
        if password.isEmpty { answers.refuse("password", "Enter your password") }
        if email.utf8.count > 320 || password.utf8.count > 1024 { answers.refuse("email", Self.wrong) }
        if answers.areRefused { return .invalid(signInPage(answers, self)) }

        let partnership = services.partnership.id
        let found = try await services.door.transaction { db in
            try db.accountAtDoor(email: email, in: partnership)
        }
        let gate = try await SignInGate.open(self, email: email, account: found?.id)
        let matches: Bool
        do {
            matches = try await services.hasher.verify(password, against: found?.passwordHash)
        } catch .busy {
            // Nothing was tried, so nothing counts.
            try await gate.passed(self)
            answers.refuse("password", Self.busy)
            return .busy(signInPage(answers, self))
        }
        guard let found, matches, !found.ended, found.totpSealed != nil else {
            try await gate.failed(self, event: .signInFailed, account: found?.id)
            answers.refuse("email", Self.wrong)
            return .invalid(signInPage(answers, self))
        }
        // In a rush it waits for another day.
        if let old = found.passwordHash, services.hasher.needsRehash(old),
           let renewed = try? await services.hasher.hash(password) {
            try await services.door.transaction { db in try db.setPassword(renewed, account: found.id) }
        }
        try await gate.passed(self)
        let token = Token.random()
        try await services.door.transaction { db in
            try db.startSession(token, account: found.id, partnership: partnership, stage: .code, browser: "")
        }
        let next = LocalPath.checked(answers["next"])
        let query = next == "/" ? "" : "?next=\(next)"
        return .cookies([Cookies.set(Cookies.session, token)], then: "/sign-in/code" + query)
    }

    private static let wrong = "The email address or password is not right"
    /// What a form with a password says while too many wait for theirs to be checked.
    static let busy = "Many people are signing in at this moment. Wait a few seconds, then enter your password again"

    /// The second step: a code of the authenticator, or a recovery code. The token changes with the privilege.
    fileprivate func checkCode() async throws -> Reply {
        guard let session, session.stage == .code else { return .seeOther("/sign-in") }
        var answers = typed
        let code = answers["code"].filter { !$0.isWhitespace }
        answers.set("code", "")
        let partnership = services.partnership.id
        let account = session.viewer.account
        guard let found = try await services.door.transaction({ db in
            try db.accountAtDoor(id: account, in: partnership)
        }) else { return .seeOther("/sign-in") }
        let gate = try await SignInGate.open(self, email: found.email, account: account)
        let proof = code.isEmpty ? nil : try services.proof(code, of: found, now: now)
        let device = cookies[Cookies.device] ?? Token.random()
        let token = Token.random()
        let isIn = try await services.door.transaction { db -> Bool in
            guard let proof, try db.take(proof, account: account) else { return false }
            try db.endSession(session.token)
            try db.startSession(
                token, account: account, partnership: partnership, stage: .full, browser: browser,
                until: session.lockedUntil)
            try db.rememberDevice(device, account: account, partnership: partnership)
            let event = session.lockedUntil == nil ? AuditEvent.signedIn : .screenUnlocked
            try db.auditDoor(event, account: account, partnership: partnership)
            if case .recovery = proof {
                try db.auditDoor(.recoveryCodeUsed, account: account, partnership: partnership)
            }
            return true
        }
        guard isIn else {
            try await gate.failed(self, event: .codeFailed, account: account)
            answers.refuse("code", code.isEmpty ? "Enter the code" : """
                That code is not right, or it was used already. Wait for the next one
                """)
            return .invalid(codePage(answers, self))
        }
        try await gate.succeeded(self)
        return .cookies([
            Cookies.set(Cookies.session, token), Cookies.set(Cookies.device, device, days: 180),
        ], then: LocalPath.checked(answers["next"]))
    }

    private var browser: String { "Browser" }
}

/// What was offered as the second factor.
enum SecondFactor: Sendable {
    case totp(step: Int64)
    case recovery(hash: Data)
}

extension Services {
    func proof(_ code: String, of account: AccountAtDoor, now: Date) throws -> SecondFactor? {
        if let sealed = account.totpSealed, code.count == Totp.digits {
            let secret = try Sealed.open(sealed, key: keys.totp, place: .totp(account.id, in: partnership.id))
            return Totp(secret: secret).matchingStep(code, at: now, after: account.totpLastStep).map { .totp(step: $0) }
        }
        return RecoveryCodes.hash(code, account: account.id, pepper: keys.pepper).map { .recovery(hash: $0) }
    }
}

extension Connection {
    fileprivate func take(_ factor: SecondFactor, account: UUID) throws -> Bool {
        switch factor {
        case .totp(let step): try takeTotpStep(step, account: account)
        case .recovery(let hash): try takeRecoveryCode(hash, account: account)
        }
    }
}

extension Place {
    static func totp(_ account: UUID, in partnership: UUID) -> Place {
        Place(table: "account", column: "totp_sealed", row: account, agency: partnership)
    }
}
