import Foundation

/// The grade.
enum RiskLevel: String, Choice, Comparable {
    case notAssessed, standard, medium, high
    var label: String {
        switch self {
        case .notAssessed: "Not assessed"
        case .standard: "Standard"
        case .medium: "Medium"
        case .high: "High"
        }
    }

    /// The grades that somebody may give.
    static let grades: [RiskLevel] = [.standard, .medium, .high]
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    static func < (a: RiskLevel, b: RiskLevel) -> Bool { a.rank < b.rank }
}

/// What a grade rests on; it may be several. High is by score, by judgement or by escalation (domain.md 13).
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
    /// What became of a lower grade that a second person has to agree to.
    enum Lowering: Sendable, Equatable {
        case none, waiting
        case agreed(by: String, at: Date)
        case notAgreed(by: String, at: Date, because: String)
    }

    let id: UUID
    let instrument: Instrument
    /// The licensed wording with which it was asked.
    let wording: UUID?
    /// Nil when a received assessment came without one.
    let score: RiskScore?
    let threshold: Int?
    let nationalThreshold: Int?
    let level: RiskLevel
    let bases: Set<RiskBasis>
    let rationale: String
    /// By the number of the item; empty for one that was received as a score or a grade alone.
    let answers: [Int: RiskAnswer]
    let assessedAt: Date
    let assessedBy: String
    let assessedByAccount: UUID
    /// Who assessed elsewhere, and on which day.
    let received: (assessor: String, day: Day)?
    let lowering: Lowering

    /// The critical factors that are present, whatever the score; each once.
    var flags: [RiskTopic] {
        RiskTopic.allCases.filter { topic in
            topic.isCritical && instrument.items.contains { $0.topic == topic && answers[$0.number]?.isPresent == true }
        }
    }

    /// The grade counts: it didn't lower another, or a second person agreed.
    var hasEffect: Bool {
        switch lowering {
        case .none, .agreed: true
        case .waiting, .notAgreed: false
        }
    }

    /// "the score and professional judgement"
    var basisWords: String {
        RiskBasis.allCases.filter(bases.contains).map(\.label).joined(separator: " and ")
    }

    /// "High, 11 to 14", for a line of the timeline.
    var line: String { "\(level.label)\(score.map { ", \($0.words)" } ?? "")" }
}

/// What stands for a person now, and what waits.
struct RiskStanding: Sendable {
    let person: UUID
    let inForce: RiskAssessment?
    /// A lower grade that waits for a second person.
    let waiting: UUID?
    /// When the open MARAC decision is due.
    let maracDue: Date?
    /// Police incidents on record in the past twelve months.
    let incidents: Int
    /// By when the first of their safety plans is to be reviewed; nil: they have none.
    let planReview: Day?
    /// The review that events propose, or will.
    let review: RiskReview?
    /// The person's own record is the viewer's to read, not only a shared case.
    let isOurs: Bool

    var level: RiskLevel { inForce?.level ?? .notAssessed }
    var isEscalating: Bool { incidents >= Escalation.incidents }
}

/// Three incidents that the police recorded within twelve months (SafeLives referral criteria, domain.md 13).
enum Escalation {
    static let incidents = 3

    /// The first day that counts on `day`: the same date a year earlier (28 February for the 29th).
    static func since(_ day: Day) -> Day {
        Day(year: day.year - 1, month: day.month, day: day.day) ?? Day(year: day.year - 1, month: 2, day: 28) ?? day
    }
}
