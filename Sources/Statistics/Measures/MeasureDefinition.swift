/// What a figure is, once and for all: a changed definition is another version, and a figure names the one it was made
/// by.
public struct MeasureDefinition: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
        case count
        /// Of 100.
        case share
        /// Per so many people of a population.
        case rate
        /// From one period to a later one of the same length, in per cent of the earlier.
        case change
        /// One number for each of another: children for each case.
        case ratio
        /// The share of a group among those counted, less its share of the population: percentage points.
        case gap
        /// Of what a recommendation comes to for the population, per cent.
        case against
    }

    /// What somebody recommends.
    public struct Benchmark: Sendable, Equatable, Codable {
        /// Per `per` of the population: "40".
        public let rate: String
        public let source: String
    }

    public let id: String
    public let version: Int
    /// From which day, and until when, it is the one to use; years in numbers of a file.
    public let from: String
    public let until: String?
    public let title: String
    public let kind: Kind
    /// What is counted above and below the line.
    public let numerator: String
    public let denominator: String?
    /// Of the numerator, and of the denominator where it is another.
    public let unit: CountedUnit
    public let of: CountedUnit?
    /// 100, 1,000 or 10,000.
    public let per: Int?
    /// After the point; shares of released counts are whole, whatever stands here.
    public let digits: Int
    public let benchmark: Benchmark?
    /// What must be known of every figure of this kind.
    public let caveat: String?
    /// Where the definition comes from.
    public let source: String
    /// The rule of disclosure control that its inputs pass.
    public let profile: String

    /// What is wrong with it; nil when it can be used.
    public var problem: String? {
        let needsBase = kind != .count
        if id.isEmpty || title.isEmpty || numerator.isEmpty || source.isEmpty { return "\(id): it must say what it is" }
        if version < 1 || !(0...Fraction.mostDigits).contains(digits) { return "\(id): version or digits" }
        if needsBase != (denominator != nil) { return "\(id): \(kind) and its denominator don't fit" }
        if PlainDate(from) == nil || until.map({ PlainDate($0) == nil }) == true { return "\(id): from or until" }
        switch kind {
        case .rate, .against:
            guard let per, [100, 1_000, 10_000].contains(per) else { return "\(id): per must be 100, 1000 or 10000" }
            if kind == .against, benchmark == nil { return "\(id): it needs a benchmark" }
        case .share, .change, .gap:
            guard unit.isPart(of: of ?? unit) else { return "\(id): \(unit) is no part of \(of ?? unit)" }
        case .count, .ratio: break
        }
        if let benchmark, Fraction(benchmark.rate) == nil { return "\(id): the benchmark isn't a number" }
        return nil
    }

    /// What it comes to, of 100 people: "per 10,000".
    public var unitWords: String {
        switch kind {
        case .count: unit.words
        case .share: "per cent"
        case .rate: "per \(Fraction(per ?? 1).text(0))"
        case .change: "per cent more or fewer"
        case .ratio: "for each"
        case .gap: "percentage points"
        case .against: "per cent of what is recommended"
        }
    }
}

/// The definitions that come with the program, as the bytes of their file: a JSON list.
public enum ShippedMeasures {
    public static let json: [UInt8] = PackageResources.measures_json
}
