import Crypto
import Foundation
import Postgres

/// Safe accommodation: services, their units, and two years of stays and repairs. A stream of chance of its own.
extension DemoGenerator {
    private struct Homes {
        let number: Int
        let agency: Int
        let name: String
        let kind: AccommodationKind
        let landlord: String
        let commissioner: String
        /// Index of the area.
        let area: Int
        let shares: HomeFact
        let sons: (rule: SonRule, age: Int?)
        let nrpf: String?
        let byAndFor: String
        let languages: String
        let units: Int
    }

    /// The nine dispersed units and the specialist refuge that the source documents name.
    private static let homes = [
        Homes(number: 0, agency: DemoOrganisations.womensAid, name: "Larch", kind: .dispersed,
              landlord: "Longhurst Group", commissioner: "Rutland County Council", area: 3, shares: .no,
              sons: (.anyAge, nil), nrpf: nil, byAndFor: "", languages: "English, Polish", units: 9),
        Homes(number: 1, agency: DemoOrganisations.panahghar, name: "Juniper", kind: .specialist, landlord: "",
              commissioner: "Leicester City Council", area: 1, shares: .yes, sons: (.upTo, 12), nrpf: "{mvdac,bedFund}",
              byAndFor: "Black and minoritised women", languages: "English, Gujarati, Punjabi, Urdu", units: 6),
        Homes(number: 2, agency: DemoOrganisations.womensAid, name: "Rowan", kind: .refuge, landlord: "",
              commissioner: "Leicestershire County Council", area: 2, shares: .yes, sons: (.upTo, 14), nrpf: "{}",
              byAndFor: "", languages: "English", units: 6),
    ]

    mutating func writeAccommodation() throws {
        var number = 0
        var services: [AskedService] = []
        for homes in Self.homes {
            var dice = DemoDice(.accommodation, homes.number)
            let (id, agency) = (dice.uuid(), organisations.agencies[homes.agency])
            let by = staff.all[staff.accommodationWorker(at: homes.agency)].id
            let made = clock.moment(clock.day(ago: 730), minute: 600)
            batch[.accommodationService].add(
                id, partnership, agency.id, homes.name, homes.kind.rawValue, "charity", homes.landlord,
                homes.commissioner, organisations.areas[homes.area].id, homes.shares.rawValue, "yes", "women",
                dice.pick(["yes", "notKnown"]), homes.sons.rule.rawValue, homes.sons.age, homes.nrpf, "yes",
                dice.pick(["yes", "notKnown"]), dice.pick(["no", "notKnown"]), "no",
                homes.kind == .dispersed ? "floating" : "roundTheClock", homes.languages, homes.byAndFor,
                homes.shares.rawValue, made, by)
            services.append(AskedService(id: id, agency: agency.id, by: by))
            for place in 0..<homes.units {
                number += 1
                // One of each is free.
                try writeUnit(number, of: id, homes, agency, made, by, isFree: place == 0, &dice)
            }
        }
        writeEnquiries(services)
    }

