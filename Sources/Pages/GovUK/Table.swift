extension GovUK {
    /// A column of a table.
    public struct Column: Sendable, Equatable, ExpressibleByStringLiteral {
        /// The column's heading.
        public let title: String
        /// Whether it holds numbers, which are set to the right in figures of equal width.
        public let numeric: Bool

        /// A column.
        public init(_ title: String, numeric: Bool = false) {
            self.title = title
            self.numeric = numeric
        }

        /// A column of words.
        public init(stringLiteral title: String) { self.init(title) }

        /// A column of numbers.
        public static func numeric(_ title: String) -> Column { Column(title, numeric: true) }
    }

    /// Rows to compare. On a narrow screen it scrolls within its own region, which the keyboard can reach.
    ///
    /// The caption says what the table shows and names the region; `captionHidden` keeps it for screen readers where
    /// a heading says the same. A row shorter than `columns` leaves its last cells out.
    public static func table(
        caption: String, captionSize: LabelSize = .m, captionHidden: Bool = false, columns: [Column],
        rows: [[HTML]], firstCellIsHeader: Bool = true
    ) -> HTML {
        let modifier = captionSize == .normal ? nil : "govuk-table__caption\(captionSize.modifier)"
        let captionClasses = classes([
            "govuk-table__caption", captionHidden ? "govuk-visually-hidden" : modifier,
        ])
        let body = rows.map { tableRow($0, columns: columns, firstCellIsHeader: firstCellIsHeader) }
        return """
            <div class="drystone-table" role="region" aria-label="\(caption)" tabindex="0"><table class="govuk-table">
            <caption class="\(captionClasses)">\(caption)</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">\(columns.map(tableHeading))</tr></thead>
            <tbody class="govuk-table__body">\(body)</tbody></table></div>
            """
    }

    private static func tableHeading(_ column: Column) -> HTML {
        let numeric = column.numeric ? " govuk-table__header--numeric" : ""
        return "<th scope=\"col\" class=\"govuk-table__header\(numeric)\">\(column.title)</th>"
    }

    private static func tableRow(_ cells: [HTML], columns: [Column], firstCellIsHeader: Bool) -> HTML {
        let row = cells.enumerated().map { index, cell -> HTML in
            if index == 0 && firstCellIsHeader {
                return "<th scope=\"row\" class=\"govuk-table__header\">\(cell)</th>"
            }
            let isNumeric = index < columns.count && columns[index].numeric
            return "<td class=\"govuk-table__cell\(isNumeric ? " govuk-table__cell--numeric" : "")\">\(cell)</td>"
        }
        return "<tr class=\"govuk-table__row\">\(row)</tr>\n"
    }
}
