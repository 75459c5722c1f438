import Foundation
import Pages
import Postgres

func matacRankingPage(_ ranking: [MatacScore], _ visit: Visit) -> Page {
    let rows = ranking.map { one -> [HTML] in
        let late: HTML? = one.reviewOn.map { $0 < visit.today ? GovUK.tag("Review overdue", colour: .red) : .empty }
        return [
            GovUK.link(one.personName, href: "/cases/\(one.caseID.column)/matac"), "\(one.score)",
            "\(one.points.map(String.init).joined(separator: " + "))", "\(one.standing.label)",
            "\(one.reviewOn?.description ?? "None") \(late)",
        ]
    }
    return Page("MATAC ranking", back: "/programmes", wide: true, """
        <p class="govuk-body">Recency, frequency, gravity and number of people harmed: up to five points each. The \
        newest scoring of each open case.</p>
        \(rows.isEmpty ? plain(["Nobody is scored yet."]) : GovUK.table(
            caption: "Most points first", columns: ["Who", .numeric("Points"), "Of which", "Standing", "Review"],
            rows: rows))
        """)
}

func matacPage(_ record: CaseRecord, _ scores: [MatacScore], _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayChange = visit.viewer.may(.writeNotes) && record.isOpen
    let cards = scores.map { one -> HTML in
        GovUK.summaryCard(title: "\(one.score) points, \(London.short(one.recordedAt))", rows: [
            GovUK.SummaryRow("Recency", "\(one.points[0]): last on \(one.lastOn.description)"),
            GovUK.SummaryRow("Frequency", "\(one.points[1]): \(one.incidents) in \(one.months) months"),
            GovUK.SummaryRow("Gravity", "\(one.points[2]): \(one.gravity.label)"),
            GovUK.SummaryRow("People harmed", "\(one.points[3]): \(one.victims)"),
            GovUK.SummaryRow("Standing", "\(one.standing.label)"),
            GovUK.SummaryRow("Plan", one.plan.isEmpty && one.words.isEmpty ? "None"
                : "\(one.plan.map(\.label).joined(separator: ", "))<br>\(lines(one.words))"),
            GovUK.SummaryRow("Review", "\(one.reviewOn?.description ?? "None")"),
            GovUK.SummaryRow("Scored by", "\(one.by)"),
        ])
    }
    return Page(
        "MATAC scoring", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base, """
        \(mayChange ? GovUK.button("Score", href: base + "/matac/new") : HTML.empty)
        \(cards.isEmpty ? plain(["Not scored yet."]) : cards[0])
        \(cards.count < 2 ? HTML.empty
            : GovUK.details("Before (\(cards.count - 1))", .joined(Array(cards.dropFirst()))))
        <p class="govuk-body">\(GovUK.link("Everybody by rank", href: "/matac"))</p>
        """)
}

/// The form as it opens: over what was scored last.
func matacAnswers(_ last: MatacScore?) -> Answers {
    var answers = Answers(["version": [String(last?.version ?? 0)]])
    guard let last else { return answers }
    answers.set("months", String(last.months))
    answers.setDay("last", last.lastOn)
    answers.set("incidents", String(last.incidents))
    answers.set("gravity", last.gravity.rawValue)
    answers.set("victims", String(last.victims))
    answers.set("standing", last.standing.rawValue)
    answers.set("plan", last.plan.map(\.rawValue))
    answers.set("words", last.words)
    return answers
}

func matacFormPage(_ record: CaseRecord, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(record.id.column)/matac"
    return Page("Score for MATAC", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/new", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("months", legend: "Over which time?", options: [
                GovUK.Choice("12", "The last 12 months"), GovUK.Choice("24", "The last 24 months"),
            ], small: true, in: answers))
            \(GovUK.dateInput("last", legend: "When was the last incident?", in: answers))
            \(GovUK.input("incidents", label: "How many incidents within that time?", width: .three,
                          inputmode: "numeric", in: answers))
            \(GovUK.radios("gravity", legend: "What was the gravest of them?", options: MatacGravity.options,
                           small: true, in: answers))
            \(GovUK.input("victims", label: "How many people were harmed?", hint: "A number. Name nobody here.",
                          width: .three, inputmode: "numeric", in: answers))
            \(GovUK.radios("standing", legend: "Are they taken up?", options: MatacStanding.options, small: true,
                           in: answers))
            \(GovUK.checkboxes("plan", legend: "What does the plan do?", hint: "Only if they are taken up.",
                               options: MatacPlan.options, small: true, in: answers))
            \(GovUK.textarea("words", label: "The plan in words", hint: "Nothing of those who were harmed.", rows: 4,
                             in: answers))
            \(GovUK.dateInput("review", legend: "When is it reviewed?", hint: "Only if they are taken up.",
                              in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func serialPage(_ person: Person, _ count: HarmedCount?) -> Page {
    let words = count.map { count in
        count.people == 0 ? "Nobody is recorded as harmed by them."
            : "Recorded as harming \(count.people) \(count.people == 1 ? "person" : "people"), "
                + "\(count.withOpenCase) of them with an open case."
    } ?? "You hold a case in which they are named. The number is shown to a manager who holds none."
    return Page("Number of people", caption: person.name, back: "/people/\(person.id.column)", """
        <p class="govuk-body">\(words)</p>
        <p class="govuk-body">Counted over your agency’s records, by name and date of birth. Don’t pass the number on \
        to whoever works with one of them.</p>
        """)
}
