import Foundation
import Pages
import Postgres

/// A call for data as it would stand: what an analyst asks, what some agencies sent, and agencies of which there is no
/// return. The files are invented, written as agencies write them (with gaps, defaults and words of their own), and
/// read by the same code as any other.
struct DemoDataCall: Sendable {
    private struct Sender {
        let agency: DemoAgency
        let account: UUID
    }

    private let partnership: UUID
    private let agencies: [DemoAgency]
    private let senders: [Sender]
    private let analyst: UUID
    private let now: Date

    init(_ generator: DemoGenerator, now: Date) {
        let (staff, organisations) = (generator.staff, generator.organisations)
        partnership = organisations.partnership
        agencies = organisations.agencies
        senders = organisations.agencies.enumerated().compactMap { index, agency in
            staff.manager(of: index).map { Sender(agency: agency, account: staff.all[$0].id) }
        }
        analyst = staff.all[staff.analyst].id
        self.now = now
    }

    private var today: Day { London.day(of: now) }

    func write(_ db: isolated Connection) throws {
        var dice = DemoDice(.dataCalls)
        let asking = FigureSigner(partnership: partnership, account: analyst, at: now.addingTimeInterval(-40 * 86_400))
        var specified = Answers(["name": ["Harmed people known to an agency"], "columns": [SpecificationText.usual]])
        specified.setDay("from", today.adding(-60))
        guard let specification = SpecificationForm(&specified) else { throw Unreadable() }
        try db.addSpecification(dice.uuid(), specification, asking)
        let id = dice.uuid()
        guard let form = try callForm(db) else { throw Unreadable() }
        try db.addDataCall(id, form, asking)
        guard let call = try db.dataCall(id) else { throw Unreadable() }
        // The last of them has sent nothing yet.
        for (place, sender) in senders.dropLast().enumerated() {
            let text = file(rows: 60 + 45 * place, style: place, call.period, &dice)
            try send(text, call, sender, id: dice.uuid(), seriesBreak: place == 1, db)
        }
    }

    struct Unreadable: Error {}

    private func callForm(_ db: isolated Connection) throws -> DataCallForm? {
        let choices = DataCallForm.Choices(
            specifications: try db.dataSpecifications(), agencies: try db.agenciesToAsk(),
            assessments: try db.assessmentsOnRecord())
        let asked = senders.map(\.agency.id) + agencies.filter { ["police", "health"].contains($0.kind) }.map(\.id)
        var answers = Answers([
            "title": ["Needs assessment"], "specification": choices.specifications.prefix(1).map(\.id.column),
            "kind": [DataCallKind.clear.rawValue], "assessment": choices.assessments.prefix(1).map(\.id.column),
            "agreement": ["Sharing agreement for the needs assessment"], "agencies": asked.map(\.column),
            "health": agencies.filter { $0.kind == "health" }.map(\.id.column),
        ])
        let year = FinancialYear(of: today.adding(-365))
        answers.setDay("from", year.quarters[0].from)
        answers.setDay("until", year.quarters[3].until)
        answers.setDay("due", today.adding(14))
        answers.setDay("keep", today.adding(400))
        return DataCallForm(&answers, choices, today: today)
    }

    private func send(
        _ text: String, _ call: DataCall, _ sender: Sender, id: UUID, seriesBreak: Bool, _ db: isolated Connection
    ) throws {
        let signer = FigureSigner(
            partnership: partnership, account: sender.account, at: now.addingTimeInterval(-5 * 86_400))
        let place = DataReturnPlace(
            id: id, call: call.id, agency: sender.agency.id, isEncoded: false, keepUntil: call.keepUntil)
        var said = Answers(seriesBreak ? ["break": ["Since October other children of the household are counted too."]]
            : [:])
        guard let form = ReturnForm(&said, isHealth: false) else { throw Unreadable() }
        let (vault, wrapped) = ReturnVault.make(place, under: sender.agency.key.key)
        let bytes = Array(text.utf8)
        try db.beginReturn(place, form, wrapped: wrapped, signer)
        try db.addPart(1, of: place, try vault.seal(bytes, part: 1), bytes: bytes.count, signer)
        let columns = call.specification.columns
        let layout = try FileLayout.find(bytes, columns, isUTF8: true).get()
        var reading = TableReading(columns, layout, call.period, mapped: [:])
        try db.addRows(try reading.take(bytes, isLast: true), of: place, signer)
        let words = try vault.seal(FileWords(unmapped: reading.unmapped))
        try db.setReceived(id, layout, reading.profile, keyID: nil, words: words, signer)
    }

    /// A file as an agency writes it: the second with semicolons and lines above the names of its columns.
    private func file(rows: Int, style: Int, _ period: Period, _ dice: inout DemoDice) -> String {
        let mark = style == 1 ? ";" : ","
        var lines = style == 1 ? ["Extract for the needs assessment", ""] : []
        lines.append(["Record ID", "Event date", "Forename", "Surname", "Date of birth", "Sex", "Ethnicity", "Disabled",
                      "Children", "Postcode"].joined(separator: mark))
        let days = (0...364).map { period.from.adding($0) }
        for row in 0..<rows {
            let name = DemoName.invented((.english, .english), female: dice.chance(85), bornIn: 1985, &dice)
            let birth = dice.chance(6) ? "01/01/1900" : dice.chance(9) ? "" : written(
                period.from.adding(-Int(dice.next() % 18_000) - 6_000), style)
            // A reference was given twice, now and then.
            let reference = row % 40 == 39 ? row : row + 1
            lines.append([
                "\(style + 1)-\(10_000 + reference)", written(dice.pick(days), style), name.given, name.family, birth,
                dice.chance(85) ? "Female" : dice.chance(90) ? "male" : "F", dice.pick(Self.ethnicities),
                dice.pick(["Yes", "No", "No", "Not known", ""]), String(dice.next() % 4),
                dice.chance(20) ? "" : "QL\(1 + dice.next() % 9) \(dice.next() % 9)AB",
            ].joined(separator: mark))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private func written(_ day: Day, _ style: Int) -> String {
        style == 1 ? day.column : "\(day.day)/\(day.month)/\(day.year)"
    }

    private static let ethnicities = [
        "White", "White", "White", "White", "Asian or Asian British", "Black or Black British", "Mixed",
        "Not known", "White Brit", "declined", "",
    ]
}
