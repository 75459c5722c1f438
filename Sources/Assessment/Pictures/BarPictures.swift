import Pages
import Statistics

extension Picture {
    /// Ages down, two groups to the left and to the right, as a population is drawn. Codes of the second dimension that
    /// are neither stand in the table.
    public static func pyramid(
        _ id: String, _ title: String, finding: String? = nil, _ table: EvidenceTable, ages axis: Int = 0,
        left: String, right: String
    ) throws(PictureProblem) -> Picture {
        guard table.dimensions.count == 2, (0...1).contains(axis),
            [left, right].allSatisfy(table.dimensions[1 - axis].codes.contains)
        else { throw PictureProblem("\(id): a pyramid needs a table of ages by two groups at least") }
        let totals = Set(table.dimensions[axis].sums.map(\.total))
        let ages = table.dimensions[axis].codes.filter { !totals.contains($0) }
        guard (2...25).contains(ages.count) else { throw PictureProblem("\(id): a pyramid has 2 to 25 ages") }
        func value(_ age: String, _ group: String) -> Plotted {
            Plotted(table.value(axis == 0 ? [age, group] : [group, age]))
        }
        let sides = [ages.map { value($0, left) }, ages.map { value($0, right) }]
        let most = Draw.ceiling(sides.joined().compactMap(\.number))
        var drawn = [
            Draw.text(left, x: 120, y: 12, anchor: "end", bold: true), Draw.text(right, x: 200, y: 12, bold: true),
        ]
        // The oldest on top.
        for (row, age) in ages.indices.reversed().enumerated() {
            let y = 20 + row * 17
            drawn.append(Draw.text(Draw.short(ages[age], 11), x: 160, y: y + 11, anchor: "middle"))
            for side in 0...1 { drawn += bar(sides[side][age], most, side: side, y: y) }
        }
        let others = table.dimensions[1 - axis].codes
        return Picture(
            id, title, finding ?? largest(ages, sides, [left, right]), height: 26 + ages.count * 17, drawn,
            columns: [table.dimensions[axis].name] + others,
            rows: table.dimensions[axis].codes.map { age in [age] + others.map { value(age, $0).text } },
            PictureOrigin(table))
    }

    private static func bar(_ value: Plotted, _ most: Fraction, side: Int, y: Int) -> [HTML] {
        let length = value.length(of: most, on: 86), start = side == 0 ? 120 : 200
        let width = length ?? 24, x = side == 0 ? start - width : start
        let bar = length == nil
            ? Draw.withheld(x: x, y: y, height: 13) : Draw.bar(x: x, y: y, width: width, height: 13, series: side)
        let words = value.number == nil && value.text != "[c]" ? "–" : value.text
        return [bar, side == 0
            ? Draw.text(words, x: x - 3, y: y + 11, anchor: "end") : Draw.text(words, x: x + width + 3, y: y + 11)]
    }

    private static func largest(_ ages: [String], _ sides: [[Plotted]], _ names: [String]) -> String {
        zip(names, sides).map { name, side in
            let shown = zip(ages, side).filter { $0.1.number != nil }
            guard let most = shown.max(by: { ($0.1.number ?? .zero) < ($1.1.number ?? .zero) }) else {
                return "\(name): no number is shown."
            }
            return "\(name): most at \(most.0), \(most.1.text)."
        }.joined(separator: " ")
    }

    /// Who is known to which agencies together: a bar for each combination, and a dot for each agency in it. Codes are
    /// agencies with " + " between.
    public static func overlap(
        _ id: String, _ title: String, finding: String? = nil, _ table: EvidenceTable
    ) throws(PictureProblem) -> Picture {
        guard table.dimensions.count == 1 else {
            throw PictureProblem("\(id): an overlap needs a table of one dimension, agencies with + between")
        }
        let order = table.order(of: 0, at: [""])
        guard (1...40).contains(order.count) else { throw PictureProblem("\(id): 1 to 40 combinations can be drawn") }
        let sets = order.map { $0.split(separator: "+").map { String($0).trimmed } }
        let agencies = Set(sets.joined()).sorted()
        guard agencies.count <= 8 else { throw PictureProblem("\(id): 8 agencies at most can be drawn") }
        let values = order.map { Plotted(table.value([$0])) }
        let most = Draw.ceiling(values.compactMap(\.number)), start = 24 + agencies.count * 16
        var drawn = agencies.enumerated().map { place, _ in
            Draw.text("\(place + 1)", x: 12 + place * 16, y: 12, anchor: "middle", bold: true)
        }
        for (row, value) in values.enumerated() {
            let y = 20 + row * 17
            for (place, agency) in agencies.enumerated() {
                let isIn = sets[row].contains(agency)
                drawn.append("""
                    <circle cx="\(12 + place * 16)" cy="\(y + 6)" r="5" fill="currentColor" \
                    fill-opacity="\(isIn ? "1" : "0.15")"/>
                    """)
            }
            let length = value.length(of: most, on: Draw.width - 48 - start)
            drawn.append(length.map { Draw.bar(x: start, y: y, width: $0, height: 13) }
                ?? Draw.withheld(x: start, y: y, height: 13))
            drawn.append(Draw.text(value.text, x: start + (length ?? 24) + 4, y: y + 11))
        }
        let keyTop = 32 + values.count * 17
        drawn += agencies.enumerated().map { place, agency in
            Draw.text("\(place + 1)  \(Draw.short(agency, 42))", x: 8, y: keyTop + place * 16)
        }
        let several = zip(sets, values).first { $0.0.count > 1 && $0.1.number != nil }
        let words = several.map { "Most often together: \($0.0.joined(separator: " and ")), \($0.1.text)." }
        return Picture(
            id, title, finding ?? words ?? "No number of those whom several agencies know is shown.",
            height: keyTop + agencies.count * 16, drawn, columns: [table.dimensions[0].name, table.about.unit.words],
            rows: table.dimensions[0].codes.map { [$0, table.value([$0]).text] }, PictureOrigin(table))
    }
}

extension String {
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
