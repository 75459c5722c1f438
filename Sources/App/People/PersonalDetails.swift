/// What people say of themselves, by the ONS's harmonised lists. Not asked, declined and not known are three answers
/// to each. Asked in their own time: nothing waits for it.
struct PersonalDetails: Equatable, Sendable {
    var sex = Sex.notAsked
    var ethnicity = Ethnicity.notAsked
    var gender = GenderIdentity.notAsked
    /// Their own words for their gender, where it differs from the sex registered at birth.
    var genderWords = ""
    var orientation = Orientation.notAsked
    var religion = Religion.notAsked
    var disability = Disability.notAsked
    var impairment = Impairment.notAsked

    /// Questions still to be asked of somebody of this age; gender identity and orientation are asked from 16 on.
    func stillToAsk(age: Int?) -> Int {
        let grown = age.map { $0 >= Self.askedFrom } ?? true
        return [
            sex == .notAsked, ethnicity == .notAsked, religion == .notAsked, disability == .notAsked,
            grown && gender == .notAsked, grown && orientation == .notAsked,
        ].count { $0 }
    }

    /// From this age on, gender identity and sexual orientation are asked (ONS harmonised standards).
    static let askedFrom = 16
}

/// ONS harmonised: whether the gender is the same as the sex registered at birth.
enum GenderIdentity: String, Choice {
    case sameAsAtBirth, different
    case notAsked, declined, notKnown
    var label: String {
        switch self {
        case .sameAsAtBirth: "Same as the sex registered at birth"
        case .different: "Different from the sex registered at birth"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// ONS harmonised: sexual orientation.
enum Orientation: String, Choice {
    case straight, gayOrLesbian, bisexual, other
    case notAsked, declined, notKnown
    var label: String {
        switch self {
        case .straight: "Straight or heterosexual"
        case .gayOrLesbian: "Gay or lesbian"
        case .bisexual: "Bisexual"
        case .other: "Another orientation"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// ONS harmonised: religion.
enum Religion: String, Choice {
    case none, christian, buddhist, hindu, jewish, muslim, sikh, other
    case notAsked, declined, notKnown
    var label: String {
        switch self {
        case .none: "No religion"
        case .christian: "Christian"
        case .buddhist: "Buddhist"
        case .hindu: "Hindu"
        case .jewish: "Jewish"
        case .muslim: "Muslim"
        case .sikh: "Sikh"
        case .other: "Any other religion"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// ONS harmonised: a condition that lasts twelve months or more, and how much it limits day-to-day life.
enum Disability: String, Choice {
    case limitedALot, limitedALittle, notLimited, noCondition
    case notAsked, declined, notKnown
    var label: String {
        switch self {
        case .limitedALot: "A condition that limits day-to-day life a lot"
        case .limitedALittle: "A condition that limits day-to-day life a little"
        case .notLimited: "A condition that does not limit day-to-day life"
        case .noCondition: "No long-term condition"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }

    /// Disabled as the Equality Act 2010 has it: a lasting condition that limits day-to-day life.
    var isDisabled: Bool { self == .limitedALot || self == .limitedALittle }
}

/// The main kind of condition.
enum Impairment: String, Choice {
    case mobility, sensory, learning, mentalHealth, longTermCondition, other
    case notAsked, declined, notKnown
    var label: String {
        switch self {
        case .mobility: "Mobility"
        case .sensory: "Sight or hearing"
        case .learning: "Learning"
        case .mentalHealth: "Mental health"
        case .longTermCondition: "Another long-term illness"
        case .other: "Other"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// The age bands of returns and reports: derived from the date of birth when they are needed, never stored.
enum AgeBand: String, CaseIterable, Sendable {
    case under13, from13, from16, from18, from25, from35, from45, from55, from65, from75

    init(age: Int) {
        self = switch age {
        case ..<13: .under13
        case ..<16: .from13
        case ..<18: .from16
        case ..<25: .from18
        case ..<35: .from25
        case ..<45: .from35
        case ..<55: .from45
        case ..<65: .from55
        case ..<75: .from65
        default: .from75
        }
    }

    var label: String {
        switch self {
        case .under13: "Under 13"
        case .from13: "13 to 15"
        case .from16: "16 and 17"
        case .from18: "18 to 24"
        case .from25: "25 to 34"
        case .from35: "35 to 44"
        case .from45: "45 to 54"
        case .from55: "55 to 64"
        case .from65: "65 to 74"
        case .from75: "75 and over"
        }
    }
}

extension Birth {
    func age(on today: Day) -> Int? { day.map { $0.years(until: today) } }
    func ageBand(on today: Day) -> AgeBand? { age(on: today).map(AgeBand.init(age:)) }
}
