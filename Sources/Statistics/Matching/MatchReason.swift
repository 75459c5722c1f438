/// Why a unit is not for a household: a hard rule that fails, or one that can't be told yet. The numbers are stable
/// (they may be stored), and new reasons get new ones.
public enum MatchReason: Int, BitCase {
    case noSpace = 0, size, access, staff, mentalHealth, substanceUse, offending, arson, area
    /// Too near to somebody who harms them, or a resident whom they must not meet: one code for both, so that it can't
    /// be told from the code whose address is near.
    case network
    case funds, olderSon, sex, pets, kind, risk, consent

    /// The outcome code of a refusal for this reason (the shared list of the domain); several reasons may have one.
    public var outcome: String {
        switch self {
        case .noSpace: "CAP_NO_SPACE"
        case .size: "CAP_SIZE"
        case .access: "CAP_ACCESS"
        case .staff: "CAP_STAFF"
        case .mentalHealth: "NEED_MH"
        case .substanceUse: "NEED_SUBSTANCE"
        case .risk: "NEED_OTHER"
        case .area: "RISK_AREA"
        case .network: "RISK_NETWORK"
        case .offending, .arson: "RISK_ARSON_OFFENCE"
        case .funds: "NRPF_FUNDS"
        case .olderSon: "OLDER_SON"
        case .sex: "SEX_MISMATCH"
        case .pets: "PETS"
        case .kind, .consent: "CLIENT_DECLINED_OTHER"
        }
    }

    /// Which of the eleven hard rules of the design it belongs to, 1 to 11.
    public var rule: Int {
        switch self {
        case .size: 1
        case .access: 2
        case .area: 3
        case .sex: 4
        case .olderSon: 5
        case .funds: 6
        case .pets: 7
        case .mentalHealth, .substanceUse, .offending, .arson: 8
        case .network: 9
        case .noSpace: 10
        case .kind, .consent, .risk, .staff: 11
        }
    }

    /// Whether the service could lift it; the others are the household's own choice.
    public var isOfService: Bool { self != .kind && self != .consent }
}

/// What to ask before it can be told whether a unit fits: a closed list, first of the household, then of the service.
public enum MatchQuestion: Int, BitCase {
    case members = 0, childrensAges, childrensSex, adultsSex, expecting, accessNeeded, animals, funds, supportNeeds
    case staffingNeeded, kindsWanted, homeArea, unsafeAreas, whoLivesNear, riskLevel, consent, dayNeeded
    case bedspaces = 32, bedrooms, familyRoom, maxAdults, maxChildren, cots, whoIsTaken, policyOnTrans, policyOnSex
    case oldestBoy, accessOffered, animalsTaken, fundingTaken, supportsTaken, staffing, exclusionAreas, unitsArea
    case availability, highestRisk

    /// Whether the service knows the answer; otherwise the household does.
    public var isForService: Bool { rawValue >= 32 }
}

/// What whoever decides must know besides: no rule fails because of it.
public enum MatchNote: Int, BitCase {
    /// The provider asks for a local connection. It doesn't count where somebody flees abuse: nobody is referred back
    /// (Housing Act 1996, section 198), and safe accommodation is for whoever comes from anywhere.
    case localConnection = 0
    /// An assistance animal comes along. The service must take it (Equality Act 2010, sections 20 and 29).
    case assistanceAnimal
    /// There are enough bedrooms only since the whole family shares one.
    case familyRoom
    /// A baby is due: the children's limit is judged without it.
    case babyDue
    /// It is free only after the day from which it is needed.
    case wait
}
