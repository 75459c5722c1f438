import Foundation
import Pages
import Postgres

extension ManagedAccount {
    /// Its page.
    var path: String { "/accounts/\(id.column)" }
}

/// One account, and what an administrator can do with it.
func managedAccountPage(_ account: ManagedAccount, sessions: Int, notice: HTML = .empty, _ visit: Visit) -> Page {
    let state = AccountState(account, today: visit.today, now: visit.now)
    var facts = [
        GovUK.SummaryRow("Email address", "\(account.email)"),
        GovUK.SummaryRow("State", state.tag),
        GovUK.SummaryRow("Account made", "\(London.short(account.createdAt))"),
    ]
    if let ended = account.endedAt { facts.append(GovUK.SummaryRow("Ended", "\(London.short(ended))")) }
    if state == .invited, let until = account.linkUntil {
        facts.append(GovUK.SummaryRow("Link works until", "\(London.short(until))"))
    }
    facts.append(GovUK.SummaryRow("Open sessions", "\(sessions)"))
    return Page("Account", heading: account.name, back: "/accounts", above: notice, wide: true, """
        \(GovUK.summaryList(facts))
        \(rolesTable(account, visit))
        \(state == .ended ? nil : actions(account, visit))
        """)
}

/// The roles held, and the way to end each.
func rolesTable(_ account: ManagedAccount, _ visit: Visit) -> HTML {
    if account.roles.isEmpty { return GovUK.paragraph("No roles.") }
    let rows = account.roles.map { held -> [HTML] in
        let isOpen = held.isOpen(on: visit.today) && !account.hasEnded(by: visit.now)
        let ended: HTML = isOpen ? "" : "Ended"
        let end = GovUK.link("End", href: "\(account.path)/roles/\(held.id.column)/end",
                             visuallyHidden: "\(held.role.label), \(held.agencyName)")
        return [
            "\(held.role.label)", "\(held.agencyName)", "\(held.startsOn.description)", "\(held.until)",
            isOpen && visit.canChange(account) ? end : ended,
        ]
    }
    return GovUK.table(
        caption: "Roles", columns: ["Role", "Agency", "First day", "Last day", "End it"], rows: rows)
}

extension HeldRole {
    /// The last day in words.
    var until: String {
        guard let endsOn else { return "No end" }
        return endsOn < startsOn ? "Withdrawn" : endsOn.description
    }
}

private func actions(_ account: ManagedAccount, _ visit: Visit) -> HTML {
    guard visit.canChange(account) else {
        return GovUK.insetText("This is your own account. Only another administrator can change it.")
    }
    let link: HTML = account.isSetUp
        ? """
            <p class="govuk-body">For a forgotten password or a lost device: \
            \(GovUK.link("propose a new link", href: "\(account.path)/invitation")).</p>
            """
        : """
            <p class="govuk-body">The link was shown once, when it was made. If it is lost or too old, make a new one; \
            the one before stops working.</p>
            \(visit.buttonForm("\(account.path)/invitation", "Make a new link", kind: .secondary,
                               fields: ["version": String(account.version)]))
            """
    return """
        \(GovUK.button("Give a role", kind: .secondary, href: "\(account.path)/roles"))
        <h2 class="govuk-heading-m">Invitation link</h2>
        \(link)
        <h2 class="govuk-heading-m">Leaving</h2>
        <p class="govuk-body">\(GovUK.link("End this account", href: "\(account.path)/end"))</p>
        """
}

/// Asked before an account ends: it can't be undone here.
func endAccountPage(_ answers: Answers, _ account: ManagedAccount, _ visit: Visit) -> Page {
    Page("End this account", caption: account.name, errors: answers.errors, back: account.path, """
        <p class="govuk-body">They are signed out at once, on every device, and can't sign in again. Their roles \
        end today and their links stop working. What they wrote stays, with their name.</p>
        \(GovUK.warningText("This can't be undone."))
        \(visit.buttonForm("\(account.path)/end", "End this account now", kind: .warning,
                           fields: ["version": String(account.version)]))
        """)
}

/// What the form is based on: the version first shown, however often the form comes back.
func versionField(_ answers: Answers, _ account: ManagedAccount) -> HTML {
    GovUK.hidden("version", answers["version"].isEmpty ? String(account.version) : answers["version"])
}

/// When a role stops.
func endRolePage(_ answers: Answers, _ account: ManagedAccount, _ held: HeldRole, _ visit: Visit) -> Page {
    let path = "\(account.path)/roles/\(held.id.column)/end"
    return Page("End a role", caption: account.name, errors: answers.errors, back: account.path, """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Role", "\(held.role.label)"),
            GovUK.SummaryRow("Agency", "\(held.agencyName)"),
            GovUK.SummaryRow("First day", "\(held.startsOn.description)"),
            GovUK.SummaryRow("Last day", "\(held.until)"),
        ]))
        \(visit.form(path, answers, """
            \(versionField(answers, account))
            \(GovUK.dateInput("last", legend: "Last day",
                              hint: "Leave empty to end it now. Then their open sessions end too.", in: answers))
            \(GovUK.button("End this role", kind: .warning))
            """))
        """)
}

/// Somebody else was quicker: what is there now is shown, nothing was changed.
let changedMeanwhile = GovUK.notificationBanner("Important", """
    \(GovUK.notificationHeading("This account changed while you had it open"))
    <p class="govuk-body">Nothing was saved. Look at it as it is now, then decide again.</p>
    """)
