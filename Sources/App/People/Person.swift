import Foundation

/// A person as their record shows them: one projection for screen, list, search and print.
struct Person: Sendable {
    let id: UUID
    let agency: UUID
    let givenName: String
    let familyName: String
    let birth: Birth
    let sex: Sex
    let ethnicity: Ethnicity
    let language: String
    let needsInterpreter: Bool
    let version: Int
    /// Former names and aliases; read with one person only.
    var otherNames: [OtherName] = []
    /// Read with one person only.
    var details = PersonalDetails()
    /// When what was not asked is to be asked by; nil when nothing is due.
    var detailsDue: Date?

    var name: String { familyName.isEmpty ? givenName : "\(givenName) \(familyName)" }
}

/// A name that somebody had, or is called by.
struct OtherName: Equatable, Sendable {
    let name: String
    let isFormer: Bool
    /// An alias that is no longer used; it is still found.
    let hasEnded: Bool

    var words: String { "\(name) (\(isFormer ? "former name" : hasEnded ? "no longer used" : "also known as"))" }

    /// "alias::Maz Dunmore", as the person's query writes it.
    init?(column: String) {
        let parts = column.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        (isFormer, hasEnded, name) = (parts[0] == "former", !parts[1].isEmpty, String(parts[2]))
    }
}

/// A date of birth, or why there is none.
enum Birth: Sendable, Equatable {
    case known(Day)
    case notAsked, declined, notKnown

    var state: String {
        switch self {
        case .known: "known"
        case .notAsked: "notAsked"
        case .declined: "declined"
        case .notKnown: "notKnown"
        }
    }

    var day: Day? { if case .known(let day) = self { day } else { nil } }

    init(state: String, day: Day?) {
        switch (state, day) {
        case (_, let day?): self = .known(day)
        case ("declined", _): self = .declined
        case ("notKnown", _): self = .notKnown
        default: self = .notAsked
        }
    }

    /// "4 May 1990 (36)"
    func words(on today: Day) -> String {
        switch self {
        case .known(let day): "\(day) (\(day.years(until: today)))"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// ONS harmonised: sex. Not asked, declined and not known are three values.
enum Sex: String, Choice {
    case female, male, notAsked, declined, notKnown
    var label: String {
        switch self {
        case .female: "Female"
        case .male: "Male"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// ONS harmonised ethnic group, the 19 of Census 2021, in its order.
enum Ethnicity: String, Choice {
    case indian, pakistani, bangladeshi, chinese, otherAsian
    case african, caribbean, otherBlack
    case whiteAndBlackCaribbean, whiteAndBlackAfrican, whiteAndAsian, otherMixed
    case whiteBritish, whiteIrish, gypsyOrIrishTraveller, roma, otherWhite
    case arab, otherEthnic
    case notAsked, declined, notKnown

    var label: String {
        switch self {
        case .indian: "Asian: Indian"
        case .pakistani: "Asian: Pakistani"
        case .bangladeshi: "Asian: Bangladeshi"
        case .chinese: "Asian: Chinese"
        case .otherAsian: "Asian: any other"
        case .african: "Black: African"
        case .caribbean: "Black: Caribbean"
        case .otherBlack: "Black: any other"
        case .whiteAndBlackCaribbean: "Mixed: White and Black Caribbean"
        case .whiteAndBlackAfrican: "Mixed: White and Black African"
        case .whiteAndAsian: "Mixed: White and Asian"
        case .otherMixed: "Mixed: any other"
        case .whiteBritish: "White: English, Welsh, Scottish, Northern Irish or British"
        case .whiteIrish: "White: Irish"
        case .gypsyOrIrishTraveller: "White: Gypsy or Irish Traveller"
        case .roma: "White: Roma"
        case .otherWhite: "White: any other"
        case .arab: "Other: Arab"
        case .otherEthnic: "Other: any other"
        case .notAsked: "Not asked"
        case .declined: "Declined"
        case .notKnown: "Not known"
        }
    }
}

/// The personal connections of the Domestic Abuse Act 2021, section 2(1)(a) to (g); none of them bars nobody.
enum Connectedness: String, Choice {
    case married, civilPartners, agreedToMarry, civilPartnershipAgreement, intimateRelationship, parentsOfSameChild
    case relatives, notPersonallyConnected, notAsked, notKnown

    var label: String {
        switch self {
        case .married: "They are, or were, married"
        case .civilPartners: "They are, or were, civil partners"
        case .agreedToMarry: "They have agreed to marry, even if that ended"
        case .civilPartnershipAgreement: "They have agreed to a civil partnership, even if that ended"
        case .intimateRelationship: "They are, or were, in an intimate relationship"
        case .parentsOfSameChild: "They each have, or had, a parental relationship to the same child"
        case .relatives: "They are relatives"
        case .notPersonallyConnected: "Not personally connected"
        case .notAsked: "Not asked"
        case .notKnown: "Not known"
        }
    }

    /// Whether it counts under the Act. It decides nothing about who is helped.
    var countsUnderTheAct: Bool {
        switch self {
        case .notPersonallyConnected, .notAsked, .notKnown: false
        default: true
        }
    }
}
