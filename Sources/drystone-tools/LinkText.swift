import Foundation
import Linkage

/// The answer for a reader.
enum LinkText {
    static func lines(_ linkage: Linkage, seconds: Double) -> [String] {
        let people = linkage.headCount
        var lines = [
            "Records     \(linkage.count)",
            "People      \(people.people), between \(people.low) and \(people.high)",
            "Groups      \(people.groups) as put together, above what the count corrects for",
        ]
        if linkage.rejectedCount > 0 { lines.append("Not used    \(linkage.rejectedCount) rows") }
        if linkage.usedDecisions > 0 { lines.append("Decided     \(linkage.usedDecisions) pairs, by a person") }
        lines += ["", "People by records"]
        let sizes = linkage.clustersBySize
        for size in sizes.keys.sorted().prefix(9) {
            lines.append("  " + "\(size)".leading(8) + "\(sizes[size] ?? 0)".leading(12))
        }
        let more = sizes.filter { size in sizes.keys.sorted().dropFirst(9).contains(size.key) }
        if !more.isEmpty { lines.append("  " + "more".leading(8) + "\(more.values.reduce(0, +))".leading(12)) }
        if linkage.overlap.contains(where: { $0.sources.count > 1 }) {
            lines += ["", "People by who knows them"]
            for one in linkage.overlap.prefix(12) {
                lines.append("\(one.people)".leading(10) + "  " + one.sources.joined(separator: " and "))
            }
            if linkage.overlap.count > 12 { lines.append("            and \(linkage.overlap.count - 12) more: --json") }
        }
        lines += [
            "", "What agreement is worth, in bits (1 doubles the odds, 10 is a thousand times)",
        ]
        for field in linkage.learntFields {
            let told = field.levels.filter { $0.m > 0.001 || $0.level == "the same" }.map {
                "\($0.level) \(signed($0.weight))"
            }
            lines.append("  " + field.column.padded(14) + told.joined(separator: "; "))
        }
        lines += [
            "",
            "\(linkage.pairCount) pairs compared in \(plain((seconds * 10).rounded() / 10)) seconds, "
                + "\(Int(LinkDocument.peakMemory())) MB at most",
        ]
        return lines
    }

    /// A waterfall: what each field adds, as a bar.
    static func lines(_ told: Explanation) -> [String] {
        func cut(_ text: String) -> String { text.count > 18 ? text.prefix(17) + "…" : text }
        var lines = [
            "\(told.one) and \(told.other)", "",
            "  " + "before anything is compared".padded(76) + signed(told.start).leading(8),
        ]
        for step in told.steps {
            let bar = String(repeating: step.weight < 0 ? "-" : "+", count: min(20, Int(abs(step.weight).rounded())))
            lines.append(
                "  " + step.field.padded(14) + cut(step.one).padded(20) + cut(step.other).padded(20)
                    + cut(step.level).padded(22) + signed(step.weight).leading(8) + "  " + bar)
        }
        lines += [
            "  " + "together".padded(76) + signed(told.weight).leading(8)
                + "  a chance of \(percent(told.probability))",
            "", told.isOneCluster ? "They are in one group." : "They are not in one group.",
        ]
        return lines
    }

    static func signed(_ number: Double) -> String { String(format: "%+.1f", number) }
}
