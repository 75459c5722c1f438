import Statistics

/// What is wrong with an assessment's input, for whoever writes it.
public struct AssessmentProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Why nothing of it may leave.
public enum AssessmentRefusal: Error, Sendable, Equatable {
    /// The tables show, or let a reader work out, what must be withheld.
    case tables(DisclosureRefusal)
    /// These stories could be somebody's.
    case stories([String])
}

/// A needs assessment, worked out: every number in it is a figure or a cell that may be shown, and knows where it comes
/// from.
public struct Assessment: Sendable {
    /// A figure, as the document names it.
    public struct Named: Sendable {
        public let id: String
        public let figure: Figure
        /// What an earlier document printed.
        public let printed: String?
    }

    /// A printed statement that was checked.
    public struct Checked: Sendable {
        public let id: String
        public let statement: String
        public let figure: PrintedFigure
    }

    public struct Section: Sendable {
        public let title: String
        public let parts: [Part]
        var id: String { "section-" + title.slug }
    }

    public enum Part: Sendable {
        case text(String)
        case table(EvidenceTable)
        case figures([Named])
        case sentences([Named])
        case checks([Checked])
        case picture(Picture)
        case finding(String)
        case recommendation(Recommendation)
        case voice(words: String, who: String)
        case caseStudy(CaseStudy)
    }

    public struct Recommendation: Sendable {
        public let what: String
        /// Priority, owner, cost, by when: those that are said.
        public let facts: [(name: String, value: String)]
    }

    public struct CaseStudy: Sendable {
        public let title: String
        /// Entry, needs, support, outcome.
        public let parts: [(name: String, points: [String])]
    }

    public let title: String
    public let area: String
    public let date: PlainDate
    public let preparedBy: String
    /// The rule that released tables were checked by.
    public let rule: DisclosureRule
    public let tables: [EvidenceTable]
    public let figures: [Named]
    public let checks: [Checked]
    public let sections: [Section]
    /// For the analyst, not for the document: what to look at before it leaves.
    public let warnings: [String]

    public var recommendations: [Recommendation] {
        sections.flatMap(\.parts).compactMap { if case .recommendation(let one) = $0 { one } else { nil } }
    }
    public var pictures: [Picture] {
        sections.flatMap(\.parts).compactMap { if case .picture(let one) = $0 { one } else { nil } }
    }
}

extension Assessment.Named {
    /// What is to be said of the printed one; nil where nothing was printed, or there is no number to compare.
    public var verdict: PrintedFigure.Verdict? {
        guard let printed, case .number(let number) = figure.value else { return nil }
        return PrintedFigure.verdict(on: printed, right: number)
    }

    /// With what is counted above the line, where the table says it: "Share of victims: Under 18".
    public var title: String {
        let place = figure.numerator.place.split(separator: "|").dropFirst()
        let codes = place.filter { EvidencePeriod(String($0)) == nil }
        return ([figure.definition.title] + (codes.isEmpty ? [] : [codes.joined(separator: ", ")]))
            .joined(separator: ": ")
    }

    /// "Change in victims known to agencies: All, 2019/20, Rutland: -11.9% (529 to 466)."
    public var sentence: String {
        let period = figure.period.map { ", \($0.description)" } ?? ""
        return "\(title)\(period), \(figure.area): \(figure.fullText)."
    }
}

extension String {
    /// For an address within the page, and a file: small letters, digits, hyphens.
    var slug: String {
        let words = lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.joined(separator: "-")
    }
}
