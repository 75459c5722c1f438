import Statistics
import Testing

@Suite("Matching, on random homes and households")
struct MatchingPropertyTests {
    private let matching = Matching()

    @Test func `with everything known it says what the rules say, neither more nor less`() {
        var homes = RandomHomes(seed: 1)
        var standings: [MatchStanding: Int] = [:]
        for round in 0..<4_000 {
            let (need, unit) = (homes.need(), homes.unit("u\(round % 9)", ease: round % 2 == 0 ? 0.6 : 0.95))
            let verdict = matching.verdict(for: need, on: unit)
            #expect(Set(verdict.failed.cases) == PlainRules.failing(need, unit))
            #expect(verdict.unknown.isEmpty && verdict.questions.isEmpty)
            standings[verdict.standing, default: 0] += 1
        }
        #expect(standings[.fits] ?? 0 > 50 && standings[.doesNot] ?? 0 > 50)
    }

    @Test func `with facts unknown, what it says holds for every answer`() {
        var homes = RandomHomes(seed: 2)
        var changing = 0
        for round in 0..<400 {
            let forgotten = homes.questions(round % 2 == 0 ? 0.1 : 0.4)
            let need = homes.need().changed(forgotten, by: nil)
            let unit = homes.unit("u\(round % 9)", ease: 0.85).changed(forgotten, by: nil)
            let verdict = matching.verdict(for: need, on: unit)
            var sometimes: Set<MatchReason> = []
            for _ in 0..<12 {
                let failing = PlainRules.failing(
                    need.changed(.all, by: homes.answers(to: need)),
                    unit.changed(.all, by: homes.unit(unit.id, ease: 0.5)))
                #expect(failing.isSuperset(of: verdict.failed.cases))
                #expect(failing.isSubset(of: verdict.blockers.cases))
                sometimes.formUnion(failing)
            }
            changing += sometimes.subtracting(verdict.failed.cases).count
        }
        #expect(changing > 200)
    }

    @Test func `one fact unknown is asked about exactly when the answer decides`() {
        var homes = RandomHomes(seed: 3)
        var asked = 0
        for round in 0..<800 {
            let question = homes.one(of: MatchQuestion.allCases.filter { $0 != .policyOnSex && $0 != .members })
            let need = homes.need().changed([question], by: nil)
            let unit = homes.unit("u\(round % 9)", ease: 0.8).changed([question], by: nil)
            let verdict = matching.verdict(for: need, on: unit)
            #expect(verdict.questions.isSubset(of: [question]))
            let (always, sometimes) = outcomes(need, unit, enough: verdict.unknown, &homes)
            #expect(verdict.unknown == sometimes.subtracting(always), "\(question) of \(need) in \(unit)")
            asked += verdict.unknown.count
        }
        #expect(asked > 100)
    }

    /// The reasons that stand with every answer tried, and those that stand with any. Answers are tried until those
    /// `enough` depend on them, or long enough.
    private func outcomes(
        _ need: HousingNeed, _ unit: HousingUnit, enough: CaseSet<MatchReason>, _ homes: inout RandomHomes
    ) -> (always: CaseSet<MatchReason>, sometimes: CaseSet<MatchReason>) {
        var (always, sometimes): (CaseSet<MatchReason>, CaseSet<MatchReason>) = (.all, [])
        for attempt in 0..<600 where attempt < 6 || !enough.isSubset(of: sometimes.subtracting(always)) {
            let answer = attempt % 3 == 0
                ? homes.unit(unit.id, ease: 0.5) : homes.extreme(unit.id, isGenerous: attempt % 3 == 1)
            let failing = CaseSet(PlainRules.failing(
                need.changed(.all, by: homes.answers(to: need)), unit.changed(.all, by: answer)))
            (always, sometimes) = (always.intersection(failing), sometimes.union(failing))
        }
        return (always, sometimes)
    }

