import Foundation

/// A case of the cast: written out by hand, the same in every size, so that guides and tests can speak of it.
struct DemoStory: Sendable {
    /// Index of the agency.
    var agency = DemoOrganisations.frontDoor
    var given: String
    var family: String
    var isFemale = true
    var born: DemoDay
    var group: Ethnicity = .whiteBritish
    var heritage: DemoHeritage = .english
    var language = "English"
    var needsInterpreter = false
    /// Index of the area; everybody lives in Rutland in the demonstration of Rutland.
    var area = 3
    var isProtected = false
    var formerFamily: String?
    /// The person harming; nil when nobody said who.
    var perp: (given: String, family: String, born: DemoDay?)?
    var tie: DemoTie
    var traits: DemoTraits = []

    var daysAgo: Int
    var minute: Int
    var closedDaysAgo: Int?
    var channel = "helpline"
    var caller = "harmedPerson"
    var reason: String
    var advice = ""
    var promised = "A call from a worker within 48 hours, inside the safe times."
    /// What was answered about safe contact; nil when it has not been asked yet.
    var rule: SafeContactRule?
    var detail = SafeContactDetail(number: "", codeWord: "", mustNotKnow: "", coverStory: "", note: "")
    /// Until how many days from the seeding the answer holds; negative has run out.
    var holdsForDays: Int?
    /// Items of the Dash; nil when no assessment was made.
    var yes: Set<Int>?
    var dontKnow: Set<Int> = []
    var level = "medium"
    var basis = "score"
    var rationale = ""
    /// Index of the worker; nil while nobody has the case.
    var worker: Int?
    var isRestricted = false
    /// Shared with the housing officer's agency.
    var isShared = false
    /// Hours after the opening.
    var attempts: [(hours: Double, channel: String, outcome: String, rule: String, note: String)] = []
    /// Hours after the opening.
    var notes: [(hours: Double, text: String)] = []
    /// The index of the story whose person this is again: as the person harmed, or as the one harming.
    var samePersonAs: Int?
    var harmedBy: (story: Int, asHarmed: Bool)?
}

extension DemoGenerator {
    /// Streams of the cast start here.
    static let castKey = 1_000_000
    private static let notSettled = "Below the threshold, and nothing is settled yet."

    /// The cases of the cast.
    func makeCast() -> [DemoCase] {
        var made: [DemoCase] = []
        for (index, story) in (DemoStories.recent + DemoStories.settled).enumerated() {
            made.append(make(story, index, key: Self.castKey + index, earlier: made))
        }
        return made
    }

