import Foundation

/// Letters of cases that came to support: most handed over, some to a service with her agreement, some not sent yet.
extension DemoGenerator {
    mutating func writeLetters(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return }
        var dice = DemoDice(.letters, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        guard first < end, dice.chance(45) else { return }
        let at = clock.atWork(first + dice.below(max(1, min(40, (end - first) / 86_400))) * 86_400, &dice)
        guard at < end else { return }
        write(letter(of: made, worker, at: at, leaves: true, &dice), of: made, by: worker, &dice)
        if made.closed == nil, dice.chance(60) {
            let begun = clock.atWork(clock.today + -dice.within(1...6) * 86_400, &dice)
            guard begun > at else { return }
            write(letter(of: made, worker, at: begun, leaves: false, &dice), of: made, by: worker, &dice)
        }
    }

    private struct Written {
        let template: LetterTemplate
        let toWhom: String
        let body: String
        let at: DemoMoment
        let leaves: Bool
    }

    private func letter(
        of made: DemoCase, _ worker: Int, at: DemoMoment, leaves: Bool, _ dice: inout DemoDice
    ) -> Written {
        let template = dice.pick(weighted: [
            (40, LetterTemplate.appointment), (20, .keepingInTouch), (20, .confirmation), (20, .housing),
        ])
        let name = "\(made.harmed.name.given) \(made.harmed.name.family)"
        let filled = template.body(to: name, from: staff.all[worker].fullName)
            .replacing("[day]", with: "Thursday").replacing("[time]", with: "11 o’clock")
            .replacing("[the place we agreed]", with: "the place we agreed")
            .replacing("[month and year]", with: "this spring")
            .replacing("[What she agreed that you may know.]", with: "She needs to live nearer to her work.")
        return Written(
            template: template, toWhom: template.addressee == .person ? "" : dice.pick(Self.readers), body: filled,
            at: at, leaves: leaves)
    }

    private mutating func write(_ letter: Written, of made: DemoCase, by: Int, _ dice: inout DemoDice) {
        let (id, agency, author) = (dice.uuid(), organisations.agencies[made.agency].id, staff.all[by].id)
        let leftAt: DemoMoment? = letter.leaves ? letter.at + 1_800 : nil
        let forHer = letter.template.addressee == .person
        batch[.letter].add(
            id, partnership, agency, made.id, made.harmed.id, letter.template.rawValue,
            letter.template.addressee.rawValue, letter.toWhom, letter.body, letter.at, author, leftAt,
            letter.leaves ? author : nil, letter.leaves ? (forHer ? "inPerson" : "email") : nil,
            letter.leaves ? letter.body : nil, letter.leaves && !forHer ? clock.local(letter.at).day : nil)
        event(made, "letterWritten", letter.at, by, id, letter.template.label, &dice)
        if let leftAt {
            let way = forHer ? AttemptChannel.inPerson : .email
            event(made, "letterReleased", leftAt, by, id, "\(letter.template.label), \(way.label.lowercased())", &dice)
        }
    }

    private static let readers = [
        "The lettings team of the council", "The housing officer of her landlord",
        "The practice manager of her surgery",
    ]
}
