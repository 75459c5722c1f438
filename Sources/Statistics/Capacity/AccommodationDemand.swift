/// What asks for safe accommodation: households referred in a year, and how long each holds a space.
public struct AccommodationDemand: Sendable, Equatable {
    /// Households referred in a year, as a mean over years. Households, not referrals of one household to several
    /// services.
    public var referrals: Double
    /// The mean stay in days, of all stays (`StaySurvival.mean`), not of those that ended and not the median.
    public var stay: Double
    /// Mean days between two stays in which a space can't be let (cleaning, repair, finding the next household).
    public var void: Double

    public init(referrals: Double, stay: Double, void: Double = 0) {
        self.referrals = referrals
        self.stay = stay
        self.void = void
    }

    /// The year of all figures, in days.
    public static let year = 365.0

    /// Spaces that would be held at a time if nobody were refused (erlang). A void holds its space as a stay does.
    public var load: Double { referrals * (stay + void) / Self.year }

    /// The share of all households referred that finds no space free, of so many alike.
    public func refused(spaces: Int) -> Double { ErlangB.refused(load: load, spaces: spaces) }

    /// The fewest spaces with which at most `target` of all households referred find none free.
    public func spaces(target: Double) -> Int? { ErlangB.spaces(load: load, target: target) }
}

/// What a planner's form and command accept. Beyond these a figure is a slip of the hand: all of England has some
/// 60,000 referrals a year.
public enum CapacityLimits {
    public static let referrals: ClosedRange<Double> = 0.1...100_000
    public static let stayDays: ClosedRange<Double> = 0.1...3_650
    public static let voidDays: ClosedRange<Double> = 0...3_650
    /// Mean days that a household waits.
    public static let patience: ClosedRange<Double> = 0.01...3_650
    public static let spaces: ClosedRange<Int> = 0...100_000
    /// Shares of households referred.
    public static let target: ClosedRange<Double> = 0.000_1...0.99
}
