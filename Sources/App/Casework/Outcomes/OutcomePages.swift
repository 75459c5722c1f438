import Foundation
import Pages
import Postgres

/// On the case's page: what was taken, and the way to it.
func outcomeSummary(_ brief: OutcomesInBrief, of record: CaseRecord) -> HTML {
    let link = GovUK.link("Intake, review and exit", href: "/cases/\(record.id.column)/outcomes")
    return "<h2 class=\"govuk-heading-m\">Intake, review and exit</h2>\(GovUK.paragraph("\(brief.words) \(link)"))"
}

/// What stands around the data sets of a case.
struct OutcomesAround: Sendable {
    let record: CaseRecord
    let contact: SafeContact?
    let sets: OutcomeSets
    /// A case of theirs that ended within twelve months before this one: this is a repeat.
    let earlier: EarlierCase?

    var base: String { "/cases/\(record.id.column)/outcomes" }
    /// How many sets a page shows in full.
    static let shown = 12
}

func outcomesPage(_ around: OutcomesAround, older: Bool, _ visit: Visit) -> Page {
    let (record, sets) = (around.record, around.sets)
    let mayTake = visit.viewer.may(.writeNotes)
    let buttons = mayTake ? sets.offered(on: record).enumerated().map { place, stage in
        GovUK.button("Take \(stage.label.lowercased())", kind: place == 0 ? .primary : .secondary,
                     href: "\(around.base)/\(stage.rawValue)")
    } : []
    let due: HTML? = OutcomeDue.next(sets, of: record).map { next in
        plain(["\(next.stage.label) due by \(next.due)\(next.due < visit.today ? ": overdue" : "")."])
    }
    let full = older ? sets.all.dropFirst(OutcomesAround.shown) : sets.all.prefix(OutcomesAround.shown)
    let cards = full.filter { $0.withdrawal == nil }.map { outcomeCard($0, around.base, mayWithdraw: mayTake) }
    let gone = full.filter { $0.withdrawal != nil }.map { outcomeCard($0, around.base, mayWithdraw: false) }
    let rest: HTML? = !older && sets.all.count > OutcomesAround.shown
        ? GovUK.paragraph(GovUK.link("Earlier ones", href: around.base + "?older=1")) : nil
    return Page(
        "Intake, review and exit", caption: "\(record.personName ?? "Person not shared"), \(record.reference)",
        back: "/cases/\(record.id.column)", above: safeContactBanner(around.contact, record.person, visit), wide: true,
        """
        \(repeatWords(around.earlier))\(due)\(buttons.isEmpty ? HTML.empty : GovUK.buttonGroup(buttons))
        \(abuseTable(sets))
        \(cards.isEmpty ? plain(["None taken yet."]) : .joined(cards))
        \(gone.isEmpty ? HTML.empty : GovUK.details("Withdrawn (\(gone.count))", .joined(gone)))\(rest)
        """)
}

func repeatWords(_ earlier: EarlierCase?) -> HTML {
    guard let earlier else { return .empty }
    return GovUK.insetText("\(earlier.words). \(GovUK.link("Read it", href: "/cases/\(earlier.id.column)"))")
}

/// Severity by kind: the first set, the newest four, and how it moved.
private func abuseTable(_ sets: OutcomeSets) -> HTML {
    let counting = sets.counting
    guard !counting.isEmpty else { return .empty }
    let shown = counting.count <= 5 ? counting : Array(counting.prefix(1) + counting.suffix(4))
    let rows = AbuseKind.allCases.map { kind -> [HTML] in
        let cells = shown.map { set -> HTML in
            guard let code = set.answers[kind.severity] else { return "Not asked" }
            guard let severity = AbuseSeverity(rawValue: code) else { return "\(answerLabel(kind.severity, code))" }
            return "\(GovUK.tag(severity.label, colour: severity.colour))\(moves(set, kind))"
        }
        let course: HTML = sets.course(of: kind).map { GovUK.tag($0.label, colour: $0.colour) } ?? ""
        return ["\(kind.label)"] + cells + [course]
    }
    return GovUK.table(
        caption: "Severity over the last three months, each time", captionSize: .s,
        columns: ["Abuse"] + shown.map { GovUK.Column($0.name) } + ["Since the first"], rows: rows)
}

