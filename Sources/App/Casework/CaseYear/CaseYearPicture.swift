import Foundation
import Pages

/// The picture: four lanes over one line of time. All that it shows stands in the table beside it.
struct CaseYearPicture: Sendable {
    let year: CaseYear

    private static let (left, width) = (92, 620)
    private static let lanes = (risk: 24, contacts: 112, incidents: 152, orders: 188)
    private static let barHeight = 10

    private func number(of day: Day) -> Int {
        Int((London.moment(day, minute: 720) ?? .distantPast).timeIntervalSince1970 / 86_400)
    }

    private func x(_ day: Day) -> Int {
        let (first, last) = (number(of: year.period.from), number(of: year.period.until))
        let place = min(max(number(of: day), first), last) - first
        return Self.left + place * Self.width / max(1, last - first)
    }

    private func isShown(_ day: Day) -> Bool { day >= year.period.from && day <= year.period.until }

    var svg: HTML {
        let (first, last) = (year.period.from, year.period.until)
        let bars = year.orders.filter { $0.from <= last && $0.until ?? last >= first }
            .sorted { $0.from < $1.from }.prefix(8)
        let height = Self.lanes.orders + max(1, bars.count) * (Self.barHeight + 6) + 34
        return """
            <figure class="govuk-!-margin-0 govuk-!-margin-bottom-6">
            <figcaption class="govuk-body">\(year.words)</figcaption>
            <svg class="drystone-picture" viewBox="0 0 \(Self.left + Self.width + 16) \(height)" \
            width="\(Self.left + Self.width + 16)" height="\(height)" role="img" \
            aria-labelledby="year-title year-words" xmlns="http://www.w3.org/2000/svg">\
            <title id="year-title">Twelve months</title>\
            <desc id="year-words">\(year.words) Every number stands in the table below.</desc>\
            \(months(to: height - 30))\(names)\(risk)\(dots)\(incidents)\(orders(Array(bars)))</svg></figure>
            """
    }

    private func text(_ words: String, x: Int, y: Int, anchor: String = "start", size: Int = 11) -> HTML {
        """
        <text x="\(x)" y="\(y)" font-size="\(size)" text-anchor="\(anchor)" fill="currentColor">\(words)</text>
        """
    }

    /// A line at the beginning of each month, with its name where a week and more of it leave room.
    private func months(to bottom: Int) -> HTML {
        .joined(year.months.map { month in
            let (place, end) = (x(month.from), x(month.until))
            let name = end - place < 20 ? HTML.empty : text(String(month.name.prefix(3)), x: place + 2, y: bottom + 16)
            return """
                <line x1="\(place)" y1="14" x2="\(place)" y2="\(bottom)" stroke="currentColor" stroke-opacity="0.2"/>\
                \(name)
                """
        })
    }

    private var names: HTML {
        let lanes = Self.lanes
        return .joined([
            text("High", x: Self.left - 6, y: lanes.risk + 4, anchor: "end"),
            text("Medium", x: Self.left - 6, y: lanes.risk + 28, anchor: "end"),
            text("Standard", x: Self.left - 6, y: lanes.risk + 52, anchor: "end"),
            text("Contacts", x: Self.left - 6, y: lanes.contacts + 4, anchor: "end"),
            text("Incidents", x: Self.left - 6, y: lanes.incidents + 4, anchor: "end"),
            text("Orders", x: Self.left - 6, y: lanes.orders + 9, anchor: "end"),
        ])
    }

    private func y(_ level: RiskLevel) -> Int {
        switch level {
        case .high: Self.lanes.risk
        case .medium: Self.lanes.risk + 24
        case .standard, .notAssessed: Self.lanes.risk + 48
        }
    }

    /// A level line for each grade while it held, and a step to the next.
    private var risk: HTML {
        var path = ""
        for (place, grade) in year.grades.enumerated() where grade.from <= year.period.until {
            let end = place + 1 < year.grades.count ? year.grades[place + 1].from : year.period.until
            if end < year.period.from { continue }
            path += "\(path.isEmpty ? "M" : "L")\(x(grade.from)) \(y(grade.level)) L\(x(end)) \(y(grade.level)) "
        }
        if path.isEmpty { return .empty }
        return "<path d=\"\(path)\" fill=\"none\" stroke=\"#D4351C\" stroke-width=\"3\"/>"
    }

    /// Filled where they were spoken with, hollow where nobody was reached.
    private var dots: HTML {
        let y = Self.lanes.contacts
        let tried = year.attempts.filter(isShown).map { day -> HTML in
            "<circle cx=\"\(x(day))\" cy=\"\(y)\" r=\"4\" fill=\"none\" stroke=\"#12436D\" stroke-width=\"1.5\"/>"
        }
        let spoke = year.contacts.filter(isShown).map { day -> HTML in
            "<circle cx=\"\(x(day))\" cy=\"\(y)\" r=\"4\" fill=\"#12436D\"/>"
        }
        return .joined(tried + spoke)
    }

    private var incidents: HTML {
        let y = Self.lanes.incidents
        return .joined(year.incidents.filter(isShown).map { day -> HTML in
            let place = x(day)
            return "<path d=\"M\(place) \(y - 7) L\(place + 6) \(y + 5) L\(place - 6) \(y + 5) Z\" fill=\"#801650\"/>"
        })
    }

    private func orders(_ bars: [CaseYear.Bar]) -> HTML {
        let top = Self.lanes.orders
        let drawn = bars.enumerated().map { place, bar -> HTML in
            let (from, until) = (x(bar.from), x(bar.until ?? year.period.until))
            return """
                <rect x="\(from)" y="\(top + place * (Self.barHeight + 6))" width="\(max(3, until - from))" \
                height="\(Self.barHeight)" fill="#28A197"><title>\(bar.kind.label)</title></rect>
                """
        }
        let bottom = top + max(1, bars.count) * (Self.barHeight + 6)
        let broken = year.breaches.filter(isShown).map { day -> HTML in
            let place = x(day)
            return """
                <line x1="\(place)" y1="\(top - 6)" x2="\(place)" y2="\(bottom)" stroke="#D4351C" stroke-width="2" \
                stroke-dasharray="4 2"/>
                """
        }
        return .joined(drawn + broken)
    }
}
