import Foundation

/// The children of a case, as far as somebody asked: girls and boys, and what the texts call them.
struct DemoChildren: Sendable {
    let areGirls: [Bool]

    /// Three in ten of those who have children were asked about them. A stream of its own, so that nobody else changes.
    init?(key: Int, traits: DemoTraits, age: Int) {
        var dice = DemoDice(.child, key)
        guard traits.contains(.children), age >= 17 + Self.ages.lowerBound, dice.chance(30) else { return nil }
        // Brothers and sisters are most of a year apart: two years for each leave room, however the first fall.
        let years = Self.oldest(of: age) - Self.ages.lowerBound + 1
        areGirls = (0..<min(dice.pick([1, 1, 2, 2, 2, 3]), (years + 1) / 2)).map { _ in dice.chance(49) }
    }

    /// The oldest that a child of somebody of this age may be.
    static func oldest(of age: Int) -> Int { max(ages.lowerBound, min(ages.upperBound, age - 17)) }

    /// At `DemoPeople.ageDay`; nobody was born after the case was opened.
    static let ages = 4...15

    /// As a note would say it, of the person to whom `own` ("her", "his") belongs.
    func words(_ own: String) -> String {
        if areGirls.count == 1 { return areGirls[0] ? "\(own) daughter" : "\(own) son" }
        return areGirls.allSatisfy { $0 } ? "the girls" : areGirls.contains(true) ? "the children" : "the boys"
    }
}

extension DemoPeople {
    /// A child of somebody who is harmed, and mostly of the one who harms them.
    func child(
        of harmed: DemoPerson, and other: DemoPerson?, isGirl: Bool, created: DemoMoment, by: Int,
        _ dice: inout DemoDice
    ) -> DemoPerson {
        let most = DemoChildren.oldest(of: (Self.ageDay - harmed.birth) / 365)
        let age = dice.within(DemoChildren.ages.lowerBound...most)
        var child = invented(
            group: harmed.group, harmed.heritages, isFemale: isGirl, age: age, agency: harmed.agency, created: created,
            by: by, &dice)
        let named = dice.chance(60) ? other.flatMap { $0.name.family.isEmpty ? nil : $0 } ?? harmed : harmed
        let family = Self.familyName(of: named, female: isGirl)
        if !family.isEmpty, !DemoName(given: child.name.given, family: family).mustNotOccur {
            child.name.family = family
        }
        child.language = "English"
        child.needsInterpreter = false
        if dice.chance(12) { child.birthKnown = "notAsked" }
        return child
    }
}

extension DemoGenerator {
    /// Writes the children of a case: a record of their own, whose they are, of whose harm they are victims, and with
    /// whom they live.
    mutating func writeChildren(of made: DemoCase) throws {
        var dice = DemoDice(.child, made.key + 3_000_000)
        let agency = organisations.agencies[made.agency].id
        let by = staff.all[made.opener.by].id
        var home: UUID?
        for var child in children(of: made, &dice) {
            child.area = made.harmed.area
            child.address = made.harmed.address
            child.isProtected = made.harmed.isProtected
            try write(child, &dice)
            (people, children) = (people - 1, children + 1)
            try writePlan(ofChild: child, made)
            newChildren.append(child)
            let at = child.created
            batch[.childTie].add(
                dice.uuid(), partnership, agency, child.id, made.harmed.id, "parent", at, by)
            if let harming = made.harming {
                let isParent = made.tie.connection == .parentsOfSameChild || dice.chance(70)
                let kind = isParent ? "parent" : made.tie.isSeparated ? "notKnown" : "other"
                batch[.childTie].add(dice.uuid(), partnership, agency, child.id, harming.id, kind, at, by)
                if dice.chance(85) {
                    batch[.relationship].add(
                        dice.uuid(), partnership, agency, child.id, harming.id,
                        (isParent ? Connectedness.relatives : .notAsked).rawValue, at, by, "childVictim")
                }
            }
            let lives = home ?? household(of: made, &dice)
            home = lives
            batch[.householdMember].add(
                dice.uuid(), partnership, agency, lives, child.id, nil as DemoDay?, at, by)
        }
    }

    private func children(of made: DemoCase, _ dice: inout DemoDice) -> [DemoPerson] {
        guard made.harmedIsNew else { return [] }
        let (created, by) = (made.opened + 760, made.opener.by)
        if made.key >= Self.castKey {
            return (DemoStories.children[made.key - Self.castKey] ?? []).map { known in
                DemoPerson(
                    id: dice.uuid(), agency: made.agency, name: DemoName(given: known.given, family: known.family),
                    isFemale: known.isGirl, sex: known.isGirl ? .female : .male, birth: known.born,
                    heritages: made.harmed.heritages, group: made.harmed.group, ethnicity: made.harmed.ethnicity,
                    created: created, createdBy: by)
            }
        }
        let age = (DemoPeople.ageDay - made.harmed.birth) / 365
        let planned = DemoChildren(key: made.key, traits: made.traits, age: age)?.areGirls ?? []
        var found: [DemoPerson] = []
        for isGirl in planned {
            var child: DemoPerson
            repeat {
                child = invented.child(
                    of: made.harmed, and: made.harming, isGirl: isGirl, created: created, by: by, &dice)
            } while found.contains { $0.name.given == child.name.given || abs($0.birth - child.birth) < 300 }
            found.append(child)
        }
        return found
    }

    /// Where the person of the case lives with those who harm them; made where there is none.
    private mutating func household(of made: DemoCase, _ dice: inout DemoDice) -> UUID {
        if let shared = sharedHousehold(of: made) { return shared }
        let (home, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        batch[.household].add(home, partnership, agency)
        batch[.householdMember].add(
            dice.uuid(), partnership, agency, home, made.harmed.id, nil as DemoDay?, made.opened + 760,
            staff.all[made.opener.by].id)
        return home
    }
}

extension DemoStories {
    /// The children of the cast, by the index of the story.
    static let children: [Int: [(given: String, family: String, isGirl: Bool, born: DemoDay)]] = [
        1: [("Zofia", "Nowakowska", true, day(2018, 3, 14)), ("Antoni", "Nowakowski", false, day(2020, 10, 2))],
        2: [("Alfie", "Ironmonger", false, day(2014, 6, 21)), ("Maisie", "Ironmonger", true, day(2017, 1, 30))],
        4: [("Ayaan", "Bashir", false, day(2022, 5, 3)), ("Inaya", "Bashir", true, day(2024, 2, 20))],
        6: [("Amara", "Copson", true, day(2019, 7, 15))],
        7: [("Cai", "Probert", false, day(2016, 4, 9)), ("Seren", "Probert", true, day(2018, 12, 1))],
        9: [("Diya", "Makwana", true, day(2013, 9, 18)), ("Rohan", "Makwana", false, day(2016, 2, 6))],
    ]

    /// Other names of the cast: of the person harmed, by the index of the story.
    static let otherNames: [Int: [(kind: String, name: DemoName)]] = [
        1: [("alias", DemoName(given: "Zaneta", family: "Nowak"))],
        3: [("alias", DemoName(given: "Comfort", family: "Asante"))],
        5: [("alias", DemoName(given: "Gwen", family: "Oldershaw"))],
    ]

    /// And of the person harming.
    static let otherNamesHarming: [Int: [(kind: String, name: DemoName)]] = [
        2: [("alias", DemoName(given: "Daz", family: "Ironmonger"))],
        6: [("former", DemoName(given: "Leanne", family: "Jarram"))],
        7: [("alias", DemoName(given: "Geth", family: "Vaughan"))],
    ]
}
