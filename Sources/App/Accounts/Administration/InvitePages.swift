import Foundation
import Pages

/// Who the colleague is, and the first role.
func invitePage(_ answers: Answers, _ agencies: [AgencyChoice], notice: HTML? = nil, _ visit: Visit) -> Page {
    Page("Invite a colleague", errors: answers.errors, back: "/accounts", above: notice ?? .empty, """
        <p class="govuk-body">You get a link to give to them. With it they choose a password and set up a second \
        factor; you never learn either.</p>
        \(visit.form("/accounts/new", answers, """
            \(GovUK.input("name", label: "Full name", autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.input("email", label: "Email address", hint: "Their own, at work. They sign in with it.",
                          type: "email", autocomplete: "off", spellcheck: false, in: answers))
            \(roleFields(answers, agencies))
            \(GovUK.button("Invite"))
            """))
        """)
}

/// Another role for somebody who has an account.
func giveRolePage(_ answers: Answers, _ account: ManagedAccount, _ agencies: [AgencyChoice], _ visit: Visit) -> Page {
    Page("Give a role", caption: account.name, errors: answers.errors, back: account.path, """
        <p class="govuk-body">A role that begins today ends their open sessions; they sign in again and have it.</p>
        \(visit.form("\(account.path)/roles", answers, """
            \(versionField(answers, account))
            \(roleFields(answers, agencies))
            \(GovUK.button("Give this role"))
            """))
        """)
}

private func roleFields(_ answers: Answers, _ agencies: [AgencyChoice]) -> HTML {
    let options = [GovUK.Choice("", "Choose an agency")] + agencies.map(\.option)
    let roles = Role.allCases.map { GovUK.Choice($0.rawValue, $0.label, hint: $0.reach) }
    return """
        \(GovUK.select("agency", label: "Agency", options: options, in: answers))
        \(GovUK.radios("role", legend: "Role", options: roles, in: answers))
        \(GovUK.dateInput("starts", legend: "First day", hint: "Leave empty for today", in: answers))
        \(GovUK.dateInput("ends", legend: "Last day, if it is known",
                          hint: "The role stops by itself after that day. You can end it earlier.", in: answers))
        """
}

/// The link, shown once: on the answer to the form that made it, and nowhere else. `account` is its account's page.
func linkPage(_ link: String, for name: String, account: String, until: Date) -> Page {
    Page("Invitation link", caption: name, """
        \(GovUK.insetText("<code>\(link)</code>"))
        <p class="govuk-body">Give it to them in a way that only they can read. It works once, until \
        \(London.dateAndTime(until)).</p>
        \(GovUK.warningText("This link is not shown again. If it is lost, make a new one from their account."))
        <p class="govuk-body">\(GovUK.link("Continue to the account", href: account))</p>
        """)
}
