import Foundation
import Pages
import Postgres

/// On the case's page: what holds, what ends soon and what isn't served, and the way to all of it.
func orderSummary(_ orders: OrdersInBrief, of record: CaseRecord, _ today: Day, isOurs: Bool) -> HTML {
    let ended = orders.lines.count { $0.term.state(on: today) == .ended }
    let items = orders.lines.filter { $0.term.state(on: today) != .ended }.map { line -> HTML in
        "\(line.kind.label) \(serviceTag(line.service)) \(termTag(line.term, today))"
    }
    var words: [String] = []
    if orders.lines.isEmpty { words.append("No orders recorded yet.") }
    if !orders.lines.isEmpty, items.isEmpty { words.append("No order is in force.") }
    if ended > 0 { words.append("\(ended) ended.") }
    if orders.breaches > 0 { words.append(orders.breaches == 1 ? "1 breach." : "\(orders.breaches) breaches.") }
    let link: HTML? = isOurs
        ? GovUK.link("Orders, service and breaches", href: "/cases/\(record.id.column)/orders") : nil
    return """
        <h2 class="govuk-heading-m">Orders and legal</h2>\(items.isEmpty ? HTML.empty : GovUK.list(items))
        \(GovUK.paragraph("\(words.joined(separator: " ")) \(link)"))
        """
}

private func serviceTag(_ service: OrderService) -> HTML { GovUK.tag(service.label, colour: service.colour) }

private func termTag(_ term: OrderTerm, _ today: Day) -> HTML {
    let tag = term.tag(on: today)
    return GovUK.tag(tag.words, colour: tag.colour)
}

func ordersPage(_ record: CaseRecord, _ contact: SafeContact?, _ orders: [LegalOrder], _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayChange = visit.viewer.may(.writeNotes) && record.isOpen
    func isEnded(_ order: LegalOrder) -> Bool { order.now.terms.term.state(on: visit.today) == .ended }
    func cards(_ orders: [LegalOrder]) -> HTML {
        .joined(orders.map { orderCard($0, base, visit.today, mayChange: mayChange) })
    }
    let (standing, ended) = (orders.filter { !isEnded($0) }, orders.filter(isEnded))
    return Page(
        "Orders and legal", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(contact, record.person, visit), """
        \(mayChange ? GovUK.button("Record an order", href: base + "/orders/new") : HTML.empty)
        \(endingSoon(standing, visit.today))
        \(standing.isEmpty ? plain([orders.isEmpty ? "None recorded yet." : "None is in force."]) : cards(standing))
        \(ended.isEmpty ? HTML.empty : GovUK.details("Ended (\(ended.count))", cards(ended), open: standing.isEmpty))
        """)
}

/// Those that end within four weeks: in words, above all else.
private func endingSoon(_ orders: [LegalOrder], _ today: Day) -> HTML {
    let soon = orders.filter { $0.now.terms.term.state(on: today) == .endsSoon }
    if soon.isEmpty { return .empty }
    let ends = soon.map { "\($0.kind.label) ends on \($0.now.terms.term.until?.description ?? "")." }
    return GovUK.warningText("\(ends.joined(separator: " ")) Decide now whether it is to be renewed.")
}

private func orderCard(_ order: LegalOrder, _ base: String, _ today: Day, mayChange: Bool) -> HTML {
    let (now, terms) = (order.now, order.now.terms)
    let here = "\(base)/orders/\(order.id.column)"
    var actions: [GovUK.Action] = []
    if mayChange {
        actions.append(GovUK.Action("Change", href: here))
        if terms.service != .notServed { actions.append(GovUK.Action("Record a breach", href: here + "/breaches/new")) }
    }
    let unserved: HTML? = terms.service == .notServed ? ". Until it is, it can’t be breached or enforced" : nil
    let on: HTML? = terms.servedOn.map { " on \($0.description)" }
    return GovUK.summaryCard(title: order.name, actions: actions, rows: [
        GovUK.SummaryRow("Service", "\(serviceTag(terms.service))\(on)\(unserved)"),
        GovUK.SummaryRow("How long", "\(termTag(terms.term, today)) \(days(terms.term))"),
        GovUK.SummaryRow("Asked for by", "\(terms.applicant.label)\(terms.court.isEmpty ? "" : ". \(terms.court)")"),
        GovUK.SummaryRow("Conditions", terms.conditions.isEmpty ? "None recorded" : lines(terms.conditions)),
        GovUK.SummaryRow("Breaches", order.breaches.isEmpty ? "None recorded" : breachList(order.breaches)),
        GovUK.SummaryRow("Recorded", "\(London.short(now.recordedAt)), \(now.by)"),
    ] + (order.earlier.isEmpty ? [] : [GovUK.SummaryRow("Before", earlier(order))]))
}

private func days(_ term: OrderTerm) -> String {
    "from \(term.from) \(term.until.map { "until \($0)" } ?? "until further order")"
}

