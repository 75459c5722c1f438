import Foundation
import Statistics

/// An assessment as it is kept: every number with its definition, its numerator and denominator, and where they stand.
/// Nothing in it was withheld. The same assessment is the same bytes.
public struct FrozenAssessment: Codable, Sendable {
    public static let currentFormat = "drystone-assessment 1"

    public let format: String
    public let title: String
    public let area: String
    public let date: String
    public let preparedBy: String
    public let rule: String
    public let threshold: Int
    public let definitions: [MeasureDefinition]
    public let figures: [Figure]
    public let tables: [Table]
    public let checks: [Check]
    public let sections: [Section]

    public struct Figure: Codable, Sendable {
        public let id: String
        public let measure: String
        public let version: Int
        public let title: String
        public let period: String?
        public let area: String
        public let text: String
        /// Exact, "103/466"; nil where there is no number.
        public let value: String?
        public let digits: Int
        public let numerator: Operand
        public let denominator: Operand?
        public let population: [Operand]?
        public let notes: [String]
    }

    public struct Operand: Codable, Sendable {
        public let place: String
        /// A number, "[c]", "no return", ...
        public let value: String
        public let source: String
    }

    public struct Table: Codable, Sendable {
        public let id: String
        public let name: String
        public let unit: String
        public let area: String
        public let source: String
        public let standing: String
        public let notes: [String]
        public let footnotes: [String]
        public let cells: [Cell]
    }

    public struct Cell: Codable, Sendable {
        public let at: [String]
        public let value: String
    }

    public struct Check: Codable, Sendable {
        public let id: String
        public let statement: String
        public let printed: String?
        public let right: String
        public let working: String?
        public let verdict: String
        public let outBy: String?
    }

    public struct Section: Codable, Sendable {
        public let title: String
        public let findings: [String]
        public let recommendations: [String]
    }

    public init(_ assessment: Assessment) {
        format = Self.currentFormat
        title = assessment.title
        area = assessment.area
        date = assessment.date.description
        preparedBy = assessment.preparedBy
        rule = assessment.rule.name
        threshold = assessment.rule.threshold
        var used: [MeasureDefinition] = []
        for one in assessment.figures where !used.contains(one.figure.definition) { used.append(one.figure.definition) }
        definitions = used.sorted { ($0.id, $0.version) < ($1.id, $1.version) }
        figures = assessment.figures.map { Figure($0) }
        tables = assessment.tables.map { Table($0) }
        checks = assessment.checks.map { Check($0) }
        sections = assessment.sections.map { Section($0) }
    }

    /// Small letters and underscores, keys in order.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(self)
    }

    public init(json: Data) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(FrozenAssessment.self, from: json)
        } catch let error as DecodingError {
            throw AssessmentProblem("it is no kept assessment: \(error.words)")
        }
        guard format == Self.currentFormat else {
            throw AssessmentProblem("it is of the format \(format), not \(Self.currentFormat)")
        }
    }
}

extension FrozenAssessment.Figure {
    init(_ named: Assessment.Named) {
        let figure = named.figure
        id = named.id
        measure = figure.definition.id
        version = figure.definition.version
        title = named.title
        period = figure.period?.description
        area = figure.area
        text = figure.fullText
        if case .number(let number) = figure.value {
            value = number.denominator == 1 ? "\(number.numerator)" : "\(number.numerator)/\(number.denominator)"
        } else {
            value = nil
        }
        digits = figure.digits
        numerator = .init(figure.numerator)
        denominator = figure.denominator.map { .init($0) }
        population = figure.population.map { [.init($0.part), .init($0.whole)] }
        notes = figure.notes.map(\.words)
    }

    /// Exact.
    var number: Fraction? {
        guard let parts = value?.split(separator: "/"), let top = parts.first.flatMap({ Int128($0) }) else {
            return nil
        }
        return Fraction(top, over: parts.count == 2 ? Int128(parts[1]) ?? 0 : 1)
    }
}

extension FrozenAssessment.Operand {
    init(_ operand: Operand) {
        place = operand.place
        value = operand.value.text
        source = operand.source
    }
}

extension FrozenAssessment.Table {
    init(_ table: EvidenceTable) {
        id = table.about.id
        name = table.name
        unit = table.about.unit.words
        area = table.about.area
        source = table.about.source
        standing = table.standing.words
        notes = table.about.notes.map(\.words)
        footnotes = table.footnotes
        cells = table.places.map { .init(at: $0, value: table.value($0).text) }
    }
}

extension FrozenAssessment.Check {
    init(_ check: Assessment.Checked) {
        id = check.id
        statement = check.statement
        printed = check.figure.printed
        right = check.figure.right
        working = check.figure.working
        verdict = check.figure.verdict.code
        switch check.figure.verdict {
        case .wrong(let by?): outBy = by.shortText(4)
        case .wrongUnit(let factor): outBy = "x \(factor.shortText(6))"
        default: outBy = nil
        }
    }
}

extension FrozenAssessment.Section {
    init(_ section: Assessment.Section) {
        title = section.title
        findings = section.parts.compactMap { if case .finding(let words) = $0 { words } else { nil } }
        recommendations = section.parts.compactMap { if case .recommendation(let one) = $0 { one.what } else { nil } }
    }
}
