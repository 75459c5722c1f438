import Foundation

/// What a partner sent, before it is written down.
struct DemoReferral: Sendable {
    var kind = "support"
    /// Index of the agency that answers it.
    var to = DemoOrganisations.frontDoor
    let source: String
    let from: DemoColleague
    let at: DemoMoment
    let told: [String: String]
    let isHigh: Bool
    let basis: String
    let owner: DemoColleague?
    let outcome: String?
    var decline: String?
    let answered: DemoMoment
}

extension DemoGenerator {
    /// Writes what partners sent in the last two years, the newest of it still waiting, what was written into the form
    /// for anybody, and the last hand-over.
    mutating func writeReferrals() throws {
        let count = size.volumes.cases / 6
        for index in 0..<count {
            var dice = DemoDice(.referral, index)
            let sender = dice.pick(weighted: [(6, DemoStaff.policeReferrer), (4, DemoStaff.housingOfficer)])
            try writeReferral(index, of: count, from: sender, &dice)
        }
        for index in 0..<4 {
            var dice = DemoDice(.referral, 1_000_000 + index)
            try writePublicForm(index, &dice)
        }
        writeHandover()
    }

    private mutating func writeReferral(_ index: Int, of count: Int, from sender: Int, _ dice: inout DemoDice) throws {
        let id = dice.uuid()
        let isNew = count - index <= 5
        let age = isNew ? (count - index) / 2 : 2 + (count - index) * 720 / count
        let at = clock.moment(clock.day(ago: max(1, age)), minute: dice.within(500...1_000))
        let by = staff.all[sender]
        let isPolice = sender == DemoStaff.policeReferrer
        let person = invented.harmed(agency: DemoOrganisations.frontDoor, created: at, by: sender, &dice)
        let high = dice.chance(35)
        var told: [String: String] = [
            "given": person.name.given, "family": person.name.family,
            "born": "\(person.birth.civil.day) \(person.birth.civil.month) \(person.birth.civil.year)",
            "phone": person.phones.first ?? "", "reason": dice.pick(Self.reasons),
            "safeContact": dice.chance(55) ? dice.pick(Self.safeWays) : "",
        ]
        if isPolice {
            told["tool"] = "DARA"
            told["grade"] = high ? "high" : "standard"
        }
        if told["safeContact"] == "" {
            told["problems"] = "How they may be contacted safely was not asked: a first safe call only"
        }
        let outcome: String? = isNew && index % 2 == 0 ? nil : dice.pick(weighted: [
            (55, "adviceGiven"), (12, "referredOn"), (18, "declined"), (15, "unableToContact"),
        ])
        let owner = outcome == nil && index % 4 != 0 ? nil : staff.all[DemoStaff.helplineWorker]
        let answered = clock.atWork(at + dice.within(1...30) * 3_600, &dice)
        let reasons = [(40, "doesNotWantSupport"), (20, "needsMetElsewhere"), (15, "outOfArea"), (25, "disengaged")]
        let decline: String? = outcome == "declined" ? dice.pick(weighted: reasons) : nil
        let receipt = Self.receipt(&dice)
        try write(
            DemoReferral(
                source: isPolice ? "police" : "professional", from: by, at: at, told: told, isHigh: isPolice && high,
                basis: dice.chance(80) ? "consent" : "safeguarding", owner: owner, outcome: outcome, decline: decline,
                answered: answered), id, receipt)
    }

    /// Writes what a colleague of a partner sent.
    mutating func write(_ sent: DemoReferral, _ id: UUID, _ receipt: String) throws {
        batch[.referral].add(
            id, partnership, organisations.agencies[sent.to].id, receipt, "in", sent.source, sent.kind,
            organisations.agencies[sent.from.agency].id, sent.from.id, try seal(sent.told, id), sent.basis, sent.isHigh,
            false, sent.at, sent.at + 24 * 3_600, sent.owner?.id, sent.owner.map { _ in sent.at + 1_800 }, sent.outcome,
            sent.decline,
            sent.decline.map { $0 == "doesNotWantSupport" || $0 == "disengaged" ? "client" : "service" },
            sent.outcome.map { _ in sent.answered }, sent.outcome.map { _ in staff.all[DemoStaff.helplineWorker].id })
    }

    private mutating func writePublicForm(_ index: Int, _ dice: inout DemoDice) throws {
        let id = dice.uuid()
        let at = clock.moment(clock.day(ago: 1), minute: 1_100 + index * 40)
        batch[.referral].add(
            id, partnership, organisations.agencies[DemoOrganisations.frontDoor].id, Self.receipt(&dice), "in",
            index == 1 ? "thirdParty" : "selfReferral", "support", nil as UUID?, nil as UUID?,
            try seal(["reason": Self.publicWords[index], "safeContact": index == 0 ? "Text me on Tuesdays" : ""], id),
            "notAsked", false, true, at, at + 24 * 3_600, nil as UUID?, nil as DemoMoment?, nil as String?,
            nil as String?, nil as String?, nil as DemoMoment?, nil as UUID?)
    }

    private mutating func writeHandover() {
        var dice = DemoDice(.referral, 2_000_000)
        batch[.handover].add(
            dice.uuid(), partnership, organisations.agencies[DemoOrganisations.frontDoor].id,
            "A steady evening. Two silent calls around nine: nothing was said. The locksmith rings back.",
            clock.moment(clock.day(ago: 1), minute: 1_195), staff.all[DemoStaff.helplineWorker].id)
    }

    private func seal(_ told: [String: String], _ id: UUID) throws -> Data {
        var whole = ReferralTold()
        whole.given = told["given"] ?? ""
        whole.family = told["family"] ?? ""
        whole.born = told["born"] ?? ""
        whole.phone = told["phone"] ?? ""
        whole.reason = told["reason"] ?? ""
        whole.safeContact = told["safeContact"] ?? ""
        whole.tool = told["tool"] ?? ""
        whole.grade = told["grade"] ?? ""
        whole.problems = told["problems"].map { [$0] } ?? []
        return try sealing.seal(encoder.encode(whole), key: sealing.referralKey, place: .referral(id, in: partnership))
    }

    static func receipt(_ dice: inout DemoDice) -> String {
        ReferralReference.made { dice.pick(ReferralReference.letters) }
    }

    private static let reasons = [
        "Called to the house by a neighbour. She had marks on her arm and would not say how.",
        "Came to the housing office with two children and a bag. Says she can't go back.",
        "Third call to this address in a year. He had left when we came.",
        "Told the officer that he follows her to work and waits outside.",
        "He holds her bank card. She asked for a food parcel.",
        "Says he watches her telephone. Spoke only when he had gone to the shop.",
        "Her adult son shouts and breaks things. She is afraid of him when he drinks.",
        "Asked to be moved. Would not say from whom.",
    ]
    private static let safeWays = [
        "Ring on weekdays between nine and three", "Text only, and sign it as the dentist", "Through the school",
        "Any time: he has moved out", "Ring her sister first",
    ]
    private static let publicWords = [
        "I don't know whether this is for you. He never hits me, but I can't do anything right.",
        "My sister has stopped answering. He answers for her.",
        "can someone tell me what happens if I write here",
        "I need to get out before the end of the month. I have a daughter of six.",
    ]
}
