/// A cell and by how much it moves.
struct CellMove {
    let cell: Int
    let amount: Double
}

/// What came of a question.
enum CirculationAnswer {
    /// The cells that move, such that every equation still holds, at the lowest cost.
    case moved([CellMove])
    /// It can't move as far; at most by so much (which may still be too much).
    case blocked(Double)
    /// The equations contradict each other, or the work was cut off: nothing may be concluded.
    case unanswered
}

/// The cheapest way in which one cell of a system of sums can move by so much while all sums still hold.
///
/// The dual simplex method on bounded variables whose cost has a kink at zero. It starts where nothing moves, which is
/// the best of all answers but for the one cell, and repairs one broken sum after another; so it looks only at the
/// neighbourhood of the cell, however large the tables are. Ties are broken by the number of a cell: the same question
/// has the same answer, always. What it says is never taken on trust: `Witness` checks it in whole numbers.
final class CirculationSolver {
    let matrix: SparseMatrix
    /// Numbers touched so far, a measure of work that doesn't depend on the machine.
    /// The whole of it is some nanoseconds each.
    @exclusivity(unchecked) private(set) var work = 0

    /// Only these cells may move, if it is set: a part of large tables.
    @exclusivity(unchecked) var neighbourhood: Neighbourhood?

    private let rows: Int
    private let basis: UnsafeMutablePointer<Int>
    private let value: UnsafeMutablePointer<Double>
    private let low: UnsafeMutablePointer<Double>
    private let high: UnsafeMutablePointer<Double>
    private let row: UnsafeMutablePointer<Double>
    private let column: UnsafeMutablePointer<Double>
    /// Where a cell stands: -1 lower bound, 0 unmoved, 1 upper bound, 2 in the basis.
    private let place: UnsafeMutablePointer<Int8>
    private let price: UnsafeMutablePointer<Double>
    private let alpha: UnsafeMutablePointer<Double>
    private let isTouched: UnsafeMutablePointer<Bool>
    private let touched: UnsafeMutablePointer<Int>
    @exclusivity(unchecked) private var touchedCount = 0
    /// Of the last question.
    @exclusivity(unchecked) private var amount = 0.0
    private let factors: EtaFile

    /// Of values, which grow with the amount that is asked for.
    private var slack: Double { max(1e-7, abs(amount) * 1e-12) }
    private static let tolerance = 1e-7

    init(_ matrix: SparseMatrix) {
        self.matrix = matrix
        rows = matrix.rows
        func make<Value>(_ count: Int, _ value: Value) -> UnsafeMutablePointer<Value> {
            let pointer = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
            pointer.initialize(repeating: value, count: max(count, 1))
            return pointer
        }
        basis = make(rows, -1)
        value = make(rows, 0)
        low = make(rows, 0)
        high = make(rows, 0)
        row = make(rows, 0)
        column = make(rows, 0)
        place = make(matrix.columns, 0)
        price = make(matrix.columns, 0)
        alpha = make(matrix.columns, 0)
        isTouched = make(matrix.columns, false)
        touched = make(matrix.columns, 0)
        factors = EtaFile(rows: rows)
    }

    deinit {
        basis.deallocate()
        for numbers in [value, low, high, row, column, price, alpha] { numbers.deallocate() }
        place.deallocate()
        isTouched.deallocate()
        touched.deallocate()
    }

    /// Moves `cell` by `amount` at the lowest cost. `gaps` is by how much each equation is broken beforehand.
    func solve(
        moving cell: Int?, by amount: Double, _ bounds: CellBounds, gaps: [Double]? = nil
    ) -> CirculationAnswer {
        start(cell, amount, gaps)
        return run(cell, bounds)
    }

    /// The same question as the last with another amount, from where the last one ended. Only amounts and nothing else
    /// may have changed.
    func again(moving cell: Int, by amount: Double, _ bounds: CellBounds) -> CirculationAnswer {
        load(cell)
        let step = amount - self.amount
        for index in 0..<rows where column[index] != 0 { value[index] -= step * column[index] }
        self.amount = amount
        return run(cell, bounds)
    }

