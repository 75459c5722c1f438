import Foundation
import Linkage

/// A waterfall as an SVG picture: from the odds before anything is compared to those at the end, a bar for each field,
/// each beginning where the one before ended. No script; colours for light and dark; signs and words say what colours
/// say.
enum LinkPicture {
    private static let width = 960.0, words = 520.0, row = 48.0, top = 96.0

    private struct Bar {
        let title: String
        let note: String
        let from: Double
        let to: Double
        let told: String
        let style: String
    }

    static func svg(_ told: Explanation) -> String {
        let bars = bars(told)
        let low = min(0, bars.map { min($0.from, $0.to) }.min() ?? 0)
        let high = max(0, bars.map { max($0.from, $0.to) }.max() ?? 0)
        let scale = (width - words - 32) / max(1, high - low)
        func x(_ weight: Double) -> Double { words + 16 + (weight - low) * scale }
        let bottom = top + row * Double(bars.count), height = bottom + 56
        let end = told.isOneCluster ? "They are in one group." : "They are not in one group."
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(whole(width)) \(whole(height))\" role=\"img\""
                + " aria-labelledby=\"title description\">",
            "<title id=\"title\">What each field adds</title>",
            "<desc id=\"description\">\(escaped(summary(told, bars) + " " + end))</desc>", style,
            "<rect class=\"page\" width=\"\(whole(width))\" height=\"\(whole(height))\"/>",
            text(16, 36, "head", "\(short(told.one, 30)) and \(short(told.other, 30))"),
            text(16, 62, "note", "In bits: 1 doubles the odds that they are one person, minus counts against."),
            line(x(0), top - 8, bottom + 8), text(x(0), bottom + 28, "note middle", "even odds"),
        ]
        for (at, bar) in bars.enumerated() {
            let y = top + row * Double(at), left = min(x(bar.from), x(bar.to))
            let length = max(2, abs(x(bar.to) - x(bar.from)))
            lines += [
                text(16, y + 18, "field", short(bar.title, 52)), text(16, y + 37, "note", short(bar.note, 60)),
                text(words, y + 18, "number", bar.told),
                "<rect class=\"\(bar.style)\" x=\"\(tenth(left))\" y=\"\(whole(y + 4))\" width=\"\(tenth(length))\""
                    + " height=\"22\"/>",
            ]
        }
        lines += [text(16, bottom + 44, "note", end), "</svg>", ""]
        return lines.joined(separator: "\n")
    }

    private static func bars(_ told: Explanation) -> [Bar] {
        var bars = [Bar(
            title: "Before anything is compared", note: "", from: 0, to: told.start, told: LinkText.signed(told.start),
            style: "start")]
        var at = told.start
        for step in told.steps {
            let values = [step.one, step.other].map { $0.isEmpty ? "not there" : $0 }
            let note = values[0] == values[1] ? values[0] : values.joined(separator: " | ")
            bars.append(Bar(
                title: "\(step.field): \(step.level)", note: note, from: at, to: at + step.weight,
                told: LinkText.signed(step.weight), style: step.weight < 0 ? "against" : "for"))
            at += step.weight
        }
        bars.append(Bar(
            title: "Together: a chance of \(percent(told.probability))", note: "", from: 0, to: told.weight,
            told: LinkText.signed(told.weight), style: "start"))
        return bars
    }

    /// The picture for who doesn't see it.
    private static func summary(_ told: Explanation, _ bars: [Bar]) -> String {
        bars.map { "\($0.title), \($0.told)." }.joined(separator: " ")
    }

    private static let style = """
        <style>
        .page { fill: #ffffff } text { font-family: sans-serif; font-size: 16px; fill: #0b0c0c }
        .head { font-size: 20px; font-weight: bold } .field { font-weight: bold } .note { fill: #484949 }
        .number { text-anchor: end } .middle { text-anchor: middle } .zero { stroke: #484949; stroke-dasharray: 4 4 }
        .for { fill: #1d70b8 } .against { fill: #b8560b } .start { fill: #6f777b }
        @media (prefers-color-scheme: dark) {
        .page { fill: #12151a } text { fill: #f0f2f4 } .note { fill: #b9c0c7 } .zero { stroke: #b9c0c7 }
        .for { fill: #6cb1f0 } .against { fill: #f0954c } .start { fill: #98a2ab }
        }
        </style>
        """

    private static func text(_ x: Double, _ y: Double, _ style: String, _ words: String) -> String {
        "<text class=\"\(style)\" x=\"\(tenth(x))\" y=\"\(whole(y))\">\(escaped(words))</text>"
    }

    private static func line(_ x: Double, _ from: Double, _ to: Double) -> String {
        "<line class=\"zero\" x1=\"\(tenth(x))\" x2=\"\(tenth(x))\" y1=\"\(whole(from))\" y2=\"\(whole(to))\"/>"
    }

    private static func whole(_ number: Double) -> String { String(Int(number)) }

    private static func tenth(_ number: Double) -> String { String(format: "%.1f", number) }

    private static func short(_ text: String, _ most: Int) -> String {
        text.count > most ? text.prefix(most - 1) + "…" : text
    }

    /// As text of XML: what it can't hold is left out.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default:
                let isText = scalar.value >= 32 && scalar.value != 0xfffe && scalar.value != 0xffff
                out.unicodeScalars.append(isText ? scalar : " ")
            }
        }
        return out
    }
}
