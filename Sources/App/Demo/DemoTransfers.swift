import Foundation

/// Cases that move: one that an agency asks the front door to take over, one that a colleague hands over, and one that
/// has moved and is still read by whoever had it. Streams of chance of their own, so that all else stays as it was.
extension DemoGenerator {
    /// The story whose case is handed over to the first IDVA.
    private static let handedOver = castKey + 6
    /// Names the streams of the case that goes on from the one that has moved.
    static let movedKey = 3_000_000
    /// For so many days the sender reads it.
    private static let tail = 90

    /// The planned case that has moved by now: an ordinary one that ended some weeks ago, of somebody who has no other.
    static func moving(_ plan: DemoPlan, _ clock: DemoClock) -> DemoPlannedCase? {
        let returned = Set(plan.cases.compactMap(\.earlier))
        return plan.cases.last { one in
            guard let closed = one.closed, one.agency == DemoOrganisations.frontDoor else { return false }
            return closed > clock.today + -45 * 86_400 && closed < clock.today + -2 * 86_400 && one.level != .high
                && !one.isUnreached && one.earlier == nil && !returned.contains(one.key)
        }
    }

    /// What waits for an answer.
    mutating func writeTransfer(of made: DemoCase) throws {
        guard made.closed == nil, let worker = made.worker, !made.isRestricted, made.firstContact != nil else { return }
        let isHandedOver = made.key == Self.handedOver
        let isAsked = !hasAsked && made.key < Self.castKey && made.agency == DemoOrganisations.womensAid
        guard isHandedOver || isAsked else { return }
        var dice = DemoDice(.transfer, made.key)
        let (id, risk) = (dice.uuid(), RiskLevel(rawValue: made.assessments.last?.level ?? "") ?? .notAssessed)
        let at = clock.moment(clock.day(ago: 1), minute: isAsked ? 985 : 1_010)
        let due = DemoMoment(seconds: Int(TransferDue.due(risk, from: at.date).timeIntervalSince1970))
        let own = organisations.agencies[made.agency].id
        let other = isAsked ? organisations.agencies[DemoOrganisations.frontDoor].id : own
        let colleague = isAsked ? nil : staff.all[DemoStaff.firstIdva].id
        let consent = isAsked ? writeConsent(of: made, to: other, at, worker, &dice) : nil
        batch[.caseTransfer].add(
            id, partnership, own, made.id, made.harmed.id, isAsked ? "agency" : "stepDown", other, colleague,
            try told(made, isAsked ? Self.askedWords : Self.handedWords, id), risk.rawValue, TransferForm.usualPurpose,
            "safeguarding", isAsked ? Self.whyAsked : Self.whyHanded, isAsked ? "consent" : "within", consent, 28, due,
            at, staff.all[worker].id, nil as String?, nil as DemoMoment?, nil as UUID?, nil as UUID?, nil as UUID?,
            nil as DemoMoment?)
        batch[.transferTask].add(
            dice.uuid(), partnership, other, id, "transfer",
            isAsked ? "Another agency asks you to take a case over: open it and say yes or no"
                : "A colleague hands a case over to you: open it and say yes or no", colleague, at, due)
        event(made, "transferProposed", at, worker, id, "", &dice)
        hasAsked = hasAsked || isAsked
    }

    /// The case that moved ended with its sender: the receiver has one that goes on from it, of a person of their own.
    mutating func writeMoved(_ old: DemoCase, reference: String) throws {
        guard let closed = old.closed, let sender = old.worker else { return }
        var dice = DemoDice(.transfer, Self.movedKey)
        let (id, agency) = (dice.uuid(), DemoOrganisations.womensAid)
        let worker = staff.one(.idva, at: agency, on: clock.local(closed).day, &dice)
        var made = goesOn(from: old, worker, &dice)
        made.reference = reference
        try write(made, notes: 0)
        let (from, to) = (organisations.agencies[old.agency].id, organisations.agencies[agency].id)
        let asked = closed + -5 * 3_600
        let risk = RiskLevel(rawValue: old.assessments.last?.level ?? "") ?? .notAssessed
        batch[.caseTransfer].add(
            id, partnership, from, old.id, old.harmed.id, "agency", to, nil as UUID?, nil as Data?, risk.rawValue,
            TransferForm.usualPurpose, "safeguarding", Self.whyMoved, "consent",
            writeConsent(of: old, to: to, asked, sender, &dice), Self.tail,
            DemoMoment(seconds: Int(TransferDue.due(risk, from: asked.date).timeIntervalSince1970)), asked,
            staff.all[sender].id, "accepted", closed, staff.all[worker].id, staff.all[worker].id, made.id,
            closed + Self.tail * 86_400)
        event(old, "caseMoved", closed, worker, id, organisations.agencies[agency].name, &dice)
    }

