/// Other counts that a reader can't tell from the true ones: by how much each cell would differ, in whole numbers over
/// a common `scale`. Checked in whole numbers, so no rounding of the solver can pass for protection.
struct Witness: Sendable {
    let cells: [Int]
    let amounts: [Int]
    let scale: Int

    /// Nil where the moves don't hold every equation exactly.
    init?(_ moves: [CellMove], _ system: CellSystem) {
        for scale in [1, 2, 3, 4, 5, 6, 8, 10, 12] {
            let scaled = moves.map { $0.amount * Double(scale) }
            guard scaled.allSatisfy({ abs($0) < 1e12 && abs($0 - $0.rounded()) < 1e-4 }) else { continue }
            let whole = zip(moves, scaled).map { ($0.cell, Int($1.rounded())) }.filter { $0.1 != 0 }
                .sorted { $0.0 < $1.0 }
            let witness = Witness(cells: whole.map(\.0), amounts: whole.map(\.1), scale: scale)
            if witness.holds(system.matrix) {
                self = witness
                return
            }
        }
        return nil
    }

    private init(cells: [Int], amounts: [Int], scale: Int) {
        self.cells = cells
        self.amounts = amounts
        self.scale = scale
    }

    /// By how much `cell` differs, in whole numbers.
    func amount(of cell: Int) -> Int {
        cells.firstIndex(of: cell).map { amounts[$0] / scale } ?? 0
    }

    /// Every equation holds as before.
    private func holds(_ matrix: SparseMatrix) -> Bool {
        var sums: [Int: Int] = [:]
        for (cell, amount) in zip(cells, amounts) {
            for entry in matrix.columnStart[cell]..<matrix.columnStart[cell + 1] {
                sums[matrix.columnRow[entry], default: 0] += Int(matrix.columnFactor[entry]) * amount
            }
        }
        return sums.values.allSatisfy { $0 == 0 }
    }

    /// Every cell stays where a reader can't tell.
    func isWithin(_ range: (Int) -> ClosedRange<Double>) -> Bool {
        zip(cells, amounts).allSatisfy { cell, amount in
            let bounds = range(cell)
            return Double(amount) >= bounds.lowerBound * Double(scale)
                && Double(amount) <= bounds.upperBound * Double(scale)
        }
    }
}
