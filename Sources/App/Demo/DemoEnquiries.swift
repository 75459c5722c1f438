import Foundation

/// What services were asked for by others: three years as the source documents count them, and the last two. A
/// stream of chance of its own.
extension DemoGenerator {
    /// A service that is asked.
    struct AskedService {
        let id: UUID
        let agency: UUID
        let by: UUID
    }

    /// A year of a place in the source documents: how many were placed, and how the others ended.
    private struct CountedYear {
        let start: Int
        /// Index of the area.
        let area: Int
        let placed: Int
        let ended: [(times: Int, state: String, reason: String)]
        var routes: [(Int, String)] = [(5, "helpline"), (4, "domesticAbuseService")]
    }

    /// Rutland's years with the reasons that its needs assessment lists: 2 of 5, 0 of 2 and 8 of 13. Of the first year
    /// the assessment gives two reasons for three that came to nothing.
    private static let rutland = [
        CountedYear(start: 2018, area: 3, placed: 2, ended: [
            (1, "refusedByService", "ineligible"), (1, "declinedByClient", "declinedLocation"), (1, "withdrawn", ""),
        ]),
        CountedYear(start: 2019, area: 3, placed: 0, ended: [
            (1, "declinedByClient", "wantsNoSupport"), (1, "declinedByClient", "declinedOther"),
        ]),
        CountedYear(start: 2020, area: 3, placed: 8, ended: [
            (2, "declinedByClient", "disengaged"), (1, "declinedByClient", "wantsNoSupport"),
            (1, "withdrawn", "metElsewhere"), (1, "noContact", "noContact"),
        ], routes: [(8, "helpline"), (3, "other"), (1, "housingServices"), (1, "localAuthority")]),
    ]

    /// Leicestershire's: 33 of 67, 138 of 281 and 129 of 252. Of the reasons its strategy says only which were the
    /// commonest.
    private static let leicestershire = [
        CountedYear(start: 2018, area: 2, placed: 33, ended: shares(34)),
        CountedYear(start: 2019, area: 2, placed: 138, ended: shares(143)),
        CountedYear(start: 2020, area: 2, placed: 129, ended: shares(123)),
    ]

    private static func shares(_ all: Int) -> [(times: Int, state: String, reason: String)] {
        let parts = [
            ("declinedByClient", "wantsNoSupport", 24), ("declinedByClient", "disengaged", 22),
            ("declinedByClient", "declinedLocation", 8), ("declinedByClient", "declinedCommunal", 8),
            ("refusedByService", "size", 10), ("refusedByService", "mentalHealth", 4),
            ("refusedByService", "noFunds", 4), ("refusedByService", "olderSon", 3), ("noContact", "noContact", 7),
        ].map { (times: all * $0.2 / 100, state: $0.0, reason: $0.1) }
        return parts + [(all - parts.reduce(0) { $0 + $1.times }, "refusedByService", "noSpace")]
    }

    mutating func writeEnquiries(_ services: [AskedService]) {
        guard services.count > 2 else { return }
        var dice = DemoDice(.enquiries)
        for year in Self.rutland { write(year, to: services[0], &dice) }
        for year in Self.leicestershire { write(year, to: services[2], &dice) }
        for ago in 0..<720 where dice.chance(14) {
            writeRecent(ago, to: dice.pick(services), &dice)
        }
    }

    private mutating func write(_ year: CountedYear, to service: AskedService, _ dice: inout DemoDice) {
        // What stands in the documents, as often as it stands there, in an order of its own.
        let routes = year.routes.flatMap { Array(repeating: $0.1, count: $0.0) }
        var number = 0
        for (times, state, reason) in [(times: year.placed, state: "placed", reason: "")] + year.ended {
            for _ in 0..<times {
                let asked = DemoDay(year: year.start, month: 4, day: 1) + dice.below(360)
                add(service, asked, routes[number % routes.count], area: year.area, state, reason, &dice)
                number += 1
            }
        }
    }

    private mutating func writeRecent(_ ago: Int, to service: AskedService, _ dice: inout DemoDice) {
        let (state, reason) = ago < 2 ? ("asked", "") : dice.pick(weighted: [
            (10, ("placed", "")), (4, ("refusedByService", "noSpace")), (2, ("refusedByService", "size")),
            (1, ("refusedByService", "noFunds")), (1, ("refusedByService", "noLocalConnection")),
            (3, ("declinedByClient", "disengaged")), (2, ("declinedByClient", "declinedLocation")),
            (1, ("noContact", "noContact")),
        ])
        let route = dice.pick(weighted: [
            (5, "routesToSupport"), (3, "police"), (3, "housingServices"), (2, "self"), (1, "socialCare"),
        ])
        let area = dice.chance(40) ? nil : dice.pick([2, 3, 8])
        add(service, clock.day(ago: ago), route, area: area, state, reason, &dice)
    }

    private mutating func add(
        _ service: AskedService, _ asked: DemoDay, _ route: String, area: Int?, _ state: String, _ reason: String,
        _ dice: inout DemoDice
    ) {
        let made = clock.moment(clock.day(ago: 60), minute: 600)
        let days = asked < clock.day(ago: 3) ? dice.below(3) : 0
        let answered: String? = state == "asked" ? nil : Self.text(asked + days)
        batch[.housingEnquiry].add(
            dice.uuid(), partnership, service.agency, service.id, Self.text(asked), route, area == nil ? "yes" : "no",
            area.map { organisations.areas[$0].id }, 1, dice.pick(weighted: [(4, 0), (3, 1), (3, 2), (2, 3), (1, 4)]),
            state, reason.isEmpty ? "{}" : "{\(reason)}", reason.isEmpty ? nil : reason, answered, made, service.by)
    }
}
