/// When a count is small, and how what is left is shown.
public struct DisclosureRule: Sendable, Equatable {
    /// How published counts are rounded.
    public enum Rounding: Sendable, Equatable {
        case none
        /// Every published count to the nearest multiple, halves up.
        case all(Int)
        /// Sums only.
        case totals(Int)
    }

    public var name: String
    /// Counts from 1 to one less are small.
    public var threshold: Int
    /// For areas of fewer people than `smallArea`.
    public var smallAreaThreshold: Int
    /// People.
    public var smallArea: Int
    /// People by area, for the rule of small areas.
    public var populations: [String: Int]
    /// The interval of a small count, as a reader can work it out, is at least so wide, and at least threshold - 1.
    public var leastWidth: Int
    /// Zeros count as small and may be hidden. Otherwise they are shown, and so a reader knows that what is hidden is
    /// not zero.
    public var hidesZeros: Bool
    /// Nobody who is the only one in a hidden cell learns another small count by taking himself off.
    public var withstandsInsiders: Bool
    public var rounding: Rounding

    public init(
        name: String = "as given", threshold: Int, smallAreaThreshold: Int = 0, smallArea: Int = 0,
        populations: [String: Int] = [:], leastWidth: Int = 1, hidesZeros: Bool = false,
        withstandsInsiders: Bool = false, rounding: Rounding = .none
    ) {
        self.name = name
        self.threshold = threshold
        self.smallAreaThreshold = smallAreaThreshold
        self.smallArea = smallArea
        self.populations = populations
        self.leastWidth = leastWidth
        self.hidesZeros = hidesZeros
        self.withstandsInsiders = withstandsInsiders
        self.rounding = rounding
    }

    /// The application's own profile: under 5, and under 10 in areas of under 100,000 people; nothing is rounded.
    public static let drystone = DisclosureRule(
        name: "drystone_default", threshold: 5, smallAreaThreshold: 10, smallArea: 100_000,
        populations: SmallAreas.populations)

    /// The profiles that have a name.
    public static let profiles = [
        drystone, DisclosureRule(name: "lt5_round5", threshold: 5, rounding: .all(5)),
        DisclosureRule(name: "dfe_1to5_round10", threshold: 6, rounding: .totals(10)),
        DisclosureRule(name: "nhs_1to7_round5", threshold: 8, rounding: .all(5)),
    ]

    /// Where a count of a cell with these codes begins to be large enough.
    func threshold(of codes: some Sequence<String>) -> Int {
        let isSmallArea = codes.contains { populations[$0].map { $0 < smallArea } ?? false }
        return isSmallArea ? max(threshold, smallAreaThreshold) : threshold
    }

    /// What a reader knows of a count that is published after rounding, who also knows the threshold.
    func shownRange(_ count: Int, isTotal: Bool, threshold: Int) -> ClosedRange<Int> {
        let base: Int
        switch rounding {
        case .none: return count...count
        case .all(let multiple): base = multiple
        case .totals(let multiple): base = isTotal ? multiple : 1
        }
        // A published 0 is 0, and what is published at all is not small.
        guard base > 1, count > 0 else { return count...count }
        let shown = Self.rounded(count, to: base)
        return max(shown - base / 2, min(threshold, count))...(shown + (base + 1) / 2 - 1)
    }

    /// To the nearest multiple, halves up.
    static func rounded(_ count: Int, to base: Int) -> Int { (count + base / 2) / base * base }
}

/// Areas of the partnerships that are known to be small: people at the 2021 census, in round hundreds.
enum SmallAreas {
    static let populations = [
        "Rutland": 41_000, "Melton": 51_800, "Oadby and Wigston": 57_700, "Oadby & Wigston": 57_700,
        "Harborough": 97_600, "Isles of Scilly": 2_100, "City of London": 8_600, "Hartlepool": 92_300,
    ]
}
