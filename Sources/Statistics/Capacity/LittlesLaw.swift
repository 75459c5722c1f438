/// Whether published facts can all be true of one system (J. D. C. Little, 1961): households there = households taken
/// in a day x days they stay. More than the spaces can't be there.
public struct LittlesLaw: Sendable, Equatable {
    public let spaces: Int
    /// The mean stay in days, and days lost between two stays.
    public let stay: Double
    public let void: Double
    /// Stays begun in a year, as published.
    public let admissions: Double
    /// Households referred in the year, where it is known.
    public let referrals: Double?

    /// `stay` is above 0, the others at least 0.
    public init(spaces: Int, stay: Double, void: Double = 0, admissions: Double, referrals: Double? = nil) {
        self.spaces = spaces
        self.stay = stay
        self.void = void
        self.admissions = admissions
        self.referrals = referrals
    }

    /// Of the bed-nights that the spaces have in a year, the share that the stays need. Above 1 is impossible.
    public var occupancy: Double {
        guard spaces > 0 else { return admissions > 0 ? .infinity : 0 }
        return admissions * (stay + void) / (Double(spaces) * AccommodationDemand.year)
    }

    /// The facts can't all be true.
    public var isImpossible: Bool { occupancy > 1 }

    /// Stays a year with every space taken on every night.
    public var mostStays: Double { Double(spaces) * AccommodationDemand.year / (stay + void) }

    /// The longest mean stay with which as many stays would fit, every space taken on every night; at least 0 days.
    public var longestStay: Double {
        admissions > 0 ? max(0, Double(spaces) * AccommodationDemand.year / admissions - void) : .infinity
    }

    /// The fewest spaces that the stays would fill on every night.
    public var fewestSpaces: Int {
        Int(nearest: (admissions * (stay + void) / AccommodationDemand.year).rounded(.up))
    }

    /// The mean stay with which the loss model takes in as many of those referred, which leaves spaces empty at times
    /// as chance does. Nil without referrals, or where as many as all are taken in.
    public var likelyStay: Double? {
        guard let referrals, admissions > 0, admissions < referrals, spaces > 0 else { return nil }
        let load = ErlangB.load(spaces: spaces, target: 1 - admissions / referrals)
        return max(0, load * AccommodationDemand.year / referrals - void)
    }

    /// The fewest spaces with which the loss model takes in as many of those referred.
    public var likelySpaces: Int? {
        guard let referrals, admissions > 0, admissions < referrals else { return nil }
        let demand = AccommodationDemand(referrals: referrals, stay: stay, void: void)
        return demand.spaces(target: 1 - admissions / referrals)
    }

    /// What a reader is told, in sentences.
    public var findings: [String] {
        let held = void > 0 ? "\(Self.days(stay)) and \(Self.days(void)) empty between" : Self.days(stay)
        guard isImpossible else {
            return [
                "\(spaces) spaces, \(Self.whole(admissions)) stays a year of \(held): "
                    + "\(Self.whole(occupancy * 100))% of the spaces' nights. These can all be true."
            ]
        }
        var findings = [
            "\(spaces) spaces and stays of \(held) allow \(Self.whole(mostStays)) stays a year, "
                + "not \(Self.whole(admissions)). These can't all be true.",
            "As many stays fit if they last \(Self.days(longestStay)) on average, or into \(fewestSpaces) spaces, "
                + "with none ever empty.",
        ]
        if let likelyStay, let likelySpaces, let referrals {
            findings.append(
                "Spaces stand empty at times, as chance has it: \(Self.whole(admissions)) of "
                    + "\(Self.whole(referrals)) households referred are taken in with stays of "
                    + "\(Self.days(likelyStay)), or with \(likelySpaces) spaces.")
        }
        findings.append(
            "Usual causes: other spaces were used, placements elsewhere were counted, a household was referred more "
                + "than once, or the stays are those of leavers only.")
        return findings
    }

    private static func whole(_ number: Double) -> String {
        abs(number) < 1e15 ? "\(Int(nearest: number))" : "no number of"
    }

    private static func days(_ number: Double) -> String { whole(number) == "1" ? "1 day" : "\(whole(number)) days" }
}
