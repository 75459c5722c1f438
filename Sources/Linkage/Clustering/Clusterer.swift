/// Groups records into people: components of pairs above the cut, then average link inside each, with every pair of a
/// component compared. Two different NHS numbers with right check digits aren't one person.
struct Clusterer {
    /// For each record the first of its group, by the order of names.
    private(set) var clusters: [UInt32]
    /// Mean weights at which groups were merged.
    private(set) var merged: [Float] = []
    private(set) var doubtful: [DoubtfulMerge] = []
    /// Components of more are cut at higher weights until they are smaller.
    static let largest = 250

    init(
        _ records: Records, _ candidates: Candidates, _ weights: [Float], _ model: LinkModel, _ decisions: Decisions,
        cut: Float, threads: Int = 1
    ) {
        let splitter = Splitter(records, candidates, weights, model, decisions, cut: cut)
        var open = [Bool](repeating: true, count: records.count), level = cut
        while true {
            var components = Components(records.count)
            for pair in candidates.pairs where weights[Int(pair.pattern)] > level && open[Int(pair.one)] {
                if open[Int(pair.other)] { components.join(Int(pair.one), Int(pair.other)) }
            }
            for (one, other) in decisions.same where open[one] && open[other] { components.join(one, other) }
            let all = components.groups(open)
            let isLast = level >= 60
            let groups = isLast ? all : all.ofAtMost(Self.largest)
            for record in groups.members { open[Int(record)] = false }
            let done = splitter.split(groups, threads: threads)
            merged += done.flatMap(\.merged)
            doubtful += done.flatMap(\.doubtful)
            if groups.members.count == all.members.count { break }
            level += 3
        }
        clusters = splitter.clusters
    }
}

/// Groups of records, one after another.
struct RecordGroups: Sendable {
    /// Where each begins, and at last where the last ends.
    private(set) var starts = [0]
    private(set) var members: [UInt32] = []

    var count: Int { starts.count - 1 }

    init(starts: [Int], members: [UInt32]) { (self.starts, self.members) = (starts, members) }

    /// Those that have at most so many members.
    func ofAtMost(_ most: Int) -> RecordGroups {
        guard (0..<count).contains(where: { starts[$0 + 1] - starts[$0] > most }) else { return self }
        var few = RecordGroups(starts: [0], members: [])
        for group in 0..<count where starts[group + 1] - starts[group] <= most {
            few.members += members[starts[group]..<starts[group + 1]]
            few.starts.append(few.members.count)
        }
        return few
    }
}

extension Components {
    /// Groups of two and more of those that are open, each in the order of records.
    mutating func groups(_ open: [Bool]) -> RecordGroups {
        var sizes = [UInt32](repeating: 0, count: open.count), roots = sizes
        for record in open.indices where open[record] {
            let root = root(record)
            roots[record] = UInt32(root)
            sizes[root] += 1
        }
        // A root becomes the place where its next member stands.
        var starts: [Int] = [], sum = 0
        for root in open.indices where sizes[root] > 1 {
            starts.append(sum)
            let size = Int(sizes[root])
            sizes[root] = UInt32(sum) + 2
            sum += size
        }
        starts.append(sum)
        var members = [UInt32](repeating: 0, count: sum)
        for record in open.indices where open[record] {
            let root = Int(roots[record])
            if sizes[root] < 2 { continue }
            members[Int(sizes[root]) - 2] = UInt32(record)
            sizes[root] += 1
        }
        return RecordGroups(starts: starts, members: members)
    }
}
