import Foundation

/// The topics of the 24-item Dash, in our own words (the original wording is licensed; domain.md 13).
enum DashItem: Int, CaseIterable, Sendable {
    case injury = 1, fear, fearedHarm, isolation, lowMood, separation, childContact, following
    case pregnancy, moreOften, worse, control, weapons, threatsToKill, choking, sexualHarm
    case otherPeople, hurtOthers, animals, money, substancesOrHealth, suicideThreats, brokenOrders, policeTrouble

    /// What to ask. Plain, about "they" for the person who harms.
    var prompt: String {
        switch self {
        case .injury: "Were you hurt in what happened most recently?"
        case .fear: "Are you very frightened?"
        case .fearedHarm: "Are you afraid of further harm, to you or to someone else?"
        case .isolation: "Do you feel cut off from family or friends?"
        case .lowMood: "Are you feeling very low, or having thoughts of suicide?"
        case .separation: "Have you separated, or tried to, in the past year?"
        case .childContact: "Is there conflict over contact with children?"
        case .following: "Do they keep contacting, following or watching you?"
        case .pregnancy: "Are you pregnant, or had a baby in the past 18 months?"
        case .moreOften: "Is the abuse happening more often?"
        case .worse: "Is the abuse getting worse?"
        case .control: "Do they try to control what you do, or are they very jealous?"
        case .weapons: "Have they ever used a weapon or an object to hurt you?"
        case .threatsToKill: "Have they threatened to kill you or someone else, and did you believe it?"
        case .choking: "Have they ever tried to choke, smother or drown you?"
        case .sexualHarm: "Do they do or say sexual things that hurt you or make you feel bad?"
        case .otherPeople: "Has anyone else threatened you, or are you afraid of anyone else?"
        case .hurtOthers: "Have they hurt anyone else: children, relatives, a former partner?"
        case .animals: "Have they ever mistreated an animal or a pet?"
        case .money: "Are there money problems, or do you depend on them for money?"
        case .substancesOrHealth: "Have they had problems with drink, drugs or mental health in the past year?"
        case .suicideThreats: "Have they ever threatened or tried suicide?"
        case .brokenOrders: "Have they ever broken bail, an injunction or a contact agreement?"
        case .policeTrouble: "Have they ever been in trouble with the police?"
        }
    }

    /// Shown whatever the score: these have led to deaths (domain.md 13: 15, 14, 16, 9, 6, 8).
    var isCritical: Bool {
        switch self {
        case .choking, .threatsToKill, .sexualHarm, .pregnancy, .separation, .following: true
        default: false
        }
    }

    var flag: String {
        switch self {
        case .choking: "Choking, smothering or drowning"
        case .threatsToKill: "Believed threats to kill"
        case .sexualHarm: "Sexual harm"
        case .pregnancy: "Pregnancy or young baby"
        case .separation: "Separation"
        case .following: "Stalking"
        default: prompt
        }
    }

    var field: String { "q\(rawValue)" }
}

/// An answer to one item. "Don't know" and "not asked" both leave the score open.
enum DashAnswer: String, Choice, Codable {
    case yes, no, dontKnow, notAsked
    var label: String {
        switch self {
        case .yes: "Yes"
        case .no: "No"
        case .dontKnow: "Doesn’t know"
        case .notAsked: "Not asked"
        }
    }
    var isOpen: Bool { self == .dontKnow || self == .notAsked }
}

/// The score of a Dash: one point for each yes, and a range while answers are missing.
struct DashScore: Equatable, Sendable {
    let yes: Int
    let open: Int

    init(yes: Int, open: Int) { (self.yes, self.open) = (yes, open) }

    init(_ answers: [DashItem: DashAnswer]) {
        yes = DashItem.allCases.count { answers[$0] == .yes }
        open = DashItem.allCases.count { (answers[$0] ?? .notAsked).isOpen }
    }

    /// "11 to 14", or "11" when every item has an answer.
    var words: String { open == 0 ? "\(yes)" : "\(yes) to \(yes + open)" }

    func reaches(_ threshold: Int) -> Bool { yes >= threshold }

    /// The threshold lies inside the range: a missing answer could decide.
    func mightReach(_ threshold: Int) -> Bool { yes < threshold && yes + open >= threshold }
}

/// The grade. High is by score, by judgement or by escalation (SafeLives referral criteria, domain.md 13).
enum RiskLevel: String, Choice {
    case notAssessed, standard, medium, high
    var label: String {
        switch self {
        case .notAssessed: "Not assessed"
        case .standard: "Standard"
        case .medium: "Medium"
        case .high: "High"
        }
    }
}

enum RiskBasis: String, Choice {
    case score, judgement, escalation
    var label: String {
        switch self {
        case .score: "the score"
        case .judgement: "professional judgement"
        case .escalation: "three or more police incidents in 12 months"
        }
    }
}

/// One assessment, as it was made. Never changed; a later one supersedes it.
struct RiskAssessment: Sendable {
    let id: UUID
    let score: DashScore
    let threshold: Int
    let nationalThreshold: Int
    let level: RiskLevel
    let basis: RiskBasis
    let rationale: String
    let answers: [DashItem: DashAnswer]
    let assessedAt: Date
    let assessedBy: String

    var flags: [DashItem] { DashItem.allCases.filter { $0.isCritical && answers[$0] == .yes } }
}
