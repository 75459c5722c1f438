import Foundation

/// The data protection officer's register. A stream of chance of its own, so that all else stays as it was.
extension DemoGenerator {
    mutating func writeRegister() throws {
        guard let officer = staff.all.first(where: { $0.role == .dataProtectionOfficer })?.id else { return }
        var dice = DemoDice(.register)
        writeProcessing(by: officer)
        writeAssessments(by: officer, &dice)
        for (ago, audience) in [(210, Audience.people), (210, .children), (200, .professionals), (195, .staff)] {
            batch[.privacyNotice].add(
                partnership, audience.rawValue, 1, clock.day(ago: ago), audience.defaultText,
                clock.moment(clock.day(ago: ago + 1), minute: 615), officer)
        }
        for matter in Self.matters { try write(matter, by: officer, &dice) }
    }

    private mutating func writeProcessing(by officer: UUID) {
        for (index, type) in [RecordType.contacts, .cases, .risk, .safetyPlans, .staff, .audit].enumerated() {
            // The first was said again since.
            for version in 1...(index == 0 ? 2 : 1) {
                let ago = version == 1 ? 240 - index : 30
                var words = type.defaults
                if type == .risk {
                    words.control = .joint
                    words.controllers = organisations.agencies.prefix(3).map(\.name).joined(separator: "; ")
                    words.arrangement = "Joint arrangement for the MARAC"
                    words.arrangedOn = civilDay(clock.day(ago: 400))
                }
                batch[.processingRecord].add(
                    partnership, type.rawValue, version, clock.day(ago: ago), words.control.rawValue, words.controllers,
                    words.arrangement, words.arrangedOn.map { _ in clock.day(ago: 400) }, words.purpose, words.people,
                    words.data, words.bases.map(\.rawValue).joined(separator: " "),
                    words.conditions.map(\.rawValue).joined(separator: " "),
                    words.criminal.map(\.rawValue).joined(separator: " "), words.recipients, words.retention,
                    words.security, clock.moment(clock.day(ago: ago + 1), minute: 600 + index), officer)
            }
        }
    }

    private mutating func writeAssessments(by officer: UUID, _ dice: inout DemoDice) {
        let made: [(title: String, covers: String, risks: String, measures: String, signed: Int, review: Int)] = [
            ("One system for the partnership", "contacts cases risk safetyPlans children orders documents",
             "Somebody who harms, or a colleague who knows them, finds out where a person is.",
             "Own agency’s records alone; addresses sealed; looks in a log; staff matched to people on record.",
             330, -35),
            ("Programmes and what passes across the wall", "otherSide groups",
             "A participant learns that a partner is supported.", "Two sides in the database; notices one way.",
             378, 13),
        ]
        for one in made {
            batch[.impactAssessment].add(
                dice.uuid(), partnership, 1, one.title, one.covers, one.risks, one.measures, "low",
                "Director of the lead agency", clock.day(ago: one.signed), clock.day(ago: one.review),
                clock.moment(clock.day(ago: one.signed), minute: 700), officer)
        }
    }

    /// What came in, how many days ago, and what was done how many hours later.
    private struct Matter {
        let kind: DataMatterKind
        let ago: Int
        let told: DataWords
        var steps: [(code: String, hours: Int, words: String, facts: String, reference: String)] = []
    }

    private static let matters = [
        Matter(kind: .breach, ago: 1, told: DataWords(words: "An appointment letter went to a former address.")),
        Matter(kind: .breach, ago: 96, told: DataWords(
            words: "A list of group times was sent to the wrong agency."), steps: [
            ("contained", 2, "They deleted it unread and said so in writing.", "", ""),
            ("assessed", 5, "None that is likely: no names, and it was not opened.", "names few unlikely", ""),
            ("icoNot", 6, "It was deleted unread, and held no name in full.", "", ""),
            ("peopleNot", 6, "Nothing reached anybody who could use it.", "", ""),
            ("closed", 170, "Lists are shared here, no longer by e-mail.", "", ""),
        ]),
        Matter(kind: .complaint, ago: 20, told: DataWords(
            who: "A former client", reach: "By her new worker",
            words: "Her sister was rung although she had said not to."),
               steps: [("acknowledged", 60, "By the worker.", "", "")]),
        Matter(kind: .rectification, ago: 12, told: DataWords(
            who: "A client", reach: "At the next meeting", words: "Two dates in the notes are wrong.")),
    ]

    private mutating func write(_ matter: Matter, by officer: UUID, _ dice: inout DemoDice) throws {
        let id = dice.uuid()
        let agency = organisations.agencies[DemoOrganisations.frontDoor].id
        let recorder = staff.all[DemoStaff.helplineWorker]
        let since = clock.moment(clock.day(ago: matter.ago), minute: matter.kind == .breach ? 630 : 0)
        var told = matter.told
        if matter.kind == .breach { told.who = "\(recorder.name.given) \(recorder.name.family)" }
        var due: DemoMoment? = DemoMoment(
            seconds: Int(DataClock.first(matter.kind, since: since.date).timeIntervalSince1970))
        var (state, ended): (String, DemoMoment?) = (matter.kind.first, nil)
        for one in matter.steps {
            guard let step = matter.kind.steps.first(where: { $0.code == one.code }) else { continue }
            if !step.isAside { state = one.code }
            if step.clock != .keeps { due = nil }
            if step.ends { ended = since + one.hours * 3_600 }
        }
        batch[.dataMatter].add(
            id, partnership, agency, id, matter.kind.rawValue, since,
            try sealing.seal(encoder.encode(told), key: sealing.referralKey, place: .dataMatter(id, in: partnership)),
            state, matter.steps.count, due, ended, since + 1_800, recorder.id)
        for (index, one) in matter.steps.enumerated() {
            let at = since + one.hours * 3_600
            let sealed = try sealing.seal(
                encoder.encode(DataWords(words: one.words)), key: sealing.referralKey,
                place: .dataMatterStep(index + 1, of: id, in: partnership))
            batch[.dataMatterStep].add(
                id, partnership, agency, matter.kind.rawValue, id, index + 1, one.code, at, one.reference, one.facts,
                sealed, at, officer)
        }
    }
}
