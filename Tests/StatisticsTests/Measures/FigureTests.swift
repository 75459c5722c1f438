import Foundation
import Statistics
import Testing

@Suite("Measures: what a figure is made of") struct FigureTests {
    static let catalogue = try? JSONDecoder().decode([MeasureDefinition].self, from: Data(ShippedMeasures.json))

    static func measure(_ id: String) throws -> MeasureDefinition {
        try #require(catalogue?.first { $0.id == id }, "\(id)")
    }

    private static func about(_ unit: CountedUnit, _ notes: [QualityNote] = []) -> EvidenceTable.About {
        .init(id: "t", unit: unit, area: "Rutland", source: "s", notes: notes)
    }

    /// Years down, groups across.
    private static func published(
        _ unit: CountedUnit, _ rows: [String], _ columns: [String], _ values: [[EvidenceValue]],
        _ notes: [QualityNote] = []
    ) throws -> EvidenceTable {
        var cells: [[String]: EvidenceValue] = [:]
        for (row, line) in zip(rows, values) {
            for (column, value) in zip(columns, line) { cells[[row, column]] = value }
        }
        return try EvidenceTable(
            publishedBy: "A council", in: "a report", on: "2021", name: "t",
            [CountDimension("Year", codes: rows), CountDimension("Group", codes: columns)], cells: cells,
            about(unit, notes))
    }

    private static func people(_ number: Int) -> Operand {
        Operand(population: number, name: "population", area: "Rutland", source: "ONS")
    }

    @Test func `every definition that is shipped can be used, once in each version`() throws {
        let all = try #require(Self.catalogue)
        #expect(all.compactMap(\.problem) == [])
        #expect(Set(all.map { "\($0.id) \($0.version)" }).count == all.count && all.count >= 25)
        for id in ["victims", "equality_gap", "marac_cases", "police_rate", "spaces", "unmet", "stay", "referrals"] {
            #expect(all.contains { $0.id == id })
        }
    }

    @Test func `the figures of 2021 come out of the definitions`() throws {
        let victims = try Self.published(
            .agencyRecord, ["2018/19", "2019/20", "2020/21"], ["All", "Under 18", "Minoritised"], [
                [.count(529), .count(104), .count(38)], [.count(466), .count(103), .count(29)],
                [.count(453), .count(52), .count(33)],
            ], [.duplicates])
        func at(_ year: String, _ group: String) -> Operand { Operand(victims, [year, group]) }
        let share = try Figure(try Self.measure("victims_share"), at("2019/20", "Under 18"), at("2019/20", "All"))
        #expect(share.fullText == "22.10% (103 of 466)" && share.notes.contains(.duplicates))
        let fall = try Figure(try Self.measure("victims_change"), at("2019/20", "All"), at("2018/19", "All"))
        #expect(fall.fullText == "-11.9% (529 to 466)")
        let gap = try Figure(
            try Self.measure("equality_gap"), at("2020/21", "Minoritised"), at("2020/21", "All"),
            population: (Self.people(2_141), Self.people(41_050)))
        #expect(gap.text == "+2.1 percentage points")

        let marac = try Self.published(.maracCase, ["2020/21"], ["Cases"], [[.count(16)]])
        let cases = try Figure(
            try Self.measure("marac_cases"), Operand(marac, ["2020/21", "Cases"]), Self.people(15_000))
        #expect(cases.fullText == "26.7% (16 of 60 recommended for 15,000 people)")
        let police = try Self.published(.record, ["2019/20"], ["Force", "Rutland"], [[.count(20_433), .count(335)]])
        let rate = try Figure(
            try Self.measure("police_rate"), Operand(police, ["2019/20", "Force"]), Self.people(1_100_306))
        #expect(rate.text == "19 per 1,000")
        let ofForce = try Figure(
            try Self.measure("police_area_share"), Operand(police, ["2019/20", "Rutland"]),
            Operand(police, ["2019/20", "Force"]))
        #expect(ofForce.text == "1.64%")
        let spaces = try Self.published(.space, ["2021"], ["Spaces"], [[.count(9)]])
        let enough = try Figure(try Self.measure("spaces"), Operand(spaces, ["2021", "Spaces"]), Self.people(39_927))
        #expect(enough.fullText == "225% (9 of 4 recommended for 39,927 people)")
    }

