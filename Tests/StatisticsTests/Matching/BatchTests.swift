@testable import Statistics
import Testing

@Suite("Several households at once")
struct BatchTests {
    private let matching = Matching(balance: ["p": 2])

    /// What each pair costs, in the order in which it counts; nothing where they don't match.
    private func costs(_ needs: [HousingNeed], _ units: [HousingUnit], _ standing: MatchStanding) -> [[[Int]?]] {
        needs.map { need in
            units.map { unit in
                let verdict = matching.verdict(for: need, on: unit)
                guard verdict.standing <= standing else { return nil }
                let values = matching.values(of: verdict).map { min($0.value ?? .max, 1_023) }
                return [0, 0, verdict.standing == .ask ? 1 : 0] + values + [0]
            }
        }
    }

    private func best(_ needs: [HousingNeed], _ units: [HousingUnit], _ standing: MatchStanding) -> [Int] {
        let costs = costs(needs, units, standing)
        let latest = needs.compactMap(\.waitingSince.value).max()!
        func search(_ row: Int, _ taken: Set<Int>, _ sum: [Int]) -> [Int] {
            guard row < needs.count else { return sum }
            let without = [needs[row].risk.value == .high ? 1 : 0, 1, 0] + Array(repeating: 0, count: 8)
                + [latest - needs[row].waitingSince.value!]
            var least = search(row + 1, taken, zip(sum, without).map(+))
            for column in units.indices where !taken.contains(column) {
                guard let cost = costs[row][column] else { continue }
                let other = search(row + 1, taken.union([column]), zip(sum, cost).map(+))
                if other.lexicographicallyPrecedes(least) { least = other }
            }
            return least
        }
        return search(0, [], Array(repeating: 0, count: 12))
    }

    @Test func `the proposal is the best of all that are possible`() {
        var homes = RandomHomes(seed: 41)
        for round in 0..<60 {
            let size = round < 50 ? 1 + round % 5 : 7
            let forgotten = homes.questions(round % 3 == 0 ? 0.05 : 0)
            let needs = homes.needs(size).map { $0.changed(forgotten, by: nil) }
            let some = homes.units(1 + homes.chance.below(size), ease: size < 7 ? 0.97 : 0.95)
            let units = some.map { $0.changed(forgotten, by: nil) }
            for standing in [MatchStanding.fits, .ask] {
                let proposal = matching.batch(needs, among: units, reaching: standing)
                #expect(proposal.total == best(needs, units, standing))
                #expect(Set(proposal.pairs.map(\.unit)).count == proposal.pairs.count)
                #expect((proposal.pairs.map(\.household) + proposal.unhoused).sorted() == needs.map(\.id).sorted())
                for pair in proposal.pairs {
                    let (need, unit) = (needs.first { $0.id == pair.household }!, units.first { $0.id == pair.unit }!)
                    #expect(matching.verdict(for: need, on: unit).standing == pair.standing)
                    #expect(pair.standing <= standing)
                }
            }
        }
    }

    @Test func `the order in which they come never matters, and one more unit leaves nobody out`() {
        var homes = RandomHomes(seed: 42)
        for _ in 0..<20 {
            let (needs, units) = (homes.needs(12), homes.units(9, ease: 0.97))
            let proposal = matching.batch(needs, among: units)
            let mixed = matching.batch(
                needs.shuffled(using: &homes.chance), among: units.shuffled(using: &homes.chance))
            #expect(mixed == proposal)
            let more = matching.batch(needs, among: units + [homes.unit("u99", ease: 1)])
            #expect(more.unhoused.count <= proposal.unhoused.count && more.total[0] <= proposal.total[0])
        }
    }

    @Test func `one household by itself is given the unit that stands first for it`() {
        var homes = RandomHomes(seed: 43)
        for _ in 0..<40 {
            let (need, units) = (homes.need(), homes.units(9, ease: 0.95))
            let first = matching.verdicts(for: need, among: units).first { $0.standing == .fits }
            #expect(matching.batch([need], among: units).pairs.map(\.unit) == (first.map { [$0.unit] } ?? []))
        }
    }

    @Test func `the largest costs of the largest batch stay in their places`() {
        let largest = [1, 1, 1] + Array(repeating: Matching.largestRank, count: 8) + [Matching.largestRank]
        let places = CostPlaces(largest: largest, households: Matching.largestBatch)
        for part in 0..<11 {
            var (more, less) = (SIMD16<Int32>.zero, SIMD16<Int32>.zero)
            more[part] = 1
            for after in part + 1..<12 { less[after] = Int32(largest[after]) }
            var sum = Cost.zero
            for _ in 0..<Matching.largestBatch { sum = sum + places.cost(less) }
            #expect(sum < places.cost(more) && Cost.zero < sum)
        }
    }
}
