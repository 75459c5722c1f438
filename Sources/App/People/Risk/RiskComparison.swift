/// Two assessments side by side, answer by answer.
///
/// By the same tool: item by item. By different tools: topic by topic, where both ask about it; what only one of them
/// asks stands alone.
struct RiskComparison: Sendable, Equatable {
    struct Line: Sendable, Equatable {
        let prompt: String
        /// Nil: the tool doesn't ask, or no answers were received.
        let before: RiskAnswer?
        let now: RiskAnswer?
        let isCritical: Bool

        var hasChanged: Bool { before != now }
    }

    let lines: [Line]

    init(_ before: RiskAssessment, _ now: RiskAssessment) {
        let isSame = before.instrument.code == now.instrument.code
            && before.instrument.version == now.instrument.version
        var used: Set<Int> = []
        var lines = now.instrument.items.map { item -> Line in
            let other = before.instrument.items.first {
                isSame ? $0.number == item.number : $0.topic == item.topic && !used.contains($0.number)
            }
            if let other { used.insert(other.number) }
            return Line(
                prompt: item.prompt, before: other.flatMap { before.answer($0.number) }, now: now.answer(item.number),
                isCritical: item.topic.isCritical)
        }
        lines += before.instrument.items.filter { !used.contains($0.number) }.map { item in
            Line(
                prompt: item.prompt, before: before.answer(item.number), now: nil, isCritical: item.topic.isCritical)
        }
        self.lines = lines.filter { $0.before != nil || $0.now != nil }
    }

    /// The lines whose answers differ, critical ones first.
    var changed: [Line] {
        let changed = lines.filter(\.hasChanged)
        return changed.filter(\.isCritical) + changed.filter { !$0.isCritical }
    }
}

extension RiskAssessment {
    /// The answer to an item; nil where no answers came with the assessment.
    func answer(_ number: Int) -> RiskAnswer? { answers.isEmpty ? nil : answers[number] ?? .notAsked }
}
