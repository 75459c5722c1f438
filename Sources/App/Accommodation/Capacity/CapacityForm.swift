import Foundation
import Pages
import Statistics

/// What the planner is asked: referrals, stay, spaces, and how many may be turned away.
struct CapacityForm: Sendable {
    let question: CapacityQuestion

    /// Nil and no error where nothing is asked yet.
    init?(_ answers: inout Answers) {
        guard !answers["referrals"].isEmpty || !answers["asked"].isEmpty else { return nil }
        let referrals = answers.amount(
            "referrals", 1...100_000, "Enter how many households ask in a year, from 1 to 100,000")
        let stay = answers.amount("stay", 1...3_650, "Enter how many days a household stays, from 1 to 3,650")
        let void = answers["void"].isEmpty ? 0
            : answers.amount("void", 0...365, "Enter how many days a space stands empty between two, from 0 to 365")
        let spaces = answers.number("spaces", 0...10_000, "Enter how many spaces there are, from 0 to 10,000")
        let target = answers.amount(
            "target", 0.1...99, "Enter how many in a hundred may be turned away, from 0.1 to 99")
        guard let referrals, let stay, let void, let spaces, let target, answers.errors.isEmpty else { return nil }
        question = CapacityQuestion(
            AccommodationDemand(referrals: referrals, stay: stay, void: void), spaces: spaces, target: target / 100)
    }

    /// The form as it opens: what the partnership's own stays say.
    static func opening(_ own: OwnCapacity) -> Answers {
        var answers = Answers()
        if let survival = StaySurvival(own.stays) { answers.set("stay", String(Int(survival.mean.rounded()))) }
        answers.set("spaces", String(own.units))
        if let void = own.void { answers.set("void", String(Int(void.rounded()))) }
        answers.set("target", "5")
        return answers
    }
}

extension Answers {
    /// A number that may have a decimal point.
    fileprivate mutating func amount(_ field: String, _ range: ClosedRange<Double>, _ message: String) -> Double? {
        let typed = self[field].trimmingCharacters(in: .whitespaces).replacing(",", with: "")
        guard typed.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(typed),
            range.contains(number) else {
            refuse(field, message)
            return nil
        }
        return number
    }
}
