import Foundation
import Postgres
import Statistics

/// The figures of the last quarters: counted of the demonstration as an agency's manager would, and released as its
/// analyst would, through disclosure control. The last quarter is handed in and waits.
struct DemoFigures: Sendable {
    private static let quarters = 4

    let partnership: UUID
    /// Agencies that hand in, with whoever signs for each.
    let signers: [(agency: UUID, name: String, account: UUID)]
    let areas: [String]
    let analyst: UUID
    let now: Date

    init(_ generator: DemoGenerator, now: Date) {
        let (staff, organisations) = (generator.staff, generator.organisations)
        partnership = organisations.partnership
        signers = organisations.agencies.enumerated().compactMap { index, agency in
            staff.manager(of: index).map { (agency.id, agency.name, staff.all[$0].id) }
        }.sorted { $0.1 < $1.1 }
        areas = organisations.areas.map(\.name)
        analyst = staff.all[staff.analyst].id
        self.now = now
    }

    func write(_ db: isolated Connection) throws {
        var dice = DemoDice(.figures)
        let today = London.day(of: now)
        let quarters = FigureQuarter.ended(by: today, count: Self.quarters)
        for (place, quarter) in quarters.enumerated().reversed() {
            let end = London.moment(quarter.period.until, minute: 960) ?? now
            var returns: [FigureReturn] = []
            for signer in signers {
                let at = min(end.addingTimeInterval(10 * 86_400), now)
                let signing = FigureSigner(partnership: partnership, account: signer.account, at: at)
                let counts = try db.figureCounts(quarter, of: signer.agency, at: signing.at)
                try db.handIn(counts, of: quarter, signer.agency, id: dice.uuid(), signing)
                returns.append(FigureReturn(
                    agency: signer.agency, agencyName: signer.name, number: 1, counts: counts, at: signing.at, by: ""))
            }
            if place == 0 { continue }
            let tables = FigureTables(quarter, returns)
            let release = try DisclosureControl.release(
                try tables.request(after: try db.figureRecords()), FigureTables.rule(areas: areas))
            try db.addRelease(
                release, of: quarter, agencies: returns.map(\.agencyName), id: dice.uuid(),
                FigureSigner(partnership: partnership, account: analyst, at: end.addingTimeInterval(30 * 86_400)))
        }
    }
}
