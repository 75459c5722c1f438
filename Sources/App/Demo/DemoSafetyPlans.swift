import Crypto
import Foundation

extension DemoGenerator {
    /// So many of the planned cases come with a safety plan; all of the cast do whose case is open.
    static let mostPlans = 240

    /// The safety plan of an open case, sometimes with the version before it.
    ///
    /// A stream of its own: no other row changes.
    mutating func writePlans(of made: DemoCase) throws {
        guard made.closed == nil, let worker = made.worker, let first = made.firstContact else { return }
        var dice = DemoDice(.safetyPlan, made.key)
        let isCast = made.key >= Self.castKey
        guard let key = newKeys[made.harmed.id], isCast || plans < Self.mostPlans && dice.chance(60) else { return }
        let start = clock.atWork(first + dice.within(1...9) * 86_400, &dice)
        guard start < clock.today else { return }
        plans += 1
        let agency = organisations.agencies[made.agency].id
        let again = clock.atWork(start + dice.within(20...90) * 86_400, &dice)
        let moments = dice.chance(45) && again < clock.today ? [start, again] : [start]
        let ids = moments.map { _ in dice.uuid() }
        var newest: [String: String] = [:]
        for (index, at) in moments.enumerated() {
            let when: PlanEvent? = made.traits.contains(.court) && dice.chance(60) ? .hearing
                : dice.chance(20) ? dice.pick(PlanEvent.allCases) : nil
            newest = Self.parts(made, &dice)
            try write(
                ids[index], .adult, newest, version: index + 1, of: made.harmed.id, key, agency,
                at: at, by: worker, review: clock.local(at).day + dice.pick([28, 56, 84, 84]), when: when,
                next: index + 1 < ids.count ? ids[index + 1] : nil)
            event(made, "planWritten", at, worker, ids[index], "", &dice)
        }
        try writePlanShare(of: made, newest, after: moments[moments.count - 1], by: worker)
    }

    /// Some of the older children have one of their own.
    mutating func writePlan(ofChild child: DemoPerson, _ made: DemoCase) throws {
        guard made.closed == nil, let worker = made.worker, let first = made.firstContact else { return }
        var dice = DemoDice(.safetyPlan, made.key + 1_000_000 + abs(child.birth.number))
        let isOld = (DemoPeople.ageDay - child.birth) / 365 >= 8
        let at = clock.atWork(first + dice.within(5...20) * 86_400, &dice)
        guard isOld, plans < Self.mostPlans || made.key >= Self.castKey, dice.chance(40), at < clock.today,
            let key = newKeys[child.id] else { return }
        let parts = Dictionary(uniqueKeysWithValues: Self.childsWords.map { ($0.key, dice.pick($0.value)) })
        try write(
            dice.uuid(), .child, parts, version: 1, of: child.id, key, organisations.agencies[made.agency].id,
            at: at, by: worker, review: clock.local(at).day + 84, when: nil, next: nil)
    }

    private mutating func write(
        _ id: UUID, _ kind: PlanKind, _ parts: [String: String], version: Int, of person: UUID, _ key: SymmetricKey,
        _ agency: UUID, at: DemoMoment, by: Int, review: DemoDay, when: PlanEvent?, next: UUID?
    ) throws {
        let body = try sealing.seal(encoder.encode(parts), key: key, place: .safetyPlan(id, agency: agency))
        batch[.safetyPlan].add(
            id, partnership, agency, person, kind.rawValue, version, body, review, when?.rawValue, staff.all[by].id, at,
            next)
    }

    private static func parts(_ made: DemoCase, _ dice: inout DemoDice) -> [String: String] {
        var parts: [String: String] = [:]
        for section in PlanSection.adult {
            if section.field == "children", !made.traits.contains(.children) { continue }
            guard let words = adultsWords[section.field] else { continue }
            guard dice.chance(85) || section.field == "leaving" else { continue }
            parts[section.field] = dice.pick(words)
        }
        return parts
    }

    private static let adultsWords = [
        "starts": ["Stay out of the kitchen and the bathroom. The hall has the front door.",
                   "When the voice drops: say the dog needs out, and go.",
                   "Doors open, shoes on after six. Not upstairs."],
        "leaving": ["Back gate, then the bus stop by the library, not the one outside. Bag is at work, in my locker.",
                    "Thursdays, when the car is gone until nine. Taxi number is saved as Dentist.",
                    "Out by the front, left, to number 14. She has a key and a coat for me."],
        "home": ["New lock on the back door. Light in the porch. Spare key no longer under the pot.",
                 "Mrs next door rings for help when the bedroom blind is down in the day.",
                 "Chain on. Nobody comes in who has not rung first."],
        "away": ["Another way home on Tuesdays. Reception says I am in a meeting, whoever asks.",
                 "Park in the front row, under the lamp. Shop at the other supermarket.",
                 "My manager knows and moved my desk. Gym on a different day."],
        "phone": ["Old phone stays at home on the sofa. The new one lives in my desk.",
                  "Location off in the photos and the maps. New email, new passwords, written nowhere.",
                  "The tablet is shared: nothing on it. Ring from the library."],
        "children": ["They go to their room and the big one rings Nan. Nobody has to stop anything.",
                     "Only I or Nan collect them. The school office has it in writing.",
                     "They know the word and the way to number 14."],
        "money": ["Passports and birth certificates are in the folder at my sister's. Copies in the cloud.",
                  "Ten pounds a week into the other account. Letters go to work.",
                  "Bank card in my shoe. Benefit letter is with the bag."],
        "help": ["The word is marmalade: whoever hears it rings 999 and does not ring me.",
                 "I text a thumb and a moon. Then my sister comes with the car.",
                 "If I ask about the library book, ring for help."],
        "calm": ["Radio on, feet up, tea. It is not my fault.", "The canal, as far as the second bridge.",
                 "Singing on Wednesdays. Ring Ros, however late it is."],
    ]

    private static let childsWords: KeyValuePairs<String, [String]> = [
        "tell": ["Nan. Miss at breakfast club. Anyone at the front desk.", "My auntie, and my teacher."],
        "go": ["My room, under the high bed, with the torch.", "Next door to the cat people."],
        "call": ["999 from the house phone. My name, where I live, and that I need help.",
                 "The tablet does emergency calls when it is locked."],
        "word": ["Pineapple", "I send Nan a penguin. She rings straight away."],
        "better": ["Lego. The dog. Headphones and my song.", "Drawing. Nan's blanket."],
    ]
}
