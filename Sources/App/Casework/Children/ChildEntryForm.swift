import Foundation
import Pages
import Postgres

/// Something that is put on a child's own record.
struct ChildEntryForm: Equatable, Sendable {
    let kind: ChildEntryKind
    var word = ""
    let day: Day
    var adult: UUID?
    var basis: ContactBasis?
    var order: UUID?
    var worker: UUID?
    var isProtected = false
    /// What was written, by field. A part that was left empty is not there.
    let body: [String: String]

    /// Characters of why something is taken back.
    static let mostReason = 1_000

    init?(_ answers: inout Answers, _ kind: ChildEntryKind, _ choices: ChildChoices, today: Day) {
        self.kind = kind
        if kind == .worker {
            worker = choices.workers.first { $0.id.column == answers["worker"] }?.id
            if worker == nil { answers.refuse("worker", "Select who their worker is") }
        }
        if kind == .contact { (adult, basis, order) = Self.contact(&answers, choices) }
        if let words = kind.words {
            word = words.options.first { $0.value == answers["word"] }?.value ?? ""
            if word.isEmpty { answers.refuse("word", "Select an answer: \(words.legend.lowercasedFirst)") }
        }
        var body: [String: String] = [:]
        for field in kind.fields {
            let text = answers.text(field.name, most: field.most, name: field.label.trimmingSuffix("?"))
            if text.isEmpty, let missing = field.missing { answers.refuse(field.name, missing) }
            if !text.isEmpty { body[field.name] = text }
        }
        if kind == .setting { isProtected = Self.isProtected(&answers, word, body) }
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day", today: today)
        guard let day, answers.errors.isEmpty else { return nil }
        (self.day, self.body) = (day, body)
    }

    private static func contact(
        _ answers: inout Answers, _ choices: ChildChoices
    ) -> (adult: UUID?, basis: ContactBasis?, order: UUID?) {
        let adult = choices.adults.first { $0.id.column == answers["adult"] }?.id
        if adult == nil {
            answers.refuse("adult", choices.adults.isEmpty ? "Nobody is left to choose" : "Select with whom")
        }
        let basis = ContactBasis.required("basis", "Select on what it rests", in: &answers)
        let chosen = answers["order"]
        if chosen.isEmpty || chosen == "none" { return (adult, basis, nil) }
        let order = choices.orders.first { $0.id.column == chosen }?.id
        if order == nil { answers.refuse("order", "Select an order, or that it is not recorded here") }
        if order != nil, let basis, basis != .order {
            answers.refuse("order", "Select no order, or that it rests on a court’s order")
        }
        return (adult, basis, order)
    }

    private static func isProtected(_ answers: inout Answers, _ word: String, _ body: [String: String]) -> Bool {
        let choice = YesNo(rawValue: answers["protected"])
        if choice != .yes, choice != .no { answers.refuse("protected", "Select whether it must stay hidden") }
        let isSomewhere = ![ChildSetting.home, .none].map(\.rawValue).contains(word)
        if isSomewhere, !word.isEmpty, body["name"] == nil { answers.refuse("name", "Enter its name") }
        return choice == .yes
    }

    /// The form as it opens for a change: what holds now.
    static func answers(from entry: ChildEntry) -> Answers {
        var answers = Answers(entry.body.mapValues { [$0] })
        answers.set("word", entry.word)
        answers.setDay("day", entry.day)
        if let adult = entry.adult { answers.set("adult", adult.column) }
        if let basis = entry.basis { answers.set("basis", basis.rawValue) }
        answers.set("order", entry.order?.id.column ?? "none")
        if let worker = entry.worker { answers.set("worker", worker.column) }
        if entry.kind == .setting { answers.set("protected", entry.isProtected ? "yes" : "no") }
        return answers
    }

    static func fields(_ kind: ChildEntryKind, _ choices: ChildChoices, _ answers: Answers) -> HTML {
        let texts = kind.fields.map { field -> HTML in
            field.rows == 1
                ? GovUK.input(field.name, label: field.label, hint: field.hint, autocomplete: "off", in: answers)
                : GovUK.textarea(field.name, label: field.label, hint: field.hint, rows: field.rows, in: answers)
        }
        let word: HTML? = kind.words.map { words in
            GovUK.radios("word", legend: words.legend, options: words.options, small: true, in: answers)
        }
        return """
            \(kind == .worker ? workerField(choices, answers) : HTML.empty)\
            \(kind == .contact ? adultField(choices, answers) : HTML.empty)\(word)\
            \(kind == .contact ? basisFields(choices, answers) : HTML.empty)\(HTML.joined(texts))\
            \(kind == .setting ? protectedField(answers) : HTML.empty)\
            \(GovUK.dateInput("day", legend: kind.dayQuestion, in: answers))
            """
    }

    private static func workerField(_ choices: ChildChoices, _ answers: Answers) -> HTML {
        GovUK.radios("worker", legend: "Who is their worker?", options: choices.workers.map {
            GovUK.Choice($0.id.column, $0.isForChildren ? "\($0.name), children’s worker" : $0.name)
        }, small: true, in: answers)
    }

    private static func adultField(_ choices: ChildChoices, _ answers: Answers) -> HTML {
        if choices.adults.isEmpty {
            return """
                <div id="adult">\(GovUK.insetText("""
                    Everybody who is recorded as a parent of this child, or as harming them, has an arrangement \
                    already; or nobody is recorded. Change the arrangement, or first record whose child this is.
                    """))</div>
                """
        }
        return GovUK.radios("adult", legend: "With whom?", options: choices.adults.map {
            GovUK.Choice($0.id.column, $0.name)
        }, small: true, in: answers)
    }

    private static func basisFields(_ choices: ChildChoices, _ answers: Answers) -> HTML {
        """
        \(GovUK.radios("basis", legend: "On what does it rest?", options: ContactBasis.options, small: true,
                       in: answers))
        \(GovUK.radios("order", legend: "If on an order, which?", options: choices.orders.map {
            GovUK.Choice($0.id.column, $0.words)
        } + [GovUK.Choice(value: "none", label: "None, or one that is not recorded here",
                          divider: choices.orders.isEmpty ? nil : "or")], small: true, in: answers))
        """
    }

    private static func protectedField(_ answers: Answers) -> HTML {
        GovUK.radios(
            "protected", legend: "Must it stay hidden?", hint: "Its name can tell where the child lives now.",
            options: [GovUK.Choice("yes", "Yes, it is protected"), GovUK.Choice("no", "No")], small: true, in: answers)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ end: String) -> String { hasSuffix(end) ? String(dropLast(end.count)) : self }
}
