import Foundation

extension DemoGenerator {
    /// Writes the contacts that never became a case, until people and contacts are as many as they should be.
    mutating func writeFrontDoor(
        duplicates: [DemoPerson], _ put: (DemoBatch) throws -> Void
    ) throws {
        let (count, newPeople) = (size.volumes.contacts - contacts, size.volumes.people - people)
        precondition(newPeople >= 0 && count >= newPeople, "the cases have made more people than the size allows")
        var callers: [(id: UUID, agency: Int)] = []
        for index in 0..<count {
            var dice = DemoDice(.contact, index)
            let isNew = newPeople * (index + 1) / count > newPeople * index / count
            // The people are numbered by themselves: how many contacts come before them depends on weekdays.
            var who = DemoDice(.person, 2_000_000 + callers.count)
            let agencies = [
                (92, DemoOrganisations.frontDoor), (4, DemoOrganisations.womensAid), (4, DemoOrganisations.freeva),
            ]
            let drawn = isNew ? who.pick(weighted: agencies) : dice.pick(weighted: agencies)
            var contact = contact(index, of: count, agency: drawn, isNew: isNew, &dice)
            // Whoever speaks of their own behaviour is recorded on the other side of the wall.
            let agency = contact.caller == "ownBehaviour" ? DemoOrganisations.behaviour : drawn
            var person: UUID?
            var words = DemoWords()
            if isNew {
                // Who they are doesn't depend on why they rang.
                recordedBefore = nil
                var made = caller(of: contact, agency: drawn, duplicates, &words, &who, &dice)
                made.agency = agency
                try write(made, &dice)
                writeSamePerson(made)
                person = made.id
                callers.append((made.id, agency))
            } else if contact.caller == "harmedPerson", dice.chance(70), !callers.isEmpty {
                let known = callers[dice.below(callers.count)]
                if known.agency == agency { person = known.id }
            }
            fill(&contact, words, &dice)
            write(contact, person: person, agency: agency, case: nil, to: .laterContact)
            leaveBehind(contact, agency: agency, &dice)
            try handOver(put)
        }
    }

    /// The last calls leave something on the shift's list: a promise, or a line that went dead.
    private mutating func leaveBehind(_ contact: DemoContact, agency: Int, _ dice: inout DemoDice) {
        guard clock.today - contact.at < 4 * 86_400 else { return }
        let kind: String? = contact.outcome == "endedSuddenly" ? "callBack" : contact.promised.isEmpty ? nil : "promise"
        guard let kind else { return }
        let detail = kind == "promise" ? contact.promised : "Nothing was agreed: don't ring back. Read what was said"
        batch[.task].add(
            dice.uuid(), partnership, organisations.agencies[agency].id, nil as UUID?, kind, nil as UUID?, contact.at,
            contact.at + dice.within(20...90) * 3_600, nil as DemoMoment?, contact.id, detail)
    }

    /// When, how and from whom.
    private func contact(
        _ index: Int, of count: Int, agency: Int, isNew: Bool, _ dice: inout DemoDice
    ) -> DemoContact {
        let day = clock.day(ago: 1 + (count - 1 - index) * DemoPlan.days / count)
        let caller: String =
            isNew
            ? dice.pick(weighted: [(62, "harmedPerson"), (14, "thirdParty"), (20, "professional"), (4, "ownBehaviour")])
            : dice.pick(weighted: [
                (17, "silent"), (12, "wrongNumber"), (9, "notKnown"), (46, "harmedPerson"), (12, "thirdParty"),
                (4, "ownBehaviour"),
            ])
        let channel: String =
            switch caller {
            case "professional": "professional"
            case "silent", "wrongNumber": "helpline"
            case "notKnown": dice.pick(["voicemail", "text", "webchat", "email"])
            case "thirdParty", "ownBehaviour": dice.pick(["helpline", "helpline", "helpline", "email", "webForm"])
            default:
                dice.pick(weighted: [
                    (55, "helpline"), (12, "text"), (14, "webForm"), (10, "webchat"), (6, "email"), (2, "inPerson"),
                    (1, "letter"),
                ])
            }
        let isStaffed = channel == "helpline" || channel == "professional" || channel == "inPerson"
        var on = day
        if isStaffed, on.weekday == 7 { on = on + -1 }
        let minute = isStaffed ? dice.within(481...1_190) : dice.within(1...1_430)
        return DemoContact(
            id: dice.uuid(), channel: channel, caller: caller, at: clock.moment(on, minute: minute),
            by: staff.one(.helplineWorker, at: agency, on: on, &dice), reason: "", outcome: "adviceGiven")
    }

    /// The person whom a contact puts on record.
    private mutating func caller(
        of contact: DemoContact, agency: Int, _ duplicates: [DemoPerson], _ words: inout DemoWords,
        _ who: inout DemoDice, _ dice: inout DemoDice
    ) -> DemoPerson {
        let at = contact.at + 120
        var person = invented.harmed(agency: agency, created: at, by: contact.by, &who)
        let tie = DemoTie.invented(
            harmedIsFemale: person.isFemale, age: (DemoPeople.ageDay - person.birth) / 365, &who)
        words = self.words(person, tie, dice.chance(50) ? .children : [], &dice)
        if contact.caller == "ownBehaviour" { words.perpFemale = person.isFemale }
        if who.chance(3.5), let known = original(agency, duplicates, &who) {
            duplicate(known, onto: &person, &who)
            recordedBefore = known
        }
        let asked = contact.caller == "harmedPerson" ? 52.0 : contact.caller == "ownBehaviour" ? 10 : 12
        if dice.chance(asked) {
            person.safeContacts = [
                .invented(
                    number: person.phones.first ?? "", perp: tie.word, askedAt: at, by: contact.by, clock: clock, &dice)
            ]
        } else if dice.chance(45) {
            person.safeContacts = [
                DemoSafeContact(rule: nil, detail: nil, holdsUntil: nil, askedAt: at, by: contact.by)
            ]
        }
        return person
    }

