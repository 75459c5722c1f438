import Testing

@testable import Linkage

@Suite("Two thousand invented records of six agencies")
struct LinkageTests {
    private let extracts: Extracts
    private let lines: [String]

    init() throws {
        extracts = try Extracts()
        lines = try Extracts.lines()
    }

    @Test func `people are found, and counted within one in a hundred and a half`() throws {
        let linkage = try Linkage.run([try extracts.file("a.csv", lines)]), truth = try Extracts.truth()
        #expect(Quality.f1(linkage.byName, truth) >= 0.96)
        let people = Set(truth.values).count
        #expect(abs(Double(linkage.headCount.people) / Double(people) - 1) < 0.015)
        #expect((linkage.headCount.low...linkage.headCount.high).contains(people))
        #expect(linkage.overlap.reduce(0) { $0 + $1.people } == linkage.headCount.groups)
        #expect(linkage.clustersBySize.reduce(0) { $0 + $1.key * $1.value } == linkage.count)
    }

    @Test func `threads change nothing, nor does the order of rows, nor how they are spread over files`() throws {
        let whole = try extracts.file("a.csv", lines)
        let first = try Linkage.run([whole])
        for threads in [2, 3] {
            let again = try Linkage.run([whole], threads: threads)
            #expect(again.byName == first.byName)
            #expect(again.headCount == first.headCount)
            #expect(again.savedModel == first.savedModel)
            #expect(again.clustersFile() == first.clustersFile())
        }
        var rows = Array(lines.dropFirst()), dice = Dice(9)
        for at in rows.indices.reversed() { rows.swapAt(at, dice.below(at + 1)) }
        let shuffled = [
            try extracts.file("b.csv", [lines[0]] + rows.prefix(700)),
            try extracts.file("c.csv", [lines[0]] + rows.dropFirst(700)),
        ]
        let other = try Linkage.run(shuffled, threads: 2)
        #expect(other.byName == first.byName)
        #expect(other.headCount == first.headCount)
        #expect(other.overlap == first.overlap)
        #expect(other.savedModel == first.savedModel)
        #expect(other.pairsFile() == first.pairsFile())
    }

    @Test func `with a schema that says the same, and in link mode only across sources`() throws {
        let path = try extracts.file("a.csv", lines)
        let linkage = try Linkage.run([path]) {
            $0.schema = LinkSchema(
                id: "record_id", source: "agency", fields: LinkSchema.standard.fields, mode: .link)
        }
        for pair in linkage.candidates.pairs.prefix(5_000) {
            #expect(linkage.records.table.sources[Int(pair.one)] != linkage.records.table.sources[Int(pair.other)])
        }
        #expect(linkage.pairCount > 500)
    }
}
