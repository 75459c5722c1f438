import Foundation
import Pages
import Postgres

extension Site {
    mutating func addAccount() {
        get("account", .signedIn) { visit in
            let sessions = try await visit.read { db in try db.sessions(of: visit.viewer.account) }
            return .page(accountPage(sessions, visit))
        }
        post("account/sessions/:id/end", .signedIn) { visit in
            let id = try visit.id()
            try await visit.write { db in
                guard try db.endSession(id, of: visit.viewer.account) else { throw Refusal.notFound }
                try db.audit(.sessionEnded, .session, id)
            }
            return .seeOther("/account")
        }
        // Asked for by the warning page and the script's "Stay signed in": the request itself extends the session.
        get("account/stay", .signedIn) { _ in
            .page(Page("You are still signed in", plain([
                "Close this tab and go back to what you were doing. It is still there.",
                "You will be signed out after \(Session.idleMinutes) minutes in which you open or send no page. "
                    + "A form that you send after that is kept for you: sign in again, and what you typed is there.",
            ])))
        }
        get("account/password", .signedIn) { visit in .page(changePasswordPage(Answers(), visit)) }
        post("account/password", .signedIn) { visit in try await visit.changePassword() }
        post("account/recovery-codes", .signedIn) { visit in
            let codes = RecoveryCodes.generate()
            let hashes = codes.compactMap {
                RecoveryCodes.hash($0, account: visit.viewer.account, pepper: visit.services.keys.pepper)
            }
            let (account, partnership) = (visit.viewer.account, visit.viewer.partnership)
            try await visit.services.door.transaction { db in
                try db.replaceRecoveryCodes(hashes, account: account, partnership: partnership)
                try db.auditDoor(.recoveryCodesMade, account: account, partnership: partnership)
            }
            return .page(recoveryCodesPage(codes, next: "/account"))
        }
    }
}

private func accountPage(_ sessions: [SessionSummary], _ visit: Visit) -> Page {
    let rows = sessions.map { session -> [HTML] in
        let isThis = session.id == visit.session?.id
        return [
            "\(London.short(session.startedAt))", "\(London.short(session.seenAt))",
            isThis ? "This one"
                : visit.buttonForm("/account/sessions/\(session.id.column)/end", "End", kind: .secondary),
        ]
    }
    let register: HTML = visit.viewer.may(.viewRegister) ? GovUK.link("Register", href: "/register")
        : GovUK.link("What is kept of you, and why", href: "/privacy/staff")
    return Page("Your account", """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Name", "\(visit.viewer.name)"),
            GovUK.SummaryRow("Roles", "\(visit.viewer.posts.map(\.role.label).joined(separator: ", "))"),
            GovUK.SummaryRow("Password", "Set", actions: [
                GovUK.Action("Change", visuallyHidden: "password", href: "/account/password"),
            ]),
            GovUK.SummaryRow("People you know", "Whose records are kept from you", actions: [
                GovUK.Action("Tell us", visuallyHidden: "whom you know", href: "/account/interests"),
            ]),
            GovUK.SummaryRow("Data protection", "\(register)", actions: [
                GovUK.Action("Report a data breach", href: "/report-a-breach"),
            ]),
        ]))
        \(GovUK.table(caption: "Where you are signed in", columns: ["Since", "Last used", "End it"], rows: rows))
        <h2 class="govuk-heading-m">Recovery codes</h2>
        <p class="govuk-body">Each lets you sign in once without your authenticator. Making new ones ends the old \
        ones.</p>
        \(visit.buttonForm("/account/recovery-codes", "Make new recovery codes", kind: .secondary))
        """)
}

func recoveryCodesPage(_ codes: [String], next: String) -> Page {
    Page("Your recovery codes", """
        <p class="govuk-body">Write these down or print them now, and keep them away from this device. \
        They are not shown again. Each works once.</p>
        \(GovUK.list(codes.map { code -> HTML in "<code>\(code)</code>" }))
        <p class="govuk-body">\(GovUK.link("Continue", href: next))</p>
        """)
}

private func changePasswordPage(_ answers: Answers, _ visit: Visit) -> Page {
    Page("Change your password", errors: answers.errors, back: "/account", """
        \(visit.form("/account/password", answers, keepsDraft: false, """
            \(GovUK.passwordInput("password-now", label: "Your password now", in: answers))
            \(newPasswordField(answers))
            \(GovUK.button("Change password"))
            """))
        """)
}

/// The field and its advice, the same wherever a password is chosen (NCSC: length, no composition rules, no expiry).
func newPasswordField(_ answers: Answers) -> HTML {
    GovUK.passwordInput(
        "password", label: "New password",
        hint: "At least 12 characters. Three or four random words make a good one. You can paste it.",
        autocomplete: "new-password", in: answers)
}

extension Visit {
    fileprivate func changePassword() async throws -> Reply {
        var answers = typed
        let (old, new) = (answers["password-now"], answers["password"])
        for field in ["password-now", "password"] { answers.set(field, "") }
        let partnership = services.partnership.id
        let found = try await services.door.transaction { db in
            try db.accountAtDoor(id: viewer.account, in: partnership)
        }
        guard let found else { throw Refusal.notFound }
        let gate = try await SignInGate.open(self, email: found.email, account: found.id)
        let (isRight, hash): (Bool, String)
        do {
            isRight = try await services.hasher.verify(old, against: found.passwordHash)
            hash = isRight ? try await services.hasher.hash(new) : ""
        } catch {
            try await gate.passed(self)
            guard error == .busy else { throw error }
            answers.refuse("password-now", Self.busy)
            return .busy(changePasswordPage(answers, self))
        }
        if isRight {
            try await gate.passed(self)
        } else {
            try await gate.failed(self, event: .signInFailed, account: found.id)
            answers.refuse("password-now", "That is not your password now")
        }
        services.judge(new, name: found.name, email: found.email, &answers)
        if answers.areRefused { return .invalid(changePasswordPage(answers, self)) }
        try await services.door.transaction { db in
            try db.setPassword(hash, account: found.id)
            try db.endSessions(of: found.id, except: session?.id)
            try db.auditDoor(.passwordChanged, account: found.id, partnership: partnership)
        }
        return .seeOther("/account")
    }
}

extension Services {
    /// Refuses a weak password in the words of the rule that it breaks.
    func judge(_ password: String, name: String, email: String, _ answers: inout Answers) {
        let problems = PasswordRules.problems(with: password, names: [name, email]) { breached?.contains($0) ?? false }
        if let first = problems.first { answers.refuse("password", first.message) }
    }
}
