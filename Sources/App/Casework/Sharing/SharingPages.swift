import Foundation
import Pages
import Postgres

/// On the case's page: how many are told, and the way to all of it.
func sharingSummary(_ sharing: SharingInBrief, of record: CaseRecord) -> HTML {
    let now = switch sharing.inForce {
    case 0: "Shared with nobody."
    case 1: "Shared with one other service."
    default: "Shared \(sharing.inForce) times."
    }
    let waiting = sharing.waiting == 0 ? HTML.empty
        : " \(GovUK.tag("\(sharing.waiting) waits for a second person", colour: .yellow))"
    let link = GovUK.link("Sharing and consent", href: "/cases/\(record.id.column)/shares")
    return """
        <h2 class="govuk-heading-m">Sharing</h2>\(GovUK.paragraph("\(now)\(waiting) \(link)"))\(emergencies(sharing))
        """
}

private func emergencies(_ sharing: SharingInBrief) -> HTML {
    guard sharing.emergencies > 0 else { return .empty }
    let often = sharing.emergencies == 1 ? "once" : "\(sharing.emergencies) times"
    return GovUK.paragraph("""
        Opened in an emergency by another agency, \(often). \(GovUK.link("Who and why", href: "/emergency"))
        """)
}

/// What of a case another agency lets the reader see, and under which conditions.
func receivedCards(_ shares: [ReceivedShare]) -> HTML {
    .joined(shares.map { share in
        var rows = [
            GovUK.SummaryRow("For", "\(share.purpose)"),
            GovUK.SummaryRow("You may see", "\(briefly(share.parts))"),
            GovUK.SummaryRow("Until", "\(London.lastDay(before: share.endsAt).description)"),
        ]
        if let told = share.told {
            if !told.born.isEmpty { rows.append(GovUK.SummaryRow("Date of birth", "\(told.born)")) }
            if !told.words.isEmpty { rows.append(GovUK.SummaryRow("They tell you", lines(told.words))) }
        }
        return GovUK.summaryCard(title: "Shared by \(share.from)", rows: rows)
    })
}

private func briefly(_ parts: [SharedPart]) -> String {
    let words = parts.map(\.brief).joined(separator: ", ")
    return words.isEmpty ? "Nothing here" : words.prefix(1).uppercased() + words.dropFirst()
}

func sharesPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ disclosures: [Disclosure], _ consents: [Consent], _ visit: Visit
) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayShare = visit.viewer.may(.shareCases)
    let buttons = record.isOpen && mayShare ? GovUK.buttonGroup([
        GovUK.button("Share something", href: base + "/shares/new"),
        GovUK.button("Record consent", kind: .secondary, href: base + "/consents/new"),
    ]) : HTML.empty
    return Page(
        "Sharing and consent", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(contact, record.person, visit), """
        \(buttons)
        <h2 class="govuk-heading-m">Shared</h2>
        \(disclosures.isEmpty ? GovUK.paragraph("Nothing is shared.") : HTML.empty)
        \(HTML.joined(disclosures.map { disclosureCard($0, base, visit, mayChange: mayShare) }))
        <h2 class="govuk-heading-m">What they agreed to</h2>
        \(consents.isEmpty ? GovUK.paragraph("No consent is recorded.") : HTML.empty)
        \(HTML.joined(consents.map { consentCard($0, base, visit, mayChange: mayShare) }))
        """)
}

