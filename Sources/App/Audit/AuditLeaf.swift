import Foundation

/// One audit row as the tamper-evident log seals it: who did what to whom, when and for what purpose.
///
/// The canonical bytes are a published format (see `CanonicalBytes`), domain `drystone-leaf-v1`, fields in the order
/// below. Text is hashed exactly as stored: keep `detail` in a `text` column, since `jsonb` rewrites what it is given.
struct AuditLeaf: Sendable {
    /// The row's own identifier.
    let id: UUID
    /// Microseconds since 1970 UTC, the resolution of PostgreSQL's timestamp.
    let atMicros: Int64
    let partnership: UUID
    /// The account that acted; nil for the system itself.
    let account: UUID?
    /// The agency that the account acted for.
    let agency: UUID?
    /// The event's stable name, such as `case-closed`.
    let event: String
    /// What kind of thing it was done to, such as `case`.
    let subjectKind: String
    let subjectID: UUID?
    /// The stated reason for looking or sharing, where one is asked for.
    let purpose: String?
    /// JSON text, `{}` when there is nothing to add.
    let detail: String

    /// The bytes that are hashed.
    var bytes: Data {
        var bytes = CanonicalBytes(domain: "drystone-leaf-v1")
        bytes.add(id)
        bytes.add(atMicros)
        bytes.add(partnership)
        bytes.add(account)
        bytes.add(agency)
        bytes.add(event)
        bytes.add(subjectKind)
        bytes.add(subjectID)
        bytes.add(purpose)
        bytes.add(detail)
        return bytes.data
    }

    /// RFC 6962's leaf hash, 32 bytes: SHA-256 of 0x00 and the canonical bytes.
    var leafHash: Data { MerkleTree.leafHash(bytes) }
}
