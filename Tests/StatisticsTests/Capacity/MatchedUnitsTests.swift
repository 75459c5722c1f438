import Statistics
import Testing

@Suite("Capacity: the rules of matching")
struct MatchedUnitsTests {
    private let demand = AccommodationDemand(referrals: 252, stay: 113)

    private func found(
        _ asked: [MatchedUnits.Asked], _ homes: [HousingUnit], spaces: Int = 70, reaching: MatchStanding = .ask
    ) throws -> MatchedUnits {
        try #require(MatchedUnits(
            asked, homes: homes, demand, spaces: spaces, reaching: reaching, arrivals: 60_000, seed: 13))
    }

    /// Of which every fact is known.
    private func alone(_ id: String, pets: CaseSet<HousingUnit.Pet> = []) -> HousingNeed {
        var need = HousingNeed(id: id)
        (need.adults, need.children, need.expecting) = (.known([.init(.known(.female))]), .known([]), .known(false))
        (need.access, need.pets, need.supports) = (.known([]), .known(pets), .known([]))
        (need.funds, need.staffing, need.risk) = (.known(.publicFunds), .known(.floating), .known(.standard))
        (need.homeArea, need.unsafeAreas) = (.known("A"), .known([]))
        return need
    }

    /// Taken by anybody, lived in, closed to nobody.
    private func palace(_ id: String) -> HousingUnit {
        var homes = RandomHomes(seed: 1)
        var home = homes.extreme(id, isGenerous: true)
        (home.kind, home.area, home.availability) = (.refuge, .known("B"), .known(.occupied))
        return home
    }

    @Test func `where every home is open to everybody the closed form comes out`() throws {
        let asked = (0..<9).map { MatchedUnits.Asked("alike", alone("h\($0)")) }
        let found = try found(asked, (0..<7).map { palace("u\($0)") })
        let known = demand.refused(spaces: 70)
        #expect(abs(found.refused.value - known) < 1.5 * (found.refused.high - found.refused.low) / 2)
        #expect(found.kinds.map(\.asked) == [9] && found.kinds.map(\.withoutHome) == [0])
    }

    @Test func `what nobody has said counts for them or against them`() throws {
        var silent = palace("u"), asked = [MatchedUnits.Asked("with a dog", alone("h", pets: [.dog]))]
        silent.pets = .unknown
        #expect(try found(asked, [silent], reaching: .fits).refused.value == 1)
        #expect(try found(asked, [silent], reaching: .ask).refused.value < 0.2)
        // Whom no home takes loses alone: the others have all of them.
        silent.pets = .known([])
        asked += (0..<3).map { MatchedUnits.Asked("without", alone("h\($0)")) }
        let found = try found(asked, [silent])
        #expect(found.kinds.map(\.name) == ["with a dog", "without"])
        #expect(found.kinds.map(\.withoutHome) == [1, 0])
        #expect(found.kinds[0].refused.value == 1)
        var others = demand
        others.referrals *= 0.75
        let known = others.refused(spaces: 70), band = found.kinds[1].refused
        #expect(abs(band.value - known) < max(0.01, band.high - band.low))
    }

    @Test(arguments: 1...30) func `who could use no home is who an independent statement of the rules says`(
        _ seed: UInt64
    ) throws {
        var random = RandomHomes(seed: seed)
        let homes = random.units(6, ease: 0.5)
        let asked = random.needs(60).map { MatchedUnits.Asked("\($0.adults.value?.count ?? 0)", $0) }
        let found = try found(asked, homes)
        for kind in found.kinds {
            let without = asked.filter { one in
                guard one.name == kind.name else { return false }
                var need = one.need
                (need.tooNear, need.conflicts, need.consents) = (.known([]), .known([]), .known(true))
                return homes.allSatisfy { home in
                    var home = home
                    home.availability = .known(.freeNow)
                    return !PlainRules.failing(need, home).isEmpty
                }
            }
            #expect(kind.withoutHome == without.count)
            #expect(kind.refused.value >= Double(without.count) / Double(kind.asked) - 0.05)
        }
        #expect(found.kinds.reduce(0) { $0 + $1.asked } == 60)
    }

    @Test func `homes alike are as many, whatever they are called, and nothing asked is no answer`() throws {
        let asked = [MatchedUnits.Asked("one", alone("h"))]
        let few = try found(asked, [palace("a"), palace("b")], spaces: 40)
        #expect(try found(asked, (0..<40).map { palace("z\($0)") }, spaces: 40) == few)
        #expect(MatchedUnits([], homes: [palace("a")], demand, spaces: 4, reaching: .ask, arrivals: 9, seed: 1) == nil)
        #expect(MatchedUnits(asked, homes: [], demand, spaces: 4, reaching: .ask, arrivals: 9, seed: 1) == nil)
    }
}
