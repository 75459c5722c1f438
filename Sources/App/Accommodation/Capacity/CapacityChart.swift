import Pages
import Statistics

/// The share turned away by the number of spaces, with the spaces of today, those of the target, and the target marked.
/// The table beside it says the same.
struct CapacityChart {
    let demand: AccommodationDemand
    let today: Int
    let needed: Int?
    let target: Double

    private static let (left, top, width, height) = (36.0, 10.0, 276.0, 130.0)

    /// The last number of spaces that is drawn.
    var last: Int { max(10, (max(today, needed ?? today) * 5 + 3) / 4) }

    private func x(_ spaces: Int) -> Double { Self.left + Self.width * Double(spaces) / Double(last) }
    private func y(_ share: Double) -> Double { Self.top + Self.height * (1 - share) }

    func html(_ finding: String) -> HTML {
        let curve = ErlangB.curve(load: demand.load, upTo: last)
        let step = max(1, last / 90)
        let points = stride(from: 0, through: last, by: step).map { "\(Self.at(x($0))),\(Self.at(y(curve[$0])))" }
        let marks = [mark(today, curve, "today", "#801650"), needed.flatMap { mark($0, curve, "target", "#28A197") }]
        return """
            <figure class="govuk-!-margin-0 govuk-!-margin-bottom-6">
            <figcaption class="govuk-body">\(finding)</figcaption>
            <svg class="drystone-picture" viewBox="0 0 330 190" width="660" height="380" role="img" \
            aria-labelledby="capacity-title capacity-words" xmlns="http://www.w3.org/2000/svg">\
            <title id="capacity-title">Share turned away by the number of spaces</title>\
            <desc id="capacity-words">\(finding) The table below has the numbers.</desc>\
            \(axis)<polyline fill="none" stroke="#12436D" stroke-width="2" points="\(points.joined(separator: " "))"/>\
            \(marks.compactMap(\.self))</svg></figure>
            """
    }

    /// Lines at a quarter each and at the target, and the numbers of spaces below.
    private var axis: HTML {
        let shares = [0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
            """
            <line x1="\(Self.at(Self.left))" x2="\(Self.at(Self.left + Self.width))" y1="\(Self.at(y(share)))" \
            y2="\(Self.at(y(share)))" stroke="#b1b4b6" stroke-width="0.5"/>\
            <text x="\(Self.at(Self.left - 4))" y="\(Self.at(y(share) + 3))" font-size="9" text-anchor="end" \
            fill="currentColor">\(Int(share * 100))%</text>
            """
        }
        let aim: HTML = """
            <line x1="\(Self.at(Self.left))" x2="\(Self.at(Self.left + Self.width))" y1="\(Self.at(y(target)))" \
            y2="\(Self.at(y(target)))" stroke="#28A197" stroke-dasharray="4 3"/>
            """
        let numbers = [0, last / 2, last].map { spaces -> HTML in
            """
            <text x="\(Self.at(x(spaces)))" y="\(Self.at(Self.top + Self.height + 12))" font-size="9" \
            text-anchor="middle" fill="currentColor">\(spaces)</text>
            """
        }
        return """
            \(shares)\(aim)\(numbers)<text x="174" y="184" font-size="9" text-anchor="middle" fill="currentColor">\
            Spaces</text>
            """
    }

    private func mark(_ spaces: Int, _ curve: [Double], _ word: String, _ colour: String) -> HTML? {
        guard curve.indices.contains(spaces) else { return nil }
        let (px, py) = (x(spaces), y(curve[spaces]))
        // Near the right edge the words stand to the left of their mark.
        let isLate = px > Self.left + Self.width * 0.85
        return """
            <line x1="\(Self.at(px))" x2="\(Self.at(px))" y1="\(Self.at(py))" y2="\(Self.at(Self.top + Self.height))" \
            stroke="\(colour)"/><circle cx="\(Self.at(px))" cy="\(Self.at(py))" r="3.5" fill="\(colour)"/>\
            <text x="\(Self.at(px + (isLate ? -5 : 5)))" y="\(Self.at(max(py - (isLate ? 14 : 6), 12)))" \
            font-size="10" text-anchor="\(isLate ? "end" : "start")" fill="currentColor">\(spaces), \(word)</text>
            """
    }

    /// A place in the picture, to a tenth.
    private static func at(_ place: Double) -> String {
        let tenths = Int((place * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
