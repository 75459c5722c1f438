import Pages
import Statistics

extension Picture {
    /// Lines over time, four at most. A number that isn't there breaks its line and stands below as what it is; the
    /// scale is that of the numbers shown.
    public static func trend(
        _ id: String, _ title: String, finding: String? = nil, _ table: EvidenceTable, over axis: Int,
        series: [String], at place: [String]
    ) throws(PictureProblem) -> Picture {
        guard table.dimensions.indices.contains(axis), place.count == table.dimensions.count else {
            throw PictureProblem("\(id): the table \(table.name) isn't divided so")
        }
        let totals = Set(table.dimensions[axis].sums.map(\.total))
        let periods = table.dimensions[axis].codes.filter { !totals.contains($0) }
        let other = table.dimensions.indices.first { $0 != axis }
        var lines: [(name: String, points: [Plotted])] = []
        for code in series {
            var points: [Plotted] = []
            for period in periods {
                var at = place
                at[axis] = period
                if let other { at[other] = code }
                points.append(Plotted(table.value(at)))
            }
            lines.append((code, points))
        }
        return try trend(id, title, finding, periods, lines, PictureOrigin(table))
    }

    /// The same of figures that were worked out: rates, shares. Each line has one for each period.
    public static func trend(
        _ id: String, _ title: String, finding: String? = nil, periods: [String],
        lines: [(name: String, figures: [Figure])]
    ) throws(PictureProblem) -> Picture {
        guard lines.allSatisfy({ $0.figures.count == periods.count }) else {
            throw PictureProblem("\(id): each line needs a figure for each period")
        }
        for line in lines {
            for (said, figure) in zip(periods.map { EvidencePeriod($0) }, line.figures) {
                guard let said, let own = figure.period, (said.from, said.months) != (own.from, own.months)
                else { continue }
                throw PictureProblem("\(id): the figure of \(own) stands at \(said)")
            }
        }
        try checkUnits(id, lines.flatMap(\.figures))
        return try trend(
            id, title, finding, periods, lines.map { ($0.name, $0.figures.map { Plotted($0) }) },
            PictureOrigin(lines.flatMap(\.figures)))
    }

    private static func trend(
        _ id: String, _ title: String, _ finding: String?, _ periods: [String],
        _ lines: [(name: String, points: [Plotted])], _ origin: PictureOrigin
    ) throws(PictureProblem) -> Picture {
        guard (1...4).contains(lines.count) else {
            throw PictureProblem("\(id): a picture shows one to four lines; make two of it")
        }
        guard (2...60).contains(periods.count) else {
            throw PictureProblem("\(id): a trend needs two periods at least, and sixty at most")
        }
        let drawing = TrendDrawing(periods: periods, lines: lines)
        return Picture(
            id, title, finding ?? Self.words(periods, lines), height: drawing.height, [drawing.drawn],
            columns: ["Period"] + lines.map(\.name),
            rows: periods.indices.map { place in [periods[place]] + lines.map { $0.points[place].text } }, origin)
    }

    /// "All: 529 in 2018/19, 453 in 2020/21."
    private static func words(_ periods: [String], _ lines: [(name: String, points: [Plotted])]) -> String {
        lines.map { line in
            let shown = zip(periods, line.points).filter { $0.1.number != nil }
            guard let first = shown.first, let last = shown.last else { return "\(line.name): no number is shown." }
            let before = first.0 == last.0 ? "" : "\(first.1.text) in \(first.0), "
            return "\(line.name): \(before)\(last.1.text) in \(last.0)."
        }.joined(separator: " ")
    }
}

private struct TrendDrawing {
    let periods: [String]
    let lines: [(name: String, points: [Plotted])]

    private static let (right, top, bottom) = (306, 10, 150)
    /// What the largest number of the scale needs.
    private var left: Int { max(36, most.shortText(2).count * 7 + 8) }
    private var most: Fraction { Draw.ceiling(lines.flatMap(\.points).compactMap(\.number)) }
    private var hasGaps: Bool { lines.contains { $0.points.contains { $0.number == nil } } }
    private var names: Int { Self.bottom + (hasGaps ? 18 + 13 * lines.count : 4) + 16 }
    var height: Int { names + 8 + 16 * ((lines.count + 1) / 2) }

    private func x(_ place: Int) -> Int {
        left + 8 + place * (Self.right - left - 16) / max(1, periods.count - 1)
    }

    private func y(_ point: Plotted) -> Int? {
        point.length(of: most, on: Self.bottom - Self.top).map { Self.bottom - $0 }
    }

    var drawn: HTML {
        var all: [HTML] = [axis]
        for (series, line) in lines.enumerated() { all += [path(series, line.points), gaps(series, line.points)] }
        return .joined(all + [periodNames, key])
    }

    private var axis: HTML {
        .joined((0...2).flatMap { step -> [HTML] in
            let y = Self.bottom - step * (Self.bottom - Self.top) / 2
            let number = most.times(Fraction(step)).flatMap { $0.over(Fraction(2)) } ?? .zero
            return [Draw.line(left, y, Self.right, y),
                    Draw.text(number.shortText(2), x: left - 4, y: y + 4, anchor: "end")]
        })
    }

    private func path(_ series: Int, _ points: [Plotted]) -> HTML {
        var path = "", isBroken = true
        var marks: [HTML] = []
        for (place, point) in points.enumerated() {
            guard let y = y(point) else {
                isBroken = true
                continue
            }
            path += "\(isBroken ? "M" : "L")\(x(place)) \(y)"
            isBroken = false
            marks.append(Draw.mark(series, x: x(place), y: y))
        }
        if marks.isEmpty { return .empty }
        return """
            <path class="drystone-line-\(series + 1)" d="\(path)" fill="none" stroke="\(Draw.colours[series])" \
            stroke-width="2"/>\(marks)
            """
    }

    /// Below the axis, in a row for each line: where nothing is shown, its place tells no size.
    private func gaps(_ series: Int, _ points: [Plotted]) -> HTML {
        if !hasGaps { return .empty }
        let y = Self.bottom + 16 + 13 * series
        let told = points.enumerated().filter { $0.element.number == nil }.map { place, point in
            Draw.text(point.text == "[c]" ? "[c]" : "–", x: x(place), y: y, anchor: "middle")
        }
        return told.isEmpty ? .empty : .joined([Draw.mark(series, x: left - 10, y: y - 3)] + told)
    }

    private var periodNames: HTML {
        let step = (periods.count + 3) / 4
        return .joined(periods.enumerated().filter { $0.offset % step == 0 }.map { place, name in
            Draw.text(
                Draw.short(name, 12), x: min(max(x(place), 26), Draw.width - 28), y: names, anchor: "middle")
        })
    }

    private var key: HTML {
        .joined(lines.enumerated().flatMap { series, line -> [HTML] in
            let (x, y) = (8 + series % 2 * 156, names + 18 + series / 2 * 16)
            return [Draw.mark(series, x: x, y: y - 4), Draw.text(Draw.short(line.name, 22), x: x + 9, y: y)]
        })
    }
}
