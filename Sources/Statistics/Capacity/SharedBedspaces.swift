/// Bedspaces that households of any size share (J. S. Kaufman, 1981; J. W. Roberts, 1981): one of four people needs
/// four free, wherever they are. It flatters houses whose rooms can't be mixed; it shows that large households are
/// refused most.
public struct SharedBedspaces: Sendable {
    /// Households of one size.
    public struct Households: Sendable, Equatable {
        /// Bedspaces that each takes, at least 1.
        public var size: Int
        /// Erlang of households (`AccommodationDemand.load`), not of bedspaces.
        public var load: Double

        public init(size: Int, load: Double) {
            self.size = size
            self.load = load
        }
    }

    /// Of the households of each size, in the order given: the share refused.
    public let refused: [Double]
    /// The share of all households refused.
    public let refusedOfAll: Double
    /// Bedspaces taken at a time, as a mean.
    public let taken: Double

    /// j q(j) = the sum over sizes b of a b q(j - b), scaled to 1.
    public init(bedspaces: Int, _ households: [Households]) {
        var weights = [Double](repeating: 0, count: max(bedspaces, 0) + 1)
        weights[0] = 1
        for taken in stride(from: 1, through: bedspaces, by: 1) {
            var sum = 0.0
            for kind in households where kind.size <= taken && kind.size > 0 {
                sum += kind.load * Double(kind.size) * weights[taken - kind.size]
            }
            weights[taken] = sum / Double(taken)
            if weights[taken] > 1e200 {
                for below in 0...taken { weights[below] *= 1e-200 }
            }
        }
        let all = weights.reduce(0, +)
        let chances = weights.map { $0 / all }
        refused = households.map { chances.suffix(min(max($0.size, 0), chances.count)).reduce(0, +) }
        let load = households.reduce(0) { $0 + $1.load }
        refusedOfAll = load > 0 ? zip(households, refused).reduce(0) { $0 + $1.0.load * $1.1 } / load : 0
        taken = chances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    }
}