    private func original(_ agency: Int, _ duplicates: [DemoPerson], _ dice: inout DemoDice) -> DemoPerson? {
        let nearby = duplicates.filter { $0.agency == agency }
        if !nearby.isEmpty, dice.chance(size == .rutland ? 30 : 3) { return dice.pick(nearby) }
        guard let person = knownHarmed[dice.below(max(1, knownHarmed.count))], person.agency == agency else {
            return nil
        }
        return person
    }

    /// The same person recorded again by somebody who did not find the first record: a letter wrong in the name, day
    /// and month of birth swapped, the same telephone.
    private func duplicate(_ original: DemoPerson, onto person: inout DemoPerson, _ dice: inout DemoDice) {
        let (year, month, day) = original.birth.civil
        let isTurned = day <= 12 && day != month
        var copy = DemoPerson(
            id: person.id, agency: original.agency,
            name: dice.chance(70) ? original.name.misspelt(&dice) : original.name,
            isFemale: original.isFemale, sex: original.sex,
            birth: isTurned ? DemoDay(year: year, month: day, day: month) : original.birth,
            heritages: original.heritages, group: original.group,
            ethnicity: .notAsked, language: original.language, area: original.area, created: person.created,
            createdBy: person.createdBy)
        copy.phones = Array(original.phones.prefix(1))
        copy.address = dice.chance(50) ? original.address : nil
        person = copy
    }

    /// What was said, asked, advised and agreed.
    private func fill(_ contact: inout DemoContact, _ words: DemoWords, _ dice: inout DemoDice) {
        let reasons =
            switch contact.caller {
            case "harmedPerson": Self.isTyped(contact.channel) ? DemoContactWords.ownWords : DemoContactWords.harmed
            case "thirdParty": DemoContactWords.thirdParty
            case "professional": DemoContactWords.professional
            case "ownBehaviour": DemoContactWords.ownBehaviour
            case "silent": DemoContactWords.silent
            case "wrongNumber": DemoContactWords.wrongNumber
            default: DemoContactWords.unknown[contact.channel] ?? DemoContactWords.silent
            }
        contact.reason = written(reasons, words, hurried: 20, &dice)
        contact.answers = Self.answers(contact.caller, [], &dice)
        switch contact.caller {
        case "silent": contact.outcome = dice.pick(["endedSuddenly", "endedSuddenly", "callAgain", "noFurtherAction"])
        case "wrongNumber": contact.outcome = "noFurtherAction"
        case "notKnown": contact.outcome = dice.pick(["noFurtherAction", "callAgain"])
        default:
            contact.outcome = dice.pick(weighted: [
                (54, "adviceGiven"), (20, "referredOn"), (14, "callAgain"), (3, "emergencyServices"),
                (5, "endedSuddenly"), (4, "noFurtherAction"),
            ])
            let advice = contact.caller == "harmedPerson" ? DemoContactWords.advice : DemoContactWords.adviceToOthers
            if dice.chance(82) { contact.advice = written(advice, words, hurried: 6, &dice) }
            if contact.outcome == "callAgain" {
                contact.promised = written(DemoContactWords.promised, words, hurried: 3, &dice)
            }
        }
    }

    /// Safe to talk, somebody nearby, children there, injured, weapon, suicidal: asked as the call allows.
    static func answers(_ caller: String, _ traits: DemoTraits, _ dice: inout DemoDice) -> [String] {
        func answer(yes: Double, notAsked: Double) -> String {
            dice.chance(notAsked) ? "notAsked" : dice.chance(8) ? "notKnown" : dice.chance(yes) ? "yes" : "no"
        }
        switch caller {
        case "silent", "notKnown": return Array(repeating: "notKnown", count: 6)
        case "wrongNumber", "ownBehaviour": return Array(repeating: "notAsked", count: 6)
        case "harmedPerson":
            return [
                answer(yes: 91, notAsked: 4), answer(yes: 9, notAsked: 14),
                answer(yes: traits.contains(.children) ? 46 : 8, notAsked: 20), answer(yes: 17, notAsked: 16),
                answer(yes: 7, notAsked: 22), answer(yes: 11, notAsked: 30),
            ]
        default:
            return [
                "notAsked", "notAsked", answer(yes: 20, notAsked: 50), answer(yes: 18, notAsked: 40),
                answer(yes: 7, notAsked: 50), answer(yes: 6, notAsked: 60),
            ]
        }
    }

    /// A contact that came while the case was open.
    func addLater(_ made: inout DemoCase, _ dice: inout DemoDice) {
        let end = min(made.closed ?? clock.today, clock.today)
        let span = end - made.opened - 7_200
        guard span > 86_400 else { return }
        var at = clock.atWork(made.opened + 7_200 + dice.below(span), &dice)
        if at >= end { at = end + -dice.within(20...90) * 60 }
        var contact = DemoContact(
            id: dice.uuid(), channel: dice.pick(["helpline", "helpline", "text", "email"]), caller: "harmedPerson",
            at: at,
            by: staff.one(.helplineWorker, at: made.agency, on: clock.local(at).day, &dice),
            reason: written(DemoContactWords.later, made.words, hurried: 20, &dice), outcome: "adviceGiven")
        contact.answers = Self.answers("harmedPerson", made.traits, &dice)
        made.later.append(contact)
    }
}
