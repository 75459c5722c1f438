import Foundation

/// Somebody who works in the partnership.
struct DemoColleague: Sendable {
    let id: UUID
    let name: DemoName
    let email: String
    let role: Role
    /// Index of the agency.
    let agency: Int
    let started: DemoDay
    /// The last day at work, for those who have left.
    let left: DemoDay?
    /// One of those who can sign in; the others are only the authors of what is recorded.
    let canSignIn: Bool

    var fullName: String { "\(name.given) \(name.family)" }

    func worked(on day: DemoDay) -> Bool { started <= day && left.map { day <= $0 } ?? true }
}

/// Everybody who works in the partnership.
struct DemoStaff: Sendable {
    let all: [DemoColleague]
    /// Indexes by agency and role of those who are still there.
    private let present: [[Role: [Int]]]
    private let everyone: [[Role: [Int]]]

    /// The invented people of the README: who signs in, at which agency.
    private static let cast: [(given: String, family: String, role: Role, agency: Int)] = [
        ("Tamsin", "Okafor-Reeve", .helplineWorker, DemoOrganisations.frontDoor),
        ("Gurleen", "Sandhar-Pike", .idva, DemoOrganisations.frontDoor),
        ("Kezia", "Thorneycroft", .idva, DemoOrganisations.frontDoor),
        ("Bronagh", "Tillotson", .serviceManager, DemoOrganisations.frontDoor),
        ("Dafydd", "Illingsworth", .housingOfficer, DemoOrganisations.charnwoodHousing),
        ("Krystyna", "Maleczek", .administrator, DemoOrganisations.frontDoor),
        ("Idris", "Vale-Oduya", .dataProtectionOfficer, DemoOrganisations.frontDoor),
        ("Osian", "Tredwell-Kaur", .perpetratorWorker, DemoOrganisations.behaviour),
        ("Marisol", "Hethersett", .referrer, DemoOrganisations.police),
    ]

    /// The indexes of the two IDVAs of the cast.
    static let firstIdva = 1
    static let secondIdva = 2
    static let helplineWorker = 0
    static let manager = 3
    static let housingOfficer = 4
    static let perpetratorWorker = 7
    static let policeReferrer = 8

    /// The posts of the others, over and over until there are enough people.
    private static let posts: [(role: Role, agency: Int)] = [
        (.helplineWorker, 0), (.idva, 0), (.idva, 1), (.helplineWorker, 2), (.idva, 2), (.housingOfficer, 3),
        (.helplineWorker, 1), (.idva, 0), (.idva, 0), (.helplineWorker, 0), (.idva, 0), (.serviceManager, 1),
        (.idva, 0), (.idva, 1), (.housingOfficer, 5), (.idva, 0), (.helplineWorker, 0), (.idva, 0), (.idva, 2),
        (.idva, 0), (.housingOfficer, 6), (.idva, 0), (.serviceManager, 0), (.idva, 0), (.housingOfficer, 7),
        (.idva, 0), (.idva, 0), (.helplineWorker, 0), (.idva, 0), (.housingOfficer, 8),
    ]

    init(_ count: Int, clock: DemoClock) {
        var colleagues: [DemoColleague] = []
        var emails: Set<String> = []
        for index in 0..<count {
            var dice = DemoDice(.staff, index)
            let id = dice.uuid()
            let member = index < Self.cast.count ? Self.cast[index] : nil
            let post = member.map { ($0.role, $0.agency) } ?? Self.posts[(index - Self.cast.count) % Self.posts.count]
            var name = member.map { DemoName(given: $0.given, family: $0.family) } ?? Self.invented(&dice)
            while !emails.insert(Self.email(name)).inserted { name = Self.invented(&dice) }
            // A tenth of the others have left, for those who look at old notes.
            let hasLeft = member == nil && index % 10 == 9 && post.0 != .serviceManager && count > 20
            colleagues.append(
                DemoColleague(
                    id: id, name: name, email: Self.email(name), role: post.0, agency: post.1,
                    started: clock.day(ago: DemoClock.reach.back),
                    left: hasLeft ? clock.day(ago: dice.within(40...500)) : nil,
                    canSignIn: member != nil))
        }
        colleagues.append(Self.childrensWorker(clock))
        colleagues += Self.accommodationWorkers(clock) + Self.readersOfFigures(clock)
        all = colleagues
        func grouped(_ include: (DemoColleague) -> Bool) -> [[Role: [Int]]] {
            (0..<30).map { agency in
                Dictionary(
                    grouping: colleagues.indices.filter { colleagues[$0].agency == agency && include(colleagues[$0]) },
                    by: { colleagues[$0].role })
            }
        }
        present = grouped { $0.left == nil }
        everyone = grouped { _ in true }
    }

    /// The children's worker of the cast. Last, so that everybody else is who they were before there was one.
    private static func childrensWorker(_ clock: DemoClock) -> DemoColleague {
        var dice = DemoDice(.staff, 50_000)
        let name = DemoName(given: "Wren", family: "Adeyinka-Holt")
        return DemoColleague(
            id: dice.uuid(), name: name, email: email(name), role: .childrensWorker,
            agency: DemoOrganisations.frontDoor, started: clock.day(ago: DemoClock.reach.back), left: nil,
            canSignIn: true)
    }

