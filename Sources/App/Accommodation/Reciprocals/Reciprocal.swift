import Foundation
import Pages
import Postgres

/// What kind of tenancy somebody holds, or is offered.
enum Tenancy: String, Choice {
    case secure, assured, flexible, fixedTerm, introductory, starter, other, notKnown
    var label: String {
        switch self {
        case .secure: "Secure, for life (council)"
        case .assured: "Assured, for life (housing association)"
        case .flexible: "Flexible, for a fixed term (council)"
        case .fixedTerm: "For a fixed term (housing association)"
        case .introductory: "Introductory (council)"
        case .starter: "Starter (housing association)"
        case .other: "Another kind"
        case .notKnown: "Not known"
        }
    }
    /// For life: what the law calls a qualifying tenancy (Housing Act 1985, section 81ZA).
    var isForLife: Bool { self == .secure || self == .assured }
}

/// How what was asked stands.
enum ReciprocalState: String, Choice {
    case asked, offered, accepted, moved, refused, withdrawn
    var label: String {
        switch self {
        case .asked: "Asked"
        case .offered: "A home is offered"
        case .accepted: "They said yes"
        case .moved: "They moved in"
        case .refused: "Refused"
        case .withdrawn: "Taken back"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .asked: .yellow
        case .offered: .blue
        case .accepted, .moved: .green
        case .refused: .red
        case .withdrawn: .grey
        }
    }
    /// What may follow.
    var following: [ReciprocalState] {
        switch self {
        case .asked: [.offered, .refused, .withdrawn]
        case .offered: [.accepted, .refused, .withdrawn]
        case .accepted: [.moved, .refused, .withdrawn]
        case .moved, .refused, .withdrawn: []
        }
    }
}

/// Why it came to nothing, by whom it is said: the landlord, or the household.
enum ReciprocalReason: String, Choice {
    case noHome, noneOfSize, hasGivenMore, riskNotShown, arrears, notSafeThere, takesNoPart, other
    case wantsElsewhere, wantsLarger, wantsTenancy
    var label: String {
        switch self {
        case .noHome: "The landlord: no home is free"
        case .noneOfSize: "The landlord: none of this size"
        case .hasGivenMore: "The landlord: it has given more than it received"
        case .riskNotShown: "The landlord: the risk is not shown"
        case .arrears: "The landlord: arrears of rent"
        case .notSafeThere: "It would not be safe there"
        case .takesNoPart: "The landlord: it takes no part in reciprocals"
        case .other: "Another reason"
        case .wantsElsewhere: "They: another place"
        case .wantsLarger: "They: too small for them"
        case .wantsTenancy: "They: the tenancy is less than theirs"
        }
    }
}

/// What was offered.
struct ReciprocalOffer: Sendable, Equatable {
    let on: Day
    /// 0: a home without a bedroom of its own.
    let bedrooms: Int
    let tenancy: Tenancy
}

/// A landlord asks another to house its tenant.
struct Reciprocal: Sendable {
    let id: UUID
    let caseID: UUID
    /// Whose tenant they are; and who is asked for a home.
    let receiving: Landlord
    let giving: Landlord
    let bedrooms: Int
    let tenancy: Tenancy
    let excluded: String
    let state: ReciprocalState
    let askedOn: Day
    /// By when the landlord is to answer; nil: nobody had asked for a day then.
    let answerBy: Day?
    let offer: ReciprocalOffer?
    let acceptedOn: Day?
    let movedOn: Day?
    let endedOn: Day?
    let because: ReciprocalReason?
    let words: String
    let version: Int
    let recordedAt: Date
    let by: String

    var path: String { "/cases/\(caseID.column)/reciprocals/\(id.column)" }

    /// How long a landlord has to answer where nobody says otherwise, in working days: a norm of this program.
    static let answerDays = 5

    /// The newest day on which something happened.
    var last: Day { endedOn ?? movedOn ?? acceptedOn ?? offer?.on ?? askedOn }

    /// What they would have less than now, a sentence each; empty where it is like for like.
    var losses: [String] { offer.map { Self.losses(bedrooms, tenancy, $0.bedrooms, $0.tenancy, giving.kind) } ?? [] }
    /// A tenancy for life would go.
    var losesLife: Bool { tenancy.isForLife && offer.map { !$0.tenancy.isForLife } ?? false }

    static func losses(
        _ held: Int, _ tenancy: Tenancy, _ offered: Int, _ new: Tenancy, _ giver: LandlordKind
    ) -> [String] {
        var losses: [String] = []
        if offered < held {
            losses.append("\(bedroomWords(offered)) instead of \(bedroomWords(held)): this is not like for like")
        }
        guard tenancy.isForLife else { return losses }
        if new == .notKnown {
            losses.append("They hold a tenancy for life. Ask which tenancy is offered")
        } else if !new.isForLife {
            losses.append(giver == .council
                ? "They would lose a tenancy for life. A council must keep it where somebody moves because of abuse "
                    + "(Housing Act 1985, section 81ZA, from section 79 of the Domestic Abuse Act 2021)"
                : "They would lose a tenancy for life. The law that keeps it binds councils only (Domestic Abuse Act "
                    + "2021, section 79): ask this landlord to keep it too")
        }
        return losses
    }
}

func bedroomWords(_ number: Int) -> String {
    switch number {
    case 0: "no bedroom of its own"
    case 1: "1 bedroom"
    default: "\(number) bedrooms"
    }
}
