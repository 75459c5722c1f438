import Statistics

/// What changed since the last assessment, figure by figure.
public struct AssessmentComparison: Sendable {
    public struct Line: Sendable, Equatable {
        public let title: String
        public let id: String
        public let before: String
        public let now: String
        /// "+2.4", or why the two can't be compared.
        public let change: String
    }

    public let title: String
    public let date: String
    public let lines: [Line]
    /// Figures of the last one that this one doesn't have, and the other way round.
    public let gone: [String]
    public let new: [String]

    public init(_ now: FrozenAssessment, since before: FrozenAssessment) {
        title = before.title
        date = before.date
        lines = now.figures.compactMap { figure in
            before.figures.first { $0.id == figure.id }.map { Line(figure, $0) }
        }
        let (old, new) = (Set(before.figures.map(\.id)), Set(now.figures.map(\.id)))
        gone = old.subtracting(new).sorted()
        self.new = new.subtracting(old).sorted()
    }
}

extension AssessmentComparison.Line {
    private static func months(_ figure: FrozenAssessment.Figure) -> Int? {
        figure.period.flatMap { EvidencePeriod($0)?.months }
    }

    init(_ now: FrozenAssessment.Figure, _ before: FrozenAssessment.Figure) {
        title = now.title
        id = now.id
        self.before = [before.text, before.period].compactMap(\.self).joined(separator: ", ")
        self.now = [now.text, now.period].compactMap(\.self).joined(separator: ", ")
        if now.measure != before.measure || now.version != before.version {
            change = "defined anew: not comparable"
        } else if now.area != before.area || Self.months(now) != Self.months(before) {
            change = "of another area or length: not comparable"
        } else if let after = now.number, let first = before.number, let step = after.minus(first) {
            let text = step.text(min(now.digits, before.digits))
            change = step > .zero ? "+" + text : text
        } else {
            change = "–"
        }
    }
}
