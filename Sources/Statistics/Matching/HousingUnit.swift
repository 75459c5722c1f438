/// One home that can be offered, as far as matching needs it: plain facts and ids, and never where it is. A home is a
/// room in a refuge, a flat or a house; each is let to one household. Facts that nobody has stated stay `.unknown`.
public struct HousingUnit: Hashable, Sendable, Identifiable {
    /// Unique among the units compared; breaks ties.
    public var id: String
    /// Whose it is; for the balance between providers.
    public var provider: String
    /// Which kind of safe accommodation (SI 2021/991).
    public var kind: Kind
    /// What it shares with other units, in any words: its building, its service, its area. Of two households that must
    /// not meet, none is proposed where they would share one.
    public var places: Set<String> = []
    /// The code of the coarse area in which it lies.
    public var area: Known<String> = .unknown
    /// Beds without cots.
    public var bedspaces: Known<Int> = .unknown
    /// Rooms to sleep in; a bedsit has one.
    public var bedrooms: Known<Int> = .unknown
    /// Whether the service lets a whole family share one room, as refuges do.
    public var familySharesRoom: Known<Bool> = .unknown
    /// How many adults the service takes here.
    public var maxAdults: Known<Int> = .unknown
    /// How many children the service takes here.
    public var maxChildren: Known<Int> = .unknown
    /// Cots, each for a child under two.
    public var cots: Known<Int> = .unknown
    /// Which adults the service takes.
    public var takes: Known<Takes> = .unknown
    /// Whether trans residents are taken, by the service's own stated policy; asked of single-sex services only.
    public var takesTrans: Known<Bool> = .unknown
    /// Up to which age sons are taken.
    public var oldestBoy: Known<BoyLimit> = .unknown
    /// What somebody with a disability can rely on.
    public var access: Features<Access> = .unknown
    /// Animals that the service takes. Assistance animals are taken by law and need no yes here.
    public var pets: Features<Pet> = .unknown
    /// Under what funding people without recourse to public funds are taken.
    public var funding: Features<Funding> = .unknown
    /// Needs and histories that the service takes.
    public var supports: Features<Support> = .unknown
    /// When staff are there.
    public var staffing: Known<Staffing> = .unknown
    /// The highest risk that the service takes; a service that states none takes every one.
    public var highestRisk: Known<HousingNeed.Risk> = .known(.high)
    /// Languages spoken by the staff, by any codes that the household's are given in.
    public var languages: Known<Set<String>> = .unknown
    /// Groups that the service is run by and for, or specialises in.
    public var groups: Known<Set<String>> = .unknown
    /// Areas from which it is not safe to come here.
    public var exclusionAreas: Known<Set<String>> = .unknown
    /// Whether the provider asks for a local connection. Not a rule of matching: it is shown as a note.
    public var asksLocalConnection: Known<Bool> = .unknown
    /// Whether it can be had, and from when.
    public var availability: Known<Availability> = .unknown

    /// A unit about which nothing else is known yet.
    public init(id: String, provider: String, kind: Kind) {
        (self.id, self.provider, self.kind) = (id, provider, kind)
    }
}

extension HousingUnit {
    /// The six kinds of safe accommodation.
    public enum Kind: Int, BitCase { case refuge, specialist, dispersed, sanctuary, secondStage, otherEmergency }

    /// Whom a service takes.
    public enum Takes: Int, BitCase { case women, men, anyone }

    /// Up to which age a son is taken.
    public enum BoyLimit: Hashable, Sendable {
        /// A boy of this age still is; so -1 takes no boys.
        case upTo(Int)
        case noLimit
    }

    /// What somebody with a disability can rely on.
    public enum Access: Int, BitCase { case wheelchair, stepFree, groundFloor, wetRoom, hearing, sight }

    /// Animals. An assistance animal never fails a rule.
    public enum Pet: Int, BitCase { case dog, cat, other, assistance }

    /// What pays for somebody without recourse to public funds: the Migrant Victims of Domestic Abuse Concession,
    /// section 17 of the Children Act 1989, a fund of beds kept for this, or nothing (the service takes them anyway).
    public enum Funding: Int, BitCase { case mvdac, section17, bedFund, unfunded }

    /// Needs and histories that a service may take or not.
    public enum Support: Int, BitCase { case mentalHealth, substanceUse, offending, arson }

    /// When staff are there, from least to most.
    public enum Staffing: Int, BitCase, Comparable {
        case floating, daytime, roundTheClock

        public static func < (one: Staffing, other: Staffing) -> Bool { one.rawValue < other.rawValue }
    }

    /// Whether a unit can be had. Days are counted from any one day, the same for units and households.
    public enum Availability: Hashable, Sendable {
        case freeNow
        case freeFrom(day: Int)
        case held, occupied, void, closed
    }
}
