import Foundation

/// What the stays of some units add up to in a period.
struct StayAmounts: Equatable, Sendable {
    /// Stays that ended, and their nights.
    private(set) var ended = 0
    private(set) var nights = 0
    private(set) var median: Double?
    /// Stays that went on at the end of the period, and their nights until then.
    private(set) var open = 0
    private(set) var openNights = 0
    /// Nights of units.
    private(set) var letNights = 0
    private(set) var repairNights = 0
    private(set) var availableNights = 0
    /// Nights of beds.
    private(set) var beds = 0
    private(set) var availableBeds = 0

    /// Nights on which nobody lived in a unit that could be let.
    var voidNights: Int { availableNights - letNights }

    mutating func addLengths(ended: Int, nights: Int, median: Double?, open: Int, openNights: Int) {
        (self.ended, self.nights, self.median) = (ended, nights, median)
        (self.open, self.openNights) = (open, openNights)
    }

    mutating func addNights(letNights: Int, repair: Int, available: Int, beds: Int, availableBeds: Int) {
        (self.letNights, repairNights, availableNights) = (letNights, repair, available)
        (self.beds, self.availableBeds) = (beds, availableBeds)
    }
}

/// The figures of one period.
struct StayColumn: Sendable {
    let title: String
    let period: Period
    let all: StayAmounts
    /// Those of which there is a stay or a unit.
    let kinds: [(AccommodationKind, StayAmounts)]
}

/// What is said of stays and units, each with what it counts.
enum StayFigure: CaseIterable, Sendable {
    case ended, mean, median, open, openMean, beds, units, void, repair

    var label: String {
        switch self {
        case .ended: "Stays that ended"
        case .mean: "Mean length, in nights"
        case .median: "Median length, in nights"
        case .open: "Stays that go on"
        case .openMean: "Nights so far, mean of those that go on"
        case .beds: "Bed-nights taken"
        case .units: "Unit-nights let"
        case .void: "Void nights"
        case .repair: "Of them, being repaired or made ready"
        }
    }

    var numerator: String {
        switch self {
        case .ended: "Stays whose last night was in the period: they moved out on a day of it"
        case .mean: "All nights of the stays that ended"
        case .median: "The middle one of the stays that ended, by their nights"
        case .open: "Stays that had begun by the end of the period, and had not ended"
        case .openMean: "Their nights until the end of the period, or until today"
        case .beds: "For each night somebody lived in a unit: one bed a person, at most all that it has"
        case .units: "Nights on which somebody lived in a unit"
        case .void: "Available nights on which nobody lived in a unit, held or not"
        case .repair: "Nights on which a unit was being repaired or made ready"
        }
    }

    var denominator: String {
        switch self {
        case .ended, .open: "None: a count"
        case .mean, .median: "Stays that ended"
        case .openMean: "Stays that go on"
        case .beds: "Bedspaces as they are on record today, each available night"
        case .units, .void: "Available nights: those on which a unit was the agency’s and not put down as not let"
        case .repair: "Void nights"
        }
    }

    func words(_ amounts: StayAmounts) -> String {
        switch self {
        case .ended: "\(amounts.ended)"
        case .mean: Self.mean(amounts.nights, amounts.ended)
        case .median: amounts.median.map { "\(Self.tenths($0)) (\(amounts.ended))" } ?? "No stay ended"
        case .open: "\(amounts.open)"
        case .openMean: Self.mean(amounts.openNights, amounts.open)
        case .beds: Self.share(amounts.beds, amounts.availableBeds)
        case .units: Self.share(amounts.letNights, amounts.availableNights)
        case .void: Self.share(amounts.voidNights, amounts.availableNights)
        case .repair: Self.share(amounts.repairNights, amounts.voidNights)
        }
    }

    /// "46.5 (93 of 2)": what it was divided by stands beside it.
    private static func mean(_ sum: Int, _ count: Int) -> String {
        count == 0 ? "None" : "\(tenths(Double(sum) / Double(count))) (\(sum) of \(count))"
    }

    private static func share(_ part: Int, _ whole: Int) -> String {
        whole == 0 ? "None" : "\(tenths(Double(part) * 100 / Double(whole)))% (\(part) of \(whole))"
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
