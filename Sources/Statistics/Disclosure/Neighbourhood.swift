/// The part of large tables in which a cell can nearly always move: its innermost table, what that is the sum of, and
/// the totals above. Looking no further is what makes large tables possible.
final class Neighbourhood {
    let isInside: UnsafeMutablePointer<Bool>

    /// The innermost table where that is small enough, else only what the cell is a sum of and the totals above.
    static func around(_ cell: Int, _ system: CellSystem) -> Neighbourhood? {
        Neighbourhood(of: cell, system, Step.allCases, atMost: 400)
            ?? Neighbourhood(of: cell, system, [.below, .above], atMost: 800)
    }

    /// Nil where it would be too large to be of use.
    private init?(of cell: Int, _ system: CellSystem, _ steps: [Step], atMost limit: Int) {
        var inside: Set<Int> = [cell]
        for step in steps {
            var next = inside.sorted()
            while let one = next.popLast() {
                for sum in system.sums(of: one) where sum.isPart == (step != .below) {
                    for (found, factor) in zip(sum.equation.cells, sum.equation.factors)
                    where (factor < 0) == (step == .above) && inside.insert(found).inserted { next.append(found) }
                }
                if inside.count > limit { return nil }
            }
        }
        isInside = UnsafeMutablePointer<Bool>.allocate(capacity: system.cells.count)
        isInside.initialize(repeating: false, count: system.cells.count)
        for one in inside { isInside[one] = true }
    }

    private enum Step: CaseIterable {
        /// All that stand in the same sums as parts, what these are sums of, and their totals.
        case beside, below, above
    }

    deinit { isInside.deallocate() }
}

extension CellSystem {
    /// The sums in which a cell stands, and whether as a part.
    func sums(of cell: Int) -> [(equation: CellEquation, isPart: Bool)] {
        (matrix.columnStart[cell]..<matrix.columnStart[cell + 1]).map {
            (equations[matrix.columnRow[$0]], matrix.columnFactor[$0] > 0)
        }
    }
}
