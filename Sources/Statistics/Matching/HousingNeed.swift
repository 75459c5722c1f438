/// A household that needs somewhere safe, as far as matching needs it: no name, no date of birth, no address. What
/// nobody has asked stays `.unknown`.
public struct HousingNeed: Hashable, Sendable, Identifiable {
    /// Unique among the households of a batch; breaks ties.
    public var id: String
    /// Everybody who counts as an adult (18 and over, or 16 and over by themselves).
    public var adults: Known<[Adult]> = .unknown
    /// The children who come along.
    public var children: Known<[Child]> = .unknown
    /// Two of the adults share a room.
    public var hasCouple = false
    /// Whether a baby is due who will need a bed or a cot.
    public var expecting: Known<Bool> = .unknown
    /// Somebody is trans and wants to know that the service's own policy takes them. Counts only when they raised it,
    /// so that nobody is asked for it; with `false` no unit fails or is asked because of it.
    public var needsTransPolicy = false
    /// What somebody in the household needs because of a disability.
    public var access: Features<HousingUnit.Access> = .unknown
    /// Animals that come along.
    public var pets: Features<HousingUnit.Pet> = .unknown
    /// What can pay.
    public var funds: Known<Funds> = .unknown
    /// Needs and histories that a service may refuse.
    public var supports: Features<HousingUnit.Support> = .unknown
    /// The least staffing that is safe.
    public var staffing: Known<HousingUnit.Staffing> = .unknown
    /// The kinds of accommodation that the household would take: what is wanted, without what is refused.
    public var kinds: Features<HousingUnit.Kind> = .known(.all)
    /// The area that they come from.
    public var homeArea: Known<String> = .unknown
    /// Areas where they are not safe: where those who harm them live, work or have family.
    public var unsafeAreas: Known<Set<String>> = .unknown
    /// Ids of units too near to somebody who harms them, worked out elsewhere from addresses that never come here.
    public var tooNear: Known<Set<String>> = .unknown
    /// Ids of units in buildings where a resident must not meet them, worked out elsewhere.
    public var conflicts: Known<Set<String>> = .unknown
    /// The risk of serious harm.
    public var risk: Known<Risk> = .unknown
    /// Whether they agree to be referred.
    public var consents: Known<Bool> = .unknown
    /// The day from which they need it.
    public var from: Known<Int> = .unknown
    /// How many days after that they could still wait safely.
    public var canWait = 0
    /// The day since which they have been waiting.
    public var waitingSince: Known<Int> = .unknown
    /// Languages asked for.
    public var languages: Set<String> = []
    /// Services by and for a group, or specialist services, asked for.
    public var groups: Set<String> = []
    /// Areas asked for; none is anywhere.
    public var areasWanted: Set<String> = []
    /// Distance to school, work or support by the unit's id, in bands from 0 (near); worked out elsewhere.
    public var distanceBands: [String: Int] = [:]

    /// A household about which nothing is known yet.
    public init(id: String) { self.id = id }
}

extension HousingNeed {
    /// Sex as they say it. `other` is asked of a single-sex service, as what was not said is.
    public enum Sex: Int, BitCase { case female, male, other }

    /// What can pay for a place.
    public enum Funds: Int, BitCase {
        case publicFunds, mvdac, section17
        /// No recourse to public funds, and nothing instead.
        case none
    }

    /// The risk of serious harm, from least to most.
    public enum Risk: Int, BitCase, Comparable {
        case standard, medium, high

        public static func < (one: Risk, other: Risk) -> Bool { one.rawValue < other.rawValue }
    }

    /// Somebody who counts as an adult.
    public struct Adult: Hashable, Sendable {
        public var sex: Known<Sex>

        public init(_ sex: Known<Sex>) { self.sex = sex }
    }

    /// A child who comes along.
    public struct Child: Hashable, Sendable {
        /// In whole years.
        public var age: Known<Int>
        public var sex: Known<Sex>

        public init(age: Known<Int>, _ sex: Known<Sex>) { (self.age, self.sex) = (age, sex) }
    }
}
