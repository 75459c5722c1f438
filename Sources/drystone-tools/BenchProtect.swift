import ArgumentParser
import Statistics

/// `drystone bench protect`: invented tables, the middle of seven runs.
struct BenchProtect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "protect", abstract: "Disclosure control of invented tables, the middle of seven runs.",
        discussion: "Exit code 1 when a limit is not met. In a debug build the figures mean nothing.")

    @Option(help: ArgumentHelp("The same seed gives the same tables.", valueName: "number"))
    var seed: UInt64 = 1
    @Flag(help: "Also 2,700 cells with some 650 small counts, once. This takes minutes.")
    var large = false

    func run() throws {
        var all = [
            try measured("grid, 9 x 8 and totals", [9, 8], 0.05), try measured("districts, 6 x 4 x 2", [6, 4, 2], 0.05),
            try measured("grid, 16 x 10 and totals", [16, 10], 0.5), try measured("cube, 7 x 5 x 3", [7, 5, 3], 0.5),
        ]
        if large { all.append(try measured("cube, 24 x 17 x 5", [24, 17, 5], 120, times: 1)) }
        print("work".padded(48) + "ms".leading(10) + "limit".leading(10) + "of limit".leading(10))
        for one in all {
            print(one.work.padded(48) + BenchCapacity.digits(one.seconds * 1_000) + plain(one.limit * 1_000).leading(10)
                + BenchCapacity.digits(one.seconds / one.limit) + (one.isMet ? "" : "  not met"))
        }
        if !all.allSatisfy(\.isMet) { throw ExitCode(1) }
    }

    private func measured(_ name: String, _ sizes: [Int], _ limit: Double, times: Int = 7) throws -> Measured {
        let table = try InventedTable.make(sizes, seed: seed)
        var outcome: DisclosureOutcome?
        let measured = Measured("", limit: limit, times: times) {
            outcome = try? DisclosureControl.decide(ReleaseRequest([table]), DisclosureRule(threshold: 5))
        }
        guard let outcome else { throw Unreadable(text: "\(name) was refused.") }
        return Measured(
            "\(name): \(outcome.cellCount) cells, \(outcome.primary.count) small",
            seconds: measured.seconds, limit: limit)
    }
}

/// A table of invented counts with totals in every dimension.
enum InventedTable {
    static func make(_ sizes: [Int], seed: UInt64) throws -> CountTable {
        var chance = Chance(seed: seed)
        let dimensions = sizes.enumerated().map { axis, size in
            CountDimension("dimension \(axis + 1)", of: (1...size).map { "\(axis + 1).\($0)" })
        }
        var inner: [[String]: Int] = [[]: 0]
        for dimension in dimensions {
            var next: [[String]: Int] = [:]
            for at in inner.keys { for code in dimension.codes.dropLast() { next[at + [code]] = 0 } }
            inner = next
        }
        for at in inner.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            inner[at] = Int(40 * chance.fraction() * chance.fraction() * chance.fraction())
        }
        var cells: [[String]: CountCell] = [:]
        for axis in dimensions.indices {
            for (at, count) in inner {
                var total = at
                total[axis] = "Total"
                inner[total, default: 0] += count
            }
        }
        for (at, count) in inner { cells[at] = .count(count) }
        return try CountTable("invented", dimensions, cells: cells)
    }
}