    /// Her index.
    var childrensWorker: Int { all.count - 6 }

    /// Whoever runs safe accommodation: the cast's, and one of another provider.
    private static func accommodationWorkers(_ clock: DemoClock) -> [DemoColleague] {
        let people = [
            (50_001, "Ottoline", "Marchbanks-Rao", DemoOrganisations.womensAid, true),
            (50_002, "Saoirse", "Whittingdale-Noor", DemoOrganisations.panahghar, false),
        ]
        return people.map { index, given, family, agency, canSignIn in
            var dice = DemoDice(.staff, index)
            let name = DemoName(given: given, family: family)
            return DemoColleague(
                id: dice.uuid(), name: name, email: email(name), role: .accommodationWorker, agency: agency,
                started: clock.day(ago: DemoClock.reach.back), left: nil, canSignIn: canSignIn)
        }
    }

    /// Who answers for a provider's figures; who makes figures of what agencies hand in, and who reads them, both of a
    /// council.
    private static func readersOfFigures(_ clock: DemoClock) -> [DemoColleague] {
        let people = [
            (50_005, "Morwenna", "Achebe-Lind", Role.serviceManager, DemoOrganisations.womensAid, false),
            (50_003, "Cerys", "Vandermolen", Role.analyst, DemoOrganisations.housing[3] ?? 0, true),
            (50_004, "Hollis", "Ashgrove-Bhatt", Role.commissioner, DemoOrganisations.housing[3] ?? 0, true),
        ]
        return people.map { index, given, family, role, agency, canSignIn in
            var dice = DemoDice(.staff, index)
            let name = DemoName(given: given, family: family)
            return DemoColleague(
                id: dice.uuid(), name: name, email: email(name), role: role, agency: agency,
                started: clock.day(ago: DemoClock.reach.back), left: nil, canSignIn: canSignIn)
        }
    }

    /// Her index.
    var analyst: Int { all.count - 2 }

    /// Whoever answers for an agency's work now; nil: nobody does.
    func manager(of agency: Int) -> Int? { present[agency][.serviceManager]?.first }

    /// The index of the one who works there.
    func accommodationWorker(at agency: Int) -> Int {
        agency == DemoOrganisations.womensAid ? all.count - 5 : all.count - 4
    }

    /// Somebody of this role who worked there on the day; when there is none, somebody of the front door.
    func one(_ role: Role, at agency: Int, on day: DemoDay, _ dice: inout DemoDice) -> Int {
        let choice =
            everyone[agency][role] ?? everyone[agency][.idva] ?? everyone[agency][.housingOfficer]
            ?? everyone[DemoOrganisations.frontDoor][role] ?? [0]
        let picked = dice.pick(choice)
        if all[picked].worked(on: day) { return picked }
        return dice.pick(present[agency][role] ?? present[DemoOrganisations.frontDoor][role] ?? [0])
    }

    /// Writes accounts and roles. `doors` gives password hash and sealed TOTP secret of those who can sign in.
    func write(
        _ partnership: UUID, _ organisations: DemoOrganisations, doors: [UUID: DemoDoor], to batch: inout DemoBatch
    ) {
        for (index, colleague) in all.enumerated() {
            let door = doors[colleague.id]
            var dice = DemoDice(.staff, 100_000 + index)
            batch[.account].add(
                colleague.id, partnership, colleague.email, colleague.fullName, door?.passwordHash, door?.totpSealed,
                colleague.left.map { DemoMoment(seconds: ($0.number + 1) * 86_400) },
                DemoMoment(seconds: colleague.started.number * 86_400 + 32_400))
            batch[.roleAssignment].add(
                dice.uuid(), partnership, colleague.id, organisations.agencies[colleague.agency].id,
                colleague.role.rawValue, colleague.started, colleague.left)
            // The front door is one: who answers the telephone answers for both sides of the wall.
            if colleague.role == .helplineWorker, colleague.agency == DemoOrganisations.frontDoor {
                batch[.roleAssignment].add(
                    dice.uuid(), partnership, colleague.id, organisations.agencies[DemoOrganisations.behaviour].id,
                    colleague.role.rawValue, colleague.started, colleague.left)
            }
        }
    }

    private static func invented(_ dice: inout DemoDice) -> DemoName {
        let group = DemoEthnicity.drawn(DemoEthnicity.leicester, &dice)
        let heritages = DemoEthnicity.heritages(of: group, &dice)
        return DemoName.invented(heritages, female: dice.chance(85), bornIn: dice.within(1962...2001), &dice)
    }

    /// "Łucja O'Hara" as lucja.ohara@example.org
    private static func email(_ name: DemoName) -> String {
        func plain(_ text: String) -> String {
            let letters = text.lowercased().replacing("ł", with: "l").replacing(" ", with: "-")
                .decomposedStringWithCanonicalMapping.unicodeScalars.filter {
                    $0.isASCII && ($0.properties.isAlphabetic || $0 == "-")
                }
            return String(String.UnicodeScalarView(letters))
        }
        return "\(plain(name.given)).\(plain(name.family))@example.org"
    }
}

/// What somebody needs to sign in, as stored.
struct DemoDoor: Sendable {
    let passwordHash: String
    let totpSealed: Data
}
