/// The second way for dashboards: small counts of the innermost cells become 0 or the threshold, and every total is
/// added up again from them. Nothing is withheld, everything adds up, no small count is left anywhere; and since every
/// number follows from the rounded ones, none tells more than they do.
struct SmallCountRounding {
    private let system: CellSystem
    private let base: Int
    /// The innermost cells of which each total is the sum, with how often each counts.
    private var parts: [Int: [Int: Int]] = [:]
    private(set) var counts: [Int]

    init(_ system: CellSystem, threshold: Int) throws(DisclosureProblem) {
        self.system = system
        base = threshold
        counts = system.cells.map(\.count)
        try findParts()
        round()
    }

    private mutating func findParts() throws(DisclosureProblem) {
        var defining: [Int: CellEquation] = [:]
        for equation in system.equations {
            let totals = zip(equation.cells, equation.factors).filter { $0.1 < 0 }
            guard totals.count == 1, let total = totals.first, total.1 == -1, equation.sum == 0 else {
                throw DisclosureProblem("small counts can be rounded only where every relation is a sum of counts")
            }
            if defining[total.0] == nil { defining[total.0] = equation }
        }
        for cell in system.cells.indices {
            var path: Set<Int> = []
            try expand(cell, defining, &path)
        }
        for equation in system.equations {
            var sum: [Int: Int] = [:]
            for (cell, factor) in zip(equation.cells, equation.factors) {
                for (part, times) in parts[cell] ?? [:] { sum[part, default: 0] += factor * times }
            }
            guard sum.values.allSatisfy({ $0 == 0 }) else {
                throw DisclosureProblem(
                    "a total is the sum of different cells in different tables: round them one by one, or suppress")
            }
        }
    }

    private mutating func expand(
        _ cell: Int, _ defining: [Int: CellEquation], _ path: inout Set<Int>
    ) throws(DisclosureProblem) {
        if parts[cell] != nil { return }
        guard path.insert(cell).inserted else { throw DisclosureProblem("\(system.cells[cell].id) is a sum of itself") }
        var all: [Int: Int] = [:]
        if let equation = defining[cell] {
            for (part, factor) in zip(equation.cells, equation.factors) where part != cell {
                try expand(part, defining, &path)
                for (inner, times) in parts[part] ?? [:] { all[inner, default: 0] += factor * times }
            }
        } else {
            all[cell] = 1
        }
        path.remove(cell)
        parts[cell] = all
    }

    /// Up or down one after another, such that the totals stay as near as they can; then looked at again until nothing
    /// gets nearer.
    private mutating func round() {
        let inner = system.cells.indices.filter { parts[$0]?[$0] == 1 && (1..<base).contains(counts[$0]) }
        var totals: [Int: [(total: Int, times: Int)]] = [:]
        for (total, all) in parts.sorted(by: { $0.key < $1.key }) {
            for (part, times) in all { totals[part, default: []].append((total, times)) }
        }
        var error = [Int](repeating: 0, count: counts.count)
        func change(_ cell: Int, _ step: Int) -> Int {
            (totals[cell] ?? []).reduce(0) { sum, one in
                let moved = one.times * step
                return sum + 2 * error[one.total] * moved + moved * moved
            }
        }
        func apply(_ cell: Int, _ step: Int) {
            counts[cell] += step
            for (total, times) in totals[cell] ?? [] { error[total] += times * step }
        }
        for cell in inner.sorted(by: { (counts[$0], $1) > (counts[$1], $0) }) {
            let (up, down) = (base - counts[cell], -counts[cell])
            apply(cell, change(cell, up) < change(cell, down) ? up : down)
        }
        var hasChanged = true, rounds = 0
        while hasChanged, rounds < 50 {
            (hasChanged, rounds) = (false, rounds + 1)
            for cell in inner {
                let step = counts[cell] == 0 ? base : -base
                if change(cell, step) < 0 {
                    apply(cell, step)
                    hasChanged = true
                }
            }
        }
        for cell in counts.indices {
            counts[cell] = (parts[cell] ?? [:]).reduce(0) { $0 + counts[$1.key] * $1.value }
        }
    }
}

extension DisclosureControl {
    /// Small-count rounding of tables of which nothing left before.
    public static func roundSmallCounts(
        _ request: ReleaseRequest, _ rule: DisclosureRule
    ) throws(DisclosureRefusal) -> [Released<CountTable>] {
        do throws(DisclosureProblem) {
            guard request.earlier.isEmpty else {
                throw DisclosureProblem(
                    "what left before can't be taken back: only tables of which nothing left yet can be rounded")
            }
            let system = try CellSystem(request, rule)
            if let cell = system.cells.first(where: { $0.standing != .open }) {
                throw DisclosureProblem("\(cell.id) has no count")
            }
            let threshold = system.cells.map(\.threshold).max() ?? rule.threshold
            let rounded = try SmallCountRounding(system, threshold: threshold)
            return request.tables.map { table in
                let values = table.places.map { at in
                    (at, PublishedValue.count(system.numbers[table.id(at)].map { rounded.counts[$0] } ?? 0))
                }
                var named = rule
                named.threshold = threshold
                return Released(
                    PublishedTable(
                        name: table.name, dimensions: table.dimensions,
                        values: Dictionary(uniqueKeysWithValues: values),
                        leastBase: max(10, 2 * threshold)),
                    rule, Footnotes.smallCounts(named))
            }
        } catch {
            throw .problem(error)
        }
    }
}
