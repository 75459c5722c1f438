import Foundation

/// How long contacts are kept here, and two records that must stay.
extension DemoGenerator {
    private static let holds: [(story: Int, kind: HoldKind, words: String, ago: Int, reviewIn: Int)] = [
        (1, .police, "The police asked us to keep everything until the trial is over.", 35, 60),
        (4, .complaint, "A complaint about the first weeks, which is not answered yet.", 12, 20),
    ]

    mutating func writeRetention(_ cast: [DemoCase], _ references: [Int: String]) {
        guard let officer = staff.all.first(where: { $0.role == .dataProtectionOfficer }) else { return }
        var dice = DemoDice(.plan, -40)
        batch[.retentionRule].add(
            dice.uuid(), partnership, "contact", 1, 3, clock.day(ago: 200),
            "The partnership’s records policy, second edition.", clock.moment(clock.day(ago: 210), minute: 640),
            officer.id)
        for one in Self.holds where one.story < cast.count {
            let made = cast[one.story]
            batch[.legalHold].add(
                dice.uuid(), partnership, organisations.agencies[made.agency].id, made.harmed.id,
                references[made.key] ?? "", one.kind.rawValue, one.words, clock.day(ago: -one.reviewIn),
                clock.moment(clock.day(ago: one.ago), minute: 700), officer.id)
        }
    }
}
