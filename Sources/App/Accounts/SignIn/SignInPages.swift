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
    Page("Enter your code", errors: answers.errors, back: "/sign-in", """
        \(visit.form("/sign-in/code", answers, keepsDraft: false, """
            \(GovUK.hidden("next", LocalPath.checked(answers["next"])))
            \(GovUK.input("code", label: "Six-digit code from your authenticator app",
                          hint: "If you don't have your device, enter one of your recovery codes instead.",
                          width: .ten, autocomplete: "one-time-code", spellcheck: false, in: answers))
            \(GovUK.button("Sign in"))
            """))
        """)
}

func signedOutPage(_ visit: Visit) -> Page {
    Page("You are signed out", """
        <p class="govuk-body">Close the browser window if other people use this device.</p>
        <p class="govuk-body">\(GovUK.link("Sign in again", href: "/sign-in"))</p>
        """)
}

/// A path within this site to come back to after signing in. Anything else becomes the first page.
enum LocalPath {
    static func checked(_ typed: String) -> String {
        let isPath = typed.hasPrefix("/") && !typed.hasPrefix("//") && typed.utf8.count <= 200
            && typed.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
            }
        return isPath && typed != "/sign-out" && typed != "/exit" ? typed : "/"
    }
}
