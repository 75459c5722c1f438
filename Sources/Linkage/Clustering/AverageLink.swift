/// Merges the two groups with the highest mean weight between their members until none is above the cut. A chain of
/// weak links holds nothing together: what counts is how all members compare.
enum AverageLink {
    struct Outcome {
        /// The group of each member, called after its first member.
        var groups: [Int]
        /// Mean weights at which groups were merged.
        var merged: [Float]
        /// Groups that were merged, by the first member of each.
        var joined: [(one: Int, other: Int)]
    }

    /// `sums` is a square of weights, and is used up. Ties are broken by the order of members.
    static func run(_ count: Int, _ sums: inout [Float], cut: Float) -> Outcome {
        var groups = Array(0..<count), merged: [Float] = [], joined: [(one: Int, other: Int)] = []
        if count == 2 {
            if sums[1] > cut {
                groups[1] = 0
                (merged, joined) = ([sums[1]], [(0, 1)])
            }
            return Outcome(groups: groups, merged: merged, joined: joined)
        }
        var sizes = [Float](repeating: 1, count: count), alive = Array(0..<count)
        while true {
            var best = cut, pair: (Int, Int)?
            for (at, one) in alive.enumerated() {
                for other in alive[(at + 1)...] {
                    let mean = sums[one * count + other] / (sizes[one] * sizes[other])
                    if mean > best { (best, pair) = (mean, (one, other)) }
                }
            }
            guard let (one, other) = pair else { break }
            merged.append(best)
            joined.append((one, other))
            for third in alive where third != one && third != other {
                let sum = sums[one * count + third] + sums[other * count + third]
                sums[one * count + third] = sum
                sums[third * count + one] = sum
            }
            sizes[one] += sizes[other]
            alive.removeAll { $0 == other }
            for member in 0..<count where groups[member] == other { groups[member] = one }
        }
        return Outcome(groups: groups, merged: merged, joined: joined)
    }
}
