/// What is in a cell of a table that may be read by everybody. Nothing, no answer and nothing said are four different
/// things, and none of them is 0.
public enum EvidenceValue: Sendable, Equatable {
    case count(Int)
    /// By disclosure control.
    case withheld
    /// The agency handed in nothing.
    case noReturn
    /// The agency doesn't ask this.
    case notAsked
    /// It was asked, and can't be had: a system that couldn't report it.
    case notAvailable

    public var count: Int? { if case .count(let count) = self { count } else { nil } }

    /// As it is printed everywhere.
    public var text: String {
        switch self {
        case .count(let count): Fraction(count).text(0)
        case .withheld: "[c]"
        case .noReturn: "no return"
        case .notAsked: "not asked"
        case .notAvailable: "not available"
        }
    }

    /// From what a file has for a number that isn't there.
    public init?(word: String) {
        switch word.lowercased() {
        case "c", "[c]", "withheld", "suppressed": self = .withheld
        case "no return": self = .noReturn
        case "not asked": self = .notAsked
        case "not available": self = .notAvailable
        default: return nil
        }
    }
}

/// What is counted. Two of them are never added up or made a share of one another.
public enum CountedUnit: String, Sendable, Codable, CaseIterable {
    case person, child, household, referral, record, crime, space, day, pound
    /// A case heard at MARAC, repeats again.
    case maracCase = "marac_case"
    /// A record of a person in an agency's list: somebody whom three agencies know is three of them.
    case agencyRecord = "agency_record"

    public var words: String {
        switch self {
        case .person: "people"
        case .child: "children"
        case .household: "households"
        case .referral: "referrals"
        case .record: "incidents and crimes"
        case .crime: "crimes"
        case .space: "family spaces"
        case .day: "days"
        case .pound: "pounds"
        case .maracCase: "cases at MARAC"
        case .agencyRecord: "people as agencies recorded them, once for each agency"
        }
    }

    /// Whether one can be a part of the other: a child is a person, a crime is one of the records.
    func isPart(of whole: CountedUnit) -> Bool {
        self == whole || (self == .child && whole == .person) || (self == .crime && whole == .record)
    }
}

/// What a reader must know of a number before using it. It travels with the number to wherever it is shown.
public enum QualityNote: Sendable, Hashable {
    case duplicates, includesPerpetrators, crimesOnly, unknownsHigh, wholeArea, smallBase
    case noReturn(String)
    case seriesBreak(String)
    case other(String)

    private static let codes: [(String, QualityNote)] = [
        ("duplicates", .duplicates), ("includes_perpetrators", .includesPerpetrators), ("crimes_only", .crimesOnly),
        ("unknowns_high", .unknownsHigh), ("whole_area", .wholeArea), ("small_base", .smallBase),
    ]

    /// From a code ("duplicates"), a code with what it is about ("no_return: Health", "series_break: 2019/20 includes
    /// other children"), or words of one's own.
    public init(_ text: String) {
        if let known = Self.codes.first(where: { $0.0 == text }) {
            self = known.1
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        let rest = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        switch parts.first {
        case "no_return" where !rest.isEmpty: self = .noReturn(rest)
        case "series_break" where !rest.isEmpty: self = .seriesBreak(rest)
        default: self = .other(text)
        }
    }

    public var words: String {
        switch self {
        case .duplicates: "Somebody whom several agencies know may be counted several times."
        case .includesPerpetrators: "Counted by family: may include people who harm."
        case .crimesOnly: "Of crimes only: incidents that were no crime have no details of the victim."
        case .unknownsHigh: "Not recorded for so many that the rest may not be like all."
        case .wholeArea: "Open to a wider area than this one."
        case .smallBase: "Of few: look at the numbers, not at the percentage."
        case .noReturn(let agency): "No return from \(agency)."
        case .seriesBreak(let why): "Not comparable over time: \(why)."
        case .other(let text): text
        }
    }
}
