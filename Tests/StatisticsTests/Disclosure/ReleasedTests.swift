import Statistics
import Testing

@Suite("What was released")
struct ReleasedTests {
    private func released(_ rule: DisclosureRule = DisclosureRule(threshold: 5)) throws -> Released<CountTable> {
        let table = try CountTable.grid(
            "t", ["a", "b", "c", "d"], ["x", "y"], [[3, 20], [40, 30], [50, 40], [0, 60]])
        return try #require(try DisclosureControl.release(ReleaseRequest([table]), rule).tables.first)
    }

    @Test func `holds no number that is hidden, and one symbol whatever the reason`() throws {
        let one = try released()
        #expect(one.published.value(["a", "x"]) == .withheld && one.published.value(["a", "x"]).text == "[c]")
        #expect(!String(reflecting: one).contains("count(3)"))
        #expect(one.footnotes.first?.contains("under 5") == true && one.rule == "as given")
    }

    @Test func `percentages are of published numbers, whole, and never say all, none or a few`() throws {
        let one = try released().published
        #expect(one.percent(of: ["a", "x"], in: ["a", "Total"]) == .withheld)
        #expect(one.percent(of: ["d", "x"], in: ["d", "Total"]) == .withheld)
        #expect(one.percent(of: ["d", "y"], in: ["d", "Total"]) == .withheld)
        let shown = Reader.places(one).filter { $0[0] != "Total" && one.value($0).count ?? 0 > 0 }
        let whole = try #require(
            shown.first { one.value([$0[0], "Total"]).count != nil && $0[1] == "y" && $0[0] != "d" })
        let (part, base) = (one.value(whole).count ?? 0, one.value([whole[0], "Total"]).count ?? 1)
        #expect(one.percent(of: whole, in: [whole[0], "Total"]) == .count((part * 200 + base) / (2 * base)))
        let small = try CountTable.grid("s", ["a", "b"], ["x"], [[5], [4 + 1]])
        let tiny = try #require(
            try DisclosureControl.release(ReleaseRequest([small]), DisclosureRule(threshold: 3)).tables.first)
        #expect(tiny.published.percent(of: ["a", "x"], in: ["a", "Total"]) == .withheld)
    }

    @Test func `a chart has no bar for what is hidden, and no order tells its size`() throws {
        let one = try released().published
        let bars = one.bars(of: 0, at: ["a", "x"])
        #expect(bars.filter { $0.count == nil }.allSatisfy { one.value([$0.code, "x"]) == .withheld })
        let hidden = bars.drop { $0.count != nil }.map(\.code)
        #expect(hidden.contains("a") && hidden == hidden.sorted())
        #expect(bars.compactMap(\.count) == bars.compactMap(\.count).sorted(by: >))
    }

    @Test func `rounded profiles print multiples only, and leave the same cells out`() throws {
        let five = try #require(DisclosureRule.profiles.first { $0.name == "lt5_round5" })
        let one = try released(five).published
        for at in Reader.places(one) { #expect((one.value(at).count ?? 0) % 5 == 0) }
        #expect(one.value(["a", "x"]) == .withheld && one.value(["d", "x"]) == .count(0))
        let ten = try #require(DisclosureRule.profiles.first { $0.name == "dfe_1to5_round10" })
        let totals = try released(ten).published
        #expect((totals.value(["Total", "Total"]).count ?? 0) % 10 == 0)
    }

    @Test func `small-count rounding leaves no small count, adds up, and stays near`() throws {
        var random = RandomTables(seed: 31)
        for round in 0..<10 {
            let shape: RandomTables.Shape = [.grid, .cube, .hierarchy, .quarters][round % 4]
            let request = try random.request(shape)
            let tables = try DisclosureControl.roundSmallCounts(request, DisclosureRule(threshold: 5))
            for (table, one) in zip(request.tables, tables.map(\.published)) {
                for at in table.places {
                    let count = try #require(one.value(at).count)
                    #expect(count == 0 || count >= 5)
                    #expect(abs(count - table.count(at)) <= 10)
                    for (axis, dimension) in table.dimensions.enumerated() {
                        for sum in dimension.sums where sum.total == at[axis] {
                            let parts = sum.parts.reduce(0) { total, part in
                                var place = at
                                place[axis] = part
                                return total + (one.value(place).count ?? 0)
                            }
                            #expect(parts == count)
                        }
                    }
                }
            }
        }
        let (first, second) = (try random.request(.linked), DisclosureRule(threshold: 5))
        #expect(throws: DisclosureRefusal.self) { try DisclosureControl.roundSmallCounts(first, second) }
    }
}