    private func run(_ cell: Int?, _ bounds: CellBounds) -> CirculationAnswer {
        let most = 200 + 4 * matrix.rows
        for _ in 0..<most {
            work += rows
            guard let leaving = widest() else { return .moved(moves(cell, bounds)) }
            let falls = value[leaving] > high[leaving]
            combine(leaving)
            work += touchedCount + factors.size
            let choice = enter(leaving, falls: falls, bounds, except: cell)
            switch choice {
            case .none:
                guard let cell, abs(alpha[cell]) > Self.tolerance else { return .unanswered }
                let limit = falls ? high[leaving] : low[leaving]
                return .blocked(amount + (value[leaving] - limit) / alpha[cell])
            case .turns(let ratio):
                shift(falls ? ratio : -ratio, bounds)
                turn(leaving, falls: falls, bounds)
            case .enters(let entering, let ratio):
                shift(falls ? ratio : -ratio, bounds)
                exchange(leaving, entering, falls: falls, ratio, bounds)
            }
        }
        return .unanswered
    }

    private func start(_ cell: Int?, _ amount: Double, _ gaps: [Double]?) {
        basis.update(repeating: -1, count: rows)
        value.update(repeating: 0, count: rows)
        low.update(repeating: 0, count: rows)
        high.update(repeating: 0, count: rows)
        place.update(repeating: 0, count: matrix.columns)
        price.update(repeating: 0, count: matrix.columns)
        factors.clear()
        self.amount = amount
        if let gaps { for row in 0..<rows { value[row] = -gaps[row] } }
        guard let cell else { return }
        for entry in matrix.columnStart[cell]..<matrix.columnStart[cell + 1] {
            value[matrix.columnRow[entry]] -= matrix.columnFactor[entry] * amount
        }
    }

    /// The row whose variable is furthest outside its range.
    private func widest() -> Int? {
        var best = slack, found = -1
        for row in 0..<rows {
            let distance = max(value[row] - high[row], low[row] - value[row])
            if distance > best { (best, found) = (distance, row) }
        }
        return found < 0 ? nil : found
    }

    /// The row of the tableau: what every cell adds to the leaving variable.
    private func combine(_ leaving: Int) {
        for index in 0..<touchedCount {
            alpha[touched[index]] = 0
            isTouched[touched[index]] = false
        }
        touchedCount = 0
        row.update(repeating: 0, count: rows)
        row[leaving] = 1
        factors.backward(row)
        matrix.rowStart.withUnsafeBufferPointer { starts in
            matrix.rowColumn.withUnsafeBufferPointer { columns in
                matrix.rowFactor.withUnsafeBufferPointer { add(starts, columns, $0) }
            }
        }
    }

    private func add(
        _ starts: UnsafeBufferPointer<Int>, _ columns: UnsafeBufferPointer<Int>, _ values: UnsafeBufferPointer<Double>
    ) {
        for index in 0..<rows where abs(row[index]) > 1e-11 {
            let times = row[index]
            for entry in starts[index]..<starts[index + 1] {
                let cell = columns[entry]
                if !isTouched[cell] {
                    isTouched[cell] = true
                    touched[touchedCount] = cell
                    touchedCount += 1
                }
                alpha[cell] += times * values[entry]
            }
        }
    }

    private enum Choice {
        case none, turns(Double), enters(Int, Double)
    }