    /// `index` names the person, `key` the streams of chance.
    func make(_ story: DemoStory, _ index: Int, key: Int, earlier: [DemoCase]) -> DemoCase {
        var dice = DemoDice(.caseWork, key)
        // The helpline rests on Sundays.
        let day = clock.day(ago: story.daysAgo)
        let opened = clock.moment(day + (day.weekday == 7 ? -1 : 0), minute: story.minute)
        let taker = DemoStaff.helplineWorker
        let earlierCase = story.samePersonAs.map { earlier[$0] }
        let harmed = earlierCase?.harmed ?? person(story, index, opened, by: taker, &dice)
        var harming: DemoPerson?
        var harmingIsNew = true
        if let (other, asHarmed) = story.harmedBy {
            harming = asHarmed ? earlier[other].harmed : earlier[other].harming
            harmingIsNew = false
        } else if let perp = story.perp {
            harming = self.perp(perp, story, index, harmed, opened, by: taker, &dice)
        }
        let words = self.words(harmed, story.tie, story.traits, &dice)
        var result = DemoCase(
            id: dice.uuid(), key: key, harmed: harmed, harmedIsNew: earlierCase == nil, harming: harming,
            harmingIsNew: harmingIsNew, relationshipIsNew: earlierCase == nil, tie: story.tie, traits: story.traits,
            words: words, opened: opened,
            closed: story.closedDaysAgo.map { clock.moment(clock.day(ago: $0), minute: 940) }, worker: story.worker,
            allocated: story.worker == nil ? nil : opened + 3_900, isRestricted: story.isRestricted,
            opener: DemoContact(
                id: dice.uuid(), channel: story.channel, caller: story.caller, at: opened + -1_500, by: taker,
                answers: Self.answers(story.caller, story.traits, &dice), reason: story.reason, advice: story.advice,
                outcome: "openCase", promised: story.promised))
        if let yes = story.yes {
            let dash = DemoDash(yes: yes, dontKnow: story.dontKnow)
            let reaches = dash.yesCount >= threshold(of: harmed)
            result.assessments = [
                DemoAssessment(
                    id: dice.uuid(), dash: dash, level: reaches ? "high" : story.level,
                    basis: reaches ? "score" : story.basis == "score" ? "judgement" : story.basis,
                    rationale: reaches ? "" : story.rationale.isEmpty ? Self.notSettled : story.rationale,
                    at: opened + -240, by: taker, isFirst: true)
            ]
        }
        for attempt in story.attempts {
            let after = opened + Int(attempt.hours * 3_600)
            let keepsTimes = attempt.rule == "allowed" && (attempt.channel == "telephone" || attempt.channel == "text")
            let next = keepsTimes ? harmed.safeContact?.next(after: after, clock: clock, &dice) : nil
            let at = next ?? clock.atWork(after, &dice)
            guard at < clock.today else { continue }
            result.attempts.append(
                DemoAttempt(
                    id: dice.uuid(), channel: attempt.channel, outcome: attempt.outcome, at: at, rule: attempt.rule,
                    note: attempt.note, by: story.worker ?? taker))
        }
        if story.isShared { result.share = (DemoOrganisations.charnwoodHousing, clock.today + 40 * 86_400) }
        let end = min(clock.today, result.closed ?? clock.today)
        for note in story.notes {
            let after = opened + Int(note.hours * 3_600)
            let tried = zip(story.attempts, result.attempts).filter { $0.0.hours <= note.hours }.map(\.1.at).max()
            let at = max(clock.atWork(after, &dice), tried ?? after) + 600
            if at < end { result.notes.append((at: at, text: note.text)) }
        }
        return result
    }

    private func person(
        _ story: DemoStory, _ index: Int, _ opened: DemoMoment, by: Int, _ dice: inout DemoDice
    ) -> DemoPerson {
        var person = DemoPerson(
            id: dice.uuid(), agency: story.agency,
            name: DemoName(given: story.given, family: story.family), isFemale: story.isFemale,
            sex: story.isFemale ? .female : .male, birth: story.born, heritages: (story.heritage, story.heritage),
            group: story.group, ethnicity: story.group, language: story.language,
            needsInterpreter: story.needsInterpreter, isProtected: story.isProtected, created: opened + -1_300,
            createdBy: by)
        person.area = size == .rutland ? 3 : story.area
        if let former = story.formerFamily {
            person.otherNames = [("former", DemoName(given: story.given, family: former))]
        }
        person.otherNames += DemoStories.otherNames[index] ?? []
        person.phones = [DemoPlaces.castPhone(index)]
        person.address = DemoPlaces.address(in: organisations.areas[person.area ?? 3], &dice)
        if story.isProtected {
            person.formerAddress = DemoPlaces.address(in: organisations.areas[person.area ?? 3], &dice)
        }
        var detail = story.detail
        detail.number = person.phones[0]
        person.safeContacts = [
            DemoSafeContact(
                rule: story.rule, detail: story.rule == nil ? nil : detail,
                holdsUntil: story.holdsForDays.map { clock.day(ago: -$0) }, askedAt: opened + -900, by: by)
        ]
        return person
    }

    private func perp(
        _ perp: (given: String, family: String, born: DemoDay?), _ story: DemoStory, _ index: Int,
        _ harmed: DemoPerson, _ opened: DemoMoment, by: Int, _ dice: inout DemoDice
    ) -> DemoPerson {
        var person = DemoPerson(
            id: dice.uuid(), agency: harmed.agency, name: DemoName(given: perp.given, family: perp.family),
            isFemale: story.tie.isFemale, sex: story.tie.isFemale ? .female : .male, birth: perp.born ?? harmed.birth,
            birthKnown: perp.born == nil ? "notKnown" : "known", heritages: (story.heritage, story.heritage),
            group: story.group, ethnicity: .notKnown, created: opened + -900, createdBy: by)
        person.otherNames = DemoStories.otherNamesHarming[index] ?? []
        if !story.tie.isSeparated { person.address = harmed.address }
        return person
    }
}
