import Pages
import Postgres

/// What nearly every service asks stands open; the rest is folded, and may wait: by night the search comes first.
func housingRequestForm(
    _ record: CaseRecord, _ areas: [AreaChoice], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/housing"
    return Page(
        "Find a home", caption: record.reference, errors: answers.errors, back: "/cases/\(record.id.column)", """
        \(notice)\(visit.form(base + "/new", answers, """
            \(GovUK.dateInput("needed", legend: "From which day do they need it?", in: answers))
            \(whoComes(answers))
            \(anyOf("pets", "Do animals come along?", HouseholdPet.options, none: "None", in: answers))
            \(anyOf("unsafe", "Where are they not safe?", areas.map { GovUK.Choice($0.id.column, $0.name) },
                    none: "Nowhere in this list", in: answers))
            \(factField("consents", "Do they agree to be referred?", in: answers))
            \(GovUK.details("What else a service may ask", whatElse(areas, answers),
                            open: answers.errors.contains { ["wait", "kinds", "words"].contains($0.field) }))
            \(GovUK.button("Find"))
            """))
        """)
}

private func countField(_ field: String, _ label: String, hint: String? = nil, in answers: Answers) -> HTML {
    GovUK.input(field, label: label, hint: hint, width: .two, inputmode: "numeric", in: answers)
}

/// Boxes of which none need be ticked: nothing chosen is not asked.
private func anyOf(
    _ field: String, _ legend: String, _ options: [GovUK.Choice], none: String, in answers: Answers
) -> HTML {
    GovUK.checkboxes(
        field, legend: legend, hint: "Leave empty if nobody has asked yet.",
        options: options + [GovUK.Choice(value: "none", label: none, divider: "or", exclusive: true)], small: true,
        in: answers)
}

private func whoComes(_ answers: Answers) -> HTML {
    let lines = (1...HousingRequestForm.mostChildren).map { line -> HTML in
        """
        \(countField("age-\(line)", "Child \(line): age", in: answers))
        \(GovUK.radios("sex-\(line)", legend: "Child \(line)", options: ChildSex.options, inline: true, small: true,
                       in: answers))
        """
    }
    let filled = (1...lines.count).last { !answers["age-\($0)"].isEmpty || !answers["sex-\($0)"].isEmpty } ?? 0
    let open = min(max(filled + 1, 2), lines.count)
    return """
        \(countField("women", "Women", in: answers))\(countField("men", "Men", in: answers))
        \(HTML.joined(Array(lines.prefix(open))))
        \(open == lines.count ? HTML.empty : GovUK.details(
            "More children, other adults",
            "\(HTML.joined(Array(lines.dropFirst(open))))\(countField("others", "Other adults", in: answers))",
            open: answers.errors.contains { $0.field == "others" }))
        \(open == lines.count ? countField("others", "Other adults", in: answers) : HTML.empty)
        \(factField("expecting", "Is a baby due?", in: answers))
        """
}

private func whatElse(_ areas: [AreaChoice], _ answers: Answers) -> HTML {
    let kinds = AccommodationKind.allCases.filter { $0 != .sanctuary }.map { GovUK.Choice($0.rawValue, $0.label) }
    return """
        \(countField("wait", "How many days could they wait safely?", hint: "Empty: none.", in: answers))
        \(anyOf("access", "What access do they need?",
                UnitFeature.allCases.filter { !$0.isPet }.map { GovUK.Choice($0.rawValue, $0.label) }, none: "None",
                in: answers))
        \(anyOf("needs", "Which needs and histories does a service have to take?",
                NeedTaken.allCases.map { GovUK.Choice($0.rawValue, $0.label) }, none: "None of these", in: answers))
        \(GovUK.radios("funds", legend: "What can pay for it?", options: HouseholdFunds.options, small: true,
                       in: answers))
        \(GovUK.radios("staffing", legend: "How much staff do they need?", options: Staffing.options, small: true,
                       in: answers))
        \(GovUK.checkboxes("kinds", legend: "What would they take?", options: kinds, small: true, in: answers))
        \(GovUK.select("home", label: "Where do they come from?", options: [GovUK.Choice("", "Not known")]
            + areas.map { GovUK.Choice($0.id.column, $0.name) }, in: answers))
        \(GovUK.checkboxes("trans", legend: "Do they ask for a service’s policy on trans people?",
                           options: [GovUK.Choice("yes", "Yes, they raised it")], small: true, in: answers))
        \(GovUK.textarea("words", label: "What else must a service know?", hint: "May be left empty.", rows: 3,
                         in: answers))
        """
}
