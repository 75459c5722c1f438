/// What a formula can ask for by name.
struct FormulaFunction {
    private let name: String
    private let values: [FormulaValue]

    init(_ name: String, _ values: [FormulaValue]) { (self.name, self.values) = (name, values) }

    func value() throws(FormulaProblem) -> FormulaValue {
        switch name {
        case "sum", "max", "min", "rising": try ofSeveral(try numbers())
        case "abs": .number(try numbers(1)[0].magnitude)
        case "round": .number(try numbers(2)[0].rounded(try digits(1)))
        case "counts": try counts()
        case "bases": try bases()
        case "split": try split()
        case "wholes": try wholes()
        case "quarter", "quarter_start", "half_start": try quarter()
        case "weekday": .text(try argument(0).date().weekday)
        case "later": try later()
        case "months": .number(Fraction(try argument(0).date().months(to: try argument(1).date())))
        default: throw FormulaProblem(description: "there is no function \(name)")
        }
    }

    private func argument(_ place: Int) throws(FormulaProblem) -> FormulaValue {
        guard place < values.count else { throw FormulaProblem(description: "\(name) needs more values") }
        return values[place]
    }

    private func numbers(_ count: Int? = nil) throws(FormulaProblem) -> [Fraction] {
        var numbers: [Fraction] = []
        for value in values { numbers.append(try value.number()) }
        guard count == nil ? !numbers.isEmpty : numbers.count == count else {
            throw FormulaProblem(description: "\(name) needs \(count.map(String.init) ?? "some") values")
        }
        return numbers
    }

    private func digits(_ place: Int) throws(FormulaProblem) -> Int {
        guard let digits = try argument(place).number().whole, (0...Fraction.mostDigits).contains(digits) else {
            throw FormulaProblem(description: "\(name): digits go from 0 to \(Fraction.mostDigits)")
        }
        return digits
    }

    private func ofSeveral(_ numbers: [Fraction]) throws(FormulaProblem) -> FormulaValue {
        switch name {
        case "max": return .number(numbers.max() ?? .zero)
        case "min": return .number(numbers.min() ?? .zero)
        case "rising": return .truth(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        default:
            var sum = Fraction.zero
            for number in numbers {
                guard let more = sum.plus(number) else { throw FormulaProblem(description: "a number is too large") }
                sum = more
            }
            return .number(sum)
        }
    }

    /// Whole numbers that are `percent` of `all` to so many digits; nothing where there is none.
    private static func counts(_ all: Fraction, _ percent: Fraction, _ digits: Int) -> [Int] {
        guard let middle = near(all, percent), (0...1_000_000_000_000).contains(middle) else { return [] }
        return (max(0, middle - 60)...middle + 60).filter { share(Fraction($0), all)?.rounded(digits) == percent }
    }

    private static func near(_ all: Fraction, _ percent: Fraction) -> Int? {
        all.times(percent)?.over(Fraction(100))?.rounded(0).whole
    }

    private static func share(_ part: Fraction, _ all: Fraction) -> Fraction? {
        part.over(all)?.times(Fraction(100))
    }

    private func counts() throws(FormulaProblem) -> FormulaValue {
        let numbers = try numbers(3), digits = try digits(2)
        let found = Self.counts(numbers[0], numbers[1], digits)
        if found.count == 1 { return .number(Fraction(found[0])) }
        guard found.isEmpty, let near = Self.near(numbers[0], numbers[1]), let all = numbers[0].whole,
            let share = Self.share(Fraction(near), numbers[0])
        else { return .list(found.map { .number(Fraction($0)) }) }
        return .text("none; nearest \(near) of \(all), \(share.text(digits))")
    }

    private func bases() throws(FormulaProblem) -> FormulaValue {
        let numbers = try numbers(3), digits = try digits(2)
        guard let middle = numbers[0].times(Fraction(100))?.over(numbers[1])?.rounded(0).whole,
            (1...100_000).contains(middle)
        else { throw FormulaProblem(description: "bases: there is no such number up to 100,000") }
        let found = (1...2 * middle + 1).filter {
            Self.share(numbers[0], Fraction($0))?.rounded(digits) == numbers[1]
        }.map { FormulaValue.number(Fraction($0)) }
        return found.count == 1 ? found[0] : .list(found)
    }

    private func split() throws(FormulaProblem) -> FormulaValue {
        let all = try argument(0).number(), digits = try digits(1)
        var choices: [[Int]] = [[]]
        for value in values.dropFirst(2) {
            let found = Self.counts(all, try value.number(), digits)
            choices = choices.flatMap { before in found.map { before + [$0] } }
            guard choices.count <= 10_000 else { throw FormulaProblem(description: "split: too many answers") }
        }
        let whole = choices.filter { $0.reduce(0, +) == all.whole }
        guard whole.count == 1, let one = whole.first else {
            return .text(whole.isEmpty ? "none" : "\(whole.count) ways")
        }
        return .list(one.map { .number(Fraction($0)) })
    }

    private func wholes() throws(FormulaProblem) -> FormulaValue {
        let percent = try argument(0).number(), digits = try digits(1)
        var found: [FormulaValue] = []
        for value in values.dropFirst(2) {
            let all = try value.number()
            found += Self.counts(all, percent, digits).map { .text("\($0) of \(all.shortText(2))") }
        }
        return found.count == 1 ? found[0] : .list(found)
    }

    private func quarter() throws(FormulaProblem) -> FormulaValue {
        guard let number = try argument(0).number().whole, (1...(name == "half_start" ? 2 : 4)).contains(number) else {
            throw FormulaProblem(description: "\(name): there is no such part of a year")
        }
        switch name {
        case "quarter": return .text(FinancialQuarter.words(number) ?? "")
        case "quarter_start": return .text(FinancialQuarter.month(3 * number))
        default: return .text(FinancialQuarter.month(6 * number - 3))
        }
    }

    private func later() throws(FormulaProblem) -> FormulaValue {
        var steps: [Int] = []
        for place in 1...3 { steps.append(try argument(place).number().whole ?? .max) }
        guard let date = try argument(0).date().adding(years: steps[0], months: steps[1], days: steps[2]) else {
            throw FormulaProblem(description: "later: there is no such day")
        }
        return .date(date)
    }
}
