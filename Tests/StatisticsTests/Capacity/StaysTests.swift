import Statistics
import Testing

@Suite("Capacity: how long households stay")
struct StaysTests {
    /// The leukaemia trial of Freireich and others (1963), as every textbook has it: remission in weeks.
    static let trial: [StayRecord] =
        [6, 6, 6, 7, 10, 13, 16, 22, 23].map { StayRecord(days: $0) }
        + [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map { StayRecord(days: $0, isOpen: true) }

    @Test func `the textbook's curve comes out`() throws {
        let survival = try #require(StaySurvival(Self.trial))
        let known = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
        #expect(survival.steps.map(\.days) == [6, 7, 10, 13, 16, 22, 23])
        #expect(survival.steps.map(\.followed) == [21, 17, 15, 12, 11, 7, 6])
        for (step, share) in zip(survival.steps, known) { #expect(abs(step.stillThere - share) < 0.00005) }
        #expect(survival.median == 23)
        #expect(abs(survival.restrictedMean - 23.287) < 0.001)
        #expect(survival.ended == 9 && survival.open == 12 && survival.longest == 35)
        #expect(!survival.isComplete && survival.mean > survival.restrictedMean)
        #expect(survival.stillThere(after: 0) == 1 && survival.stillThere(after: 5.9) == 1)
        #expect(survival.stillThere(after: 6) == survival.steps[0].stillThere)
        #expect(survival.stillThere(after: 100) == survival.steps[6].stillThere)
    }

    @Test func `with no open stays it is the plain mean`() throws {
        var chance = Chance(seed: 5)
        for _ in 0..<50 {
            let days = (0..<(1 + chance.below(60))).map { _ in Double(chance.below(300)) }
            let survival = try #require(StaySurvival(days.map { StayRecord(days: $0) }))
            #expect(abs(survival.mean - days.reduce(0, +) / Double(days.count)) < 1e-9)
            #expect(survival.isComplete && survival.tail == 0)
        }
    }

    @Test func `an open stay never makes stays shorter than the same stay ended`() throws {
        var chance = Chance(seed: 6)
        for _ in 0..<200 {
            var stays = (0..<30).map { _ in
                StayRecord(days: Double(1 + chance.below(400)), isOpen: chance.below(4) == 0)
            }
            stays.append(StayRecord(days: 5))
            let before = try #require(StaySurvival(stays))
            let one = chance.below(30)
            let asEnded = stays[one]
            stays[one].isOpen = true
            let after = try #require(StaySurvival(stays))
            if !asEnded.isOpen { #expect(after.restrictedMean >= before.restrictedMean - 1e-9) }
            #expect(try #require(StaySurvival(stays.reversed())).mean == after.mean)
        }
    }

    @Test func `leavers alone make it too short`() throws {
        let leavers = Self.trial.filter { !$0.isOpen }
        let short = try #require(StaySurvival(leavers)), all = try #require(StaySurvival(Self.trial))
        #expect(short.mean < all.restrictedMean)
    }

    @Test func `nothing that ended, or a length that is none, says nothing`() {
        #expect(StaySurvival([]) == nil)
        #expect(StaySurvival([StayRecord(days: 40, isOpen: true)]) == nil)
        #expect(StaySurvival([StayRecord(days: -1)]) == nil)
        #expect(StaySurvival([StayRecord(days: .nan)]) == nil)
        #expect(StaySurvival([StayRecord(days: .infinity)]) == nil)
    }

    @Test func `21 spaces of 113 days allow 68 stays a year, not 129`() {
        let facts = LittlesLaw(spaces: 21, stay: 113, admissions: 129, referrals: 252)
        #expect(facts.isImpossible)
        #expect(facts.findings.first == "21 spaces and stays of 113 days allow 68 stays a year, not 129. "
            + "These can't all be true.")
        #expect(facts.findings[1] == "As many stays fit if they last 59 days on average, or into 40 spaces, "
            + "with none ever empty.")
        #expect(facts.likelySpaces == 41)
        #expect(abs((facts.likelyStay ?? 0) - 56.7) < 0.1)
        #expect(facts.findings[2].hasSuffix("129 of 252 households referred are taken in with stays of 57 days, "
            + "or with 41 spaces."))
    }

    @Test func `facts that fit together are said to`() {
        let facts = LittlesLaw(spaces: 21, stay: 113, admissions: 60)
        #expect(!facts.isImpossible && facts.likelyStay == nil)
        #expect(facts.findings == ["21 spaces, 60 stays a year of 113 days: 88% of the spaces' nights. "
            + "These can all be true."])
        #expect(LittlesLaw(spaces: 0, stay: 113, admissions: 1).isImpossible)
        #expect(!LittlesLaw(spaces: 0, stay: 113, admissions: 0).isImpossible)
    }
}
