/// How many people of an area a rate stands for.
public struct PrevalenceEstimate: Sendable {
    public let measure: RateSet.Measure
    /// The rate of each part, and the people that it is of.
    public let parts: [(part: RateSet.Part, people: Int)]
    public let exact: ExactNumber
    /// `exact`, rounded as the rate set says, halves up.
    public let estimate: Int
    /// People of the ages that the rates cover.
    public let population: Int
    /// The ends of the parts' intervals added up, rounded: wider than the sum's own. Nil where a part has none.
    public let interval: (low: Int, high: Int)?
    /// People of the area who are younger, or older, than what the rates cover; nil when the file doesn't say.
    public let younger: Int?
    public let older: Int?

    /// Why a measure can't be worked out.
    public enum Gap: Error, Sendable, Equatable {
        case sex
        case ages(RateSet.Ages)
    }

    public init(_ measure: RateSet.Measure, _ area: PopulationFile.Area, roundTo: Int) throws(Gap) {
        var parts: [(part: RateSet.Part, people: Int)] = []
        for part in measure.parts {
            if part.sex != .persons, !area.hasSexes { throw .sex }
            guard let people = area.people(part.sex, part.ages) else { throw .ages(part.ages) }
            parts.append((part, people))
        }
        func sum(_ share: (RateSet.Part) -> ExactShare?) -> ExactNumber? {
            var sum = 0
            for (part, people) in parts {
                guard let share = share(part) else { return nil }
                sum += share.scaled * people
            }
            return ExactNumber(parts: sum)
        }
        self.measure = measure
        self.parts = parts
        exact = sum(\.percent) ?? ExactNumber(parts: 0)
        estimate = exact.rounded(to: roundTo)
        population = parts.reduce(0) { $0 + $1.people }
        if let low = sum(\.low), let high = sum(\.high) {
            interval = (low.rounded(to: roundTo), high.rounded(to: roundTo))
        } else {
            interval = nil
        }
        let sex = Set(measure.parts.map(\.sex)).count == 1 ? measure.parts[0].sex : .persons
        let from = measure.parts.map(\.ages.from).min() ?? 0
        let to = measure.parts.contains { $0.ages.to == nil } ? nil : measure.parts.compactMap(\.ages.to).max()
        younger = from == 0 ? 0 : RateSet.Ages("0-\(from - 1)").flatMap { area.people(sex, $0) }
        older = to.map { RateSet.Ages("\($0 + 1)+").flatMap { area.people(sex, $0) } } ?? 0
    }
}
