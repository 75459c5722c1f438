import Foundation
import Pages
import Postgres
import Statistics

extension Site {
    /// How many spaces are needed so that few are turned away. Nothing of it is kept: its numbers stand in the address.
    mutating func addCapacity() {
        get("capacity", .needs(.planCapacity)) { visit in
            let own = try await visit.read { db in try db.ownCapacity(visit) }
            let isAsked = !visit.query.isEmpty
            var answers = isAsked ? Answers(visit.query) : CapacityForm.opening(own)
            let form = isAsked ? CapacityForm(&answers) : nil
            let page = capacityPage(form?.question, own, answers)
            return answers.errors.isEmpty ? .page(page) : .invalid(page)
        }
    }
}

private func capacityPage(_ question: CapacityQuestion?, _ own: OwnCapacity, _ answers: Answers) -> Page {
    func amount(_ field: String, _ label: String, hint: String? = nil) -> HTML {
        GovUK.input(field, label: label, hint: hint, width: .five, inputmode: "decimal", in: answers)
    }
    return Page("How many spaces", errors: answers.errors, wide: true, """
        \(question.map(capacityAnswer))
        <form method="get" action="/capacity" novalidate>\(GovUK.hidden("asked", "yes"))
        \(amount("referrals", "How many households ask for a space in a year?",
                 hint: "All that ask, also those who were turned away. Each household once, however often it asked."))
        \(amount("stay", "How many days does a household stay?", hint: stayHint(own)))
        \(amount("void", "How many days does a space stand empty between two?", hint: "May be left empty."))
        \(amount("spaces", "How many spaces are there?", hint: "\(own.units) units are on record."))
        \(amount("target", "How many in a hundred may be turned away at most?"))
        \(GovUK.button("Work it out"))</form>
        """)
}

private func stayHint(_ own: OwnCapacity) -> String {
    guard let survival = StaySurvival(own.stays) else { return "The mean of all stays, not only of those that ended." }
    return """
        The mean of \(survival.ended + survival.open) stays on record is \(Int(survival.mean.rounded())) days; the \
        \(survival.open) that go on count by what is known of them.
        """
}

private func capacityAnswer(_ question: CapacityQuestion) -> HTML {
    let demand = question.demand
    let refused = demand.refused(spaces: question.spaces)
    let counts = PoissonCount.wholeInterval(Int(demand.referrals.rounded()))
    func with(_ referrals: Int) -> AccommodationDemand {
        AccommodationDemand(referrals: Double(referrals), stay: demand.stay, void: demand.void)
    }
    func fewest(_ demand: AccommodationDemand) -> Int? {
        ErlangB.spaces(load: demand.load, target: question.target, most: mostSpaces)
    }
    let needed = fewest(demand)
    let (low, high) = (with(counts.lowerBound), with(counts.upperBound))
    let finding = """
        With \(question.spaces) spaces \(share(refused)) of \(whole(demand.referrals)) households a year are turned \
        away: about \(whole(demand.referrals * refused)).
        """
    let chart = CapacityChart(demand: demand, today: question.spaces, needed: needed, target: question.target)
    let ends = [low, high].map { fewest($0).map(String.init) ?? "more than \(mostSpaces)" }
    return """
        <h2 class="govuk-heading-m">\(needed.map { "\($0) spaces turn away at most \(share(question.target))" }
            ?? "\(mostSpaces) spaces are not enough")</h2>
        <p class="govuk-body">\(ends[0]) to \(ends[1]), as a year with \(whole(demand.referrals)) households may come \
        of a mean from \(counts.lowerBound) to \(counts.upperBound).</p>
        \(chart.html(finding))
        \(GovUK.details("The numbers", spacesTable(demand, chart, question)))
        \(GovUK.details("What matters most", tornadoTable(CapacityTornado(
            demand, spaces: question.spaces, CapacityTornado.usualRanges(demand, spaces: question.spaces)))))
        \(GovUK.details("What this rests on", GovUK.list(assumptions.map { "\($0)" })))
        """
}

/// More than this is not worked out: England has some 20,000.
private let mostSpaces = 20_000

private let assumptions = [
    "Households ask one by one, by chance, as often in one month as in another. With seasons more are turned away.",
    "Whoever finds nothing free goes elsewhere, and is not waited for.",
    "Every space suits every household. Large families are turned away more often than this says, small ones less.",
    "Only the mean stay matters here, not how stays differ. It is the mean of all stays, also of those that go on.",
    "Nobody asks where it is known to be full: what was asked for in the past may be too few.",
    "One year differs from another by chance alone. Don’t judge a target by one year.",
]

private func spacesTable(_ demand: AccommodationDemand, _ chart: CapacityChart, _ question: CapacityQuestion) -> HTML {
    let step = max(1, chart.last / 10)
    let marked = [question.spaces, chart.needed ?? question.spaces]
    let shown = Set(Array(stride(from: 0, through: chart.last, by: step)) + marked)
    let curve = ErlangB.curve(load: demand.load, upTo: chart.last)
    return GovUK.table(
        caption: "Of \(whole(demand.referrals)) households a year, staying \(whole(demand.stay)) days",
        captionHidden: true, columns: [.numeric("Spaces"), .numeric("Turned away"), .numeric("Households a year")],
        rows: shown.sorted().filter(curve.indices.contains).map { spaces -> [HTML] in
            ["\(spaces)", "\(share(curve[spaces]))", "\(whole(demand.referrals * curve[spaces]))"]
        })
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
            ["\(name(bar.range.input))", "\(whole(bar.range.low)) to \(whole(bar.range.high))",
             "\(share(bar.refusedAtLow))", "\(share(bar.refusedAtHigh))"]
        })
}

/// A share in per cent, to a tenth, half up.
private func share(_ part: Double) -> String {
    let tenths = Int((part * 1_000).rounded(.toNearestOrAwayFromZero))
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
}

private func whole(_ number: Double) -> String { String(Int(number.rounded(.toNearestOrAwayFromZero))) }
