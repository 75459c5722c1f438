/// Two households that must not meet, by id.
public struct KeptApart: Hashable, Sendable {
    public let one: String
    public let other: String

    /// In either order it is the same.
    public init(_ one: String, _ other: String) { (self.one, self.other) = one < other ? (one, other) : (other, one) }
}

extension Set<KeptApart> {
    /// The rows of those of them that are in a batch, `needs` in the order of their ids.
    func rows(of needs: [HousingNeed]) -> [(Int, Int)] {
        guard !isEmpty else { return [] }
        let row = Dictionary(needs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        return compactMap { pair -> (Int, Int)? in
            guard let one = row[pair.one], let other = row[pair.other], one != other else { return nil }
            return (Swift.min(one, other), Swift.max(one, other))
        }.sorted { $0 < $1 }
    }
}

/// An assignment in which some rows share none of their columns' places. Where the cheapest of all puts two together,
/// the one whom it costs less to leave without goes elsewhere, or another makes room. That is an answer; then, as long
/// as the looks last, every way to keep them apart is tried that may still be cheaper (branch and bound).
struct ApartSearch {
    private let edges: [[(column: Int, cost: Cost)]]
    private let unhoused: [Cost]
    private let places: [Set<String>]
    private let apart: [(Int, Int)]
    /// From whom each row stays apart.
    private var others: [Int: [Int]] = [:]

    /// How many pairs of row and column all looks together go through: some tens of milliseconds. It counts, and reads
    /// no clock, so that the answer is the same on every machine.
    private static let budget = 60_000

    /// What each row has to stay out of.
    private typealias Barred = [Int: Set<String>]

    private struct Look {
        let chosen: [Int?]
        let cost: Cost
    }

    init(edges: [[(column: Int, cost: Cost)]], unhoused: [Cost], places: [Set<String>], apart: [(Int, Int)]) {
        (self.edges, self.unhoused, self.places, self.apart) = (edges, unhoused, places, apart)
        for (one, other) in apart {
            others[one, default: []].append(other)
            others[other, default: []].append(one)
        }
    }

    /// The column of each row, or none.
    func solve() -> [Int?] {
        let first = look([:])
        guard meeting(first.chosen) != nil else { return first.chosen }
        var best = mended(first.chosen)
        var looks = Self.budget / max(1, edges.reduce(0) { $0 + $1.count })
        improve([:], first, &best, &looks)
        return best.chosen
    }

    /// Two who are together, and where.
    private func meeting(_ chosen: [Int?]) -> (one: Int, other: Int, place: String)? {
        for (one, other) in apart {
            guard let first = chosen[one], let second = chosen[other] else { continue }
            if let place = places[first].intersection(places[second]).min() { return (one, other, place) }
        }
        return nil
    }

    /// The one whom it costs less to leave without.
    private func lesser(_ one: Int, _ other: Int) -> Int { unhoused[one] < unhoused[other] ? one : other }

    // MARK: An answer at once

    private func mended(_ chosen: [Int?]) -> Look {
        var (chosen, out) = (chosen, [Int]())
        while let (one, other, _) = meeting(chosen) {
            out.append(lesser(one, other))
            chosen[lesser(one, other)] = nil
        }
        for row in out.sorted(by: { unhoused[$1] < unhoused[$0] || (unhoused[$0] == unhoused[$1] && $0 < $1) }) {
            if let free = cheapest(row, chosen) {
                chosen[row] = free
            } else {
                makeRoom(for: row, &chosen)
            }
        }
        return Look(chosen: chosen, cost: cost(of: chosen, edges))
    }

    /// The cheapest column that is free for a row and keeps it apart.
    private func cheapest(_ row: Int, _ chosen: [Int?]) -> Int? {
        let taken = Set(chosen.compactMap(\.self))
        return edges[row].filter { !taken.contains($0.column) && mayGo(row, $0.column, chosen) }
            .min { $0.cost < $1.cost || ($0.cost == $1.cost && $0.column < $1.column) }?.column
    }

    private func mayGo(_ row: Int, _ column: Int, _ chosen: [Int?]) -> Bool {
        (others[row] ?? []).allSatisfy { other in
            chosen[other].map { places[$0].isDisjoint(with: places[column]) } ?? true
        }
    }

    /// Somebody else moves to a column that is free, if the row may then have theirs.
    private func makeRoom(for row: Int, _ chosen: inout [Int?]) {
        for holder in chosen.indices where holder != row {
            guard let column = chosen[holder], edges[row].contains(where: { $0.column == column }) else { continue }
            var moved = chosen
            moved[holder] = nil
            guard mayGo(row, column, moved) else { continue }
            moved[row] = column
            guard let free = cheapest(holder, moved) else { continue }
            moved[holder] = free
            return chosen = moved
        }
    }

    // MARK: A better one

    private func improve(_ barred: Barred, _ now: Look, _ best: inout Look, _ looks: inout Int) {
        guard now.cost < best.cost else { return }
        guard let (one, other, place) = meeting(now.chosen) else {
            best = now
            return
        }
        let first = lesser(one, other)
        for row in [first, first == one ? other : one] {
            guard looks > 0 else { return }
            looks -= 1
            var more = barred
            more[row, default: []].insert(place)
            improve(more, look(more), &best, &looks)
        }
    }

    private func look(_ barred: Barred) -> Look {
        var edges = edges
        for (row, out) in barred { edges[row].removeAll { !places[$0.column].isDisjoint(with: out) } }
        var assignment = Assignment(columns: places.count, edges: edges, unhoused: unhoused)
        let chosen = assignment.solve()
        return Look(chosen: chosen, cost: cost(of: chosen, edges))
    }

    private func cost(of chosen: [Int?], _ edges: [[(column: Int, cost: Cost)]]) -> Cost {
        chosen.enumerated().reduce(.zero) { sum, one in
            let (row, column) = one
            return sum + (column.flatMap { at in edges[row].first { $0.column == at }?.cost } ?? unhoused[row])
        }
    }
}
