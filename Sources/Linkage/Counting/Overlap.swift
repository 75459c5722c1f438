/// People by the sources that know them: each person once, under all of hers together.
public struct Overlap: Equatable, Sendable {
    public let sources: [String]
    public let people: Int

    static func count(_ records: Records, _ clusters: [UInt32]) -> [Overlap] {
        let table = records.table, count = table.sourceNames.count
        guard count > 0, count <= 63 else { return [] }
        var masks = [UInt64](repeating: 0, count: records.count)
        for record in 0..<records.count { masks[Int(clusters[record])] |= 1 << UInt64(table.sources[record]) }
        var counts: [UInt64: Int] = [:]
        for mask in masks where mask != 0 { counts[mask, default: 0] += 1 }
        return counts.map { mask, people in
            Overlap(
                sources: (1...count).filter { mask >> UInt64($0) & 1 == 1 }.map { table.sourceNames.text($0) }.sorted(),
                people: people)
        }.sorted { ($1.people, $0.sources.joined(separator: ",")) < ($0.people, $1.sources.joined(separator: ",")) }
    }
}