private func breachList(_ breaches: [OrderBreach]) -> HTML {
    GovUK.list(breaches.map { breach -> HTML in
        """
        <strong>\(breach.happenedOn.description)</strong> \
        \(GovUK.tag(breach.report.label, colour: breach.report.colour))<br>\(lines(breach.what))<br>\
        \(London.short(breach.recordedAt)), \(breach.by)
        """
    })
}

private func earlier(_ order: LegalOrder) -> HTML {
    let items = order.earlier.map { said -> HTML in
        let terms = said.terms
        let served: HTML? = terms.servedOn.map { " on \($0.description)" }
        let court: HTML? = terms.court.isEmpty ? nil : "<br>\(terms.court)"
        let conditions: HTML? = terms.conditions.isEmpty ? nil : "<br>\(lines(terms.conditions))"
        return """
            Made \(terms.madeOn.description), \(days(terms.term)). \(terms.service.label)\(served). \
            \(terms.applicant.label). \(London.short(said.recordedAt)), \(said.by)\(court)\(conditions)
            """
    }
    return GovUK.details("\(items.count) earlier version\(items.count == 1 ? "" : "s")", GovUK.list(items))
}

func orderPage(_ record: CaseRecord, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(record.id.column)/orders"
    return Page("Record an order", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/new", answers, """
            \(GovUK.radios("kind", legend: "What kind of order is it?", options: OrderKind.options, small: true,
                           in: answers))
            \(termFields(answers))\(GovUK.button("Save"))
            """))
        """)
}

func orderChangePage(
    _ record: CaseRecord, _ order: LegalOrder, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/orders"
    return Page(
        "Change an order", caption: "\(order.kind.label), \(record.reference)", errors: answers.errors, back: base, """
        \(notice)\(orderChangeForm(base, order, answers, visit))
        """)
}

private func orderChangeForm(
    _ base: String, _ order: LegalOrder, _ answers: Answers, button: String = "Save", _ visit: Visit
) -> HTML {
    visit.form("\(base)/\(order.id.column)", answers, """
        \(GovUK.hidden("version", answers["version"]))\(termFields(answers))\(GovUK.button(button))
        """)
}

private func termFields(_ answers: Answers) -> HTML {
    """
    \(GovUK.radios("applicant", legend: "Who asked for it?", options: OrderApplicant.options, small: true, in: answers))
    \(GovUK.input("court", label: "Court or police force", hint: "May be left empty.", in: answers))
    \(GovUK.dateInput("made", legend: "When was it made?", in: answers))
    \(GovUK.radios("service", legend: "Has it been served?", options: OrderService.options, small: true, in: answers))
    \(GovUK.dateInput("served", legend: "When was it served?", hint: "Only if it has been served.", in: answers))
    \(GovUK.dateInput("from", legend: "From when does it hold?", hint: "Left empty: from the day it was made.",
                      in: answers))
    \(GovUK.radios("lasts", legend: "How long does it hold?", options: [
        GovUK.Choice("day", "Until a day"), GovUK.Choice("furtherOrder", "Until further order"),
    ], small: true, in: answers))
    \(GovUK.dateInput("until", legend: "Last day on which it holds", hint: "Only if it ends on a day.", in: answers))
    \(GovUK.textarea("conditions", label: "Conditions", hint: "What it forbids or asks for. May be left empty.",
                     rows: 4, in: answers))
    """
}

/// A colleague saved while this was being written: both are shown, and neither is lost.
func orderConflictPage(_ record: CaseRecord, _ theirs: LegalOrder, _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    let again = answers.again(over: theirs.now.version)
    return Page("Someone else changed this too", caption: theirs.kind.label, back: base + "/orders", """
        <p class="govuk-body">While you were writing, \(theirs.now.by) saved this. Yours is not saved yet.</p>
        \(orderCard(theirs, base, visit.today, mayChange: false))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: base + "/orders")), or check yours below and save
        it instead. Theirs stays among the earlier versions.</p>
        \(orderChangeForm(base + "/orders", theirs, again, button: "Save mine", visit))
        """)
}

func breachPage(
    _ record: CaseRecord, _ order: LegalOrder, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/orders"
    let terms = order.now.terms
    let unserved: HTML? = terms.service == .served ? nil : GovUK.insetText("\(terms.service.label).")
    return Page(
        "Record a breach", caption: "\(order.kind.label), \(record.reference)", errors: answers.errors, back: base, """
        \(terms.conditions.isEmpty ? HTML.empty : GovUK.details("Conditions", "\(lines(terms.conditions))"))\(unserved)
        \(notice)\(visit.form("\(base)/\(order.id.column)/breaches/new", answers, """
            \(GovUK.dateInput("happened", legend: "On which day did it happen?", in: answers))
            \(GovUK.textarea("what", label: "What happened?", rows: 4, in: answers))
            \(GovUK.radios("report", legend: "Was it reported to the police?", options: BreachReport.options,
                           small: true, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}
