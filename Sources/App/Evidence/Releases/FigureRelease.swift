import Foundation
import Postgres
import Statistics

/// A quarter that has left.
struct FigureReleaseLine: Sendable {
    let id: UUID
    let quarter: FigureQuarter
    /// The agencies whose counts are in it, by name.
    let agencies: [String]
    let at: Date
    let by: String

    var path: String { "/figures/\(id.column)" }
}

extension FigureTable {
    /// How the names of its released tables begin.
    fileprivate var prefix: String { "\(title), " }

    /// What the rows of its table are called.
    fileprivate var heading: String {
        switch self {
        case .searches: "How it ended"
        case .soon: "Moved in"
        case .asked: "Answer"
        case .reasons: "Reason"
        case .households: "Household"
        case .movedIn: "Kind"
        case .movedOut: "Stayed"
        case .nights: "Nights"
        }
    }

    /// Which one a released table is; nil of one that an older version made otherwise.
    init?(of table: PublishedTable) {
        guard let kind = Self.allCases.first(where: { table.name.hasPrefix($0.prefix) }) else { return nil }
        self = kind
    }
}

/// The tables of a quarter as they are put before disclosure control: all agencies' counts added up, and how the tables
/// hang together, since whoever reads one reads them all.
struct FigureTables {
    static let allAreas = "All areas"
    static let placed = "Placed in safe accommodation"
    static let totals: [FigureTable: String] = [
        .searches: "All searches", .soon: placed, .asked: "All that was asked", .reasons: "All refusals",
        .households: "All that was asked", .movedIn: "All that moved in", .movedOut: "All that moved out",
        .nights: "All nights",
    ]

    let quarter: FigureQuarter
    let returns: [FigureReturn]
    private var counts: [FigureCount] { returns.flatMap(\.counts) }

    init(_ quarter: FigureQuarter, _ returns: [FigureReturn]) {
        (self.quarter, self.returns) = (quarter, returns)
    }

    func name(_ table: FigureTable) -> String { table.prefix + quarter.title }

    /// Together with everything that left before.
    func request(after earlier: [CountTable]) throws(DisclosureProblem) -> ReleaseRequest {
        var tables: [CountTable] = []
        for table in FigureTable.allCases {
            if let made = try made(table) { tables.append(made) }
        }
        let names = Set(tables.map(\.name))
        let same = [
            [cell(.soon, [Self.placed]), cell(.searches, [Self.placed])],
            [cell(.reasons, [Self.totals[.reasons] ?? ""]),
             cell(.asked, [Self.allAreas, AskedOutcome.refused.label])],
            [cell(.households, [Self.totals[.households] ?? ""]),
             cell(.asked, [Self.allAreas, Self.totals[.asked] ?? ""])],
        ].filter { pair in pair.allSatisfy { names.contains($0.table) } }
        return ReleaseRequest(tables, earlier: earlier, same: same.map { $0.map(\.id) })
    }

    private func cell(_ table: FigureTable, _ at: [String]) -> (table: String, id: String) {
        (name(table), ([name(table)] + at).joined(separator: "|"))
    }

    /// Nil: there is nothing in it to count.
    private func made(_ table: FigureTable) throws(DisclosureProblem) -> CountTable? {
        let codes = counts.codes(of: table)
        if codes.isEmpty { return nil }
        let total = Self.totals[table] ?? ""
        let amounts = codes.map { (table.words($0), counts.amount(table, $0)) }
        switch table {
        case .searches:
            let here = [SearchEnding.placedHere.label, SearchEnding.placedAway.label]
            let others = SearchEnding.allCases.map(\.label).filter { !here.contains($0) }
            let dimension = CountDimension(table.heading, codes: [Self.placed] + here + others + [total], sums: [
                .init(total, of: [Self.placed] + others), .init(Self.placed, of: here),
            ])
            let placed = amounts.filter { here.contains($0.0) }.reduce(0) { $0 + $1.1 }
            return try line(table, dimension, amounts + [(Self.placed, placed), (total, counts.amount(table))])
        case .soon, .reasons, .households, .movedIn, .movedOut, .nights:
            let dimension = CountDimension(table.heading, of: amounts.map(\.0), total: total)
            return try line(table, dimension, amounts + [(total, counts.amount(table))],
                            single: table == .movedIn ? alone : [])
        case .asked:
            let areas = Set(counts.filter { $0.table == .asked }.map(\.area)).sorted()
            if areas.isEmpty { return nil }
            // A sum that isn't given counts as never published: all are.
            let rows = areas.map { (name: $0, area: Optional($0)) } + [(name: Self.allAreas, area: nil)]
            let columns = codes.map { (name: table.words($0), code: Optional($0)) } + [(name: total, code: nil)]
            let cells = rows.flatMap { row in
                columns.map { ([row.name, $0.name], CountCell.count(counts.amount(table, $0.code, from: row.area))) }
            }
            return try CountTable(name(table), [
                CountDimension("From", of: areas, total: Self.allAreas),
                CountDimension(table.heading, of: codes.map(table.words), total: total),
            ], cells: Dictionary(cells) { first, _ in first })
        }
    }

    private func line(
        _ table: FigureTable, _ dimension: CountDimension, _ amounts: [(String, Int)], single: Set<String> = []
    ) throws(DisclosureProblem) -> CountTable {
        try CountTable(
            name(table), [dimension],
            cells: Dictionary(amounts.map { ([$0.0], CountCell.count($0.1)) }) { first, _ in first }, single: single)
    }

    /// Kinds of accommodation that one agency alone has: their row would say where somebody is.
    private var alone: Set<String> {
        let counted = counts.codes(of: .movedIn)
        return Set(counted.filter { code in
            returns.filter { $0.counts.amount(.movedIn, code) > 0 }.count == 1
        }.map(FigureTable.movedIn.words))
    }

    /// The house's rule; that of small areas for everything where the whole partnership is one.
    static func rule(areas: [String]) -> DisclosureRule {
        var rule = DisclosureRule.drystone
        let isSmall = areas.reduce(0) { $0 + (rule.populations[$1] ?? rule.smallArea) } < rule.smallArea
        if isSmall && !areas.isEmpty { rule.threshold = max(rule.threshold, rule.smallAreaThreshold) }
        return rule
    }
}

extension DisclosureRefusal {
    /// What an analyst can do about it.
    var words: String {
        switch self {
        case .problem(let problem): "The tables can’t be read: \(problem)."
        case .discloses(let cells):
            "Together with what left before, these could be worked out whatever is hidden: "
                + cells.joined(separator: "; ") + "."
        case .unproven(let cells):
            "That these can’t be worked out could not be proved: \(cells.joined(separator: "; "))."
        case .cancelled: "The work was stopped."
        }
    }
}
