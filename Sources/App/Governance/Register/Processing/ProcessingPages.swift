import Foundation
import Pages
import Postgres

/// The record of processing as it stands: what holds today of each kind, or nothing.
struct ProcessingList: Sendable {
    let records: [RecordType: ProcessingRecord]
    /// Kinds that an impact assessment covers, with its title.
    let assessed: [RecordType: [String]]
}

/// A kind of record with everything that was said of it, newest first.
struct ProcessingHistory: Sendable {
    let type: RecordType
    let versions: [ProcessingRecord]
    let assessed: [String]

    func current(on today: Day) -> ProcessingRecord? { versions.first { $0.validFrom <= today } }
    var newest: Int { versions.first?.version ?? 0 }
}

func processingPage(_ list: ProcessingList, _ visit: Visit) -> Page {
    let rows = RecordType.allCases.map { type -> [HTML] in
        let record = list.records[type]
        let words = record?.words ?? type.defaults
        return [
            GovUK.link(type.label, href: "/register/processing/entry?type=\(type.rawValue)"),
            record == nil ? "" : "\(words.control.label)<br>\(words.controllers)",
            GovUK.list(words.bases.map { "\($0.label)" }, .plain),
            "\(list.assessed[type]?.joined(separator: ", ") ?? "None")",
            record.map { one -> HTML in "Version \(one.version), valid from \(one.validFrom.description)" }
                ?? GovUK.tag("Not confirmed yet", colour: .yellow),
        ]
    }
    return Page("Record of processing", wide: true, """
        \(registerTabs(.processing))
        <p class="govuk-body">What is kept of whom, why, on which basis, and who is told (UK GDPR, Article 30). What \
        the partnership has not confirmed yet are our own words.</p>
        \(GovUK.table(caption: "Kinds of records", columns: [
            "Kind", "Who decides", "Lawful basis", "Impact assessment", "Stands",
        ], rows: rows))
        """)
}

/// What stands, or the version that was asked for; the others are links.
func processingEntryPage(_ history: ProcessingHistory, asked: Int?, _ visit: Visit) -> Page {
    let current = history.current(on: visit.today)
    let shown = history.versions.first { $0.version == asked } ?? current
    let base = "/register/processing"
    let change: HTML? = visit.viewer.keepsRegister ? GovUK.button(
        history.versions.isEmpty ? "Confirm or change" : "Change",
        href: "\(base)/change?type=\(history.type.rawValue)") : nil
    let stands: HTML = shown.map { GovUK.summaryList(processingRows($0)) } ?? """
        \(GovUK.insetText("Not confirmed yet: these are our own words."))\
        \(GovUK.summaryList(processingRows(history.type.defaults)))
        """
    let note: HTML? = shown?.version == current?.version ? nil : GovUK.insetText(
        (shown?.validFrom ?? visit.today) > visit.today
            ? "This is valid from a later day." : "This is an earlier version.")
    let assessed = history.assessed.isEmpty ? "None" : history.assessed.joined(separator: ", ")
    return Page("A kind of record", back: base, """
        <h2 class="govuk-heading-m">\(history.type.label)</h2>
        \(note)\(stands)\(GovUK.summaryList([GovUK.SummaryRow("Impact assessment", "\(assessed)")]))\(change)
        \(versionLinks(history.versions.map { ($0.version, $0.validFrom) }, shown: shown?.version) {
            "\(base)/entry?type=\(history.type.rawValue)&version=\($0)"
        })
        """)
}

private func processingRows(_ one: ProcessingRecord) -> [GovUK.SummaryRow] {
    processingRows(one.words) + [
        GovUK.SummaryRow("Valid from", "\(one.validFrom.description)"),
        GovUK.SummaryRow("Version", "\(String(one.version)): \(one.by), \(London.short(one.recordedAt))"),
    ]
}

