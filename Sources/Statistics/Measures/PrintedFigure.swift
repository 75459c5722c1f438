/// A figure that stands in a document, with what it should come to.
public struct PrintedFigure: Sendable {
    /// What is asked of it.
    public enum Question: String, Sendable, Codable {
        /// Is this number what its own inputs give?
        case figure
        /// Does this statement agree with the document's other figures?
        case claim
        /// Which numbers are behind it?
        case implied
        /// Do rounded percentages add up to this, as far as rounding allows?
        case total
    }

    /// What was found.
    public enum Verdict: Sendable, Equatable {
        case ok
        /// Digits were cut off where they should have been rounded.
        case truncated
        /// Out by this much, printed minus right; nil where it isn't a matter of more or less.
        case wrong(by: Fraction?)
        /// Right but for a factor: a proportion with a per cent sign is out by 1/100.
        case wrongUnit(factor: Fraction)
        case inconsistent
        /// Not printed, but fixed by what is.
        case implied
        /// Not printed; worked out here.
        case derived

        /// For a file: "WRONG_UNIT".
        public var code: String {
            switch self {
            case .ok: "OK"
            case .truncated: "TRUNCATED"
            case .wrong: "WRONG"
            case .wrongUnit: "WRONG_UNIT"
            case .inconsistent: "INCONSISTENT"
            case .implied: "IMPLIED"
            case .derived: "DERIVED"
            }
        }

        public var isError: Bool {
            switch self {
            case .ok, .implied, .derived: false
            case .truncated, .wrong, .wrongUnit, .inconsistent: true
            }
        }
    }

    public let question: Question
    /// As the document has it, "8.72%"; nil where it doesn't say.
    public let printed: String?
    public let value: FormulaValue
    /// Digits after the point that the right value is shown with.
    public let digits: Int
    /// Both sides of a comparison.
    public let working: String?
    public let verdict: Verdict

    public init(
        _ question: Question, printed: String?, formula: String, inputs: String = "", digits: Int = 0
    ) throws(FormulaProblem) {
        let formula = try Formula(formula, inputs: inputs)
        value = try formula.value()
        working = try formula.working(digits)
        self.question = question
        self.printed = printed
        self.digits = digits
        verdict = Self.verdict(question, printed, value, count: formula.inputs.count)
    }

    /// On a number that stands in a document. A fall is often printed without its sign.
    public static func verdict(on printed: String, right: Fraction) -> Verdict {
        guard let shown = PrintedNumber(printed) else { return .derived }
        let isBare = right < .zero && !printed.contains("-") && !printed.contains("−")
        return shown.verdict(of: isBare ? right.magnitude : right, slack: 0)
    }

    /// The right value as a reader is told it.
    public var right: String { value.text(digits) }

    private static func verdict(
        _ question: Question, _ printed: String?, _ value: FormulaValue, count: Int
    ) -> Verdict {
        let printed = printed.flatMap { $0.isEmpty ? nil : $0 }
        switch (question, value) {
        case (.implied, .text(let text)) where text.hasPrefix("none"): return .wrong(by: nil)
        case (.implied, .list(let values)) where values.isEmpty: return .wrong(by: nil)
        case (.implied, _): return .implied
        case (.claim, .truth(let holds)): return holds ? printed == nil ? .derived : .ok : .inconsistent
        default: break
        }
        guard let printed else { return .derived }
        switch value {
        case .truth(let holds): return holds ? .ok : .wrong(by: nil)
        case .number(let number):
            // "decreased" names no number: there is nothing to compare.
            guard let shown = PrintedNumber(printed) else { return .derived }
            return shown.verdict(of: number, slack: question == .total ? count : 0)
        case .list(let values):
            let isThere = PrintedNumber(printed).map { shown in values.contains(.number(shown.number)) } ?? false
            return isThere ? .ok : .wrong(by: nil)
        case .text, .date: return plain(printed) == plain(value.text(0)) ? .ok : .wrong(by: nil)
        }
    }

