import Statistics

/// Somebody who reads released tables and works out what they can: the attack of the tests, which shares nothing with
/// the program's own. It knows only what is printed, and the textbook's simplex method on a full tableau.
struct Reader {
    private var numbers: [String: Int] = [:]
    private var leader: [String: String] = [:]
    private var shown: [String: Int] = [:]
    private var isHidden: Set<String> = []
    private var rows: [[Double]] = []
    private var basis: [Int] = []
    private var width = 0
    private let floor: Int

    /// Reads tables with what ties them. `floor` is the least that a hidden count can be, `known` what somebody knows
    /// from elsewhere.
    init(
        _ published: [PublishedTable], same: [[String]] = [], sums: [(total: String, parts: [String])] = [],
        knowing known: [String: Int] = [:], floor: Int = 1
    ) {
        self.init(published.map(Page.init), same, sums, known, floor)
    }

    /// A table of which some is shown and some is hidden.
    init(_ table: CountTable) { self.init([Page(table)], [], [], [:], 1) }

    private struct Page {
        let name: String
        let dimensions: [CountDimension]
        let shown: ([String]) -> Int?

        init(_ table: PublishedTable) {
            (name, dimensions) = (table.name, table.dimensions)
            shown = { table.value($0).count }
        }

        init(_ table: CountTable) {
            (name, dimensions) = (table.name, table.dimensions)
            shown = { if case .shown(let count) = table.cells[$0] { count } else { nil } }
        }

        var places: [[String]] {
            dimensions.reduce([[]]) { places, one in places.flatMap { at in one.codes.map { at + [$0] } } }
        }

        func id(_ at: [String]) -> String { ([name] + at).joined(separator: "|") }
    }

    private init(
        _ tables: [Page], _ same: [[String]], _ sums: [(total: String, parts: [String])], _ known: [String: Int],
        _ floor: Int
    ) {
        self.floor = floor
        shown = known
        for group in same { for name in group.dropFirst() { leader[find(name)] = find(group[0]) } }
        var equations: [[String: Double]] = []
        for table in tables {
            for at in table.places {
                let id = find(table.id(at))
                if let count = table.shown(at) { shown[id] = count } else { isHidden.insert(id) }
                for (axis, dimension) in table.dimensions.enumerated() {
                    for sum in dimension.sums where sum.total == at[axis] {
                        var terms = [id: -1.0]
                        for part in sum.parts {
                            var place = at
                            place[axis] = part
                            terms[find(table.id(place)), default: 0] += 1
                        }
                        equations.append(terms)
                    }
                }
            }
        }
        for (total, parts) in sums {
            guard let whole = tables.first(where: { $0.name == total }) else { continue }
            for at in whole.places {
                let bars = "|" + at.joined(separator: "|")
                var terms = [find(total + bars): -1.0]
                for part in parts { terms[find(part + bars), default: 0] += 1 }
                equations.append(terms)
            }
        }
        isHidden.subtract(shown.keys)
        solve(equations)
    }

    static func places(_ table: PublishedTable) -> [[String]] {
        table.dimensions.reduce([[]]) { places, one in places.flatMap { at in one.codes.map { at + [$0] } } }
    }

    private func find(_ name: String) -> String {
        var name = name
        while let next = leader[name], next != name { name = next }
        return name
    }

    /// What a cell can be; no high where nothing bounds it.
    func interval(_ id: String) -> (low: Int, high: Int?) {
        let id = find(id)
        if let count = shown[id] { return (count, count) }
        guard let number = numbers[id] else { return (floor, nil) }
        let low = best(number, -1) ?? 0, high = best(number, 1)
        return (floor + Int((-low - 1e-6).rounded(.up)), high.map { floor + Int(($0 + 1e-6).rounded(.down)) })
    }

    /// The first feasible tableau: hidden counts above the floor, an artificial one for each sum that is driven out.
    private mutating func solve(_ equations: [[String: Double]]) {
        for id in isHidden.sorted() { numbers[id] = numbers.count }
        width = numbers.count
        var lines: [(terms: [Int: Double], rest: Double)] = []
        for equation in equations {
            var terms: [Int: Double] = [:], rest = 0.0
            for (id, factor) in equation {
                if let number = numbers[id] {
                    terms[number] = factor
                    rest -= factor * Double(floor)
                } else {
                    rest -= factor * Double(shown[id] ?? 0)
                }
            }
            if !terms.isEmpty { lines.append((terms, rest)) }
        }
        let all = width + lines.count
        for (place, line) in lines.enumerated() {
            var row = [Double](repeating: 0, count: all + 1)
            let sign = line.rest < 0 ? -1.0 : 1.0
            for (number, factor) in line.terms { row[number] = factor * sign }
            row[width + place] = 1
            row[all] = line.rest * sign
            rows.append(row)
            basis.append(width + place)
        }
        var goal = [Double](repeating: 0, count: all + 1)
        for place in lines.indices { goal[width + place] = -1 }
        var (tableau, order) = (rows, basis)
        _ = Self.climb(&tableau, &order, goal, columns: all)
        // Artificial ones that are left in a row of zeros stay there and never come back.
        for place in tableau.indices where order[place] >= width {
            if let column = (0..<width).first(where: { abs(tableau[place][$0]) > 1e-7 }) {
                Self.pivot(&tableau, &order, place, column)
            }
        }
        (rows, basis) = (tableau, order)
    }

    private func best(_ number: Int, _ sign: Double) -> Double? {
        var (tableau, order) = (rows, basis)
        var goal = [Double](repeating: 0, count: (rows.first?.count ?? width + 1))
        goal[number] = sign
        guard let value = Self.climb(&tableau, &order, goal, columns: width) else { return nil }
        return sign * value * sign
    }

    /// Bland's rule, which always ends. Nil where there is no end to it.
    private static func climb(
        _ rows: inout [[Double]], _ basis: inout [Int], _ goal: [Double], columns: Int
    ) -> Double? {
        while true {
            let entering = (0..<columns).first { column in
                !basis.contains(column)
                    && rows.indices.reduce(goal[column]) { $0 - goal[basis[$1]] * rows[$1][column] } > 1e-7
            }
            guard let entering else { break }
            var leaving: Int?, least = Double.infinity
            for row in rows.indices where rows[row][entering] > 1e-7 {
                let ratio = rows[row][rows[row].count - 1] / rows[row][entering]
                if ratio < least - 1e-9 || ratio < least + 1e-9 && leaving.map({ basis[row] < basis[$0] }) ?? true {
                    (leaving, least) = (row, ratio)
                }
            }
            guard let leaving else { return nil }
            pivot(&rows, &basis, leaving, entering)
        }
        return rows.indices.reduce(0) { $0 + goal[basis[$1]] * rows[$1][rows[$1].count - 1] }
    }

    private static func pivot(_ rows: inout [[Double]], _ basis: inout [Int], _ row: Int, _ column: Int) {
        let divisor = rows[row][column]
        for place in rows[row].indices { rows[row][place] /= divisor }
        for other in rows.indices where other != row && rows[other][column] != 0 {
            let times = rows[other][column]
            for place in rows[row].indices where rows[row][place] != 0 {
                rows[other][place] -= times * rows[row][place]
            }
        }
        basis[row] = column
    }
}
