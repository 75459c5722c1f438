import Pages

func signInPage(_ answers: Answers, _ visit: Visit) -> Page {
    Page("Sign in", errors: answers.errors, """
        \(visit.form("/sign-in", answers, keepsDraft: false, """
            \(GovUK.hidden("next", LocalPath.checked(answers["next"])))
            \(GovUK.input("email", label: "Email address", type: "email", autocomplete: "username",
                          spellcheck: false, in: answers))
            \(GovUK.passwordInput("password", label: "Password", in: answers))
            \(GovUK.button("Continue"))
            """))
        """)
}

func codePage(_ answers: Answers, _ visit: Visit) -> Page {
    let isLocked = visit.session?.lockedUntil != nil
    let locked: HTML? = isLocked ? GovUK.insetText("""
        This screen is locked. Enter a code to go on where you were: what you had typed is kept.
        """) : nil
    return Page("Enter your code", errors: answers.errors, back: isLocked ? nil : "/sign-in", """
        \(locked)\(visit.form("/sign-in/code", answers, keepsDraft: false, """
            \(GovUK.hidden("next", LocalPath.checked(answers["next"])))
            \(GovUK.input("code", label: "Six-digit code from your authenticator app",
                          hint: "If you don't have your device, enter one of your recovery codes instead.",
                          width: .ten, autocomplete: "one-time-code", spellcheck: false, in: answers))
            \(GovUK.button(isLocked ? "Go on" : "Sign in"))
            """))
        """)
}

func signedOutPage(_ visit: Visit) -> Page {
    Page("You are signed out", """
        <p class="govuk-body">Close the browser window if other people use this device.</p>
        <p class="govuk-body">\(GovUK.link("Sign in again", href: "/sign-in"))</p>
        """)
}
