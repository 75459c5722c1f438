/// How many bedrooms a household needs where families don't share one room.
///
/// The size criteria of Housing Benefit (Housing Benefit Regulations 2006, regulation B13(5)) and Universal Credit
/// (Universal Credit Regulations 2013, schedule 4, paragraph 10): a room each for a couple, any other adult and anybody
/// of 16 or 17; two children under 10 share whatever their sex, two under 16 share when they are of one sex; the fewest
/// rooms that keep this. A baby that is due needs no room yet. A service may put a whole family into one: that is a
/// fact of the unit, not of this rule.
public enum BedroomRule {
    /// Children up to this age share a room whatever their sex.
    public static let oldestSharing = 9
    /// Children up to this age share a room with one of their sex.
    public static let oldestSharingWithOwnSex = 15

    /// From the rooms needed at best to those at worst, whatever ages and sexes are not known. Nothing when it isn't
    /// known who belongs to the household.
    public static func rooms(of need: HousingNeed) -> ClosedRange<Int>? {
        guard let adults = need.adults.value, let children = need.children.value else { return nil }
        let forAdults = adults.count - (need.hasCouple && adults.count > 1 ? 1 : 0)
        var possible: Set<Sharers> = [Sharers()]
        for child in children {
            let places = Sharers.places(of: child)
            possible = possible.reduce(into: []) { next, one in for place in places { next.insert(one.with(place)) } }
        }
        let rooms = possible.map { max(1, forAdults + $0.rooms) }
        return rooms.min()!...rooms.max()!
    }
}

/// Children by whom they may share with.
private struct Sharers: Hashable {
    private var youngBoys = 0, youngGirls = 0, boys = 0, girls = 0, alone = 0

    static func places(of child: HousingNeed.Child) -> [WritableKeyPath<Sharers, Int>] {
        let isMale = child.sex.value != .female, isFemale = child.sex.value != .male
        var places: [WritableKeyPath<Sharers, Int>] = []
        func may(_ ages: ClosedRange<Int>) -> Bool { child.age.value.map(ages.contains) ?? true }
        if may(Int.min...BedroomRule.oldestSharing) {
            if isMale { places.append(\.youngBoys) }
            if isFemale { places.append(\.youngGirls) }
        }
        if may(BedroomRule.oldestSharing + 1...BedroomRule.oldestSharingWithOwnSex) {
            if isMale { places.append(\.boys) }
            if isFemale { places.append(\.girls) }
        }
        if may(BedroomRule.oldestSharingWithOwnSex + 1...Int.max) { places.append(\.alone) }
        return places
    }

    func with(_ place: WritableKeyPath<Sharers, Int>) -> Sharers {
        var changed = self
        changed[keyPath: place] += 1
        return changed
    }

    /// Older ones pair first, an odd one takes a young one of the same sex, and the rest of the young pair freely.
    var rooms: Int {
        let boyTakesYoung = boys % 2 == 1 && youngBoys > 0
        let girlTakesYoung = girls % 2 == 1 && youngGirls > 0
        let young = youngBoys + youngGirls - (boyTakesYoung ? 1 : 0) - (girlTakesYoung ? 1 : 0)
        return alone + (boys + 1) / 2 + (girls + 1) / 2 + (young + 1) / 2
    }
}
