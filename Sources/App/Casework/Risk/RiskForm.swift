import Foundation
import Pages
import Postgres

/// The visible high-risk threshold of one area on one day for a tool that counts, beside the national one: both are
/// reportable.
struct RiskThreshold: Equatable, Sendable {
    let area: UUID
    let areaName: String
    /// Nil where neither the area nor the country has one for this tool.
    let local: Int?

    /// "Northshire (threshold 12)"
    var words: String { local.map { "\(areaName) (threshold \($0))" } ?? areaName }
}

/// What is known when an assessment is judged.
struct RiskCircumstances: Sendable {
    let instrument: Instrument
    /// By area; empty for a tool that doesn't count.
    let thresholds: [RiskThreshold]
    /// Police incidents on record in the past twelve months.
    let incidents: Int
    /// The grade in force.
    let inForce: RiskLevel
}

/// A completed assessment, or as much of it as could be asked.
struct RiskForm: Sendable {
    let answers: [Int: RiskAnswer]
    let score: RiskScore
    let threshold: Int?
    let level: RiskLevel
    let bases: Set<RiskBasis>
    let rationale: String

    init?(_ typed: inout Answers, _ known: RiskCircumstances) {
        let tool = known.instrument
        var answers: [Int: RiskAnswer] = [:]
        for item in tool.items {
            let answer = RiskAnswer(rawValue: typed[item.field]) ?? .notAsked
            answers[item.number] = tool.scale.answers.contains(answer) ? answer : .notAsked
        }
        let score = RiskScore(answers, of: tool)
        let threshold = RiskThreshold.chosen(known, &typed)
        let judgement = RiskJudgement.required("judgement", "Select your own judgement", in: &typed)
        if judgement == .follows, tool.grading != .count {
            typed.refuse("judgement", "Select standard, medium or high")
        }
        let rationale = typed.text("rationale", most: 4_000, name: "Why")
        let reaches = threshold.map(score.reaches) ?? false
        let escalates = known.incidents >= Escalation.incidents
        let outcome = judgement.map {
            $0.grade(reaches: reaches, escalates: escalates, isExplained: !rationale.isEmpty)
        }
        if let outcome, outcome.isBelow, known.inForce != .high {
            // Up is any trained worker's, at once; down is a second person's (domain.md 13), and there is nothing to
            // go down from: what the score or the police incidents say stands first.
            typed.refuse("judgement", """
                \(reaches ? "The score is at the threshold" : "Three police incidents in 12 months are on record"): \
                only a second person can lower the grade. Save it as high first
                """)
        }
        if outcome?.bases.contains(.judgement) == true || judgement == .escalating && !escalates, rationale.isEmpty {
            typed.refuse("rationale", "Enter why, in a sentence or two")
        }
        guard let outcome, typed.errors.isEmpty else { return nil }
        (self.answers, self.score, self.threshold, self.rationale) = (answers, score, threshold, rationale)
        (level, bases) = (outcome.level, outcome.bases)
    }
}

extension RiskThreshold {
    /// The threshold of the area that was chosen; refuses no area where the tool counts.
    static func chosen(_ known: RiskCircumstances, _ typed: inout Answers) -> Int? {
        guard known.instrument.grading.counts else { return nil }
        let area = known.thresholds.first { $0.area.column == typed["area"].lowercased() }
        if area == nil { typed.refuse("area", "Select where they live, or the nearest") }
        return area?.local
    }
}

/// The worker's own judgement, beside the score.
enum RiskJudgement: String, Choice {
    case follows, standard, medium, high, escalating
    var label: String {
        switch self {
        case .follows: "It follows the score"
        case .standard: "Standard"
        case .medium: "Medium"
        case .high: "High, whatever the score"
        case .escalating: "High: three or more police incidents in 12 months"
        }
    }

    /// What a tool's grading leaves to judgement.
    static func offered(_ grading: RiskGrading) -> [GovUK.Choice] {
        allCases.filter { $0 != .follows || grading == .count }.map { judgement in
            GovUK.Choice(judgement.rawValue, judgement == .high && grading != .count ? "High" : judgement.label)
        }
    }

    /// The grade, each ground for it, and whether it is below what the score or the police incidents say.
    ///
    /// `isExplained`: a reason was given, so that a high judgement is a ground of its own even beside the score.
    func grade(reaches: Bool, escalates: Bool, isExplained: Bool)
        -> (level: RiskLevel, bases: Set<RiskBasis>, isBelow: Bool) {
        var given: Set<RiskBasis> = []
        if reaches { given.insert(.score) }
        if escalates { given.insert(.escalation) }
        switch self {
        case .follows: return given.isEmpty ? (.standard, [.score], false) : (.high, given, false)
        case .high:
            if given.isEmpty || isExplained { given.insert(.judgement) }
            return (.high, given, false)
        case .escalating: return (.high, given.union([.escalation]), false)
        case .standard, .medium:
            return (self == .medium ? .medium : .standard, [.judgement], !given.isEmpty)
        }
    }
}
