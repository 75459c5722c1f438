import Foundation

extension DemoGenerator {
    /// Writes a case and all that belongs to it, with so many notes.
    mutating func write(_ made: DemoCase, notes: Int) throws {
        var dice = DemoDice(.follow, made.key)
        let agency = organisations.agencies[made.agency].id
        (newKeys, newChildren) = ([:], [])
        if made.harmedIsNew { try write(made.harmed, &dice) }
        if let harming = made.harming, made.harmingIsNew { try write(harming, &dice) }
        writeRelationships(made, agency, &dice)
        if let twin = made.twin {
            try write(twin, &dice)
            if let harming = made.harming { writeRelationship(twin, harming, made.tie, made, agency, &dice) }
        }
        try writeChildren(of: made)
        writeCounterAllegation(made)
        write(made.opener, person: made.harmed.id, agency: made.agency, case: nil, to: .contact)
        for contact in made.later {
            write(contact, person: made.harmed.id, agency: made.agency, case: made.id, to: .laterContact)
            event(made, "contactRecorded", contact.at, contact.by, contact.id, "", &dice)
        }
        let due = writeTasks(made, &dice)
        batch[.caseRecord].add(
            made.id, partnership, agency, made.harmed.id, made.opener.id, made.reference,
            made.assessments.last?.level ?? "notAssessed", made.worker.map { staff.all[$0].id }, made.isRestricted,
            made.opened, staff.all[made.opener.by].id, made.clockStarted, made.firstContactDue, made.firstContact,
            made.hasNoSafeTime, due, made.closed, writeClosing(of: made),
            // A colleague did something on some of them since whoever holds it last looked.
            made.closed == nil && made.worker != nil && cases % 9 == 4)
        cases += 1
        writeTeam(made, &dice)
        if let share = made.share, let worker = made.worker {
            try writeShare(dice.uuid(), of: made, share, worker)
        }
        try writeDisclosure(of: made)
        for assessment in made.assessments { write(assessment, made, &dice) }
        try writeRisk(of: made)
        try writePlans(of: made)
        try writeTransfer(of: made)
        writeHousing(of: made)
        writeSupport(of: made)
        let ofOrders = writeOrders(of: made)
        writeEvents(of: made, ofOrders)
        try writeChildRecords(of: made, order: ofOrders.compactMap(\.order).first)
        writePlaces(of: made)
        writeOutcomes(of: made)
        writeMatters(of: made)
        writeSanctuary(of: made)
        writeReciprocal(of: made)
        writeLetters(of: made)
        for attempt in made.attempts { write(attempt, made, &dice) }
        event(made, "caseOpened", made.opened, made.opener.by, made.opener.id, "", &dice)
        if let allocated = made.allocated, made.worker != nil {
            // The other side of the wall has no manager of its own here.
            let giver = made.agency == DemoOrganisations.behaviour ? made.opener.by
                : staff.one(.serviceManager, at: made.agency, on: clock.local(allocated).day, &dice)
            event(
                made, "caseAllocated", allocated, giver, nil, made.worker.map { "To \(staff.all[$0].fullName)" } ?? "",
                &dice)
        }
        writeNotes(of: made, notes, &dice)
    }

    private mutating func writeRelationships(_ made: DemoCase, _ agency: UUID, _ dice: inout DemoDice) {
        guard let harming = made.harming, made.relationshipIsNew else { return }
        writeRelationship(made.harmed, harming, made.tie, made, agency, &dice)
        if sharedHousehold(of: made) != nil { writeHousehold([made.harmed, harming], made, agency) }
    }

    /// The household of the person harmed and the person harming; nil when they live apart.
    func sharedHousehold(of made: DemoCase) -> UUID? {
        guard made.harming != nil, made.relationshipIsNew, !made.tie.isSeparated,
            made.tie.connection != .notPersonallyConnected
        else { return nil }
        var dice = DemoDice(.household, made.key)
        return dice.uuid()
    }

    /// They live together; since when, few were asked.
    private mutating func writeHousehold(_ members: [DemoPerson], _ made: DemoCase, _ agency: UUID) {
        var dice = DemoDice(.household, made.key)
        let home = dice.uuid()
        batch[.household].add(home, partnership, agency)
        for member in members {
            batch[.householdMember].add(
                dice.uuid(), partnership, agency, home, member.id, nil as DemoDay?, made.opened + 700,
                staff.all[made.opener.by].id)
        }
    }

    private mutating func writeRelationship(
        _ harmed: DemoPerson, _ harming: DemoPerson, _ tie: DemoTie, _ made: DemoCase, _ agency: UUID,
        _ dice: inout DemoDice
    ) {
        batch[.relationship].add(
            dice.uuid(), partnership, agency, harmed.id, harming.id, tie.connection.rawValue, made.opened + 660,
            staff.all[made.opener.by].id, "harmed")
    }

    /// Writes one contact. A contact that opens a case is tied to it when all are there.
    mutating func write(_ contact: DemoContact, person: UUID?, agency: Int, case file: UUID?, to table: DemoTable) {
        contacts += 1
        let answers = contact.answers
        batch[table].add(
            contact.id, partnership, organisations.agencies[agency].id, person, file, contact.channel, contact.caller,
            contact.at, contact.at + 540, staff.all[contact.by].id, answers[0], answers[1], answers[2], answers[3],
            answers[4], answers[5], contact.reason, contact.advice, contact.outcome, contact.promised)
    }

