import Statistics
import Testing

@Suite("Capacity: the loss model")
struct ErlangBTests {
    /// The reference figures at 252 referrals a year: stay, load, refused at 21, 70 and 110, fewest spaces for 10, 5,
    /// 2, 1%.
    static let table: [(stay: Double, load: Double, refused: [Double], fewest: [Int])] = [
        (102, 70.42, [0.708, 0.093, 0.000003], [70, 76, 82, 86]),
        (110, 75.95, [0.728, 0.139, 0.000_05], [75, 82, 88, 92]),
        (113, 78.02, [0.735, 0.156, 0.000_11], [77, 84, 90, 94]),
        (180, 124.27, [0.833, 0.446, 0.152], [119, 129, 138, 143]),
    ]

    @Test(arguments: table.indices) func `the reference figures come out`(row: Int) {
        let row = Self.table[row], demand = AccommodationDemand(referrals: 252, stay: row.stay)
        #expect(abs(demand.load - row.load) < 0.005)
        for (spaces, refused) in zip([21, 70, 110], row.refused) {
            #expect(abs(demand.refused(spaces: spaces) - refused) < (refused < 0.001 ? refused * 0.07 : 0.0005))
        }
        #expect([0.10, 0.05, 0.02, 0.01].map { demand.spaces(target: $0) } == row.fewest)
    }

    @Test func `83 spaces refuse 5,08%, so 84 are needed for 5%`() {
        let demand = AccommodationDemand(referrals: 252, stay: 113)
        #expect(abs(demand.refused(spaces: 83) - 0.0508) < 0.00005)
        #expect(demand.refused(spaces: 84) < 0.05)
    }

    @Test func `seven empty days between stays make 70 spaces refuse 19,6%`() {
        let demand = AccommodationDemand(referrals: 252, stay: 113, void: 7)
        #expect(abs(demand.refused(spaces: 70) - 0.196) < 0.0005)
    }

    @Test func `nine units carry 17,3 referrals a year at 5%`() {
        let load = ErlangB.load(spaces: 9, target: 0.05)
        #expect(abs(load * 365 / 113 - 17.346_360_967_482_77) < 1e-6)
        #expect(abs(ErlangB.refused(load: load, spaces: 9) - 0.05) < 1e-9)
    }

    @Test func `two closed pools of 70 and 30% need 90 spaces, one needs 84`() {
        let load = AccommodationDemand(referrals: 252, stay: 113).load
        #expect(ClosedPools.spaces(loads: [load * 0.7, load * 0.3], target: 0.05) == [61, 29])
        #expect(ErlangB.spaces(load: load, target: 0.05) == 84)
        let split = ClosedPools.refused([(load * 0.7, 59), (load * 0.3, 25)])
        #expect(split > ErlangB.refused(load: load, spaces: 84))
    }

    @Test func `it equals the quotient of sums that defines it`() {
        // B = (a^c/c!) / sum (a^k/k!), summed from the top as 1 + c/a + c(c-1)/a^2 ... which no recursion enters.
        var chance = Chance(seed: 1)
        for _ in 0..<300 {
            let load = 0.05 + 300 * chance.fraction(), spaces = chance.below(400)
            var sum = 0.0, term = 1.0
            for k in stride(from: spaces, through: 0, by: -1) {
                sum += term
                term *= Double(k) / load
            }
            #expect(abs(ErlangB.refused(load: load, spaces: spaces) - 1 / sum) < 1e-9)
        }
    }

    @Test func `more load refuses more, more space fewer, and the fewest spaces follow`() {
        var chance = Chance(seed: 2)
        for _ in 0..<300 {
            let load = 0.05 + 200 * chance.fraction(), more = load * (1 + chance.fraction())
            let spaces = 1 + chance.below(250), target = 0.001 + 0.3 * chance.fraction()
            let refused = ErlangB.refused(load: load, spaces: spaces)
            #expect(ErlangB.refused(load: more, spaces: spaces) >= refused)
            #expect(ErlangB.refused(load: load, spaces: spaces + 1) <= refused)
            let fewest = ErlangB.spaces(load: load, target: target) ?? -1
            #expect(ErlangB.refused(load: load, spaces: fewest) <= target)
            if fewest > 0 { #expect(ErlangB.refused(load: load, spaces: fewest - 1) > target) }
            #expect((ErlangB.spaces(load: more, target: target) ?? -1) >= fewest)
            #expect((ErlangB.spaces(load: load, target: target * 1.5) ?? -1) <= fewest)
        }
    }

    @Test func `the curve is the same figures`() {
        let curve = ErlangB.curve(load: 78, upTo: 120)
        #expect(curve.count == 121)
        #expect(curve.indices.allSatisfy { curve[$0] == ErlangB.refused(load: 78, spaces: $0) })
    }

    @Test func `edges answer and don't stop the program`() {
        #expect(ErlangB.refused(load: 0, spaces: 0) == 1)
        #expect(ErlangB.refused(load: 0, spaces: 5) == 0)
        #expect(ErlangB.refused(load: 5, spaces: -3) == 1)
        #expect(ErlangB.curve(load: 5, upTo: -1) == [1])
        #expect(ErlangB.spaces(load: 10, target: 0) == nil)
        #expect(ErlangB.spaces(load: .infinity, target: 0.05) == nil)
        #expect(ErlangB.spaces(load: .nan, target: 0.05) == nil)
        #expect(ErlangB.spaces(load: 10, target: .nan) == nil)
        #expect(ErlangB.spaces(load: 1_000, target: 0.05, most: 100) == nil)
        #expect((ErlangB.spaces(load: 1_000_000, target: 0.000_1) ?? 0) > 1_000_000)
    }
}