func disclosureCard(_ one: Disclosure, _ base: String, _ visit: Visit, mayChange: Bool) -> HTML {
    let here = "\(base)/shares/\(one.id.column)"
    let state = one.state(at: visit.now)
    var actions: [GovUK.Action] = []
    if mayChange, state == .waiting { actions.append(GovUK.Action("Read and answer", href: here + "/confirm")) }
    if mayChange, state == .waiting || state == .inForce {
        actions.append(GovUK.Action("Take back", href: here + "/end"))
    }
    var rows = [
        GovUK.SummaryRow("Now", GovUK.tag(state.label, colour: state.colour)),
        GovUK.SummaryRow("What", what(one)),
        GovUK.SummaryRow("For", "\(one.purpose)"),
        GovUK.SummaryRow("Why now", lines(one.because)),
        GovUK.SummaryRow("Lawful basis", "\(one.basis.label)\(one.basis.hint.map { ". \($0)" } ?? "")"),
        GovUK.SummaryRow("Needed, and no more", lines(one.necessity)),
        GovUK.SummaryRow("Their agreement", "\(one.asked.label)"),
        GovUK.SummaryRow("Until", "\(London.lastDay(before: one.endsAt).description)"),
        GovUK.SummaryRow("Asked by", "\(one.proposer), \(London.short(one.proposedAt))"),
    ]
    if let decider = one.decider {
        let reason: HTML? = one.decisionReason.isEmpty ? nil : "<br>\(lines(one.decisionReason))"
        rows.append(GovUK.SummaryRow(one.agreed == true ? "Agreed by" : "Not agreed by", "\(decider)\(reason)"))
    }
    if let revoked = one.revokedAt {
        rows.append(GovUK.SummaryRow("Taken back", """
            \(one.revoker ?? ""), \(London.short(revoked))<br>\(lines(one.revokeReason))
            """))
    } else if let withdrawn = one.consentWithdrawnAt {
        rows.append(GovUK.SummaryRow("Ended", "Consent was withdrawn, \(London.short(withdrawn))"))
    }
    return GovUK.summaryCard(title: "\(one.to), \(one.route.label)", actions: actions, rows: rows)
}

private func what(_ one: Disclosure) -> HTML {
    // A plan is read on its own page, where each look is on record.
    let told = one.parts.contains(.plan) ? nil : one.told?.words
    let words: HTML? = told.flatMap { $0.isEmpty ? nil : "<br>\(lines($0))" }
    return "\(one.parts.isEmpty ? "Told in words" : briefly(one.parts))\(words)"
}

private func consentCard(_ one: Consent, _ base: String, _ visit: Visit, mayChange: Bool) -> HTML {
    let isInForce = one.isInForce(at: visit.now)
    let tag = one.withdrawnAt != nil ? GovUK.tag("Withdrawn", colour: .red)
        : GovUK.tag(isInForce ? "In force" : "Ended", colour: isInForce ? .green : .grey)
    var rows = [
        GovUK.SummaryRow("Now", tag),
        GovUK.SummaryRow("For", "\(one.purpose)"),
        GovUK.SummaryRow("How", "\(one.given.label)"),
        GovUK.SummaryRow("Until", "\(London.lastDay(before: one.endsAt).description)"),
        GovUK.SummaryRow("Recorded", "\(one.by), \(London.short(one.recordedAt))"),
    ]
    if !one.words.isEmpty { rows.append(GovUK.SummaryRow("In their own words", lines(one.words))) }
    if let withdrawn = one.withdrawnAt {
        let words: HTML? = one.withdrawnWords.isEmpty ? nil : "<br>\(lines(one.withdrawnWords))"
        rows.append(GovUK.SummaryRow("Withdrawn", """
            \(one.withdrawnBecause?.label ?? ""). \(one.withdrawnBy ?? ""), \(London.short(withdrawn))\(words)
            """))
    }
    let actions = mayChange && isInForce
        ? [GovUK.Action("Withdraw", href: "\(base)/consents/\(one.id.column)/withdraw")] : []
    return GovUK.summaryCard(title: "To \(one.to)", actions: actions, rows: rows)
}

