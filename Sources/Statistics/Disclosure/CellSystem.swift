/// A number that a reader sees once or more often.
struct SystemCell: Sendable {
    enum Standing: Sendable { case open, shown, hidden }

    /// The first of its names, by which cells are ordered, so that the order of rows never matters.
    let id: String
    let names: [String]
    var count: Int
    let threshold: Int
    let isTotal: Bool
    let isSingle: Bool
    let standing: Standing
    /// Hidden earlier, and its count is on no record: `count` is one that fits.
    var isGuess = false

    func isSmall(_ rule: DisclosureRule) -> Bool { count < threshold && (count > 0 || rule.hidesZeros) }
}

/// The sum of counts times factors is a constant.
struct CellEquation: Sendable, Hashable {
    let cells: [Int]
    let factors: [Int]
    let sum: Int
}

/// All tables of a release and of those before it as numbered cells and equations between them.
struct CellSystem: Sendable {
    var cells: [SystemCell]
    let equations: [CellEquation]
    /// The number of each cell by each of its names.
    let numbers: [String: Int]
    let matrix: SparseMatrix

    init(_ request: ReleaseRequest, _ rule: DisclosureRule) throws(DisclosureProblem) {
        let draft = try SystemDraft(request, rule)
        (cells, numbers) = try draft.numbered()
        let found = try draft.equations(numbers)
        equations = found
        matrix = SparseMatrix(found, columns: cells.count)
        try draft.complete(&cells, found, matrix)
    }
}

/// Equations by row and by column, numbers close together.
struct SparseMatrix: Sendable {
    let rows: Int
    let columns: Int
    let rowStart: [Int]
    let rowColumn: [Int]
    let rowFactor: [Double]
    let columnStart: [Int]
    let columnRow: [Int]
    let columnFactor: [Double]

    init(_ equations: [CellEquation], columns: Int) {
        rows = equations.count
        self.columns = columns
        var starts = [0], column: [Int] = [], factor: [Double] = []
        var counts = [Int](repeating: 0, count: columns + 1)
        for equation in equations {
            for (cell, times) in zip(equation.cells, equation.factors) {
                column.append(cell)
                factor.append(Double(times))
                counts[cell + 1] += 1
            }
            starts.append(column.count)
        }
        for place in 1..<max(counts.count, 1) { counts[place] += counts[place - 1] }
        var next = counts
        var row = [Int](repeating: 0, count: column.count), across = [Double](repeating: 0, count: column.count)
        for equation in 0..<equations.count {
            for entry in starts[equation]..<starts[equation + 1] {
                let place = next[column[entry]]
                next[column[entry]] += 1
                row[place] = equation
                across[place] = factor[entry]
            }
        }
        (rowStart, rowColumn, rowFactor) = (starts, column, factor)
        (columnStart, columnRow, columnFactor) = (counts, row, across)
    }
}
