import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Programmes of the demonstration")
struct DemoProgrammeTests {
    private let sample = DemoSample.rutland

    @Test func `some wait, some are on a programme, some have completed or left it; each step is kept`() {
        let steps = Dictionary(grouping: sample[.placeStep]) { $0["place_id"]! }
        #expect(sample[.programme].count == 4 && sample[.programmeGroup].count == 2)
        #expect(sample[.programmePlace].count > 20)
        #expect(Set(sample[.programmePlace].compactMap { $0["state"] }).isSuperset(
            of: ["waiting", "suitable", "started", "completed", "droppedOut"]))
        for place in sample[.programmePlace] {
            let said = steps[place["id"]!]!.sorted { Int($0["version"]!)! < Int($1["version"]!)! }
            #expect(said.count == Int(place["version"]!) && said[0]["step"] == "referred")
            #expect(said.map { $0["recorded_at"]! } == said.map { $0["recorded_at"]! }.sorted())
            #expect((place["group_id"] == nil) || place["state"] == "started")
        }
        let events = sample[.timelineEvent].count { $0["kind"] == "placeChanged" }
        #expect(events == sample[.placeStep].count)
        #expect(sample[.sessionAttendance].count > 20)
        #expect(Set(sample[.sessionAttendance].compactMap { $0["state"] }).count == 4)
    }

    @Test func `nobody is in a group beside somebody whom one person harms`() {
        let harming = Dictionary(grouping: sample[.relationship]) { $0["harmed_id"]! }
        for group in sample[.programmeGroup] {
            let members = sample[.programmePlace].filter { $0["group_id"] == group["id"] }
            #expect(!members.isEmpty && members.count <= Int(group["places"]!)!)
            let ties = members.flatMap { [$0["person_id"]!] + (harming[$0["person_id"]!] ?? []).compactMap { $0["harming_id"] } }
            #expect(ties.count == Set(ties).count)
        }
    }

    @Test func `of those who harm one is on the programme with support arranged, others wait for it`() {
        let notes = Dictionary(grouping: sample[.wallNote]) { $0["place_id"]! }
        let places = sample[.programmePlace].filter { notes[$0["id"]!] != nil }
        #expect(places.count == 3 && places.count { $0["state"] == "started" } == 1)
        for place in places {
            let kinds = Set(notes[place["id"]!]!.compactMap { $0["kind"] })
            #expect(kinds.contains("askSupport"))
            #expect(kinds.contains("supportArranged") == (place["state"] == "started"))
        }
        #expect(sample[.integratedSupport].count == 1 && sample[.matacScore].count == 3)
        #expect(sample.sealing["wall_note.told_sealed"].count == 3)
    }
}
