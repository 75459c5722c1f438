import Foundation
import Pages
import Postgres

func lettersPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ found: [Letter], isFirst: Bool, _ visit: Visit
) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayWrite = visit.viewer.may(.writeNotes)
    let shown = found.prefix(lettersAtOnce)
    let next = found.count > lettersAtOnce ? shown.last.map {
        "\(base)/letters?from=\(Keyset(at: $0.recordedAt, id: $0.id).text)"
    } : nil
    return Page(
        "Letters", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(contact, record.person, visit), """
        \(mayWrite ? GovUK.button("Write a letter", href: base + "/letters/new") : HTML.empty)
        \(shown.isEmpty ? plain(["None written yet."]) : HTML.joined(shown.map { letterCard($0, record, visit) }))
        \(newestFirstPages(base + "/letters", next: next, isFirst: isFirst))
        """)
}

private func letterCard(_ letter: Letter, _ record: CaseRecord, _ visit: Visit) -> HTML {
    let here = "/cases/\(record.id.column)/letters/\(letter.id.column)"
    let written = London.short(letter.recordedAt)
    var actions: [GovUK.Action] = []
    func act(_ words: String, _ path: String) {
        actions.append(GovUK.Action(words, visuallyHidden: "the letter of \(written)", href: here + path))
    }
    if visit.viewer.may(.writeNotes) {
        if letter.isDraft { act("Change", "") }
        if letter.isDraft, visit.viewer.may(.revealContactDetails) { act("Let it leave", "/release") }
        if letter.release != nil { act("Print", "/print") }
        if letter.came == nil { act(letter.isDraft ? "Put aside" : "What came of it", "/outcome") }
    }
    let state: HTML = if let came = letter.came {
        "\(GovUK.tag(came.outcome.label, colour: .grey)) \(London.short(came.at)), \(came.by)<br>\(lines(came.words))"
    } else if let release = letter.release {
        "\(GovUK.tag("Left", colour: .green)) \(release.way.label), \(London.short(release.at)), \(release.by)"
    } else {
        "\(GovUK.tag("Not sent", colour: .yellow)) Nobody has let it leave yet."
    }
    let agreed = letter.release?.agreedOn.map { [GovUK.SummaryRow("She agreed on", "\($0.description)")] } ?? []
    let text = lines(letter.release?.body ?? letter.body)
    return GovUK.summaryCard(title: letter.title, actions: actions, rows: [
        GovUK.SummaryRow("To", letter.addressee == .person ? "Her" : "\(letter.toWhom)"),
        GovUK.SummaryRow("Where it is", state),
    ] + agreed + [
        GovUK.SummaryRow("Text", GovUK.details("Read", text)),
        GovUK.SummaryRow("Written", "\(written), \(letter.by)"),
    ])
}

func newLetterPage(
    _ writing: LetterBeginning, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let record = writing.record
    let base = "/cases/\(record.id.column)/letters"
    let own = writing.own.filter { $0.id.column != answers["own"] }.map { wording -> HTML in
        """
        \(GovUK.link(wording.title, href: "\(base)/new?own=\(wording.template.column)")). \(wording.addressee.label). \
        \(wording.agencyName).
        """
    }
    let others = own + LetterTemplate.allCases.filter { $0.rawValue != answers["template"] }.map { template -> HTML in
        "\(GovUK.link(template.label, href: "\(base)/new?template=\(template.rawValue)")). \(template.hint ?? "")"
    }
    return Page("Write a letter", caption: record.reference, errors: answers.errors, back: base, """
        \(answers.areRefused ? HTML.empty : GovUK.details("Begin from another letter", GovUK.list(others)))
        \(notice)\(visit.form(base + "/new", answers, """
            \(GovUK.hidden("template", answers["template"]))\(GovUK.hidden("own", answers["own"]))
            \(LetterForm.fields(answers))
            \(GovUK.button("Save letter"))
            """))
        """)
}

