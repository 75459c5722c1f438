/// Where a unit stands for a household, best first.
public enum MatchStanding: Int, BitCase, Comparable {
    /// Every hard rule holds.
    case fits
    /// No rule fails, but something has to be asked first.
    case ask
    /// A rule fails.
    case doesNot

    public static func < (one: MatchStanding, other: MatchStanding) -> Bool { one.rawValue < other.rawValue }
}

/// One unit judged for one household. It recommends; a person decides.
public struct MatchVerdict: Hashable, Sendable, Identifiable {
    /// The unit's id.
    public let unit: String
    /// The rules that fail, all of them.
    public let failed: CaseSet<MatchReason>
    /// The rules that can't be told yet, besides.
    public let unknown: CaseSet<MatchReason>
    /// What to ask so that all of them can be told.
    public let questions: CaseSet<MatchQuestion>
    /// What to know besides.
    public let notes: CaseSet<MatchNote>
    /// A number for each preference in the order of the policy, the lower the better; `Int32.max` is not known.
    let ranks: SIMD8<Int32>

    public var id: String { unit }

    /// Fits, ask or doesn't.
    public var standing: MatchStanding { failed.isEmpty ? (unknown.isEmpty ? .fits : .ask) : .doesNot }

    /// What stands in the way: what fails and what can't be told.
    public var blockers: CaseSet<MatchReason> { failed.union(unknown) }
}
