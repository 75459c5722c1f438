import Statistics
import Testing

@Suite("Capacity: what a year's count says")
struct PoissonCountTests {
    @Test func `252 referrals mean 222 to 285 a year, and 75 to 94 spaces for 5%`() {
        let (low, high) = PoissonCount.interval(252)
        #expect(abs(low - 221.844_242_583_626_23) < 1e-8)
        #expect(abs(high - 285.111_216_446_025_74) < 1e-8)
        let range = PoissonCount.wholeInterval(252)
        #expect(range == 222...285)
        let spaces = [range.lowerBound, range.upperBound].map {
            AccommodationDemand(referrals: Double($0), stay: 113).spaces(target: 0.05)
        }
        #expect(spaces == [75, 94])
    }

    /// Chi-square quantiles of a statistics library.
    @Test(arguments: [
        (0, 0.95, 0.0, 3.688_879_454_113_936), (1, 0.95, 0.025_317_807_984_289_9, 5.571_643_390_938_9),
        (9, 0.90, 4.695_227_540_344, 15.705_216_422_115), (10_000, 0.95, 9_804.952_467_260, 10_197.951_624_661),
    ])
    func `intervals are exact`(count: Int, level: Double, low: Double, high: Double) {
        let found = PoissonCount.interval(count, level: level)
        #expect(abs(found.low - low) < 1e-6 && abs(found.high - high) < 1e-6)
    }
}
