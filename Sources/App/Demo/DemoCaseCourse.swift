/// How a case runs: who gets it, what is assessed, when somebody is reached.
extension DemoGenerator {
    /// Gives the case to a worker, unless it has only just come in.
    func allocate(_ made: inout DemoCase, _ dice: inout DemoDice) {
        let age = clock.today - made.opened
        let at = made.opened + dice.within(10...240) * 60
        if at >= clock.today { return }
        if made.closed == nil, age < 9 * 86_400, dice.chance(26) { return }
        let day = made.closed == nil ? clock.day(ago: 0) : clock.local(made.opened).day
        made.worker = staff.one(.idva, at: made.agency, on: day, &dice)
        made.allocated = at
    }

    /// The assessment that opened the case, and the reviews.
    func assess(_ made: inout DemoCase, _ level: DemoPlannedCase.RiskBand, _ dice: inout DemoDice) {
        // A tenth of referrals come without one; it is made up for when somebody is reached.
        if dice.chance(10), clock.today - made.opened < 4 * 86_400 || made.isUnreached { return }
        let threshold = threshold(of: made.harmed)
        let first = assessment(
            level, threshold, at: made.opened + -dice.within(1...7) * 60, by: made.opener.by, made, &dice)
        made.assessments = [first]
        let end = min(made.closed ?? clock.today, clock.today)
        var at = made.opened
        var band = level
        while !made.isUnreached, let worker = made.worker {
            at = clock.atWork(at + (70 + dice.below(35)) * 86_400, &dice)
            guard at < end else { break }
            if band == .high, dice.chance(55) {
                band = .medium
            } else if band == .medium, dice.chance(45) {
                band = .standard
            }
            if dice.chance(6) { band = .high }
            var review = assessment(band, threshold, at: at, by: worker, made, &dice)
            review.isFirst = false
            made.assessments.append(review)
        }
    }

    /// The threshold where the person lives; the national one where that is not known.
    func threshold(of person: DemoPerson) -> Int {
        person.area.map { organisations.areas[$0].threshold } ?? DemoOrganisations.threshold.national
    }

    private func assessment(
        _ band: DemoPlannedCase.RiskBand, _ threshold: Int, at: DemoMoment, by: Int, _ made: DemoCase,
        _ dice: inout DemoDice
    ) -> DemoAssessment {
        var (basis, rationale) = ("score", "")
        var wanted: Int
        switch band {
        case .high:
            wanted = dice.within(threshold...(threshold + 6))
            let kind = dice.below(100)
            if kind < 16 {
                (basis, wanted) = ("judgement", dice.within(7...(threshold - 1)))
                rationale = dice.pick(Self.judgements)
            } else if kind < 26 {
                (basis, wanted) = ("escalation", dice.within(6...(threshold - 1)))
                rationale = dice.pick(Self.escalations)
            }
        case .medium:
            (wanted, basis, rationale) = (dice.within(7...(threshold - 1)), "judgement", dice.pick(Self.mediums))
        case .standard: wanted = dice.within(0...6)
        }
        let open = dice.chance(45) ? 0 : dice.within(1...5)
        let dash = DemoDash.invented(wanted, open: open, made.traits, &dice)
        // Too few items may fit what is known of the case: then the count decides, as it would for a worker.
        var level = band.rawValue
        if dash.yesCount >= threshold {
            level = "high"
        } else if basis == "score", band == .high {
            (basis, rationale) = ("judgement", Self.judgements[0])
        }
        return DemoAssessment(
            id: dice.uuid(), dash: dash, level: level, basis: basis, rationale: rationale, at: at, by: by,
            isFirst: true)
    }

    private static let judgements = DemoCohorts.split(
        """
        The fear is greater than the answers show, Strangled once and threats to kill: the number does not carry it,
        Interpreter by telephone and the mother-in-law in the house: answers are guarded, Everything is played down,
        Release from prison is on Friday, Keys to the flat and a history of waiting inside, The home and the job both
        depend on the other side, Too many not known yet to call it medium
        """)
    private static let mediums = DemoCohorts.split(
        """
        Below the threshold but getting worse, Separation is recent and contact is not settled, Isolated and dependent,
        Several items are not known yet, Earlier harm was serious, Support can bring this down
        """)
    private static let escalations = DemoCohorts.split(
        """
        Three police logs in nine months, Four incidents since the order was made, Third call in a fortnight and
        each worse, From shouting to hands around the neck within a month
        """)

