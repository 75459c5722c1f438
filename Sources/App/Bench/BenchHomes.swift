import Statistics

/// Invented homes and households to measure matching with, the same for the same seed.
struct BenchHomes {
    private var chance: Chance
    private let areas = (0..<40).map { "E0500\($0)" }

    init(seed: UInt64) { chance = Chance(seed: seed) }

    /// Homes of which one fact in twenty is not known. Open ones take whoever comes and are free, which makes the most
    /// pairs to choose from.
    mutating func units(_ count: Int, areOpen: Bool = false) -> [HousingUnit] {
        (0..<count).map { number in areOpen ? openUnit(number) : unit(number) }
    }

    /// Households with one or two adults and up to five children.
    mutating func needs(_ count: Int, arePlain: Bool = false) -> [HousingNeed] {
        (0..<count).map { number in arePlain ? plainNeed(number) : need(number) }
    }

    /// As long as the ids of records, and in no order.
    private static func id(_ number: Int) -> String {
        var chance = Chance(seed: UInt64(number))
        return String(chance.next(), radix: 16) + "-" + String(chance.next(), radix: 16) + "-00"
    }

    private mutating func happens(_ share: Double) -> Bool { chance.fraction() < share }

    private mutating func known<Value>(_ value: Value) -> Known<Value> { happens(0.05) ? .unknown : .known(value) }

    private mutating func some<Case: BitCase>(_ share: Double, unknown: Double = 0.02) -> Features<Case> {
        Features(
            CaseSet(Case.allCases.filter { _ in happens(share) }),
            unknown: CaseSet(Case.allCases.filter { _ in happens(unknown) }))
    }

    private mutating func area() -> String { areas[chance.below(areas.count)] }

    private mutating func openUnit(_ number: Int) -> HousingUnit {
        let kind = HousingUnit.Kind.allCases[chance.below(6)]
        var unit = HousingUnit(id: Self.id(number), provider: "provider-\(chance.below(12))", kind: kind)
        unit.area = .known(area())
        unit.bedspaces = .known(2 + chance.below(6))
        unit.bedrooms = .known(1 + chance.below(4))
        unit.familySharesRoom = .known(true)
        (unit.maxAdults, unit.maxChildren, unit.cots) = (.known(4), .known(6), .known(chance.below(3)))
        (unit.takes, unit.takesTrans, unit.oldestBoy) = (.known(.anyone), .known(true), .known(.noLimit))
        (unit.access, unit.pets, unit.funding, unit.supports) = (some(0.5), .known(.all), .known(.all), .known(.all))
        (unit.staffing, unit.languages) = (.known(.roundTheClock), .known(happens(0.3) ? ["pa", "gu"] : ["en"]))
        unit.groups = .known(happens(0.2) ? ["south-asian"] : [])
        unit.exclusionAreas = .known([])
        unit.asksLocalConnection = .known(happens(0.1))
        unit.availability = .known(happens(0.5) ? .freeNow : .freeFrom(day: chance.below(14)))
        return unit
    }

    private mutating func unit(_ number: Int) -> HousingUnit {
        var unit = openUnit(number)
        unit.bedspaces = known(1 + chance.below(7))
        unit.familySharesRoom = known(happens(0.6))
        (unit.maxAdults, unit.maxChildren) = (known(1 + chance.below(2)), known(chance.below(5)))
        unit.takes = known(happens(0.8) ? .women : .anyone)
        unit.takesTrans = known(happens(0.6))
        unit.oldestBoy = known(happens(0.2) ? .noLimit : .upTo(10 + chance.below(8)))
        (unit.access, unit.pets, unit.funding, unit.supports) = (some(0.3), some(0.3), some(0.3), some(0.6))
        unit.staffing = known(HousingUnit.Staffing.allCases[chance.below(3)])
        unit.exclusionAreas = known(happens(0.3) ? [area(), area()] : [])
        if happens(0.5) { unit.availability = known(.occupied) }
        return unit
    }

    private mutating func plainNeed(_ number: Int) -> HousingNeed {
        var need = HousingNeed(id: Self.id(number))
        need.adults = .known([.init(.known(.female))])
        need.children = .known([])
        need.expecting = .known(false)
        (need.access, need.pets, need.funds, need.supports) = (.known([]), .known([]), .known(.publicFunds), .known([]))
        (need.staffing, need.homeArea, need.unsafeAreas) = (.known(.floating), .known(area()), .known([area()]))
        (need.tooNear, need.conflicts, need.consents) = (.known([]), .known([]), .known(true))
        need.risk = .known(HousingNeed.Risk.allCases[chance.below(3)])
        (need.from, need.canWait, need.waitingSince) = (.known(0), 14, .known(-chance.below(200)))
        need.areasWanted = happens(0.5) ? [area(), area()] : []
        need.languages = happens(0.2) ? ["pa"] : []
        need.groups = happens(0.2) ? ["south-asian"] : []
        return need
    }

    private mutating func need(_ number: Int) -> HousingNeed {
        var need = plainNeed(number)
        let children = (0..<chance.below(5)).map { _ in
            HousingNeed.Child(age: known(chance.below(18)), known(happens(0.5) ? .male : .female))
        }
        need.children = .known(children)
        need.access = some(0.05, unknown: 0.01)
        need.pets = some(0.05, unknown: 0.01)
        need.supports = some(0.1, unknown: 0.01)
        need.funds = known(HousingNeed.Funds.allCases[max(0, chance.below(12) - 8)])
        need.staffing = known(happens(0.2) ? .roundTheClock : .floating)
        need.canWait = chance.below(7)
        need.tooNear = .known(Set((0..<20).map { _ in Self.id(chance.below(5_000)) }))
        need.distanceBands = Dictionary((0..<50).map { _ in (Self.id(chance.below(5_000)), chance.below(4)) }) { $1 }
        return need
    }
}
