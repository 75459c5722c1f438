import Foundation

/// What people agreed to, and what is told to other agencies. A stream of chance of its own, so that all else stays as
/// it was.
extension DemoGenerator {
    /// With her agreement the housing team reads the case, for a time.
    mutating func writeShare(
        _ id: UUID, of made: DemoCase, _ share: (agency: Int, ends: DemoMoment), _ worker: Int
    ) throws {
        var dice = DemoDice(.sharing, made.key)
        let (consent, disclosure) = (dice.uuid(), dice.uuid())
        let (agency, with) = (organisations.agencies[made.agency].id, organisations.agencies[share.agency].id)
        let at = (made.firstContact ?? made.opened) + 7_200
        let purpose = SharingRoute.housing.preset?.purpose ?? ""
        batch[.consent].add(
            consent, partnership, agency, made.id, made.harmed.id, with, "", purpose,
            dice.chance(70) ? "spoken" : "written", dice.pick(Self.agreed), share.ends, at + -600, staff.all[worker].id)
        batch[.disclosure].add(
            disclosure, partnership, agency, made.id, made.harmed.id, "housing", with, "", "{summary,risk,timeline}",
            try told(made, "", disclosure), purpose, SharingRoute.housing.preset?.basis.rawValue ?? "legalObligation",
            dice.pick(Self.whyHousing), SharingRoute.housing.preset?.necessity ?? "", "consent", consent, share.ends,
            at,
            staff.all[worker].id, true, at, nil as UUID?)
        batch[.caseShare].add(
            id, partnership, agency, made.id, with, purpose, share.ends, staff.all[worker].id, at, disclosure, true,
            true, true, false)
    }

    /// With her agreement the housing team reads the plan as it is now, and nothing else of the case.
    mutating func writePlanShare(
        of made: DemoCase, _ parts: [String: String], after written: DemoMoment, by worker: Int
    ) throws {
        var dice = DemoDice(.planShare, made.key)
        let isChosen = made.share != nil || dice.chance(8)
        guard isChosen, !made.isRestricted, let preset = SharingRoute.plan.preset,
            let with = made.share?.agency ?? made.harmed.area.flatMap({ DemoOrganisations.housing[$0] })
        else { return }
        let (consent, disclosure) = (dice.uuid(), dice.uuid())
        let (agency, to) = (organisations.agencies[made.agency].id, organisations.agencies[with].id)
        let at = written + 1_800
        // An old plan's share is over: none lasts longer than a year.
        let ends = min(clock.today + dice.within(20...80) * 86_400, at + 365 * 86_400)
        batch[.consent].add(
            consent, partnership, agency, made.id, made.harmed.id, to, "", preset.purpose, "spoken",
            dice.pick(Self.agreedOnPlan), ends, at + -300, staff.all[worker].id)
        batch[.disclosure].add(
            disclosure, partnership, agency, made.id, made.harmed.id, "plan", to, "", "{plan}",
            try told(made, PlanKind.adult.text(parts), disclosure), preset.purpose, preset.basis.rawValue,
            dice.pick(Self.whyPlan), preset.necessity, "consent", consent, ends, at, staff.all[worker].id, true, at,
            nil as UUID?)
        batch[.caseShare].add(
            dice.uuid(), partnership, agency, made.id, to, preset.purpose, ends, staff.all[worker].id, at, disclosure,
            false, false, false, true)
    }

    /// At high risk, some are told to services outside without agreement: a second person has agreed, or is waited for.
    mutating func writeDisclosure(of made: DemoCase) throws {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour,
            made.assessments.last?.level == "high", made.share == nil
        else { return }
        var dice = DemoDice(.sharing, made.key)
        guard dice.chance(28), let preset = SharingRoute.police.preset else { return }
        let at = clock.atWork(first + dice.within(1...3) * 86_400, &dice)
        guard at < min(clock.today, made.closed ?? clock.today) else { return }
        let id = dice.uuid()
        // What was asked within the last days of an open case waits still.
        let waits = made.closed == nil && at > clock.today + -3 * 86_400
        let manager = staff.one(.serviceManager, at: made.agency, on: clock.local(at).day, &dice)
        guard manager != worker else { return }
        batch[.disclosure].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, "police", nil as UUID?,
            "Police, domestic abuse team", "{}", try told(made, dice.pick(Self.whatPolice), id), preset.purpose,
            preset.basis.rawValue, dice.pick(Self.whyPolice), preset.necessity, dice.chance(60) ? "notAsked" : "unable",
            nil as UUID?, at + (waits ? 28 : 60) * 86_400, at, staff.all[worker].id, waits ? nil : true,
            waits ? nil as DemoMoment? : at + 5_400, waits ? nil as UUID? : staff.all[manager].id)
    }

    private func told(_ made: DemoCase, _ words: String, _ id: UUID) throws -> Data {
        let told = SharedWords(name: made.harmed.name.given + " " + made.harmed.name.family, born: "", words: words)
        return try sealing.seal(
            encoder.encode(told), key: sealing.referralKey, place: .disclosure(id, in: partnership))
    }

    private static let agreed = [
        "Tell housing, not my landlord.", "Yes, but not where my mother lives.", "",
        "Only what they need for the form.",
        "They can ring my worker. Not me.",
    ]
    private static let agreedOnPlan = ["So that they don’t ring the doorbell.", "They may know the word, too.", ""]
    private static let whyPlan = [
        "They visit next week, and must know when not to.", "They change the locks and the lights.",
        "The caretaker hears the code word first.",
    ]
    private static let whyHousing = [
        "The council decides this week, and needs evidence of why she can’t go back.",
        "She must leave before the end of the month.", "The flat she was offered is near his work.",
        "He has the keys, and the locks are the landlord’s.",
    ]
    private static let whatPolice = [
        "He waited outside the school twice this week. Please mark the address.",
        "He has a key and has said that he will come back. Treat calls from the address as urgent.",
        "He was seen with a knife on Tuesday. She can’t report it while he has her phone.",
    ]
    private static let whyPolice = [
        "He is released on Friday, and she can’t be rung before.",
        "To ask would mean ringing a phone that he answers.",
        "The threats have changed this week, and a child was there.",
    ]
}
