/// How far each cell may move from its count, and what a step costs. Zero is always within.
final class CellBounds {
    let count: Int
    let lower: UnsafeMutablePointer<Double>
    let upper: UnsafeMutablePointer<Double>
    let cost: UnsafeMutablePointer<Double>

    /// Nothing may move.
    init(_ count: Int) {
        func zeros() -> UnsafeMutablePointer<Double> {
            let numbers = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
            numbers.initialize(repeating: 0, count: max(count, 1))
            return numbers
        }
        self.count = count
        (lower, upper, cost) = (zeros(), zeros(), zeros())
    }

    deinit { for numbers in [lower, upper, cost] { numbers.deallocate() } }

    func set(_ cell: Int, _ range: ClosedRange<Double>, cost: Double) {
        precondition(cell >= 0 && cell < count)
        lower[cell] = range.lowerBound
        upper[cell] = range.upperBound
        self.cost[cell] = cost
    }

    func range(_ cell: Int) -> ClosedRange<Double> {
        precondition(cell >= 0 && cell < count)
        return lower[cell]...upper[cell]
    }
}
