import Statistics
import Testing

@Suite("Disclosure control: the information lost")
struct InformationLostTests {
    /// The least that can be hidden, by trying every set of cells on tiny tables.
    private func optimum(_ table: CountTable, threshold: Int) throws -> Int {
        let places = table.places.filter { table.count($0) > 0 }
        let small = places.filter { table.count($0) < threshold }
        let others = places.filter { table.count($0) >= threshold }
        var best = Int.max
        for set in 0..<(1 << others.count) {
            let more = others.indices.filter { set & (1 << $0) != 0 }.map { others[$0] }
            let lost = (small + more).reduce(0) { $0 + table.count($1) }
            guard lost < best else { continue }
            var cells = table.shownCells
            for at in small + more { cells[at] = .hidden(table.count(at)) }
            let published = try CountTable("t", table.dimensions, cells: cells)
            let reader = Reader(published)
            let isSafe = small.allSatisfy { at in
                let (low, high) = reader.interval(table.id(at))
                return high.map { $0 >= threshold && $0 - low >= threshold - 1 } ?? true
            }
            if isSafe { best = lost }
        }
        return best
    }

    @Test func `on tiny tables it is near the least that protects`() throws {
        var chance = Chance(seed: 3), ratios: [Double] = []
        for _ in 0..<14 {
            let rows = (0..<2).map { _ in (0..<3).map { _ in Int(24 * chance.fraction() * chance.fraction()) } }
            let table = try CountTable.grid("t", ["a", "b"], ["x", "y", "z"], rows)
            let least = try optimum(table, threshold: 4)
            let found = try DisclosureControl.decide(ReleaseRequest([table]), DisclosureRule(threshold: 4)).countsLost
            if least > 0 { ratios.append(Double(found) / Double(least)) }
        }
        #expect(ratios.allSatisfy { (0.999...1.3).contains($0) }, "\(ratios)")
        #expect(ratios.reduce(0, +) / Double(ratios.count) <= 1.1)
    }
}
