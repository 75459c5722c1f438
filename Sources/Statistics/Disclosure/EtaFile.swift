/// The changes of a basis as one matrix after another, each the identity but for a column.
final class EtaFile {
    private let rowCount: Int
    @exclusivity(unchecked) private var pivots: [Int] = []
    @exclusivity(unchecked) private var starts: [Int] = [0]
    @exclusivity(unchecked) private var rows: [Int32] = []
    @exclusivity(unchecked) private var values: [Double] = []

    /// Numbers kept.
    var size: Int { rows.count }

    init(rows: Int) { rowCount = rows }

    func clear() {
        pivots.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
    }

    /// After `column` (as it stands in the present basis) has taken the place of row `pivot`.
    func append(_ column: UnsafeMutablePointer<Double>, at pivot: Int) {
        let divisor = column[pivot]
        for row in 0..<rowCount where abs(column[row]) > 1e-11 {
            rows.append(Int32(row))
            values.append(row == pivot ? 1 / divisor : -column[row] / divisor)
        }
        pivots.append(pivot)
        starts.append(rows.count)
    }

    /// A column of the matrix as it stands in the present basis.
    func forward(_ column: UnsafeMutablePointer<Double>) {
        rows.withUnsafeBufferPointer { rows in
            values.withUnsafeBufferPointer { values in
                for step in pivots.indices {
                    let times = column[pivots[step]]
                    if times == 0 { continue }
                    column[pivots[step]] = 0
                    for entry in starts[step]..<starts[step + 1] { column[Int(rows[entry])] += values[entry] * times }
                }
            }
        }
    }

    /// A row in the present basis as a combination of the equations.
    func backward(_ row: UnsafeMutablePointer<Double>) {
        rows.withUnsafeBufferPointer { rows in
            values.withUnsafeBufferPointer { values in
                for step in pivots.indices.reversed() {
                    var sum = 0.0
                    for entry in starts[step]..<starts[step + 1] { sum += row[Int(rows[entry])] * values[entry] }
                    row[pivots[step]] = sum
                }
            }
        }
    }
}
