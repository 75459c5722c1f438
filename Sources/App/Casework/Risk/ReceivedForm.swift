import Foundation
import Pages

/// An assessment that another agency made: a tool, a day, an assessor, a score and a grade may be all there is.
struct ReceivedForm: Sendable {
    let code: InstrumentCode
    let day: Day
    let assessor: String
    let score: RiskScore?
    let threshold: Int?
    let level: RiskLevel
    let bases: Set<RiskBasis>
    let note: String

    init?(_ typed: inout Answers, thresholds: (InstrumentCode) -> [RiskThreshold], today: Day) {
        let code = InstrumentCode.required("tool", "Select which tool was used", in: &typed)
        let day = typed.pastDay("made", name: "The day", missing: "Enter the day on which it was made", today: today)
        let tool = code.flatMap { code in day.flatMap { Instrument.inForce(code, on: $0) } }
        if let code, let day, day <= today, tool == nil {
            typed.refuse("made", "\(code.label) was not in use on \(day)")
        }
        let assessor = typed.text("assessor", most: 200, name: "Who assessed")
        if assessor.isEmpty { typed.refuse("assessor", "Enter who assessed, and for which agency") }
        let level = RiskLevel(rawValue: typed["grade"])
        if level == nil || level == .notAssessed { typed.refuse("grade", "Select the grade that it gives") }
        let note = typed.text("note", most: 4_000, name: "Note")
        let score = ReceivedForm.score(&typed, tool)
        var threshold: Int?
        if let tool, tool.grading.counts, score != nil {
            threshold = RiskThreshold.chosen(
                RiskCircumstances(
                    instrument: tool, thresholds: thresholds(tool.code), incidents: 0, inForce: .notAssessed),
                &typed)
        }
        guard let code, let day, let level, typed.errors.isEmpty else { return nil }
        let reaches = score.map { score in threshold.map(score.reaches) ?? false } ?? false
        (self.code, self.day, self.assessor, self.score, self.threshold) = (code, day, assessor, score, threshold)
        self.note = note
        // The area's threshold is the area's rule, whatever the sender's was; the sender's own grade stands beside it.
        self.level = reaches ? .high : level
        bases = reaches ? (level == .high ? [.score, .judgement] : [.score]) : [.judgement]
    }

    /// A whole number up to the number of items; nothing when left empty.
    private static func score(_ typed: inout Answers, _ tool: Instrument?) -> RiskScore? {
        let text = typed["score"].trimmingCharacters(in: .whitespaces)
        if text.isEmpty { return nil }
        let most = tool?.items.count ?? 40
        guard let score = Int(text), (0...most).contains(score) else {
            typed.refuse("score", "Score must be a whole number from 0 to \(most)")
            return nil
        }
        return RiskScore(yes: score, open: 0)
    }

    static func fields(_ areas: [GovUK.Choice], _ answers: Answers) -> HTML {
        """
        \(GovUK.radios("tool", legend: "Which tool was used?", options: InstrumentCode.options, small: true,
                       in: answers))
        \(GovUK.dateInput("made", legend: "On which day was it made?", in: answers))
        \(GovUK.input("assessor", label: "Who assessed?", hint: "Name or role, and agency", in: answers))
        \(GovUK.radios("grade", legend: "Which grade does it give?",
                       options: RiskLevel.grades.map { GovUK.Choice($0.rawValue, $0.label) }, small: true, in: answers))
        \(GovUK.input("score", label: "Score, if it gives one", width: .three, inputmode: "numeric", in: answers))
        \(GovUK.select("area", label: "Where do they live?", hint: "Needed for the threshold when there is a score.",
                       options: areas, in: answers))
        \(GovUK.textarea("note", label: "Anything else it says", rows: 4, in: answers))
        """
    }
}
