import Foundation

/// Some say of each other that they are harmed: two records, and who is at risk from whom as somebody decided it.
extension DemoGenerator {
    mutating func writeCounterAllegation(_ made: DemoCase) {
        guard let harming = made.harming, made.relationshipIsNew, made.harmedIsNew, made.harmingIsNew,
            made.tie.connection != .relatives, made.tie.connection != .notPersonallyConnected
        else { return }
        var dice = DemoDice(.direction, made.key)
        let isCast = made.key == Self.castKey + DemoStories.counterAllegation
        guard isCast || made.key < Self.castKey && dice.chance(8) else { return }
        let said = clock.atWork(made.opened + dice.within(1...9) * 3_600, &dice)
        guard said < clock.today else { return }
        let agency = organisations.agencies[made.agency].id
        batch[.relationship].add(
            dice.uuid(), partnership, agency, harming.id, made.harmed.id, made.tie.connection.rawValue, said,
            staff.all[made.worker ?? made.opener.by].id, "harmed")
        writeDecisions(made, harming, since: said, isDecided: isCast || dice.chance(70), &dice)
    }

    /// Not clear at first; then, for most, whom the history shows to be at risk.
    private mutating func writeDecisions(
        _ made: DemoCase, _ harming: DemoPerson, since said: DemoMoment, isDecided: Bool, _ dice: inout DemoDice
    ) {
        let isFirst = made.harmed.id.precedes(harming.id)
        let (first, second) = isFirst ? (made.harmed.id, harming.id) : (harming.id, made.harmed.id)
        let settled: String = dice.pick(weighted: [(88, isFirst ? "first" : "second"), (12, "both")])
        let words = settled == "both" ? DemoContactWords.bothAtRisk : DemoContactWords.oneAtRisk
        let steps = [("unclear", DemoContactWords.riskUnclear)] + (isDecided ? [(settled, words)] : [])
        var at = said
        for (number, (atRisk, reasons)) in steps.enumerated() {
            at = clock.atWork(at + dice.within(4...30) * 3_600, &dice)
            let reason = written(reasons, made.words, hurried: 0, &dice)
            guard at < clock.today else { return }
            let by = staff.one(.serviceManager, at: made.agency, on: clock.local(at).day, &dice)
            batch[.riskDirection].add(
                dice.uuid(), partnership, organisations.agencies[made.agency].id, first, second, number + 1, atRisk,
                reason, at, staff.all[by].id)
        }
    }
}

extension DemoStories {
    /// The story in which each says that the other harms them.
    static let counterAllegation = 6
}

extension DemoContactWords {
    /// Why it is not decided yet who is at risk.
    static let riskUnclear = DemoPhrase.lines("""
        Each says that the other began it. [One|Neither] has been seen alone yet. Both treated as at risk until then.
        Two accounts of {day}, and no history read yet. Police logs asked for.
        """)

    /// One of the two is at risk.
    static let oneAtRisk = DemoPhrase.lines("""
        Police logs and the history show who is afraid, who is hurt and who decides. What {he} reports is {her} \
        fighting back.
        {She} changed where {she} goes, whom {she} sees and what {she} says; {he} changed nothing. {His} account came \
        after the [arrest|solicitor's letter].
        Seen apart. [Injuries|Messages] fit {hers} account. {He} could name no time when {he} was afraid.
        """)

    /// Both are.
    static let bothAtRisk = DemoPhrase.lines("""
        Seen apart. Both have been hurt and both are afraid to go home. A worker and a plan for each, kept apart.
        """)
}
