import Foundation

/// An answer to one item. "Don't know" and "not asked" are two values, and both leave the score open.
enum RiskAnswer: String, Choice {
    case yes, no, never, occasionally, often, allTheTime, dontKnow, notAsked
    var label: String {
        switch self {
        case .yes: "Yes"
        case .no: "No"
        case .never: "Never"
        case .occasionally: "Occasionally"
        case .often: "Often"
        case .allTheTime: "All the time"
        case .dontKnow: "Doesn’t know"
        case .notAsked: "Not asked"
        }
    }

    /// How an assessment keeps its answers: "1=yes 2=dontKnow", by the items' numbers.
    static func text(_ answers: [Int: RiskAnswer]) -> String {
        answers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }.joined(separator: " ")
    }

    /// Reads what `text` wrote, and leaves out what it never writes.
    static func read(_ text: String) -> [Int: RiskAnswer] {
        var answers: [Int: RiskAnswer] = [:]
        for pair in text.utf8.split(separator: UInt8(ascii: " ")) {
            guard let sign = pair.firstIndex(of: UInt8(ascii: "=")), let item = Int(Substring(pair[..<sign])),
                let answer = RiskAnswer(rawValue: String(Substring(pair[pair.index(after: sign)...])))
            else { continue }
            answers[item] = answer
        }
        return answers
    }

    var isOpen: Bool { self == .dontKnow || self == .notAsked }
    /// It has happened, however often.
    var isPresent: Bool { self == .occasionally || isCounted }
    /// One point: a yes, or often and more.
    var isCounted: Bool { self == .yes || self == .often || self == .allTheTime }
}

/// A score, and a range while answers are missing: a missing answer is never counted as no.
struct RiskScore: Equatable, Sendable {
    /// Items that count for certain.
    let yes: Int
    /// Items that could still count.
    let open: Int

    init(yes: Int, open: Int) { (self.yes, self.open) = (yes, open) }

    init(_ answers: [Int: RiskAnswer], of instrument: Instrument) {
        yes = instrument.items.count { answers[$0.number]?.isCounted == true }
        open = instrument.items.count { (answers[$0.number] ?? .notAsked).isOpen }
    }

    /// "11 to 14", or "11" when every item has an answer.
    var words: String { open == 0 ? "\(yes)" : "\(yes) to \(yes + open)" }

    func reaches(_ threshold: Int) -> Bool { yes >= threshold }

    /// The threshold lies inside the range: a missing answer could decide.
    func mightReach(_ threshold: Int) -> Bool { yes < threshold && yes + open >= threshold }
}
