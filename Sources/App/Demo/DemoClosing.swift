import Foundation

/// How closed cases ended. A stream of chance of its own, so that everything else stays as it was.
extension DemoGenerator {
    /// Writes how a case ended, a high-risk one with the second person's word, and answers the closing's id.
    mutating func writeClosing(of made: DemoCase) -> UUID? {
        guard let closed = made.closed else { return nil }
        var dice = DemoDice(.closing, made.key)
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        let by = made.worker ?? made.opener.by
        let risk = made.assessments.last?.level ?? "notAssessed"
        let drawn = dice.pick(weighted: [
            (52, ClosingReason.planned), (24, .disengaged), (9, .declined), (7, .moved), (6, .transferred),
            (2, .unsafeToContinue),
        ])
        let reason = made.movedTo == nil ? drawn : .transferred
        let isAsked = reason == .planned || reason == .transferred
        let abuse = isAsked
            ? dice.pick(weighted: [(55, AbuseChange.ceased), (27, .reduced), (7, .same), (2, .worse), (9, .notKnown)])
            : dice.pick([.notKnown, .notAsked, .notAsked])
        let feels = isAsked
            ? dice.pick(
                weighted: [(68, FeltSafety.safer), (14, .same), (3, .lessSafe), (5, .declined), (10, .notAsked)])
            : .notAsked
        let proposed = risk == "high" ? closed + -3_600 * dice.within(1...20) : closed
        batch[.caseClosing].add(
            id, partnership, agency, made.id, made.harmed.id, reason.rawValue, abuse.rawValue, feels.rawValue,
            made.movedTo ?? (reason == .transferred || dice.chance(40) ? dice.pick(Self.stepDowns) : ""),
            made.movedTo.map { "Moved to \($0)" } ?? dice.pick(Self.summaries[reason] ?? []),
            feels == .safer && dice.chance(45) ? dice.pick(Self.feedback) : "",
            risk, proposed, staff.all[by].id)
        var closer = by
        if risk == "high" {
            closer = secondPerson(beside: by, made, closed, &dice)
            batch[.closingDecision].add(
                id, partnership, agency, made.id, made.harmed.id, staff.all[by].id, true, closed, staff.all[closer].id)
        }
        event(made, "caseClosed", closed, closer, id, reason.label, &dice)
        return id
    }

    private static let stepDowns = [
        "Outreach group, Thursdays", "Counselling, waiting list", "Housing support worker", "Drop-in at the family hub",
        "Health visitor", "Talking therapies", "Recovery programme, next course",
    ]

    private static let summaries: [ClosingReason: [String]] = [
        .planned: [
            "Order in force, locks changed, school told. Plan gone through together.",
            "Moved and settled. Knows whom to ring. Nothing left open.",
            "Court over. Benefits sorted out. Support from family near by.",
            "Needs met. Last visit in person, plan and numbers gone through again.",
        ],
        .disengaged: [
            "No answer for six weeks, at safe times only. Way back in was explained at the second contact.",
            "Two appointments missed, then the number stopped. Referrer knows no other way.",
        ],
        .declined: ["Doesn’t want support for now. Knows how to come back.", "Asked us to stop. Told how to return."],
        .moved: [
            "Moved out of the area, took the details of the service there.",
            "Gone to family, did not want a referral.",
        ],
        .transferred: [
            "Handed over by telephone with agreement, receiver has the plan.", "Joint visit with the next worker.",
        ],
        .unsafeToContinue: ["Contact itself has become a danger. Police and the referrer know."],
    ]

    private static let feedback = [
        "You believed me.", "I sleep again.", "The children laugh more.", "I knew somebody would pick up.",
        "Going to court together made the difference.", "I can say no now.",
    ]
}
