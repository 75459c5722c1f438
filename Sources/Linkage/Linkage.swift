import Foundation

/// What a run is asked.
public struct LinkageOptions: Sendable {
    public var schema: LinkSchema?
    public var model: SavedModel?
    public var decisions: [LinkDecision] = []
    /// Records are one person where that is more likely than this, on average over the pairs of a group.
    public var threshold = 0.5
    public var threads = 1
    /// The one sheet of a workbook as CSV; without it workbooks are refused.
    public var readsWorkbook: (@Sendable (_ path: String) throws(LinkageProblem) -> Data)?

    public init() {}

    var cut: Float { Float(log2(threshold / (1 - threshold))) }
}

/// Records of several agencies, and which of them are one person.
///
/// The same files give the same answer, whatever the number of threads and the order of their rows.
public struct Linkage {
    public let headCount: HeadCount
    public let overlap: [Overlap]
    /// People by how many records they have.
    public let clustersBySize: [Int: Int]
    /// Decisions that were followed, and record ids in decisions that the files don't have.
    public let usedDecisions: Int
    public let unknownInDecisions: [String]

    let records: Records
    let candidates: Candidates
    let weights: [Float]
    let model: LinkModel
    let rules: [BlockingRule]
    let clusters: [UInt32]
    let doubtful: [DoubtfulMerge]
    let decisions: Decisions
    let cut: Float
    let schema: LinkSchema
    let rounds: Int

    /// `progress` is told the step and how far it is, 0 to 1.
    public init(
        _ paths: [String], _ options: LinkageOptions, progress: (String, Double) -> Void = { _, _ in }
    ) throws(LinkageProblem) {
        let schema = options.schema ?? options.model?.schema ?? .standard
        try Self.check(schema)
        let table = RawTable(schema)
        for path in paths {
            let file = try MappedFile(path).sheet(options.readsWorkbook)
            try table.add(file, isStandard: options.schema == nil) { place in
                progress("Reading", Double(place) / Double(file.bytes.count))
            }
        }
        guard table.count > 0 else { throw LinkageProblem("there is no row that can be used.") }
        progress("Standardising", 0)
        let threads = max(1, options.threads), isLinking = schema.mode == .link
        let records = Records(table, threads: threads)
        let rules = BlockingRule.rules(for: records.fields.map(\.type))
        let decisions = try Decisions(options.decisions, records)
        let candidates = Candidates(
            records, BlockKeys(records, rules), isLinking: isLinking, threads: threads
        ) { progress("Comparing", $0) }
        progress("Learning", 0)
        let random = RandomPairs(records, pairs: min(80_000, max(20_000, 5 * records.count)))
        var learner = Learner(records, random, total: Self.pairs(table, isLinking))
        if let saved = options.model { try learner.start(from: saved) }
        learner.learn(candidates.patterns, onlyShares: options.model != nil)
        let weigher = Weigher(learner.model)
        let weights = candidates.patterns.patterns.map(weigher.weight)
        progress("Grouping", 0)
        let clusterer = Clusterer(
            records, candidates, weights, learner.model, decisions, cut: options.cut, threads: threads)
        headCount = HeadCount.count(records, candidates, weights, clusterer, decisions)
        overlap = Overlap.count(records, clusterer.clusters)
        var sizes = [Int](repeating: 0, count: records.count), bySize: [Int: Int] = [:]
        for cluster in clusterer.clusters { sizes[Int(cluster)] += 1 }
        for size in sizes where size > 0 { bySize[size, default: 0] += 1 }
        clustersBySize = bySize
        (usedDecisions, unknownInDecisions) = (decisions.used, decisions.unknown)
        (self.decisions, doubtful) = (decisions, clusterer.doubtful)
        (self.records, self.candidates, self.weights, self.model) = (records, candidates, weights, learner.model)
        (self.rules, clusters, cut, self.schema) = (rules, clusterer.clusters, options.cut, schema)
        rounds = learner.rounds
    }

    public var count: Int { records.count }

    public var pairCount: Int { candidates.pairs.count }

    public var rejectedCount: Int { records.table.rejectedCount }

    private static func check(_ schema: LinkSchema) throws(LinkageProblem) {
        guard (1...LinkageLimits.compared).contains(schema.fields.count) else {
            throw LinkageProblem("a schema compares 1 to \(LinkageLimits.compared) columns.")
        }
        for type in [FieldType.forename, .surname, .middleName, .sex]
        where schema.fields.count(where: { $0.type == type }) > 1 {
            throw LinkageProblem("a schema has one column of type \(type.rawValue).")
        }
        guard Set(schema.fields.map(\.column)).count == schema.fields.count else {
            throw LinkageProblem("a schema names each column once.")
        }
    }

    /// All pairs of records that might be one person.
    private static func pairs(_ table: RawTable, _ isLinking: Bool) -> Double {
        func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
        if !isLinking { return pairs(table.count) }
        var counts: [UInt8: Int] = [:]
        for source in table.sources { counts[source, default: 0] += 1 }
        return pairs(table.count) - counts.values.map(pairs).sorted().reduce(0, +)
    }
}
