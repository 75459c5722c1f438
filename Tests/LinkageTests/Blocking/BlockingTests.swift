import Testing

@testable import Linkage

@Suite("Pairs to compare are found without comparing all")
struct BlockingTests {
    private func records(_ count: Int) throws -> Records {
        let extracts = try Extracts()
        let table = RawTable(.standard)
        let path = try extracts.file("a.csv", Array(Extracts.lines().prefix(count + 1)))
        try table.add(MappedFile(path), isStandard: true) { _ in }
        return Records(table)
    }

    @Test func `every pair that shares a key of a small enough block is found once, and no other`() throws {
        let records = try records(500)
        let rules = BlockingRule.rules(for: records.fields.map(\.type))
        let keys = BlockKeys(records, rules), plain = BlockKeys(records, rules)
        let found = Candidates(records, keys, isLinking: false, threads: 2) { _ in }
        for rule in rules.indices { plain.fill(rule, records) }
        var sizes: [[UInt32: Int]] = Array(repeating: [:], count: rules.count)
        for record in 0..<records.count {
            for rule in rules.indices { sizes[rule][plain.keys[record * rules.count + rule], default: 0] += 1 }
        }
        var wanted: Set<[Int]> = []
        for one in 0..<records.count {
            for other in (one + 1)..<records.count {
                let isShared = rules.indices.contains { rule in
                    let (a, b) = (plain.keys[one * rules.count + rule], plain.keys[other * rules.count + rule])
                    return a != 0 && a == b && sizes[rule][a]! <= rules[rule].most
                }
                if isShared { wanted.insert([one, other]) }
            }
        }
        let pairs = found.pairs.map { [Int($0.one), Int($0.other)] }
        #expect(pairs.count == Set(pairs).count)
        #expect(Set(pairs) == wanted)
        #expect(found.made.reduce(0, +) == pairs.count)
        #expect(found.patterns.counts.reduce(0, +) == pairs.count)
    }

    @Test func `a key sort leaves equal keys in their order`() {
        var dice = Dice(3)
        for count in [0, 1, 2, 1_000] {
            let items = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
            let scratch = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
            defer {
                items.deallocate()
                scratch.deallocate()
            }
            for at in 0..<count { items[at] = (dice.next() % 50) << 32 * (dice.next() % 2 + 1) >> 1 | UInt64(at) }
            let before = (0..<count).map { items[$0] }
            RadixSort.sort(items, count, scratch: scratch)
            let sorted = before.enumerated().sorted { ($0.element >> 32, $0.offset) < ($1.element >> 32, $1.offset) }
            #expect((0..<count).map { items[$0] } == sorted.map(\.element))
        }
    }

    @Test func `a block with thousands of one name is not compared with itself`() throws {
        let extracts = try Extracts()
        let rows = (0..<3_000).map { "R\($0),x,,Susan,,Smith,,F,,," }
        let linkage = try Linkage.run([try extracts.file("a.csv", [Extracts.heading] + rows)])
        #expect(linkage.pairCount == 0)
        #expect(linkage.headCount.groups == 3_000)
    }
}
