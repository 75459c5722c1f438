/// What a reader can work out of a hidden cell.
public struct HiddenInterval: Sendable, Equatable {
    public let low: Int
    /// Nil where nothing bounds it.
    public let high: Int?

    public var isExact: Bool { low == high }
}

extension Protector {
    /// The smallest and the largest whole number that fits in a cell with everything that is shown. Nil where the
    /// solver gave no answer, and so nothing may be taken for safe.
    func interval(of cell: Int) -> HiddenInterval? {
        let count = system.cells[cell].count, depth = depth(of: cell)
        guard let fall = furthest(cell, depth, direction: -1), let rise = furthest(cell, beyond, direction: 1) else {
            return nil
        }
        return HiddenInterval(low: count - fall, high: rise >= beyond ? nil : count + rise)
    }

    /// How far a cell can go, at most `limit`: what is said to block it is tried again at the point where it blocks.
    private func furthest(_ cell: Int, _ limit: Int, direction: Int) -> Int? {
        var amount = limit, isAgain = false
        while amount > 0 {
            let step = Double(direction * amount)
            var answer = isAgain
                ? solver.again(moving: cell, by: step, known) : solver.solve(moving: cell, by: step, known)
            if case .unanswered = answer, isAgain { answer = solver.solve(moving: cell, by: step, known) }
            isAgain = true
            switch answer {
            case .moved: return amount
            case .blocked(let reached):
                let next = Int((reached * Double(direction) + 1e-5).rounded(.down))
                amount = max(0, min(amount - 1, next))
            case .unanswered: return nil
            }
        }
        return 0
    }
}
