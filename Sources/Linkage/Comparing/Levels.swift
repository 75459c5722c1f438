/// How two values compare, in five bits: 0 where one is missing, 1 to 15 by kind of field, from 16 the same value by
/// its class of rarity. The same number means the same in a saved model.
enum Level {
    static let missing = 0
    static let different = 1
    static let same = 16

    enum Name {
        static let farLike = 2, like = 3, veryLike = 4, soundsAlike = 5, oneEdit = 6, related = 7, initial = 8
        static let part = 9, crossed = 10, otherInitial = 11, beginning = 12, middle = 13
        static let halfCrossed = 14
    }

    enum Date {
        static let years = 2, sameYear = 3, sameDayAndMonth = 4, nearDay = 5, otherDay = 6, otherMonth = 7
        static let nearYear = 8, swapped = 9, placeholder = 10
    }

    enum Postcode {
        static let area = 2, outward = 3, oneEdit = 4
    }

    enum Number {
        static let oneWrong = 2, twoEdits = 3, oneEditBothRight = 4, oneEdit = 5
    }

    enum Text {
        static let farLike = 2, like = 3, veryLike = 4, oneEdit = 5, words = 6
    }

    /// Levels that a kind of field has between missing and the same: 1 to this.
    static func count(_ type: FieldType) -> Int { names(type).count }

    /// What a level is called, for people and for files.
    static func name(_ type: FieldType, _ level: Int) -> String {
        if level == missing { return "missing" }
        if level >= same { return "the same" }
        let names = names(type)
        return level <= names.count ? names[level - 1] : "different"
    }

    private static func names(_ type: FieldType) -> [String] {
        switch type {
        case .forename, .middleName, .surname:
            [
                "different", "somewhat alike", "alike", "very alike", "sound alike", "one letter apart",
                "short form or spelling", "initial agrees", "part of a double name", "forename and surname swapped",
                "initial differs", "one begins the other", "agrees with the middle name",
                "one name in the other's place",
            ]
        case .date:
            [
                "different, 16 years or more apart", "different", "the same year", "the same day and month",
                "day nearly the same", "day differs", "month differs", "year nearly the same",
                "day and month swapped", "1 January of the same year",
            ]
        case .postcode: ["different", "the same district", "district only, agrees", "one character apart"]
        case .nhsNumber, .identifier, .phone:
            [
                "different", "different, one has a wrong check digit", "two digits apart",
                "one digit apart, both right", "one digit apart",
            ]
        case .address, .text:
            ["different", "somewhat alike", "alike", "very alike", "one letter apart", "words in common"]
        case .sex, .category: ["different"]
        }
    }
}
