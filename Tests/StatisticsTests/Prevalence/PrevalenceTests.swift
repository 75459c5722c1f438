import Foundation
import Statistics
import Testing

@Suite("Prevalence: rates and populations") struct PrevalenceTests {
    private func set(_ name: String) throws -> RateSet {
        let json = try #require(ShippedRates.all.first { $0.name == name }?.json)
        return try JSONDecoder().decode(RateSet.self, from: Data(json))
    }

    @Test func `every set that is shipped has its name, says where it comes from, and can be used`() throws {
        for shipped in ShippedRates.all {
            let set = try set(shipped.name)
            #expect(set.name == shipped.name && set.problem == nil)
            #expect((set.status == .fitted) == shipped.name.hasPrefix("fitted"))
        }
        let usual = try set(ShippedRates.usual)
        #expect(usual.status == .published)
        #expect(usual.measures.flatMap(\.parts).map(\.percent.description) == ["5.5", "7.3", "3.6"])
    }

    /// Mid-2020 people aged 16-59, 60-74 and 75 and over: `domain.md` section 8.
    private static func area(_ middle: Int, _ later: Int, _ oldest: Int) throws -> PopulationFile.Area {
        var lines = ["estimate,code,area,age,persons"]
        for age in 0...75 {
            let people = age == 16 ? middle : age == 60 ? later : age == 75 ? oldest : 0
            lines.append("mid-2020,X,Somewhere,\(age)\(age == 75 ? "+" : ""),\(people)")
        }
        return try PopulationFile(lines.joined(separator: "\n")).area("x", estimate: nil)
    }

    @Test func `the fitted set gives the figures of the two assessments of 2021`() throws {
        let set = try set("fitted_2021")
        func estimate(_ measure: String, _ area: PopulationFile.Area) throws -> Int {
            let measure = try #require(set.measures.first { $0.name == measure })
            return try PrevalenceEstimate(measure, area, roundTo: set.roundTo).estimate
        }
        let rutland = try Self.area(20_773, 8_061, 4_964), leicestershire = try Self.area(396_121, 122_069, 67_488)
        #expect(try estimate("since_16", rutland) == 5_470 && estimate("since_16", leicestershire) == 98_350)
        #expect(try estimate("last_year_75", rutland) == 1_690 && estimate("last_year", leicestershire) == 28_360)
        #expect(try estimate("older_75", rutland) == 410 && estimate("older", leicestershire) == 4_080)
        #expect(ExactPercent.text(453, of: 1_690) == "26.8")
    }

    @Test func `what is rounded is exact, and a half goes up`() throws {
        func estimate(_ percent: String, _ people: Int, _ step: Int) throws -> (String, Int) {
            let json = """
                {"name": "n", "title": "t", "status": "published", "source": "s", "vintage": "v", "caveat": "c",
                 "round_to": \(step), "measures": [{"name": "m", "definition": "d", "period": "p",
                 "parts": [{"sex": "persons", "ages": "16-59", "percent": \(percent), "low": "0", "high": "100"}]}]}
                """
            let set = try JSONDecoder().decode(RateSet.self, from: Data(json.utf8))
            let found = try PrevalenceEstimate(set.measures[0], Self.area(people, 0, 0), roundTo: step)
            #expect(set.problem == nil && found.interval?.high == (people + step / 2) / step * step)
            return (found.exact.description, found.estimate)
        }
        // 5.5% of 1,000 is 55 exactly, which binary fractions miss; as text and as a number.
        #expect(try estimate("\"5.5\"", 1_000, 10) == ("55", 60))
        #expect(try estimate("5.5", 1_000, 10) == ("55", 60))
        #expect(try estimate("0.29", 5_000, 1) == ("14.5", 15))
        #expect(try estimate("18.979", 28_834, 10) == ("5472.40486", 5_470))
        #expect(try estimate("100", 9_999_999, 1) == ("9999999", 9_999_999))
    }

    @Test func `persons are women and men together, and ages that the file can't divide are no estimate`() throws {
        let header = "sex,age,persons,estimate,area,code,more"
        let lines = (0...17).flatMap { age in
            [("female", "2"), ("male", "\"1,000\"")].map { sex, people in
                "\(sex),\(age)\(age == 17 ? "+" : ""),\(people),e,\"A, B\",X,"
            }
        }
        let area = try PopulationFile(([header] + lines).joined(separator: "\r\n")).area("X", estimate: "e")
        #expect(area.name == "A, B" && area.hasSexes)
        #expect(area.people(.male, try #require(.init("0-16"))) == 17_000)
        #expect(area.people(.persons, try #require(.init("16+"))) == 2_004)
        #expect(area.people(.persons, try #require(.init("16-74"))) == nil)
        #expect(area.people(.persons, try #require(.init("16-17"))) == nil)
    }

    @Test(arguments: [
        ("", "no line"), ("a,b\n1,2", "no column estimate"),
        ("estimate,code,area,age,persons\ne,X,x,16-19,5", "single"),
        ("estimate,code,area,age,persons\ne,X,x,16,5.5", "whole number"),
        ("estimate,code,area,age,persons\ne,X,x,16,5\ne,X,x,16,5", "there before"),
        ("estimate,code,area,age,persons\ne,X,x,90+,5\ne,X,x,95+,5", "two last ages"),
        ("estimate,code,area,age,persons,sex\ne,X,x,16,5,unknown", "sex must be"),
    ]) func `a file of populations that can't be used says where and why`(_ text: String, _ hint: String) {
        do throws(PopulationFileProblem) {
            _ = try PopulationFile(text)
            Issue.record("read")
        } catch {
            #expect(error.description.contains(hint), "\(error.description)")
        }
    }
}
