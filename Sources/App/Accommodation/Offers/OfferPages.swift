import Foundation
import Pages
import Postgres
import Statistics

/// A unit is asked for: what is to be said to who runs it, for how long it is held.
func holdPage(
    _ record: CaseRecord, _ request: HousingRequest, _ unit: ProvidedUnit, _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    let verdict = request.verdict(on: unit, visit)
    let terms = unit.service.terms
    var rows = [
        GovUK.SummaryRow("For", "\(request.needs.line)"),
        GovUK.SummaryRow("Kind and area", "\(terms.kind.label), \(unit.service.areaName)"),
        GovUK.SummaryRow("Takes", "\(unit.size.line)"), GovUK.SummaryRow("Last confirmed", unit.freshness(visit.now)),
    ]
    let failed = verdict.failed.cases.map(MatchWords.reason)
    let asked = verdict.questions.cases.map(MatchWords.question)
    if !failed.isEmpty { rows.append(GovUK.SummaryRow("Not for them", GovUK.list(failed.map { "\($0)" }))) }
    if !asked.isEmpty { rows.append(GovUK.SummaryRow("Ask", GovUK.list(asked.map { "\($0)" }))) }
    let hours = UnitHoldForm.choices.map { GovUK.Choice(String($0), $0 == 24 ? "24 hours" : "\($0) hours") }
    return Page(
        "Hold a home", caption: unit.calledBy, errors: answers.errors, back: request.path, """
        \(notice)\(GovUK.summaryList(rows))\(visit.form(request.path + "/units/\(unit.id.column)", answers, """
            \(GovUK.radios("hours", legend: "For how long is it held?", options: hours, small: true, in: answers))
            \(GovUK.textarea("although", label: failed.isEmpty ? "Anything that they should know?"
                             : "Why do you ask although it is not for them?",
                             hint: failed.isEmpty ? "May be left empty." : nil, rows: 3, in: answers))
            <p class="govuk-body">Until then nobody else can have it. \(unit.service.agencyName) reads what you put \
            down of the household, without a name. Ring them: where it is they tell by voice alone.</p>
            \(GovUK.button("Hold it"))
            """))
        """)
}