func sharePage(_ choices: SharingChoices, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(choices.record.id.column)/shares"
    let usual = SharingRoute.offered.filter { $0.preset != nil }
        .map { GovUK.link($0.label, href: "\(base)/new?route=\($0.rawValue)") }
    let preset = SharingRoute(rawValue: answers["route"])?.preset
    return Page("Share something", caption: choices.record.reference, errors: answers.errors, back: base, """
        \(preset == nil ? GovUK.paragraph("The usual ways. Each fills in all but one sentence.") : HTML.empty)
        \(preset == nil ? GovUK.list(usual) : HTML.empty)
        \(notice)\(visit.form(base + "/new", answers, """
            \(GovUK.textarea("because", label: "Why now, for this person?", hint: "One sentence.", rows: 2,
                             in: answers))
            \(GovUK.radios("route", legend: "How do you share it?", options: SharingRoute.offered.map(\.option),
                           small: true, in: answers))
            \(recipientFields(choices.partners, answers))
            \(GovUK.checkboxes("parts", legend: "What may they see of the case here?",
                               hint: "Nothing selected is nobody. The notes and the safety plan are never shown.",
                               options: SharedPart.offered.map(\.option), small: true, in: answers))
            \(GovUK.textarea("words", label: "What you tell them in words", rows: 4, in: answers))
            \(agreementField(choices, answers))
            \(groundFields(usual: usualHint, until: usualHint, answers))
            \(GovUK.button("Save"))
            """))
        """)
}

/// Whether they agree: to what they said yes to before, or why they did not.
func agreementField(_ choices: SharingChoices, _ answers: Answers) -> HTML {
    let agreement = choices.consents.map {
        GovUK.Choice("consent-\($0.id.column)", "They agreed: \($0.to), \($0.purpose)")
    } + AskedAgreement.without.map(\.option)
    return GovUK.radios(
        "agreement", legend: "Do they agree?", hint: "Without their agreement a second person must agree.",
        options: agreement, small: true, in: answers)
}

/// On what ground something is shared, and until when. `usual`: what is said where a field may stay empty.
func groundFields(usual: String? = nil, until: String, _ answers: Answers) -> HTML {
    """
    \(GovUK.input("purpose", label: "What is it for?", hint: usual, in: answers))
    \(GovUK.radios("basis", legend: "Lawful basis", options: SharingBasis.offered.map(\.option), small: true,
                   in: answers))
    \(GovUK.textarea("necessity", label: "Why is it needed, and why no more than is needed?", hint: usual, rows: 3,
                     in: answers))
    \(GovUK.dateInput("until", legend: "Until which day?", hint: until, in: answers))
    """
}

private let usualHint = "Left empty: as is usual that way."

private func recipientFields(_ partners: [Partner], _ answers: Answers) -> HTML {
    let known = [GovUK.Choice("", "Nobody of these")] + partners.map { GovUK.Choice($0.id.column, $0.name) }
    return """
        \(GovUK.select("to", label: "To whom?", options: known, in: answers))
        \(GovUK.input("to-name", label: "Or somebody else",
                      hint: "Tell them yourself, by a safe way. This keeps what you told them.", in: answers))
        """
}

func confirmSharePage(
    _ record: CaseRecord, _ one: Disclosure, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)"
    let form: HTML = one.proposedBy == visit.viewer.account && !answers.areRefused
        ? GovUK.insetText("You asked for it: a second person must agree. It is on your agency’s list: Sharing.")
        : visit.form("\(base)/shares/\(one.id.column)/confirm", answers, """
            \(GovUK.radios("agree", legend: "They have not agreed to it. May it be shared?", options: [
                GovUK.Choice("yes", "Yes: it is shared from now"), GovUK.Choice("no", "No: it is not shared"),
            ], in: answers))
            \(GovUK.textarea("reason", label: "Why?", hint: "Needed when it is not shared.", rows: 4, in: answers))
            \(GovUK.button("Save"))
            """)
    return Page("May this be shared?", caption: record.reference, errors: answers.errors, back: base + "/shares", """
        \(disclosureCard(one, base, visit, mayChange: false))
        \(one.parts.contains(.plan) ? one.told.map { GovUK.insetText(lines($0.words)) } : nil)\(notice)\(form)
        """)
}