    @Test func `nothing, no answer and nothing said stay apart`() throws {
        let table = try Self.published(
            .household, ["2018/19", "2019/20", "2020/21"], ["A", "B"], [
                [.notAvailable, .noReturn], [.count(6), .count(0)], [.count(14), .notAsked],
            ])
        let definition = try Self.measure("homelessness_change")
        func change(_ later: String, _ earlier: String, _ column: String) throws -> Figure {
            try Figure(definition, Operand(table, [later, column]), Operand(table, [earlier, column]))
        }
        #expect(try change("2020/21", "2019/20", "A").text == "+133.3%")
        #expect(try change("2020/21", "2019/20", "A").notes.contains(.smallBase))
        #expect(try change("2019/20", "2018/19", "A").text == "not available")
        #expect(try change("2019/20", "2018/19", "B").text == "no return")
        #expect(try change("2020/21", "2019/20", "B").text == "not asked")
        #expect(try Figure(Self.measure("homelessness"), Operand(table, ["2019/20", "B"])).text == "0")
    }

    @Test func `a change from nothing is none`() throws {
        let table = try Self.published(.referral, ["2019/20", "2020/21"], ["A"], [[.count(0)], [.count(13)]])
        let figure = try Figure(
            try Self.measure("referrals_change"), Operand(table, ["2020/21", "A"]), Operand(table, ["2019/20", "A"]))
        #expect(figure.value == .undefined)
    }

    @Test func `what can't be mixed isn't`() throws {
        let victims = try Self.published(
            .agencyRecord, ["2019/20", "2020/21", "2020/21 Q1"], ["A", "B"],
            [[.count(50), .count(60)], [.count(70), .count(80)], [.count(10), .count(20)]])
        let homes = try Self.published(.household, ["2020/21"], ["A"], [[.count(14)]])
        func operand(_ year: String, _ group: String = "A") -> Operand { Operand(victims, [year, group]) }
        for (measure, top, bottom, hint) in [
            ("victims_share", Operand(homes, ["2020/21", "A"]), operand("2020/21"), "counts households"),
            ("victims_share", operand("2020/21"), Operand(homes, ["2020/21", "A"]), "counts households"),
            ("victims_share", operand("2020/21"), operand("2019/20", "B"), "is more than"),
            ("victims_share", operand("2019/20"), operand("2020/21"), "different periods"),
            ("victims_change", operand("2020/21 Q1"), operand("2019/20"), "different lengths"),
            ("victims_change", operand("2019/20"), operand("2020/21"), "later period"),
            ("victims", operand("2019/20"), operand("2020/21"), "other numbers"),
            ("police_rate", operand("2019/20"), Self.people(10), "counts people as agencies"),
        ] {
            let definition = try Self.measure(measure)
            do throws(FigureProblem) {
                _ = try Figure(definition, top, bottom)
                Issue.record("\(measure) was worked out")
            } catch {
                #expect(error.description.contains(hint), "\(error.description)")
            }
        }
    }

    /// Two years, groups of a size.
    private static func draft(_ values: [[EvidenceValue]], _ rows: [String] = ["2019/20", "2020/21"]) -> EvidenceDraft {
        let columns = ["A", "B", "C", "Total"]
        var cells: [[String]: EvidenceValue] = [:]
        for (row, line) in zip(rows, values) {
            for (column, value) in zip(columns, line) { cells[[row, column]] = value }
        }
        return EvidenceDraft(
            "t", [CountDimension("Year", codes: rows), CountDimension("Group", of: ["A", "B", "C"])], cells: cells,
            about(.agencyRecord))
    }
    private static let rule = DisclosureRule(name: "r", threshold: 5)

