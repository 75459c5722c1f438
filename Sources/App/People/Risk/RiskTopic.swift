/// What the tools ask about: the topics of domain.md 13, by the number that the 24-item list gives them.
///
/// Tools share topics under different numbers and words, so that an assessment can be compared with another tool’s.
enum RiskTopic: Int, CaseIterable, Sendable {
    case injury = 1, fear, fearedHarm, isolation, lowMood, separation, childContact, following
    case pregnancy, moreOften, worse, control, weapons, threatsToKill, choking, sexualHarm
    case otherPeople, hurtOthers, animals, money, substancesOrHealth, suicideThreats, brokenOrders, policeTrouble
    /// The three that police forces add.
    case stepChildren, childHarm, dependants

    /// Shown whatever the score: these have led to deaths (domain.md 13: 15, 14, 16, 9, 6, 8).
    var isCritical: Bool { flag != nil }

    /// How a critical topic is named where it is flagged.
    var flag: String? {
        switch self {
        case .choking: "Choking, smothering or drowning"
        case .threatsToKill: "Believed threats to kill"
        case .sexualHarm: "Sexual harm"
        case .pregnancy: "Pregnancy or young baby"
        case .separation: "Separation"
        case .following: "Stalking"
        default: nil
        }
    }
}
