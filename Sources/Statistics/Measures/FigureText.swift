extension Figure {
    /// "22.10%", "19 per 1,000", "[c]".
    public var text: String {
        switch value {
        case .withheld: return EvidenceValue.withheld.text
        case .missing(let why): return why.text
        case .undefined: return "none: nothing to compare with"
        case .number(let number): return Self.words(number, definition, digits)
        }
    }

    private static func words(_ number: Fraction, _ definition: MeasureDefinition, _ digits: Int) -> String {
        let plain = number.text(digits)
        return switch definition.kind {
        case .count where definition.unit == .pound: "£" + plain
        case .count: plain
        case .share, .against: plain + "%"
        case .rate: "\(plain) per \(Fraction(definition.per ?? 1).text(0))"
        case .change: (number > .zero ? "+" : "") + plain + "%"
        case .ratio: plain
        case .gap: (number > .zero ? "+" : "") + plain + " percentage points"
        }
    }

    /// With both its numbers: "22.10% (103 of 466)". What isn't shown has none.
    public var fullText: String {
        guard case .number = value, let denominator else { return text }
        let (top, bottom) = (numerator.value.text, denominator.value.text)
        switch definition.kind {
        case .count: return text
        case .share: return "\(text) (\(top) of \(bottom))"
        case .change: return "\(text) (\(bottom) to \(top))"
        case .rate, .ratio: return "\(text) (\(top) to \(bottom))"
        case .against:
            return "\(text) (\(top) of \(recommended?.rounded(0).text(0) ?? "") recommended for \(bottom) people)"
        case .gap:
            let other = population.map { "\($0.part.value.text) of \($0.whole.value.text)" } ?? ""
            return "\(text) (\(top) of \(bottom) known, \(other) in the population)"
        }
    }
}
