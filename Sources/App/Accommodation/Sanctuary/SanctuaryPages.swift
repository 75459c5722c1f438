import Foundation
import Pages
import Postgres

/// What stands around the sanctuaries of a case.
struct SanctuaryAround: Sendable {
    let record: CaseRecord
    let contact: SafeContact?
    let sanctuaries: [Sanctuary]

    var base: String { "/cases/\(record.id.column)/sanctuary" }
    func mayChange(_ visit: Visit) -> Bool { visit.viewer.may(.writeNotes) && record.isOpen }
}

func sanctuariesPage(_ around: SanctuaryAround, _ visit: Visit) -> Page {
    let record = around.record
    let add: HTML = around.mayChange(visit) && !around.sanctuaries.contains(where: \.isOpen)
        ? GovUK.button("Record a request", href: around.base + "/new") : .empty
    return Page(
        "Works at home", caption: "\(record.personName ?? "Person not shared"), \(record.reference)",
        back: "/cases/\(record.id.column)", above: safeContactBanner(around.contact, record.person, visit), """
        \(GovUK.paragraph("Sanctuary: works that make their own home safe enough to stay in, if they want that."))
        \(add)\(around.sanctuaries.isEmpty ? plain(["None asked for yet."]) 
            : HTML.joined(around.sanctuaries.map { one in
            GovUK.summaryCard(title: one.name, actions: [GovUK.Action("Open", href: one.path)], rows: [
                GovUK.SummaryRow("Stands at", stage(one)), GovUK.SummaryRow("Due", due(one, visit)),
                GovUK.SummaryRow("Counts", counts(one)),
            ])
        }))
        """)
}

private func stage(_ one: Sanctuary) -> HTML { GovUK.tag(one.stage.label, colour: one.stage.colour) }

private func due(_ one: Sanctuary, _ visit: Visit) -> HTML {
    guard let due = one.due else { return one.has(.installed) ? "Installed" : "Not ordered" }
    let isLate = due < visit.now
    return """
        \(GovUK.tag("By \(London.dateAndTime(due))\(isLate ? ", overdue" : "")", colour: isLate ? .red : .orange)) \
        \(ContactClock.words(due: due, at: visit.now))
        """
}

/// Whether it counts as support in safe accommodation, from when on, and why not.
private func counts(_ one: Sanctuary) -> HTML {
    if let day = one.countsFrom { return "Once, from \(day.description): installed, and support comes with it" }
    return "Not yet. \(one.countsNot.joined(separator: ". "))"
}

func sanctuaryPage(_ around: SanctuaryAround, _ one: Sanctuary, _ visit: Visit) -> Page {
    let mayChange = around.mayChange(visit) && one.isOpen
    var buttons: [HTML] = []
    if mayChange {
        buttons = [
            GovUK.button("Put down what was done", href: one.path + "/next"),
            GovUK.button("Items", kind: .secondary, href: one.path + "/items"),
            GovUK.button("Change", kind: .secondary, href: one.path + "/edit"),
        ]
    }
    let isOrdered = one.has(.ordered)
    if isOrdered, one.isOpen, visit.viewer.may(.writeNotes) {
        buttons.append(GovUK.button("Contractor’s order", kind: .secondary, href: one.path + "/order"))
    }
    return Page(
        "Works at home", caption: "\(around.record.personName ?? "Person not shared"), \(around.record.reference)",
        back: around.base, above: safeContactBanner(around.contact, around.record.person, visit), """
        \(GovUK.buttonGroup(buttons))\(isOrdered || !one.isOpen ? HTML.empty : beforeOrder(one))
        \(GovUK.summaryList(rows(one, visit)))\(sizeCriteria(around, one, visit))
        \(one.items.isEmpty ? HTML.empty : itemTable(one))
        \(one.steps.isEmpty ? plain(["Nothing was done yet."]) : stepTable(one))
        """)
}

private func beforeOrder(_ one: Sanctuary) -> HTML {
    if one.missing.isEmpty { return GovUK.insetText("Everything is there: it can be ordered.") }
    return """
        \(GovUK.heading(2, "Before it can be ordered"))\(GovUK.list(one.missing.map { "\($0)" }))
        """
}

