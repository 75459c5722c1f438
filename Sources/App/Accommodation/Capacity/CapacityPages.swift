import Pages
import Postgres
import Statistics

extension Site {
    /// How many spaces are needed so that few are turned away. Nothing of it is kept: its numbers stand in the address.
    mutating func addCapacity() {
        get("capacity", .needs(.planCapacity)) { visit in
            let isAsked = !visit.query.isEmpty
            let (own, matching) = try await visit.read { db in
                (try db.ownCapacity(visit), isAsked ? try db.ownMatching(visit) : nil)
            }
            var answers = isAsked ? Answers(visit.query) : CapacityForm.opening(own)
            let form = isAsked ? CapacityForm(&answers) : nil
            let matched = form.flatMap { form in
                matching.map { matchedHouseholdsPart(form.question, $0, own, on: visit.today) }
            }
            let page = capacityPage(form, own, matched, answers)
            return answers.errors.isEmpty ? .page(page) : .invalid(page)
        }
    }
}

private func capacityPage(_ form: CapacityForm?, _ own: OwnCapacity, _ matched: HTML?, _ answers: Answers) -> Page {
    func amount(_ field: String, _ label: String, hint: String? = nil) -> HTML {
        GovUK.input(field, label: label, hint: hint, width: .five, inputmode: "decimal", in: answers)
    }
    return Page("How many spaces", errors: answers.errors, wide: true, """
        \(form.map { capacityAnswer($0, own, matched) })
        <form method="get" action="/capacity" novalidate>\(GovUK.hidden("asked", "yes"))
        \(amount("referrals", "How many households ask for a space in a year?",
                 hint: "All that ask, also those who were turned away. Each household once, however often it asked."))
        \(amount("stay", "How many days does a household stay?", hint: stayHint(own)))
        \(amount("void", "How many days does a space stand empty between two?", hint: "May be left empty."))
        \(amount("spaces", "How many spaces are there?", hint: "\(own.units) units are on record."))
        \(amount("target", "How many in a hundred may be turned away at most?"))
        \(GovUK.heading(2, "What else is known"))
        \(GovUK.paragraph("All of this may be left empty."))
        \(amount("placed", "How many households were placed in a year?",
                 hint: "To see whether the figures can all be true. \(own.begun) stays on record began within a year."))
        \(amount("people", "How many people live in the area?",
                 hint: "For the mark of 1 space per 10,000 people (Council of Europe)."))
        \(sizeFields(own, answers))
        \(amount("recourse", "How many in a hundred households have no recourse to public funds?",
                 hint: recourseHint(own)))
        \(amount("patience", "How many days does a household wait that finds nothing free?",
                 hint: "On average. Empty: it goes elsewhere at once."))
        \(amount("swing", "By how many in a hundred do referrals swing over the year?",
                 hint: "30: in the busiest month 30% more than on average, in the quietest 30% fewer."))
        \(areaFields(answers))
        \(GovUK.button("Work it out"))</form>
        """)
}

private func sizeFields(_ own: OwnCapacity, _ answers: Answers) -> HTML {
    let stays = own.households.reduce(0, +)
    let hint = stays > 0
        ? "Of a hundred. Filled in from \(stays) stays of your own units that began within three years."
        : "Of a hundred, adults and children together."
    let fields = CapacityForm.sizeFields.enumerated().map { index, field in
        GovUK.input(field, label: HouseholdSize.label(index), width: .three, inputmode: "decimal", in: answers)
    }
    return """
        <div class="govuk-form-group">\(GovUK.fieldset(
            legend: "How many households are of which size?", describedBy: "sizes-hint",
            "\(GovUK.hint(hint, id: "sizes-hint"))\(HTML.joined(fields))"))</div>
        """
}

private func areaFields(_ answers: Answers) -> HTML {
    let fields = (1...CapacityForm.mostAreas).map { number -> HTML in
        """
        \(GovUK.input("area-referrals-\(number)", label: "Area \(number): households that ask in a year", width: .five,
                      inputmode: "decimal", in: answers))
        \(GovUK.input("area-spaces-\(number)", label: "Area \(number): spaces", width: .five, inputmode: "numeric",
                      in: answers))
        """
    }
    let hint = GovUK.hint("What each would turn away, and all of them if they took everybody.", id: "areas-hint")
    return """
        <div class="govuk-form-group">\(GovUK.fieldset(
            legend: "Do some areas take only their own households?", describedBy: "areas-hint",
            "\(hint)\(HTML.joined(fields))"))</div>
        """
}

/// How a size of household is called, by its place: the last stands for more.
enum HouseholdSize {
    static func label(_ index: Int) -> String {
        switch index {
        case 0: "1 person"
        case 4: "5 people or more"
        default: "\(index + 1) people"
        }
    }
}

private func stayHint(_ own: OwnCapacity) -> String {
    guard let survival = own.survival else { return "The mean of all stays, not only of those that ended." }
    return """
        The mean of \(survival.ended + survival.open) stays on record is \(Int(survival.mean.rounded())) days; the \
        \(survival.open) that go on count by what is known of them.
        """
}

private func recourseHint(_ own: OwnCapacity) -> String {
    let unknown = own.notKnownTaking > 0 ? "; of \(own.notKnownTaking) it is not known" : ""
    return "Of \(own.units) units on record \(own.taking) take them\(unknown)."
}
