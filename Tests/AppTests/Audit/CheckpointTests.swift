import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Checkpoints")
struct CheckpointTests {
    private let key = Curve25519.Signing.PrivateKey()
    private let checkpoint = Checkpoint(origin: "log.example/audit", size: 42, root: MerkleTree.emptyRoot)
    private var publicKey: CheckpointKey { CheckpointKey(name: checkpoint.origin, publicKey: key.publicKey) }

    /// The example of the Go note package, from which the C2SP format comes.
    @Test("A signed note made elsewhere verifies with its published key")
    func foreignNote() throws {
        let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        let note = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvq\
            fqdngotpRZb6KE6RyyBwJnAM=

            """
        let key = try #require(CheckpointKey(text: vkey))
        #expect(key.text == vkey)
        #expect(Checkpoint.isSigned(note, by: key))
        #expect(!Checkpoint.isSigned(note.replacing("answer", with: "Answer"), by: key))
    }

    @Test("The text is origin, size, root, a blank line and the signature")
    func text() throws {
        let lines = try checkpoint.sign(with: key).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.prefix(4) == ["log.example/audit", "42", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", ""])
        #expect(lines[4].hasPrefix("\u{2014} log.example/audit ") && lines[5] == "" && lines.count == 6)
    }

    @Test("Verifies under its own key and no other")
    func verify() throws {
        let text = try checkpoint.sign(with: key)
        #expect(try Checkpoint.verify(text, key: publicKey) == checkpoint)
        let stranger = CheckpointKey(name: checkpoint.origin, publicKey: Curve25519.Signing.PrivateKey().publicKey)
        #expect(throws: CheckpointError.badSignature) { try Checkpoint.verify(text, key: stranger) }
        let renamed = CheckpointKey(name: "other.example", publicKey: key.publicKey)
        #expect(throws: CheckpointError.badSignature) { try Checkpoint.verify(text, key: renamed) }
    }

    @Test("A log does not vouch for a checkpoint of another log")
    func otherOrigin() throws {
        let text = try Checkpoint.note(checkpoint.body, name: "other.example", key: key)
        let other = CheckpointKey(name: "other.example", publicKey: key.publicKey)
        #expect(Checkpoint.isSigned(text, by: other))
        #expect(throws: CheckpointError.badSignature) { try Checkpoint.verify(text, key: other) }
    }

    @Test("A witness may add its own signature")
    func cosigned() throws {
        let text = try checkpoint.sign(with: key) + "\u{2014} witness.example AAAAAAAA\n"
        #expect(try Checkpoint.verify(text, key: publicKey) == checkpoint)
        #expect(!Checkpoint.hasOneSignature(text))
    }

    @Test("Any changed byte is refused")
    func everyByte() throws {
        let text = Array(try checkpoint.sign(with: key).utf8)
        for index in text.indices {
            for change: UInt8 in [1, 0x20] {
                var bytes = text
                bytes[index] ^= change
                let altered = String(decoding: bytes, as: UTF8.self)
                #expect(throws: CheckpointError.self) { try Checkpoint.verify(altered, key: publicKey) }
            }
        }
    }

    private static let empty = MerkleTree.emptyRoot.base64EncodedString()

    @Test("Odd spellings of a signed body are refused", arguments: [
        "log\n+1\n\(empty)\n", "log\n01\n\(empty)\n", "log\n-1\n\(empty)\n", "log\n1\n\(empty)\nmore\n",
        "log\n1\nAAAA\n", "log\n1\n", "\n1\n\(empty)\n", "log\r\n1\n\(empty)\n", "log\n1\n\(empty.dropLast(2))V=\n",
    ])
    func oddSpelling(body: String) throws {
        let text = try Checkpoint.note(body, name: "log", key: key)
        let own = CheckpointKey(name: "log", publicKey: key.publicKey)
        #expect(throws: CheckpointError.unreadable) { try Checkpoint.verify(text, key: own) }
    }

    @Test("A public key's text must fit its own hash", arguments: [
        "", "log", "log+00000000+AAAA", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "peterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/",
    ])
    func badKey(text: String) { #expect(CheckpointKey(text: text) == nil) }
}
