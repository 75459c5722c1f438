/// Records put together into people: never through a chain of weak links, since the mean weight between all records of
/// two groups decides, and a pair that no rule brought together counts against.
struct EncodedClusters {
    struct Link {
        let left: Int32, right: Int32, weight: Float
    }

    /// What a pair counts that wasn't compared, and the limits of one that was: no single pair outvotes a group.
    static let missing: Float = -3, limit: Float = 12, mostTogether = 600

    /// A number for each record; records of one number are one person's.
    static func clusters(_ count: Int, _ links: [Link]) -> [Int32] {
        var parents = (0..<Int32(count)).map { $0 }
        func root(_ record: Int32) -> Int32 {
            var at = record
            while parents[Int(at)] != at {
                parents[Int(at)] = parents[Int(parents[Int(at)])]
                at = parents[Int(at)]
            }
            return at
        }
        for link in links where link.weight > 0 {
            let (a, b) = (root(link.left), root(link.right))
            if a != b { parents[Int(max(a, b))] = min(a, b) }
        }
        var members: [Int32: [Int32]] = [:]
        for record in 0..<Int32(count) { members[root(record), default: []].append(record) }
        var inside: [Int32: [Link]] = [:]
        for link in links where root(link.left) == root(link.right) {
            inside[root(link.left), default: []].append(link)
        }
        var result = (0..<Int32(count)).map { root($0) }
        for (first, records) in members where records.count > 2 && records.count <= mostTogether {
            for group in divided(records, inside[first] ?? []) {
                let number = group.min() ?? 0
                for record in group { result[Int(record)] = number }
            }
        }
        return result
    }

    /// Begins with single records and joins the two groups with the best mean weight, while it is above 0.
    private static func divided(_ records: [Int32], _ links: [Link]) -> [[Int32]] {
        let count = records.count
        let places = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($0.element, $0.offset) })
        var sums = [Float](repeating: missing, count: count * count)
        for link in links {
            guard let a = places[link.left], let b = places[link.right] else { continue }
            let weight = min(max(link.weight, -limit), limit)
            sums[a * count + b] = weight
            sums[b * count + a] = weight
        }
        var groups = records.map { [$0] }
        var alive = Array(0..<count)
        while alive.count > 1 {
            var best: (mean: Float, a: Int, b: Int) = (0, -1, -1)
            for (place, a) in alive.enumerated() {
                for b in alive[(place + 1)...] {
                    let mean = sums[a * count + b] / Float(groups[a].count * groups[b].count)
                    if mean > best.mean { best = (mean, a, b) }
                }
            }
            guard best.a >= 0 else { break }
            groups[best.a] += groups[best.b]
            alive.removeAll { $0 == best.b }
            for other in alive where other != best.a {
                sums[best.a * count + other] += sums[best.b * count + other]
                sums[other * count + best.a] = sums[best.a * count + other]
            }
        }
        return alive.map { groups[$0] }
    }
}
