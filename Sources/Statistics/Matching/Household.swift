/// What follows from a household alone, worked out once and held against every unit.
struct Household: Sendable {
    /// Larger than any unit: a household of whom it isn't known who they are.
    static let boundless = 1 << 20

    let need: HousingNeed
    let adults: ClosedRange<Int>
    let children: ClosedRange<Int>
    let rooms: ClosedRange<Int>
    /// Who sleeps in a bed and who may have a cot instead, at best and at worst.
    let atBest: Sleepers
    let atWorst: Sleepers
    /// The age of the oldest who is known to be a boy of a known age, and of the oldest who may be one; -1 for none.
    let oldestBoy: Int
    let oldestPossibleBoy: Int
    let hasWoman: Bool
    let hasMan: Bool
    let hasAdultOfUnknownSex: Bool
    let hasAdultOfOtherSex: Bool
    /// Where they come from and where they aren't safe, as far as known.
    let areas: Set<String>
    /// What is not known about who they are and how old, for questions about size.
    let unknownSizes: CaseSet<MatchQuestion>

    struct Sleepers: Sendable {
        /// Two years or older.
        var inBeds: Int
        /// Under two.
        var inCots: Int

        func beds(cots: Int) -> Int { inBeds + max(0, inCots - cots) }
    }

    init(_ need: HousingNeed) {
        self.need = need
        let adults = need.adults.value, children = need.children.value
        let ages = children?.map(\.age.value) ?? []
        self.adults = (adults?.count ?? 1)...(adults?.count ?? Self.boundless)
        self.children = ages.count...(children == nil ? Self.boundless : ages.count)
        rooms = BedroomRule.rooms(of: need) ?? 1...Self.boundless
        let older = ages.filter { $0.map { $0 >= 2 } ?? false }.count
        let babies = ages.filter { $0.map { $0 < 2 } ?? false }.count
        let unsaid = ages.count - older - babies
        atBest = Sleepers(
            inBeds: self.adults.lowerBound + older,
            inCots: babies + unsaid + (need.expecting.value == true ? 1 : 0))
        atWorst = Sleepers(
            inBeds: self.adults.upperBound + older + unsaid + (children == nil ? Self.boundless : 0),
            inCots: babies + (need.expecting.value == false ? 0 : 1))
        oldestBoy = children?.filter { $0.sex.value == .male }.compactMap(\.age.value).max() ?? -1
        oldestPossibleBoy =
            children.map { all in
                all.filter { $0.sex.value != .female }.map { $0.age.value ?? 17 }.max() ?? -1
            } ?? 17
        hasWoman = adults?.contains { $0.sex.value == .female } ?? false
        hasMan = adults?.contains { $0.sex.value == .male } ?? false
        hasAdultOfUnknownSex = adults?.contains { $0.sex.isUnknown } ?? true
        hasAdultOfOtherSex = adults?.contains { $0.sex.value == .other } ?? false
        areas = (need.unsafeAreas.value ?? []).union(need.homeArea.value.map { [$0] } ?? [])
        unknownSizes = Self.unknownSizes(need)
    }

    private static func unknownSizes(_ need: HousingNeed) -> CaseSet<MatchQuestion> {
        var questions: CaseSet<MatchQuestion> = []
        let children = need.children.value ?? []
        if need.adults.isUnknown || need.children.isUnknown { questions.insert(.members) }
        if children.contains(where: \.age.isUnknown) { questions.insert(.childrensAges) }
        if children.contains(where: { $0.sex.value == nil || $0.sex.value == .other }) {
            questions.insert(.childrensSex)
        }
        if need.expecting.isUnknown { questions.insert(.expecting) }
        return questions
    }
}