func letterPage(
    _ record: CaseRecord, _ letter: Letter, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/letters"
    return Page("Change a letter", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(letterForm("\(base)/\(letter.id.column)", letter, answers, "Save letter", visit))
        """)
}

private func letterForm(
    _ action: String, _ letter: Letter, _ answers: Answers, _ button: String, _ visit: Visit
) -> HTML {
    visit.form(action, answers, """
        \(GovUK.hidden("version", answers["version"]))\(LetterForm.fields(answers, fixed: letter.addressee))
        \(GovUK.button(button))
        """)
}

/// A colleague saved or sent it while this was being written: both are shown, and neither is lost.
func letterConflictPage(_ record: CaseRecord, _ theirs: Letter, _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)/letters"
    let again = answers.again(over: theirs.version)
    let mine: HTML = theirs.isDraft
        ? letterForm("\(base)/\(theirs.id.column)", theirs, again, "Save mine", visit)
        : """
        <p class="govuk-body">It has left or was put aside: begin a new letter if yours is still needed.</p>
        \(GovUK.insetText(lines(answers["body"])))
        """
    return Page("Someone else changed this too", caption: record.reference, back: base, """
        <h2 class="govuk-heading-m">Saved</h2>\(GovUK.insetText(lines(theirs.body)))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: base))</p>
        <h2 class="govuk-heading-m">Yours</h2>\(mine)
        """)
}

func releasePage(_ check: LetterCheck, _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/cases/\(check.record.id.column)/letters"
    let letter = check.letter
    let forPerson = letter.addressee == .person
    let ways = Letter.ways.map { way in
        GovUK.Choice(way.rawValue, way == .inPerson ? "Handed over in person" : way.label, hint: forPerson
            ? LetterRelease.whyNot(way, check.contact, movedOn: check.movedOn, now: visit.now) : nil)
    }
    let agreed: HTML? = forPerson ? nil : GovUK.dateInput(
        "agreed", legend: "When did she agree that they read this?", in: answers)
    return Page(
        "Let a letter leave", caption: check.record.reference, errors: answers.errors, back: base,
        above: safeContactBanner(check.contact, check.record.person, visit), """
        <p class="govuk-body">Who will read it: <strong>\(forPerson ? "she, and whoever finds it" : letter.toWhom)\
        </strong>.</p>
        \(GovUK.insetText(lines(letter.body)))
        \(visit.form("\(base)/\(letter.id.column)/release", answers, keepsDraft: false, """
            \(GovUK.hidden("version", answers["version"]))
            \(gateFields(check.findings, in: answers) { index, _ in String(index) })
            \(GovUK.radios("way", legend: "How does it go?", options: ways, small: true, in: answers))\(agreed)
            \(GovUK.button("Let it leave"))
            """))
        """)
}

func releaseOvertakenPage(_ caseID: UUID) -> Page {
    let base = "/cases/\(caseID.column)/letters"
    return Page("The letter was changed", back: base, """
        <p class="govuk-body">While you were reading, somebody changed it or let it leave. Nothing left with your press.
        \(GovUK.link("Read it again", href: base))</p>
        """)
}

/// The letter on paper, as it left: nothing but its words.
func letterPaper(_ record: CaseRecord, _ letter: Letter) throws -> Page {
    guard let release = letter.release else { throw Refusal.notFound }
    var page = Page("Notes", back: "/cases/\(record.id.column)/letters", """
        <p class="govuk-body">\(London.day(of: release.at).description)</p>
        <p class="govuk-body">\(lines(release.body))</p>
        """)
    page.isPaper = true
    return page
}

func letterCamePage(
    _ record: CaseRecord, _ letter: Letter, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/letters"
    let options = letter.release == nil ? [LetterOutcome.notSent.option] : LetterOutcome.options
    return Page("What came of the letter", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(visit.form("\(base)/\(letter.id.column)/outcome", answers, """
            \(GovUK.radios("outcome", legend: "What came of it?", options: options, small: true, in: answers))
            \(GovUK.textarea("words", label: "More about it (optional)", rows: 3, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}
