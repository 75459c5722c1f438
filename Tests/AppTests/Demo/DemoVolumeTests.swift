import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("How much demonstration data there is")
struct DemoVolumeTests {
    @Test func `rutland is as large as the source documents say`() {
        let sample = DemoSample.rutland
        // Counted apart: children, and those written out by hand who came about their own behaviour.
        let (children, own) = (sample.children, DemoStories.behaviour.count)
        // And a case that goes on elsewhere from one that has moved, with both its people.
        let (moved, theirs) = (1, 2)
        #expect(sample[.person].count == 850 + children + own + theirs)
        #expect((30...120).contains(children))
        #expect(sample[.caseRecord].count == 246 + own + moved)
        #expect(sample.contacts.count == 1_320 + own + moved)
        #expect(sample[.caseNote].count == 2_000 + DemoStories.behaviour.reduce(0) { $0 + $1.notes.count })
        #expect(sample[.account].count == 22)
        #expect(sample[.personKey].count == sample[.person].count)
        // 16 to 33 cases a year went to the conference between 2018 and 2021: three years of them.
        let high = sample[.riskAssessment].filter { $0["level"] == "high" }.compactMap { $0["case_id"] }
        #expect((48...120).contains(Set(high).count))
    }

    @Test func `the other sizes count out what they promise`() {
        #expect(
            DemoSize.large.volumes
                == DemoVolumes(people: 50_000, cases: 20_000, contacts: 80_000, notes: 500_000, staff: 150))
        #expect(DemoSize.llr.volumes.people == DemoSize.rutland.volumes.people * 28)
        #expect(DemoSize.llr.volumes.cases == DemoSize.rutland.volumes.cases * 28)
        let shares = DemoPlan.shares(of: 500_000, (0..<20_000).map { 1 + $0 % 57 })
        #expect(shares.reduce(0, +) == 500_000)
        #expect(shares.min()! >= 0)
    }

    @Test func `every table that belongs to a case speaks of every case or of some`() {
        let sample = DemoSample.rutland
        let cases = Set(sample[.caseRecord].compactMap { $0["id"] })
        for table in [DemoTable.caseTeam, .riskAssessment, .contactAttempt, .caseNote, .task, .timelineEvent] {
            let named = Set(sample[table].compactMap { $0["case_id"] })
            #expect(named.isSubset(of: cases), "\(table)")
            #expect(named.count > cases.count / 2, "\(table)")
        }
        #expect(Set(sample[.task].compactMap { $0["case_id"] }) == cases)
    }

    @Test func `a worker's list is as long as a worker's list is`() {
        let open = DemoSample.rutland[.caseRecord].filter { $0["closed_at"] == nil }
        let lists = Dictionary(grouping: open.compactMap { $0["worker_id"] }) { $0 }.mapValues(\.count)
        #expect((15...60).contains(open.count))
        #expect(lists.values.max()! <= 25)
    }
}
