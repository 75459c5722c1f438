import Foundation

/// Invents people.
struct DemoPeople: Sendable {
    let organisations: DemoOrganisations
    let clock: DemoClock

    /// Ages are counted to this day, so that dates of birth are the same whenever the demonstration is seeded.
    static let ageDay = DemoDay(year: 2026, month: 1, day: 1)

    /// Somebody who is harmed, or about whom somebody rings.
    func harmed(agency: Int, created: DemoMoment, by: Int, _ dice: inout DemoDice) -> DemoPerson {
        let area = dice.pick(
            weighted: organisations.areas.indices.compactMap { index in
                let weight = organisations.areas[index].weight
                return weight > 0 ? (weight, index) : nil
            })
        let place = organisations.areas[area]
        let isFemale = dice.chance(85)
        let age = dice.pick(
            weighted: [
                (3, 16...17), (14, 18...24), (29, 25...34), (25, 35...44), (14, 45...54), (8, 55...64), (4, 65...74),
                (3, 75...92),
            ] as [(Int, ClosedRange<Int>)])
        var person = invented(
            group: DemoEthnicity.drawn(place.ethnicity, &dice), isFemale: isFemale, age: dice.within(age),
            agency: agency,
            created: created, by: by, &dice)
        person.area = dice.chance(94) ? area : nil
        person.isProtected = dice.chance(7)
        if dice.chance(88) { person.phones = [DemoPlaces.phone(&dice)] }
        if dice.chance(9) { person.phones.append(DemoPlaces.phone(&dice)) }
        if dice.chance(80) { person.address = DemoPlaces.address(in: place, &dice) }
        if person.address != nil, dice.chance(person.isProtected ? 90 : 14) {
            person.formerAddress = DemoPlaces.address(in: place, &dice)
        }
        otherNames(&person, &dice)
        gaps(&person, harming: false, &dice)
        return person
    }

    /// Who harms, fitting to who is harmed: of an age, mostly of the same heritage, or family.
    func harming(_ harmed: DemoPerson, _ tie: DemoTie, created: DemoMoment, by: Int, _ dice: inout DemoDice)
        -> DemoPerson
    {
        let age = (Self.ageDay - harmed.birth) / 365
        let theirs = min(max(age + tie.yearsOlder + dice.within(-6...6), 16), 90)
        let group =
            tie.isFamily || dice.chance(86)
            ? harmed.group
            : DemoEthnicity.drawn(organisations.areas[harmed.area ?? 1].ethnicity, &dice)
        var person = invented(
            group: group, tie.isFamily ? harmed.heritages : nil, isFemale: tie.isFemale, age: theirs,
            agency: harmed.agency, created: created, by: by, &dice)
        if tie.isFamily ? dice.chance(85) : tie.connection == .married && dice.chance(60) {
            let name = DemoName(given: person.name.given, family: Self.familyName(of: harmed, female: person.isFemale))
            if !name.family.isEmpty, !name.mustNotOccur { person.name = name }
        }
        person.area = dice.chance(45) ? harmed.area : nil
        if dice.chance(22) { person.phones = [DemoPlaces.phone(&dice)] }
        if dice.chance(30) {
            person.address =
                tie.isSeparated || harmed.address == nil
                ? harmed.area.map { DemoPlaces.address(in: organisations.areas[$0], &dice) } : harmed.address
        }
        gaps(&person, harming: true, &dice)
        return person
    }

    /// The surname of somebody as a relative of the other sex bears it; empty where families don't share one.
    static func familyName(of person: DemoPerson, female: Bool) -> String {
        let names = person.heritages.surname.names
        let ofOneSex = ["Kaur", "Singh", "Begum", "Bibi", "Khatun"]
        if ofOneSex.contains(person.name.family) { return "" }
        let base = names.surnames.first { names.feminine($0) == person.name.family } ?? person.name.family
        return female ? names.feminine(base) : base
    }

    func invented(
        group: Ethnicity, _ known: (given: DemoHeritage, surname: DemoHeritage)? = nil, isFemale: Bool, age: Int,
        agency: Int, created: DemoMoment, by: Int, _ dice: inout DemoDice
    ) -> DemoPerson {
        let id = dice.uuid()
        let drawn = DemoEthnicity.heritages(of: group, &dice)
        let heritages = known ?? drawn
        let birth = Self.ageDay + -(age * 365 + age / 4 + dice.below(365))
        var person = DemoPerson(
            id: id, agency: agency,
            name: .invented(heritages, female: isFemale, bornIn: birth.civil.year, &dice), isFemale: isFemale,
            sex: isFemale ? .female : .male, birth: birth, heritages: heritages, group: group, ethnicity: group,
            created: created, createdBy: by)
        let (percent, languages) = heritages.surname.languages
        // People born here speak English first more often than their parents do.
        if dice.chance(age < 30 ? percent * 0.6 : age > 60 ? min(percent * 1.3, 90) : percent) {
            person.language = dice.pick(languages)
            person.needsInterpreter = dice.chance(person.language == "British Sign Language" ? 90 : age > 55 ? 60 : 38)
        }
        return person
    }

    private func otherNames(_ person: inout DemoPerson, _ dice: inout DemoDice) {
        if person.isFemale, dice.chance(9) {
            let maiden = person.heritages.surname.names
            let name = DemoName(given: person.name.given, family: maiden.feminine(dice.pick(maiden.surnames)))
            if !name.mustNotOccur, name != person.name { person.otherNames.append(("former", name)) }
        }
        if dice.chance(4) { person.otherNames.append(("alias", person.name.misspelt(&dice))) }
        if person.otherNames.isEmpty, dice.chance(3), let short = Self.short[person.name.given] {
            let name = DemoName(given: short, family: person.name.family)
            if !name.mustNotOccur { person.otherNames.append(("alias", name)) }
        }
    }

    private static let short = [
        "Margaret": "Peggy", "Patricia": "Pat", "Samantha": "Sam", "Rebecca": "Becky", "Elizabeth": "Liz",
        "Charlotte": "Lottie", "Jessica": "Jess", "Katarzyna": "Kasia", "Małgorzata": "Gosia", "Agnieszka": "Aga",
        "Bernadette": "Bernie", "Jacqueline": "Jackie", "Stephanie": "Steph", "Georgia": "Gee", "Catherine": "Cath",
        "Harpreet": "Preet", "Fatema": "Fati", "Olivia": "Liv", "Victoria": "Vicky", "Deborah": "Debs",
    ]

    /// What was not asked, refused or not known: four values in the sources, never one.
    private func gaps(_ person: inout DemoPerson, harming: Bool, _ dice: inout DemoDice) {
        let missing: Ethnicity? =
            switch dice.below(100) {
            case ..<(harming ? 20 : 16): .notAsked
            case ..<(harming ? 44 : 27): .notKnown
            case ..<(harming ? 45 : 31): .declined
            default: nil
            }
        if let missing { person.ethnicity = missing }
        switch dice.below(100) {
        case ..<(harming ? 26 : 5): person.birthKnown = "notKnown"
        case ..<(harming ? 36 : 13): person.birthKnown = "notAsked"
        case ..<(harming ? 36 : 15): person.birthKnown = "declined"
        default: break
        }
        if !harming, dice.chance(2) { person.sex = dice.pick([.notAsked, .declined, .notKnown]) }
        if harming, dice.chance(4) { person.name.family = "" }
    }
}
