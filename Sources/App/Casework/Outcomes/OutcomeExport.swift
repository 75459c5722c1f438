import Foundation
import Pages
import Postgres

/// The export of data sets: one line for each set that counts, without a name, a day of birth, an address, a number or
/// anything that somebody typed. Each column is documented (docs/guide/data-sets.md).
enum OutcomeExport {
    /// Lines that one file may have: more is a shorter period.
    static let most = 20_000

    static let facts = [
        "client", "case", "agency", "stage", "taken_on", "opened_on", "closed_on", "repeat_within_12_months", "risk",
        "marac_decision", "age_band", "sex", "ethnicity", "gender_identity", "sexual_orientation", "religion",
        "disability", "connection", "children", "needs_open", "needs_met", "interventions", "orders", "closing_reason",
        "abuse_change", "feels", "own_words_given",
    ]

    static let header = facts + OutcomeQuestion.all.map(\.name)

    static func text(_ lines: [OutcomeLine], _ index: BlindIndex, today: Day) -> String {
        CommaSeparated.text(header, lines.map { $0.cells(index, today: today) })
    }
}

/// A data set, with what else the record says.
struct OutcomeLine: Sendable {
    let person: UUID
    let caseID: UUID
    let takenOn: Day
    let birth: Day?
    /// What is kept of somebody whose record was deleted.
    let ageBand: String?
    /// What needs no working out, by column.
    let facts: [String: String]
    let answers: OutcomeAnswers
    let stage: OutcomeStage

    fileprivate func cells(_ index: BlindIndex, today: Day) -> [String] {
        let age = birth.map { AgeBand(age: $0.years(until: takenOn)).rawValue }
            ?? ageBand ?? OutcomeQuestion.notAsked
        let worked = [
            "client": Self.code(person, "export_client", index), "case": Self.code(caseID, "export_case", index),
            "age_band": age, "stage": stage.rawValue, "taken_on": takenOn.column,
        ]
        let asked = Set(OutcomeQuestion.of(stage).map(\.name))
        return OutcomeExport.facts.map { worked[$0] ?? facts[$0] ?? "" } + OutcomeQuestion.all.map { question in
            asked.contains(question.name) ? answers[question.name] ?? OutcomeQuestion.notAsked : ""
        }
    }

    /// The same for the same person in every file of this installation; it leads nowhere without its key.
    private static func code(_ id: UUID, _ field: String, _ index: BlindIndex) -> String {
        (index.token(for: id.column, field: field) ?? Data()).prefix(8).map { byte in
            let text = String(byte, radix: 16)
            return text.count < 2 ? "0" + text : text
        }.joined()
    }
}

/// Which data sets are asked for.
struct OutcomeExportForm: Equatable, Sendable {
    let period: Period
    let stages: [OutcomeStage]

    init?(_ answers: inout Answers, today: Day) {
        let from = answers.day("from", name: "From")
        if from == nil { answers.refuse("from", "Enter the first day") }
        let until = answers.day("until", name: "Until")
        if until == nil { answers.refuse("until", "Enter the last day") }
        if let from, let until, until < from { answers.refuse("until", "Until must be on or after the first day") }
        stages = OutcomeStage.allCases.filter { answers.all("stage").contains($0.rawValue) }
        if stages.isEmpty { answers.refuse("stage", "Select intake, review or exit") }
        guard let from, let until, answers.errors.isEmpty else { return nil }
        period = Period(from: from, until: until)
    }
}

extension Site {
    /// Data sets as a file, for those who may: what leaves is recorded before it leaves.
    mutating func addOutcomeExport() {
        get("team/data-sets", .needs(.exportDataSets)) { visit in
            var opening = Answers()
            let year = FinancialYear(of: visit.today)
            opening.setDay("from", year.quarters[0].from)
            opening.setDay("until", visit.today)
            opening.set("stage", OutcomeStage.allCases.map(\.rawValue))
            return .page(exportPage(opening, visit))
        }
        post("team/data-sets", .needs(.exportDataSets)) { visit in
            var answers = visit.typed
            guard let form = OutcomeExportForm(&answers, today: visit.today) else {
                return .invalid(exportPage(answers, visit))
            }
            let count = try await visit.write { db in
                let count = try db.outcomeLineCount(form, visit)
                if count <= OutcomeExport.most {
                    try db.audit(.outcomesExported, .log, nil, detail: form.detail(count))
                }
                return count
            }
            guard count <= OutcomeExport.most else {
                answers.refuse("from", "There are \(count) in this period: a file takes \(OutcomeExport.most). "
                    + "Choose a shorter one")
                return .invalid(exportPage(answers, visit))
            }
            let lines = try await visit.read { db in try db.outcomeLines(form, visit) }
            let text = OutcomeExport.text(lines, visit.services.keys.index, today: visit.today)
            return .download(Download(name: "data.csv", mediaType: "text/csv; charset=utf-8", bytes: Data(text.utf8)))
        }
    }
}

extension OutcomeExportForm {
    fileprivate func detail(_ count: Int) -> String {
        """
        {"from":"\(period.from.column)","until":"\(period.until.column)","lines":\(count)}
        """
    }
}

private func exportPage(_ answers: Answers, _ visit: Visit) -> Page {
    Page("Data sets", errors: answers.errors, wide: true, """
        \(teamTabs(.dataSets))
        <p class="govuk-body">Intakes, reviews and exits as a file with one line for each, to be mapped to the columns \
        of Insights, On Track or another collection. It has no name, day of birth, address or number, and nothing that \
        somebody typed; a client and a case have a code that is the same in every file. It is still personal data: \
        small numbers may tell who somebody is. Send it only under an agreement, and delete it after.</p>
        <p class="govuk-body">A restricted case is in it for those who may see it. That you made the file is \
        recorded. The columns are explained in the guide to data sets that comes with this service.</p>
        \(visit.form("/team/data-sets", answers, keepsDraft: false, """
            \(GovUK.dateInput("from", legend: "Taken from", in: answers))
            \(GovUK.dateInput("until", legend: "Until", in: answers))
            \(GovUK.checkboxes("stage", legend: "Which?", options: OutcomeStage.options, small: true, in: answers))
            \(GovUK.button("Save the file", preventDoubleClick: false))
            """))
        """)
}
