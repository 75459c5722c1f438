import Pages
import Statistics

/// The answer, above the form: the number, what it may be as well, the picture, and behind that what else was asked.
func capacityAnswer(_ form: CapacityForm, _ own: OwnCapacity, _ matched: HTML?) -> HTML {
    let question = form.question, demand = question.demand
    let sureness = CapacitySureness(question, own)
    let refused = demand.refused(spaces: question.spaces), target = question.target.shareText
    let finding = """
        With \(question.spaces) spaces \(refused.shareText) of \(demand.referrals.wholeText) households a year are \
        turned away: about \((demand.referrals * refused).wholeText).
        """
    let perTenThousand = form.people.map { Int((Double($0) / 10_000).rounded(.toNearestOrAwayFromZero)) }
    let chart = CapacityChart(
        demand: demand, today: question.spaces, needed: sureness.needed, perTenThousand: perTenThousand,
        target: question.target)
    return """
        <h2 class="govuk-heading-m">\(sureness.needed.map { "\($0) spaces turn away at most \(target)" }
            ?? "\(mostSpaces) spaces are not enough")</h2>
        \(sureness.sentence.map { GovUK.paragraph("\($0)") })
        \(form.placed.map { checkPart(question, placed: $0) })
        \(chart.html(finding))
        \(perTenThousandPart(form.people, perTenThousand, demand))
        \(GovUK.details("How sure this is", sureness.table))
        \(GovUK.details("The numbers", spacesTable(chart, question)))
        \(moveOnPart(question))
        \(GovUK.details("What matters most", tornadoTable(CapacityTornado(
            demand, spaces: question.spaces, CapacityTornado.usualRanges(demand, spaces: question.spaces)))))
        \(form.sizes.map { householdSizesPart(question, $0, own) })
        \(matched)
        \(variantsPart(question))
        \(form.withoutRecourse.map { recoursePart(question, $0, own) })
        \(GovUK.details("What this rests on", GovUK.list(assumptions.map { "\($0)" })))
        """
}

/// More than this is not worked out: England has some 20,000.
let mostSpaces = 20_000

private let assumptions = [
    "Households ask one by one, by chance, as often in one month as in another. With seasons more are turned away.",
    "Whoever finds nothing free goes elsewhere, and is not waited for.",
    "Every space suits every household. Large families are turned away more often than this says, small ones less.",
    "Only the mean stay matters here, not how stays differ. It is the mean of all stays, also of those that go on.",
    "Nobody asks where it is known to be full: what was asked for in the past may be too few.",
    "One year differs from another by chance alone. Don’t judge a target by one year.",
]

/// Whether the figures can all be true (Little's law).
private func checkPart(_ question: CapacityQuestion, placed: Double) -> HTML {
    let demand = question.demand
    let check = LittlesLaw(
        spaces: question.spaces, stay: demand.stay, void: demand.void, admissions: placed,
        referrals: demand.referrals)
    let findings = check.findings
    guard check.isImpossible else { return GovUK.paragraph("\(findings[0])") }
    return """
        \(GovUK.warningText("\(findings[0])"))\(GovUK.list(findings.dropFirst().map { "\($0)" }))
        """
}

private func perTenThousandPart(_ people: Int?, _ spaces: Int?, _ demand: AccommodationDemand) -> HTML? {
    guard let people, let spaces else { return nil }
    return GovUK.paragraph("""
        1 space per 10,000 people (Council of Europe) is \(spaces) for \(people): \
        \(demand.refused(spaces: spaces).shareText) of the households that ask would be turned away.
        """)
}

private func spacesTable(_ chart: CapacityChart, _ question: CapacityQuestion) -> HTML {
    let step = max(1, chart.last / 10), demand = question.demand
    let shown = Set(Array(stride(from: 0, through: chart.last, by: step)) + chart.marks.map(\.spaces))
    return GovUK.table(
        caption: "Of \(demand.referrals.wholeText) households a year, staying \(demand.stay.wholeText) days",
        captionHidden: true,
        columns: [.numeric("Spaces"), .numeric("Turned away"), .numeric("Households a year"), "Which is"],
        rows: shown.sorted().map { spaces -> [HTML] in
            let refused = demand.refused(spaces: spaces)
            let marks = chart.marks.filter { $0.spaces == spaces }.map(\.word).joined(separator: ", ")
            return ["\(spaces)", "\(refused.shareText)", "\((demand.referrals * refused).wholeText)", "\(marks)"]
        })
}

/// What it does that households can move on sooner, which support can bring about.
private func moveOnPart(_ question: CapacityQuestion) -> HTML? {
    let demand = question.demand, all = [0, 10, 20, 30].filter { demand.stay - Double($0) >= 1 }
    guard all.count > 1 else { return nil }
    func shorter(_ days: Int) -> AccommodationDemand {
        AccommodationDemand(referrals: demand.referrals, stay: demand.stay - Double(days), void: demand.void)
    }
    func lost(_ days: Int) -> Double { demand.referrals * shorter(days).refused(spaces: question.spaces) }
    let best = all[all.count - 1]
    return """
        \(GovUK.paragraph("""
            If support let households move on \(best) days sooner, about \((lost(0) - lost(best)).wholeText) fewer of \
            \(demand.referrals.wholeText) would be turned away a year.
            """))
        \(GovUK.details("If households moved on sooner", GovUK.table(
            caption: "The same households and spaces, with shorter stays", captionHidden: true,
            columns: [
                .numeric("Days sooner"), .numeric("Turned away"), .numeric("Households a year"),
                .numeric("Spaces for \(question.target.shareText)"),
            ],
            rows: all.map { days -> [HTML] in
                let fewest = ErlangB.spaces(load: shorter(days).load, target: question.target, most: mostSpaces)
                return [
                    "\(days)", "\(shorter(days).refused(spaces: question.spaces).shareText)", "\(lost(days).wholeText)",
                    "\(fewest.map(String.init) ?? "more than \(mostSpaces)")",
                ]
            })))
        """
}

private func tornadoTable(_ tornado: CapacityTornado) -> HTML {
    func name(_ input: CapacityTornado.Input) -> String {
        switch input {
        case .referrals: "Households that ask in a year"
        case .stay: "Days that a household stays"
        case .void: "Days that a space stands empty"
        case .spaces: "Spaces"
        }
    }
    return GovUK.table(
        caption: "Each moved alone, the others as they are: what moves the share most comes first",
        captionHidden: true, columns: [
            "What", "From, to", .numeric("Turned away at the low end"), .numeric("At the high end"),
        ],
        rows: tornado.bars.map { bar -> [HTML] in
            ["\(name(bar.range.input))", "\(bar.range.low.wholeText) to \(bar.range.high.wholeText)",
             "\(bar.refusedAtLow.shareText)", "\(bar.refusedAtHigh.shareText)"]
        })
}

extension Double {
    /// A share in per cent, to a tenth, half up; never 0 for what is not nothing.
    var shareText: String {
        if self > 0, self < 0.0005 { return "under 0.1%" }
        let tenths = Int((self * 1_000).rounded(.toNearestOrAwayFromZero))
        return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }

    /// Whole households, days and so on, half up.
    var wholeText: String { String(Int(rounded(.toNearestOrAwayFromZero))) }
}
