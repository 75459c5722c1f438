import Pages
import Statistics

/// What stands at the end of the page.
extension AssessmentPage {
    var compared: HTML {
        guard let comparison else { return .empty }
        let left = [("Only then", comparison.gone), ("Only now", comparison.new)].filter { !$0.1.isEmpty }
        return """
            <section aria-labelledby="since"><h2 class="govuk-heading-l" id="since">Since the last assessment</h2>
            <p class="govuk-body">Beside \(comparison.title), as of \
            \(PlainDate(comparison.date)?.words ?? comparison.date).</p>
            \(GovUK.table(
                caption: "What changed", captionHidden: true,
                columns: ["Figure", .numeric("Then"), .numeric("Now"), .numeric("Change")],
                rows: comparison.lines.map {
                    ["\($0.title)", "\($0.before)", "\($0.now)", "\($0.change)"]
                }))
            \(HTML.joined(left.map { "<p class=\"govuk-body-s\">\($0.0): \($0.1.joined(separator: ", ")).</p>" }))
            </section>
            """
    }

    var recommendations: HTML {
        if assessment.recommendations.isEmpty { return .empty }
        let names = ["Priority", "Owner", "Cost", "By"]
        return """
            <section aria-labelledby="recommendations">
            <h2 class="govuk-heading-l" id="recommendations">Recommendations</h2>
            \(GovUK.table(
                caption: "Recommendations", captionHidden: true,
                columns: ["Recommendation"] + names.map { GovUK.Column($0) },
                rows: assessment.recommendations.map { one in
                    ["\(one.what)"] + names.map { name in "\(one.facts.first { $0.name == name }?.value ?? "–")" }
                }))</section>
            """
    }

    var annexes: HTML { definitions + tables + lineage }

    /// Of every table, also of those that only figures and pictures are made of: whose it is, and why it may be shown.
    private var tables: HTML {
        """
        <section aria-labelledby="tables"><h2 class="govuk-heading-l" id="tables">What each table is</h2>
        \(GovUK.table(
            caption: "Tables", captionHidden: true,
            columns: ["Table", "Counts", "Area", "Source", "Why it may be shown", "Notes"],
            rows: assessment.tables.map { one -> [HTML] in
                let notes = one.about.notes.map(\.words).joined(separator: " ")
                return [
                    "\(one.name)", "\(one.about.unit.words)", "\(one.about.area)", "\(one.about.source)",
                    "\(one.standing.words)", "\(notes.isEmpty ? "–" : notes)",
                ]
            }))</section>
        """
    }

    private var definitions: HTML {
        let used = FrozenAssessment(assessment).definitions
        return """
            <section aria-labelledby="definitions">
            <h2 class="govuk-heading-l" id="definitions">How each figure is defined</h2>
            \(GovUK.table(
                caption: "Definitions", captionHidden: true,
                columns: ["Measure", "Counted above the line", "Below it", "Unit", "Source"],
                rows: used.map { one in
                    ["\(one.title), version \(one.version)", "\(one.numerator)", "\(one.denominator ?? "–")",
                     "\(one.unit.words), \(one.unitWords)", "\(one.benchmark?.source ?? one.source)"]
                }))
            <p class="govuk-body-s">Tables that passed disclosure control did so by the rule \(assessment.rule.name): \
            counts under \(assessment.rule.threshold) are withheld.</p></section>
            """
    }

    /// Every figure with its two numbers and the cells in which they stand.
    private var lineage: HTML {
        """
        <section aria-labelledby="lineage"><h2 class="govuk-heading-l" id="lineage">Where each figure comes from</h2>
        \(GovUK.table(
            caption: "Lineage", captionHidden: true,
            columns: ["Figure", .numeric("Value"), .numeric("Above the line"), .numeric("Below it"), "Source"],
            rows: assessment.figures.map { one -> [HTML] in
                ["""
                <span id="figure-\(one.id.slug)">\(one.title) (\(one.figure.definition.id), version \
                \(one.figure.definition.version))</span>
                """, "\(one.figure.text)", operand(one.figure.numerator),
                 one.figure.denominator.map(operand) ?? "–", "\(one.figure.numerator.source)"]
            }))
        <p class="govuk-body-s">\(assessment.figures.count) figures.\(saved("figures.csv"))</p></section>
        """
    }

    private func operand(_ one: Operand) -> HTML {
        "\(one.value.text) (\(one.place.split(separator: "|").joined(separator: ", ")))"
    }
}
