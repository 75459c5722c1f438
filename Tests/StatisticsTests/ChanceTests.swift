import Statistics
import Testing

struct ChanceTests {
    @Test func `the same seed gives the same numbers, known ones`() {
        var chance = Chance(seed: 0)
        // What SplitMix64's reference gives for seed 0, after its first.
        #expect(chance.next() == 0x6E78_9E6A_A1B9_65F4)
        #expect(chance.next() == 0x06C4_5D18_8009_454F)
    }

    @Test func `numbers stay within their limits and reach all of them`() {
        var chance = Chance(seed: 7)
        #expect(Set((0..<200).map { _ in chance.below(6) }) == Set(0..<6))
        #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(chance.fraction()) })
    }
}
