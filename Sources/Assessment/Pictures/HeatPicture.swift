import Pages
import Statistics

extension Picture {
    /// Shares in five shades, each with its number: which agency records what. `figures` has a row for each name, and
    /// in it one for each column; nil is nothing to say.
    public static func heat(
        _ id: String, _ title: String, finding: String? = nil, rows: [String], columns: [String],
        figures: [[Figure?]]
    ) throws(PictureProblem) -> Picture {
        guard (1...40).contains(rows.count), (1...7).contains(columns.count), figures.count == rows.count,
            figures.allSatisfy({ $0.count == columns.count })
        else { throw PictureProblem("\(id): 1 to 40 rows and 1 to 7 columns, each cell with a figure") }
        guard figures.joined().allSatisfy({ $0.map { [.share, .against].contains($0.definition.kind) } ?? true }) else {
            throw PictureProblem("\(id): only shares can be shaded")
        }
        let left = 96, width = (Draw.width - left) / columns.count
        var drawn: [HTML] = []
        for (place, column) in columns.enumerated() {
            for (line, words) in wrapped(column, max(5, width / 5)).prefix(3).enumerated() {
                drawn.append(Draw.text(
                    words, x: left + place * width + width / 2, y: 11 + line * 11, anchor: "middle", size: 10))
            }
        }
        for (row, name) in rows.enumerated() {
            let y = 40 + row * 22
            drawn.append(Draw.text(Draw.short(name, 15), x: 0, y: y + 14))
            for (place, figure) in figures[row].enumerated() {
                drawn.append(cell(figure.map { Plotted($0) }, x: left + place * width, y: y, width: width - 2))
            }
        }
        let y = 40 + rows.count * 22 + 8
        drawn += Shades.names.enumerated().flatMap { shade, name -> [HTML] in
            let x = shade * 64
            return [Shades.box(shade, x: x, y: y, width: 10, height: 10), Draw.text(name, x: x + 13, y: y + 9)]
        }
        let shown = zip(rows, figures).flatMap { name, row in zip(columns, row).map { (name, $0.0, $0.1) } }
            .compactMap { row, column, figure in figure.map { (row, column, Plotted($0)) } }
        let highest = shown.filter { $0.2.number != nil }.max { ($0.2.number ?? .zero) < ($1.2.number ?? .zero) }
        let words = highest.map { "Highest: \($0.0), \($0.1), \($0.2.text)." } ?? "No share is shown."
        return Picture(
            id, title, finding ?? words, height: y + 18, drawn, columns: ["Group"] + columns,
            rows: zip(rows, figures).map { name, row in [name] + row.map { $0?.text ?? "–" } },
            PictureOrigin(figures.joined().compactMap { $0 }))
    }

    private static func cell(_ value: Plotted?, x: Int, y: Int, width: Int) -> HTML {
        guard let value else { return .empty }
        guard let number = value.number else {
            return Draw.withheld(x: x, y: y, width: width, height: 20)
                + Draw.text(value.text == "[c]" ? "[c]" : "–", x: x + width / 2, y: y + 14, anchor: "middle")
        }
        // Of the number that is shown: 9.6% stands there as 10%.
        let shade = Shades.of(number.rounded(0), [10, 25, 50, 75].map { Fraction($0) })
        return Shades.box(shade, x: x, y: y, width: width, height: 20) + Draw.text(
            number.text(0) + "%", x: x + width / 2, y: y + 14, anchor: "middle", colour: Shades.ink[shade])
    }

    private static func wrapped(_ words: String, _ letters: Int) -> [String] {
        var lines: [String] = []
        for word in words.split(separator: " ") {
            if let last = lines.last, last.count + word.count < letters {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(Draw.short(String(word), letters + 1))
            }
        }
        return lines
    }
}

/// Five shades from light to dark, which print in grey and are told apart without colours.
enum Shades {
    static let fills = ["#F0F4F8", "#BFD3E6", "#7FA8CC", "#3B78A8", "#12436D"]
    static let ink = ["#0B0C0C", "#0B0C0C", "#0B0C0C", "#FFFFFF", "#FFFFFF"]
    static let names = ["0–9%", "10–24%", "25–49%", "50–74%", "75%+"]

    /// The first shade is below the first limit.
    static func of(_ number: Fraction, _ limits: [Fraction]) -> Int { limits.count { $0 <= number } }

    static func box(_ shade: Int, x: Int, y: Int, width: Int, height: Int) -> HTML {
        """
        <rect x="\(x)" y="\(y)" width="\(width)" height="\(height)" fill="\(fills[shade])" stroke="currentColor" \
        stroke-width="0.3"/>
        """
    }
}
