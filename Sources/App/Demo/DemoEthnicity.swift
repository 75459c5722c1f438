/// Who lives where, and which names they bear.
enum DemoEthnicity {
    /// The 19 groups in the order of the weights below.
    static let groups = Array(Ethnicity.allCases.prefix(19))

    /// About how many in a thousand residents, after Census 2021, table TS021.
    static let leicester = [343, 34, 20, 7, 30, 56, 12, 10, 14, 6, 10, 8, 332, 7, 1, 3, 67, 8, 32]
    static let leicestershire = [60, 4, 5, 4, 9, 6, 3, 2, 8, 2, 8, 5, 831, 6, 1, 1, 36, 2, 7]
    static let rutland = [7, 2, 1, 4, 5, 6, 4, 3, 6, 2, 6, 4, 910, 7, 2, 1, 27, 1, 2]

    /// One group by such a list of weights.
    static func drawn(_ weights: [Int], _ dice: inout DemoDice) -> Ethnicity {
        dice.pick(weighted: Array(zip(weights, groups)))
    }

    /// The heritages of a person's given name and surname: mostly one, two in mixed families and after marriages.
    static func heritages(of group: Ethnicity, _ dice: inout DemoDice) -> (given: DemoHeritage, surname: DemoHeritage) {
        let surname = dice.pick(weighted: surnames(of: group))
        switch group {
        case .whiteAndBlackCaribbean, .whiteAndBlackAfrican, .whiteAndAsian, .otherMixed:
            return (dice.chance(75) ? .english : surname, surname)
        case .whiteBritish where surname != .english:
            return (dice.chance(70) ? .english : surname, surname)
        case .caribbean where dice.chance(35): return (.english, surname)
        default: return (surname, surname)
        }
    }

    /// Heritages of the surname, with weights.
    private static func surnames(of group: Ethnicity) -> [(Int, DemoHeritage)] {
        switch group {
        case .indian: [(64, .gujarati), (14, .gujaratiMuslim), (22, .punjabi)]
        case .pakistani: [(1, .pakistani)]
        case .bangladeshi: [(1, .bengali)]
        case .chinese: [(1, .chinese)]
        case .otherAsian: [(9, .otherAsian), (1, .gujarati)]
        case .african: [(34, .westAfrican), (28, .southernAfrican), (38, .somali)]
        case .caribbean: [(1, .caribbean)]
        case .otherBlack: [(6, .caribbean), (4, .westAfrican)]
        case .whiteAndBlackCaribbean: [(6, .english), (4, .caribbean)]
        case .whiteAndBlackAfrican: [(4, .english), (4, .westAfrican), (2, .southernAfrican)]
        case .whiteAndAsian: [(4, .english), (3, .gujarati), (2, .punjabi), (1, .pakistani)]
        case .otherMixed: [(4, .english), (2, .chinese), (2, .arabic), (2, .portuguese)]
        case .whiteBritish, .notAsked, .declined, .notKnown: [(88, .english), (5, .scottish), (3, .welsh), (4, .irish)]
        case .whiteIrish: [(1, .irish)]
        case .gypsyOrIrishTraveller: [(1, .traveller)]
        case .roma: [(1, .romanian)]
        case .otherWhite: [(46, .polish), (24, .romanian), (14, .lithuanian), (16, .portuguese)]
        case .arab: [(1, .arabic)]
        case .otherEthnic: [(6, .arabic), (4, .punjabi)]
        }
    }
}