    /// Writes the clocks and answers when the first of those still running is due.
    private mutating func writeTasks(_ made: DemoCase, _ dice: inout DemoDice) -> DemoMoment? {
        var running: [DemoMoment] = []
        func done(_ at: DemoMoment?) -> DemoMoment? { at ?? made.closed }
        func add(_ kind: String, _ started: DemoMoment, due: DemoMoment, done: DemoMoment?) {
            batch[.task].add(
                dice.uuid(), partnership, organisations.agencies[made.agency].id, made.id, kind,
                made.worker.map { staff.all[$0].id }, started, due, done,
                nil as UUID?, "")
            if done == nil { running.append(due) }
        }
        if let started = made.clockStarted, let due = made.firstContactDue {
            add("firstContact", started, due: due, done: done(made.firstContact))
        } else if made.assessments.isEmpty {
            add("reassess", made.opened, due: made.opened + 24 * 3_600, done: made.closed)
        } else {
            add("contact", made.opened, due: made.opened + 7 * 86_400, done: done(made.firstContact))
        }
        guard let first = made.firstContact else { return running.min() }
        let end = min(made.closed ?? clock.today, clock.today)
        // Every talk ends with a next one; the last may be overdue by now.
        var from = first
        for attempt in made.attempts where attempt.at > first && attempt.isContact && dice.chance(25) {
            add("contact", from, due: attempt.at + dice.within(-40...30) * 3_600, done: attempt.at)
            from = attempt.at
        }
        let wait = dice.within(3...9) * 86_400
        let next = clock.atWork(max(from, clock.today + -wait) + dice.within(5...12) * 86_400, &dice)
        add("contact", from, due: next, done: made.closed)
        var reviewFrom = first
        while reviewFrom + 84 * 86_400 < end {
            let due = reviewFrom + 84 * 86_400
            let late = clock.atWork(due + dice.within(-5...6) * 86_400, &dice)
            if late >= end { break }
            add("review", reviewFrom, due: due, done: late)
            reviewFrom = late
        }
        add("review", reviewFrom, due: reviewFrom + 84 * 86_400, done: made.closed)
        return running.min()
    }

    private mutating func writeTeam(_ made: DemoCase, _ dice: inout DemoDice) {
        guard let worker = made.worker, let since = made.allocated else { return }
        var members = [worker]
        if made.isRestricted {
            members.append(staff.one(.serviceManager, at: made.agency, on: clock.day(ago: 0), &dice))
        } else if dice.chance(14) {
            members.append(staff.one(.idva, at: made.agency, on: clock.day(ago: 0), &dice))
        }
        for member in Set(members).sorted() {
            batch[.caseTeam].add(
                partnership, organisations.agencies[made.agency].id, made.id, staff.all[member].id, since)
        }
    }

    private mutating func write(_ assessment: DemoAssessment, _ made: DemoCase, _ dice: inout DemoDice) {
        let dash = assessment.dash
        let threshold = threshold(of: made.harmed)
        batch[.riskAssessment].add(
            assessment.id, partnership, organisations.agencies[made.agency].id, made.harmed.id, made.id,
            assessment.isFirst ? made.opener.id : nil, "safeLivesDash", dash.text, dash.yesCount, dash.openCount,
            threshold, DemoOrganisations.threshold.national, assessment.level, "{\(assessment.basis)}",
            assessment.rationale, assessment.at, staff.all[assessment.by].id, made.lowers(assessment), "",
            nil as DemoDay?)
        let range = dash.openCount == 0 ? "\(dash.yesCount)" : "\(dash.yesCount) to \(dash.yesCount + dash.openCount)"
        event(
            made, made.lowers(assessment) ? "riskLowering" : "riskAssessed", assessment.at, assessment.by,
            assessment.id,
            "\(assessment.level.prefix(1).uppercased() + assessment.level.dropFirst()), \(range)", &dice)
    }

    private mutating func write(_ attempt: DemoAttempt, _ made: DemoCase, _ dice: inout DemoDice) {
        batch[.contactAttempt].add(
            attempt.id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, attempt.channel,
            attempt.outcome, attempt.at, attempt.rule, attempt.reason, attempt.note, attempt.at + 420,
            staff.all[attempt.by].id)
        let way = AttemptChannel(rawValue: attempt.channel)?.label ?? ""
        event(
            made, "contactAttempted", attempt.at, attempt.by, attempt.id,
            "\(way): \(AttemptOutcome(rawValue: attempt.outcome)?.label ?? "")", &dice)
    }

    /// Writes an event of the timeline. Summaries say nothing that a person could be known by.
    mutating func event(
        _ made: DemoCase, _ kind: String, _ at: DemoMoment, _ by: Int, _ subject: UUID?, _ summary: String,
        _ dice: inout DemoDice
    ) {
        batch[.timelineEvent].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, made.id, kind, at, staff.all[by].id,
            subject, summary)
    }
}
