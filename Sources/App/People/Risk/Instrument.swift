/// A risk tool, by the name under which its assessments are stored.
enum InstrumentCode: String, Choice {
    case safeLivesDash, policeDash, dara, youngPeoples
    var label: String {
        switch self {
        case .safeLivesDash: "Dash (SafeLives, 24 items)"
        case .policeDash: "Police DASH (27 items)"
        case .dara: "DARA"
        case .youngPeoples: "Young people’s Dash"
        }
    }

    /// The end of the address of its form; the 24-item Dash is the one that opens first.
    var path: String {
        switch self {
        case .safeLivesDash: "new"
        case .policeDash: "police"
        case .dara: "dara"
        case .youngPeoples: "young"
        }
    }
}

/// What its items are answered with.
enum AnswerScale: Sendable {
    case yesNo, frequency

    var answers: [RiskAnswer] {
        switch self {
        case .yesNo: [.yes, .no, .dontKnow, .notAsked]
        case .frequency: [.never, .occasionally, .often, .allTheTime, .dontKnow, .notAsked]
        }
    }
}

/// How answers become a grade (domain.md 13).
enum RiskGrading: Sendable {
    /// By count against the area's dated threshold; judgement outranks it upwards.
    case count
    /// The assessor's, as standard, medium or high; no number decides.
    case judgement
    /// The assessor's, from how often things happen; no number decides.
    case frequency
    /// The count is shown and judged; where an area has set a threshold for it, reaching it is high.
    case countWithJudgement

    /// Whether an area may set a threshold for it.
    var counts: Bool { self == .count || self == .countWithJudgement }

    var label: String {
        switch self {
        case .count: "By count against the area’s threshold, and by judgement upwards"
        case .judgement: "By the assessor’s judgement: standard, medium or high"
        case .frequency: "By how often things happen, graded by the assessor"
        case .countWithJudgement: "By count together with judgement"
        }
    }
}

/// One item: its number in the tool, what it is about, and our own words for it.
struct InstrumentItem: Sendable, Equatable {
    let number: Int
    let topic: RiskTopic
    let prompt: String

    /// The form's field.
    var field: String { "q\(number)" }
}

/// One version of a tool, and the days on which it may be chosen.
///
/// The prompts are our own paraphrase of the topics: the originals are licensed and not ours to ship. An agency loads
/// its licensed wording (`InstrumentWording`), item by item.
struct Instrument: Sendable {
    let code: InstrumentCode
    let version: String
    let from: Day
    let until: Day?
    let scale: AnswerScale
    let grading: RiskGrading
    /// The national threshold of a counting tool, where there is one.
    let national: Int?
    /// For whom, and what its users must know.
    let guidance: String
    let items: [InstrumentItem]

    /// The version that may be chosen on `day`.
    static func inForce(_ code: InstrumentCode, on day: Day) -> Instrument? {
        all.last { $0.code == code && $0.from <= day && $0.until.map { day <= $0 } ?? true }
    }

    /// The version that a stored assessment names; an unknown one reads as the newest of its tool.
    static func stored(_ code: InstrumentCode, version: String) -> Instrument? {
        all.last { $0.code == code && $0.version == version } ?? all.last { $0.code == code }
    }

    /// The national threshold of the 24-item Dash (SafeLives, domain.md 13).
    static let dashNational = 14

    /// Every version there has been. A change of items or scale is a new row with dates, never an edited one.
    static let all = [
        Instrument(
            code: .safeLivesDash, version: "1", from: day(2009, 3, 1), until: nil, scale: .yesNo, grading: .count,
            national: dashNational, guidance: "For adults. One point for each yes.", items: dash),
        Instrument(
            code: .policeDash, version: "1", from: day(2009, 3, 1), until: nil, scale: .yesNo, grading: .judgement,
            national: nil, guidance: "Graded by judgement: no number of yes answers makes a grade.", items: police),
        Instrument(
            code: .dara, version: "1", from: day(2022, 11, 1), until: nil, scale: .frequency, grading: .frequency,
            national: nil, guidance: "Asks how often, because control shows in how often. Graded by judgement.",
            items: frequencies),
        Instrument(
            code: .youngPeoples, version: "1", from: day(2013, 4, 1), until: nil, scale: .yesNo,
            grading: .countWithJudgement, national: nil,
            guidance: "For 13 to 17. At 13 to 15 tell the safeguarding lead; at 16 and 17 a MARAC can hear the case.",
            items: young),
    ]

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day { Day(year: year, month: month, day: day)! }

    /// Items numbered from 1.
    static func numbered(_ items: [(RiskTopic, String)]) -> [InstrumentItem] {
        items.enumerated().map { InstrumentItem(number: $0 + 1, topic: $1.0, prompt: $1.1) }
    }

    func item(_ number: Int) -> InstrumentItem? { items.first { $0.number == number } }
    /// How the unit of the score reads: "11 yes", "4 often or all the time".
    var unit: String { scale == .yesNo ? "yes" : "often or all the time" }
}
