/// A decision of the control, ready to leave.
public struct Release: Sendable {
    /// What may leave, in the order of the request.
    public let tables: [Released<CountTable>]
    /// For analysts: what is hidden, why, and the proof.
    public let outcome: DisclosureOutcome
    /// The tables as the ledger keeps them: what is public, and the counts of what is hidden. As secret as records.
    public let record: [CountTable]
}

extension DisclosureControl {
    /// Suppression: the tables of a request with what must be hidden hidden, rounded if the rule says so. Throws where
    /// anything could be worked out together with what is public already.
    public static func release(
        _ request: ReleaseRequest, _ rule: DisclosureRule, progress: (Double) -> Bool = { _ in true }
    ) throws(DisclosureRefusal) -> Release {
        let outcome = try decide(request, rule, progress: progress)
        let footnotes = Footnotes.suppression(rule)
        var tables: [Released<CountTable>] = [], record: [CountTable] = []
        for table in request.tables {
            let totals = table.dimensions.map { Set($0.sums.map(\.total)) }
            var values: [[String]: PublishedValue] = [:], kept: [[String]: CountCell] = [:]
            for at in table.places {
                let id = table.id(at)
                // The count of record: the cell's own, or what followed for it.
                let count = outcome.counts[id] ?? 0
                if outcome.isHidden[id] ?? true {
                    values[at] = .withheld
                    kept[at] = .hidden(count)
                } else {
                    let isTotal = zip(at, totals).contains { $1.contains($0) }
                    values[at] = .count(rule.shown(count, isTotal: isTotal))
                    kept[at] = .shown(count)
                }
            }
            do { record.append(try table.replacing(kept)) } catch { throw .problem(error) }
            tables.append(Released(
                PublishedTable(
                    name: table.name, dimensions: table.dimensions, values: values,
                    leastBase: max(10, 2 * rule.threshold)),
                rule, footnotes))
        }
        return Release(tables: tables, outcome: outcome, record: record)
    }
}

extension DisclosureRule {
    /// A count as it is printed.
    func shown(_ count: Int, isTotal: Bool) -> Int {
        switch rounding {
        case .none: count
        case .all(let base): Self.rounded(count, to: base)
        case .totals(let base): isTotal ? Self.rounded(count, to: base) : count
        }
    }
}

extension CountTable {
    func replacing(_ cells: [[String]: CountCell]) throws(DisclosureProblem) -> CountTable {
        try CountTable(name, dimensions, cells: cells, single: single)
    }
}

/// What stands below every released table.
enum Footnotes {
    static func suppression(_ rule: DisclosureRule) -> [String] {
        var small = "Counts under \(rule.threshold)"
        if rule.smallAreaThreshold > rule.threshold {
            small += ", under \(rule.smallAreaThreshold) in areas of fewer than \(rule.smallArea) people,"
        }
        var notes = ["[c] is withheld. \(small) are withheld, and others so that these can't be worked out."]
        switch rule.rounding {
        case .none: break
        case .all(let base): notes.append("Counts are rounded to the nearest \(base), so they may not add up.")
        case .totals(let base): notes.append("Totals are rounded to the nearest \(base), so they may not add up.")
        }
        notes.append("Percentages are whole, of published counts, and not given for small groups.")
        return notes
    }

    static func smallCounts(_ rule: DisclosureRule) -> [String] {
        ["Counts under \(rule.threshold) were made 0 or \(rule.threshold), and totals added up again, so that no small "
            + "count is shown. A 0 here may stand for a few."]
    }
}

/// Everything that ever left, with the counts of what was hidden: what later releases are checked against. It is as
/// secret as the case records.
public struct ReleaseLedger: Sendable {
    public private(set) var tables: [CountTable] = []
    public private(set) var same: [[String]] = []
    public private(set) var accumulations: [ReleaseRequest.Accumulation] = []
    public private(set) var relations: [ReleaseRequest.Relation] = []

    public init() {}

    /// Releases tables if nothing can be worked out from them together with all that left before, and keeps them.
    public mutating func release(
        _ request: ReleaseRequest, _ rule: DisclosureRule, progress: (Double) -> Bool = { _ in true }
    ) throws(DisclosureRefusal) -> Release {
        var whole = request
        whole.earlier = tables + request.earlier
        whole.same = same + request.same
        whole.accumulations = accumulations + request.accumulations
        whole.relations = relations + request.relations
        let release = try DisclosureControl.release(whole, rule, progress: progress)
        let names = Set(release.record.map(\.name))
        tables = tables.filter { !names.contains($0.name) } + release.record
        (same, accumulations, relations) = (whole.same, whole.accumulations, whole.relations)
        return release
    }
}
