import Statistics
import Testing

@Suite("Capacity: the planner's answer and the file of sizes")
struct CapacityAnswerTests {
    private let demand = AccommodationDemand(referrals: 252, stay: 113)
    private let file = """
        what,size,number,stay
        household,1,40,
        household,2,25,
        # three and more
        household,3,20,120
        household,4,15,150

        unit,4,9
        unit,2,12
        """

    @Test func `252 referrals, 113 days, 70 spaces, 5%`() throws {
        let answer = try #require(CapacityAnswer(CapacityQuestion(demand, spaces: 70, target: 0.05), arrivals: 40_000))
        #expect(abs(answer.refused - 0.156_369_887_716) < 1e-9 && answer.spacesForTarget == 84)
        #expect(answer.referrals == 222...285)
        #expect(answer.spacesInterval == (75, 94))
        #expect(answer.refusedInterval.low < 0.156 && answer.refusedInterval.high > 0.157)
        #expect(answer.agrees == true)
        #expect(answer.simulation.years == 158)
    }

    @Test func `out of its limits it says which`() {
        func problem(_ referrals: Double, _ stay: Double, _ void: Double, _ spaces: Int, _ target: Double) -> String? {
            let question = CapacityQuestion(
                AccommodationDemand(referrals: referrals, stay: stay, void: void), spaces: spaces, target: target)
            #expect((CapacityAnswer(question, arrivals: 100) == nil) == (question.problem != nil))
            return question.problem
        }
        #expect(problem(.nan, 113, 0, 70, 0.05) == "Referrals a year must be from 0.1 to 100,000.")
        #expect(problem(-1, 113, 0, 70, 0.05) != nil && problem(1e300, 113, 0, 70, 0.05) != nil)
        #expect(problem(252, 0, 0, 70, 0.05) == "The mean stay in days must be from 0.1 to 3,650.")
        #expect(problem(252, .infinity, 0, 70, 0.05) != nil && problem(252, 113, -1, 70, 0.05) != nil)
        #expect(problem(252, 113, 0, -1, 0.05) == "Spaces must be from 0 to 100,000.")
        #expect(problem(252, 113, 0, 1_000_000_000, 0.05) != nil)
        #expect(problem(252, 113, 0, 70, 0) == "The target must be from 0.01% to 99%.")
        #expect(problem(252, 113, 0, 70, .nan) != nil && problem(1, 1, 0, 0, 0.5) == nil)
    }

    @Test func `a mix shows who is refused, and needs more than spaces that are alike`() throws {
        let mix = try UnitMixFile.read(file)
        #expect(mix.households.map(\.size) == [1, 2, 3, 4] && mix.households[3].stay == 150)
        #expect(mix.units == [.init(size: 2, count: 12), .init(size: 4, count: 9)])
        let demand = AccommodationDemand(referrals: 60, stay: 113)
        let question = CapacityQuestion(demand, spaces: 21, target: 0.05, mix: mix)
        let answer = try #require(CapacityAnswer(question, arrivals: 30_000))
        let kinds = answer.simulation.kinds
        #expect(kinds[3].refused > kinds[0].refused + 0.05 && answer.refused == answer.simulation.refused.value)
        let fewest = try #require(answer.spacesForTarget), low = try #require(answer.spacesInterval.low)
        let high = try #require(answer.spacesInterval.high)
        #expect(fewest > (demand.spaces(target: 0.05) ?? 0))
        #expect(low < fewest && fewest < high)
        #expect(answer.refusedInterval.low < answer.refused && answer.refused < answer.refusedInterval.high)
        #expect(answer.agrees == nil)
        let then = try #require(answer.atTarget)
        #expect(then.refused.value < 0.06 && then.kinds[3].refused > then.kinds[0].refused)
    }

    @Test(arguments: [
        ("", "it has no line for households"),
        ("what,size\n", "line 1: the header must be what,size,number or what,size,number,stay"),
        ("what,size,number\nhousehold,0,1", "line 2: the size must be a whole number from 1 to 50"),
        ("what,size,number\nhousehold,1,nan", "line 2: the number of households must be a number from 0 to 1000000"),
        ("what,size,number\nhousehold,1,1,9", "line 2: it has more values than the header"),
        ("what,size,number\nunit,1,1.5", "line 2: the number of units must be whole"),
        ("what,size,number\nflat,1,1", "line 2: the first value must be household or unit"),
        ("what,size,number\nhousehold,1,1", "it has no line for units"),
        ("what,size,number\nhousehold,1,0\nunit,1,1", "its households add to 0"),
        ("what,size,number\nhousehold,1,1\nhousehold,1,2\nunit,1,1", "a size of household, or of unit, has two lines"),
        ("what,size,number\nhousehold,1,1\nunit,1,9000\nunit,2,9000", "it has more than 10000 units"),
    ])
    func `a file that can't be read says where`(text: String, problem: String) {
        #expect { try UnitMixFile.read(text) } throws: { "\($0)" == problem }
    }

    @Test func `what spreadsheets write is read`() throws {
        let mix = try UnitMixFile.read("\u{FEFF}What,Size,Number\r\n\"household\", 1 ,40\r\n,,\r\nunit,1,3\r\n")
        #expect(mix.spaces == 3 && mix.households == [.init(size: 1, weight: 40)])
    }
}