    /// The cell that repairs the row at the lowest price; or the row's own cell passes through zero.
    private func enter(
        _ leaving: Int, falls: Bool, _ bounds: CellBounds, except fixed: Int?
    ) -> Choice {
        var best = Double.infinity, size = 0.0, found: Int?
        let fixed = fixed ?? -1, open = neighbourhood?.isInside
        for index in 0..<touchedCount {
            let cell = touched[index]
            if place[cell] == 2 || cell == fixed { continue }
            if let open, !open[cell] { continue }
            let factor = falls ? alpha[cell] : -alpha[cell]
            guard abs(factor) > Self.tolerance, let cost = cost(of: cell, rising: factor > 0, bounds) else { continue }
            let ratio = cost / abs(factor)
            let isTie = abs(ratio - best) <= 1e-12
            if ratio < best - 1e-12
                || isTie && (abs(factor) > size + 1e-9 || abs(factor) > size - 1e-9 && cell < (found ?? .max)) {
                (best, size, found) = (min(ratio, best), abs(factor), cell)
            }
        }
        let own = basis[leaving]
        if own >= 0, falls ? high[leaving] == 0 && bounds.upper[own] > 0 : low[leaving] == 0 && bounds.lower[own] < 0,
            2 * bounds.cost[own] <= best {
            return .turns(2 * bounds.cost[own])
        }
        return found.map { .enters($0, max(best, 0)) } ?? .none
    }

    /// What a step of an unmoved cell costs beyond what it saves elsewhere; nil where it can't step that way.
    private func cost(of cell: Int, rising: Bool, _ bounds: CellBounds) -> Double? {
        switch (place[cell], rising) {
        case (0, true): bounds.upper[cell] > 0 ? max(0, bounds.cost[cell] - price[cell]) : nil
        case (0, false): bounds.lower[cell] < 0 ? max(0, bounds.cost[cell] + price[cell]) : nil
        case (1, false): max(0, price[cell] - bounds.cost[cell])
        case (-1, true): max(0, -bounds.cost[cell] - price[cell])
        default: nil
        }
    }

    private func shift(_ step: Double, _ bounds: CellBounds) {
        guard step != 0 else { return }
        for index in 0..<touchedCount { price[touched[index]] += step * alpha[touched[index]] }
    }

    /// The row's own cell goes on beyond zero, where it costs to move the other way.
    private func turn(_ leaving: Int, falls: Bool, _ bounds: CellBounds) {
        let own = basis[leaving]
        low[leaving] = falls ? 0 : bounds.lower[own]
        high[leaving] = falls ? bounds.upper[own] : 0
    }

    private func exchange(
        _ leaving: Int, _ entering: Int, falls: Bool, _ ratio: Double, _ bounds: CellBounds
    ) {
        load(entering)
        let limit = falls ? high[leaving] : low[leaving]
        let step = (value[leaving] - limit) / column[leaving]
        let own = basis[leaving]
        if own >= 0 {
            let slope = high[leaving] > 0 ? bounds.cost[own] : -bounds.cost[own]
            price[own] = slope + (falls ? ratio : -ratio)
            place[own] = limit == 0 ? 0 : limit > 0 ? 1 : -1
        }
        let start = place[entering] == 0 ? 0 : place[entering] == 1 ? bounds.upper[entering] : bounds.lower[entering]
        let goesUp = place[entering] == 1 || place[entering] == 0 && step > 0
        for index in 0..<rows where column[index] != 0 { value[index] -= step * column[index] }
        value[leaving] = start + step
        low[leaving] = goesUp ? 0 : bounds.lower[entering]
        high[leaving] = goesUp ? bounds.upper[entering] : 0
        basis[leaving] = entering
        place[entering] = 2
        factors.append(column, at: leaving)
    }

    /// The column of a cell as it stands in the present basis.
    private func load(_ cell: Int) {
        column.update(repeating: 0, count: rows)
        for entry in matrix.columnStart[cell]..<matrix.columnStart[cell + 1] {
            column[matrix.columnRow[entry]] = matrix.columnFactor[entry]
        }
        factors.forward(column)
    }

    private func moves(_ cell: Int?, _ bounds: CellBounds) -> [CellMove] {
        var moves: [CellMove] = []
        if let cell { moves.append(CellMove(cell: cell, amount: amount)) }
        for cell in 0..<matrix.columns where abs(place[cell]) == 1 {
            moves.append(CellMove(cell: cell, amount: place[cell] == 1 ? bounds.upper[cell] : bounds.lower[cell]))
        }
        for row in 0..<matrix.rows where basis[row] >= 0 && abs(value[row]) > Self.tolerance {
            moves.append(CellMove(cell: basis[row], amount: value[row]))
        }
        return moves
    }
}
