import Foundation
import Pages
import Postgres

func assessmentsPage(_ list: [ImpactAssessment], _ visit: Visit) -> Page {
    let rows = list.map { one -> [HTML] in
        [GovUK.link(one.words.title, href: "/register/assessments/\(one.id.column)"),
         "\(one.words.covers.map(\.label).joined(separator: "; "))", "\(one.words.outcome.label)",
         "\(one.words.signedBy), \(one.words.signedOn.description)", reviewDay(one, visit.today)]
    }
    let add: HTML? = visit.viewer.keepsRegister
        ? GovUK.button("Record an assessment", href: "/register/assessments/new") : nil
    return Page("Impact assessments", wide: true, """
        \(registerTabs(.assessments))
        <p class="govuk-body">Before data is used in a way that may put people at high risk, the risk is assessed \
        (UK GDPR, Article 35). Each is looked at again by its day, or when what it covers changes.</p>\(add)
        \(list.isEmpty ? plain(["None is recorded yet."]) : GovUK.table(
            caption: "Next review first", columns: ["Assessment", "Covers", "Outcome", "Signed off", "Next review"],
            rows: rows))
        """)
}

private func reviewDay(_ one: ImpactAssessment, _ today: Day) -> HTML {
    let late: HTML? = one.isDue(on: today) ? GovUK.tag("Overdue", colour: .red) : nil
    return "\(one.words.reviewOn.description) \(late)"
}

/// The newest, or the version that was asked for.
func assessmentPage(_ versions: [ImpactAssessment], _ newest: ImpactAssessment, _ visit: Visit) -> Page {
    let here = "/register/assessments/\(newest.id.column)"
    let shown = versions.first { $0.version == visit.version } ?? newest
    let change: HTML? = visit.viewer.keepsRegister ? GovUK.button("Review or change", href: here + "/change") : nil
    let note: HTML? = shown.version == newest.version ? nil : GovUK.insetText("This is an earlier version.")
    return Page("An impact assessment", back: "/register/assessments", """
        <h2 class="govuk-heading-m">\(shown.words.title)</h2>
        \(note)\(GovUK.summaryList(rows(shown, visit.today)))\(change)
        \(versionLinks(versions.map { ($0.version, $0.words.signedOn) }, shown: shown.version) {
            "\(here)?version=\($0)"
        })
        """)
}

private func rows(_ one: ImpactAssessment, _ today: Day) -> [GovUK.SummaryRow] {
    let asked: HTML? = one.words.consultedOn.map { "<br>Asked on \($0.description)" }
    return [
        GovUK.SummaryRow("Covers", GovUK.list(one.words.covers.map { "\($0.label)" }, .plain)),
        GovUK.SummaryRow("Risks", lines(one.words.risks)), GovUK.SummaryRow("Measures", lines(one.words.measures)),
        GovUK.SummaryRow("Outcome", "\(one.words.outcome.label)\(asked)"),
        GovUK.SummaryRow("Signed off", "\(one.words.signedBy), \(one.words.signedOn.description)"),
        GovUK.SummaryRow("Next review", reviewDay(one, today)),
        GovUK.SummaryRow("Version", "\(String(one.version)): \(one.by), \(London.short(one.recordedAt))"),
    ]
}

/// A new assessment where `newest` is nothing; else its next version.
func impactFormPage(_ newest: ImpactAssessment?, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let here = newest.map { "/register/assessments/\($0.id.column)" }
    let action = here.map { $0 + "/change" } ?? "/register/assessments/new"
    let version: HTML? = newest == nil ? nil : GovUK.hidden("version", answers["version"])
    return Page(
        newest == nil ? "Record an impact assessment" : "Review an impact assessment", errors: answers.errors,
        back: here ?? "/register/assessments", """
        \(notice)\(visit.form(action, answers, """
            \(version)\(GovUK.input("title", label: "What is it called?", autocomplete: "off", in: answers))
            \(GovUK.checkboxes("covers", legend: "Which kinds of records does it cover?", options: RecordType.options,
                               small: true, in: answers))
            \(GovUK.textarea("dangers", label: "Risks to people", rows: 5, in: answers))
            \(GovUK.textarea("measures", label: "What is done about them", rows: 5, in: answers))
            \(GovUK.radios("outcome", legend: "What remains?", options: ImpactOutcome.options, small: true,
                           in: answers))
            \(GovUK.dateInput("consulted", legend: "When was the Information Commissioner asked?",
                              hint: "Only where a high risk remains.", in: answers))
            \(GovUK.input("signed-by", label: "Who signed it off?", hint: "Name and office.", autocomplete: "off",
                          in: answers))
            \(GovUK.dateInput("signed", legend: "When was it signed off?", in: answers))
            \(GovUK.dateInput("review", legend: "When is it looked at again?", hint: "Usually within a year.",
                              in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}
