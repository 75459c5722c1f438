import Foundation

/// The audit log as a file that anyone can check without the database: JSON lines, format `drystone-audit-1`.
///
/// ```
/// {"format":"drystone-audit-1","origin":"...","public_key":"name+hash+base64"}
/// {"n":1,"id":"...","at":1,"partnership":"...","account":null,...,"detail":"{}","leaf":"<64 hex digits>"}
/// {"checkpoint":"<signed note>"}
/// ```
/// Rows stand in sealing order, `n` counting from 1. A checkpoint stands straight after the row that its size names,
/// so that a reader needs no more memory for a large file than for a small one. The last line is a checkpoint.
/// Every line has exactly one spelling (field order, escapes, case), so any changed byte is a change that shows.
struct AuditExportWriter: Sendable {
    static let format = "drystone-audit-1"

    let origin: String
    let key: CheckpointKey

    /// `key` is the log's public key as the operator has published it.
    init(origin: String, key: CheckpointKey) { (self.origin, self.key) = (origin, key) }

    /// The first line, with its line end, as all lines have.
    func header() -> String {
        "{\"format\":\(Self.quoted(Self.format)),\"origin\":\(Self.quoted(origin)),"
            + "\"public_key\":\(Self.quoted(key.text))}\n"
    }

    /// One row. `n` and `storedHash` are the database's own, never worked out afresh: a row altered after it was
    /// sealed, or missing, must reach the verifier as it is.
    func row(n: Int, _ leaf: AuditLeaf, storedHash: Data) -> String {
        Self.row(n: n, leaf, hash: storedHash)
    }

    /// A checkpoint's signed text, unchanged; to be written once the row that its size names has been.
    func checkpoint(_ text: String) -> String { "{\"checkpoint\":\(Self.quoted(text))}\n" }

    static func row(n: Int, _ leaf: AuditLeaf, hash: Data) -> String {
        let fields: [(String, String)] = [
            ("n", String(n)),
            ("id", id(leaf.id)),
            ("at", String(leaf.atMicros)),
            ("partnership", id(leaf.partnership)),
            ("account", id(leaf.account)),
            ("agency", id(leaf.agency)),
            ("event", quoted(leaf.event)),
            ("subject_kind", quoted(leaf.subjectKind)),
            ("subject_id", id(leaf.subjectID)),
            ("purpose", leaf.purpose.map(quoted) ?? "null"),
            ("detail", quoted(leaf.detail)),
            ("leaf", quoted(hash.hex)),
        ]
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}\n"
    }

    private static func id(_ id: UUID?) -> String { id.map { "\"\($0.uuidString.lowercased())\"" } ?? "null" }

    /// A JSON string with the fewest escapes: quote, backslash and the control characters below U+0020.
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += Array("\\u00\(CollectionOfOne(byte).hex)".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}

/// A line of an export, read. Only the canonical spelling is read; anything else is nil.
enum AuditExportLine: Sendable {
    case header(origin: String, key: CheckpointKey)
    case row(n: Int, leaf: AuditLeaf, hash: Data)
    case checkpoint(String)

    /// Reads one line, without its line end.
    init?(_ text: String) {
        guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(text.utf8)),
              let line = Self.line(of: fields) else { return nil }
        // Compared as bytes: Swift's `==` takes an accent written as one character or as two for the same text.
        guard line.spelling.utf8.dropLast().elementsEqual(text.utf8) else { return nil }
        self = line
    }

    private static func line(of fields: Fields) -> AuditExportLine? {
        if let text = fields.checkpoint { return .checkpoint(text) }
        if let origin = fields.origin, let key = fields.public_key.flatMap({ CheckpointKey(text: $0) }) {
            return .header(origin: origin, key: key)
        }
        guard let n = fields.n, let id = fields.id, let at = fields.at, let partnership = fields.partnership,
              let event = fields.event, let kind = fields.subject_kind, let detail = fields.detail,
              let hash = fields.leaf.flatMap({ Data(hex: $0) }), hash.count == 32 else { return nil }
        let leaf = AuditLeaf(
            id: id, atMicros: at, partnership: partnership, account: fields.account, agency: fields.agency,
            event: event, subjectKind: kind, subjectID: fields.subject_id, purpose: fields.purpose, detail: detail)
        return .row(n: n, leaf: leaf, hash: hash)
    }

    /// The line as the writer would write it. Comparing with it refuses unknown, doubled and reordered fields.
    private var spelling: String {
        switch self {
        case .header(let origin, let key): AuditExportWriter(origin: origin, key: key).header()
        case .row(let n, let leaf, let hash): AuditExportWriter.row(n: n, leaf, hash: hash)
        case .checkpoint(let text): "{\"checkpoint\":\(AuditExportWriter.quoted(text))}\n"
        }
    }

    /// Every field that any kind of line has, spelt as in the file.
    private struct Fields: Decodable {
        let origin, public_key, checkpoint, event, subject_kind, purpose, detail, leaf: String?
        let n: Int?
        let at: Int64?
        let id, partnership, account, agency, subject_id: UUID?
    }
}
