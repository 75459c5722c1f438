import Foundation

/// Somebody asked for what is kept about them: the pack is being decided.
extension DemoGenerator {
    private static let pieces: [(title: String, ago: Int, role: String, text: String, include: Bool)] = [
        ("Contact", 60, "Helpline worker",
         "She asked what an order would do. Told her how to apply, and that she can ring at any time.", true),
        ("Note written", 41, "IDVA",
         "She says that her neighbour, Marjorie Penhallow of 4 Tern Close, took her to the solicitor.", false),
        ("Support given", 30, "IDVA", "Went with her to the housing office.", false),
    ]

    mutating func writePacks(_ cast: [DemoCase], _ references: [Int: String]) throws {
        guard let officer = staff.all.first(where: { $0.role == .dataProtectionOfficer })?.id, cast.count > 2 else {
            return
        }
        let made = cast[2]
        guard let manager = staff.all.first(where: { $0.role == .serviceManager && $0.agency == made.agency })?.id
        else { return }
        var dice = DemoDice(.register, 1)
        let (matter, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        func moment(_ ago: Int, _ minute: Int = 600) -> DemoMoment { clock.moment(clock.day(ago: ago), minute: minute) }
        let due = Int(DataClock.first(.access, since: moment(8).date).timeIntervalSince1970)
        let told = DataWords(
            who: "A client", reach: "Handed over by her worker, at the office",
            words: "She wants to read what was written about her.", capacity: "For herself")
        batch[.dataMatter].add(
            matter, partnership, agency, matter, DataMatterKind.access.rawValue, moment(9, 0),
            try sealed(told, .dataMatter(matter, in: partnership)), "intercept", 2, DemoMoment(seconds: due),
            nil as DemoMoment?, moment(9), officer)
        let steps = [("identified", "Her worker knows her, and she showed her card.", ""),
                     ("intercept", "Nothing on her record or in what she asks says so.", "notAlleged")]
        for (index, step) in steps.enumerated() {
            batch[.dataMatterStep].add(
                matter, partnership, agency, DataMatterKind.access.rawValue, matter, index + 1, step.0, moment(8, 0),
                "", step.2,
                try sealed(DataWords(words: step.1), .dataMatterStep(index + 1, of: matter, in: partnership)),
                moment(8, 610 + index), officer)
        }
        let pack = dice.uuid()
        batch[.pack].add(
            pack, partnership, agency, matter, 1, made.harmed.id, references[made.key] ?? "", false, moment(8, 620),
            officer, moment(7), manager, try sealed(PackWords(), .pack(pack, in: partnership)))
        let search = GateSearch(
            GateKnowledge(names: [.init(words: "Marjorie Penhallow", whose: "her neighbour")]))
        for (index, one) in Self.pieces.enumerated() {
            let id = dice.uuid()
            let piece = PackPiece(
                title: one.title, when: London.short(moment(one.ago).date), role: one.role, text: one.text, search)
            let left = one.include
                ? try sealed(PackLeft(text: one.text), .packLeft(id, in: partnership)) : nil
            batch[.packItem].add(
                id, partnership, agency, pack, made.harmed.id, index + 1,
                try sealed(piece, .packPiece(id, in: partnership)), one.include ? "include" : nil, left,
                one.include ? moment(6) : nil, one.include ? officer : nil)
        }
    }

    private func sealed(_ words: some Encodable, _ place: Place) throws -> Data {
        try sealing.seal(encoder.encode(words), key: sealing.referralKey, place: place)
    }
}
