import Statistics

/// Small random homes and households of which every fact is known, close to one another, so that each rule holds about
/// as often as it fails; and the same with facts forgotten.
struct RandomHomes {
    var chance: Chance
    private let areas = ["A", "B", "C", "D"]

    init(seed: UInt64) { chance = Chance(seed: seed) }

    mutating func happens(_ share: Double) -> Bool { chance.fraction() < share }

    mutating func one<Value>(of values: [Value]) -> Value { values[chance.below(values.count)] }

    private mutating func some<Case: BitCase>(_ share: Double) -> Features<Case> {
        .known(CaseSet(Case.allCases.filter { _ in happens(share) }))
    }

    private mutating func someAreas(_ share: Double) -> Set<String> { Set(areas.filter { _ in happens(share) }) }

    /// `ease` from 0 to 1: how seldom a rule fails.
    mutating func unit(_ id: String, ease: Double = 0.7) -> HousingUnit {
        var unit = HousingUnit(id: id, provider: one(of: ["p", "q"]), kind: one(of: HousingUnit.Kind.allCases))
        unit.area = .known(one(of: areas))
        unit.bedspaces = .known(chance.below(4) + (happens(ease) ? 4 : 0))
        unit.bedrooms = .known(1 + chance.below(5))
        unit.familySharesRoom = .known(happens(ease))
        unit.maxAdults = .known(1 + chance.below(3))
        unit.maxChildren = .known(chance.below(3) + (happens(ease) ? 3 : 0))
        unit.cots = .known(chance.below(3))
        unit.takes = .known(happens(ease) ? .anyone : one(of: [.women, .men]))
        unit.takesTrans = .known(happens(ease))
        unit.oldestBoy = .known(happens(ease) ? .noLimit : .upTo(chance.below(19) - 1))
        unit.access = some(ease)
        unit.pets = some(ease)
        unit.funding = some(ease)
        unit.supports = some(ease)
        unit.staffing = .known(happens(ease) ? .roundTheClock : one(of: HousingUnit.Staffing.allCases))
        unit.highestRisk = .known(happens(ease) ? .high : one(of: HousingNeed.Risk.allCases))
        unit.languages = .known(happens(0.5) ? ["pa"] : ["en"])
        unit.groups = .known(happens(0.5) ? ["x", "y"] : [])
        unit.exclusionAreas = .known(someAreas((1 - ease) / 2))
        unit.asksLocalConnection = .known(happens(0.5))
        unit.availability = .known(
            happens(ease) ? .freeNow : one(of: [.freeFrom(day: 1 + chance.below(8)), .held, .occupied, .void, .closed]))
        return unit
    }

    mutating func units(_ count: Int, ease: Double = 0.7) -> [HousingUnit] {
        (0..<count).map { unit("u\($0)", ease: ease) }
    }

    mutating func need(_ id: String = "h") -> HousingNeed {
        var need = HousingNeed(id: id)
        let adults = 1 + chance.below(2)
        need.adults = .known((0..<adults).map { _ in .init(.known(happens(0.8) ? .female : .male)) })
        need.children = .known((0..<chance.below(5)).map { _ in child() })
        need.hasCouple = happens(0.3)
        need.expecting = .known(happens(0.2))
        need.needsTransPolicy = happens(0.2)
        need.access = some(0.1)
        need.pets = some(0.1)
        need.supports = some(0.2)
        need.funds = .known(happens(0.5) ? .publicFunds : one(of: HousingNeed.Funds.allCases))
        need.staffing = .known(one(of: HousingUnit.Staffing.allCases))
        need.kinds = some(0.8)
        need.homeArea = .known(one(of: areas))
        need.unsafeAreas = .known(someAreas(0.2))
        need.tooNear = .known(happens(0.3) ? ["u\(chance.below(9))"] : [])
        need.conflicts = .known(happens(0.3) ? ["u\(chance.below(9))"] : [])
        need.risk = .known(one(of: HousingNeed.Risk.allCases))
        need.consents = .known(happens(0.9))
        need.from = .known(chance.below(16) - 4)
        need.canWait = chance.below(4)
        need.waitingSince = .known(chance.below(20))
        need.languages = happens(0.5) ? ["pa"] : []
        need.groups = happens(0.5) ? ["x", "z"] : []
        need.areasWanted = someAreas(0.3)
        if happens(0.5) { for number in 0..<9 { need.distanceBands["u\(number)"] = chance.below(3) } }
        return need
    }

    mutating func needs(_ count: Int) -> [HousingNeed] { (0..<count).map { need("h\($0)") } }

    mutating func child() -> HousingNeed.Child {
        .init(age: .known(one(of: [0, 1, 2, 8, 9, 10, 12, 15, 16, 17])), .known(happens(0.5) ? .male : .female))
    }

    /// A service that takes everybody into a palace, or nobody into nothing.
    mutating func extreme(_ id: String, isGenerous: Bool) -> HousingUnit {
        var unit = unit(id, ease: isGenerous ? 1 : 0)
        let many = isGenerous ? 20 : 0
        (unit.bedspaces, unit.bedrooms, unit.cots) = (.known(many), .known(many), .known(many))
        (unit.maxAdults, unit.maxChildren) = (.known(many), .known(many))
        if !isGenerous { (unit.oldestBoy, unit.exclusionAreas) = (.known(.upTo(-1)), .known(Set(areas))) }
        return unit
    }

    /// Questions to forget the answers to, each with this share.
    mutating func questions(_ share: Double) -> CaseSet<MatchQuestion> {
        CaseSet(MatchQuestion.allCases.filter { _ in happens(share) })
    }

    /// A household that agrees with everything known of `need`.
    mutating func answers(to need: HousingNeed) -> HousingNeed {
        var full = self.need(need.id)
        if let children = need.children.value {
            full.children = .known(children.map { _ in child() })
        }
        if let adults = need.adults.value {
            full.adults = .known(adults.map { _ in .init(.known(happens(0.5) ? .female : .male)) })
        }
        return full
    }
}
