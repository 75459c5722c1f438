import Foundation
import Pages
import Statistics

/// What the planner is asked: referrals, stay, spaces, and how many may be turned away; and, where it is given, what
/// else is known.
struct CapacityForm: Sendable {
    let question: CapacityQuestion
    /// Households placed in a year, to check the figures by.
    let placed: Double?
    /// People who live in the area.
    let people: Int?
    /// Of a hundred households, those of one person, two ... and five or more.
    let sizes: [Double]?
    /// The share of households without recourse to public funds, from 0 to 1.
    let withoutRecourse: Double?

    static let sizeFields = (1...5).map { "size-\($0)" }
    /// Areas that may be closed to one another.
    static let mostAreas = 3

    /// Nil and no error where nothing is asked yet.
    init?(_ answers: inout Answers) {
        guard !answers["referrals"].isEmpty || !answers["asked"].isEmpty else { return nil }
        let referrals = answers.amount(
            "referrals", 1...100_000, "Enter how many households ask in a year, from 1 to 100,000")
        let stay = answers.amount("stay", 1...3_650, "Enter how many days a household stays, from 1 to 3,650")
        let void = answers.amountIfAny(
            "void", 0...365, "Enter how many days a space stands empty between two, from 0 to 365")
        let spaces = answers.number("spaces", 0...10_000, "Enter how many spaces there are, from 0 to 10,000")
        let target = answers.amount(
            "target", 0.1...99, "Enter how many in a hundred may be turned away, from 0.1 to 99")
        placed = answers.amountIfAny(
            "placed", 0...100_000, "Enter how many households were placed in a year, from 0 to 100,000")
        if let placed, let referrals, placed > referrals {
            answers.refuse("placed", "Enter at most as many households placed as asked in a year")
        }
        people = answers.amountIfAny(
            "people", 1_000...100_000_000, "Enter how many people live in the area, from 1,000 to 100,000,000"
        ).map { Int($0.rounded()) }
        sizes = Self.sizes(&answers)
        withoutRecourse = answers.amountIfAny(
            "recourse", 0...100, "Enter how many in a hundred have no recourse to public funds, from 0 to 100"
        ).map { $0 / 100 }
        let patience = answers.amountIfAny(
            "patience", 0.1...365, "Enter how many days a household waits, from 0.1 to 365")
        let swing = answers.amountIfAny(
            "swing", 0...100, "Enter by how many in a hundred referrals swing over the year, from 0 to 100")
        let areas = Self.areas(&answers)
        guard let referrals, let stay, let spaces, let target, answers.errors.isEmpty else { return nil }
        question = CapacityQuestion(
            AccommodationDemand(referrals: referrals, stay: stay, void: void ?? 0), spaces: spaces,
            target: target / 100, manner: CapacityManner(patience: patience, swing: (swing ?? 0) / 100), pools: areas)
    }

    /// Those of which something is given.
    private static func areas(_ answers: inout Answers) -> [CapacityPool] {
        (1...mostAreas).compactMap { number in
            let asked = answers.amountIfAny(
                "area-referrals-\(number)", 0...100_000, "Enter how many households ask in area \(number), to 100,000")
            let spaces = answers.amountIfAny(
                "area-spaces-\(number)", 0...10_000, "Enter how many spaces area \(number) has, up to 10,000")
            if asked == nil, spaces != nil, answers.error(for: "area-referrals-\(number)") == nil {
                answers.refuse("area-referrals-\(number)", "Enter how many households ask in area \(number)")
            }
            if spaces == nil, asked != nil, answers.error(for: "area-spaces-\(number)") == nil {
                answers.refuse("area-spaces-\(number)", "Enter how many spaces area \(number) has")
            }
            guard let asked, let spaces else { return nil }
            return CapacityPool(referrals: asked, spaces: Int(spaces.rounded()))
        }
    }

    /// Nil where none is given.
    private static func sizes(_ answers: inout Answers) -> [Double]? {
        if sizeFields.allSatisfy({ answers[$0].trimmingCharacters(in: .whitespaces).isEmpty }) { return nil }
        let sizes = sizeFields.map {
            answers.amountIfAny($0, 0...100, "Enter how many in a hundred households are of that size, from 0 to 100")
        }
        let all = sizes.reduce(0) { $0 + ($1 ?? 0) }
        // Rounded shares don't add up to the point.
        if !sizeFields.contains(where: { answers.error(for: $0) != nil }), !(98.5...101.5).contains(all) {
            let sum = all == all.rounded() ? String(Int(all)) : String(format: "%.1f", all)
            answers.refuse("size-1", "Enter sizes that add to 100: these add to \(sum)")
        }
        return sizes.map { $0 ?? 0 }
    }

    /// The form as it opens: what the partnership's own stays say.
    static func opening(_ own: OwnCapacity) -> Answers {
        var answers = Answers()
        if let survival = own.survival { answers.set("stay", String(Int(survival.mean.rounded()))) }
        answers.set("spaces", String(own.units))
        if let void = own.void { answers.set("void", String(Int(void.rounded()))) }
        answers.set("target", "5")
        for (field, share) in zip(sizeFields, hundredths(own.households)) { answers.set(field, String(share)) }
        return answers
    }

    /// Counts as parts of a hundred that add to a hundred: what rounding leaves goes to those that lost most. None of
    /// nobody.
    private static func hundredths(_ counts: [Int]) -> [Int] {
        let all = counts.reduce(0, +)
        guard all > 0 else { return [] }
        var shares = counts.map { $0 * 100 / all }
        let losers = counts.indices.sorted { (counts[$0] * 100 % all, $1) > (counts[$1] * 100 % all, $0) }
        for index in losers.prefix(100 - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
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

    /// The same, or nil and no error where nothing is typed.
    fileprivate mutating func amountIfAny(_ field: String, _ range: ClosedRange<Double>, _ message: String) -> Double? {
        self[field].trimmingCharacters(in: .whitespaces).isEmpty ? nil : amount(field, range, message)
    }
}
