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

    private func best(
        _ needs: [HousingNeed], _ units: [HousingUnit], _ standing: MatchStanding, apart: Set<KeptApart> = []
    ) -> [Int] {
        let costs = costs(needs, units, standing)
        let latest = needs.compactMap(\.waitingSince.value).max()!
        func mayGo(_ row: Int, _ column: Int, beside placed: [Int: Int]) -> Bool {
            placed.allSatisfy { other, taken in
                !apart.contains(KeptApart(needs[row].id, needs[other].id))
                    || units[taken].places.isDisjoint(with: units[column].places)
            }
        }
        func search(_ row: Int, _ placed: [Int: Int], _ sum: [Int]) -> [Int] {
            guard row < needs.count else { return sum }
            let without = [needs[row].risk.value == .high ? 1 : 0, 1, 0] + Array(repeating: 0, count: 8)
                + [latest - needs[row].waitingSince.value!]
            var least = search(row + 1, placed, zip(sum, without).map(+))
            for column in units.indices where !placed.values.contains(column) && mayGo(row, column, beside: placed) {
                guard let cost = costs[row][column] else { continue }
                let other = search(row + 1, placed.merging([row: column]) { $1 }, zip(sum, cost).map(+))
                if other.lexicographicallyPrecedes(least) { least = other }
            }
            return least
        }
        return search(0, [:], Array(repeating: 0, count: 12))
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

    /// Units of some services in two areas, each named twice as a place; and pairs that must not meet.
    private func round(
        _ homes: inout RandomHomes, households: Int, units: Int, services: Int, pairs: Int
    ) -> (needs: [HousingNeed], units: [HousingUnit], apart: Set<KeptApart>) {
        let needs = homes.needs(households)
        let units = homes.units(units, ease: 0.97).map { unit in
            var unit = unit
            let service = homes.chance.below(services)
            unit.places = ["service \(service)", "area \(service % 2 == 0 ? "A" : String(service))"]
            return unit
        }
        let apart = (0..<pairs).map { _ in
            KeptApart("h\(homes.chance.below(households))", "h\(homes.chance.below(households))")
        }
        return (needs, units, Set(apart.filter { $0.one != $0.other }))
    }

    private func meetings(
        _ proposal: BatchProposal, _ units: [HousingUnit], _ apart: Set<KeptApart>
    ) -> [KeptApart] {
        apart.filter { pair in
            let placed = proposal.pairs.filter { [pair.one, pair.other].contains($0.household) }
                .map { chosen in units.first { $0.id == chosen.unit }!.places }
            return placed.count == 2 && !placed[0].isDisjoint(with: placed[1])
        }
    }

    @Test func `two who must not meet never share a service or an area, and the rest is the best there is`() {
        var homes = RandomHomes(seed: 44)
        var apartMattered = 0
        for turn in 0..<80 {
            let size = 2 + turn % 4
            let (needs, units, apart) = round(
                &homes, households: size, units: 2 + homes.chance.below(size), services: 3, pairs: 1 + turn % 4)
            for standing in [MatchStanding.fits, .ask] {
                let proposal = matching.batch(needs, among: units, reaching: standing, apart: apart)
                #expect(meetings(proposal, units, apart) == [])
                #expect(proposal.total == best(needs, units, standing, apart: apart))
                #expect((proposal.pairs.map(\.household) + proposal.unhoused).sorted() == needs.map(\.id).sorted())
                let free = matching.batch(needs, among: units, reaching: standing)
                apartMattered += meetings(free, units, apart).isEmpty ? 0 : 1
            }
        }
        #expect(apartMattered > 10)
        for _ in 0..<8 {
            let (needs, units, apart) = round(&homes, households: 60, units: 50, services: 9, pairs: 90)
            let proposal = matching.batch(needs, among: units, apart: apart)
            #expect(meetings(proposal, units, apart) == [] && !proposal.pairs.isEmpty)
            let mixed = matching.batch(
                needs.shuffled(using: &homes.chance), among: units.shuffled(using: &homes.chance), apart: apart)
            #expect(mixed == proposal)
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
