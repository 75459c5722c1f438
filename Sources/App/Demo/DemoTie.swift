/// What the person harming is to the person harmed.
struct DemoTie: Sendable {
    let connection: Connectedness
    /// "ex-husband", "son": as a note would say it.
    let word: String
    /// The person harming.
    let isFemale: Bool
    /// How many years the person harming is older.
    let yearsOlder: Int
    let isFamily: Bool
    let isSeparated: Bool

    /// Invented for somebody harmed.
    static func invented(harmedIsFemale: Bool, age: Int, _ dice: inout DemoDice) -> DemoTie {
        let connection: Connectedness = dice.pick(weighted: [
            (age > 20 ? 24 : 1, .married), (1, .civilPartners), (2, .agreedToMarry), (38, .intimateRelationship),
            (age < 55 && age > 18 ? 13 : 0, .parentsOfSameChild), (age > 55 ? 40 : 13, .relatives),
            (2, .notPersonallyConnected), (2, .notAsked), (2, .notKnown),
        ])
        let sameSex = connection == .civilPartners ? dice.chance(80) : dice.chance(4)
        let isFemale = harmedIsFemale == sameSex
        let separated = dice.chance(connection == .parentsOfSameChild ? 95 : 52)
        func tie(_ word: String, female: Bool? = nil, older: Int = 2, family: Bool = false, apart: Bool? = nil)
            -> DemoTie
        {
            DemoTie(
                connection: connection, word: word, isFemale: female ?? isFemale, yearsOlder: older, isFamily: family,
                isSeparated: apart ?? separated)
        }
        let ex = separated ? "ex-" : ""
        switch connection {
        case .married: return tie(ex + (isFemale ? "wife" : "husband"))
        case .agreedToMarry: return tie(ex + (isFemale ? "fiancée" : "fiancé"))
        case .relatives: return relative(age: age, &dice)
        case .notPersonallyConnected:
            return tie(dice.pick(["housemate", "neighbour", "lodger"]), older: 0, apart: false)
        case .intimateRelationship where !separated && dice.chance(50):
            return tie(isFemale ? "girlfriend" : "boyfriend")
        default: return tie(ex + "partner")
        }
    }

    private static func relative(age: Int, _ dice: inout DemoDice) -> DemoTie {
        let (word, isFemale, older): (String, Bool, Int) = dice.pick(weighted: [
            (age > 36 ? 50 : 0, ("son", false, -26)), (age > 36 ? 9 : 0, ("daughter", true, -26)),
            (age < 30 ? 30 : 4, ("father", false, 28)), (age < 30 ? 14 : 2, ("mother", true, 27)),
            (14, ("brother", false, 2)), (3, ("sister", true, 1)), (age < 40 ? 6 : 1, ("uncle", false, 24)),
            (age < 45 ? 8 : 0, ("mother-in-law", true, 26)), (age > 65 ? 12 : 0, ("grandson", false, -46)),
        ])
        return DemoTie(
            connection: .relatives, word: word, isFemale: isFemale, yearsOlder: older, isFamily: true,
            isSeparated: dice.chance(35))
    }
}
