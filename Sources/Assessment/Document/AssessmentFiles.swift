import Pages
import Statistics

/// What stands beside the page: each table, each picture's numbers, all figures with their lineage.
extension Assessment {
    /// Names are made of ids, which hold nothing but small letters, digits and hyphens.
    public var files: [(name: String, text: String)] {
        [("figures.csv", figuresFile)] + (checks.isEmpty ? [] : [("printed.csv", checksFile)])
            + tables.map { (fileName($0), Self.file($0)) } + pictures.map { ("picture-\($0.id).csv", $0.csv) }
    }

    func fileName(_ table: EvidenceTable) -> String { "table-\(table.about.id.slug).csv" }

    private var figuresFile: String {
        let header = [
            "id", "measure", "version", "title", "period", "area", "value", "unit", "numerator", "numerator place",
            "denominator", "denominator place", "population part", "population whole", "printed before", "notes",
            "source",
        ]
        return SpreadsheetText.text(header, figures.map { one in
            let figure = one.figure, definition = figure.definition
            return [
                one.id, definition.id, "\(definition.version)", one.title, figure.period?.description ?? "",
                figure.area, Self.plain(figure), definition.unitWords, Self.plain(figure.numerator.value),
                figure.numerator.place, figure.denominator.map { Self.plain($0.value) } ?? "",
                figure.denominator?.place ?? "", figure.population.map { Self.plain($0.part.value) } ?? "",
                figure.population.map { Self.plain($0.whole.value) } ?? "", one.printed ?? "",
                figure.notes.map(\.words).joined(separator: " "), figure.numerator.source,
            ]
        }, numbers: [2, 6, 8, 10, 12, 13])
    }

    /// Without commas and signs of a unit, for a spreadsheet.
    private static func plain(_ figure: Figure) -> String {
        guard case .number(let number) = figure.value else { return figure.text }
        return number.text(figure.digits).filter { $0 != "," }
    }

    private static func plain(_ value: EvidenceValue) -> String { value.count.map(String.init) ?? value.text }

    private var checksFile: String {
        SpreadsheetText.text(
            ["id", "statement", "printed", "right", "working", "verdict", "out by"], checks.map { one in
                let frozen = FrozenAssessment.Check(one)
                return [
                    frozen.id, frozen.statement, frozen.printed ?? "", frozen.right, frozen.working ?? "",
                    frozen.verdict, frozen.outBy ?? "",
                ]
            }, numbers: [2, 3, 6])
    }

    private static func file(_ table: EvidenceTable) -> String {
        let header = table.dimensions.map(\.name) + ["value", "counts", "area", "source", "standing", "notes"]
        let notes = table.about.notes.map(\.words).joined(separator: " ")
        return SpreadsheetText.text(header, table.places.map { at in
            at + [
                Self.plain(table.value(at)), table.about.unit.words,
                table.about.area, table.about.source, table.standing.words, notes,
            ]
        })
    }
}
