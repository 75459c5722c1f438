import Foundation
import Statistics
import Testing

@Suite("Disclosure control, attacked on random tables")
struct AttackTests {
    private static let rounds = ProcessInfo.processInfo.environment["TEST_LONG"]?.isEmpty == false ? 400 : 12

    /// Everybody who reads what left, and what was true.
    static func attack(
        _ release: Release, _ request: ReleaseRequest, earlier: [Released<CountTable>] = [], floor: Int = 1
    ) -> Reader {
        Reader(
            (earlier + release.tables).map(\.published), same: request.same,
            sums: request.accumulations.map { ($0.total, $0.parts) }, floor: floor)
    }

    /// What goes wrong with small counts: seen, or narrower than promised.
    static func leaks(_ reader: Reader, _ tables: [CountTable], _ released: [Released<CountTable>], threshold: Int)
        -> [String] {
        var leaks: [String] = []
        for (table, one) in zip(tables, released) {
            for at in table.places where (1..<threshold).contains(table.count(at)) {
                let (low, high) = reader.interval(table.id(at))
                let isWide = high.map { $0 >= threshold && $0 - low >= threshold - 1 } ?? true
                let isTrue = one.published.value(at) == .withheld && low <= table.count(at)
                if !isWide || !isTrue { leaks.append(table.id(at)) }
            }
        }
        return leaks
    }

    @Test(arguments: RandomTables.Shape.allCases)
    func `nobody who reads everything works a small count out, and what is shown is true`(
        _ shape: RandomTables.Shape
    ) throws {
        var random = RandomTables(seed: 7)
        for round in 0..<Self.rounds {
            let request = try random.request(shape), threshold = [3, 5, 10][round % 3]
            let release = try DisclosureControl.release(request, DisclosureRule(threshold: threshold))
            let reader = Self.attack(release, request)
            #expect(Self.leaks(reader, request.tables, release.tables, threshold: threshold) == [])
            for (table, one) in zip(request.tables, release.tables) {
                for at in table.places {
                    if let count = one.published.value(at).count { #expect(count == table.count(at)) }
                }
            }
            // What the program says of each interval is what the reader finds.
            for cell in release.outcome.hidden {
                let found = reader.interval(cell.id)
                #expect(
                    cell.interval?.low == found.low && cell.interval?.high == found.high,
                    "\(cell.id): \(String(describing: cell.interval)), found \(found)")
            }
        }
    }

    @Test func `where zeros are hidden too, a reader who doesn't know that they aren't zero learns nothing`() throws {
        var random = RandomTables(seed: 11)
        let rule = DisclosureRule(threshold: 4, hidesZeros: true)
        for _ in 0..<(Self.rounds / 2) {
            let request = try random.request(.grid)
            let release = try DisclosureControl.release(request, rule)
            let reader = Self.attack(release, request, floor: 0)
            for at in request.tables[0].places where request.tables[0].count(at) < 4 {
                let (low, high) = reader.interval(request.tables[0].id(at))
                #expect(high.map { $0 >= 4 && $0 - low >= 3 } ?? true)
            }
        }
    }

    @Test func `the same is hidden whatever the order of rows, columns and tables, and on every run`() throws {
        var random = RandomTables(seed: 5), chance = Chance(seed: 9)
        for shape in RandomTables.Shape.allCases {
            let request = try random.request(shape)
            var other = request
            other.tables = try request.tables.reversed().map { table in
                let dimensions = table.dimensions.map { one in
                    CountDimension(
                        one.name, codes: one.codes.shuffled(using: &chance),
                        sums: one.sums.reversed().map { .init($0.total, of: $0.parts.reversed()) })
                }
                return try CountTable(table.name, dimensions, cells: table.cells)
            }
            other.same = request.same.reversed().map { $0.reversed() }
            let rule = DisclosureRule(threshold: 5)
            let first = try DisclosureControl.decide(request, rule), second = try DisclosureControl.decide(other, rule)
            #expect(first.hidden.map(\.id) == second.hidden.map(\.id))
            #expect(first.work == second.work)
        }
    }

    @Test func `an insider who is alone in a cell learns nothing of anybody else`() throws {
        var random = RandomTables(seed: 21)
        let rule = DisclosureRule(threshold: 5, withstandsInsiders: true)
        for _ in 0..<(Self.rounds / 2) {
            let request = try random.request(.grid), table = request.tables[0]
            let release = try DisclosureControl.release(request, rule)
            let alone = table.places.filter { table.count($0) == 1 }
            for insider in alone {
                // To him his own cell is as good as printed.
                let reader = Reader(release.tables.map(\.published), knowing: [table.id(insider): 1])
                for at in table.places where (1..<5).contains(table.count(at)) && at != insider {
                    let (low, high) = reader.interval(table.id(at))
                    let isTheSame = release.outcome.knownToInsiders.contains {
                        $0.insider == table.id(insider) && $0.cell == table.id(at)
                    }
                    #expect(low != high || isTheSame, "\(insider) learns \(at)")
                }
            }
        }
    }
}