    /// Attempts to reach the person, keeping to what was said about safe contact.
    func attempt(_ made: inout DemoCase, _ dice: inout DemoDice) {
        let end = min(made.closed ?? clock.today, clock.today)
        guard let by = made.worker, let start = made.allocated else { return }
        var at = start
        var reached = false
        for turn in 0..<7 where !reached {
            let wait = turn == 0 ? dice.within(10...180) : dice.within(90...600)
            guard let attempt = attempt(made, after: at + wait * 60, by: by, &dice) else { break }
            guard attempt.at < end else { break }
            made.attempts.append(attempt)
            at = attempt.at
            reached = attempt.isContact
        }
        guard reached else { return }
        let span = (end - at) / 86_400
        for _ in 0..<min(span / dice.within(9...24), 30) {
            let after = at + dice.below(max(1, span)) * 86_400
            if let attempt = attempt(made, after: after, by: dice.chance(88) ? by : made.opener.by, &dice),
                attempt.at < end
            {
                made.attempts.append(attempt)
            }
        }
        made.attempts.sort { $0.at < $1.at }
    }

    private func attempt(_ made: DemoCase, after: DemoMoment, by: Int, _ dice: inout DemoDice) -> DemoAttempt? {
        var after = after
        var choice = way(made, after: after, &dice)
        // She may have been asked again before that moment comes.
        for answer in made.harmed.safeContacts where answer.askedAt > after {
            guard let at = choice?.at, answer.askedAt <= at else { break }
            after = answer.askedAt
            choice = way(made, after: after, &dice)
        }
        guard let (channel, rule, reason, at) = choice else { return nil }
        let isWritten = channel == "text" || channel == "email" || channel == "post"
        let outcome: String =
            isWritten
            ? (dice.chance(made.isUnreached ? 0 : 62) ? "replied" : "messageLeft")
            : made.isUnreached
                ? dice.pick(weighted: [(76, "noAnswer"), (14, "wrongNumber"), (10, "unsafeToTalk")])
                : dice.pick(weighted: [
                    (70, "spoke"), (16, "noAnswer"), (7, "unsafeToTalk"),
                    (rule == "allowed" && leavesMessages(made, at) ? 6 : 0, "messageLeft"), (1, "wrongNumber"),
                    (3, "cancelled"),
                ])
        return DemoAttempt(
            id: dice.uuid(), channel: channel, outcome: outcome, at: at, rule: rule, reason: reason,
            note: dice.chance(60)
                ? written(
                    DemoContactWords.attempts[isWritten ? "written" : outcome] ?? [], made.words, hurried: 12, &dice)
                : "",
            by: by)
    }

    /// How and when the next attempt is made, by the answer that stands; nil when it leaves no moment.
    private func way(
        _ made: DemoCase, after: DemoMoment, _ dice: inout DemoDice
    ) -> (channel: String, rule: String, reason: String, at: DemoMoment)? {
        let atWork = clock.atWork(after, &dice)
        guard let standing = made.harmed.safeContacts.last(where: { $0.askedAt <= after }), let rule = standing.rule,
            !standing.hasExpired(on: clock.local(after).day)
        else {
            let isReferred = made.opener.caller == "professional" && dice.chance(30)
            return (isReferred ? "referrer" : "telephone", "firstSafeCall", "", atWork)
        }
        let channel = Self.channel(rule.channels, &dice)
        var at = atWork
        if channel == "telephone" || channel == "text" {
            guard let next = standing.next(after: after, clock: clock, &dice) else { return nil }
            at = next
        }
        // The answer may run out before that moment.
        if standing.hasExpired(on: clock.local(at).day) { return ("telephone", "firstSafeCall", "", at) }
        if channel == "telephone", dice.chance(0.7) {
            return (channel, "overridden", dice.pick(Self.overrides), atWork)
        }
        return (channel, "allowed", "", at)
    }

    private func leavesMessages(_ made: DemoCase, _ at: DemoMoment) -> Bool {
        made.harmed.safeContacts.last { $0.askedAt <= at }?.rule?.channels.contains(.voicemail) == true
    }

    private static func channel(_ allowed: [Channel], _ dice: inout DemoDice) -> String {
        let chosen = allowed.first ?? .telephone
        if allowed.isEmpty || dice.chance(5) { return allowed.isEmpty ? "referrer" : "inPerson" }
        if allowed.contains(.telephone), chosen != .telephone, dice.chance(65) { return "telephone" }
        return chosen == .voicemail ? "telephone" : chosen.rawValue
    }

    private static let overrides = DemoCohorts.split(
        """
        Police ask us to warn her: he has been released, Court moved the hearing to tomorrow morning,
        Missed two agreed calls: welfare check agreed with the manager
        """)
}
