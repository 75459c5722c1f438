import Statistics

/// The planner's answer for a reader. Every share says what it is a share of.
struct CapacityText {
    let question: CapacityQuestion
    let answer: CapacityAnswer

    var lines: [String] {
        let demand = question.demand
        let void = demand.void > 0 ? ", \(plain(demand.void)) days empty between stays" : ""
        return [
            "\(plain(demand.referrals)) households referred a year, mean stay \(digits(demand.stay)) days\(void), "
                + "\(question.spaces) spaces.",
            "",
        ] + main + simulated + variants + sizes + matters + assumes
    }

    private var main: [String] {
        let turnedAway = answer.refused * question.demand.referrals
        let target = roundPercent(question.target)
        let interval = answer.refusedInterval
        return [
            "Turned away      \(percent(answer.refused)) of households referred: about \(plain(turnedAway.rounded())) "
                + "of \(plain(question.demand.referrals)) a year",
            "Spaces for \(target)".padded(17) + spaces(answer.spacesForTarget) + proportions,
            "Uncertainty      a year like this may come from a mean of \(answer.referrals.lowerBound) to "
                + "\(answer.referrals.upperBound) referrals (95%):",
            "                 \(spaces(answer.spacesInterval.low)) to \(spaces(answer.spacesInterval.high)) spaces for "
                + "\(target); \(percent(interval.low)) to \(percent(interval.high)) turned away with "
                + "\(question.spaces)",
        ]
    }

    private var proportions: String {
        guard let mix = question.mix, let fewest = answer.spacesForTarget else { return "" }
        let units = mix.scaled(to: fewest).units.map { "\($0.count) for \($0.size)" }
        return " in the same proportions (\(units.joined(separator: ", ")))"
    }

    private var simulated: [String] {
        let found = answer.simulation, years = found.singleYears
        let verdict = answer.agrees.map { $0 ? ", in agreement" : ", which doesn't hold the figure above" } ?? ""
        return [
            "Simulated        \(percent(found.refused.value)) of \(found.arrivals) households in \(found.years) years "
                + "(95%: \(percent(found.refused.low)) to \(percent(found.refused.high)))\(verdict)",
            "Single years     \(percent(years.low)) to \(percent(years.high)) of the year's households turned away in "
                + "nine years of ten: never judge one year",
            "Occupied         \(percent(occupied)) of the spaces' nights",
        ]
    }

    /// What was asked for beside the loss model, each on its own.
    private var variants: [String] {
        guard let found = answer.variants else { return manner }
        let target = roundPercent(question.target)
        func needed(_ spaces: Int?) -> String {
            spaces.map { "; \($0) spaces for \(target)" } ?? "; the spaces for \(target) weren't found"
        }
        var lines: [String] = []
        if let stays = found.stays, let survival = StaySurvival(question.manner.stays) {
            lines += [
                "Own stays        mean \(digits(stays.stay.value)) days of \(survival.ended) that ended and "
                    + "\(survival.open) that go on (95%: \(digits(stays.stay.low)) to \(digits(stays.stay.high)))",
                "                 with the referrals' own: \(plain(stays.spaces.low)) to \(plain(stays.spaces.high)) "
                    + "spaces for \(target); \(percent(stays.refused.low)) to \(percent(stays.refused.high)) turned "
                    + "away",
            ]
        }
        if let waiting = found.waiting {
            lines.append("With waiting     \(percent(waiting.refused)) of households referred give up"
                + needed(waiting.spacesForTarget))
        }
        if let season = found.season {
            lines.append("With a season    \(percent(season.refused)) of households referred turned away, "
                + "\(percent(found.worstMonth ?? season.refused)) in the worst month" + needed(season.spacesForTarget))
        } else if question.manner.swing > 0 {
            lines.append("With a season    not worked out: too many spaces for stays as short")
        }
        if let closed = found.closed {
            lines.append("Closed areas     \(percent(closed.refused)) of households referred turned away"
                + needed(closed.spacesForTarget))
            lines += found.areas.map {
                "  \(plain($0.pool.referrals)) a year, \($0.pool.spaces) spaces".padded(30)
                    + "\(percent($0.found.refused)) of these" + needed($0.found.spacesForTarget)
            }
        }
        return lines
    }

    /// Of a mix, what its simulation has in it.
    private var manner: [String] {
        let patience = question.manner.patience.map { "households that wait \(plain($0)) days on average" }
        let swing = question.manner.swing
        let season = swing > 0 ? "referrals that swing by \(roundPercent(swing)) over the year" : nil
        let stays = question.manner.stays.isEmpty ? nil : "the partnership's own stays"
        let parts = [patience, season, stays].compactMap(\.self)
        return parts.isEmpty ? [] : ["All figures have \(parts.joined(separator: ", "))."]
    }

    private func digits(_ number: Double) -> String { plain((number * 10).rounded() / 10) }

    private var occupied: Double {
        let all = answer.simulation.occupancy.reduce(0) { $0 + $1.count }
        return all > 0
            ? answer.simulation.occupancy.reduce(0) { $0 + $1.share * Double($1.count) } / Double(all) : 0
    }

    private var sizes: [String] {
        guard question.mix != nil else { return [] }
        let later = answer.atTarget.map { "  with \($0.occupancy.reduce(0) { $0 + $1.count }) spaces" } ?? ""
        return ["", "Household of   turned away (of households of that size)\(later)"]
            + answer.simulation.kinds.indices.map { place in
                let kind = answer.simulation.kinds[place], then = answer.atTarget?.kinds[place]
                return kind.name.leading(12) + "   " + percent(kind.refused).padded(40)
                    + "  " + (then.map { percent($0.refused) } ?? "")
            }
            + ["", "Units for      occupied (of their nights)"]
            + answer.simulation.occupancy.map { units in
                "\(units.name) (\(units.count))".leading(12) + "   " + percent(units.share)
            }
    }

    private var matters: [String] {
        guard let tornado = answer.tornado else { return [] }
        return ["", "What moves it most, one at a time (turned away, of households referred)"]
            + tornado.bars.map { bar in
                let range = "\(Self.name(bar.range.input)) \(plain(bar.range.low)) to \(plain(bar.range.high))"
                return "  " + range.padded(34) + "\(percent(bar.refusedAtLow)) to \(percent(bar.refusedAtHigh))"
            }
    }

    private var assumes: [String] {
        let fits = question.mix == nil ? "any household fits any space" : "a household takes the smallest unit for it"
        return [
            "",
            "Assumes that households come independently, that who finds nothing free goes elsewhere (unless it is said",
            "to wait), that \(fits), and that nothing changes over the years.",
            "Referrals are households, not referrals of one household to several services. Who isn't referred because",
            "everything is known to be full isn't counted.",
        ]
    }

    private func spaces(_ number: Int?) -> String { number.map(String.init) ?? "no number of spaces is enough" }

    private static func name(_ input: CapacityTornado.Input) -> String {
        switch input {
        case .referrals: "referrals a year"
        case .stay: "mean stay in days"
        case .void: "days empty between"
        case .spaces: "spaces"
        }
    }
}

extension String {
    /// With spaces behind, or before, to so many letters.
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    func leading(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
