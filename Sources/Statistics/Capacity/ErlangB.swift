/// The loss model M/G/c/c (A. K. Erlang, 1917): households come independently of one another, one that finds no space
/// free is lost, any household fits any space, and things have settled. Only the mean stay matters, not how stays
/// spread.
public enum ErlangB {
    /// The share of all arrivals that finds every space taken. `load` is in erlang (`AccommodationDemand.load`), at
    /// least 0. B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)).
    public static func refused(load: Double, spaces: Int) -> Double {
        var blocked = 1.0
        for space in stride(from: 1, through: spaces, by: 1) {
            blocked = load * blocked / (Double(space) + load * blocked)
        }
        return blocked
    }

    /// The same for 0, 1, 2 ... `spaces` spaces: a curve of the share refused against spaces.
    public static func curve(load: Double, upTo spaces: Int) -> [Double] {
        var curve = [1.0]
        curve.reserveCapacity(max(spaces, 0) + 1)
        for space in stride(from: 1, through: spaces, by: 1) {
            let blocked = load * curve[space - 1]
            curve.append(blocked / (Double(space) + blocked))
        }
        return curve
    }

    /// The fewest spaces that refuse at most `target` of all arrivals; nil where `most` are too few, or the target is
    /// not above 0.
    public static func spaces(load: Double, target: Double, most: Int = 3_000_000) -> Int? {
        guard target > 0, load.isFinite else { return nil }
        var blocked = 1.0, spaces = 0
        while blocked > target {
            guard spaces < most else { return nil }
            spaces += 1
            blocked = load * blocked / (Double(spaces) + load * blocked)
        }
        return spaces
    }

    /// The greatest load that `spaces` carry while refusing at most `target` of it, to 1e-12 of itself; 0 without
    /// spaces.
    public static func load(spaces: Int, target: Double) -> Double {
        guard spaces > 0, target > 0, target < 1 else { return 0 }
        var low = 0.0, high = Double(spaces) / (1 - target)
        while high - low > 1e-12 * high {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if refused(load: middle, spaces: spaces) <= target { low = middle } else { high = middle }
        }
        return low
    }
}

/// Areas that don't take one another's households, against one pool.
public enum ClosedPools {
    /// The fewest spaces for the target in each pool on its own.
    public static func spaces(loads: [Double], target: Double) -> [Int]? {
        let each = loads.compactMap { ErlangB.spaces(load: $0, target: target) }
        return each.count == loads.count ? each : nil
    }

    /// The share refused of all arrivals of pools that stay closed; 0 when nothing arrives.
    public static func refused(_ pools: [(load: Double, spaces: Int)]) -> Double {
        let all = pools.reduce(0) { $0 + $1.load }
        guard all > 0 else { return 0 }
        return pools.reduce(0) { $0 + $1.load * ErlangB.refused(load: $1.load, spaces: $1.spaces) } / all
    }
}
