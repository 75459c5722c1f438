import Foundation

/// What is wrong with a file of shapes, for whoever loads it.
public struct ShapeProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
}

/// Outlines of wards or other areas, from a GeoJSON file as the ONS Open Geography portal gives it: WGS84, with a code
/// such as `WD21CD` (`LSOA21CD`, `MSOA21CD`, `LAD21CD`) and a name such as `WD21NM`. What else is in it is passed over.
public struct AreaShapes: Sendable {
    struct Point: Sendable, Equatable { let east, north: Double }

    struct Area: Sendable {
        let code: String
        let name: String
        /// Outer and inner ones alike: filled by the even-odd rule.
        let rings: [[Point]]
    }

    /// In the order of their codes.
    let areas: [Area]

    public static let mostBytes = 20_000_000, mostAreas = 2_000, mostPoints = 1_000_000

    /// Codes with names.
    public var names: [(code: String, name: String)] { areas.map { ($0.code, $0.name) } }

    public init(_ file: Data) throws(ShapeProblem) {
        func problem(_ text: String) -> ShapeProblem { ShapeProblem(description: text) }
        guard file.count <= Self.mostBytes else {
            throw problem("it is larger than \(Self.mostBytes / 1_000_000) MB: download the generalised boundaries")
        }
        guard let json = try? JSONSerialization.jsonObject(with: file) as? [String: Any] else {
            throw problem("it isn't GeoJSON: check that it is whole, and was downloaded as GeoJSON, not as a shapefile")
        }
        if "\(json["crs"] ?? "")".contains("27700") { throw problem(Self.grid) }
        guard json["type"] as? String == "FeatureCollection", let features = json["features"] as? [[String: Any]] else {
            throw problem("it isn't a FeatureCollection with features")
        }
        guard !features.isEmpty, features.count <= Self.mostAreas else {
            throw problem("it has \(features.count) areas; from 1 to \(Self.mostAreas) can be drawn")
        }
        var areas: [Area] = [], points = 0, codes: Set<String> = []
        for (place, feature) in features.enumerated() {
            let area = try Self.area(feature, place + 1)
            points += area.rings.reduce(0) { $0 + $1.count }
            guard points <= Self.mostPoints else {
                throw problem("it has more than \(Self.mostPoints) points: download the generalised boundaries")
            }
            guard codes.insert(area.code).inserted else { throw problem("area \(area.code) is in it twice") }
            areas.append(area)
        }
        self.areas = areas.sorted { $0.code < $1.code }
    }

    private static let grid = "its coordinates are of the British National Grid (EPSG:27700); download it again with "
        + "longitude and latitude (WGS84, EPSG:4326)"

    private static func area(_ feature: [String: Any], _ number: Int) throws(ShapeProblem) -> Area {
        let properties = feature["properties"] as? [String: Any] ?? [:]
        func value(_ ending: String) -> String? {
            let kinds = ["WD", "LSOA", "MSOA", "LAD"]
            let key = properties.keys.sorted().first { key in
                let upper = key.uppercased()
                guard upper.hasSuffix(ending), let kind = kinds.first(where: upper.hasPrefix) else { return false }
                let year = upper.dropFirst(kind.count).dropLast(ending.count)
                return year.count == 2 && year.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
            return key.flatMap { properties[$0] as? String }.flatMap { $0.isEmpty || $0.count > 200 ? nil : $0 }
        }
        guard let code = value("CD") else {
            throw ShapeProblem(
                description: "area \(number) has no code: a property such as WD21CD, LSOA21CD, MSOA21CD or LAD21CD")
        }
        let geometry = feature["geometry"] as? [String: Any] ?? [:]
        let polygons: [Any]
        switch geometry["type"] as? String {
        case "Polygon": polygons = [geometry["coordinates"] as Any]
        case "MultiPolygon": polygons = geometry["coordinates"] as? [Any] ?? []
        default: throw ShapeProblem(description: "area \(code) isn't a Polygon or MultiPolygon")
        }
        var rings: [[Point]] = []
        for polygon in polygons {
            for ring in polygon as? [Any] ?? [] { rings.append(try Self.ring(ring, code)) }
        }
        guard !rings.isEmpty else { throw ShapeProblem(description: "area \(code) has no outline") }
        return Area(code: code, name: value("NM") ?? code, rings: rings)
    }

    private static func ring(_ ring: Any, _ code: String) throws(ShapeProblem) -> [Point] {
        guard let pairs = ring as? [[Double]], pairs.count >= 4, pairs.allSatisfy({ $0.count >= 2 }) else {
            throw ShapeProblem(description: "area \(code): an outline needs four points at least, each of two numbers")
        }
        guard pairs.allSatisfy({ abs($0[0]) <= 180 && abs($0[1]) <= 90 }) else {
            throw ShapeProblem(description: grid)
        }
        return pairs.map { Point(east: $0[0], north: $0[1]) }
    }
}
