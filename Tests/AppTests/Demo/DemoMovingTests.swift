import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Cases that move, and plans that are shared, in the demonstration")
struct DemoMovingTests {
    private let sample = DemoSample.rutland
    private let today = "2026-11-18 00:00:00+00"

    @Test func `one case is asked for, one is handed over, and one has moved and is still read by whoever had it`() {
        let all = sample[.caseTransfer]
        #expect(all.map { "\($0["kind"]!) \($0["outcome"] ?? "waits")" }.sorted()
            == ["agency accepted", "agency waits", "stepDown waits"])
        let cases = Dictionary(uniqueKeysWithValues: sample[.caseRecord].map { ($0["id"]!, $0) })
        let agreed = Dictionary(uniqueKeysWithValues: sample[.consent].map { ($0["id"]!, $0) })
        for one in all where one["kind"] == "agency" {
            #expect(agreed[one["consent_id"]!]?["to_agency_id"] == one["to_agency_id"])
            #expect(agreed[one["consent_id"]!]?["case_id"] == one["case_id"])
        }
        for one in all where one["outcome"] == nil {
            #expect(cases[one["case_id"]!]?["closed_at"] == nil && one["told_sealed"] != nil)
            #expect(sample[.transferTask].count { $0["transfer_id"] == one["id"] } == 1)
            #expect(one["proposed_at"]! < today)
        }
        for one in all where one["outcome"] != nil {
            let (old, new) = (cases[one["case_id"]!]!, cases[one["new_case_id"]!]!)
            #expect(old["closed_at"] == one["answered_at"] && new["opened_at"] == one["answered_at"])
            #expect(new["agency_id"] == one["to_agency_id"] && new["closed_at"] == nil && new["risk"] == old["risk"])
            #expect(one["tail_ends_at"]! > today && one["told_sealed"] == nil)
            let closing = sample[.caseClosing].first { $0["id"] == old["closing_id"] }
            #expect(closing?["reason"] == "transferred" && closing?["summary"]?.hasPrefix("Moved to ") == true)
            #expect(!sample[.caseShare].contains { $0["case_id"] == one["case_id"] })
        }
    }

    @Test func `a plan is shared by itself, with her agreement, as it was written last`() throws {
        let shares = sample[.caseShare].filter { $0["shows_plan"] == "t" }
        #expect(!shares.isEmpty && shares.allSatisfy { $0["shows_case"] == "f" && $0["ends_at"]! > today })
        let disclosures = Dictionary(uniqueKeysWithValues: sample[.disclosure].map { ($0["id"]!, $0) })
        for share in shares {
            let one = disclosures[share["disclosure_id"]!]!
            #expect(one["route"] == "plan" && one["parts"] == "{plan}" && one["consent_id"] != nil)
        }
        let told = try sample.sealing["disclosure.told_sealed"].map {
            try JSONDecoder().decode(SharedWords.self, from: Data($0.utf8)).words
        }
        #expect(told.count { $0.contains("Leaving quickly\n") } == shares.count)
    }
}