    /// "April-June" is "April to June".
    private static func plain(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0 != "to" }.joined(separator: " ")
    }
}

/// A number as it is printed: "11.9%", "£1,127,205", "two-thirds", "over three times".
struct PrintedNumber {
    let number: Fraction
    private let digits: Int
    private let manner: Manner
    /// "35k" is 35 of a thousand: as much of it was said as there is.
    private var unit = 1

    private enum Manner { case exact, about, over }

    /// Shares in words, in per cent.
    private static let shares = [
        "half": (1, 2), "a third": (1, 3), "one third": (1, 3), "two-thirds": (2, 3), "two thirds": (2, 3),
        "a quarter": (1, 4), "three quarters": (3, 4), "three-quarters": (3, 4), "a fifth": (1, 5),
    ]
    private static let times = ["twice": 2, "two times": 2, "three times": 3, "four times": 4, "five times": 5]

    init?(_ text: String) {
        var text = text.lowercased()
        // However a minus is set.
        if let first = text.first, "−–".contains(first) { text = "-" + text.dropFirst() }
        if let share = Self.shares[text], let number = Fraction(Int128(share.0 * 100), over: Int128(share.1)) {
            (self.number, digits, manner) = (number, 0, .about)
            return
        }
        let bound = ["over ", "more than "].first { text.hasPrefix($0) }
        if let bound { text.removeFirst(bound.count) }
        if let times = Self.times[text] {
            (number, digits, manner) = (Fraction(times), 0, bound == nil ? .exact : .over)
            return
        }
        let plain = text.filter { !"£,%+".contains($0) }.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard let number = Fraction(plain) else { return nil }
        self.number = number
        digits = plain.split(separator: ".").dropFirst().first?.count ?? 0
        manner = bound == nil ? .exact : .over
        let behind = text.drop { "£,%+-.".contains($0) || $0.isNumber }.drop { $0 == " " }.prefix { $0.isLetter }
        unit = ["k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000][String(behind)] ?? 1
    }

    /// `slack`: so many numbers were rounded before they were added up, and each may be out by half a unit.
    func verdict(of right: Fraction, slack: Int) -> PrintedFigure.Verdict {
        guard unit > 1, let inUnits = right.over(Fraction(unit)) else { return plainVerdict(of: right, slack: slack) }
        let verdict = plainVerdict(of: inUnits, slack: slack)
        if case .wrong(let by?) = verdict { return .wrong(by: by.times(Fraction(unit))) }
        return verdict
    }

    private func plainVerdict(of right: Fraction, slack: Int) -> PrintedFigure.Verdict {
        let difference = number.minus(right.rounded(digits)) ?? .zero
        switch manner {
        case .over: return right > number ? .ok : .wrong(by: difference)
        // A share in words is right within two and a half points.
        case .about: return isWithin(number.minus(right), Fraction(5, over: 2)) ? .ok : .wrong(by: difference)
        case .exact: break
        }
        if right.rounded(digits) == number { return .ok }
        if slack > 0, isWithin(number.minus(right), Fraction(Int128(slack), over: 2 * Fraction.power(digits))) {
            return .ok
        }
        if right.truncated(digits) == number { return .truncated }
        for power in [2, 3, 4, -2, -3, -4] {
            let ten = Fraction.power(abs(power)), factor = power > 0 ? Fraction(ten, over: 1) : Fraction(1, over: ten)
            guard number != .zero, let factor, let other = right.times(factor),
                other.rounded(digits) == number || other.truncated(digits) == number
            else { continue }
            return .wrongUnit(factor: factor)
        }
        return .wrong(by: difference)
    }

    private func isWithin(_ distance: Fraction?, _ most: Fraction?) -> Bool {
        guard let distance, let most else { return false }
        return distance.magnitude <= most
    }
}
