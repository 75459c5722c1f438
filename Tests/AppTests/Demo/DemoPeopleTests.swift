import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The people of the demonstration")
struct DemoPeopleTests {
    private let sample = DemoSample.rutland

    @Test func `there are names enough, of every heritage`() {
        let lists = DemoHeritage.allCases.map(\.names)
        #expect(Set(lists.flatMap(\.women.all)).count >= 250)
        #expect(Set(lists.flatMap(\.men.all)).count >= 250)
        #expect(Set(lists.flatMap(\.surnames)).count >= 400)
        let names = lists.flatMap { $0.women.all + $0.men.all + $0.surnames }
        #expect(names.allSatisfy { !$0.isEmpty && $0 == $0.trimmingCharacters(in: .whitespacesAndNewlines) })
        #expect(names.contains { $0.contains("'") } && names.contains { $0.contains("-") })
        #expect(names.contains { !$0.allSatisfy(\.isASCII) })
    }

    @Test func `surnames take the form that women use`() {
        #expect(DemoHeritage.polish.names.feminine("Kowalski") == "Kowalska")
        #expect(DemoHeritage.polish.names.feminine("Mazur") == "Mazur")
        #expect(DemoHeritage.lithuanian.names.feminine("Kazlauskas") == "Kazlauskienė")
        #expect(DemoHeritage.lithuanian.names.feminine("Stankevičius") == "Stankevičienė")
        #expect(DemoHeritage.lithuanian.names.feminine("Butkus") == "Butkuvienė")
    }

    @Test func `all nineteen ethnic groups can be drawn, in about the proportions of the place`() {
        for weights in [DemoEthnicity.leicester, DemoEthnicity.leicestershire, DemoEthnicity.rutland] {
            #expect(weights.count == 19)
            #expect(weights.reduce(0, +) == 1_000)
        }
        var dice = DemoDice(.plan, 77)
        let drawn = (0..<20_000).map { _ in DemoEthnicity.drawn(DemoEthnicity.leicester, &dice) }
        #expect((6_500...7_200).contains(drawn.count { $0 == .indian }))
        #expect(Set(drawn) == Set(DemoEthnicity.groups))
    }

    @Test func `what was not asked, refused and not known are kept apart`() {
        for value in ["notAsked", "declined", "notKnown"] {
            #expect(sample[.person].contains { $0["ethnicity"] == value })
            #expect(sample[.person].contains { $0["birth_known"] == value && $0["date_of_birth"] == nil })
        }
        #expect(sample[.person].allSatisfy { ($0["birth_known"] == "known") == ($0["date_of_birth"] != nil) })
        // 37 to 63 in a hundred were unknown in the sources.
        let unknown = sample[.person].count { ["notAsked", "declined", "notKnown"].contains($0["ethnicity"]) }
        #expect((20...65).contains(unknown * 100 / 850))
    }

    @Test func `a young mother has no more children than there were years for`() {
        let planned = (21...40).map { age in
            (age, (0..<2_000).compactMap { DemoChildren(key: $0, traits: .children, age: age)?.areGirls.count })
        }
        for (age, counts) in planned {
            let years = DemoChildren.oldest(of: age) - DemoChildren.ages.lowerBound + 1
            #expect(counts.max()! == min(3, (years + 1) / 2), "\(age)")
        }
    }

    @Test func `every person has one present name, and some have others`() {
        let kinds = Dictionary(grouping: sample[.personName]) { $0["kind"]! }
        #expect(kinds["current"]?.count == sample[.person].count)
        #expect((kinds["former"]?.count ?? 0) > 10)
        #expect((kinds["alias"]?.count ?? 0) > 10)
    }

    @Test func `somebody is on record twice, with day and month of birth swapped`() {
        let births = sample[.person].compactMap { $0["date_of_birth"] }.map { $0.split(separator: "-") }
        let known = Set(births)
        let turned = births.filter { $0[1] != $0[2] && known.contains([$0[0], $0[2], $0[1]]) }
        #expect(turned.count >= 2)
    }

    @Test func `somebody is harmed in one relationship and harms in another`() {
        let harmed = Set(sample[.relationship].compactMap { $0["harmed_id"] })
        let harming = Set(sample[.relationship].compactMap { $0["harming_id"] })
        #expect(!harmed.intersection(harming).isEmpty)
        #expect(sample[.relationship].allSatisfy { $0["harmed_id"] != $0["harming_id"] })
        let pairs = sample[.relationship].map { [$0["harmed_id"], $0["harming_id"]] }
        #expect(Set(pairs).count == pairs.count)
    }

    @Test func `twins live in one house, and some people have two cases`() {
        let twins = Dictionary(grouping: sample[.person].filter { $0["family_name"] == "Warsame" }) {
            $0["date_of_birth"]
        }
        #expect(twins.values.contains { $0.count == 2 })
        let cases = Dictionary(grouping: sample[.caseRecord]) { $0["person_id"] }
        #expect(cases.values.contains { $0.count == 2 })
    }

    @Test func `some speak through an interpreter`() {
        let people = DemoSample.rutland[.person].filter { $0["interpreter"] == "t" }
        #expect(!people.isEmpty)
        #expect(people.allSatisfy { $0["language"] != "English" })
    }
}
