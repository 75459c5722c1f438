import Statistics
import Testing

/// More households, longer stays, longer voids and fewer spaces never turn away fewer; a target that allows more never
/// needs more. Households that share bedspaces are left out: of some sizes more bedspaces turn away more, since others
/// then take them.
@Suite("Capacity: monotone in every argument")
struct MonotoneTests {
    /// A question, and how it is made worse, by name: the same question with one argument moved.
    private static let worse: [(name: String, move: @Sendable (inout CapacityQuestion, Double) -> Void)] = [
        ("referrals", { $0.demand.referrals *= 1 + $1 }),
        ("stay", { $0.demand.stay *= 1 + $1 }),
        ("void", { $0.demand.void += 20 * $1 }),
        ("spaces", { $0.spaces = max(0, $0.spaces - Int(10 * $1) - 1) }),
        ("target", { $0.target /= 1 + $1 }),
        ("patience", { $0.manner.patience? /= 1 + $1 }),
        ("swing", { $0.manner.swing = min(1, $0.manner.swing + 0.3 * $1) }),
    ]

    private static func question(_ chance: inout Chance) -> CapacityQuestion {
        let demand = AccommodationDemand(
            referrals: 5 + 200 * chance.fraction(), stay: 20 + 150 * chance.fraction(), void: 15 * chance.fraction())
        return CapacityQuestion(
            demand, spaces: Int(demand.load * (0.3 + chance.fraction())), target: 0.01 + 0.2 * chance.fraction(),
            manner: CapacityManner(patience: 0.5 + 30 * chance.fraction(), swing: 0.5 * chance.fraction()))
    }

    /// Every share and every number of spaces that closed forms give.
    private static func answers(_ question: CapacityQuestion, season: Bool) -> [Double] {
        let demand = question.demand, patience = question.manner.patience ?? 1
        let half = AccommodationDemand(referrals: demand.referrals / 2, stay: demand.stay, void: demand.void)
        let units = NestedUnits(
            small: half, large: half, smallUnits: min(question.spaces, 60) / 5,
            largeUnits: min(question.spaces, 60) / 10)
        let closed = ClosedPools.refused(
            [0.7, 0.3].map { (demand.load * $0, Int(Double(question.spaces) * $0)) })
        let counts = PoissonCount.interval(Int(demand.referrals))
        let pools = ClosedPools.spaces(loads: [demand.load, demand.load / 3], target: question.target)
        return [
            demand.refused(spaces: question.spaces), Double(demand.spaces(target: question.target) ?? -1),
            ErlangA(demand, spaces: question.spaces, patience: patience).gaveUp,
            Double(ErlangA.spaces(demand, patience: patience, target: question.target) ?? -1),
            closed, Double(pools?[0] ?? -1), units?.refused ?? 1, counts.low, counts.high,
            LittlesLaw(spaces: question.spaces, stay: demand.stay, void: demand.void, admissions: demand.referrals)
                .occupancy,
            season ? SeasonalLoss(demand, spaces: question.spaces, season: Season(swing: question.manner.swing))?
                .refused ?? 1 : 0,
        ]
    }

    @Test(arguments: worse.indices) func `what makes it worse never makes a figure better`(_ place: Int) {
        var chance = Chance(seed: UInt64(40 + place))
        for round in 0..<60 {
            let question = Self.question(&chance)
            var moved = question
            Self.worse[place].move(&moved, chance.fraction())
            // The equations of a season take longer than all the rest.
            let before = Self.answers(question, season: round < 6), after = Self.answers(moved, season: round < 6)
            for index in before.indices {
                #expect(
                    after[index] >= before[index] - 1e-9, "\(Self.worse[place].name), \(index), \(question), \(moved)")
            }
        }
    }

    @Test func `areas closed to one another never do better than one pool`() {
        var chance = Chance(seed: 50)
        for _ in 0..<100 {
            let load = 1 + 100 * chance.fraction(), part = chance.fraction(), spaces = chance.below(120)
            let near = Int(Double(spaces) * part)
            let closed = ClosedPools.refused([(load * part, near), (load * (1 - part), spaces - near)])
            #expect(closed >= ErlangB.refused(load: load, spaces: spaces) - 1e-9)
        }
    }
}
