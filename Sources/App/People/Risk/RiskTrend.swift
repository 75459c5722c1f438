import Foundation
import Pages

/// The grades of a person over time as a small picture, with the same in a table behind it.
///
/// It shows grades and not scores: scores of different tools can't be compared. Only assessments that had effect.
struct RiskTrend: Sendable {
    /// Oldest first, twelve at most.
    let points: [RiskAssessment]

    /// `risks` newest first, as they are read.
    init(_ risks: [RiskAssessment]) {
        points = risks.filter(\.hasEffect).prefix(12).reversed()
    }

    /// What the picture shows, in a sentence.
    var finding: String {
        guard let last = points.last else { return "No assessment yet." }
        let run = points.reversed().prefix { $0.level == last.level }
        let since = London.day(of: run.last?.assessedAt ?? last.assessedAt)
        guard points.count > run.count, let before = points.dropLast(run.count).last else {
            return "\(last.level.label) since \(since)."
        }
        return "\(last.level.label) since \(since), \(before.level.label.lowercased()) before."
    }

    private static let (width, height, left, right) = (320, 120, 70, 300)

    private func x(_ index: Int) -> Int {
        points.count < 2 ? (Self.left + Self.right) / 2
            : Self.left + 10 + index * (Self.right - Self.left - 10) / (points.count - 1)
    }

    private static func y(_ level: RiskLevel) -> Int {
        switch level {
        case .high: 20
        case .medium: 55
        case .standard, .notAssessed: 90
        }
    }

    /// Nothing to draw for a single assessment.
    var picture: HTML {
        if points.count < 2 { return .empty }
        let rows = points.map { risk -> [HTML] in
            ["\(London.short(risk.assessedAt))", "\(risk.level.label)", "\(risk.instrument.code.label)",
             "\(risk.score?.words ?? "None given")"]
        }
        return """
            <figure class="govuk-!-margin-0"><figcaption class="govuk-body">\(finding)</figcaption>\(drawing)</figure>
            \(GovUK.details("The picture as a table", GovUK.table(
                caption: "Grades that had effect", captionHidden: true, columns: ["When", "Grade", "Tool", "Score"],
                rows: rows)))
            """
    }

    /// A step for each grade: it holds until the next one.
    private var drawing: HTML {
        var path = ""
        for (index, risk) in points.enumerated() {
            let y = Self.y(risk.level)
            path += index == 0 ? "M\(x(0)) \(y)" : "H\(x(index))V\(y)"
        }
        let guides = RiskLevel.grades.map { level -> HTML in
            """
            <line x1="\(Self.left)" x2="\(Self.right + 10)" y1="\(Self.y(level))" y2="\(Self.y(level))" \
            stroke="#b1b4b6" stroke-width="1"/>\
            <text x="0" y="\(Self.y(level) + 5)" font-size="14" fill="currentColor">\(level.label)</text>
            """
        }
        let dots = points.enumerated().map { index, risk -> HTML in
            "<circle cx=\"\(x(index))\" cy=\"\(Self.y(risk.level))\" r=\"5\" fill=\"#12436D\"/>"
        }
        return """
            <svg class="drystone-picture" role="img" aria-labelledby="trend-title trend-desc" \
            viewBox="0 0 \(Self.width) \(Self.height)" width="\(Self.width)" height="\(Self.height)" focusable="false">\
            <title id="trend-title">Grades over time</title>\
            <desc id="trend-desc">\(finding) \(points.count) assessments, oldest at the left.</desc>\
            \(guides)<path d="\(path)" fill="none" stroke="#12436D" stroke-width="3"/>\(dots)</svg>
            """
    }
}
