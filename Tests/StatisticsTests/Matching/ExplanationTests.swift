import Statistics
import Testing

@Suite("Why nothing matches")
struct ExplanationTests {
    private let matching = Matching()

    private func sets(_ liftings: [Lifting]) -> [[MatchReason]] { liftings.map(\.reasons.cases) }

    @Test func `a unit matches when everything that stands in its way is lifted, and not before`() {
        var homes = RandomHomes(seed: 21)
        for _ in 0..<200 {
            let forgotten = homes.questions(0.05)
            let need = homes.need().changed(forgotten, by: nil)
            for unit in homes.units(5) {
                let verdict = matching.verdict(for: need, on: unit.changed(forgotten, by: nil))
                #expect(verdict.reaches(.fits, lifting: verdict.blockers))
                #expect(verdict.reaches(.ask, lifting: verdict.failed))
                for one in verdict.failed.cases {
                    #expect(!verdict.reaches(.ask, lifting: verdict.failed.subtracting([one])))
                }
            }
        }
    }

    /// What each reason stands for, taken away from the facts themselves.
    @Test func `changing the facts behind every stated reason makes the unit match`() {
        var homes = RandomHomes(seed: 22)
        for _ in 0..<400 {
            var (need, unit) = (homes.need(), homes.unit("u1"))
            for reason in matching.verdict(for: need, on: unit).failed.cases { settle(reason, &need, &unit) }
            #expect(matching.verdict(for: need, on: unit).standing == .fits)
        }
    }

    private func settle(_ reason: MatchReason, _ need: inout HousingNeed, _ unit: inout HousingUnit) {
        switch reason {
        case .noSpace: unit.availability = .known(.freeNow)
        case .size:
            (unit.bedspaces, unit.bedrooms) = (.known(20), .known(20))
            (unit.maxAdults, unit.maxChildren) = (.known(20), .known(20))
        case .access: unit.access = .known(.all)
        case .staff: unit.staffing = .known(.roundTheClock)
        case .mentalHealth: unit.supports = .known(unit.supports.has.union([.mentalHealth]))
        case .substanceUse: unit.supports = .known(unit.supports.has.union([.substanceUse]))
        case .offending: unit.supports = .known(unit.supports.has.union([.offending]))
        case .arson: unit.supports = .known(unit.supports.has.union([.arson]))
        case .area: (unit.area, unit.exclusionAreas) = (.known("elsewhere"), .known([]))
        case .network: (need.tooNear, need.conflicts) = (.known([]), .known([]))
        case .funds: unit.funding = .known([.unfunded])
        case .olderSon: unit.oldestBoy = .known(.noLimit)
        case .sex: unit.takes = .known(.anyone)
        case .pets: unit.pets = .known(.all)
        case .kind: need.kinds = .known([unit.kind])
        case .risk: unit.highestRisk = .known(.high)
        case .consent: need.consents = .known(true)
        }
    }

    @Test func `the smallest sets are those that trying every set finds`() {
        var homes = RandomHomes(seed: 23)
        for round in 0..<120 {
            let forgotten = homes.questions(0.05)
            let need = homes.need().changed(forgotten, by: nil)
            let units = homes.units(6, ease: round % 2 == 0 ? 0.5 : 0.8).map { $0.changed(forgotten, by: nil) }
            let verdicts = matching.verdicts(for: need, among: units)
            for standing in [MatchStanding.fits, .ask] {
                let found = Matching.smallestLiftings(of: verdicts, reaching: standing, limit: 100)
                let tried = smallestByTrying(verdicts, standing)
                #expect(Set(found.map(\.reasons)) == tried && found.count == tried.count)
                for lifting in found {
                    #expect(lifting.units == verdicts.count { $0.reaches(standing, lifting: lifting.reasons) })
                }
            }
        }
    }

    private func smallestByTrying(_ verdicts: [MatchVerdict], _ standing: MatchStanding) -> Set<CaseSet<MatchReason>> {
        let stated = verdicts.reduce(into: CaseSet<MatchReason>([])) { $0 = $0.union($1.blockers) }.cases
        var smallest = Int.max
        var sets: Set<CaseSet<MatchReason>> = []
        for mask in 0..<(1 << stated.count) where mask.nonzeroBitCount <= smallest {
            let lifted = CaseSet(stated.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element))
            guard verdicts.contains(where: { $0.reaches(standing, lifting: lifted) }) else { continue }
            if lifted.count < smallest { (smallest, sets) = (lifted.count, []) }
            sets.insert(lifted)
        }
        return sets
    }

    @Test func `those that open most units come first, and no more than asked for`() {
        var homes = RandomHomes(seed: 24)
        let verdicts = matching.verdicts(for: homes.need(), among: homes.units(200, ease: 0.6))
        let liftings = Matching.smallestLiftings(of: verdicts, limit: 100)
        #expect(liftings.map(\.units) == liftings.map(\.units).sorted(by: >))
        #expect(sets(Matching.smallestLiftings(of: verdicts, limit: 2)) == Array(sets(liftings).prefix(2)))
        #expect(Matching.smallestLiftings(of: []).isEmpty)
    }
}
