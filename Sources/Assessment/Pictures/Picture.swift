import Pages
import Statistics

/// A drawing, with the same as a table and as a file: what the eye doesn't see, or the printer leaves out, stands
/// there.
public struct Picture: Sendable {
    /// Unique on its page, and in a file name: small letters, digits and hyphens.
    public let id: String
    public let title: String
    /// What it shows, in a sentence; its caption.
    public let finding: String
    public let svg: HTML
    public let columns: [String]
    public let rows: [[String]]
    private let origin: PictureOrigin

    init(
        _ id: String, _ title: String, _ finding: String, height: Int, _ drawn: [HTML], columns: [String],
        rows: [[String]], _ origin: PictureOrigin
    ) {
        (self.id, self.title, self.finding, self.columns, self.rows) = (id, title, finding, columns, rows)
        self.origin = origin
        svg = """
            <svg class="drystone-picture drystone-chart" viewBox="0 0 \(Draw.width) \(height)" \
            width="\(Draw.width * 3 / 2)" height="\(height * 3 / 2)" role="img" focusable="false" \
            aria-labelledby="\(id)-title \(id)-words" xmlns="http://www.w3.org/2000/svg">\
            <title id="\(id)-title">\(title)</title>\
            <desc id="\(id)-words">\(finding) All numbers stand in the table below.</desc>\(drawn)</svg>
            """
    }

    /// One scale is of one unit.
    static func checkUnits(_ id: String, _ figures: [Figure]) throws(PictureProblem) {
        guard Set(figures.map(\.definition.unitWords)).count <= 1 else {
            throw PictureProblem("\(id): its figures have different units: make a picture of each")
        }
    }

    /// The drawing with its caption, its table behind it, and where its file is. What is to be printed is open.
    public func figure(csv: String? = nil, open: Bool = false) -> HTML {
        let link: HTML = csv.map { "<p class=\"govuk-body\">\(GovUK.link("Save as a file", href: $0)) (CSV)</p>" }
            ?? .empty
        return """
            <figure class="govuk-!-margin-0 govuk-!-margin-bottom-4">
            <figcaption class="govuk-body">\(finding)</figcaption>\(svg)</figure>
            \(GovUK.details("\(title): the numbers", table + link, open: open))
            """
    }

    /// What it was drawn from.
    public var table: HTML {
        GovUK.table(
            caption: title, captionHidden: true,
            columns: columns.enumerated().map { $0 == 0 ? GovUK.Column($1) : .numeric($1) },
            rows: rows.map { $0.map { HTML.text($0) } })
    }

    /// The same with what they count, where, and where they come from in each row.
    public var csv: String {
        SpreadsheetText.text(
            columns + PictureOrigin.header, rows.map { $0 + origin.cells }, numbers: Set(1..<max(2, columns.count)))
    }
}

/// Why there is no picture: for whoever made the input.
public struct PictureProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// A number to be drawn, or what stands there instead. Only numbers that may be shown become one.
struct Plotted: Sendable {
    let number: Fraction?
    let text: String

    init(_ value: EvidenceValue) {
        number = value.count.map { Fraction($0) }
        text = value.text
    }

    init(_ figure: Figure) {
        if case .number(let number) = figure.value { self.number = number } else { number = nil }
        text = figure.text
    }

    /// Over the whole of a scale, in the picture's units; at least one where it isn't 0.
    func length(of most: Fraction, on units: Int) -> Int? {
        guard let number, most > .zero else { return nil }
        let share = number.times(Fraction(units))?.over(most)?.rounded(0).whole ?? 0
        return number > .zero ? max(1, share) : share
    }
}

/// Marks in a picture of 320 units' width, which is that of a telephone: words of 11 units stay readable there.
enum Draw {
    static let width = 320
    /// Of lines and bars, which have marks and names too; the page's style has lighter ones for the dark.
    static let colours = ["#12436D", "#28A197", "#801650", "#F46A25"]

    static func text(
        _ words: String, x: Int, y: Int, anchor: StaticString = "start", size: Int = 12, bold: Bool = false,
        colour: String = "currentColor"
    ) -> HTML {
        """
        <text x="\(x)" y="\(y)" font-size="\(size)" text-anchor="\(HTML(trusted: "\(anchor)"))"\
        \(attribute: "font-weight", bold ? "bold" : nil) fill="\(colour)">\(words)</text>
        """
    }

    static func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) -> HTML {
        """
        <line x1="\(x1)" y1="\(y1)" x2="\(x2)" y2="\(y2)" stroke="currentColor" stroke-opacity="0.3" \
        stroke-width="0.5"/>
        """
    }

    static func bar(x: Int, y: Int, width: Int, height: Int, series: Int = 0) -> HTML {
        """
        <rect class="drystone-series-\(series + 1)" x="\(x)" y="\(y)" width="\(width)" height="\(height)" \
        fill="\(colours[series % colours.count])"/>
        """
    }

    /// Always of the same size, whatever it stands for.
    static func withheld(x: Int, y: Int, width: Int = 24, height: Int) -> HTML {
        """
        <rect x="\(x)" y="\(y)" width="\(width)" height="\(height)" fill="none" stroke="currentColor" \
        stroke-dasharray="2 2"/>
        """
    }

    /// A circle, a square, a triangle, a diamond.
    static func mark(_ series: Int, x: Int, y: Int) -> HTML {
        let path = switch series % 4 {
        case 0: "M\(x - 3) \(y)a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z"
        case 1: "M\(x - 3) \(y - 3)h6v6h-6Z"
        case 2: "M\(x) \(y - 4)l4 7h-8Z"
        default: "M\(x) \(y - 4)l4 4l-4 4l-4 -4Z"
        }
        return "<path class=\"drystone-series-\(series + 1)\" d=\"\(path)\" fill=\"\(colours[series % 4])\"/>"
    }

    /// What fits; the whole of it stands in the table.
    static func short(_ words: String, _ letters: Int) -> String {
        words.count <= letters ? words : String(words.prefix(letters - 1)) + "…"
    }

    /// A round number that nothing shown is above: 1, 2, 2.5 or 5 and noughts. Of what is withheld nothing goes in.
    static func ceiling(_ numbers: [Fraction]) -> Fraction {
        let most = numbers.max() ?? .zero
        var unit = Fraction(1)
        for _ in 0..<18 {
            for step in ["1", "2", "2.5", "5", "10"] {
                if let next = Fraction(step).flatMap({ $0.times(unit) }), next >= most { return next }
            }
            unit = unit.times(Fraction(10)) ?? unit
        }
        return most
    }
}
