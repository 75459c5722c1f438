/// How households come and stay where it isn't as the loss model has it.
public struct CapacityManner: Sendable, Equatable {
    /// How long a household that finds nothing waits, in mean days; nil: it goes elsewhere at once.
    public var patience: Double?
    /// How far referrals swing over the year, from 0 to 1.
    public var swing: Double
    /// The partnership's own stays, from which a simulation draws; none: they are exponential.
    public var stays: [StayRecord]

    public init(patience: Double? = nil, swing: Double = 0, stays: [StayRecord] = []) {
        self.patience = patience
        self.swing = swing
        self.stays = stays
    }

    /// How stays are drawn that have this mean where none are given.
    func law(mean: Double) -> StayLaw { StaySurvival(stays).map(StayLaw.observed) ?? .exponential(mean: mean) }
}

/// An area that takes only its own households.
public struct CapacityPool: Sendable, Equatable {
    /// Households referred in a year.
    public var referrals: Double
    public var spaces: Int

    public init(referrals: Double, spaces: Int) {
        self.referrals = referrals
        self.spaces = spaces
    }
}

/// What comes out where the question says how households come and stay, each on its own, by closed forms. Shares are of
/// all households referred.
public struct CapacityVariants: Sendable, Equatable {
    /// A share, and the fewest spaces with which it is at most the target; nil where none are enough, or where that
    /// would take too long.
    public struct Variant: Sendable, Equatable {
        public let refused: Double
        public let spacesForTarget: Int?
    }

    public struct Area: Sendable, Equatable {
        public let pool: CapacityPool
        public let found: Variant
    }

    /// With waiting: who gives up.
    public let waiting: Variant?
    /// With a season; nil too where the equations would take too long.
    public let season: Variant?
    /// The share refused of the worst twelfth of the year.
    public let worstMonth: Double?
    /// Of all areas together, each closed to the others.
    public let closed: Variant?
    public let areas: [Area]
    /// What the stays given and the count of referrals leave open, together (95%).
    public let stays: CapacityBootstrap?

    /// Of a question without sizes, whose simulation has all of it.
    public init(_ question: CapacityQuestion) {
        let demand = question.demand, target = question.target, manner = question.manner
        waiting = manner.patience.map {
            Variant(
                refused: ErlangA(demand, spaces: question.spaces, patience: $0).gaveUp,
                spacesForTarget: ErlangA.spaces(demand, patience: $0, target: target))
        }
        let season = Season(swing: manner.swing)
        let seasonal = manner.swing > 0 ? SeasonalLoss(demand, spaces: question.spaces, season: season) : nil
        self.season = seasonal.map {
            Variant(
                refused: $0.refused, spacesForTarget: SeasonalLoss.spaces(demand, season: season, target: target))
        }
        worstMonth = seasonal?.worstMonth
        areas = question.pools.map { pool in
            var own = demand
            own.referrals = pool.referrals
            return Area(
                pool: pool,
                found: Variant(refused: own.refused(spaces: pool.spaces), spacesForTarget: own.spaces(target: target)))
        }
        let each = areas.compactMap(\.found.spacesForTarget), all = areas.reduce(0) { $0 + $1.pool.referrals }
        closed = areas.isEmpty || all <= 0 ? nil : Variant(
            refused: areas.reduce(0) { $0 + $1.pool.referrals * $1.found.refused } / all,
            spacesForTarget: each.count == areas.count ? each.reduce(0, +) : nil)
        stays = manner.stays.isEmpty ? nil : CapacityBootstrap(
            demand, stays: manner.stays, spaces: question.spaces, target: target,
            draws: CapacityBootstrap.draws(stays: manner.stays.count), level: 0.95, seed: question.seed)
    }
}
