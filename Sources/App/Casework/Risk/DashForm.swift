import Foundation
import Pages

/// The visible high-risk threshold of one area on one day, beside the national one: both are reportable.
struct RiskThreshold: Equatable, Sendable {
    let area: UUID
    let areaName: String
    let local: Int
    /// SafeLives: 14 (domain.md 13).
    static let national = 14
}

/// A completed Dash, or as much of it as could be asked.
struct DashForm: Equatable, Sendable {
    let answers: [DashItem: DashAnswer]
    let score: DashScore
    let threshold: Int
    let level: RiskLevel
    let basis: RiskBasis
    let rationale: String

    init?(_ typed: inout Answers, thresholds: [RiskThreshold]) {
        var answers: [DashItem: DashAnswer] = [:]
        for item in DashItem.allCases { answers[item] = DashAnswer(rawValue: typed[item.field]) ?? .notAsked }
        let area = thresholds.first { $0.area.uuidString.lowercased() == typed["area"] }
        if area == nil { typed.refuse("area", "Select where they live, or the nearest") }
        let judgement = RiskJudgement.required("judgement", "Select your own judgement", in: &typed)
        let rationale = typed.text("rationale", most: 4_000, name: "Why")
        let score = DashScore(answers)
        let reaches = area.map { score.reaches($0.local) } ?? false
        if judgement == .lower, reaches {
            // Down is a second person's decision; up is any trained worker's, at once (domain.md 13).
            typed.refuse("judgement", "The score is at the threshold: only a second person can lower the grade")
        }
        if let judgement, judgement.needsRationale(reaching: reaches), rationale.isEmpty {
            typed.refuse("rationale", "Enter why, in a sentence or two")
        }
        guard let area, let judgement, typed.errors.isEmpty else { return nil }
        (self.answers, self.score, self.rationale, threshold) = (answers, score, rationale, area.local)
        (level, basis) = reaches ? (.high, .score) : judgement.grade
    }
}

/// The worker's own judgement, beside the score.
enum RiskJudgement: String, Choice {
    case follows, medium, high, escalating, lower
    var label: String {
        switch self {
        case .follows: "It follows the score"
        case .medium: "Medium"
        case .high: "High, whatever the score"
        case .escalating: "High: three or more police incidents in 12 months"
        case .lower: "Lower than the score"
        }
    }

    static let offered: [GovUK.Choice] = options.filter { $0.value != RiskJudgement.lower.rawValue }

    var grade: (RiskLevel, RiskBasis) {
        switch self {
        case .follows, .lower: (.standard, .score)
        case .medium: (.medium, .judgement)
        case .high: (.high, .judgement)
        case .escalating: (.high, .escalation)
        }
    }

    func needsRationale(reaching: Bool) -> Bool { !reaching && self != .follows }
}
