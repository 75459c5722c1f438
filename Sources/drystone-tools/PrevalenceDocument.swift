import Statistics

/// Estimates for a program and for a reader: each number with what it was made of.
struct PrevalenceDocument: Encodable {
    let area: Area
    let rates: Rates
    let estimates: [Estimate]
    let notWorkedOut: [Missing]
    let identified: Identified?

    struct Area: Encodable { let code, name, populations: String }
    struct Rates: Encodable { let name, title, status, source, vintage, caveat: String }
    struct Missing: Encodable { let measure, why: String }
    struct Interval: Encodable { let low, high: Int }
    struct Part: Encodable { let sex, ages, percent: String, population: Int }

    /// Beside the first estimate.
    struct Identified: Encodable {
        let measure: String
        let numerator, denominator: Int
        /// With one digit, halves up; null of nothing.
        let percent: String?
        let caveat: String
    }

    struct Estimate: Encodable {
        let measure, definition, period: String
        /// People, rounded.
        let estimate: Int
        let roundedTo: Int
        /// People before rounding, as text: exact. `denominator` is the people of the ages that the rates cover.
        let numerator: String
        let denominator: Int
        let parts: [Part]
        let interval: Interval?
        let youngerNotCovered, olderNotCovered: Int?
    }

    init(
        _ set: RateSet, _ area: PopulationFile.Area, _ found: [PrevalenceEstimate], _ missing: [Missing],
        identified: Int?
    ) {
        self.area = Area(code: area.code, name: area.name, populations: area.estimate)
        rates = Rates(
            name: set.name, title: set.title, status: set.status.rawValue, source: set.source, vintage: set.vintage,
            caveat: set.caveat)
        estimates = found.map { one in
            Estimate(
                measure: one.measure.name, definition: one.measure.definition, period: one.measure.period,
                estimate: one.estimate, roundedTo: set.roundTo, numerator: one.exact.description,
                denominator: one.population,
                parts: one.parts.map {
                    Part(
                        sex: $0.part.sex.rawValue, ages: $0.part.ages.description,
                        percent: $0.part.percent.description, population: $0.people)
                },
                interval: one.interval.map { Interval(low: $0.low, high: $0.high) },
                youngerNotCovered: one.younger, olderNotCovered: one.older)
        }
        notWorkedOut = missing
        self.identified = identified.flatMap { count in
            found.first.map {
                Identified(
                    measure: $0.measure.name, numerator: count, denominator: $0.estimate,
                    percent: ExactPercent.text(count, of: $0.estimate),
                    caveat: "Known to agencies and estimated by a survey are two definitions: a share of one in the "
                        + "other shows how far apart they are, not how many are missed.")
            }
        }
    }

    var lines: [String] {
        var lines = [
            "\(area.name) (\(area.code)), populations \(area.populations)",
            "Rates \(rates.name), \(rates.status): \(rates.title)", "",
        ]
        if rates.status == RateSet.Status.fitted.rawValue {
            lines.insert("THESE RATES ARE FITTED, NOT PUBLISHED. Do not publish what is below.", at: 0)
        }
        for one in estimates { lines += Self.lines(one) + [""] }
        for one in notWorkedOut { lines += ["Not worked out: \(one.measure), because \(one.why).", ""] }
        if let identified {
            let share = identified.percent.map { ", \($0)%" } ?? ""
            lines += [
                "Known to agencies \(grouped(identified.numerator)) of \(grouped(identified.denominator)) "
                    + "estimated (\(identified.measure))\(share)",
                "  \(identified.caveat)", "",
            ]
        }
        return lines + ["Caveat   \(rates.caveat)", "Source   \(rates.source); \(rates.vintage)"]
    }

    private static func lines(_ one: Estimate) -> [String] {
        let sums = one.parts.map { "\($0.percent)% of \(grouped($0.population)) (\($0.sex), \($0.ages))" }
        var left: [String] = []
        if let younger = one.youngerNotCovered, younger > 0 { left.append("\(grouped(younger)) younger") }
        if let older = one.olderNotCovered, older > 0 { left.append("\(grouped(older)) older") }
        return [
            "\(grouped(one.estimate)) \(one.definition), \(one.period)",
            "  \(sums.joined(separator: " + ")) = \(one.numerator); to the nearest \(one.roundedTo), halves up",
            "  interval " + (one.interval.map { "\(grouped($0.low)) to \(grouped($0.high)) (95%)" }
                ?? "not given: the set has none"),
        ] + (left.isEmpty ? [] : ["  not covered by the rates: \(left.joined(separator: ", "))"])
    }
}

/// 28,834
private func grouped(_ number: Int) -> String {
    var digits = String(number), groups: [String] = []
    while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
}