/// Somebody outside the partnership was asked.
func elsewherePage(
    _ record: CaseRecord, _ request: HousingRequest, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page("Somebody else was asked", caption: record.reference, errors: answers.errors, back: request.path, """
        \(notice)\(visit.form(request.path + "/elsewhere", answers, """
            \(GovUK.input("whom", label: "Whom did you ask?", hint: "A service, as it calls itself. No address.",
                          in: answers))
            \(GovUK.input("reference", label: "Reference of the search",
                          hint: "Of Routes to Support, for example. May be left empty.", width: .ten, in: answers))
            \(GovUK.dateInput("called", legend: "When did you ask?", hint: "Leave empty if it was just now.",
                              in: answers))
            \(GovUK.timeInput("called-time", label: "At what time?", hint: "For example, 3:15am or 14:00", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

/// What came of it, put down by who asked or by who was asked.
func answerPage(
    _ offer: HousingOffer, _ request: HousingRequest, _ areas: [AreaChoice], _ answers: Answers, byAsker: Bool,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    let states = AnswerForm.answers(to: offer, for: request, byAsker: byAsker, at: visit.now)
    let path = byAsker ? offer.askersPath : offer.providersPath
    let form: HTML = states.isEmpty ? .empty : visit.form(path, answers, """
        \(GovUK.hidden("version", answers["version"]))
        \(GovUK.radios("state", legend: "What came of it?", options: states.map(\.option), small: true, in: answers))
        \(GovUK.dateInput("moved", legend: "If they moved in: on which day?", in: answers))
        \(GovUK.details("If it came to nothing: why?", whyNotFields(answers),
                        open: answers.areRefused || !answers.all("reasons").isEmpty))
        \(GovUK.textarea("words", label: "What else?", hint: "May be left empty. No names, no addresses.", rows: 3,
                         in: answers))
        \(GovUK.button("Save"))
        """)
    return Page(
        "What came of it", caption: offer.whom, errors: answers.errors, back: byAsker ? request.path : "/units",
        """
        \(notice)\(GovUK.summaryList(offerRows(offer, byAsker: byAsker, visit)))
        \(byAsker ? HTML.empty : needsList(request, areas))
        \(!byAsker && offer.mayBeTold(at: visit.now) ? GovUK.button(
            "They were told where it is", kind: .secondary, href: offer.providersPath + "/told") : HTML.empty)\(form)
        """)
}

/// The reasons stay folded: by night most that is put down is a yes.
func whyNotFields(_ answers: Answers) -> HTML {
    """
    \(GovUK.checkboxes("reasons", legend: "Why?", hint: "Select all that apply.", options: HousingReason.options,
                       small: true, in: answers))
    \(GovUK.select("main", label: "Which of these weighs most?", hint: "Only if you selected more than one.",
                   options: [GovUK.Choice("", "")] + HousingReason.options, in: answers))
    """
}

private func offerRows(_ offer: HousingOffer, byAsker: Bool, _ visit: Visit) -> [GovUK.SummaryRow] {
    let state = offer.state(at: visit.now)
    var rows = [GovUK.SummaryRow("It stands at", GovUK.tag(state.label, colour: state.colour))]
    if let until = offer.heldUntil, [.held, .accepted].contains(state) {
        rows.append(GovUK.SummaryRow("Held until", "\(London.dateAndTime(until))"))
    }
    rows.append(GovUK.SummaryRow("Asked", "\(London.short(offer.askedAt)) by \(offer.askedBy), \(offer.agencyName)"))
    if !offer.reference.isEmpty { rows.append(GovUK.SummaryRow("Reference", "\(offer.reference)")) }
    if !offer.although.isEmpty { rows.append(GovUK.SummaryRow("Said when it was asked for", "\(offer.although)")) }
    if let at = offer.answeredAt {
        rows.append(GovUK.SummaryRow("Answered", "\(London.short(at)) by \(offer.answeredBy ?? "")"))
    }
    if !offer.why.isEmpty { rows.append(GovUK.SummaryRow("Why", "\(offer.why)")) }
    if !offer.words.isEmpty { rows.append(GovUK.SummaryRow("What else", "\(offer.words)")) }
    if let day = offer.movedInOn { rows.append(GovUK.SummaryRow("Moved in", "\(day.description)")) }
    if let how = offer.toldHow, let at = offer.toldAt {
        rows.append(GovUK.SummaryRow("Told where it is", "\(how.label), \(London.short(at))"))
    }
    if !byAsker, offer.unit != nil { rows.append(GovUK.SummaryRow("Who is near", "\(offer.nearness.label).")) }
    return rows
}

/// What a household needs, for who reads it: an answer that nobody has given yet says so.
func needsList(_ request: HousingRequest, _ areas: [AreaChoice]) -> HTML {
    let needs = request.needs
    func any<Fact>(_ facts: [Fact]?, _ label: (Fact) -> String) -> HTML {
        guard let facts else { return "Nobody has asked" }
        return facts.isEmpty ? "None" : "\(facts.map(label).joined(separator: ", "))"
    }
    func area(_ id: UUID) -> String { areas.first { $0.id == id }?.name ?? "" }
    let from: HTML = needs.homeArea.map { "\(area($0))" } ?? "Not known"
    let wait = needs.canWait == 0 ? "They can’t wait" : "Days that they could wait: \(needs.canWait)"
    var rows = [
        GovUK.SummaryRow("Who comes", "\(needs.line)"), GovUK.SummaryRow("Is a baby due?", "\(needs.expecting.label)"),
        GovUK.SummaryRow("From which day", "\(needs.neededOn.description). \(wait)"),
        GovUK.SummaryRow("Risk", "\(request.risk.label)"), GovUK.SummaryRow("Access", any(needs.access, \.label)),
        GovUK.SummaryRow("Animals", any(needs.pets, \.label)),
        GovUK.SummaryRow("Needs and histories", any(needs.needs, \.label)),
        GovUK.SummaryRow("What can pay for it", "\(needs.funds.label)"),
        GovUK.SummaryRow("Staff", "\(needs.staffing.label)"), GovUK.SummaryRow("They come from", from),
        GovUK.SummaryRow("Not safe in", any(needs.unsafeAreas, area)),
        GovUK.SummaryRow("They agree to be referred", "\(needs.consents.label)"),
    ]
    if needs.asksTransPolicy { rows.append(GovUK.SummaryRow("They ask for", "Your policy on trans people")) }
    if !needs.words.isEmpty { rows.append(GovUK.SummaryRow("What else", "\(needs.words)")) }
    return "\(GovUK.heading(2, "What they need"))\(GovUK.summaryList(rows))"
}

/// What was asked for a household, newest first.
func offersTable(_ offers: [HousingOffer], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: "Asked so far, newest first",
        columns: ["When", "Whom", "Reference", "State", "Answered", "What was said"],
        rows: offers.map { offer -> [HTML] in
            let state = offer.state(at: visit.now)
            return [GovUK.link(London.short(offer.askedAt), href: offer.askersPath), "\(offer.whom)",
                    "\(offer.reference)", GovUK.tag(state.label, colour: state.colour),
                    "\(offer.answeredAt.map(London.short) ?? "")", lines(offer.said)]
        })
}

/// What waits for an answer of those who run units, what runs out first at the head.
func askedTable(_ offers: [HousingOffer], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: "Held for a household: answer who asks", columns: ["Unit", "Until", "Who asks", "State"],
        rows: offers.map { offer -> [HTML] in
            [GovUK.link("Unit \(offer.unitNumber.map(String.init) ?? "")", href: offer.providersPath),
             "\(offer.heldUntil.map(London.short) ?? "")", "\(offer.agencyName)",
             GovUK.tag(offer.recorded.label, colour: offer.recorded.colour)]
        })
}

/// How a search ended, where nothing here came of it.
func endSearchPage(
    _ record: CaseRecord, _ request: HousingRequest, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page("End the search", caption: record.reference, errors: answers.errors, back: request.path, """
        \(notice)<p class="govuk-body">Whatever is held for them is let go.</p>
        \(visit.form(request.path + "/end", answers, """
            \(GovUK.radios("outcome", legend: "Where are they now?", options: SearchOutcome.endings.map(\.option),
                           small: true, in: answers))
            \(GovUK.button("End the search"))
            """))
        """)
}
