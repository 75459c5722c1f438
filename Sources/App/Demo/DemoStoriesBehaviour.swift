import Foundation

extension DemoStories {
    private static let evenings = [1, 2, 3, 4, 5, 6]

    private static func own(
        _ given: String, _ family: String, isFemale: Bool = false, born: DemoDay, group: Ethnicity = .whiteBritish,
        heritage: DemoHeritage = .english, daysAgo: Int, minute: Int, channel: String = "helpline", reason: String,
        advice: String, promised: String, worker: Int? = nil,
        attempts: [(hours: Double, channel: String, outcome: String, rule: String, note: String)] = [],
        notes: [(hours: Double, text: String)] = []
    ) -> DemoStory {
        DemoStory(
            agency: DemoOrganisations.behaviour, given: given, family: family, isFemale: isFemale, born: born,
            group: group, heritage: heritage, tie: tie(.notAsked, "partner"), daysAgo: daysAgo, minute: minute,
            channel: channel, caller: "ownBehaviour", reason: reason, advice: advice, promised: promised,
            rule: rule([.telephone, .text], evenings, "08:00", "20:00", silent: false), worker: worker,
            attempts: attempts, notes: notes)
    }

    /// Those who came about their own behaviour: on the other side of the wall, in words that take no side. Their
    /// streams of chance are those after the other stories'.
    static let behaviour: [DemoStory] = [
        // The one whom story 2 names, the same evening.
        own(
            "Darren", "Ironmonger", born: day(1983, 1, 9), daysAgo: 1, minute: 1_175,
            reason: """
                Rang about themselves: a solicitor said that a course would look well. Asked three times where the \
                family are now and who is helping them. Told nothing, neither yes nor no.
                """,
            advice: "What the course is and is not. It is no way back into a home, and nobody carries messages.",
            promised: "A first appointment by letter to the address they gave."),
        own(
            "Wesley", "Tuckwell", born: day(1990, 10, 4), daysAgo: 62, minute: 690,
            reason: """
                Given the leaflet by an officer. Says that they broke a door and a phone and frightened everyone in \
                the house, themselves too. Wants to stop before the baby comes.
                """, advice: "How the first sessions go. Where to walk when the pressure rises.",
            promised: "A first talk within the week.", worker: DemoStaff.perpetratorWorker,
            attempts: [
                (30, "telephone", "spoke", "allowed", "Agreed to come on Tuesday."),
                (200, "inPerson", "spoke", "allowed", "First session, an hour."),
                (700, "inPerson", "spoke", "allowed", ""),
            ],
            notes: [
                (31, "Motivated today. Minimises the door, not the phone. Knows that missing a session is passed on."),
                (201, "Named three times when they chose to stop. Homework taken."),
                (702, "Missed one, came to the next. Work shifts have changed, group moved to Thursday."),
            ]),
        own(
            "Gurpal", "Dhesi", born: day(1978, 5, 17), group: .indian, heritage: .punjabi, daysAgo: 19, minute: 560,
            channel: "email",
            reason: """
                Wrote after the family doctor asked about drinking. Shouts, has pushed, is ashamed. Lives with parents \
                for now and has agreed to stay there.
                """, advice: "Alcohol service and ours side by side.",
            promised: "An answer by e-mail within two days.", worker: DemoStaff.perpetratorWorker,
            attempts: [(45, "telephone", "spoke", "allowed", "Sober, on a break at work.")],
            notes: [(46, "Referred to the alcohol service too, with agreement. Starts with the next group.")]),
        own(
            "Kirsty", "Abney", isFemale: true, born: day(1995, 8, 23), daysAgo: 8, minute: 1_020,
            reason: """
                Throws things, then cries. A cup hit the other person on Saturday. Asked whether there is a group that \
                is not all men.
                """, advice: "One to one first. What to do tonight.", promised: "A call with a date.",
            worker: DemoStaff.perpetratorWorker,
            attempts: [(50, "telephone", "noAnswer", "allowed", "Rang out.")]),
    ]
}

extension DemoGenerator {
    /// The story whose worker was warned on the evening of the first of those calls.
    static let warnedStory = 2
    /// Streams of those who came about their own behaviour start here.
    static let behaviourKey = castKey + 100

    /// Their cases.
    func makeBehaviour() -> [DemoCase] {
        DemoStories.behaviour.enumerated().map { index, story in
            make(story, index + 20, key: Self.behaviourKey + index, earlier: [])
        }
    }

    /// Whoever took the call of the one named has warned the worker: on her side, and nothing on the other.
    mutating func writeWarning(_ made: DemoCase, call: DemoContact) {
        var dice = DemoDice(.behaviour, -1)
        let agency = organisations.agencies[made.agency].id
        let day = clock.local(call.at).day.civil
        batch[.task].add(
            dice.uuid(), partnership, agency, made.id, "warning", made.worker.map { staff.all[$0].id }, call.at + 300,
            call.at + 300, nil as DemoMoment?, nil as UUID?,
            "The other person in this case was in touch with the partnership on \(day.day).\(day.month). Nothing was "
                + "said. Look at the safety plan.")
        event(made, "warned", call.at + 300, call.by, nil, "", &dice)
    }

    /// What partners sent to the work with those who harm: one waits.
    mutating func writeBehaviourReferrals() throws {
        for (index, ago) in [1, 26].enumerated() {
            var dice = DemoDice(.behaviour, index)
            let by = staff.all[DemoStaff.policeReferrer]
            let at = clock.moment(clock.day(ago: ago), minute: 870)
            let person = invented.harmed(
                agency: DemoOrganisations.behaviour, created: at, by: DemoStaff.policeReferrer, &dice)
            let (id, receipt) = (dice.uuid(), Self.receipt(&dice))
            try write(
                DemoReferral(
                    kind: "behaviour", to: DemoOrganisations.behaviour, source: "police", from: by, at: at,
                    told: [
                        "given": person.name.given, "family": person.name.family, "phone": person.phones.first ?? "",
                        "reason": "Asked the officer for help with their temper. Agreed to be rung.",
                        "safeContact": "Any time on the number given",
                    ], isHigh: false, basis: "consent",
                    owner: index == 0 ? nil : staff.all[DemoStaff.helplineWorker],
                    outcome: index == 0 ? nil : "adviceGiven",
                    answered: clock.atWork(at + 20 * 3_600, &dice)), id, receipt)
        }
    }
}