private func rows(_ one: Sanctuary, _ visit: Visit) -> [GovUK.SummaryRow] {
    let terms = one.terms
    let asked = terms.permissionOn.map { ", \($0)" } ?? ""
    let cost = one.cost.map { "\(pounds($0))\(one.costIsPartial ? " so far: not every cost is known" : "")" }
    let pays = terms.funder.isEmpty ? "" : ". Paid by \(terms.funder)"
    let access = terms.access.map(\.label).joined(separator: ", ")
    return [
        GovUK.SummaryRow("Stands at", stage(one)), GovUK.SummaryRow("To be installed", due(one, visit)),
        GovUK.SummaryRow("Counts", counts(one)),
        GovUK.SummaryRow("They want to stay there", "\(terms.wants.label)"),
        GovUK.SummaryRow("Whoever harms them lives there", "\(terms.harmerThere.label)"),
        GovUK.SummaryRow("The home", "\(terms.tenure.label)"),
        GovUK.SummaryRow("Landlord’s permission", "\(terms.permission.label)\(asked)"),
        GovUK.SummaryRow("How soon", "\(terms.urgency.label)"),
        GovUK.SummaryRow("Cost", "\(cost ?? "Not known yet")\(pays)"),
        GovUK.SummaryRow("For the contractor", """
            Job \(one.reference). \(terms.phone.isEmpty ? "No number to ring" : "Rings \(terms.phone)")\
            \(access.isEmpty ? "" : ". \(access)")
            """),
        GovUK.SummaryRow("Recorded", "\(London.short(one.recordedAt)), \(one.by)"),
    ]
}

/// The way to the letter for the size criteria: of a social tenant, once it is installed.
private func sizeCriteria(_ around: SanctuaryAround, _ one: Sanctuary, _ visit: Visit) -> HTML {
    guard one.isOpen, one.terms.tenure == .social, around.mayChange(visit) else { return .empty }
    guard one.has(.installed) else {
        return GovUK.paragraph("""
            Once it is installed, a letter can confirm it for Housing Benefit or Universal Credit: the home is then \
            exempt from the size criteria.
            """)
    }
    let link = GovUK.link(
        "Write the letter for the size criteria",
        href: "/cases/\(around.record.id.column)/letters/new?template=\(LetterTemplate.sizeCriteria.rawValue)")
    return GovUK.paragraph("""
        \(link): a spare room is no reason to pay less Housing Benefit or Universal Credit where a social home was \
        adapted like this (SI 2021/991, regulations 3 and 4).
        """)
}

private func itemTable(_ one: Sanctuary) -> HTML {
    GovUK.table(
        caption: "What is put in", columns: ["Item", .numeric("How many"), .numeric("Cost")],
        rows: one.items.map { item -> [HTML] in
            ["\(item.kind.label)", "\(item.number)", "\(item.cost.map(pounds) ?? "Not known")"]
        })
}

private func stepTable(_ one: Sanctuary) -> HTML {
    GovUK.table(
        caption: "What was done, newest first",
        columns: ["What", "When", "By whom", "What was found or agreed", "Recorded"],
        rows: one.steps.map { step -> [HTML] in
            let because = step.because.map { "\($0.label). " } ?? ""
            return [
                "\(step.kind.label)", "\(step.day.description)", "\(step.who)", "\(because)\(lines(step.words))",
                "\(London.short(step.recordedAt)), \(step.by)",
            ]
        })
}

