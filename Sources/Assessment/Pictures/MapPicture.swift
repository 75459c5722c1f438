import Pages
import Statistics

extension Picture {
    /// Areas in five shades by a table of one dimension, whose codes are the shapes' codes or names.
    public static func map(
        _ id: String, _ title: String, finding: String? = nil, _ shapes: AreaShapes, _ table: EvidenceTable
    ) throws(PictureProblem) -> Picture {
        guard table.dimensions.count == 1 else {
            throw PictureProblem("\(id): a map needs a table of one dimension, its areas")
        }
        let totals = Set(table.dimensions[0].sums.map(\.total))
        let codes = table.dimensions[0].codes.filter { !totals.contains($0) }
        return try map(
            id, title, finding, shapes, codes.map { ($0, Plotted(table.value([$0]))) }, table.about.unit.words,
            PictureOrigin(table))
    }

    /// The same of figures, rates above all: a map of counts shows where people live.
    public static func map(
        _ id: String, _ title: String, finding: String? = nil, _ shapes: AreaShapes,
        figures: [(area: String, figure: Figure)]
    ) throws(PictureProblem) -> Picture {
        try checkUnits(id, figures.map(\.figure))
        return try map(
            id, title, finding, shapes, figures.map { ($0.area, Plotted($0.figure)) },
            figures.first?.figure.definition.unitWords ?? "", PictureOrigin(figures.map(\.figure)))
    }

    private static func map(
        _ id: String, _ title: String, _ finding: String?, _ shapes: AreaShapes,
        _ values: [(area: String, value: Plotted)], _ unit: String, _ origin: PictureOrigin
    ) throws(PictureProblem) -> Picture {
        var byCode: [String: Plotted] = [:]
        for (area, value) in values {
            let found = shapes.areas.filter { $0.code == area || $0.name.lowercased() == area.lowercased() }
            guard found.count == 1, let code = found.first?.code, byCode.updateValue(value, forKey: code) == nil else {
                throw PictureProblem(
                    "\(id): \(area) is \(found.isEmpty ? "not among" : "more than once among") the shapes")
            }
        }
        let outlines = AreaOutlines(shapes, width: Draw.width - 4, atMost: 400)
        let limits = Self.limits(byCode.values.compactMap(\.number))
        let drawn = shapes.areas.map { area -> HTML in
            let value = byCode[area.code]
            let fill = value.map { $0.number.map { Shades.fills[Shades.of($0, limits)] } ?? (
                $0.text == "[c]" ? "url(#\(id)-c)" : "url(#\(id)-n)") } ?? "url(#\(id)-n)"
            return """
                <path d="\(outlines.paths[area.code] ?? "")" fill="\(fill)" fill-rule="evenodd" stroke="#505A5F" \
                stroke-width="0.5"><title>\(area.name): \(value?.text ?? "no data")</title></path>
                """
        }
        let names = Dictionary(shapes.names.map { ($0.code, $0.name) }) { first, _ in first }
        let rows = shapes.areas.map { area in (names[area.code] ?? area.code, area.code, byCode[area.code]?.text) }
        let highest = byCode.filter { $0.value.number != nil }.max {
            ($0.value.number ?? .zero, $1.key) < ($1.value.number ?? .zero, $0.key)
        }
        let words = highest.map { "Highest: \(names[$0.key] ?? $0.key), \($0.value.text)." } ?? "No number is shown."
        let key = Self.key(id, limits, hasNumbers: highest != nil, y: outlines.height + 8)
        return Picture(
            id, title, finding ?? words, height: outlines.height + 16 + key.height,
            [hatches(id)] + drawn + key.drawn, columns: ["Area", "Code", unit],
            rows: rows.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { [$0.0, $0.1, $0.2 ?? "no data"] },
            origin)
    }

    /// Where the second and each later shade begins: as many areas in each, by the numbers shown alone.
    static func limits(_ shown: [Fraction]) -> [Fraction] {
        let sorted = Set(shown).sorted()
        guard sorted.count > 1 else { return [] }
        let shades = min(5, sorted.count)
        return (1..<shades).map { sorted[$0 * sorted.count / shades] }
    }

    /// Crossed lines for what is withheld, thin ones for what nobody said.
    private static func hatches(_ id: String) -> HTML {
        """
        <defs><pattern id="\(id)-c" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" \
        fill="#FFFFFF"/><path d="M0 0L6 6M6 0L0 6" stroke="#505A5F"/></pattern><pattern id="\(id)-n" width="6" \
        height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#FFFFFF"/><path d="M0 6L6 0" \
        stroke="#B1B4B6" stroke-width="0.7"/></pattern></defs>
        """
    }

    private static func key(
        _ id: String, _ limits: [Fraction], hasNumbers: Bool, y: Int
    ) -> (drawn: [HTML], height: Int) {
        func short(_ number: Fraction) -> String { number.shortText(1) }
        var names: [(fill: String, words: String)] = []
        if hasNumbers {
            for shade in 0...limits.count {
                let words = limits.isEmpty ? "all the same" : shade == 0 ? "under \(short(limits[0]))"
                    : shade == limits.count ? "\(short(limits[shade - 1])) and more"
                    : "\(short(limits[shade - 1])) to under \(short(limits[shade]))"
                names.append((Shades.fills[shade], words))
            }
        }
        names += [("url(#\(id)-c)", "[c] withheld"), ("url(#\(id)-n)", "no data")]
        let drawn = names.enumerated().flatMap { place, one -> [HTML] in
            let (x, top) = (place % 2 * 160 + 2, y + place / 2 * 16)
            return ["""
                <rect x="\(x)" y="\(top)" width="14" height="10" fill="\(one.fill)" stroke="currentColor" \
                stroke-width="0.3"/>
                """, Draw.text(one.words, x: x + 19, y: top + 9)]
        }
        return (drawn, (names.count + 1) / 2 * 16)
    }
}
