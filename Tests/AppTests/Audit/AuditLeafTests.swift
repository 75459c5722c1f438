import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Audit leaves")
struct AuditLeafTests {
    private static let id = UUID(uuidString: "00000000-0000-4000-8000-000000000001")!

    private static func leaf(
        event: String = "case-read", kind: String = "case", subject: UUID? = id, purpose: String? = nil,
        account: UUID? = nil, agency: UUID? = nil, at: Int64 = 1_700_000_000_000_000, detail: String = "{}"
    ) -> AuditLeaf {
        AuditLeaf(
            id: id, atMicros: at, partnership: id, account: account, agency: agency, event: event, subjectKind: kind,
            subjectID: subject, purpose: purpose, detail: detail)
    }

    @Test("The canonical bytes are the published ones, byte for byte")
    func published() {
        let id = "010000000000000010" + "00000000000040008000000000000001"
        let expected = "010000000000000010" + Data("drystone-leaf-v1".utf8).hex
            + id + "010000000000000008" + "00060a24181e4000" + id + "00" + "00"
            + "010000000000000009" + Data("case-read".utf8).hex + "010000000000000004" + Data("case".utf8).hex
            + id + "00" + "010000000000000002" + "7b7d"
        #expect(Self.leaf().bytes.hex == expected)
        #expect(Self.leaf().leafHash == MerkleTree.leafHash(Self.leaf().bytes))
    }

    @Test("No two different rows share bytes, even when their text runs together alike")
    func unambiguous() {
        let other = UUID(uuidString: "00000000-0000-4000-8000-000000000002")!
        let leaves = [
            Self.leaf(), Self.leaf(event: "case-rea", kind: "dcase"), Self.leaf(purpose: ""), Self.leaf(purpose: "x"),
            Self.leaf(subject: nil), Self.leaf(account: other), Self.leaf(agency: other), Self.leaf(at: -1),
            Self.leaf(detail: "{} "), Self.leaf(event: "caf\u{e9}"), Self.leaf(event: "cafe\u{301}"),
        ]
        #expect(Set(leaves.map(\.leafHash)).count == leaves.count)
    }
}
