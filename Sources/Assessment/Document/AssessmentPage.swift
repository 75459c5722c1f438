import Pages
import Statistics

/// The assessment as one page that needs nothing else: no script, no address outside, read by eye, ear and printer.
public struct AssessmentPage {
    let assessment: Assessment
    let comparison: AssessmentComparison?
    /// The folder of the files beside it; nil where there is none.
    let folder: String?

    public init(_ assessment: Assessment, comparison: AssessmentComparison? = nil, folder: String? = nil) {
        (self.assessment, self.comparison, self.folder) = (assessment, comparison, folder)
    }

    /// All of it, from the document type on.
    public var markup: String { "<!DOCTYPE html>\n" + html.description }

    private var html: HTML {
        """
        <html lang="en-GB"><head><meta charset="utf-8"><title>\(assessment.title)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>\(HTML(trusted: AssessmentStyle.sheet))</style></head>
        <body>\(GovUK.skipLink())<main id="main-content">
        <h1 class="govuk-heading-xl">\(assessment.title)</h1>
        \(about)\(contents)\(HTML.joined(assessment.sections.map(section)))\(compared)\(recommendations)\(annexes)
        </main></body></html>
        """
    }

    private var about: HTML {
        GovUK.summaryList([
            SummaryRow("Area", "\(assessment.area)"), SummaryRow("As of", "\(assessment.date.words)"),
            SummaryRow("Prepared by", "\(assessment.preparedBy)"),
            SummaryRow("How to read it", """
                [c] is a number that is withheld, so that nobody can be told from it. It isn’t 0. “No return”, \
                “not asked” and “not available” are no numbers either. Halves are rounded up; both numbers of a \
                percentage stand beside it.
                """),
        ])
    }

    private var contents: HTML {
        var items = assessment.sections.map { ($0.title, $0.id) }
        if comparison != nil { items.append(("Since the last assessment", "since")) }
        if !assessment.recommendations.isEmpty { items.append(("Recommendations", "recommendations")) }
        items += [
            ("How each figure is defined", "definitions"), ("What each table is", "tables"),
            ("Where each figure comes from", "lineage"),
        ]
        return """
            <nav aria-labelledby="contents"><h2 class="govuk-heading-m" id="contents">Contents</h2>
            \(GovUK.list(items.map { GovUK.link($0.0, href: "#\($0.1)") }, .number))</nav>
            """
    }

    private func section(_ section: Assessment.Section) -> HTML {
        """
        <section aria-labelledby="\(section.id)">
        <h2 class="govuk-heading-l" id="\(section.id)">\(section.title)</h2>
        \(HTML.joined(section.parts.map(part)))</section>
        """
    }

    private func part(_ part: Assessment.Part) -> HTML {
        switch part {
        case .text(let words): GovUK.paragraph("\(words)")
        case .table(let table): self.table(table)
        case .figures(let figures): self.figures(figures)
        case .sentences(let figures): "\(GovUK.list(figures.map { "\($0.sentence)" }))\(notes(figures))"
        case .checks(let checks): self.checks(checks)
        case .picture(let picture): picture.figure(csv: file("picture-\(picture.id).csv"), open: true)
        case .finding(let words): GovUK.insetText("<strong>Finding.</strong> \(words)")
        case .recommendation(let one): GovUK.insetText("<strong>Recommendation.</strong> \(one.what)")
        case .voice(let words, let who):
            """
            <figure><blockquote>“\(words)”</blockquote><figcaption class="govuk-body-s">\(who)</figcaption></figure>
            """
        case .caseStudy(let study): caseStudy(study)
        }
    }

    private func file(_ name: String) -> String? { folder.map { "\($0)/\(name)" } }

    func saved(_ name: String) -> HTML {
        guard let path = file(name) else { return .empty }
        return " \(GovUK.link("Save as a file", href: path, visuallyHidden: "(\(name))")) (CSV)."
    }

