/// A number that goes into a figure, with where it stands.
public struct Operand: Sendable {
    public let value: EvidenceValue
    public let unit: CountedUnit
    public let period: EvidencePeriod?
    public let area: String
    /// "victims|Total|2020/21", or the population's name.
    public let place: String
    public let source: String
    public let notes: [QualityNote]
    /// Shares and changes of fewer are withheld; 0 where the number is public anyhow.
    let leastBase: Int
    let isReleased: Bool

    /// A cell. The period is the first of its codes that is one.
    public init(_ table: EvidenceTable, _ at: [String]) {
        value = table.value(at)
        unit = table.about.unit
        period = at.lazy.compactMap { EvidencePeriod($0) }.first
        area = table.about.area
        place = ([table.about.id] + at).joined(separator: "|")
        source = table.about.source
        notes = table.about.notes
        leastBase = table.leastBase
        isReleased = table.isReleased
    }

    /// A population, of a census or an estimate: public.
    public init(population people: Int, name: String, area: String, source: String) {
        value = .count(people)
        unit = .person
        period = nil
        self.area = area
        place = name
        self.source = source
        notes = []
        leastBase = 0
        isReleased = false
    }
}

/// Why a figure can't be made at all: somebody mixed what can't be mixed.
public struct FigureProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
}

/// A measure worked out: exact, with numerator and denominator, and everything a reader has to know.
public struct Figure: Sendable {
    public enum Value: Sendable, Equatable {
        case number(Fraction)
        /// One of its numbers is withheld, or it would be of too few.
        case withheld
        /// One of its numbers isn't there.
        case missing(EvidenceValue)
        /// A change from nothing, a share of nobody.
        case undefined
    }

    public let definition: MeasureDefinition
    public let value: Value
    public let numerator: Operand
    public let denominator: Operand?
    /// Of a gap: the group, and everybody, in the population.
    public let population: (part: Operand, whole: Operand)?
    /// What a recommendation comes to for this population.
    public let recommended: Fraction?
    public let digits: Int
    public let notes: [QualityNote]

    /// Under this, a percentage says less than its two numbers.
    public static let smallBase = 50

    public var period: EvidencePeriod? { numerator.period }
    /// A rate is of its population's area.
    public var area: String {
        [.rate, .against].contains(definition.kind) ? denominator?.area ?? numerator.area : numerator.area
    }

    public init(
        _ definition: MeasureDefinition, _ numerator: Operand, _ denominator: Operand? = nil,
        population: (part: Operand, whole: Operand)? = nil
    ) throws(FigureProblem) {
        self.definition = definition
        self.numerator = numerator
        self.denominator = denominator
        self.population = population
        try Self.check(definition, numerator, denominator, population)
        let isReleased = numerator.isReleased || denominator?.isReleased == true
        let isShare = [.share, .gap, .change].contains(definition.kind)
        digits = isReleased && isShare ? 0 : definition.digits
        recommended = definition.benchmark.flatMap { Fraction($0.rate) }.flatMap { rate in
            guard let people = denominator?.value.count, let per = definition.per else { return nil }
            return rate.times(Fraction(people))?.over(Fraction(per))
        }
        value = Self.value(definition, numerator, denominator, population, recommended)
        var notes: [QualityNote] = []
        for note in numerator.notes + (denominator?.notes ?? []) where !notes.contains(note) { notes.append(note) }
        if isShare, let base = denominator?.value.count, base < Self.smallBase, case .number = value {
            notes.append(.smallBase)
        }
        if let caveat = definition.caveat { notes.append(.other(caveat)) }
        self.notes = notes
    }

    private static func check(
        _ definition: MeasureDefinition, _ numerator: Operand, _ denominator: Operand?,
        _ population: (part: Operand, whole: Operand)?
    ) throws(FigureProblem) {
        func problem(_ text: String) -> FigureProblem { FigureProblem(description: "\(definition.id): \(text)") }
        guard numerator.unit.isPart(of: definition.unit) else {
            throw problem("\(numerator.place) counts \(numerator.unit.words), not \(definition.unit.words)")
        }
        guard (definition.kind == .count) == (denominator == nil),
            (definition.kind == .gap) == (population != nil)
        else {
            throw problem("a \(definition.kind.rawValue) needs other numbers than were given")
        }
        guard let denominator else { return }
        let unit = definition.of ?? ([.rate, .against].contains(definition.kind) ? .person : definition.unit)
        guard denominator.unit.isPart(of: unit) else {
            throw problem("\(denominator.place) counts \(denominator.unit.words), not \(unit.words)")
        }
        let (top, bottom) = (numerator.value.count, denominator.value.count)
        if let population, let part = population.part.value.count, let whole = population.whole.value.count,
            part > whole { throw problem("\(population.part.place) is more than \(population.whole.place)") }
        switch definition.kind {
        case .share, .gap:
            if let top, let bottom, top > bottom {
                throw problem("\(numerator.place) is more than \(denominator.place)")
            }
            // However it is written: "2019/20" is "2019-20".
            guard numerator.period?.from == denominator.period?.from,
                numerator.period?.months == denominator.period?.months
            else { throw problem("the two are of different periods") }
        case .change:
            guard numerator.period?.months == denominator.period?.months else {
                throw problem("periods of different lengths can't be compared")
            }
            if let now = numerator.period, let before = denominator.period, before.from >= now.from {
                throw problem("the later period comes first")
            }
        case .count, .rate, .ratio, .against: break
        }
    }

    private static func value(
        _ definition: MeasureDefinition, _ numerator: Operand, _ denominator: Operand?,
        _ population: (part: Operand, whole: Operand)?, _ recommended: Fraction?
    ) -> Value {
        let operands = [numerator, denominator, population?.part, population?.whole].compactMap(\.self)
        if operands.contains(where: { $0.value == .withheld }) { return .withheld }
        if let gap = operands.first(where: { $0.value.count == nil }) { return .missing(gap.value) }
        let numbers = operands.map { Fraction($0.value.count ?? 0) }, hundred = Fraction(100)
        let isOfFew = denominator.map { base in
            let least = max(base.leastBase, numerator.leastBase)
            return (base.value.count ?? 0) < least && (numerator.isReleased || base.isReleased)
        } ?? false
        func share(_ part: Fraction, _ whole: Fraction) -> Fraction? { part.over(whole)?.times(hundred) }
        let result: Fraction?
        switch definition.kind {
        case .count: result = numbers[0]
        case .share, .gap:
            // Neither all nor none of a group: that would tell of each in it.
            let tellsOfAll = numerator.isReleased && (numbers[0] == .zero || numbers[0] == numbers[1])
            if isOfFew || tellsOfAll { return .withheld }
            let own = share(numbers[0], numbers[1])
            result = population == nil ? own : own.flatMap { own in
                share(numbers[2], numbers[3]).flatMap { own.minus($0) }
            }
        case .change:
            if isOfFew { return .withheld }
            result = numbers[0].minus(numbers[1]).flatMap { share($0, numbers[1]) }
        case .rate: result = numbers[0].over(numbers[1])?.times(Fraction(definition.per ?? 1))
        case .ratio: result = numbers[0].over(numbers[1])
        case .against: result = recommended.flatMap { share(numbers[0], $0) }
        }
        return result.map(Value.number) ?? .undefined
    }
}
