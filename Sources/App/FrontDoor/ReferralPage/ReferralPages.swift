import Foundation
import Pages
import Postgres

/// The referral as whoever keeps it works with it.
func referralPage(
    _ referral: Referral, _ told: ReferralTold, _ answers: Answers, _ visit: Visit, quicker: String? = nil
) -> Page {
    let back = referral.direction == .out ? referral.caseID.map { "/cases/\($0.column)/rights" }
        ?? referral.contact.map { "/contacts/\($0.column)" }
        ?? referral.person.map { "/people/\($0.column)" } ?? "/" : "/referrals/waiting"
    let danger: HTML = referral.isUrgent ? emergencyWords : .empty
    return Page(
        "Referral", heading: told.name.isEmpty ? "Referral" : told.name, errors: answers.errors, back: back,
        above: danger, """
        \(quicker.map { name in
            GovUK.notificationBanner(
                "Important", GovUK.notificationHeading("\(name) was quicker. Nothing was changed."))
        })
        \(problemList(told))\(steps(referral, visit))
        \(GovUK.summaryCard(title: "What was told", rows: told.rows.map { GovUK.SummaryRow($0.0, lines($0.1)) }))
        \(standing(referral, visit, forSender: false))
        \(answerForm(referral, answers, visit))
        """)
}

/// The referral as whoever sent it sees it: their own words, the receipt, the owner, the clock, the outcome.
func sentReferralPage(_ referral: Referral, _ told: ReferralTold, _ visit: Visit) -> Page {
    Page("Referral", heading: "Receipt \(referral.reference)", back: "/referrals", """
        \(problemList(told))
        \(standing(referral, visit, forSender: true))
        \(GovUK.summaryCard(title: "What you told us", rows: told.rows.map { GovUK.SummaryRow($0.0, lines($0.1)) }))
        \(GovUK.button("Make another referral", kind: .secondary, href: "/referrals/new"))
        """)
}

private func problemList(_ told: ReferralTold) -> HTML? {
    if told.problems.isEmpty { return nil }
    return GovUK.insetText("""
        <p class="govuk-body">Kept as it was typed. To be asked:</p>\(GovUK.list(told.problems.map { "\($0)" }))
        """)
}

private func standing(_ referral: Referral, _ visit: Visit, forSender: Bool) -> HTML {
    var rows = [
        GovUK.SummaryRow("Receipt", "\(referral.reference)"),
        GovUK.SummaryRow("Stands at", referralTag(referral, visit)),
        GovUK.SummaryRow("Asks for", "\(referral.kind.label)"),
        GovUK.SummaryRow(
            "From", "\([referral.fromAgencyName, referral.fromName].compactMap { $0 }.joined(separator: ", "))"),
        GovUK.SummaryRow("Received", "\(London.dateAndTime(referral.receivedAt))"),
        GovUK.SummaryRow("Answer due", "\(London.dateAndTime(referral.dueAt))"),
        GovUK.SummaryRow("With", "\(referral.ownerName ?? "Nobody yet")"),
        GovUK.SummaryRow("May be shared because", "\(referral.basis.label)"),
    ]
    if referral.fromAgency == nil, referral.direction == .in {
        rows[3] = GovUK.SummaryRow("From", "\(referral.source.label)")
    }
    if referral.direction == .out { rows.insert(GovUK.SummaryRow("Sent to", "\(referral.toName)"), at: 2) }
    if let answer = referral.answer {
        rows.append(GovUK.SummaryRow("Outcome", "\(answer.summary)"))
        rows.append(GovUK.SummaryRow("Answered", "\(London.dateAndTime(answer.at)), by \(answer.by)"))
        if !answer.words.isEmpty { rows.append(GovUK.SummaryRow("In words", lines(answer.words))) }
        if !forSender, let caseID = referral.caseID {
            rows.append(GovUK.SummaryRow("Case", GovUK.link("Open the case", href: "/cases/\(caseID.column)")))
        }
    }
    return GovUK.summaryCard(title: "Where it stands", rows: rows)
}

private func steps(_ referral: Referral, _ visit: Visit) -> HTML? {
    guard referral.direction == .in, referral.answer == nil, visit.viewer.may(.handleReferrals) else { return nil }
    let base = "/referrals/\(referral.id.column)"
    let take: HTML = referral.owner == nil ? visit.buttonForm(base + "/take", "Take this referral") : .empty
    let contact: HTML = referral.contact.map { GovUK.button("Go on with the contact", href: "/contacts/\($0.column)") }
        ?? visit.buttonForm(
            base + "/contact", "Start: who is this?", kind: referral.owner == nil ? .secondary : .primary)
    return "<div class=\"govuk-button-group\">\(take)\(contact)</div>"
}

private func answerForm(_ referral: Referral, _ answers: Answers, _ visit: Visit) -> HTML? {
    guard referral.answer == nil else { return nil }
    let action = "/referrals/\(referral.id.column)/answer"
    return GovUK.details("Answer without opening a case", visit.form(action, answers, """
        \(ReferralAnswerForm.fields(referral, answers))\(GovUK.button("Save answer", kind: .secondary))
        """), open: !answers.errors.isEmpty || referral.direction == .out)
}
