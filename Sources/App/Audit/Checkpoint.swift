import Crypto
import Foundation

/// Why a checkpoint's text was not accepted.
enum CheckpointError: Error, Equatable, Sendable {
    /// Not a note of origin, size and root, in their one canonical spelling.
    case unreadable
    /// No signature of the key, or one that does not fit the text.
    case badSignature
}

/// The public half of a log's signing key, with its name, as C2SP's signed-note "verifier key".
struct CheckpointKey: Equatable, Sendable {
    let name: String
    /// Raw Ed25519 public key, 32 bytes.
    let publicKey: Data

    /// A name has no space, plus sign or line end.
    init(name: String, publicKey: Curve25519.Signing.PublicKey) {
        (self.name, self.publicKey) = (name, publicKey.rawRepresentation)
    }

    /// Reads `name+hash+base64`; nil unless every part fits the others.
    init?(text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let key = Data(canonicalBase64: parts[2]), key.count == 33, key.first == 1 else {
            return nil
        }
        (name, publicKey) = (parts[0], Data(key.dropFirst()))
        guard !name.isEmpty, id.hex == parts[1] else { return nil }
    }

    /// The form to print, publish and hand to witnesses.
    var text: String { "\(name)+\(id.hex)+\((Data([1]) + publicKey).base64EncodedString())" }

    /// The four bytes that open each signature and tell which key made it.
    var id: Data { Data(SHA256.hash(data: Data("\(name)\n".utf8) + [1] + publicKey).prefix(4)) }

    /// Whether `signature` is this key's over `message`.
    fileprivate func signed(_ message: String, _ signature: Data) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Data(message.utf8))
    }
}

/// What the log promised at one moment: the first `size` rows have this root. C2SP's tlog-checkpoint.
///
/// Whoever keeps a copy outside the system (a partner agency, a printout, locked storage) can later tell whether
/// those rows were changed, even by someone who holds the signing key. Without an outside copy nobody can.
struct Checkpoint: Equatable, Sendable {
    /// The log's unique name; also the signing key's.
    let origin: String
    /// Rows covered.
    let size: Int
    /// Root over them, 32 bytes.
    let root: Data

    /// The signed text: three lines, each ended.
    var body: String { "\(origin)\n\(size)\n\(root.base64EncodedString())\n" }

    /// The signed note, with the log's one signature line.
    func sign(with key: Curve25519.Signing.PrivateKey) throws -> String {
        try Self.note(body, name: origin, key: key)
    }

    /// Signs any note text (which ends its last line) by C2SP's signed-note.
    static func note(_ body: String, name: String, key: Curve25519.Signing.PrivateKey) throws -> String {
        let blob = try CheckpointKey(name: name, publicKey: key.publicKey).id + key.signature(for: Data(body.utf8))
        return "\(body)\n\u{2014} \(name) \(blob.base64EncodedString())\n"
    }

    /// Reads a checkpoint that `key` signed. Further signatures, such as a witness's own, are allowed and not judged.
    static func verify(_ text: String, key: CheckpointKey) throws(CheckpointError) -> Checkpoint {
        let checkpoint = try read(text)
        guard isSigned(text, by: key), checkpoint.origin == key.name else { throw .badSignature }
        return checkpoint
    }

    /// Reads a checkpoint and proves nothing.
    static func read(_ text: String) throws(CheckpointError) -> Checkpoint {
        guard let (body, _) = parts(of: text) else { throw .unreadable }
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 4, let size = Int(lines[1]), size >= 0, let root = Data(canonicalBase64: lines[2]),
              root.count == 32 else { throw .unreadable }
        let checkpoint = Checkpoint(origin: lines[0], size: size, root: root)
        // A size such as "+7" or "007" reads as a number but is not how the log writes it.
        guard !lines[0].isEmpty, checkpoint.body.utf8.elementsEqual(body.utf8) else { throw .unreadable }
        return checkpoint
    }

    /// Whether a signed note carries a valid signature of `key`, and no false one in its name.
    static func isSigned(_ text: String, by key: CheckpointKey) -> Bool {
        guard let (body, lines) = parts(of: text) else { return false }
        let prefix = "\u{2014} \(key.name) "
        let own = lines.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        return !own.isEmpty && own.allSatisfy { text in
            guard let blob = Data(canonicalBase64: text), blob.prefix(4) == key.id else { return false }
            return key.signed(body, Data(blob.dropFirst(4)))
        }
    }

    /// Whether the log's is the only signature, so that no byte of the note is left unjudged.
    static func hasOneSignature(_ text: String) -> Bool { parts(of: text)?.signatures.count == 1 }

    /// A note's body, and its signature lines after the last blank line.
    private static func parts(of text: String) -> (body: String, signatures: [String])? {
        guard text.hasSuffix("\n"), let blank = text.range(of: "\n\n", options: .backwards) else { return nil }
        let signatures = text[blank.upperBound...].dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard !signatures.isEmpty, signatures.allSatisfy({ $0.hasPrefix("\u{2014} ") }) else { return nil }
        return (String(text[..<blank.lowerBound]) + "\n", signatures.map(String.init))
    }
}
