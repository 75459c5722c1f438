import Statistics

/// What a picture's numbers count, where, and where they come from: its file says it in each row, since a file goes
/// on by itself.
struct PictureOrigin: Sendable {
    let counts: String
    let area: String
    let source: String
    let standing: String

    static let header = ["counts", "area", "source", "standing"]

    var cells: [String] { [counts, area, source, standing] }

    init(_ table: EvidenceTable) {
        counts = table.about.unit.words
        area = table.about.area
        source = table.about.source
        standing = table.standing.words
    }

    /// Of figures that were worked out; with more than one area or source, all of them.
    init(_ figures: [Figure]) {
        func all(_ words: [String]) -> String {
            words.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "; ")
        }
        counts = all(figures.map(\.definition.unitWords))
        area = all(figures.map(\.area))
        source = all(figures.flatMap { [$0.numerator.source] + ($0.denominator.map { [$0.source] } ?? []) })
        standing = "Worked out: figures.csv has both numbers of each."
    }
}
