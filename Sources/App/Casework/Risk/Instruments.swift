import Foundation
import Pages
import Postgres

/// An agency's licensed wording of a tool, as a service manager pastes it: one line for each item.
struct WordingForm: Equatable, Sendable {
    let code: InstrumentCode
    let agency: UUID
    let version: String
    let from: Day
    let until: Day?
    let lines: [String]

    init?(_ answers: inout Answers, agencies: [UUID], today: Day) {
        let code = InstrumentCode.required("tool", "Select which tool it is", in: &answers)
        let agency = agencies.first { $0.column == answers["agency"].lowercased() }
            ?? (agencies.count == 1 ? agencies[0] : nil)
        if agency == nil { answers.refuse("agency", "Select whose licence it is") }
        let version = answers.text("version", most: 60, name: "Version")
        if version.isEmpty { answers.refuse("version", "Enter the version that the licence names") }
        let from = answers.day("from", name: "The first day")
        if from == nil { answers.refuse("from", "Enter the first day on which it is used") }
        let until = answers.day("until", name: "The last day")
        if let from, let until, until < from { answers.refuse("until", "The last day must not be before the first") }
        let lines = answers["lines"].split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let tool = code.flatMap { Instrument.inForce($0, on: from ?? today) }
        if let tool, lines.count != tool.items.count {
            answers.refuse("lines", """
                \(tool.code.label) has \(tool.items.count) items: enter \(tool.items.count) lines. \
                There are \(lines.count)
                """)
        } else if code != nil, tool == nil {
            answers.refuse("from", "The tool was not in use on that day")
        }
        if let long = lines.first(where: { $0.unicodeScalars.count > 500 }) {
            answers.refuse("lines", "Each line must be 500 characters or fewer: “\(long.prefix(30))…” is longer")
        }
        guard let code, let agency, let from, answers.errors.isEmpty else { return nil }
        (self.code, self.agency, self.version, self.from, self.until) = (code, agency, version, from, until)
        self.lines = lines
    }
}

extension Site {
    /// The tools with their versions, dates and thresholds, and the wording that agencies have loaded.
    mutating func addInstruments() {
        get("risk-tools", .needs(.assessRisk)) { visit in
            let (thresholds, loaded) = try await visit.read { db in
                (try db.riskThresholds(.safeLivesDash, on: visit.today),
                 try db.wordings(of: visit.viewer.agencies(.assessRisk)))
            }
            return .page(instrumentsPage(thresholds, loaded, visit))
        }
        get("risk-tools/wording", .needs(.loadInstruments)) { visit in
            let (agencies, kept) = try await visit.read { db in
                (try db.agencyNames(visit.viewer.agencies(.loadInstruments)), try db.keptAnswers(visit))
            }
            return .page(wordingPage(agencies, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("risk-tools/wording", .needs(.loadInstruments)) { visit in
            let agencies = try await visit.read { db in try db.agencyNames(visit.viewer.agencies(.loadInstruments)) }
            var answers = visit.typed
            guard let form = WordingForm(&answers, agencies: agencies.map(\.id), today: visit.today) else {
                return .invalid(wordingPage(agencies, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/risk-tools") { db in
                    let id = UUID()
                    try db.insertWording(id, form, visit)
                    try db.audit(.wordingLoaded, .wording, id)
                }
            })
        }
    }
}

private func instrumentsPage(_ thresholds: [RiskThreshold], _ loaded: [InstrumentWording], _ visit: Visit) -> Page {
    let tools = Instrument.all.map { tool -> [HTML] in
        [
            "\(tool.code.label)", "\(tool.version)",
            "\(tool.from.description)\(tool.until.map { " to \($0)" } ?? " on")", "\(tool.items.count)",
            "\(tool.grading.label)",
        ]
    }
    let wordings = loaded.map { wording -> [HTML] in
        [
            "\(wording.code.label)", "\(wording.version)",
            "\(wording.from.description)\(wording.until.map { " to \($0)" } ?? " on")",
            "\(London.short(wording.loadedAt)), \(wording.loadedBy)",
        ]
    }
    let load: HTML? = visit.viewer.may(.loadInstruments)
        ? GovUK.button("Load licensed wording", href: "/risk-tools/wording") : nil
    return Page("Assessment", heading: "Risk tools", wide: true, """
        \(GovUK.insetText("""
            <strong>Prompts, not the instrument.</strong> What we ship are our own words for each tool’s topics. The \
            originals are licensed: an agency loads its own.
            """))
        \(GovUK.table(
            caption: "Tools", columns: ["Tool", "Version", "In use", .numeric("Items"), "Grade"], rows: tools))
        \(GovUK.table(
            caption: "High by score (Dash, 24 items)", columns: ["Area", .numeric("Local"), .numeric("National")],
            rows: thresholds.map { area -> [HTML] in
                ["\(area.areaName)", "\(area.local.map(String.init) ?? "None")", "\(Instrument.dashNational)"]
            }))
        \(wordings.isEmpty ? "<p class=\"govuk-body\">No licensed wording has been loaded.</p>" : GovUK.table(
            caption: "Licensed wording", columns: ["Tool", "Version", "Used", "Loaded"], rows: wordings))
        \(load)
        """)
}

private func wordingPage(
    _ agencies: [(id: UUID, name: String)], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let agency: HTML? = agencies.count < 2 ? nil : GovUK.radios(
        "agency", legend: "Whose licence is it?", options: agencies.map { GovUK.Choice($0.id.column, $0.name) },
        small: true, in: answers)
    return Page("Load licensed wording", errors: answers.errors, back: "/risk-tools", """
        <p class="govuk-body">Only what your agency has a licence for. It replaces our prompts on your agency’s forms \
        from its first day; assessments already made keep the words with which they were asked.</p>
        \(notice)\(visit.form("/risk-tools/wording", answers, """
            \(GovUK.radios("tool", legend: "Which tool?", options: InstrumentCode.options, small: true, in: answers))
            \(agency)
            \(GovUK.input("version", label: "Version", hint: "As the licence names it", width: .twenty, in: answers))
            \(GovUK.dateInput("from", legend: "First day of use", in: answers))
            \(GovUK.dateInput("until", legend: "Last day of use, if the licence ends", in: answers))
            \(GovUK.textarea("lines", label: "The items, one on each line, in order", rows: 14, in: answers))
            \(GovUK.button("Load"))
            """))
        """)
}
