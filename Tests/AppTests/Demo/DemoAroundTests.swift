import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Those around the people of the demonstration")
struct DemoAroundTests {
    private let sample = DemoSample.rutland
    private var people: [String: [String: String]] {
        Dictionary(uniqueKeysWithValues: sample[.person].map { ($0["id"]!, $0) })
    }

    @Test func `children are children, of somebody harmed, and most are victims in their own right`() {
        let people = people
        let harmed = Set(sample[.relationship].filter { $0["harmed_as"] == "harmed" }.compactMap { $0["harmed_id"] })
        let harming = Set(sample[.relationship].compactMap { $0["harming_id"] })
        let children = Dictionary(grouping: sample[.childTie]) { $0["child_id"]! }
        for (child, ties) in children {
            let birth = people[child]!["date_of_birth"]
            #expect(birth ?? "2015" > "2008", "eighteen and over")
            #expect(ties.allSatisfy { people[$0["adult_id"]!]!["agency_id"] == people[child]!["agency_id"] })
            #expect(ties.contains { $0["kind"] == "parent" })
            for tie in ties {
                let adult = people[tie["adult_id"]!]!
                if tie["kind"] == "parent", let birth, let theirs = adult["date_of_birth"] { #expect(theirs < birth) }
                #expect(harmed.contains(tie["adult_id"]!) || harming.contains(tie["adult_id"]!)
                    || sample[.caseRecord].contains { $0["person_id"] == tie["adult_id"] })
            }
        }
        let victims = Set(
            sample[.relationship].filter { $0["harmed_as"] == "childVictim" }.compactMap { $0["harmed_id"] })
        #expect(victims.isSubset(of: Set(children.keys)))
        #expect(victims.count > children.count / 2)
        #expect(sample[.childTie].contains { $0["kind"] != "parent" })
    }

    @Test func `children live with somebody, some with both and some with one`() {
        let homes = Dictionary(grouping: sample[.householdMember]) { $0["household_id"]! }
            .mapValues { Set($0.compactMap { $0["person_id"] }) }
        let children = Set(sample[.childTie].compactMap { $0["child_id"] })
        #expect(children.isSubset(of: homes.values.reduce(into: Set()) { $0.formUnion($1) }))
        let grown = homes.values.filter { !$0.isDisjoint(with: children) }.map { $0.subtracting(children).count }
        #expect(Set(grown) == [1, 2])
        #expect(sample[.householdMember].count == homes.values.reduce(0) { $0 + $1.count })
    }

    @Test func `where each says that the other harms them, somebody decided who is at risk, or has not yet`() {
        let said = Set(sample[.relationship].map { [$0["harmed_id"]!, $0["harming_id"]!] })
        let mutual = Set(said.filter { said.contains([$0[1], $0[0]]) }.map { Set($0) })
        #expect(mutual.count >= 4)
        let decided = Dictionary(grouping: sample[.riskDirection]) { Set([$0["first_id"]!, $0["second_id"]!]) }
        #expect(Set(decided.keys).isSubset(of: mutual))
        #expect(sample[.riskDirection].allSatisfy { $0["first_id"]! < $0["second_id"]! })
        for rows in decided.values {
            let ordered = rows.sorted { $0["number"]! < $1["number"]! }
            #expect(ordered.map { $0["number"] } == (1...rows.count).map(String.init))
            #expect(ordered.map { $0["decided_at"]! } == rows.map { $0["decided_at"]! }.sorted())
        }
        let last = Set(decided.values.compactMap { $0.max { $0["number"]! < $1["number"]! }?["at_risk"] })
        #expect(last.contains("unclear"))
        #expect(!last.isDisjoint(with: ["first", "second"]))
    }

    @Test func `who came about their own behaviour stands on the other side of the wall, and only they`() {
        let agencies = sample.generator.organisations.agencies
        let other = agencies[DemoOrganisations.behaviour].id.column
        #expect(sample.contacts.allSatisfy { ($0["agency_id"] == other) == ($0["caller"] == "ownBehaviour") })
        let there = Set(sample[.person].filter { $0["agency_id"] == other }.compactMap { $0["id"] })
        #expect(there.count > 10)
        for row in sample[.relationship] { #expect(there.isDisjoint(with: [row["harmed_id"]!, row["harming_id"]!])) }
        let own = sample.generator.staff.all[DemoStaff.perpetratorWorker].id.column
        let cases = sample[.caseRecord].filter { $0["agency_id"] == other }
        #expect(cases.count { $0["worker_id"] == own && $0["closed_at"] == nil } == 3)
        #expect(cases.count { $0["worker_id"] == nil } == 1)
        #expect(sample[.referral].contains { $0["agency_id"] == other && $0["outcome"] == nil })
    }

    @Test func `the one whom she names rang the same evening, and her worker is warned`() {
        let warned = sample[.task].filter { $0["kind"] == "warning" }
        #expect(warned.count == 1)
        let file = sample[.caseRecord].first { $0["id"] == warned.first?["case_id"] }
        let named = sample[.relationship].filter { $0["harmed_id"] == file?["person_id"] }.compactMap { $0["harming_id"] }
        let names = sample[.person].filter { named.contains($0["id"]!) }.compactMap { $0["given_name"] }
        #expect(names == ["Darren"])
        #expect(sample[.person].count { $0["given_name"] == "Darren" && $0["family_name"] == "Ironmonger" } == 2)
        #expect(sample[.personName].contains { $0["given_name"] == "Daz" && $0["kind"] == "alias" })
    }
}
