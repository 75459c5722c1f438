/// Cells by name while tables are put together: which are one number, what is known of each.
struct SystemDraft {
    private struct Named {
        let name: String
        var cell: CountCell?
        let threshold: Int
        let isTotal: Bool
        let isSingle: Bool
    }

    private let request: ReleaseRequest
    private let rule: DisclosureRule
    private var named: [String: Named] = [:]
    private var tables: [String: CountTable] = [:]
    private var leader: [String: String] = [:]

    init(_ request: ReleaseRequest, _ rule: DisclosureRule) throws(DisclosureProblem) {
        self.request = request
        self.rule = rule
        for table in request.earlier { try add(table) }
        for table in request.tables { try add(table) }
        guard !named.isEmpty else { throw DisclosureProblem("there are no tables") }
        guard named.count <= DisclosureLimits.cells else {
            throw DisclosureProblem("there are more than \(DisclosureLimits.cells) cells")
        }
        for group in request.same {
            for name in group where named[name] == nil { throw DisclosureProblem("same: there is no cell \(name)") }
            for name in group.dropFirst() { join(group[0], name) }
        }
    }

    private mutating func add(_ table: CountTable) throws(DisclosureProblem) {
        if let before = tables[table.name], before.dimensions.map({ Set($0.codes) })
            != table.dimensions.map({ Set($0.codes) }) {
            throw DisclosureProblem("table \(table.name) was released with other rows or columns; give it another name")
        }
        let isNew = tables[table.name] == nil
        tables[table.name] = table
        let totals = table.dimensions.map { Set($0.sums.map(\.total)) }
        for at in table.places {
            let id = table.id(at), cell = table.cells[at]
            if let count = Self.count(cell), !(0...DisclosureLimits.count).contains(count) {
                throw DisclosureProblem("\(id): a count must be a whole number from 0 to \(DisclosureLimits.count)")
            }
            if !isNew, let before = named[id] {
                named[id]?.cell = try Self.merged(before.cell, cell, id)
            } else {
                named[id] = Named(
                    name: id, cell: cell, threshold: rule.threshold(of: at),
                    isTotal: zip(at, totals).contains { $1.contains($0) },
                    isSingle: at.contains { table.single.contains($0) })
                leader[id] = id
            }
        }
    }

    private static func count(_ cell: CountCell?) -> Int? {
        switch cell {
        case .count(let count), .shown(let count), .hidden(let count?): count
        case .hidden(nil), nil: nil
        }
    }

    /// What is known of a number that stands in two places: what is public anywhere is public, what was hidden anywhere
    /// stays hidden.
    private static func merged(
        _ one: CountCell?, _ other: CountCell?, _ id: String
    ) throws(DisclosureProblem) -> CountCell? {
        guard let one else { return other }
        guard let other else { return one }
        if let first = count(one), let second = count(other), first != second {
            throw DisclosureProblem(
                "\(id) has two counts that should be one, \(first) and \(second); a corrected table needs another name")
        }
        let known = count(one) ?? count(other)
        switch (one, other) {
        case (.shown, _), (_, .shown): return known.map(CountCell.shown)
        case (.hidden, _), (_, .hidden): return .hidden(known)
        case (.count, .count): return one
        }
    }

    private func found(_ name: String) -> String {
        var name = name
        while let next = leader[name], next != name { name = next }
        return name
    }

    private mutating func join(_ one: String, _ other: String) {
        let (first, second) = (found(one), found(other))
        leader[max(first, second)] = min(first, second)
    }

    /// The cells in the order of their names, and the number of each name.
    func numbered() throws(DisclosureProblem) -> ([SystemCell], [String: Int]) {
        var groups: [String: [String]] = [:]
        for name in named.keys { groups[found(name), default: []].append(name) }
        var cells: [SystemCell] = [], numbers: [String: Int] = [:]
        for id in groups.keys.sorted() {
            let names = (groups[id] ?? []).sorted(), members = names.compactMap { named[$0] }
            var known: CountCell?
            for member in members { known = try Self.merged(known, member.cell, member.name) }
            for name in names { numbers[name] = cells.count }
            let standing: SystemCell.Standing
            switch known {
            case .count: standing = .open
            case .shown: standing = .shown
            // What isn't in a table was not published.
            case .hidden, nil: standing = .hidden
            }
            cells.append(SystemCell(
                id: id, names: names, count: Self.count(known) ?? -1,
                threshold: members.map(\.threshold).max() ?? rule.threshold,
                isTotal: members.contains(where: \.isTotal), isSingle: members.contains(where: \.isSingle),
                standing: standing))
        }
        return (cells, numbers)
    }

