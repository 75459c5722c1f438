import Statistics
import Testing

@Suite("Bedrooms")
struct BedroomRuleTests {
    private func rooms(
        _ children: [(Int?, HousingNeed.Sex?)], adults: Int = 1, couple: Bool = false
    ) -> ClosedRange<Int>? {
        var need = HousingNeed(id: "h")
        need.adults = .known(Array(repeating: .init(.known(.female)), count: adults))
        need.children = .known(children.map { .init(age: Known($0.0), Known($0.1)) })
        need.hasCouple = couple
        return BedroomRule.rooms(of: need)
    }

    @Test func `adults have a room each, couples one, and children share by age and sex`() {
        #expect(rooms([], adults: 2) == 2...2 && rooms([], adults: 2, couple: true) == 1...1)
        #expect(rooms([(9, .male), (2, .female)]) == 2...2)
        #expect(rooms([(10, .male), (2, .female)]) == 3...3)
        #expect(rooms([(15, .male), (2, .male)]) == 2...2)
        #expect(rooms([(16, .male), (2, .male)]) == 3...3)
        // The boy of 12 takes the boy of 5, so that the girls of 3 and 12 share.
        #expect(rooms([(12, .male), (5, .male), (12, .female), (3, .female)]) == 3...3)
    }

    @Test func `what isn't known gives the fewest and the most`() {
        #expect(rooms([(nil, .male), (5, .female)]) == 2...3)
        #expect(rooms([(12, nil), (12, .female)]) == 2...3)
        #expect(rooms([(5, nil), (5, nil)]) == 2...2)
        #expect(rooms([(nil, nil), (nil, nil), (nil, nil)]) == 3...4)
        #expect(BedroomRule.rooms(of: HousingNeed(id: "h")) == nil)
    }

    @Test func `no way of sharing needs fewer`() {
        var homes = RandomHomes(seed: 11)
        for _ in 0..<300 {
            let children = (0..<homes.chance.below(7)).map { _ in homes.child() }
            let fewest = 1 + PlainRules.fewestRooms(children)
            #expect(rooms(children.map { ($0.age.value, $0.sex.value) }) == fewest...fewest)
        }
    }
}
