/// Links encoded records end to end: who is one person, without knowing who anybody is.
public struct EncodedLinkage: Sendable {
    /// A number for each record of the set; records of one number are one person's.
    public let people: [Int32]
    public let pairs: Int
    public let model: EncodedModel
    /// How many people there would be were pairs put together much sooner, and much later: at odds of 16 to 1 either
    /// way.
    public let fewest: Int
    public let most: Int

    public var count: Int { Set(people).count }

    /// `threshold`: records are one person's where that is likelier than this.
    public init(_ set: EncodedSet, threshold: Double = 0.5) {
        let comparison = EncodedComparison(set), fields = EncodedComparison.fields(set.mode).count
        let rules = EncodingPlan.Rule.of(set.mode)
        var random = EncodedPatterns(), chance: UInt64 = 0x2545_f491_4f6c_dd1d
        for _ in 0..<(set.count > 1 ? min(300_000, 20 * set.count) : 0) {
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let left = Int(chance >> 33) % set.count
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let right = Int(chance >> 33) % set.count
            if left != right { random.add(comparison.pattern(left, right)) }
        }
        var blocks: [(patterns: EncodedPatterns, without: Set<Int>)] = []
        var pairs: [(left: Int32, right: Int32, pattern: UInt32)] = [], union = EncodedPatterns()
        for (place, rule) in rules.enumerated() {
            let without = Self.alike(rule, set.mode)
            var patterns = EncodedPatterns()
            EncodedCandidates.pairs(set.blocks[place]) { left, right in
                let isNew = !(0..<place).contains { earlier in
                    let token = set.blocks[earlier][left]
                    return token != 0 && token == set.blocks[earlier][right]
                }
                // Most pairs are a second rule's too: compared again only to learn from them.
                guard isNew || without != nil else { return }
                let pattern = comparison.pattern(left, right)
                if without != nil { patterns.add(pattern) }
                if isNew { pairs.append((Int32(left), Int32(right), pattern)) }
            }
            if let without { blocks.append((patterns, without)) }
        }
        for pair in pairs { union.add(pair.pattern) }
        if set.mode == .record { blocks = [(union, [])] }
        let model = EncodedModel(fields: fields, random: random, blocks: blocks, fixed: set.mode == .field)
        (self.model, self.pairs) = (model, pairs.count)
        let weights = Dictionary(uniqueKeysWithValues: union.sorted.map {
            ($0.pattern, model.weight($0.pattern) + (set.mode == .field ? Self.household($0.pattern) : 0))
        })
        let prior = Self.prior(set, union, weights), means = comparison.meanRarity
        let links = pairs.map { pair in
            let rarity = set.mode == .field ? comparison.rarity(pair.pattern, Int(pair.left), means) : 0
            return EncodedClusters.Link(
                left: pair.left, right: pair.right, weight: (weights[pair.pattern] ?? 0) + rarity + prior)
        }
        let asked = EncodedModel.log2(threshold / (1 - threshold))
        func put(_ further: Float) -> [Int32] {
            EncodedClusters.clusters(set.count, links.map {
                EncodedClusters.Link(left: $0.left, right: $0.right, weight: $0.weight - asked - further)
            })
        }
        people = put(0)
        let here = Set(people).count
        // Groups are put together by their mean: a few may come out the other way.
        fewest = min(here, Set(put(-4)).count)
        most = max(here, Set(put(4)).count)
    }

    /// How many people have so many records.
    public var clustersBySize: [Int: Int] {
        Dictionary(grouping: Dictionary(people.map { ($0, 1) }, uniquingKeysWith: +).values) { $0 }.mapValues(\.count)
    }

    /// People by the agencies that know them, most first.
    public func overlap(_ set: EncodedSet) -> [(agencies: [String], people: Int)] {
        var known: [Int32: Set<UInt16>] = [:]
        for (person, agency) in zip(people, set.agency) { known[person, default: []].insert(agency) }
        let together = Dictionary(grouping: known.values) { $0.map { set.agencies[Int($0)] }.sorted() }
        return together.map { (agencies: $0.key, people: $0.value.count) }.sorted {
            ($1.people, $0.agencies.count, $0.agencies.joined(separator: "\n"))
                < ($0.people, $1.agencies.count, $1.agencies.joined(separator: "\n"))
        }
    }

    /// Relatives share a surname, a home and a telephone, twins a birth too: with another forename that counts against.
    private static func household(_ pattern: UInt32) -> Float {
        guard EncodedModel.level(pattern, 0) == 6 else { return 0 }
        let surname = EncodedModel.level(pattern, 1), birth = EncodedModel.level(pattern, 2)
        let postcode = EncodedModel.level(pattern, 3), phone = EncodedModel.level(pattern, 7)
        var sum: Float = 0
        if (1...2).contains(surname), (1...2).contains(postcode) || birth == 1 { sum -= 8 }
        if phone == 1, birth > 1 || birth == 0 { sum -= 4 }
        return sum
    }

    /// The odds that two records are one person's before anything is compared, from the pairs that are, a few times.
    private static func prior(_ set: EncodedSet, _ union: EncodedPatterns, _ weights: [UInt32: Float]) -> Float {
        if set.mode == .record {
            // Learnt on the pairs that were compared: their share.
            return 0
        }
        let all = Double(set.count) * Double(set.count - 1) / 2
        var matched = Double(set.count), prior: Float = 0
        for _ in 0..<10 {
            prior = EncodedModel.log2(max(matched, 1) / max(all, 1))
            matched = union.sorted.reduce(0) { sum, row in
                let odds = Double(weights[row.pattern] ?? 0) + Double(prior)
                return sum + Double(row.count) * (odds > 30 ? 1 : odds < -30 ? 0 : 1 / (1 + EncodedModel.power(-odds)))
            }
        }
        return prior
    }

    /// Fields that a rule makes alike; nil where nothing is learnt from its pairs.
    private static func alike(_ rule: EncodingPlan.Rule, _ mode: EncodingMode) -> Set<Int>? {
        guard mode == .field else { return nil }
        switch rule {
        case .birthForename: return [0, 2]
        case .birthSurname: return [1, 2]
        case .surnamePostcode: return [1, 3]
        case .namesOutward: return [0, 1, 3]
        default: return nil
        }
    }
}
