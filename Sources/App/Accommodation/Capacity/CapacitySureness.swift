import Pages
import Statistics

/// How far the answer may be off: what a single year's count of households leaves open, what is known of the stays,
/// and both at once. All of it at 95%, but for stays of which nothing is known.
struct CapacitySureness {
    private let question: CapacityQuestion
    /// The fewest spaces for the target; nil beyond the most that are worked out.
    let needed: Int?
    /// The means that may lie behind a year with as many households.
    private let counts: ClosedRange<Int>
    private let stay: ClosedRange<Double>
    /// What the stay's range rests on.
    private let basis: String
    private let both: CapacityBootstrap?

    init(_ question: CapacityQuestion, _ own: OwnCapacity) {
        let demand = question.demand
        self.question = question
        needed = ErlangB.spaces(load: demand.load, target: question.target, most: mostSpaces)
        counts = PoissonCount.wholeInterval(Int(demand.referrals.rounded()))
        let survival = own.survival
        // The figure is the partnership's own where it is what its stays come to.
        let isOwn = survival.map { abs($0.mean - demand.stay) <= 0.5 } ?? false
        let tenth = demand.stay * 0.9...demand.stay * 1.1
        both = CapacityBootstrap(
            demand, stays: isOwn ? own.stays : [], within: tenth, spaces: question.spaces, target: question.target,
            draws: demand.load > 2_000 ? 200 : CapacityBootstrap.draws(stays: own.stays.count), level: 0.95, seed: 1,
            most: mostSpaces)
        guard let survival, isOwn else {
            stay = tenth
            basis = "Nothing on record says how sure the days are: they are taken to be a tenth fewer or more."
            return
        }
        let all = survival.ended + survival.open
        if survival.ended < CapacityBootstrap.leastToDraw {
            stay = survival.meanRange
            basis = "Only \(survival.ended) stays on record have ended: the days may be far from what they seem (95%)."
        } else {
            stay = (both?.stay.low ?? tenth.lowerBound)...(both?.stay.high ?? tenth.upperBound)
            basis = "The days are those of \(all) stays on record, drawn again and again (95%); \(survival.open) go on."
        }
    }

    /// The answer as a range; nil where the target can't be reached.
    var sentence: String? {
        guard let both else { return nil }
        return """
            It may be \(spaces(both.spaces.low)) to \(spaces(both.spaces.high)) spaces, and with today’s \
            \(question.spaces) between \(both.refused.low.shareText) and \(both.refused.high.shareText) turned away: \
            a year’s count and the stays are partly chance.
            """
    }

    var table: HTML {
        let demand = question.demand
        func with(referrals: Double? = nil, stay: Double? = nil) -> AccommodationDemand {
            AccommodationDemand(
                referrals: referrals ?? demand.referrals, stay: stay ?? demand.stay, void: demand.void)
        }
        func row(_ what: String, _ range: String, _ low: AccommodationDemand, _ high: AccommodationDemand) -> [HTML] {
            let ends = [low, high].map {
                ErlangB.spaces(load: $0.load, target: question.target, most: mostSpaces).map(String.init)
                    ?? "more than \(mostSpaces)"
            }
            let refused = [low, high].map { $0.refused(spaces: question.spaces).shareText }
            return ["\(what)", "\(range)", "\(ends[0]) to \(ends[1])", "\(refused[0]) to \(refused[1])"]
        }
        var rows = [
            row("Households that ask in a year", "\(counts.lowerBound) to \(counts.upperBound)",
                with(referrals: Double(counts.lowerBound)), with(referrals: Double(counts.upperBound))),
            row("Days that a household stays", "\(stay.lowerBound.wholeText) to \(stay.upperBound.wholeText)",
                with(stay: stay.lowerBound), with(stay: stay.upperBound)),
        ]
        if let both {
            rows.append([
                "Both at once", "", "\(spaces(both.spaces.low)) to \(spaces(both.spaces.high))",
                "\(both.refused.low.shareText) to \(both.refused.high.shareText)",
            ])
        }
        return """
            \(GovUK.paragraph("""
                A year with \(demand.referrals.wholeText) households may come of a mean from \(counts.lowerBound) to \
                \(counts.upperBound) (95%). \(basis)
                """))
            \(GovUK.table(
                caption: "What the answer may be as well", captionHidden: true, columns: [
                    "What may be otherwise", "From, to", .numeric("Spaces for \(question.target.shareText)"),
                    .numeric("Turned away with \(question.spaces)"),
                ], rows: rows))
            """
    }

    private func spaces(_ number: Double) -> String {
        number >= Double(mostSpaces) ? "more than \(mostSpaces)" : number.wholeText
    }
}
