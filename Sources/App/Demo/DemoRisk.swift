import Foundation

extension DemoCase {
    /// It gave a lower grade than the one before, which a second person had to agree to.
    func lowers(_ assessment: DemoAssessment) -> Bool {
        guard let index = assessments.firstIndex(where: { $0.id == assessment.id }), index > 0 else { return false }
        return DemoCase.rank(assessment.level) < DemoCase.rank(assessments[index - 1].level)
    }

    private static func rank(_ level: String) -> Int { ["standard", "medium", "high"].firstIndex(of: level) ?? 0 }
}

/// What follows from a case's grades. A stream of chance of its own, so that everything else stays as it was.
extension DemoGenerator {
    /// Lower grades that still wait for a second person.
    static let loweringsThatWait = 2

    mutating func writeRisk(of made: DemoCase) throws {
        var dice = DemoDice(.risk, made.key)
        var referred: DemoMoment?
        for assessment in made.assessments {
            if made.lowers(assessment) { writeAgreement(assessment, made, &dice) }
            if assessment.basis == "escalation" { writeIncidents(3, before: assessment, made, &dice) }
            if assessment.level == "high" { writeDecision(assessment, made, &referred, &dice) }
        }
        guard let first = made.assessments.first, first.isFirst else { return }
        if made.traits.contains(.police), made.opener.caller == "professional", dice.chance(60) {
            try writeReceived(first, made, &dice)
        }
        writeWaiting(made, &dice)
    }

    /// A service manager agrees within hours.
    private mutating func writeAgreement(_ assessment: DemoAssessment, _ made: DemoCase, _ dice: inout DemoDice) {
        let at = min(assessment.at + dice.within(20...200) * 60, clock.today + -60)
        let second = secondPerson(beside: assessment.by, made, at, &dice)
        batch[.riskConfirmation].add(
            assessment.id, partnership, organisations.agencies[made.agency].id, made.harmed.id, made.id,
            staff.all[assessment.by].id, true, at, staff.all[second].id)
        event(made, "riskLowered", at, second, assessment.id, Self.capital(assessment.level), &dice)
    }

    func secondPerson(beside first: Int, _ made: DemoCase, _ at: DemoMoment, _ dice: inout DemoDice) -> Int {
        for role in [Role.serviceManager, .idva, .helplineWorker, .serviceManager, .idva] {
            let found = staff.one(role, at: made.agency, on: clock.local(at).day, &dice)
            if found != first { return found }
        }
        return staff.all.indices.first { $0 != first } ?? 0
    }

    /// Incidents of the months before; recorded with the assessment that counts them.
    private mutating func writeIncidents(
        _ count: Int, before assessment: DemoAssessment, _ made: DemoCase, _ dice: inout DemoDice
    ) {
        for number in 0..<count {
            let day = clock.local(assessment.at).day + -(number * 80 + dice.within(3...70))
            batch[.policeIncident].add(
                dice.uuid(), partnership, organisations.agencies[made.agency].id, made.harmed.id, day,
                "\(day.civil.year % 100)*\(100_000 + dice.below(900_000))", "Police, domestic abuse team",
                assessment.at + -60, staff.all[assessment.by].id)
        }
    }

    /// Decided within hours, or open since yesterday.
    private mutating func writeDecision(
        _ assessment: DemoAssessment, _ made: DemoCase, _ referred: inout DemoMoment?, _ dice: inout DemoDice
    ) {
        let agency = organisations.agencies[made.agency].id
        let by = made.worker ?? assessment.by
        let due = clock.atWork(assessment.at + 86_400, &dice)
        let at = clock.atWork(assessment.at + dice.within(30...1_200) * 60, &dice)
        let isOpen = at >= clock.today
        if isOpen, made.closed != nil { return }
        batch[.riskTask].add(
            dice.uuid(), partnership, agency, made.harmed.id, "maracDecision", RiskTask.marac, staff.all[by].id,
            assessment.at, due, isOpen ? nil : at)
        if isOpen { return }
        let isRepeat = referred.map { at - $0 < 365 * 86_400 } ?? false
        let decision = isRepeat ? "repeat" : dice.chance(82) ? "referred" : "notReferred"
        if decision != "notReferred" {
            writeMaracReferral(of: made, at: at, by: by, isRepeat: isRepeat, last: referred)
            referred = at
        }
        let id = dice.uuid()
        batch[.maracDecision].add(
            id, partnership, agency, made.harmed.id, made.id, assessment.id, decision,
            decision == "notReferred" ? dice.pick(Self.notReferred) : "", at, staff.all[by].id)
        event(
            made, "maracDecided", at, by, id, MaracDecision.Answer(rawValue: decision)?.label ?? "", &dice)
    }

    /// The police's own grade, sent with their referral: a tool, a day, an assessor and a grade, some with the form.
    private mutating func writeReceived(_ first: DemoAssessment, _ made: DemoCase, _ dice: inout DemoDice) throws {
        let id = dice.uuid()
        let at = first.at + -180
        batch[.riskAssessment].add(
            id, partnership, organisations.agencies[made.agency].id, made.harmed.id, made.id, nil as UUID?,
            "policeDash",
            "", nil as Int?, nil as Int?, nil as Int?, nil as Int?, first.level, "{judgement}", "", at,
            staff.all[first.by].id, false, "Response officer, police", clock.local(made.opened).day + -1)
        event(made, "riskAssessed", at, first.by, id, "\(Self.capital(first.level)), police DASH", &dice)
        try writeDocument(id, first.level, at: at, by: first.by, of: made)
    }

    /// A worker thinks that the risk has come down; nobody has agreed yet, so the high grade goes on.
    private mutating func writeWaiting(_ made: DemoCase, _ dice: inout DemoDice) {
        guard lowerings < Self.loweringsThatWait, made.closed == nil, !made.isRestricted, let worker = made.worker,
            let last = made.assessments.last, last.level == "high", made.firstContact != nil,
            clock.today - last.at > 20 * 86_400 else { return }
        lowerings += 1
        let at = clock.today + -dice.within(9...15) * 3_600
        let dash = DemoDash.invented(6, open: 2, made.traits, &dice)
        let threshold = threshold(of: made.harmed)
        guard dash.yesCount < threshold else { return }
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        batch[.riskAssessment].add(
            id, partnership, agency, made.harmed.id, made.id, nil as UUID?, "safeLivesDash", dash.text, dash.yesCount,
            dash.openCount, threshold, DemoOrganisations.threshold.national, "medium", "{judgement}",
            "The order is in place and kept, and there has been no contact since", at, staff.all[worker].id, true, "",
            nil as DemoDay?)
        batch[.riskTask].add(
            dice.uuid(), partnership, agency, made.harmed.id, "review", RiskTask.lowering, nil as UUID?, at,
            at + 86_400, nil as DemoMoment?)
        event(made, "riskLowering", at, worker, id, "Medium, \(dash.yesCount)", &dice)
    }

    private static func capital(_ level: String) -> String { level.prefix(1).uppercased() + level.dropFirst() }

    private static let notReferred = DemoCohorts.split(
        """
        Already listed by the police for the next meeting, The person who harms is in custody until the trial and she \
        does not want it, Moved out of the area: passed to the MARAC there
        """)
}
