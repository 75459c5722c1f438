/// What a reader must not be able to work out of a cell.
struct ProtectionNeed: Sendable {
    let cell: Int
    /// The largest count that fits is at least so much above the true one,
    let rise: Int
    /// and the smallest that fits at least so much below the largest.
    let width: Int
    /// For somebody who knows this cell because it is himself.
    var insider: Int?
    /// Nothing is asked where the count is seen to be at least so large.
    var unlessReaches: Int?

    /// The ways to meet it, as steps up and down, the plainest first. `depth` is how far the cell can fall at all.
    func ways(depth: Int) -> [(up: Int, down: Int)] {
        let most = max(rise, width), least = max(rise, width - depth, 0)
        let middle = (most + least) / 2
        var ways = [(most, 0)]
        if middle != most, middle != least { ways.append((middle, max(0, width - middle))) }
        if least != most { ways.append((least, max(0, width - least))) }
        return ways
    }
}

/// Why a cell is hidden. For analysts only: in what is published the reason would say which cell is small.
public enum HiddenReason: Sendable, Equatable {
    /// A small count.
    case small
    /// A single provider or place, whatever the count.
    case single
    /// An earlier release hid it.
    case hiddenEarlier
    /// Without it these cells could be worked out.
    case protects([String])
}

extension CellSystem {
    /// The range in which a reader knows the number of a cell, from its true count.
    func range(_ cell: Int, isHidden: Bool, _ rule: DisclosureRule) -> ClosedRange<Double> {
        let one = cells[cell]
        guard isHidden else {
            if one.standing == .shown { return 0...0 }
            let shown = rule.shownRange(one.count, isTotal: one.isTotal, threshold: one.threshold)
            return Double(shown.lowerBound - one.count)...Double(shown.upperBound - one.count)
        }
        // Zeros are printed, so what is hidden isn't zero.
        let floor = rule.hidesZeros ? 0 : min(1, one.count)
        return Double(floor - one.count)...(.infinity)
    }

    /// What may be hidden at all.
    func mayHide(_ cell: Int, _ rule: DisclosureRule) -> Bool {
        cells[cell].standing != .shown && (cells[cell].count > 0 || rule.hidesZeros)
    }

    /// Cells that are hidden for their own sake.
    func isPrimary(_ cell: Int, _ rule: DisclosureRule) -> Bool {
        mayHide(cell, rule) && (cells[cell].isSmall(rule) || cells[cell].isSingle)
    }

    /// What every cell needs, in the order of cells.
    func needs(_ rule: DisclosureRule) -> [ProtectionNeed] {
        var needs: [ProtectionNeed] = []
        for cell in cells.indices where isPrimary(cell, rule) || cells[cell].isGuess {
            let one = cells[cell]
            var need = ProtectionNeed(
                cell: cell, rise: max(0, one.threshold - one.count), width: max(one.threshold - 1, rule.leastWidth))
            if one.isGuess { need.unlessReaches = one.threshold }
            needs.append(need)
        }
        guard rule.withstandsInsiders else { return needs }
        let alone = cells.indices.filter { mayHide($0, rule) && cells[$0].count == 1 }
        for insider in alone {
            for cell in cells.indices where cell != insider && isPrimary(cell, rule) && cells[cell].count > 0 {
                needs.append(ProtectionNeed(cell: cell, rise: 0, width: 1, insider: insider))
            }
        }
        return needs
    }
}