private func moves(_ set: OutcomeSet, _ kind: AbuseKind) -> HTML {
    let said = [("how often", kind.frequency), ("harm", kind.direction)].compactMap { word, name in
        set.answers[name].map { "\(word): \(answerLabel(name, $0).lowercased())" }
    }
    return said.isEmpty ? "" : "<br>\(said.joined(separator: "; "))"
}

private func answerLabel(_ question: String, _ code: String) -> String {
    OutcomeQuestion.all.first { $0.name == question }?.label(of: code) ?? code
}

func outcomeCard(_ set: OutcomeSet, _ base: String, mayWithdraw: Bool) -> HTML {
    let asked = OutcomeQuestion.of(set.stage)
    let parts = OutcomeQuestion.Part.allCases.filter { $0 != .abuse }.compactMap { part -> GovUK.SummaryRow? in
        let said = asked.filter { $0.part == part }.compactMap { question -> HTML? in
            set.answers[question.name].map { "\(question.label): \(question.label(of: $0) ?? $0)" }
        }
        return said.isEmpty ? nil : GovUK.SummaryRow(part.label, GovUK.list(said, .plain))
    }
    let open = asked.count { set.answers[$0.name] == nil }
    var rows = parts
    if !set.ownWords.isEmpty { rows.append(GovUK.SummaryRow("In their own words", lines(set.ownWords))) }
    if !set.note.isEmpty { rows.append(GovUK.SummaryRow("Note", lines(set.note))) }
    let left: HTML = open == 0 ? "Nothing: everything was asked" : "\(open) of \(asked.count) questions"
    rows.append(GovUK.SummaryRow("Not asked", left))
    rows.append(GovUK.SummaryRow("Recorded", "\(London.short(set.recordedAt)), \(set.by)"))
    if let withdrawal = set.withdrawal { rows.append(GovUK.SummaryRow("Withdrawn", withdrawal.words)) }
    return GovUK.summaryCard(title: set.name, actions: mayWithdraw ? [
        GovUK.Action("Withdraw", href: "\(base)/\(set.id.column)/withdraw"),
    ] : [], rows: rows)
}

func outcomeFormPage(
    _ around: OutcomesAround, _ stage: OutcomeStage, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let asked = OutcomeQuestion.of(stage)
    let last = around.sets.counting.last
    let parts = OutcomeQuestion.Part.allCases.compactMap { part -> HTML? in
        let questions = asked.filter { $0.part == part }
        if questions.isEmpty { return nil }
        return GovUK.fieldset(legend: part.label, size: .m, .joined(questions.map { field($0, last, answers) }))
    }
    let closing: HTML? = stage == .exit ? GovUK.insetText("""
        Why the case ends, how the abuse changed and how safe they feel are asked when the case is closed. What is
        written here in their own words stands there too.
        """) : nil
    return Page(
        stage.label, caption: around.record.reference, errors: answers.errors, back: around.base, """
        <p class="govuk-body">Ask what it is safe to ask. What stays at “Not asked” is kept as not asked. What the \
        record has already, such as age, children, risk and orders, is not asked again.</p>
        \(closing)\(notice)\(visit.form("\(around.base)/\(stage.rawValue)", answers, """
            \(GovUK.dateInput("taken", legend: "On which day did you ask?", in: answers))
            \(.joined(parts))
            \(GovUK.textarea("own-words", label: "What they say of how it is, in their own words", rows: 5,
                             in: answers))
            \(GovUK.textarea("note", label: "Note", hint: "May be left empty.", rows: 3, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

private func field(_ question: OutcomeQuestion, _ last: OutcomeSet?, _ answers: Answers) -> HTML {
    let before = last?.answers[question.name].flatMap(question.label(of:))
    let options = [GovUK.Choice(OutcomeQuestion.notAsked, "Not asked")]
        + question.answers.map { GovUK.Choice($0.code, $0.label) }
    return GovUK.select(
        question.name, label: question.label, hint: before.map { "Last time: \($0)" }, options: options, in: answers)
}