private func processingRows(_ words: ProcessingWords) -> [GovUK.SummaryRow] {
    let day = words.arrangedOn.map { ", " + $0.description } ?? ""
    let arranged: HTML? = words.arrangement.isEmpty ? nil : "<br>\(words.arrangement)\(day)"
    let texts = ["For what", "About whom", "What is kept", "Who else is told", "How long", "How protected"]
    let said = zip(texts, ProcessingWords.texts).map { name, text in
        GovUK.SummaryRow(name, lines(words[keyPath: text.path]))
    }
    let controllers: HTML? = words.controllers.isEmpty ? nil : "<br>\(words.controllers)"
    return [GovUK.SummaryRow("Who decides", "\(words.control.label)\(controllers)\(arranged)")] + said.prefix(3) + [
        GovUK.SummaryRow("Lawful basis", GovUK.list(words.bases.map { "\($0.label)" }, .plain)),
        GovUK.SummaryRow("Special categories", GovUK.list(words.conditions.map { "\($0.label)" }, .plain)),
        GovUK.SummaryRow("Crimes", GovUK.list(words.criminal.map { "\($0.label)" }, .plain)),
    ] + said.dropFirst(3)
}

func changeProcessingPage(
    _ history: ProcessingHistory, _ agencies: [AgencyChoice], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/register/processing"
    let texts = ProcessingWords.texts.map { text in
        GovUK.textarea(text.name, label: text.label, rows: 3, in: answers)
    }
    return Page(
        "Change what is said", errors: answers.errors,
        back: "\(base)/entry?type=\(history.type.rawValue)", """
        <h2 class="govuk-heading-m">\(history.type.label)</h2>
        <p class="govuk-body">This makes a new version. What stood before can still be read.</p>
        \(notice)\(visit.form("\(base)/change", answers, """
            \(GovUK.hidden("type", history.type.rawValue))\(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("control", legend: "Who decides?", options: ControlKind.options, small: true, in: answers))
            \(GovUK.checkboxes("controllers", legend: "Which agencies?", hint: "None where each decides for itself.",
                               options: agencies.map { GovUK.Choice($0.id.column, $0.name) }, small: true, in: answers))
            \(GovUK.input("arrangement", label: "Arrangement between them",
                          hint: "What it is called, and where it is kept.", autocomplete: "off", in: answers))
            \(GovUK.dateInput("arranged", legend: "Date of the arrangement", in: answers))
            \(.joined(Array(texts.prefix(3))))
            \(GovUK.checkboxes("bases", legend: "Lawful basis", options: LawfulBasis.options, small: true, in: answers))
            \(GovUK.checkboxes("conditions", legend: "Condition for special categories",
                               options: SpecialCondition.options, small: true, in: answers))
            \(GovUK.checkboxes("criminal", legend: "Condition for data about crimes",
                               options: CriminalCondition.options, small: true, in: answers))
            \(.joined(Array(texts.dropFirst(3))))
            \(GovUK.dateInput("valid", legend: "From which day is this valid?", in: answers))
            \(GovUK.button("Confirm"))
            """))
        """)
}

/// The routes of sharing with what each presets: the same source that the form of a disclosure uses.
func sharingRoutesPage() -> Page {
    let cards = SharingRoute.offered.map { route -> HTML in
        guard let preset = route.preset else {
            return GovUK.summaryCard(title: route.label, rows: [
                GovUK.SummaryRow("Basis", "Whoever shares says which, each time."),
            ])
        }
        let basis: HTML = "\(preset.basis.label)\(preset.basis.hint.map { hint -> HTML in "<br>\(hint)" })"
        return GovUK.summaryCard(title: route.label, rows: [
            GovUK.SummaryRow("For what", "\(preset.purpose)"), GovUK.SummaryRow("Basis", basis),
            GovUK.SummaryRow("Why it is needed", "\(preset.necessity)"),
            GovUK.SummaryRow("What is shared", "\(preset.parts.map(\.brief).joined(separator: ", "))"),
            GovUK.SummaryRow("For how long", "\(preset.days) days"),
        ])
    }
    let bases = SharingBasis.offered.map { basis -> [HTML] in ["\(basis.label)", "\(basis.hint ?? "")"] }
    return Page("Sharing: lawful basis", wide: true, """
        \(registerTabs(.routes))
        <p class="govuk-body">What each usual way of sharing presets. Whoever shares adds why now, for this person, \
        and may choose another basis; each disclosure is on record with its case.</p>
        \(.joined(cards))
        \(GovUK.table(caption: "Every basis that can be chosen", columns: ["Basis", "In the law"], rows: bases))
        """)
}
