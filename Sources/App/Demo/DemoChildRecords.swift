import Crypto
import Foundation

/// Children's own records, and requests for information about them. A stream of chance of its own, so that all else
/// stays as it was.
extension DemoGenerator {
    /// So many of the children of the planned cases have one; all of the cast do whose case is open.
    static let mostChildRecords = 240
    /// So many requests of the planned cases.
    static let mostChildRequests = 8

    /// An entry that was invented, before it is written.
    private struct Entry {
        let kind: ChildEntryKind
        var word = ""
        let day: DemoDay
        var adult: UUID?
        var basis: ContactBasis?
        var order: UUID?
        var worker: Int?
        var isProtected = false
        var body: [String: String] = [:]
    }

    /// The own records of the children whom a case brought on record. `order`: one that was made around them.
    mutating func writeChildRecords(of made: DemoCase, order: UUID?) throws {
        guard made.closed == nil, let worker = made.worker, let first = made.firstContact else { return }
        for (place, child) in newChildren.enumerated() {
            var dice = DemoDice(.childRecord, made.key * 8 + place)
            let isCast = made.key >= Self.castKey
            // The cast's cases are days old.
            let at = clock.atWork(first + (isCast ? 3_600 : dice.within(2...12) * 86_400), &dice)
            guard let key = newKeys[child.id], at + 3_600 < clock.today,
                isCast || childRecords < Self.mostChildRecords && dice.chance(80) else { continue }
            childRecords += 1
            let isOurs = made.agency == DemoOrganisations.frontDoor
            let own = isOurs && (isCast || dice.chance(75)) ? staff.childrensWorker : nil
            let by = own ?? worker
            for (number, entry) in entries(child, made, own, order, clock.local(at).day, &dice).enumerated() {
                try write(entry, of: child, key, made, at: at + number * 240, by: by, &dice)
            }
            if isOurs { writeRequest(about: child, made, isCast: isCast && place == 0, &dice) }
        }
    }

    private func entries(
        _ child: DemoPerson, _ made: DemoCase, _ own: Int?, _ order: UUID?, _ day: DemoDay, _ dice: inout DemoDice
    ) -> [Entry] {
        let age = (DemoPeople.ageDay - child.birth) / 365
        var entries: [Entry] = []
        if let own { entries.append(Entry(kind: .worker, day: day, worker: own)) }
        let setting: ChildSetting = age < 5 ? .nursery : .school
        entries.append(Entry(
            kind: .setting, word: setting.rawValue, day: day + -dice.within(60...700),
            isProtected: made.harmed.isProtected || dice.chance(35), body: [
                "name": dice.pick(setting == .nursery ? Self.nurseries : Self.schools), "knows": dice.pick(Self.knows),
            ]))
        let care: SocialCare = dice.pick(weighted: [
            (30, .none), (22, .earlyHelp), (24, .childInNeed), (14, .childProtection), (3, .lookedAfter),
            (7, .notKnown),
        ])
        let hasLead = ![.none, .notKnown].contains(care)
        entries.append(Entry(kind: .care, word: care.rawValue, day: day + -dice.within(0...120), body: hasLead ? [
            "name": "The duty team, until somebody is allocated", "note": dice.pick(Self.agreed),
        ] : [:]))
        if dice.chance(85) {
            entries.append(Entry(
                kind: .harm, word: dice.pick(weighted: [(4, ChildHarm.heard), (3, .saw), (3, .experienced)]).rawValue,
                day: day + -dice.within(3...60),
                body: ["words": dice.pick(Self.harm), "heard": dice.pick(Self.tellers)]))
        }
        if age >= 5, dice.chance(75) {
            entries.append(Entry(kind: .voice, day: day, body: ["words": dice.pick(Self.voices)]))
        }
        entries.append(Entry(
            kind: .contact, word: ParentContact.livesWith.rawValue, day: child.birth, adult: made.harmed.id,
            basis: .nothing))
        if let harming = made.harming { entries.append(contact(with: harming.id, order, made, day, &dice)) }
        if age >= 5, dice.chance(80) {
            entries.append(Entry(
                kind: .goal, word: dice.pick([GoalState.wanted, .started, .started, .reached]).rawValue, day: day,
                body: ["words": dice.pick(Self.goals), "steps": dice.pick(Self.steps)]))
        }
        return entries
    }

