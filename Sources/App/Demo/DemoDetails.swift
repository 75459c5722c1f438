import Foundation

/// What the invented people said of themselves when somebody asked, in proportions near those of a service: about a
/// third were not asked yet. It follows from the person's id, so that no other chance changes with it.
enum DemoDetails {
    static func of(_ person: DemoPerson) -> PersonalDetails {
        var details = PersonalDetails(sex: person.sex, ethnicity: person.ethnicity)
        let id = person.id.uuid
        // The first bytes of a random id are as good as dice: 0 to 99.
        func roll(_ byte: UInt8) -> Int { Int(byte) * 100 / 256 }
        guard roll(id.0) < 66 else { return details }
        let isGrown = (DemoPeople.ageDay - person.birth) / 365 >= PersonalDetails.askedFrom
        switch roll(id.1) {
        case ..<36: details.religion = .none
        case ..<74: details.religion = religion(of: person.group)
        case ..<88: details.religion = .declined
        default: details.religion = .notAsked
        }
        switch roll(id.2) {
        case ..<9: details.disability = .limitedALot
        case ..<24: details.disability = .limitedALittle
        case ..<31: details.disability = .notLimited
        case ..<85: details.disability = .noCondition
        case ..<92: details.disability = .declined
        default: details.disability = .notKnown
        }
        if details.disability.isDisabled {
            details.impairment = [.mentalHealth, .mentalHealth, .mobility, .longTermCondition, .sensory, .learning][
                Int(id.3) % 6]
        }
        guard isGrown else { return details }
        switch roll(id.4) {
        case ..<78: details.orientation = .straight
        case ..<82: details.orientation = .gayOrLesbian
        case ..<86: details.orientation = .bisexual
        case ..<96: details.orientation = .declined
        default: details.orientation = .notKnown
        }
        details.gender = roll(id.5) < 93 ? .sameAsAtBirth : roll(id.5) < 94 ? .different : .declined
        return details
    }

    /// The one that is most common among people of that ethnic group in Leicester, Leicestershire and Rutland.
    private static func religion(of group: Ethnicity) -> Religion {
        switch group {
        case .indian: .hindu
        case .pakistani, .bangladeshi, .arab: .muslim
        default: .christian
        }
    }
}
