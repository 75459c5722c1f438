import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Children's own records in the demonstration")
struct DemoChildRecordTests {
    private let sample = DemoSample.rutland

    @Test func `children have records of their own, most a worker, and no two that hold of what there is one of`() throws {
        let entries = sample[.childEntry]
        let children = Set(sample[.childTie].compactMap { $0["child_id"] })
        #expect(Set(entries.compactMap { $0["person_id"] }).isSubset(of: children))
        #expect(Set(entries.compactMap { $0["kind"] }) == Set(ChildEntryKind.allCases.map(\.rawValue)))
        let single = entries.filter { ["worker", "care", "contact"].contains($0["kind"]) }
        let keys = single.map { [$0["person_id"], $0["kind"], $0["adult_id"]] }
        #expect(Set(keys).count == keys.count)
        let worker = sample.generator.staff.all[sample.generator.staff.childrensWorker]
        #expect(worker.role == .childrensWorker)
        #expect(entries.count { $0["account_id"] == worker.id.column } > 5)
        #expect(sample.sealing["child_entry.body_sealed"].count == entries.count)
    }

    @Test func `requests are decided by somebody else than whoever took them, and some wait`() {
        let requests = sample[.childRequest]
        #expect(requests.contains { $0["outcome"] == nil } && requests.contains { $0["outcome"] != nil })
        #expect(requests.allSatisfy { $0["decided_by"] != $0["recorded_by"] && $0["due_on"]! > $0["received_on"]! })
    }
}
