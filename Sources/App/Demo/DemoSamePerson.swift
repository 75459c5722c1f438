import Foundation

/// Of those whom somebody recorded a second time, some are linked, asked about, undone or said to be two; the rest
/// stand in the list of possible duplicates. A stream of chance of its own, so that all else stays as it was.
extension DemoGenerator {
    /// Somebody whom a call put on record, if they were there already.
    mutating func writeSamePerson(_ copy: DemoPerson) {
        guard let known = recordedBefore, known.agency == copy.agency, known.id != copy.id else { return }
        var dice = DemoDice(.samePerson, people)
        guard dice.chance(55) else { return }
        let asked = clock.atWork(copy.created + dice.within(1...400) * 3_600, &dice)
        let answered = clock.atWork(asked + dice.within(4...90) * 3_600, &dice)
        guard asked < clock.today else { return }
        let (proposer, day) = (copy.createdBy, clock.local(asked).day)
        let second = staff.one(.serviceManager, at: copy.agency, on: day, &dice)
        guard second != proposer else { return }
        let isAnswered = answered < clock.today
        let became = dice.below(100)
        let isTwo = became >= 92
        let isLinked = isAnswered && became < 80
        let isUndone = isLinked && became < 8 && answered + 86_400 < clock.today
        let ended: String? = isTwo ? "notSame" : isUndone ? "undone" : isAnswered && !isLinked ? "refused" : nil
        let isFirst = copy.id.precedes(known.id)
        let words = dice.pick(isTwo ? Self.areTwo : Self.areOne)
        let (by, other) = (staff.all[proposer].id, staff.all[second].id)
        let endedAt: DemoMoment? = ended == nil ? nil : isTwo ? asked : isUndone ? answered + 86_400 : answered
        let endedBy: UUID? = ended == nil ? nil : isTwo ? by : other
        batch[.samePerson].add(
            dice.uuid(), partnership, organisations.agencies[copy.agency].id, isFirst ? copy.id : known.id,
            isFirst ? known.id : copy.id, agreeing(copy, known), words, asked, by,
            isLinked ? answered : nil as DemoMoment?, isLinked ? other : nil as UUID?,
            endedAt, endedBy, ended,
            ended == nil || isTwo ? "" : dice.pick(Self.notCertain))
    }

    /// What agrees, as the database would say it.
    private func agreeing(_ copy: DemoPerson, _ known: DemoPerson) -> String {
        var facts: [String] = []
        if copy.name.given == known.name.given, copy.name.family == known.name.family { facts.append("name") }
        if copy.birthKnown == "known", known.birthKnown == "known" {
            facts.append(copy.birth == known.birth ? "birth" : "birthTurned")
        }
        if !copy.phones.isEmpty, known.phones.contains(copy.phones[0]) { facts.append("phone") }
        return "{" + facts.joined(separator: ",") + "}"
    }

    private static let areOne = [
        "The same number, and she says that she rang in spring. The name was heard wrong.",
        "Her sister is named on both records. Day and month of birth are swapped on one.",
        "She asked for the worker of the other record by name.",
    ]
    private static let areTwo = ["Spoken with both: cousins who share a telephone."]
    private static let notCertain = [
        "The number is her mother’s. Ask her before the records are linked.",
        "Only the name and the year agree. Not certain enough.",
    ]
}
