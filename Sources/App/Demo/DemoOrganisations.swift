import Foundation

/// An agency of the partnership. The organisations and what they do are those that the source documents name.
struct DemoAgency: Sendable {
    let id: UUID
    let name: String
    let kind: String
    let isFrontDoor: Bool
    /// Its key, which wraps the keys of its people.
    let key: DemoAgencyKey

}

/// A part of the area.
struct DemoArea: Sendable {
    let id: UUID
    let name: String
    /// Index of the area that it is part of.
    let parent: Int?
    /// How much of the demonstration's people live here; 0 for an area made of others.
    let weight: Int
    let towns: [String]
    /// First half of its postcodes. No postcode area begins with Q: nobody lives at any of these.
    let outward: String
    /// Ethnic groups, as `DemoEthnicity` counts them.
    let ethnicity: [Int]
    /// The national threshold applies where the partnership has set none.
    let threshold: Int
}

/// The partnership, its areas and agencies.
struct DemoOrganisations: Sendable {
    let partnership: UUID
    let areas: [DemoArea]
    let agencies: [DemoAgency]

    /// Index of the front door, where most casework is done.
    static let frontDoor = 0
    static let womensAid = 1
    static let freeva = 2
    static let charnwoodHousing = 4
    static let police = 12
    static let panahghar = 21
    /// The other side of the wall.
    static let behaviour = 27
    /// The housing options team of each area, by the area's index.
    static let housing = [1: 5, 3: 3, 4: 6, 5: 4, 6: 7, 7: 8, 8: 9, 9: 10, 10: 11]

    /// The threshold that is counted as high risk nationally, and here since 2016 (report of that year to scrutiny).
    static let threshold = (national: 14, local: 12)

    private static let names: [(name: String, kind: String)] = [
        ("Living Without Abuse", "domesticAbuseService"),
        ("Women's Aid Leicestershire", "domesticAbuseService"),
        ("FreeVA", "domesticAbuseService"),
        ("Rutland County Council Housing Options", "housing"),
        ("Charnwood Borough Council Housing Options", "housing"),
        ("Leicester City Council Housing Options", "housing"),
        ("Blaby District Council Housing Options", "housing"),
        ("Harborough District Council Housing Options", "housing"),
        ("Hinckley and Bosworth Borough Council Housing Options", "housing"),
        ("Melton Borough Council Housing Options", "housing"),
        ("North West Leicestershire District Council Housing Options", "housing"),
        ("Oadby and Wigston Borough Council Housing Options", "housing"),
        ("Leicestershire Police", "police"),
        ("Probation Service", "probation"),
        ("Leicester City Council Children's Social Care", "childrensSocialCare"),
        ("Leicestershire County Council Children and Family Services", "childrensSocialCare"),
        ("Rutland County Council Children and Families", "childrensSocialCare"),
        ("Rutland County Council Adult Social Care", "adultSocialCare"),
        ("Leicestershire County Council Adult Social Care", "adultSocialCare"),
        ("Integrated Care Board", "health"),
        ("Turning Point", "substanceUse"),
        ("Panahghar", "safeAccommodation"),
        ("Longhurst Group", "landlord"),
        ("Leicestershire GATE", "community"),
        ("Leicester LGBTQ+ Centre", "community"),
        ("Hope Project", "community"),
        ("Compass Project", "community"),
        ("Behaviour Change Service", "perpetratorService"),
    ]

    init(_ size: DemoSize, partnership: UUID, sealing: any DemoSealing) {
        self.partnership = partnership
        var dice = DemoDice(.plan, -1)
        agencies = Self.names.enumerated().map { index, line in
            DemoAgency(
                id: dice.uuid(), name: line.name, kind: line.kind,
                isFrontDoor: index == Self.frontDoor, key: sealing.agencyKey())
        }
        areas = Self.places(size).map { place in
            DemoArea(
                id: dice.uuid(), name: place.name, parent: place.parent, weight: place.weight,
                towns: DemoCohorts.split(place.towns), outward: place.outward, ethnicity: place.ethnicity,
                threshold: place.name == Self.elsewhere ? Self.threshold.national : Self.threshold.local)
        }
    }

    private static let elsewhere = "Outside the area"

    private struct PlaceLine {
        let name: String, parent: Int?, weight: Int, towns: String, outward: String, ethnicity: [Int]
    }

    /// Weights in thousands of residents (mid-2019); in the demonstration of Rutland nearly everybody lives there.
    private static func places(_ size: DemoSize) -> [PlaceLine] {
        func line(
            _ name: String, _ parent: Int?, _ weight: Int, _ towns: String, _ outward: String,
            _ ethnicity: [Int] = DemoEthnicity.leicestershire
        ) -> PlaceLine {
            let factor = size == .rutland ? (name == "Rutland" ? 100 : parent == 2 ? 1 : 0) : 1
            return PlaceLine(
                name: name, parent: parent, weight: weight * factor, towns: towns, outward: outward,
                ethnicity: ethnicity)
        }
        return [
            line("Leicester, Leicestershire and Rutland", nil, 0, "", ""),
            line("Leicester", 0, 354, "Leicester", "QL1", DemoEthnicity.leicester),
            line("Leicestershire", 0, 0, "", ""),
            line(
                "Rutland", 0, 40, "Oakham, Oakham, Uppingham, Ketton, Cottesmore, Ryhall", "QL15", DemoEthnicity.rutland
            ),
            line("Blaby", 2, 102, "Blaby, Narborough, Enderby, Braunstone Town, Countesthorpe", "QL8"),
            line("Charnwood", 2, 186, "Loughborough, Loughborough, Shepshed, Syston, Birstall, Mountsorrel", "QL11"),
            line("Harborough", 2, 94, "Market Harborough, Lutterworth, Broughton Astley, Kibworth", "QL16"),
            line("Hinckley and Bosworth", 2, 113, "Hinckley, Earl Shilton, Barwell, Market Bosworth", "QL10"),
            line("Melton", 2, 51, "Melton Mowbray, Asfordby, Bottesford", "QL13"),
            line("North West Leicestershire", 2, 104, "Coalville, Ashby-de-la-Zouch, Castle Donington", "QL6"),
            line("Oadby and Wigston", 2, 57, "Oadby, Wigston, South Wigston", "QL18", DemoEthnicity.leicester),
            line(elsewhere, nil, size == .rutland ? 120 : 22, "Peterborough, Stamford, Nuneaton, Corby, Derby", "QZ3"),
        ]
    }

    /// Writes partnership, areas, thresholds, agencies and their keys.
    func write(_ size: DemoSize, to batch: inout DemoBatch) {
        batch[.partnership].add(partnership, size.rawValue, size.partnershipName, true)
        var dice = DemoDice(.plan, -2)
        for area in areas {
            batch[.area].add(area.id, partnership, area.name, area.parent.map { areas[$0].id })
        }
        for area in areas where area.name != Self.elsewhere {
            batch[.riskThreshold].add(
                dice.uuid(), partnership, area.id, "safeLivesDash", area.threshold,
                DemoDay(year: 2016, month: 4, day: 1))
        }
        for agency in agencies {
            batch[.agency].add(agency.id, partnership, agency.name, agency.kind, agency.isFrontDoor,
                agency.kind == "perpetratorService" ? "harming" : "harmed")
            batch[.agencyKey].add(agency.id, partnership, agency.key.masterKeyID, agency.key.wrapped)
        }
    }
}