func endSharePage(
    _ record: CaseRecord, _ one: Disclosure, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)"
    return Page(
        "Take back what is shared", caption: record.reference, errors: answers.errors, back: base + "/shares", """
        \(disclosureCard(one, base, visit, mayChange: false))
        \(GovUK.paragraph("From then on nobody there can read it here. What they have read, they know."))
        \(notice)\(visit.form("\(base)/shares/\(one.id.column)/end", answers, """
            \(GovUK.textarea("reason", label: "Why?", hint: "Also if it was recorded by mistake.", rows: 3,
                             in: answers))
            \(GovUK.button("Take back"))
            """))
        """)
}

func consentPage(_ choices: SharingChoices, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(choices.record.id.column)"
    return Page("Record consent", caption: choices.record.reference, errors: answers.errors, back: base + "/shares", """
        \(GovUK.paragraph("""
            Consent is theirs to give: asked of them alone, for one purpose, and taken back whenever they wish. \
            Support never depends on it.
            """))
        \(notice)\(visit.form(base + "/consents/new", answers, """
            \(recipientFields(choices.partners, answers))
            \(GovUK.input("purpose", label: "For what?", in: answers))
            \(GovUK.radios("given", legend: "How did they agree?", options: ConsentGiven.options, small: true,
                           in: answers))
            \(GovUK.textarea("words", label: "In their own words", hint: "Also what they don’t want told.", rows: 3,
                             in: answers))
            \(GovUK.dateInput("until", legend: "Until which day?", hint: "A year at most.", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func withdrawPage(
    _ record: CaseRecord, _ one: Consent, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)"
    return Page("Withdraw consent", caption: record.reference, errors: answers.errors, back: base + "/shares", """
        \(consentCard(one, base, visit, mayChange: false))
        \(GovUK.paragraph("What is shared because of it ends at once."))
        \(notice)\(visit.form("\(base)/consents/\(one.id.column)/withdraw", answers, """
            \(GovUK.radios("because", legend: "Why?", options: ConsentEnd.options, small: true, in: answers))
            \(GovUK.textarea("words", label: "What they said", hint: "May be left empty.", rows: 3, in: answers))
            \(GovUK.button("Withdraw"))
            """))
        """)
}

/// What waits for a second person, and what other agencies share with the reader's.
func sharingPage(
    _ waiting: [SharingLine], _ received: [SharingLine], _ plans: [SharedPlanLine], _ visit: Visit
) -> Page {
    func table(_ caption: String, _ columns: [GovUK.Column], _ rows: [[HTML]], none: String) -> HTML {
        rows.isEmpty ? "<h2 class=\"govuk-heading-m\">\(caption)</h2>\(GovUK.paragraph("\(none)"))"
            : GovUK.table(caption: caption, columns: columns, rows: rows)
    }
    let mayShare = visit.viewer.may(.shareCases)
    return Page("Sharing", back: "/cases", wide: true, """
        \(mayShare ? table("Waits for a second person", [
            "Case", "To", "Way", "Asked by", "Since",
        ], waiting.map { line in
            [GovUK.link(line.reference, href: "/cases/\(line.caseID.column)/shares"), "\(line.agency)",
             "\(line.route.label)", "\(line.by)", "\(London.short(line.at))"]
        }, none: "Nothing waits.") : HTML.empty)
        \(table("Shared with us", ["Case", "By", "Way", "Worker", "Until"], received.map { line in
            [GovUK.link(line.reference, href: "/cases/\(line.caseID.column)"), "\(line.agency)", "\(line.route.label)",
             "\(line.by)", "\(London.lastDay(before: line.endsAt).description)"]
        }, none: "Nothing is shared with us."))
        \(table("Safety plans shared with us", ["By", "For", "Until"], plans.map { line in
            [GovUK.link(line.agency, href: "/shares/\(line.id.column)"), "\(line.purpose)",
             "\(London.lastDay(before: line.endsAt).description)"]
        }, none: "No plan is shared with us."))
        """)
}