    private func contact(
        with harming: UUID, _ order: UUID?, _ made: DemoCase, _ day: DemoDay, _ dice: inout DemoDice
    ) -> Entry {
        let time: ParentContact = made.tie.isSeparated
            ? dice.pick([.none, .none, .supervised, .supervised, .indirect, .unsupervised, .notKnown])
            : dice.pick([.livesWith, .livesWith, .unsupervised, .none])
        let basis: ContactBasis = order != nil ? .order : time == .supervised ? .socialCare
            : dice.pick([.agreement, .nothing, .notKnown])
        let note: [String: String] = time == .supervised ? ["note": dice.pick(Self.supervised)] : [:]
        return Entry(
            kind: .contact, word: time.rawValue, day: day + -dice.within(0...60), adult: harming, basis: basis,
            order: order, body: note)
    }

    private mutating func write(
        _ entry: Entry, of child: DemoPerson, _ key: SymmetricKey, _ made: DemoCase, at: DemoMoment, by: Int,
        _ dice: inout DemoDice
    ) throws {
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        let body = try sealing.seal(encoder.encode(entry.body), key: key, place: .childEntry(id, agency: agency))
        batch[.childEntry].add(
            id, partnership, agency, child.id, entry.kind.rawValue, entry.word, entry.day, entry.adult,
            entry.basis?.rawValue ?? "", entry.order, entry.worker.map { staff.all[$0].id }, entry.isProtected, body,
            at, staff.all[by].id)
    }

    /// The other parent asks: one in so many cases, and the first child of each of the cast's.
    private mutating func writeRequest(
        about child: DemoPerson, _ made: DemoCase, isCast: Bool, _ dice: inout DemoDice
    ) {
        guard let harming = made.harming, isCast || childRequests < Self.mostChildRequests && dice.chance(60) else {
            return
        }
        childRequests += 1
        let received = clock.day(ago: isCast ? 1 : dice.within(4...24))
        let due = Day(since1970: received.number).months(ahead: 1)
        let name = "\(harming.name.given) \(harming.name.family)".trimmingCharacters(in: .whitespaces)
        let (about, at) = ("\(child.name.given) \(child.name.family)", clock.moment(received, minute: 640))
        let decided = clock.atWork(at + 2 * 86_400, &dice)
        let isDecided = childRequests % 2 == 1 && decided < clock.today
        batch[.childRequest].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, isDecided ? child.id : nil as UUID?,
            RequestAsker.parent.rawValue, name.isEmpty ? "Gave no name" : name, "By letter, to be given", about,
            dice.pick(Self.asked), received, DemoDay(year: due.year, month: due.month, day: due.day), at,
            staff.all[DemoStaff.helplineWorker].id, isDecided ? RequestOutcome.notConfirmed.rawValue : nil,
            isDecided ? RequestEntitlement.nobody.rawValue : nil,
            isDecided ? RequestChildView.doesNotWant.rawValue : nil, isDecided ? Self.reason : "",
            isDecided ? decided : nil as DemoMoment?, isDecided ? staff.all[DemoStaff.manager].id : nil as UUID?)
    }

    private static let nurseries = ["Thimblewick Nursery", "Puddlefoot Playgroup"]
    private static let schools = ["Quillmere Primary School", "Oddlestone Academy", "Wickenthorpe School"]
    private static let knows = [
        "The head and the office. Nobody but their mother or grandmother may collect them.",
        "The safeguarding lead. They ring us the morning after, when the police were there.",
        "Their class teacher, with their agreement.",
    ]
    private static let agreed = [
        "A visit every ten working days. The plan is looked at again in three months.",
        "Support for the family at home, and a place at the breakfast club.",
    ]
    private static let harm = [
        "Shouting through the wall, and then nothing, which was worse.", "The broken door, and who broke it.",
        "Stood between them once. Was not hit.", "Was asked what the new street is called.",
        "Had to keep quiet about the money, and was afraid to slip.",
    ]
    private static let tellers = ["The child, while drawing", "Their mother", "School"]
    private static let voices = [
        "When the gate clicks my tummy goes tight.", "I like it here because nobody shouts at teatime.",
        "I don’t want to talk on the phone to him. I want to send a drawing.",
        "I thought it was because I left my bike out.", "Can I tell my friend where I live now?",
    ]
    private static let goals = [
        "I want to sleep with the door shut again.", "I want to go to football on Saturdays.",
        "I want somebody to tell my teacher so I don’t have to.", "I want to know when I see my dad.",
    ]
    private static let steps = [
        "A night light, and a word for when it is too much.", "We ask the club, and Nan takes you.",
        "We tell her together, on Monday.", "We write the days on your calendar.",
    ]
    private static let supervised = [
        "Two hours a fortnight at a contact centre. Arrivals half an hour apart.",
        "Once a month, with a social worker in the room.",
    ]
    private static let asked = [
        "Which school, and who collects them.", "Whether the child is seen by anybody here, and what is said there.",
        "A copy of everything about the child.",
    ]
    private static let reason = """
        An order forbids contact, and any answer would show that there is a record. The child was asked and does not \
        want it.
        """
}