    @Test func `whoever answers what is asked can be told`() {
        var homes = RandomHomes(seed: 4)
        for round in 0..<1_000 {
            let forgotten = homes.questions(0.3)
            let need = homes.need().changed(forgotten, by: nil)
            let unit = homes.unit("u\(round % 9)", ease: 0.95).changed(forgotten, by: nil)
            let asked = matching.verdict(for: need, on: unit).questions
            let answered = matching.verdict(
                for: need.changed(asked, by: homes.answers(to: need)),
                on: unit.changed(asked, by: homes.unit(unit.id, ease: 0.8)))
            #expect(answered.standing != .ask)
        }
    }

    @Test func `relaxing a fact never adds a reason`() {
        var homes = RandomHomes(seed: 5)
        for round in 0..<600 {
            let forgotten = homes.questions(0.1)
            let need = homes.need().changed(forgotten, by: nil)
            let unit = homes.unit("u\(round % 9)").changed(forgotten, by: nil)
            let before = matching.verdict(for: need, on: unit)
            for (easier, easierUnit) in relaxed(need, unit) {
                let after = matching.verdict(for: easier, on: easierUnit)
                #expect(after.failed.isSubset(of: before.failed))
                #expect(after.unknown.isSubset(of: before.blockers))
            }
        }
    }

    private func relaxed(_ need: HousingNeed, _ unit: HousingUnit) -> [(HousingNeed, HousingUnit)] {
        var changed: [(HousingNeed, HousingUnit)] = []
        func with(_ change: (inout HousingNeed, inout HousingUnit) -> Void) {
            var (need, unit) = (need, unit)
            change(&need, &unit)
            changed.append((need, unit))
        }
        with { need, _ in need.pets = .known([.assistance]) }
        with { need, _ in need.access = .known([]) }
        with { need, _ in need.supports = .known([]) }
        with { need, _ in need.funds = .known(.publicFunds) }
        with { need, _ in need.canWait += 5 }
        with { need, _ in need.kinds = .known(.all) }
        with { need, _ in need.staffing = .known(.floating) }
        with { need, _ in need.children = Known(need.children.value.map { Array($0.dropLast()) }) }
        with { _, unit in unit.bedspaces = Known(unit.bedspaces.value.map { $0 + 1 }) }
        with { _, unit in unit.bedrooms = Known(unit.bedrooms.value.map { $0 + 1 }) }
        with { _, unit in unit.cots = Known(unit.cots.value.map { $0 + 1 }) }
        with { _, unit in unit.familySharesRoom = .known(true) }
        with { _, unit in unit.takes = .known(.anyone) }
        with { _, unit in unit.oldestBoy = .known(.noLimit) }
        with { _, unit in unit.exclusionAreas = .known([]) }
        with { _, unit in unit.availability = .known(.freeNow) }
        return changed
    }

    @Test func `the order of the units never matters, and one more removes none`() {
        var homes = RandomHomes(seed: 6)
        for _ in 0..<60 {
            let (need, units) = (homes.need(), homes.units(9, ease: 0.9))
            let verdicts = matching.verdicts(for: need, among: units)
            #expect(matching.verdicts(for: need, among: units.shuffled(using: &homes.chance)) == verdicts)
            let more = matching.verdicts(for: need, among: units + [homes.unit("u99", ease: 1)])
            #expect(more.filter { $0.unit != "u99" } == verdicts)
        }
    }

    @Test func `what fits stands in the order of the policy, then of the ids`() {
        var homes = RandomHomes(seed: 7)
        for _ in 0..<100 {
            let order = MatchingPolicy.Preference.allCases.shuffled(using: &homes.chance)
            let matching = Matching(policy: MatchingPolicy(version: 2, order: order), balance: ["p": 3])
            let verdicts = matching.verdicts(for: homes.need(), among: homes.units(9, ease: 1))
            for (one, next) in zip(verdicts, verdicts.dropFirst()) where one.standing == next.standing {
                guard one.standing != .doesNot else { continue }
                let difference = matching.difference(one, next)
                let (mine, other) = (matching.values(of: one), matching.values(of: next))
                let place = mine.indices.first { mine[$0].value != other[$0].value }
                #expect(difference == place.map { order[$0] })
                #expect(place.map { mine[$0].value ?? .max < other[$0].value ?? .max } ?? (one.unit < next.unit))
            }
        }
    }
}
