/// What a simulation is told: who comes, which units there are, and which of them each household can use. Plain data,
/// so that a caller's own rules of matching decide what fits.
public struct CapacityScenario: Sendable {
    /// Units that are alike; a single one of its kind has a `count` of 1.
    public struct Units: Sendable, Equatable {
        public var name: String
        public var count: Int

        public init(_ name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// Units that a household can use.
    public struct Fit: Sendable, Equatable {
        /// Its place in `units`.
        public var units: Int
        /// It gets one only while more than so many are free: a reserve for others.
        public var leaving: Int

        public init(units: Int, leaving: Int = 0) {
            self.units = units
            self.leaving = leaving
        }
    }

    /// Households that are alike in size and needs.
    public struct Households: Sendable {
        /// Those of one name are counted together.
        public var name: String
        /// Referred in a year, as a mean.
        public var referrals: Double
        public var stay: StayLaw
        /// The units they can use, best first. None: they are always refused, and counted.
        public var fits: [Fit]

        public init(_ name: String, referrals: Double, stay: StayLaw, fits: [Fit]) {
            self.name = name
            self.referrals = referrals
            self.stay = stay
            self.fits = fits
        }
    }

    public var units: [Units]
    public var households: [Households]
    /// Days that a unit stands empty after each stay.
    public var void: Double
    /// How long a household that finds nothing waits, in mean days (exponential), before it gives up. Nil: it is
    /// refused at once.
    public var patience: Double?
    public var season: Season

    public init(
        units: [Units], households: [Households], void: Double = 0, patience: Double? = nil,
        season: Season = Season(swing: 0)
    ) {
        self.units = units
        self.households = households
        self.void = void
        self.patience = patience
        self.season = season
    }

    /// The loss model's own: every household fits every space. `stay` stands for the demand's mean, exponential when
    /// nil.
    public init(_ demand: AccommodationDemand, spaces: Int, stay: StayLaw? = nil, patience: Double? = nil) {
        self.init(
            units: [Units("spaces", count: spaces)],
            households: [
                Households(
                    "households", referrals: demand.referrals, stay: stay ?? .exponential(mean: demand.stay),
                    fits: [Fit(units: 0)])
            ], void: demand.void, patience: patience)
    }

    /// Households referred in a year, as a mean.
    public var referrals: Double { households.reduce(0) { $0 + $1.referrals } }

    /// The mean of their stays in days.
    public var meanStay: Double {
        referrals > 0 ? households.reduce(0) { $0 + $1.referrals * $1.stay.mean } / referrals : 0
    }

    /// Years that hold about so many arrivals: at least 100, so that single years can be compared, at most 20,000.
    public func years(forArrivals arrivals: Int, atLeast least: Int = 100) -> Int {
        referrals > 0 ? Int(min(max(Double(arrivals) / referrals, Double(least)), 20_000)) : least
    }

    /// What stops a simulation from meaning anything; nil when nothing does.
    public var problem: String? {
        let lengths = 0...36_500.0
        if units.contains(where: { $0.count < 0 }) { return "A number of units is below 0." }
        if households.contains(where: { !(0...1_000_000).contains($0.referrals) }) || !(referrals > 0) {
            return "Nobody is referred, or more than a million a year."
        }
        if households.contains(where: { !lengths.contains($0.stay.mean) }) {
            return "A stay is not a length of up to a hundred years."
        }
        if households.contains(where: { $0.fits.contains { !units.indices.contains($0.units) || $0.leaving < 0 } }) {
            return "A household fits units that aren't listed."
        }
        if !lengths.contains(void) { return "The days that a unit stands empty are not up to a hundred years." }
        if let patience, !(patience > 0 && lengths.contains(patience)) { return "The patience is no length above 0." }
        return (0...1).contains(season.swing) && season.peak.isFinite ? nil : "A season swings by 0 to 1."
    }
}
