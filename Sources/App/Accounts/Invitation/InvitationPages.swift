import Foundation
import Pages

/// The first step: what this is, and a password.
func choosePasswordPage(_ answers: Answers, _ invitation: OpenInvitation, token: String, _ visit: Visit) -> Page {
    let renewal: HTML? = invitation.isRenewal ? GovUK.insetText("""
        When you finish, your new password and authenticator replace the old ones and you are signed out everywhere. \
        Until then nothing changes.
        """) : nil
    return Page("Set up your account", errors: answers.errors, """
        <p class="govuk-body">This link is for \(invitation.name), who will sign in as \
        <strong>\(invitation.email)</strong>. If that is not you, close this page and tell the person who gave it to \
        you.</p>\(renewal)
        <p class="govuk-body">There are two steps: choose a password, then set up an authenticator app, which shows \
        a new code each time you sign in. You need a phone or a computer with such an app.</p>
        \(visit.form("/invitations/\(token)", answers, keepsDraft: false, """
            \(newPasswordField(answers))
            \(GovUK.button("Continue"))
            """))
        """)
}

/// The second step: the secret as a picture, a key to type and a link; then a code that proves it arrived.
func authenticatorPage(
    _ answers: Answers, _ invitation: OpenInvitation, _ pending: PendingSetUp, token: String, _ visit: Visit
) -> Page {
    let uri = Totp(secret: pending.secret).uri(issuer: "Drystone", account: invitation.email)
    return Page("Set up your authenticator", errors: answers.errors, back: "/invitations/\(token)", """
        <p class="govuk-body">Add an account in your authenticator app by one of these ways. Your password is not \
        set before you have entered a code.</p>
        <h2 class="govuk-heading-m">Scan this picture</h2>
        \(QRCode(uri)?.svg(label: "QR code of the key below"))
        <h2 class="govuk-heading-m">Or type this key</h2>
        <p class="govuk-body"><code>\(groupsOfFour(Base32.encode(pending.secret)))</code></p>
        <p class="govuk-body">Account: \(invitation.email). Choose time-based, if the app asks.</p>
        <h2 class="govuk-heading-m">Or open the app on this device</h2>
        <p class="govuk-body">\(GovUK.link("Add to the authenticator on this device", href: uri))</p>
        \(visit.form("/invitations/\(token)/authenticator", answers, keepsDraft: false, """
            \(GovUK.input("code", label: "Six-digit code that the app shows now", width: .ten,
                          autocomplete: "one-time-code", inputmode: "numeric", spellcheck: false, in: answers))
            \(GovUK.button("Finish"))
            """))
        """)
}

/// A link is for one person; whoever is signed in leaves first.
func signedInAlreadyPage(_ visit: Visit) -> Page {
    Page("You are signed in", """
        <p class="govuk-body">This link sets up an account. Sign out first, then open the link again.</p>
        \(visit.buttonForm("/sign-out", "Sign out"))
        """)
}

/// "ABCD EFGH IJKL", easier to copy by eye.
func groupsOfFour(_ text: String) -> String {
    var grouped = ""
    for (index, character) in text.enumerated() {
        if index > 0, index.isMultiple(of: 4) { grouped += " " }
        grouped.append(character)
    }
    return grouped
}
