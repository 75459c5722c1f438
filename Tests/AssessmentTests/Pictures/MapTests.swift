import Assessment
import Foundation
import Pages
import Statistics
import Testing

@Suite("Maps from a file of shapes") struct MapTests {
    /// Squares side by side, `detail` points on each side.
    static func geojson(_ count: Int, detail: Int = 1, code: String = "WD21CD") -> String {
        let features = (0..<count).map { place -> String in
            let (west, south) = (-0.8 + Double(place) * 0.05, 52.5)
            func side(_ from: (Double, Double), _ to: (Double, Double)) -> [String] {
                (0..<detail).map { step in
                    let share = Double(step) / Double(detail), bend = step % 2 == 0 ? 0 : 0.0001
                    return "[\(from.0 + (to.0 - from.0) * share + bend), \(from.1 + (to.1 - from.1) * share + bend)]"
                }
            }
            let corners = [(west, south), (west + 0.05, south), (west + 0.05, south + 0.05), (west, south + 0.05)]
            let ring = (0..<4).flatMap { side(corners[$0], corners[($0 + 1) % 4]) } + ["[\(west), \(south)]"]
            return """
                {"type": "Feature", "properties": {"\(code)": "E0500000\(place)", "WD21NM": "Ward \(place)"},
                 "geometry": {"type": "Polygon", "coordinates": [[\(ring.joined(separator: ","))]]}}
                """
        }
        return "{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ","))]}"
    }

    static func squares(_ count: Int) throws -> AreaShapes { try AreaShapes(Data(geojson(count).utf8)) }

    private static func table(_ values: [(String, EvidenceValue)]) throws -> EvidenceTable {
        try EvidenceTable(
            publishedBy: "Police", in: "x", on: "2021", name: "t", [CountDimension("Ward", codes: values.map(\.0))],
            cells: Dictionary(values.map { ([$0.0], $0.1) }) { first, _ in first },
            .init(id: "t", unit: .crime, area: "A", source: "s"))
    }

    @Test func `shades by what is shown, crosses for what is withheld, lines for what nobody said`() throws {
        let picture = try Picture.map(
            "m", "Crimes by ward", try Self.squares(5),
            try Self.table([("Ward 0", .count(30)), ("E05000001", .count(10)), ("Ward 2", .withheld)]))
        let svg = picture.svg.description
        #expect(picture.finding == "Highest: Ward 0, 30.")
        #expect(svg.count(of: "fill=\"url(#m-c)\" fill-rule") == 1)
        #expect(svg.count(of: "fill=\"url(#m-n)\" fill-rule") == 2)
        #expect(svg.contains("Ward 2: [c]") && svg.contains("Ward 4: no data"))
        #expect(picture.rows.map(\.last) == ["30", "10", "[c]", "no data", "no data"])
        #expect(Balance.isBalanced(svg))
    }

    @Test func `neighbours keep their common border, and a page can carry what is drawn`() throws {
        let shapes = try AreaShapes(Data(Self.geojson(9, detail: 2_000).utf8))
        let picture = try Picture.map("m", "t", shapes, try Self.table([("Ward 0", .count(1))]))
        #expect(picture.svg.description.utf8.count < 90_000)
        let plain = try Picture.map("m", "t", try Self.squares(2), try Self.table([("Ward 0", .count(1))]))
        let paths = plain.svg.description.split(separator: "d=\"M").dropFirst(3).map { $0.prefix { $0 != "Z" } }
        let corners = paths.prefix(2).map { Set($0.split(separator: "L").map(String.init)) }
        #expect(corners[0].intersection(corners[1]).count == 2)
    }

    @Test(arguments: [
        ("", "isn't GeoJSON"), ("{}", "FeatureCollection"),
        ("{\"type\": \"FeatureCollection\", \"features\": []}", "from 1 to"),
        (geojson(1, code: "CODE"), "has no code"), (geojson(1, code: "WDxxCD"), "has no code"),
        (geojson(1).replacing("52.5", with: "305000.5"), "EPSG:27700"),
        (geojson(1).replacing("Feature\"", with: "Feature\", \"x\": 1, \"y\": \"z\"").replacing(
            "{\"type\": \"FeatureCollection\"", with: "{\"crs\": {\"name\": \"EPSG::27700\"}, \"type\": \"Feature\""),
         "EPSG:27700"),
        (geojson(1).replacing("Polygon", with: "Point"), "isn't a Polygon"),
        (geojson(2).replacing("E05000001", with: "E05000000"), "twice"),
        ("{\"type\": \"FeatureCollection\", \"features\": [{\"properties\": {\"WD21CD\": \"E1\"}, \"geometry\": "
            + "{\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [3]]]}}]}", "four points"),
        (String(repeating: "[", count: 5_000), "isn't GeoJSON"), (geojson(2_001), "from 1 to 2000"),
    ]) func `a file that can't be used says why`(_ text: String, _ hint: String) {
        do throws(ShapeProblem) {
            _ = try AreaShapes(Data(text.utf8))
            Issue.record("read")
        } catch {
            #expect(error.description.contains(hint), "\(error.description)")
        }
    }

    @Test func `too much of it is refused before it is read`() throws {
        let large = Data(repeating: 0x20, count: AreaShapes.mostBytes + 1)
        #expect(throws: ShapeProblem.self) { try AreaShapes(large) }
        let table = try Self.table([("Nowhere", .count(3))])
        #expect(throws: PictureProblem.self) { try Picture.map("m", "t", try Self.squares(2), table) }
    }
}

extension String {
    func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