    /// Every sum, each once, in an order that follows from the cells' names alone.
    func equations(_ numbers: [String: Int]) throws(DisclosureProblem) -> [CellEquation] {
        var all: Set<CellEquation> = []
        func add(_ factors: [String: Int], _ sum: Int = 0) throws(DisclosureProblem) {
            var merged: [Int: Int] = [:]
            for (name, factor) in factors {
                guard let cell = numbers[name] else { throw DisclosureProblem("there is no cell \(name)") }
                merged[cell, default: 0] += factor
            }
            let kept = merged.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            if kept.isEmpty, sum == 0 { return }
            all.insert(CellEquation(cells: kept.map(\.key), factors: kept.map(\.value), sum: sum))
        }
        for table in tables.values {
            for (axis, dimension) in table.dimensions.enumerated() {
                for sum in dimension.sums {
                    for at in table.places where at[axis] == sum.total {
                        try add(Self.factors(table, at, axis, sum.parts))
                    }
                }
            }
        }
        for accumulation in request.accumulations {
            for factors in try self.factors(accumulation) { try add(factors) }
        }
        for relation in request.relations { try add(relation.factors, relation.sum) }
        return all.sorted {
            let (one, other) = ($0.cells + $0.factors + [$0.sum], $1.cells + $1.factors + [$1.sum])
            return one.lexicographicallyPrecedes(other)
        }
    }

    private static func factors(_ table: CountTable, _ at: [String], _ axis: Int, _ parts: [String]) -> [String: Int] {
        var factors = [table.id(at): -1]
        for part in parts {
            var place = at
            place[axis] = part
            factors[table.id(place)] = 1
        }
        return factors
    }

    private func factors(_ accumulation: ReleaseRequest.Accumulation) throws(DisclosureProblem) -> [[String: Int]] {
        for name in [accumulation.total] + accumulation.parts where tables[name] == nil {
            throw DisclosureProblem("accumulate: there is no table \(name)")
        }
        guard let total = tables[accumulation.total], !accumulation.parts.isEmpty else { return [] }
        let parts = accumulation.parts.compactMap { tables[$0] }
        let common = parts.reduce(Set(total.places)) { $0.intersection($1.places) }
        guard !common.isEmpty else { throw DisclosureProblem("accumulate: \(total.name) and its parts share no cell") }
        return common.map { at in
            var factors = [total.id(at): -1]
            for part in parts { factors[part.id(at), default: 0] += 1 }
            return factors
        }
    }

    /// Works out what was hidden earlier, where it follows; takes counts that fit where it doesn't; checks the sums.
    func complete(
        _ cells: inout [SystemCell], _ equations: [CellEquation], _ matrix: SparseMatrix
    ) throws(DisclosureProblem) {
        Self.derive(&cells, equations)
        if cells.contains(where: { $0.count < 0 }) { try Self.guess(&cells, equations, matrix) }
        for equation in equations {
            let counts = equation.cells.map { cells[$0].count }
            if zip(counts, equation.factors).reduce(0, { $0 + $1.0 * $1.1 }) == equation.sum { continue }
            let terms = zip(equation.cells, equation.factors).map { cell, factor in
                "\(factor < 0 ? "-" : "+")\(abs(factor) == 1 ? "" : "\(abs(factor)) x ")\(cells[cell].id) "
                    + "(\(cells[cell].count))"
            }
            throw DisclosureProblem(
                "these counts don't add up to \(equation.sum): \(terms.joined(separator: " ")). Check the table, or "
                    + "leave out the total")
        }
        if let cell = cells.first(where: { $0.count < 0 }) {
            throw DisclosureProblem("\(cell.id) would be \(cell.count): the tables contradict each other")
        }
    }

    /// A cell that is the only unknown one of an equation follows from it.
    private static func derive(_ cells: inout [SystemCell], _ equations: [CellEquation]) {
        var isKnown = cells.map { $0.count >= 0 }
        var hasChanged = isKnown.contains(false)
        while hasChanged {
            hasChanged = false
            for equation in equations {
                let unknown = equation.cells.indices.filter { !isKnown[equation.cells[$0]] }
                guard unknown.count == 1, let place = unknown.first, abs(equation.factors[place]) == 1 else { continue }
                let rest = equation.cells.indices.filter { $0 != place }.reduce(equation.sum) {
                    $0 - equation.factors[$1] * cells[equation.cells[$1]].count
                }
                cells[equation.cells[place]].count = rest * equation.factors[place]
                isKnown[equation.cells[place]] = true
                hasChanged = true
            }
        }
    }

    /// Any whole numbers that fit, found by the same program that finds ways through a table.
    private static func guess(
        _ cells: inout [SystemCell], _ equations: [CellEquation], _ matrix: SparseMatrix
    ) throws(DisclosureProblem) {
        let unknown = cells.indices.filter { cells[$0].count < 0 }
        for cell in unknown {
            cells[cell].count = 1
            cells[cell].isGuess = true
        }
        let bounds = CellBounds(cells.count)
        for cell in unknown { bounds.set(cell, 0...(.infinity), cost: 1) }
        let gaps = equations.map { equation in
            Double(zip(equation.cells, equation.factors).reduce(-equation.sum) { $0 + cells[$1.0].count * $1.1 })
        }
        let answer = CirculationSolver(matrix).solve(moving: nil, by: 0, bounds, gaps: gaps)
        guard case .moved(let moves) = answer, moves.allSatisfy({ abs($0.amount - $0.amount.rounded()) < 1e-6 }) else {
            throw DisclosureProblem(
                "no whole numbers were found for what earlier releases hide; give their counts (truth) in the ledger")
        }
        for move in moves { cells[move.cell].count += Int(move.amount.rounded()) }
    }
}
