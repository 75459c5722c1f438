/// What a formula comes to.
public enum FormulaValue: Sendable, Equatable {
    case number(Fraction)
    case truth(Bool)
    case text(String)
    case date(PlainDate)
    case list([FormulaValue])

    /// Numbers rounded half away from zero.
    public func text(_ digits: Int) -> String {
        switch self {
        case .number(let number): number.text(digits)
        case .truth(let isTrue): isTrue ? "true" : "false"
        case .text(let text): text
        case .date(let date): date.description
        case .list(let values): Self.text(values, digits)
        }
    }

    /// Whole numbers without a point.
    func shortText(_ digits: Int) -> String {
        if case .number(let number) = self, number.denominator == 1 { return number.text(0) }
        return text(digits)
    }

    private static func text(_ values: [FormulaValue], _ digits: Int) -> String {
        let wholes = values.compactMap { if case .number(let number) = $0 { number.whole } else { nil } }
        // A run of whole numbers is told by its ends.
        if wholes.count == values.count, wholes.count > 3, wholes == Array(wholes[0]..<wholes[0] + wholes.count) {
            return "\(wholes[0]) to \(wholes[wholes.count - 1])"
        }
        return values.map { value in
            value.shortText(digits)
        }.joined(separator: "; ")
    }
}

/// What a formula can't be worked out of, in a sentence.
public struct FormulaProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
}

/// A calculation as somebody writes it beside a printed figure, "(b-a)/a*100", with its inputs, "a=529;b=466": worked
/// out exactly.
///
/// Inputs without names are `a`, `b`, `c`... in their order; `values` is all of them. There are `+ - * /`, brackets,
/// comparisons (`= != < <= > >=`), texts in quotes, dates (2024-06-28), several formulas with `;` between, and
/// - `sum(..)`, `max(..)`, `min(..)`, `abs(x)`, `round(x, digits)`, `rising(..)`;
/// - `counts(all, percent, digits)`: the whole numbers that are so many per cent of all once rounded;
/// - `split(all, digits, percent, ...)`: one such count for each percentage, which add up to all;
/// - `bases(count, percent, digits)`: what the count is so many per cent of;
/// - `wholes(percent, digits, all, ...)`: of which totals a whole number is so many per cent;
/// - `quarter(n)`, `quarter_start(n)`, `half_start(n)` of the financial year; `weekday(date)`,
///   `later(date, years, months, days)`, `months(date, date)`.
public struct Formula: Sendable {
    let parts: [FormulaNode]
    let inputs: [(name: String, value: FormulaValue)]

    public init(_ text: String, inputs: String = "") throws(FormulaProblem) {
        var known: [(name: String, value: FormulaValue)] = []
        for (place, one) in Self.fields(inputs).enumerated() {
            var reader = FormulaReader(one)
            let name = reader.takeName() ?? Self.letter(place)
            let node = try reader.whole()
            known.append((name, try node.value(known)))
        }
        self.inputs = known
        parts = try Self.fields(text).map { one throws(FormulaProblem) in
            var reader = FormulaReader(one)
            return try reader.whole()
        }
        guard !parts.isEmpty else { throw FormulaProblem(description: "the formula is empty") }
    }

    /// One value, or a list where there are several formulas.
    public func value() throws(FormulaProblem) -> FormulaValue {
        var values: [FormulaValue] = []
        for part in parts { values.append(try part.value(inputs)) }
        return values.count == 1 ? values[0] : .list(values)
    }

    /// Both sides of a comparison, as a reader sees why it holds or doesn't: "22.10 >= 25".
    public func working(_ digits: Int) throws(FormulaProblem) -> String? {
        guard parts.count == 1, case .comparison(let sign, let left, let right) = parts[0] else { return nil }
        let (one, other) = (try left.value(inputs), try right.value(inputs))
        return "\(one.shortText(digits)) \(sign) \(other.shortText(digits))"
    }

    private static func fields(_ text: String) -> [String] {
        text.split(separator: ";").map { String($0) }.filter { $0.contains { !$0.isWhitespace } }
    }

    private static func letter(_ place: Int) -> String {
        place < 26 ? String(UnicodeScalar(UInt8(0x61 + place))) : "x\(place)"
    }
}

indirect enum FormulaNode: Sendable {
    case value(FormulaValue)
    case name(String)
    case operation(Character, FormulaNode, FormulaNode)
    case comparison(String, FormulaNode, FormulaNode)
    case function(String, [FormulaNode])

    func value(_ inputs: [(name: String, value: FormulaValue)]) throws(FormulaProblem) -> FormulaValue {
        switch self {
        case .value(let value): return value
        case .name("values"): return .list(inputs.map(\.value))
        case .name(let name):
            guard let found = inputs.first(where: { $0.name == name }) else {
                throw FormulaProblem(description: "there is no input \(name)")
            }
            return found.value
        case .operation(let sign, let left, let right):
            let one = try left.value(inputs).number(), other = try right.value(inputs).number()
            let result: Fraction? = switch sign {
            case "+": one.plus(other)
            case "-": one.minus(other)
            case "*": one.times(other)
            default: one.over(other)
            }
            guard let result else {
                throw FormulaProblem(
                    description: other == .zero ? "something is divided by 0" : "a number is too large")
            }
            return .number(result)
        case .comparison(let sign, let left, let right):
            return .truth(try Self.compared(sign, try left.value(inputs), try right.value(inputs)))
        case .function(let name, let arguments):
            var values: [FormulaValue] = []
            for argument in arguments {
                let value = try argument.value(inputs)
                if case .list(let several) = value { values += several } else { values.append(value) }
            }
            return try FormulaFunction(name, values).value()
        }
    }

    private static func compared(
        _ sign: String, _ one: FormulaValue, _ other: FormulaValue
    ) throws(FormulaProblem) -> Bool {
        switch (sign, one, other) {
        case ("=", _, _): return one == other
        case ("!=", _, _): return one != other
        case (_, .date(let first), .date(let second)):
            return ordered(sign, first, second)
        default: return ordered(sign, try one.number(), try other.number())
        }
    }

    private static func ordered<Value: Comparable>(_ sign: String, _ one: Value, _ other: Value) -> Bool {
        switch sign {
        case "<": one < other
        case "<=": one <= other
        case ">": one > other
        default: one >= other
        }
    }
}

extension FormulaValue {
    func number() throws(FormulaProblem) -> Fraction {
        guard case .number(let number) = self else {
            throw FormulaProblem(description: "a number is needed where \(text(2)) stands")
        }
        return number
    }

    func date() throws(FormulaProblem) -> PlainDate {
        guard case .date(let date) = self else {
            throw FormulaProblem(description: "a date is needed where \(text(2)) stands")
        }
        return date
    }
}
