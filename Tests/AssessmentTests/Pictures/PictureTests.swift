import Assessment
import Pages
import Statistics
import Testing

@Suite("Pictures") struct PictureTests {
    private static let about = EvidenceTable.About(id: "t", unit: .person, area: "A", source: "s")

    private static func released(_ values: [[Int]], _ rows: [String], _ columns: [String]) throws -> EvidenceTable {
        let table = try CountTable.grid("t", rows, columns, values)
        let release = try DisclosureControl.release(ReleaseRequest([table]), DisclosureRule(threshold: 5))
        return EvidenceTable(try #require(release.tables.first), about)
    }

    private static func line(_ values: [(String, Int)]) throws -> EvidenceTable {
        let table = try CountTable(
            "t", [CountDimension("Known to", codes: values.map(\.0))],
            cells: Dictionary(values.map { ([$0.0], CountCell.count($0.1)) }) { first, _ in first })
        let release = try DisclosureControl.release(ReleaseRequest([table]), DisclosureRule(threshold: 5))
        return EvidenceTable(try #require(release.tables.first), about)
    }

    private static let years = ["2018/19", "2019/20", "2020/21", "2021/22"]
    private static let ages = ["0 to 17", "18 to 24", "25 to 59", "60 and over"]

    private static func all(_ table: EvidenceTable) throws -> [Picture] {
        [
            try .trend("trend", "Over time", table, over: 0, series: ["Women", "Men"], at: ["", ""]),
            try .pyramid("pyramid", "Ages", table, left: "Women", right: "Men"),
            try .map("map", "Wards", try MapTests.squares(4), figures: []),
        ]
    }

    @Test func `what is withheld leaves no trace: other counts behind it give the same bytes`() throws {
        let counts = [[3, 20], [2, 30], [40, 60], [50, 12]]
        var compared = 0, pictures: [String: [Picture]] = [:]
        for step in -1...8 {
            // Moves along a circle, so that all sums stay: only what is hidden there can differ.
            var other = counts
            other[0][0] += step
            other[0][1] -= step
            other[1][0] -= step
            other[1][1] += step
            guard other.joined().allSatisfy({ $0 > 0 }) else { continue }
            let table = try Self.released(other, Self.ages, ["Women", "Men"])
            let pattern = table.places.map { table.value($0).text }.joined(separator: " ")
            let drawn = try Self.all(table)
            if let before = pictures[pattern] {
                compared += 1
                #expect(zip(before, drawn).allSatisfy { $0.svg == $1.svg && $0.finding == $1.finding })
                #expect(zip(before, drawn).allSatisfy { $0.csv == $1.csv })
            }
            pictures[pattern] = drawn
        }
        #expect(compared > 0)
    }

    @Test func `a withheld bar has one length, and stands last by its name`() throws {
        let table = try Self.line([
            ("Police", 400), ("Zebra", 2), ("Police + Housing", 30), ("Housing", 3), ("Alpha", 4),
        ])
        let picture = try Picture.overlap("o", "Together", table)
        let svg = picture.svg.description
        let boxes = svg.split(separator: "<rect").filter { $0.contains("stroke-dasharray") }
        #expect(boxes.count == 3 && Set(boxes.map { $0.split(separator: "width=\"")[1].prefix(3) }).count == 1)
        #expect(picture.finding == "Most often together: Police and Housing, 30.")
        #expect(table.order(of: 0, at: [""]) == ["Police", "Police + Housing", "Alpha", "Housing", "Zebra"])
        #expect(picture.csv.contains("Zebra,[c],") && !picture.csv.contains("Zebra,2"))
        // A file goes on by itself: each row says what it counts, where, and where it comes from.
        let rows = picture.csv.split(separator: "\r\n")
        #expect(rows.first?.hasSuffix(",counts,area,source,standing") == true && rows.count == 6)
        #expect(rows.dropFirst().allSatisfy { $0.contains(",people,A,s,") && $0.contains("Released by the rule") })
    }

    @Test func `the scale is that of what is shown`() throws {
        // Withheld because a single provider's, and far larger than the rest.
        let table = try CountTable(
            "t", [CountDimension("Known to", codes: ["Refuge", "Police", "Housing"])],
            cells: [["Refuge"]: .count(9_000), ["Police"]: .count(40), ["Housing"]: .count(20)], single: ["Refuge"])
        let release = try DisclosureControl.release(ReleaseRequest([table]), DisclosureRule(threshold: 5))
        let picture = try Picture.overlap("o", "t", EvidenceTable(try #require(release.tables.first), Self.about))
        let bars = picture.svg.description.split(separator: "<rect").filter { $0.contains("drystone-series-1") }
        let widths = bars.compactMap { Int($0.split(separator: "width=\"")[1].prefix { $0.isNumber }) }
        #expect(widths.count == 2 && widths[0] == 2 * widths[1] && widths[0] > 100)
    }

    @Test func `a line breaks where nothing is shown, and says why below`() throws {
        let cells: [[String]: EvidenceValue] = [
            ["2018/19"]: .count(50), ["2019/20"]: .withheld, ["2020/21"]: .noReturn, ["2021/22"]: .count(70),
        ]
        let table = try EvidenceTable(
            publishedBy: "ONS", in: "x", on: "2022", name: "t", [CountDimension("Year", codes: Self.years)],
            cells: cells, Self.about)
        let picture = try Picture.trend("t", "Over time", table, over: 0, series: ["All"], at: [""])
        let svg = picture.svg.description
        let path = try #require(svg.split(separator: "<path class=\"drystone-line-1\"").last?.split(separator: "\"")[1])
        #expect(path.count(where: { $0 == "M" }) == 2 && !path.contains("L"))
        #expect(svg.contains(">[c]</text>") && svg.contains(">–</text>"))
        #expect(picture.rows.map { $0[1] } == ["50", "[c]", "no return", "70"])
        #expect(picture.finding == "All: 50 in 2018/19, 70 in 2021/22.")
    }

    @Test func `each has words for who doesn't see it, no script, and letters that a telephone shows`() throws {
        let table = try Self.released([[30, 20], [12, 30], [40, 60], [50, 12]], Self.ages, ["Women", "Men"])
        for picture in try Self.all(table) + [try Self.heat()] {
            let svg = picture.svg.description
            #expect(svg.contains("role=\"img\"") && svg.contains("viewBox=\"0 0 320 "))
            #expect(svg.contains("<title id=\"\(picture.id)-title\">") && svg.contains("-words\">"))
            for word in ["<script", "style=", "onload", "href=", "javascript"] { #expect(!svg.contains(word)) }
            let sizes = svg.split(separator: "font-size=\"").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
            #expect(sizes.allSatisfy { $0 >= 10 })
            #expect(Balance.isBalanced(svg), "\(picture.id)")
            let figure = picture.figure(csv: "a.csv").description
            #expect(figure.contains("<figcaption") && figure.contains("<table") && figure.contains("a.csv"))
        }
    }

    private static func heat(_ finding: String? = nil) throws -> Picture {
        let definition = try #require(try FigureInputs.measure("unknown_share"))
        let table = try EvidenceTable(
            publishedBy: "A", in: "x", on: "2022", name: "t",
            [CountDimension("Agency", codes: ["Police", "Housing"]), CountDimension("Field", codes: ["Age", "All"])],
            cells: [
                ["Police", "Age"]: .count(90), ["Police", "All"]: .count(100), ["Housing", "Age"]: .noReturn,
                ["Housing", "All"]: .noReturn,
            ], .init(id: "t", unit: .agencyRecord, area: "A", source: "s"))
        let figures = try ["Police", "Housing"].map { agency -> [Figure?] in
            [try Figure(definition, Operand(table, [agency, "Age"]), Operand(table, [agency, "All"]))]
        }
        return try .heat(
            "heat", "Quality", finding: finding, rows: ["Police", "Housing"], columns: ["Age"], figures: figures)
    }

    @Test func `shares have five shades, and what isn't there has none`() throws {
        let picture = try Self.heat()
        #expect(picture.rows == [["Police", "90.00%"], ["Housing", "no return"]])
        #expect(picture.finding == "Highest: Police, Age, 90.00%.")
        #expect(picture.svg.description.contains(">90%</text>") && picture.svg.description.contains(">–</text>"))
    }

    @Test func `what is said of it can hold no markup`() throws {
        let picture = try Self.heat("<script>x</script>")
        #expect(!picture.svg.description.contains("<script") && !picture.figure().description.contains("<script"))
    }

    @Test func `what can't be drawn is said`() throws {
        let table = try Self.released([[30, 20], [12, 30], [40, 60], [50, 12]], Self.ages, ["Women", "Men"])
        for (axis, series) in [(0, ["a", "b", "c", "d", "e"]), (0, []), (2, ["a"])] {
            #expect(throws: PictureProblem.self) {
                try Picture.trend("t", "t", table, over: axis, series: series, at: ["", ""])
            }
        }
        #expect(throws: PictureProblem.self) { try Picture.pyramid("t", "t", table, left: "Women", right: "x") }
        #expect(throws: PictureProblem.self) { try Picture.overlap("t", "t", table) }
        #expect(throws: PictureProblem.self) { try Picture.map("t", "t", try MapTests.squares(1), table) }
    }
}

extension CountTable {
    static func grid(
        _ name: String, _ rows: [String], _ columns: [String], _ values: [[Int]]
    ) throws -> CountTable {
        var cells: [[String]: CountCell] = [:]
        for (row, line) in zip(rows, values) {
            for (column, value) in zip(columns, line) { cells[[row, column]] = .count(value) }
            cells[[row, "Total"]] = .count(line.reduce(0, +))
        }
        for (place, column) in columns.enumerated() {
            cells[["Total", column]] = .count(values.reduce(0) { $0 + $1[place] })
        }
        cells[["Total", "Total"]] = .count(values.joined().reduce(0, +))
        return try CountTable(name, [CountDimension("row", of: rows), CountDimension("col", of: columns)], cells: cells)
    }
}

/// Every tag that opens closes, in order.
enum Balance {
    static func isBalanced(_ markup: String) -> Bool {
        var open: [Substring] = []
        for part in markup.split(separator: "<").filter({ $0.contains(">") }) {
            let tag = part.prefix { $0 != ">" }
            if tag.hasSuffix("/") || tag.hasPrefix("!") { continue }
            let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace }
            if ["meta", "link", "br", "hr", "img"].contains(name) { continue }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { return false }
            } else {
                open.append(name)
            }
        }
        return open.isEmpty
    }
}
