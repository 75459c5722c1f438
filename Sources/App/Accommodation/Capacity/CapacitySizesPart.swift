import Pages
import Statistics

/// Households simulated for a page: some tens of milliseconds.
private let arrivals = 40_000
/// With more households a year a page would take too long.
let mostHouseholds = 3_000.0

/// Who is turned away, by size of household, with the units on record in their proportions.
func householdSizesPart(_ question: CapacityQuestion, _ sizes: [Double], _ own: OwnCapacity) -> HTML {
    """
    \(GovUK.heading(2, "Turned away, by size of household"))\(sizesTable(question, sizes, own))
    """
}

private func sizesTable(_ question: CapacityQuestion, _ sizes: [Double], _ own: OwnCapacity) -> HTML {
    guard question.demand.referrals <= mostHouseholds else { return tooManyToPlay }
    let households = sizes.enumerated().filter { $0.element > 0 }
    guard question.spaces > 0, let units = UnitMix(
        households: households.map { UnitMix.Households(size: $0.offset + 1, weight: $0.element) },
        units: own.sizes.map { UnitMix.Units(size: $0.bedspaces, count: $0.count) })
    else { return GovUK.paragraph("Sizes can be answered when units with their bedspaces are on record.") }
    let mix = units.scaled(to: question.spaces)
    let counts = PoissonCount.wholeInterval(Int(question.demand.referrals.rounded()))
    func played(_ referrals: Double) -> CapacityResult? {
        var demand = question.demand
        demand.referrals = max(referrals, 1)
        let scenario = mix.scenario(demand, ownStays(question, own))
        return CapacitySimulation.run(scenario, years: scenario.years(forArrivals: arrivals, atLeast: 40), seed: 1)
    }
    guard let now = played(question.demand.referrals), let few = played(Double(counts.lowerBound)),
        let many = played(Double(counts.upperBound))
    else { return GovUK.paragraph("Sizes can’t be answered for these numbers.") }
    let all = sizes.reduce(0, +)
    let rows = households.indices.map { place -> [HTML] in
        let (index, part) = households[place], kind = now.kinds[place]
        let yearly = question.demand.referrals * part / all
        let enough = mix.units.filter { $0.size > index }.reduce(0) { $0 + $1.count }
        return [
            "\(HouseholdSize.label(index))", "\(yearly.wholeText)", "\(enough)", "\(kind.interval.shareText)",
            "\(few.kinds[place].refused.shareText) to \(many.kinds[place].refused.shareText)",
        ]
    }
    let total: [HTML] = [
        "All", "\(question.demand.referrals.wholeText)", "\(question.spaces)", "\(now.refused.shareText)",
        "\(few.refused.value.shareText) to \(many.refused.value.shareText)",
    ]
    return """
        \(worst(now, households.map(\.offset)).map { GovUK.paragraph("\($0)") })
        \(GovUK.table(
            caption: "Turned away, of the households of each size", captionHidden: true, columns: [
                "Household of", .numeric("Households a year"), .numeric("Spaces that are big enough"),
                .numeric("Turned away (95%)"),
                .numeric("If \(counts.lowerBound) or \(counts.upperBound) ask"),
            ], rows: rows + [total]))
        \(GovUK.paragraph("""
            Played through for \(now.years) years. A household takes the smallest free unit with a bed for everybody; \
            the \(question.spaces) spaces have the sizes of the \(own.units) units on record, in their proportions: \
            \(mix.units.filter { $0.count > 0 }.map { "\($0.count) for \($0.size)" }.joined(separator: ", ")). \
            5 people or more count as 5.
            """))
        """
}

/// What the average hides.
private func worst(_ found: CapacityResult, _ sizes: [Int]) -> String? {
    let places = found.kinds.indices.filter { found.kinds[$0].arrivals > 0 }
    guard let most = places.max(by: { found.kinds[$0].refused < found.kinds[$1].refused }),
        let least = places.min(by: { found.kinds[$0].refused < found.kinds[$1].refused }),
        found.kinds[most].interval.low > found.kinds[least].interval.high
    else { return nil }
    return """
        Of households of \(HouseholdSize.label(sizes[most])) \(found.kinds[most].refused.shareText) are turned \
        away, of those of \(HouseholdSize.label(sizes[least])) \(found.kinds[least].refused.shareText).
        """
}

/// What it does that only some units take households without recourse to public funds.
func recoursePart(_ question: CapacityQuestion, _ part: Double, _ own: OwnCapacity) -> HTML {
    """
    \(GovUK.heading(2, "Without recourse to public funds"))\(recourseTable(question, part, own))
    """
}

private func recourseTable(_ question: CapacityQuestion, _ part: Double, _ own: OwnCapacity) -> HTML {
    let demand = question.demand
    guard demand.referrals <= mostHouseholds else { return tooManyToPlay }
    guard own.units > 0 else { return GovUK.paragraph("This can be answered when units are on record.") }
    // Rounded half up, in the units' proportion.
    let open = (question.spaces * own.taking * 2 + own.units) / (own.units * 2)
    guard let found = PartlyOpenUnits(
        demand, part: part, spaces: question.spaces, open: open, ownStays(question, own), arrivals: arrivals, seed: 1)
    else { return GovUK.paragraph("This can’t be answered for these numbers.") }
    func row(_ what: String, _ refused: PartlyOpenUnits.Refused) -> [HTML] {
        ["\(what)", "\(refused.few.shareText)", "\(refused.others.shareText)", "\(refused.all.shareText)"]
    }
    let unknown = own.notKnownTaking > 0 ? " Of \(own.notKnownTaking) nobody has said it: they count as no." : ""
    return """
        \(GovUK.paragraph("""
            \(own.taking) of \(own.units) units on record take them, which is \(open) of \(question.spaces) \
            spaces.\(unknown) Of \((demand.referrals * part).wholeText) such households a year \
            \(found.shared.few.value.shareText) are turned away; if every space took them, \
            \(found.pooled.few.value.shareText).
            """))
        \(GovUK.table(
            caption: "Turned away, by which spaces take households without recourse", captionHidden: true, columns: [
                "If", .numeric("Of those without recourse"), .numeric("Of the others"), .numeric("Of all"),
            ], rows: [
                row("\(open) spaces take them, and others use the rest first", found.shared),
                row("\(open) spaces are kept for them alone", found.apart),
                row("Every space takes them", found.pooled),
            ]))
        """
}

/// The partnership's own stays where the figure is theirs.
func ownStays(_ question: CapacityQuestion, _ own: OwnCapacity) -> CapacityManner {
    let isOwn = own.survival.map { abs($0.mean - question.demand.stay) <= 0.5 } ?? false
    return CapacityManner(stays: isOwn ? own.stays : [])
}

extension CapacityBand {
    /// A share, and its interval where it has one.
    var shareText: String {
        high > low ? "\(value.shareText) (\(low.shareText) to \(high.shareText))" : value.shareText
    }
}

let tooManyToPlay = GovUK.paragraph(
    "With more than \(mostHouseholds.wholeText) households a year use the command: drystone capacity.")