/// What is known of it, when it is asked for and each time that it changes.
func sanctuaryTermsPage(
    _ title: String, _ action: String, back: String, _ around: SanctuaryAround, _ answers: Answers, isNew: Bool,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page(title, caption: around.record.reference, errors: answers.errors, back: back, """
        \(notice)\(visit.form(action, answers, """
            \(isNew ? HTML.empty : GovUK.hidden("version", answers["version"]))
            \(GovUK.dateInput("requested", legend: "When was it asked for?", in: answers))
            \(factField("wants", "Do they want to stay in their home?", hint: "It is theirs to choose.", in: answers))
            \(factField("there", "Does whoever harms them live there?", in: answers))
            \(GovUK.radios("tenure", legend: "Who owns the home?", options: Tenure.options, small: true, in: answers))
            \(GovUK.radios("permission", legend: "Does the landlord allow it?", hint: "Say no more than that the works "
                + "are for safety.", options: LandlordPermission.options, small: true, in: answers))
            \(GovUK.dateInput("permission-on", legend: "When was the landlord asked, or when did they answer?",
                              hint: "Only if the landlord was asked.", in: answers))
            \(GovUK.radios("urgency", legend: "How soon does it have to be in?", options: SanctuaryUrgency.options,
                           small: true, in: answers))
            \(GovUK.input("funder", label: "Who pays?", hint: "May be left empty.", in: answers))
            \(GovUK.input("fitting", label: "What does fitting cost?", hint: "Without the items. May be left empty.",
                          width: .five, inputmode: "decimal", prefix: "£", in: answers))
            \(GovUK.heading(2, "For the contractor"))
            \(GovUK.input("phone", label: "Which number does the contractor ring?",
                          hint: "Yours, never theirs: it is on the order.", type: "tel", width: .twenty, in: answers))
            \(GovUK.checkboxes("access", legend: "When is somebody in?", hint: "Leave open what isn’t known.",
                               options: SanctuaryAccess.options, small: true, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func sanctuaryItemsPage(
    _ around: SanctuaryAround, _ one: Sanctuary, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let fields = SanctuaryItemKind.allCases.map { kind -> HTML in
        """
        \(GovUK.input("\(kind.rawValue)-number", label: "\(kind.label): how many?", width: .two, inputmode: "numeric",
                      in: answers))
        \(GovUK.input("\(kind.rawValue)-cost", label: "\(kind.label): cost of all of them", width: .five,
                      inputmode: "decimal", prefix: "£", in: answers))
        """
    }
    let again: HTML? = one.has(.ordered) ? GovUK.insetText(
        "It is ordered already. If something changes, send the contractor the order again.") : nil
    return Page("Items", caption: around.record.reference, errors: answers.errors, back: one.path, """
        \(notice)\(again)\(GovUK.paragraph("Leave empty what isn’t put in, and what you don’t know yet."))
        \(visit.form(one.path + "/items", answers, """
            \(GovUK.hidden("version", answers["version"]))\(HTML.joined(fields))\(GovUK.button("Save"))
            """))
        """)
}

func sanctuaryStepPage(
    _ around: SanctuaryAround, _ one: Sanctuary, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let steps = SanctuaryStepKind.following(one)
    let before: HTML = steps.contains(.ordered) && !one.missing.isEmpty ? beforeOrder(one) : .empty
    let declining: HTML = !steps.contains(.declined) ? .empty : GovUK.select(
        "because", label: "Why does it not go ahead?", hint: "Only if it doesn’t.",
        options: [GovUK.Choice("", "It goes ahead")] + SanctuaryDeclined.options, in: answers)
    return Page(
        "What was done", caption: "\(one.stage.label), \(around.record.reference)", errors: answers.errors,
        back: one.path, """
        \(notice)\(before)\(visit.form(one.path + "/next", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("step", legend: "What was done?", options: steps.map(\.option), small: true, in: answers))
            \(GovUK.dateInput("day", legend: "On which day?",
                              hint: "For example, \(visit.today.day) \(visit.today.month) \(visit.today.year)",
                              in: answers))
            \(GovUK.input("who", label: "By whom?", hint: "A service, or the contractor.", in: answers))
            \(GovUK.textarea("words", label: "What was found or agreed?", hint: "May be left empty. It is not on the "
                + "contractor’s order.", rows: 4, in: answers))
            \(declining)\(GovUK.button("Save"))
            """))
        """)
}

/// The contractor's order on paper: what the job needs and nothing else. No name, no address, no agency, no reason: who
/// finds it learns that somebody has locks changed. The address is told on the telephone.
func sanctuaryOrderPaper(_ one: Sanctuary, _ visit: Visit) throws -> Page {
    guard let order = one.newest(.ordered), one.isOpen else { throw Refusal.notFound }
    let days = one.terms.access.map(\.label).joined(separator: ", ")
    let due = one.terms.urgency.due(ordered: order.day, at: order.recordedAt)
    let items = one.items.filter { $0.number > 0 }.map { item -> [HTML] in
        ["\(item.kind.onOrder)", "\(item.number)"]
    }
    var page = Page("Notes", heading: "Work order", back: one.path, """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Job", "\(one.reference)"),
            GovUK.SummaryRow("Ordered", "\(order.day.description)"),
            GovUK.SummaryRow("To be finished by", "\(London.dateAndTime(due))"),
            GovUK.SummaryRow("Times that suit", "\(days.isEmpty ? "To be agreed on the telephone" : days)"),
            GovUK.SummaryRow("Telephone", "\(one.terms.phone)"),
        ]))
        \(GovUK.table(caption: "Work", columns: ["Work", .numeric("How many")], rows: items))
        <p class="govuk-body">Ring the number above for the address and a time before you set out, and once the work \
        is done. Please quote the job and speak about it with nobody else.</p>
        """)
    page.isPaper = true
    return page
}