    private mutating func writeUnit(
        _ number: Int, of service: UUID, _ homes: Homes, _ agency: DemoAgency, _ made: DemoMoment, _ by: UUID,
        isFree: Bool, _ dice: inout DemoDice
    ) throws {
        let (id, rooms) = (dice.uuid(), dice.pick(weighted: [(3, 1), (5, 2), (3, 3)]))
        let beds = rooms + dice.within(1...2)
        func fact(_ yes: Int, _ no: Int) -> String { dice.pick(weighted: [(yes, "yes"), (no, "no"), (2, "notKnown")]) }
        batch[.housingUnit].add(
            id, partnership, agency.id, service, number, beds, rooms, rooms > 2 ? 2 : 1, beds - 1, dice.within(0...1),
            fact(1, 8), fact(4, 5), fact(4, 5), fact(1, 7), fact(1, 6), fact(1, 6), fact(2, 6), fact(4, 4),
            clock.moment(clock.day(ago: dice.pick([0, 0, 1, 1, 2, 6])), minute: 560), made, by)
        let key = SymmetricKey(data: SHA256.hash(data: Data("unit \(id.column)".utf8)))
        let postcode = "\(organisations.areas[homes.area == 2 ? 5 : homes.area].outward) \(number % 9)XX"
        let place = UnitLocation(
            inside: dice.pick(["Left-hand door", "Top floor", "By the yard", ""]),
            address: "\(dice.within(2...80)) \(dice.pick(Self.streets))\n\(postcode)")
        batch[.unitLocation].add(
            id, partnership, agency.id, WrappedKey(key, under: agency.key.key).bytes,
            try sealing.seal(encoder.encode(place), key: key, place: .unitLocation(id, agency: agency.id)),
            sealing.near(postcode), made, by)
        writeTimes(of: id, agency.id, by, isFree: isFree, &dice)
        // One that is free and has changed since it was posted, and one that is let by now.
        guard [1, 2].contains(number) else { return }
        batch[.unitPosting].add(
            dice.uuid(), partnership, agency.id, id, "posted",
            "Reference: Unit \(number)\nKind: \(homes.kind.label)\nArea: \(organisations.areas[homes.area].name)",
            clock.moment(clock.day(ago: 5), minute: 640), by)
    }

    /// One household after another, with some days between to make it ready.
    private mutating func writeTimes(
        of unit: UUID, _ agency: UUID, _ by: UUID, isFree: Bool, _ dice: inout DemoDice
    ) {
        var ago = 720 - dice.below(60)
        var isTaken = false
        while ago > 0 {
            // A mean of 113 days: many weeks for most, half a year for some.
            let nights = dice.pick(weighted: [
                (3, dice.within(3...40)), (5, dice.within(60...140)), (3, dice.within(160...250)),
            ])
            if isFree, ago - nights <= 1 { break }
            let isOver = ago - nights > 0
            let (id, from) = (dice.uuid(), clock.day(ago: ago))
            let until = isOver ? Self.text(clock.day(ago: ago - nights)) : ""
            batch[.unitTime].add(
                id, partnership, agency, unit, "stay", "[\(Self.text(from)),\(until))",
                clock.moment(from, minute: 1_000), by)
            let left: (String, String)? = isOver ? dice.pick(Self.leavings) : nil
            writeStay(DemoStay(
                id: id, agency: agency, by: by, from: ago, nights: nights, adults: 1, children: dice.below(4),
                cameBy: dice.pick(Self.cameBy), fromOutside: dice.pick(["yes", "no", "no"]), left: left))
            isTaken = !isOver
            ago -= nights
            let ready = dice.pick(weighted: [(4, dice.within(1...6)), (1, dice.within(9...24))])
            if ago > 0, !(isFree && ago - ready <= 0) {
                isTaken = ago - ready <= 0
                let end = ago - ready > 0 ? Self.text(clock.day(ago: ago - ready)) : ""
                batch[.unitTime].add(
                    dice.uuid(), partnership, agency, unit, "repair", "[\(Self.text(clock.day(ago: ago))),\(end))",
                    clock.moment(clock.day(ago: ago), minute: 1_020), by)
            }
            ago -= ready
            // Now and then nobody comes for some days.
            ago -= dice.chance(40) ? dice.within(1...12) : 0
        }
        if !isTaken { freeUnits.append((unit, agency)) }
    }

    static func text(_ day: DemoDay) -> String {
        let (year, month, day) = day.civil
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    private static let streets = [
        "Tannery Row", "Vicar’s Piece", "Old Forge Walk", "Lavender Court", "Bellringer Way",
    ]
    private static let cameBy = ["partnership", "partnership", "routesToSupport", "self", "police", "housing"]
    private static let leavings = [
        ("socialTenancy", "plannedMove"), ("socialTenancy", "plannedMove"), ("privateTenancy", "plannedMove"),
        ("family", "noLongerNeeded"), ("secondStage", "plannedMove"), ("returned", "returned"),
        ("notKnown", "lostContact"), ("otherRefuge", "unsafe"),
    ]
}
