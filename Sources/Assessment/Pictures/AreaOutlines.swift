import Foundation

/// Outlines laid on a page: pulled to a grid, the same for all, so that neighbours keep their common border; coarser
/// until they fit.
struct AreaOutlines {
    /// What a page may carry: 6,000 points are some 60 kilobytes.
    static let mostPoints = 6_000

    let height: Int
    /// By code: what stands in a path's `d`.
    let paths: [String: String]

    init(_ shapes: AreaShapes, width: Int, atMost tallest: Int) {
        let points = shapes.areas.flatMap(\.rings).joined()
        let west = points.map(\.east).min() ?? 0, east = points.map(\.east).max() ?? 0
        let south = points.map(\.north).min() ?? 0, north = points.map(\.north).max() ?? 0
        // A degree of longitude is shorter the further north it lies.
        let narrow = cos((south + north) / 2 * .pi / 180)
        let (wide, tall) = (max((east - west) * narrow, 1e-9), max(north - south, 1e-9))
        let scale = min(Double(width) / wide, Double(tallest) / tall)
        height = Int((tall * scale).rounded(.up)) + 1
        var paths: [String: String] = [:]
        for tenths in [3, 5, 10, 15, 20, 30, 50, 80] {
            var count = 0
            paths = [:]
            for area in shapes.areas {
                let rings = area.rings.map { ring in
                    Self.snapped(ring.map { point in
                        (Int((point.east - west) * narrow * scale * 10), Int((north - point.north) * scale * 10))
                    }, tenths)
                }
                let kept = rings.filter { $0.count >= 3 }
                count += kept.reduce(0) { $0 + $1.count }
                // An area too small to be seen is a square all the same.
                paths[area.code] = kept.isEmpty
                    ? rings.first?.first.map { "M\(Self.at($0.0 - 10)) \(Self.at($0.1 - 10))h2v2h-2Z" } ?? ""
                    : kept.map(Self.path).joined()
            }
            if count <= Self.mostPoints { break }
        }
        self.paths = paths
    }

    /// On the grid, without points that repeat the one before or lie on the line between their neighbours.
    private static func snapped(_ ring: [(Int, Int)], _ step: Int) -> [(Int, Int)] {
        var kept: [(Int, Int)] = []
        for point in ring {
            let next = ((point.0 + step / 2) / step * step, (point.1 + step / 2) / step * step)
            if let last = kept.last, last == next { continue }
            if kept.count >= 2 {
                let (one, two) = (kept[kept.count - 2], kept[kept.count - 1])
                if (two.0 - one.0) * (next.1 - one.1) == (next.0 - one.0) * (two.1 - one.1) { kept.removeLast() }
            }
            kept.append(next)
        }
        if kept.count > 1, let first = kept.first, let last = kept.last, first == last { kept.removeLast() }
        return kept
    }

    private static func path(_ ring: [(Int, Int)]) -> String {
        "M" + ring.map { "\(at($0.0)) \(at($0.1))" }.joined(separator: "L") + "Z"
    }

    private static func at(_ tenths: Int) -> String {
        let sign = tenths < 0 ? "-" : "", size = abs(tenths)
        return size % 10 == 0 ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
    }
}