    @Test func `a table that shows a small count, or lets one be worked out, is not admitted`() throws {
        let good = Self.draft([
            [.withheld, .withheld, .count(40), .count(60)], [.count(20), .count(0), .count(30), .count(50)],
        ])
        let table = try #require(try EvidenceDraft.admit([good], Self.rule).first)
        #expect(table.value(["2019/20", "A"]) == .withheld && table.value(["2020/21", "B"]) == .count(0))
        for bad: [[EvidenceValue]] in [
            [[.count(3), .count(17), .count(40), .count(60)], [.count(20), .count(0), .count(30), .count(50)]],
            [[.withheld, .count(17), .count(40), .count(60)], [.count(20), .count(0), .count(30), .count(50)]],
            [[.count(20), .count(20), .count(30), .count(60)], [.count(20), .count(0), .count(30), .count(50)]],
        ] {
            #expect(throws: DisclosureRefusal.self) { try EvidenceDraft.admit([Self.draft(bad)], Self.rule) }
        }
        #expect(throws: DisclosureRefusal.self) { try EvidenceDraft.admit([good, good], Self.rule) }
    }

    @Test func `what was withheld stays so, whatever follows from the rest`() throws {
        // B follows exactly, and is large: the control alone would show it again.
        let draft = Self.draft([
            [.count(20), .withheld, .count(30), .count(90)], [.count(20), .noReturn, .count(30), .count(50)],
        ])
        let table = try #require(try EvidenceDraft.admit([draft], Self.rule).first)
        #expect(table.value(["2019/20", "B"]) == .withheld && table.value(["2020/21", "B"]) == .noReturn)
        #expect(table.order(of: 1, at: ["2020/21", ""]) == ["C", "A", "B"])
    }

    @Test func `figures of released tables are whole, of enough, and never say all or none`() throws {
        let draft = Self.draft([
            [.withheld, .withheld, .count(41), .count(60)], [.count(0), .count(50), .count(0), .count(50)],
            [.count(9), .count(0), .count(0), .count(9)],
        ], ["2018/19", "2019/20", "2020/21"])
        let table = try #require(try EvidenceDraft.admit([draft], Self.rule).first)
        let share = try Self.measure("victims_share"), change = try Self.measure("victims_change")
        func figure(_ year: String, _ group: String) throws -> String {
            try Figure(share, Operand(table, [year, group]), Operand(table, [year, "Total"])).fullText
        }
        #expect(try figure("2018/19", "C") == "68% (41 of 60)" && figure("2018/19", "A") == "[c]")
        #expect(try figure("2019/20", "B") == "[c]" && figure("2019/20", "A") == "[c]")
        let ofFew = try Figure(change, Operand(table, ["2020/21", "Total"]), Operand(table, ["2019/20", "Total"]))
        #expect(ofFew.text == "-82%")
        let fromFew = try Figure(
            change, Operand(table, ["2019/20", "Total"]), Operand(table, ["2018/19", "A"]))
        #expect(fromFew.value == .withheld)
    }

    @Test func `others' tables are named, and must add up`() throws {
        let sums = [CountDimension("Year", codes: ["2021"]), CountDimension("Group", of: ["A", "B"])]
        func table(_ by: String, _ total: Int) throws -> EvidenceTable {
            try EvidenceTable(
                publishedBy: by, in: "x", on: "2021", name: "t", sums,
                cells: [["2021", "A"]: .count(3), ["2021", "B"]: .noReturn, ["2021", "Total"]: .count(total)],
                Self.about(.record))
        }
        #expect(try table("ONS", 3).standing.words == "Published by ONS: x, 2021.")
        #expect(throws: DisclosureProblem.self) { try table("ONS", 4) }
        #expect(throws: DisclosureProblem.self) { try table("", 3) }
    }

    @Test func `notes are words, from codes or somebody's own`() {
        #expect(QualityNote("duplicates") == .duplicates && QualityNote("x") == .other("x"))
        #expect(QualityNote("no_return: Health").words == "No return from Health.")
        #expect(QualityNote("series_break: other children too").words.contains("other children too"))
        #expect(EvidenceValue(word: "No return") == .noReturn && EvidenceValue(word: "0") == nil)
    }
}
