/// A cost whose parts are compared one after another, packed into two wide numbers: exact, and as fast as numbers are.
struct Cost: Comparable {
    var high: Int128
    var low: Int128

    static let zero = Cost(high: 0, low: 0)

    static func + (one: Cost, other: Cost) -> Cost { Cost(high: one.high &+ other.high, low: one.low &+ other.low) }
    static func - (one: Cost, other: Cost) -> Cost { Cost(high: one.high &- other.high, low: one.low &- other.low) }
    static func < (one: Cost, other: Cost) -> Bool {
        one.high != other.high ? one.high < other.high : one.low < other.low
    }
}

/// Where each part of a cost stands in the packed numbers: wide enough for the sum over all households, and with room
/// for the sums along a path, so that nothing overflows into the part above.
struct CostPlaces {
    private var places: [(isHigh: Bool, factor: Int128)]

    /// `largest` is the largest value of each part, the most important first; none is negative.
    init(largest: [Int], households: Int) {
        let room = Int128.max / Int128(8 * (households + 1))
        var isHigh = false
        var width: Int128 = 1
        places = largest.map { _ in (false, 0) }
        for part in largest.indices.reversed() {
            let values = Int128(largest[part]) * Int128(households) + 1
            if width > room / values {
                precondition(!isHigh, "more than two words of costs")
                isHigh = true
                width = 1
            }
            places[part] = (isHigh, width)
            width *= values
        }
    }

    func cost(_ parts: SIMD16<Int32>) -> Cost {
        var cost = Cost.zero
        for (part, place) in places.enumerated() where parts[part] != 0 {
            let value = Int128(parts[part]) * place.factor
            if place.isHigh { cost.high += value } else { cost.low += value }
        }
        return cost
    }
}

/// A minimum-cost assignment of rows to columns in which a row may stay without: shortest augmenting paths with prices
/// (Jonker and Volgenant 1987), over the pairs that there are. Equal costs are decided by the lower column.
struct Assignment {
    private let edges: [[(column: Int, cost: Cost)]]
    private let unhoused: [Cost]
    private var rowPrices: [Cost]
    private var columnPrices: [Cost]
    private var columnOf: [Int?]
    private var rowOf: [Int?]
    // One search: how far each column is, from which row it was reached, which are reached and which are settled.
    private var distance: [Cost]
    private var origin: [Int]
    private var isReached: [Bool]
    private var isSettled: [Bool]
    private var reached: [Int] = []

    /// Costs are not negative. `unhoused` is what it costs to leave a row without.
    init(columns: Int, edges: [[(column: Int, cost: Cost)]], unhoused: [Cost]) {
        self.edges = edges
        self.unhoused = unhoused
        rowPrices = edges.map { _ in .zero }
        columnPrices = Array(repeating: .zero, count: columns)
        columnOf = edges.map { _ in nil }
        rowOf = Array(repeating: nil, count: columns)
        distance = columnPrices
        origin = Array(repeating: 0, count: columns)
        isReached = Array(repeating: false, count: columns)
        isSettled = isReached
    }

    /// The column of each row, or none.
    mutating func solve() -> [Int?] {
        for row in edges.indices { assign(row) }
        return columnOf
    }

    /// Finds the cheapest way to give `start` a column or to leave one row of those in its way without.
    private mutating func assign(_ start: Int) {
        for column in reached { (isReached[column], isSettled[column]) = (false, false) }
        reached.removeAll(keepingCapacity: true)
        var settled: [Int] = []
        var row = start, walked = Cost.zero
        var leaving = start, leavingCost = unhoused[start] - rowPrices[start]
        while true {
            reach(from: row, walked)
            let without = walked + unhoused[row] - rowPrices[row]
            if without < leavingCost { (leaving, leavingCost) = (row, without) }
            guard let column = nearest(), !(leavingCost < distance[column]) else {
                reprice(start, settled, leavingCost)
                let freed = columnOf[leaving]
                columnOf[leaving] = nil
                return pass(freed, to: start)
            }
            guard let next = rowOf[column] else {
                reprice(start, settled, distance[column])
                return pass(column, to: start)
            }
            isSettled[column] = true
            settled.append(column)
            (row, walked) = (next, distance[column])
        }
    }

    private mutating func reach(from row: Int, _ walked: Cost) {
        let base = walked - rowPrices[row]
        for (column, cost) in edges[row] where !isSettled[column] {
            let way = base + cost - columnPrices[column]
            if !isReached[column] {
                isReached[column] = true
                reached.append(column)
            } else if !(way < distance[column]) {
                continue
            }
            distance[column] = way
            origin[column] = row
        }
    }

    private func nearest() -> Int? {
        var best: Int?
        for column in reached where !isSettled[column] {
            guard let known = best else {
                best = column
                continue
            }
            if distance[column] < distance[known] || (distance[column] == distance[known] && column < known) {
                best = column
            }
        }
        return best
    }

    private mutating func reprice(_ start: Int, _ settled: [Int], _ total: Cost) {
        rowPrices[start] = rowPrices[start] + total
        for column in settled {
            let saved = total - distance[column]
            columnPrices[column] = columnPrices[column] - saved
            if let row = rowOf[column] { rowPrices[row] = rowPrices[row] + saved }
        }
    }

    /// Gives each column on the way to the row from which it was reached, up to `start`.
    private mutating func pass(_ last: Int?, to start: Int) {
        var next = last
        while let column = next {
            let row = origin[column]
            next = row == start ? nil : columnOf[row]
            rowOf[column] = row
            columnOf[row] = column
        }
    }
}
