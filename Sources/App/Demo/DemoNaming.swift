import Crypto
import Foundation

/// A name as it is recorded.
struct DemoName: Equatable, Sendable {
    var given: String
    var family: String
}

extension DemoName {
    /// A name for somebody of these heritages and year of birth; never one that must not occur.
    static func invented(
        _ heritages: (given: DemoHeritage, surname: DemoHeritage), female: Bool, bornIn year: Int,
        _ dice: inout DemoDice
    ) -> DemoName {
        var name: DemoName
        repeat {
            name = drawn(heritages, female: female, bornIn: year, &dice)
        } while name.mustNotOccur
        return name
    }

    private static func drawn(
        _ heritages: (given: DemoHeritage, surname: DemoHeritage), female: Bool, bornIn year: Int,
        _ dice: inout DemoDice
    ) -> DemoName {
        let givens = heritages.given.names
        var given = dice.pick((female ? givens.women : givens.men).names(bornIn: year))
        let surnames = heritages.surname.names
        var family = dice.pick(surnames.surnames)
        if female { family = surnames.feminine(family) }
        if heritages.surname == .punjabi {
            // Religious names serve as surname, as middle name, or both ways in two records of one person.
            if family == "Singh" || family == "Kaur" { family = female ? "Kaur" : "Singh" }
            if family != "Kaur", family != "Singh", dice.chance(45) { given += female ? " Kaur" : " Singh" }
        }
        if heritages.surname == .bengali || heritages.surname == .pakistani,
            !female, family == "Begum" || family == "Bibi" || family == "Khatun"
        {
            family = "Ali"
        }
        let doubles: [DemoHeritage] = [.english, .welsh, .caribbean, .westAfrican, .portuguese]
        if doubles.contains(heritages.surname), !family.contains("-"), dice.chance(female ? 5 : 3) {
            let other = dice.pick(DemoHeritage.english.names.surnames)
            if other != family { family += "-\(other)" }
        }
        if heritages.given == .english, year > 1940, dice.chance(3) {
            let second = dice.pick((female ? givens.women : givens.men).names(bornIn: year))
            if second != given, !given.contains("-") { given += dice.chance(50) ? "-\(second)" : " \(second)" }
        }
        return DemoName(given: given, family: family)
    }

    private static let misheard = [
        "Claire": "Clare", "Stephen": "Steven", "Steven": "Stephen", "Katie": "Katy", "Sarah": "Sara", "Niamh": "Neve",
        "Siobhán": "Shevaun", "Mohammed": "Muhammad", "Rachel": "Rachael", "Lyndsey": "Lindsay", "Zoe": "Zowie",
        "Siân": "Sharn", "Craig": "Greg", "Michelle": "Michele", "Żaneta": "Zaneta", "Aoife": "Eefa",
    ]

    /// How the name would be mis-heard or mistyped: one letter doubled, dropped, swapped or changed.
    func misspelt(_ dice: inout DemoDice) -> DemoName {
        var wrong = self
        if dice.chance(50), family.count > 3 {
            wrong.family = DemoTypos.slip(in: family, &dice)
        } else {
            wrong.given = Self.misheard[given] ?? (given.count > 3 ? DemoTypos.slip(in: given, &dice) : given)
        }
        return wrong.mustNotOccur ? self : wrong
    }
}

/// Names of real people that invented names must not hit: those of the source documents, and well-known ones that
/// these lists could make by chance. Kept as hashes only, so that the names themselves stand nowhere in the project.
extension DemoName {
    /// True when the full name is one of those.
    var mustNotOccur: Bool { Self.avoided.contains(fingerprint) }

    /// First 8 bytes of the SHA-256 of the letters, lower case without diacritics: "Zoë O'Hara-Lee" is "zoeoharalee".
    var fingerprint: UInt64 {
        let letters = (given + family).decomposedStringWithCanonicalMapping.lowercased().unicodeScalars.filter {
            $0.properties.isAlphabetic
        }
        let hash = SHA256.hash(data: Data(String(String.UnicodeScalarView(letters)).utf8))
        return hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