    private func goesOn(from old: DemoCase, _ worker: Int, _ dice: inout DemoDice) -> DemoCase {
        let opened = old.closed ?? old.opened
        func moved(_ person: DemoPerson) -> DemoPerson {
            var copy = DemoPerson(
                id: dice.uuid(), agency: DemoOrganisations.womensAid, name: person.name, isFemale: person.isFemale,
                sex: person.sex, birth: person.birth, birthKnown: person.birthKnown, heritages: person.heritages,
                group: person.group, ethnicity: person.ethnicity, language: person.language,
                needsInterpreter: person.needsInterpreter, area: person.area, created: opened, createdBy: worker)
            copy.safeContacts = person.safeContacts.suffix(1).map {
                DemoSafeContact(
                    rule: $0.rule, detail: $0.detail, holdsUntil: $0.holdsUntil, askedAt: opened, by: worker)
            }
            return copy
        }
        var made = DemoCase(
            id: dice.uuid(), key: Self.movedKey, harmed: moved(old.harmed), harming: old.harming.map(moved),
            tie: old.tie, traits: old.traits.subtracting(.children), words: old.words, opened: opened, worker: worker,
            allocated: opened + 600,
            opener: DemoContact(
                id: dice.uuid(), channel: "professional", caller: "professional", at: opened + -1_200, by: worker,
                reason: Self.movedWords, outcome: "openCase"))
        if let last = old.assessments.last {
            made.assessments = [DemoAssessment(
                id: dice.uuid(), dash: last.dash, level: last.level, basis: last.basis, rationale: last.rationale,
                at: opened + -240, by: worker, isFirst: true)]
        }
        let spoke = clock.atWork(opened + 26 * 3_600, &dice)
        if spoke < clock.today {
            made.attempts = [DemoAttempt(
                id: dice.uuid(), channel: "telephone", outcome: "spoke", at: spoke, rule: "allowed",
                note: "Met the new worker on the telephone. Wants to go on at the same pace.", by: worker)]
        }
        return made
    }

    private mutating func writeConsent(
        of made: DemoCase, to agency: UUID, _ at: DemoMoment, _ worker: Int, _ dice: inout DemoDice
    ) -> UUID {
        let id = dice.uuid()
        batch[.consent].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, agency, "",
            TransferForm.usualPurpose, "spoken", "As long as I need not tell it all again.", at + 120 * 86_400,
            at + -1_800, staff.all[worker].id)
        return id
    }

    private func told(_ made: DemoCase, _ words: String, _ id: UUID) throws -> Data {
        func somebody(_ person: DemoPerson) -> TransferTold.Somebody {
            let birth = person.birthKnown == "known" ? Day(since1970: person.birth.number).column : ""
            return TransferTold.Somebody(
                given: person.name.given, family: person.name.family, birthState: person.birthKnown, birth: birth,
                sex: person.sex.rawValue)
        }
        let contact = made.harmed.safeContact
        let told = TransferTold(
            who: somebody(made.harmed), ethnicity: made.harmed.ethnicity.rawValue, language: made.harmed.language,
            interpreter: made.harmed.needsInterpreter, rule: contact?.rule, detail: contact?.detail,
            holdsUntil: contact?.holdsUntil.map { Day(since1970: $0.number).column } ?? "",
            askedAt: contact?.askedAt.date,
            harming: made.harming.map {
                [TransferTold.Harming(who: somebody($0), connection: made.tie.connection.rawValue)]
            } ?? [], words: words)
        return try sealing.seal(encoder.encode(told), key: sealing.referralKey, place: .transfer(id, in: partnership))
    }

    private static let askedWords = "Has moved to your side of the county this week. Only ring in the safe times."
    private static let whyAsked = "Lives nearer to you now, and the court case is at your court."
    private static let handedWords = "The next appointment is booked and stays as it is. Introduced you by name."
    private static let whyHanded = "The risk is lower, and the two of you have met at the drop-in."
    private static let whyMoved = "Moved to stay with family, near the other service."
    private static let movedWords = "Taken over from another service, with agreement."
}
