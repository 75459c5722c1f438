import Foundation

extension DemoGenerator {
    /// Works out one planned case in full.
    func makeCase(_ planned: DemoPlannedCase) -> DemoCase {
        // Who is in the case has a stream of its own: people don't depend on weekdays.
        var (dice, who) = (DemoDice(.caseWork, planned.key), DemoDice(.harming, planned.key))
        let (id, openerID) = (dice.uuid(), dice.uuid())
        let agency = planned.agency
        let openedOn = clock.local(planned.opened).day
        let taker = staff.one(.helplineWorker, at: agency, on: openedOn, &dice)
        let known = planned.earlier.flatMap { knownHarmed[$0] }
        let harmed =
            known
            ?? {
                var person = DemoDice(.person, planned.key)
                return invented.harmed(agency: agency, created: planned.opened + -300, by: taker, &person)
            }()
        let age = (DemoPeople.ageDay - harmed.birth) / 365
        var tie = DemoTie.invented(harmedIsFemale: harmed.isFemale, age: age, &who)
        var harming: DemoPerson?
        var (harmingIsNew, relationshipIsNew) = (true, true)
        if let earlier = planned.earlier, known != nil, who.chance(60), let same = knownHarming[earlier] {
            // The same two again.
            (harming, tie, harmingIsNew, relationshipIsNew) = (same, knownTies[earlier] ?? tie, false, false)
        } else if let other = someoneAlreadyKnown(for: planned, harmed, tie, &who) {
            (harming, harmingIsNew) = (other, false)
        } else if who.chance(84) {
            harming = invented.harming(harmed, tie, created: planned.opened + 600, by: taker, &who)
        }
        let traits = Self.traits(tie, harmed, age: age, &who)
        var made = DemoCase(
            id: id, key: planned.key, harmed: harmed, harmedIsNew: known == nil, harming: harming,
            harmingIsNew: harmingIsNew, relationshipIsNew: relationshipIsNew, tie: tie, traits: traits,
            words: words(harmed, tie, traits, &dice), opened: planned.opened, closed: planned.closed,
            isUnreached: planned.isUnreached,
            opener: DemoContact(
                id: openerID, channel: "", caller: "", at: planned.opened + -dice.within(8...50) * 60, by: taker,
                reason: "", outcome: "openCase"))
        if known == nil, let children = DemoChildren(key: planned.key, traits: traits, age: age) {
            made.words.kids = children.words(harmed.isFemale ? "her" : "his")
        }
        fillOpener(&made, &dice)
        if known == nil {
            askSafeContact(&made.harmed, tie, at: planned.opened, by: taker, caller: made.opener.caller, &dice)
        }
        allocate(&made, &dice)
        assess(&made, planned.level, &dice)
        attempt(&made, &dice)
        share(&made, &dice)
        if made.closed == nil { made.isRestricted = dice.chance(0.8) } else { made.isRestricted = dice.chance(0.3) }
        if made.isRestricted, made.worker == nil { made.isRestricted = false }
        for _ in 0..<(dice.chance(34) ? dice.within(1...3) : 0) { addLater(&made, &dice) }
        if tie.isFamily, age < 30, known == nil, who.chance(7) { made.twin = twin(of: harmed, &who) }
        return made
    }

    /// Some who look for a home have agreed that the housing team may read their case, for a time.
    private func share(_ made: inout DemoCase, _ dice: inout DemoDice) {
        guard made.traits.contains(.housing), let first = made.firstContact, dice.chance(9),
            let with = made.harmed.area.flatMap({ DemoOrganisations.housing[$0] }), let worker = made.worker
        else { return }
        let agreed = clock.atWork(first + 86_400 * dice.within(1...6), &dice)
        if agreed < min(clock.today, made.closed ?? clock.today), staff.all[worker].role == .idva {
            let closing = made.closed.map { $0 + 86_400 } ?? clock.today + 86_400 * dice.within(4...60)
            made.share = (with, min(agreed + 86_400 * 90, closing))
        }
    }

    /// Serial harm, and people who are harmed in one relationship and harm in another.
    private func someoneAlreadyKnown(
        for planned: DemoPlannedCase, _ harmed: DemoPerson, _ tie: DemoTie, _ dice: inout DemoDice
    ) -> DemoPerson? {
        guard !tie.isFamily, planned.key > 20 else { return nil }
        let list = dice.chance(5) ? knownHarming : dice.chance(2.5) ? knownHarmed : [:]
        guard !list.isEmpty else { return nil }
        for _ in 0..<20 {
            guard let person = list[dice.below(planned.key)] else { continue }
            let years = abs(person.birth - harmed.birth) / 365
            if person.agency == harmed.agency, person.isFemale == tie.isFemale, person.id != harmed.id, years < 15 {
                return person
            }
        }
        return nil
    }

