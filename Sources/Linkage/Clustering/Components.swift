/// Records that are joined by any chain of edges.
struct Components {
    private var parents: [UInt32]

    init(_ count: Int) { parents = (0..<count).map { UInt32($0) } }

    @inline(__always)
    mutating func root(_ record: Int) -> Int {
        var at = record
        while Int(parents[at]) != at {
            parents[at] = parents[Int(parents[at])]
            at = Int(parents[at])
        }
        return at
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (a, b) = (root(one), root(other))
        if a != b { parents[max(a, b)] = UInt32(min(a, b)) }
    }
}
