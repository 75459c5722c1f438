import Pages

/// What every page of figures has around its table: the years to choose from, and another period.
extension OutputsAsked {
    /// "April 2026 to March 2027", or the days that were asked for.
    var words: String { period?.words ?? "April \(year.start) to March \(year.start + 1)" }

    /// From the first day that is looked at to the last; nil before the year has begun.
    func whole(on today: Day) -> Period? {
        let periods = periods(on: today).map(\.period)
        guard let first = periods.first, let last = periods.last else { return nil }
        return Period(from: first.from, until: last.until)
    }

    /// The last five financial years, each a link to the page at `path`.
    func years(_ path: String, on today: Day) -> HTML {
        let current = FinancialYear(of: today)
        return GovUK.subNavigation((0..<5).reversed().compactMap { FinancialYear(current.start - $0) }.map {
            GovUK.Item($0.words, href: "\(path)?year=\($0.start)", current: period == nil && $0 == year)
        }, label: "Financial years")
    }

    /// The form for other days than a year's.
    func anotherPeriod(_ path: String) -> HTML {
        """
        <h2 class="govuk-heading-m">Another period</h2>
        <form method="get" action="\(path)" novalidate>
        \(GovUK.dateInput("from", legend: "From", in: answers))
        \(GovUK.dateInput("until", legend: "Until", in: answers))
        \(GovUK.button("Show"))</form>
        """
    }
}
