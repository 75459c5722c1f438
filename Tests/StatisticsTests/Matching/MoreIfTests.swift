import Statistics
import Testing

@Suite("How many more without one need")
struct MoreIfTests {
    private let matching = Matching()

    private func fits(_ need: HousingNeed, _ units: [HousingUnit]) -> Set<String> {
        Set(units.filter { PlainRules.failing(need, $0).isEmpty }.map(\.id))
    }

    @Test func `each number is that of the household without it`() {
        var homes = RandomHomes(seed: 31)
        for _ in 0..<40 {
            var need = homes.need()
            need.pets = .known([.dog, .assistance])
            need.access = .known([.wheelchair])
            need.funds = .known(.section17)
            let units = homes.units(30, ease: 0.9)
            let now = fits(need, units)
            let found = matching.moreIf(for: need, among: units).map { ($0.fact, $0.units) }
            let more = Dictionary(uniqueKeysWithValues: found)
            func expect(_ fact: MatchFact, _ change: (inout HousingNeed) -> Void) {
                var changed = need
                change(&changed)
                #expect(more[fact] == fits(changed, units).subtracting(now).count)
            }
            expect(.pet(.dog)) { $0.pets = .known([]) }
            expect(.access(.wheelchair)) { $0.access = .known([]) }
            expect(.funds(.section17)) { $0.funds = .known(.publicFunds) }
            #expect(more[.pet(.assistance)] == nil)
            let children = need.children.value!
            let fewer = children.indices.map { left in
                var changed = need
                changed.children = .known(children.enumerated().filter { $0.offset != left }.map(\.element))
                return fits(changed, units)
            }
            #expect(more[.oneChild] == (children.isEmpty ? nil : Set(fewer.joined()).subtracting(now).count))
            let boy = children.filter { $0.sex.value == .male }.compactMap(\.age.value).max()
            let withoutLimit = units.filter { PlainRules.failing(need, $0).subtracting([.olderSon]).isEmpty }
            if let boy { #expect(more[.son(age: boy)] == withoutLimit.count - now.count) }
        }
    }

    @Test func `what would give most comes first, whatever the order of the units`() {
        var homes = RandomHomes(seed: 32)
        let (need, units) = (homes.need(), homes.units(60, ease: 0.8))
        let more = matching.moreIf(for: need, among: units)
        #expect(more.map(\.units) == more.map(\.units).sorted(by: >))
        #expect(matching.moreIf(for: need, among: units.reversed()) == more)
        let withAsking = matching.moreIf(for: need, among: units, reaching: .ask)
        #expect(withAsking == more)
    }

    @Test func `over many households, lifting one rule of all units places as many more as trying all ways does`() {
        var homes = RandomHomes(seed: 33)
        for _ in 0..<12 {
            let (needs, units) = (homes.needs(5), homes.units(5, ease: 0.8))
            let gains = matching.gains(for: needs, among: units)
            #expect(gains.count == MatchReason.allCases.filter(\.isOfService).count)
            let now = mostPlaced(needs, units, lifting: [])
            for gain in gains {
                #expect(gain.placed == mostPlaced(needs, units, lifting: [gain.reason]) - now)
                let helped = needs.filter { need in
                    units.contains { PlainRules.failing(need, $0).isSubset(of: [gain.reason]) }
                        && fits(need, units).isEmpty
                }
                #expect(gain.households == helped.count)
            }
            #expect(matching.gains(for: needs.reversed(), among: units.reversed()) == gains)
        }
    }

    private func mostPlaced(_ needs: [HousingNeed], _ units: [HousingUnit], lifting: Set<MatchReason>) -> Int {
        guard let first = needs.first else { return 0 }
        let rest = Array(needs.dropFirst())
        return units.indices.reduce(mostPlaced(rest, units, lifting: lifting)) { most, index in
            guard PlainRules.failing(first, units[index]).isSubset(of: lifting) else { return most }
            var others = units
            others.remove(at: index)
            return max(most, 1 + mostPlaced(rest, others, lifting: lifting))
        }
    }
}