    private static func traits(_ tie: DemoTie, _ harmed: DemoPerson, age: Int, _ dice: inout DemoDice) -> DemoTraits {
        var traits: DemoTraits = []
        func maybe(_ trait: DemoTraits, _ percent: Double) { if dice.chance(percent) { traits.insert(trait) } }
        if tie.isFamily { traits.insert(.family) }
        if tie.isSeparated { traits.insert(.separated) }
        if tie.connection == .parentsOfSameChild { traits.insert(.children) }
        if age < 52, !tie.isFamily { maybe(.children, age < 22 ? 22 : 58) }
        if harmed.isFemale, (17...42).contains(age), !tie.isFamily { maybe(.pregnant, 9) }
        if tie.isSeparated { maybe(.stalking, 48) }
        maybe(.drink, 46)
        maybe(.money, 40)
        maybe(.police, 52)
        maybe(.court, tie.isSeparated ? 40 : 14)
        maybe(.work, age < 66 ? 46 : 2)
        maybe(.housing, 50)
        if harmed.language != "English", tie.connection == .married { maybe(.immigration, 40) }
        return traits
    }

    /// The words in which the case is written about.
    func words(_ harmed: DemoPerson, _ tie: DemoTie, _ traits: DemoTraits, _ dice: inout DemoDice) -> DemoWords {
        var words = DemoWords(
            female: harmed.isFemale, perpFemale: tie.isFemale, perp: tie.word, given: harmed.name.given)
        let own = harmed.isFemale ? "her" : "his"
        words.kids =
            traits.contains(.children)
            ? dice.pick(["the children", "the children", "\(own) son", "\(own) daughter", "the girls", "the boys"])
            : "the cat"
        words.town = organisations.areas[harmed.area ?? 1].towns.first ?? "Leicester"
        return words
    }

    private func fillOpener(_ made: inout DemoCase, _ dice: inout DemoDice) {
        let channel = dice.pick(weighted: [
            (38, "helpline"), (29, "professional"), (7, "text"), (11, "webForm"), (5, "webchat"), (5, "email"),
            (3, "inPerson"), (1, "voicemail"), (1, "letter"),
        ])
        made.opener.channel = channel
        made.opener.caller =
            channel == "professional" ? "professional" : dice.chance(90) ? "harmedPerson" : "thirdParty"
        let reasons =
            switch made.opener.caller {
            case "professional": DemoContactWords.professional
            case "thirdParty": DemoContactWords.thirdParty
            case _ where Self.isTyped(channel): DemoContactWords.ownWords
            case _ where made.traits.contains(.children) && dice.chance(30): DemoContactWords.harmedWithChildren
            default: made.traits.contains(.family) ? DemoContactWords.harmedByFamily : DemoContactWords.harmed
            }
        let advice = made.opener.caller == "harmedPerson" ? DemoContactWords.advice : DemoContactWords.adviceToOthers
        made.opener.reason = written(reasons, made.words, hurried: 22, &dice)
        made.opener.advice = dice.chance(70) ? written(advice, made.words, hurried: 8, &dice) : ""
        made.opener.promised = dice.chance(66) ? written(DemoContactWords.promised, made.words, hurried: 4, &dice) : ""
        made.opener.answers = Self.answers(made.opener.caller, made.traits, &dice)
    }

    /// The sender wrote the words, not the worker.
    static func isTyped(_ channel: String) -> Bool { ["text", "webForm", "webchat", "email"].contains(channel) }

    private func askSafeContact(
        _ harmed: inout DemoPerson, _ tie: DemoTie, at opened: DemoMoment, by: Int, caller: String,
        _ dice: inout DemoDice
    ) {
        let number = harmed.phones.first ?? ""
        func asked(_ at: DemoMoment) -> DemoSafeContact {
            .invented(number: number, perp: tie.word, askedAt: at, by: by, clock: clock, &dice)
        }
        let chance = caller == "harmedPerson" ? 84.0 : 40
        if dice.chance(chance) {
            harmed.safeContacts = [asked(opened + -240)]
        } else if dice.chance(70) {
            harmed.safeContacts = [DemoSafeContact(rule: nil, detail: nil, holdsUntil: nil, askedAt: opened, by: by)]
        }
        // Asked again, or asked at last, once somebody spoke to her.
        if dice.chance(22), opened + 12 * 86_400 < clock.today {
            let again = clock.atWork(opened + dice.within(2...9) * 86_400, &dice)
            harmed.safeContacts.append(asked(again))
        }
    }

    private func twin(of harmed: DemoPerson, _ dice: inout DemoDice) -> DemoPerson {
        var name: DemoName
        repeat {
            name = .invented(harmed.heritages, female: harmed.isFemale, bornIn: harmed.birth.civil.year, &dice)
            name.family = harmed.name.family
        } while name == harmed.name || name.mustNotOccur
        var twin = DemoPerson(
            id: dice.uuid(), agency: harmed.agency, name: name, isFemale: harmed.isFemale, sex: harmed.sex,
            birth: harmed.birth, birthKnown: harmed.birthKnown, heritages: harmed.heritages, group: harmed.group,
            ethnicity: harmed.ethnicity, language: harmed.language, area: harmed.area, address: harmed.address,
            created: harmed.created + 900, createdBy: harmed.createdBy)
        twin.phones = Array(harmed.phones.prefix(1))
        return twin
    }
}
