import Statistics

/// Invented tables of every shape: grids, hierarchies, cubes, quarters with their year, tables that share margins.
struct RandomTables {
    enum Shape: CaseIterable {
        case grid, hierarchy, cube, quarters, linked
    }

    private var chance: Chance

    init(seed: UInt64) { chance = Chance(seed: seed) }

    mutating func request(_ shape: Shape) throws -> ReleaseRequest {
        switch shape {
        case .grid: return ReleaseRequest([try table("t", [flat("a", 2...6), flat("b", 2...5)])])
        case .hierarchy: return ReleaseRequest([try table("t", [nested("a"), flat("b", 2...4)])])
        case .cube: return ReleaseRequest([try table("t", [flat("a", 2...3), flat("b", 2...3), flat("c", 2...2)])])
        case .quarters:
            let dimensions = [flat("a", 2...4), flat("b", 2...3)]
            let parts = try ["q1", "q2"].map { try table($0, dimensions) }
            let year = try Self.sum("year", parts)
            return ReleaseRequest(parts + [year], accumulations: [.init("year", of: ["q1", "q2"])])
        case .linked:
            let rows = flat("a", 2...4)
            let first = try table("x", [rows, flat("b", 2...3)])
            let second = try Self.withMargins(of: first, "y", &chance)
            return ReleaseRequest([first, second], same: rows.codes.map { ["x|\($0)|Total", "y|\($0)|Total"] })
        }
    }

    private mutating func flat(_ name: String, _ sizes: ClosedRange<Int>) -> CountDimension {
        let size = sizes.lowerBound + chance.below(sizes.count)
        return CountDimension(name, of: (1...size).map { "\(name)\($0)" })
    }

    private mutating func nested(_ name: String) -> CountDimension {
        let groups = (1...2).map { group in
            CountDimension.Sum("\(name)\(group)", of: (1...(2 + chance.below(2))).map { "\(name)\(group).\($0)" })
        }
        return CountDimension(name, sums: groups + [.init("Total", of: groups.map(\.total))])
    }

    mutating func table(_ name: String, _ dimensions: [CountDimension]) throws -> CountTable {
        let most = [3.0, 8, 20, 60][chance.below(4)]
        let inner = dimensions.map { one in one.codes.filter { code in !one.sums.contains { $0.total == code } } }
        var counts: [[String]: Int] = [:]
        for at in inner.reduce([[]], { places, codes in places.flatMap { at in codes.map { at + [$0] } } }) {
            counts[at] = Int(most * chance.fraction() * chance.fraction())
        }
        return try Self.added(name, dimensions, counts)
    }

    /// With every total added up.
    static func added(
        _ name: String, _ dimensions: [CountDimension], _ counts: [[String]: Int]
    ) throws -> CountTable {
        var counts = counts
        for (axis, dimension) in dimensions.enumerated() {
            for sum in dimension.sums {
                for (at, count) in counts where sum.parts.contains(at[axis]) {
                    var total = at
                    total[axis] = sum.total
                    counts[total, default: 0] += count
                }
            }
        }
        return try CountTable(name, dimensions, cells: counts.mapValues(CountCell.count))
    }

    static func sum(_ name: String, _ parts: [CountTable]) throws -> CountTable {
        var counts: [[String]: CountCell] = [:]
        for at in parts[0].places { counts[at] = .count(parts.reduce(0) { $0 + $1.count(at) }) }
        return try CountTable(name, parts[0].dimensions, cells: counts)
    }

    /// Another table of the same rows by something else.
    private static func withMargins(of table: CountTable, _ name: String, _ chance: inout Chance) throws -> CountTable {
        let rows = table.dimensions[0], columns = CountDimension("c", of: ["c1", "c2", "c3"])
        var counts: [[String]: Int] = [:]
        for row in rows.codes.dropLast() {
            var left = table.count([row, "Total"])
            for column in ["c1", "c2"] {
                let count = chance.below(left + 1)
                counts[[row, column]] = count
                left -= count
            }
            counts[[row, "c3"]] = left
        }
        return try added(name, [rows, columns], counts)
    }
}

extension CountTable {
    func count(_ at: [String]) -> Int {
        switch cells[at] {
        case .count(let count), .shown(let count), .hidden(let count?): count
        case .hidden(nil), nil: 0
        }
    }

    /// All of it, as if it were public.
    var shownCells: [[String]: CountCell] {
        cells.mapValues { if case .count(let count) = $0 { .shown(count) } else { $0 } }
    }

    /// A grid with totals, from its rows.
    static func grid(_ name: String, _ rows: [String], _ columns: [String], _ counts: [[Int]]) throws -> CountTable {
        var inner: [[String]: Int] = [:]
        for (row, line) in zip(rows, counts) {
            for (column, count) in zip(columns, line) { inner[[row, column]] = count }
        }
        return try RandomTables.added(name, [.init("row", of: rows), .init("column", of: columns)], inner)
    }
}
