import Pages
import Statistics

/// The share turned away by the number of spaces, with the spaces of today, those of the target, those of 1 per 10,000
/// people, and the target marked.
/// The table beside it says the same.
struct CapacityChart {
    let demand: AccommodationDemand
    let today: Int
    let needed: Int?
    /// One space for each 10,000 people.
    let perTenThousand: Int?
    let target: Double

    /// Room above the curve for three marks' words, each higher than those to its right.
    private static let (left, top, width, height) = (36.0, 42.0, 250.0, 130.0)

    /// A number of spaces that stands out.
    struct Mark {
        let spaces: Int
        let word: String
        let colour: String
    }

    /// By their spaces. What lies far beyond the others is left out: it would squeeze them.
    var marks: [Mark] {
        let least = max(today, needed ?? today, 10)
        let all = [
            Mark(spaces: today, word: "today", colour: "#801650"),
            needed.map { Mark(spaces: $0, word: "target", colour: "#28A197") },
            perTenThousand.flatMap {
                $0 > least * 4 ? nil : Mark(spaces: $0, word: "1 per 10,000", colour: "#F46A25")
            },
        ]
        return all.compactMap(\.self).sorted { $0.spaces < $1.spaces }
    }

    /// The last number of spaces that is drawn.
    var last: Int { max(10, ((marks.last?.spaces ?? 0) * 4 + 2) / 3) }

    private func x(_ spaces: Int) -> Double { Self.left + Self.width * Double(spaces) / Double(last) }
    private func y(_ share: Double) -> Double { Self.top + Self.height * (1 - share) }

    func html(_ finding: String) -> HTML {
        let curve = ErlangB.curve(load: demand.load, upTo: last)
        let step = max(1, last / 90)
        let points = stride(from: 0, through: last, by: step).map { "\(Self.at(x($0))),\(Self.at(y(curve[$0])))" }
        return """
            <figure class="govuk-!-margin-0 govuk-!-margin-bottom-6">
            <figcaption class="govuk-body">\(finding)</figcaption>
            <svg class="drystone-picture" viewBox="0 0 330 222" width="660" height="444" role="img" \
            aria-labelledby="capacity-title capacity-words" xmlns="http://www.w3.org/2000/svg">\
            <title id="capacity-title">Share turned away by the number of spaces</title>\
            <desc id="capacity-words">\(finding) The table below has the numbers.</desc>\
            \(axis)<polyline fill="none" stroke="#12436D" stroke-width="2" points="\(points.joined(separator: " "))"/>\
            \(drawn(marks, curve))</svg></figure>
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
            \(shares)\(aim)\(numbers)<text x="161" y="216" font-size="9" text-anchor="middle" fill="currentColor">\
            Spaces</text>
            """
    }

    /// From right to left, so that each one's words stand above those of the next.
    private func drawn(_ marks: [Mark], _ curve: [Double]) -> HTML {
        var above = Double.infinity
        let parts = marks.reversed().map { mark -> HTML in
            let (px, py) = (x(mark.spaces), y(curve[mark.spaces]))
            above = min(py - 6, above - 13)
            return """
                <line x1="\(Self.at(px))" x2="\(Self.at(px))" y1="\(Self.at(above))" \
                y2="\(Self.at(Self.top + Self.height))" stroke="\(mark.colour)"/>\
                <circle cx="\(Self.at(px))" cy="\(Self.at(py))" r="3.5" fill="\(mark.colour)"/>\
                <text x="\(Self.at(px + 5))" y="\(Self.at(above))" font-size="10" text-anchor="start" \
                fill="currentColor">\(mark.spaces), \(mark.word)</text>
                """
        }
        return HTML.joined(parts)
    }

    /// A place in the picture, to a tenth.
    private static func at(_ place: Double) -> String {
        let tenths = Int((place * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