    private func table(_ table: EvidenceTable) -> HTML {
        let rows = table.dimensions[0], columns = table.dimensions.count > 1 ? table.dimensions[1].codes : []
        let notes = table.about.notes.map(\.words) + table.footnotes
        return """
            \(GovUK.table(
                caption: table.name,
                columns: [GovUK.Column(rows.name)]
                    + (columns.isEmpty ? [.numeric("Number")] : columns.map { .numeric($0) }),
                rows: rows.codes.map { row in
                    ["\(row)"] + (columns.isEmpty ? ["\(table.value([row]).text)"]
                        : columns.map { "\(table.value([row, $0]).text)" })
                }))
            <p class="govuk-body-s">Counts \(table.about.unit.words), \(table.about.area). \
            \(notes.joined(separator: " ")) Source: \(table.about.source). \(table.standing.words)\
            \(saved(assessment.fileName(table)))</p>
            """
    }

    private func figures(_ figures: [Assessment.Named]) -> HTML {
        let hasPrinted = figures.contains { $0.printed != nil }
        return """
            \(GovUK.table(
                caption: "Figures", captionHidden: true,
                columns: ["Figure", "Period", "Area", .numeric("Value")]
                    + (hasPrinted ? [.numeric("Printed"), "Verdict"] : []),
                rows: figures.map { one in
                    [GovUK.link(one.title, href: "#figure-\(one.id.slug)"),
                     "\(one.figure.period?.description ?? "–")", "\(one.figure.area)", "\(one.figure.fullText)"]
                        + (hasPrinted ? ["\(one.printed ?? "–")", "\(one.verdict?.words ?? "–")"] : [])
                }))
            \(notes(figures))
            """
    }

    private func notes(_ figures: [Assessment.Named]) -> HTML {
        let notes = figures.flatMap(\.figure.notes).map(\.words).reduce(into: [String]()) { known, note in
            if !known.contains(note) { known.append(note) }
        }
        return notes.isEmpty ? .empty : "<p class=\"govuk-body-s\">\(notes.joined(separator: " "))</p>"
    }

    private func checks(_ checks: [Assessment.Checked]) -> HTML {
        let wrong = checks.count { $0.figure.verdict.isError }
        return """
            \(GovUK.table(
                caption: "Printed, and right",
                columns: ["Statement", .numeric("Printed"), .numeric("Right"), "Verdict"],
                rows: checks.map { one in
                    let printed = one.figure.printed.flatMap { $0.isEmpty ? nil : $0 } ?? "–"
                    let working = one.figure.working.map { ": \($0)" } ?? ""
                    return ["\(one.statement)", "\(printed)", "\(one.figure.right)\(working)",
                            "\(one.figure.verdict.words)"]
                }))
            <p class="govuk-body-s">\(checks.count) statements checked, \(wrong) of them wrong.\
            \(saved("printed.csv"))</p>
            """
    }

    private func caseStudy(_ study: Assessment.CaseStudy) -> HTML {
        """
        <section class="drystone-story"><h3 class="govuk-heading-m">\(study.title)</h3>
        \(GovUK.summaryList(study.parts.map { SummaryRow($0.name, GovUK.list($0.points.map { "\($0)" })) }))</section>
        """
    }
}

extension PrintedFigure.Verdict {
    /// For a reader.
    var words: String {
        switch self {
        case .ok: "right"
        case .truncated: "cut off, not rounded"
        case .wrong(let by?): "wrong, out by \(by > .zero ? "+" : "")\(by.shortText(2))"
        case .wrong(nil): "wrong"
        case .wrongUnit(let factor):
            factor < Fraction(1) ? "wrong, \(Fraction(factor.denominator, over: 1)?.text(0) ?? "") times too small"
                : "wrong, \(factor.text(0)) times too large"
        case .inconsistent: "contradicts the document’s own figures"
        case .implied: "worked out from what is printed"
        case .derived: "not printed; worked out here"
        }
    }
}
