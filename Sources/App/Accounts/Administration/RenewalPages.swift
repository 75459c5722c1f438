import Foundation
import Pages

/// A new link for somebody who has lost the password or the device. No draft: how somebody was recognised is said
/// afresh each time.
func proposeRenewalPage(
    _ answers: Answers, _ account: ManagedAccount, hasAnother: Bool, _ visit: Visit
) -> Page {
    Page("Propose a new link", caption: account.name, errors: answers.errors, back: account.path, """
        <p class="govuk-body">For a forgotten password, or a lost device. With the link they choose a new password and \
        set up a new authenticator. The ones they have stay in force until both new ones are set.</p>
        \(hasAnother ? proposalForm(answers, account, visit) : aloneWords(account))
        """)
}

private func proposalForm(_ answers: Answers, _ account: ManagedAccount, _ visit: Visit) -> HTML {
    """
    <p class="govuk-body">Another administrator must confirm within \(Renewal.hours) hours and then gets the link. \
    Their open sessions end now.</p>
    \(GovUK.warningText("Whoever holds the link can take over the account. Be sure who is asking."))
    \(visit.form("\(account.path)/invitation", answers, keepsDraft: false, """
        \(versionField(answers, account))
        \(GovUK.radios("check", legend: "How did you make sure that it is them?", options: IdentityCheck.options,
                       in: answers))
        \(GovUK.button("Propose"))
        """))
    """
}

/// One administrator alone can't: whoever runs the server is the second person.
private func aloneWords(_ account: ManagedAccount) -> HTML {
    """
    \(GovUK.insetText("No other administrator can confirm it, and it takes two people."))
    <p class="govuk-body">Ask whoever runs the server. Once they have made sure who is asking, they run \
    <code>drystone renew --config FILE --email \(account.email) --check inPerson</code> and hand over the link that \
    it prints. The audit log says so. Better: invite a second administrator.</p>
    """
}

/// What another administrator decides.
func renewalPage(_ renewal: Renewal, _ account: ManagedAccount, _ visit: Visit) -> Page {
    Page("Confirm a new link", caption: renewal.name, back: account.path, """
        \(GovUK.summaryList([
            GovUK.SummaryRow("For", "\(renewal.name), \(account.email)"),
            GovUK.SummaryRow("Proposed by", "\(renewal.proposerName)"),
            GovUK.SummaryRow("When", "\(London.short(renewal.proposedAt))"),
            GovUK.SummaryRow("How they made sure", "\(renewal.check.label)"),
        ]))
        <p class="govuk-body">When you confirm, you get a link to give to them. It replaces their password and \
        authenticator. Earlier links stop working.</p>
        \(GovUK.warningText("Speak with \(renewal.proposerName) first. If either of you is not sure, refuse."))
        \(visit.buttonForm("\(renewal.path)/confirm", "Confirm and make the link",
                           fields: ["version": String(account.version)]))
        \(visit.buttonForm("\(renewal.path)/refuse", "Refuse", kind: .secondary))
        """)
}

/// What waits, on the account's page and above the list of accounts; nothing when nothing does.
func renewalNotices(_ renewals: [Renewal], _ visit: Visit) -> HTML {
    let lines = renewals.map { renewal -> HTML in
        let words: HTML = """
            \(renewal.proposerName) proposed a new link for \(renewal.name) on \(London.short(renewal.proposedAt)).
            """
        if renewal.mayBeDecided(by: visit.viewer.account) {
            let decide = GovUK.link("Confirm or refuse", href: renewal.path, visuallyHidden: renewal.name)
            return "\(words) \(decide)"
        }
        return "\(words) Another administrator must confirm it."
    }
    return lines.isEmpty ? .empty : GovUK.notificationBanner(
        "Waiting", GovUK.list(lines, .plain), id: "renewals-waiting")
}
