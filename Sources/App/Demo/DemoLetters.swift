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

    /// What the agencies with caseworkers wrote themselves to begin from: the first was changed once, and one is no
    /// longer used.
    mutating func writeOwnLetters() {
        var dice = DemoDice(.ownLetters)
        let agencies = Set(staff.all.filter { $0.role == .idva }.map(\.agency)).sorted()
        let manager = staff.all[DemoStaff.manager].id
        for agency in agencies {
            for letter in Self.ownLetters {
                let template = dice.uuid()
                for (place, body) in letter.bodies.enumerated() {
                    batch[.letterWording].add(
                        place == 0 ? template : dice.uuid(), partnership, organisations.agencies[agency].id, template,
                        place + 1, letter.title, letter.addressee.rawValue, body,
                        letter.isUsed || place + 1 < letter.bodies.count,
                        clock.moment(clock.day(ago: 300 - 90 * place), minute: 640), manager)
                }
            }
        }
    }

    private struct OwnLetter {
        let title: String
        let addressee: LetterAddressee
        let bodies: [String]
        let isUsed: Bool
    }

    private static let ownLetters = [
        OwnLetter(title: "A new day for our appointment", addressee: .person, bodies: [
            "Dear [name]\n\nOur appointment moves to [day] at [time].\n\n[my name]",
            "Dear [name]\n\nOur appointment moves to [day] at [time], at the same place.\n\nYours sincerely\n[my name]",
        ], isUsed: true),
        OwnLetter(title: "To a school", addressee: .professional, bodies: [
            "To whom it may concern\n\nI work with [name], who agreed that I write to you about [what she agreed].\n\n"
                + "Yours sincerely\n[my name]",
        ], isUsed: true),
        OwnLetter(title: "Summer closing", addressee: .person, bodies: [
            "Dear [name]\n\nI am away from [day] to [day].\n\n[my name]",
        ], isUsed: false),
    ]

    private static let readers = [
        "The lettings team of the council", "The housing officer of her landlord",
        "The practice manager of her surgery",
    ]
}
