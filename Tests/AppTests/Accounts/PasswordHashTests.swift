import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Password hashes")
struct PasswordHashTests {
    private let pepper = SymmetricKey(size: .bits256)
    /// Small enough to run by the dozen.
    private let cheap = PasswordCost(memory: 64, passes: 1, lanes: 1)

    /// The reference implementation's own test of Argon2id, version 1.3.
    @Test("A hash made by the reference implementation verifies")
    func reference() throws {
        let phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(try PasswordHash.verify(secret: Data("password".utf8), against: phc))
        #expect(try !PasswordHash.verify(secret: Data("Password".utf8), against: phc))
    }

    @Test("The standard cost is 46 MiB, one pass, one lane, and is written in the hash")
    func standard() throws {
        let phc = try PasswordHash.make("dry walls stand long", pepper: pepper)
        #expect(phc.hasPrefix("$argon2id$v=19$m=47104,t=1,p=1$"))
        #expect(try PasswordHash.verify("dry walls stand long", against: phc, pepper: pepper))
        #expect(!PasswordHash.needsRehash(phc))
    }

    @Test("Only the same password with the same pepper fits")
    func matching() throws {
        let phc = try PasswordHash.make("dry walls stand long", pepper: pepper, cost: cheap)
        let near = [
            "", "dry walls stand lon", "Dry walls stand long", "dry walls stand long ", "dry walls stand long\u{0}",
        ]
        for wrong in near {
            #expect(try !PasswordHash.verify(wrong, against: phc, pepper: pepper))
        }
        let other = SymmetricKey(size: .bits256)
        #expect(try !PasswordHash.verify("dry walls stand long", against: phc, pepper: other))
        #expect(try PasswordHash.make("dry walls stand long", pepper: pepper, cost: cheap) != phc)
    }

    @Test("An accent typed as one character or as two is the same password")
    func normalised() throws {
        let phc = try PasswordHash.make("caf\u{e9} by the wall", pepper: pepper, cost: cheap)
        #expect(try PasswordHash.verify("cafe\u{301} by the wall", against: phc, pepper: pepper))
    }

    @Test("Nothing after a zero byte or far along is ignored")
    func wholePassword() throws {
        let long = String(repeating: "a", count: 127)
        let phc = try PasswordHash.make(long + "b", pepper: pepper, cost: cheap)
        #expect(try !PasswordHash.verify(long + "c", against: phc, pepper: pepper))
        let zero = try PasswordHash.make("before\u{0}after one", pepper: pepper, cost: cheap)
        #expect(try !PasswordHash.verify("before\u{0}after two", against: zero, pepper: pepper))
    }

    @Test("A hash with another cost is due for renewal")
    func rehash() throws {
        let phc = try PasswordHash.make("dry walls stand long", pepper: pepper, cost: cheap)
        #expect(PasswordHash.needsRehash(phc) && !PasswordHash.needsRehash(phc, cost: cheap))
        #expect(PasswordHash.needsRehash("nonsense"))
    }

    @Test("A planted hash that is foreign, or would eat the machine, is not even tried", arguments: [
        "", "$", "plain", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=4000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ", "$argon2id$v=19$m=64,t=1,p=1$$",
        "$argon2id$v=19$t=1,m=64,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ])
    func planted(phc: String) throws {
        // All but the one that lacks only salt and hash are refused before libargon2 sees them.
        #expect(PasswordCost(phc: phc) == nil || phc.hasSuffix("$$"))
        #expect(try !PasswordHash.verify("dry walls stand long", against: phc, pepper: pepper))
    }

    @Test("The dummy is a real hash in form and cost, so that checking it does the real work")
    func dummy() throws {
        let phc = PasswordHash.dummy()
        #expect(PasswordCost(phc: phc) == .standard)
        #expect(phc.count == (try PasswordHash.make("dry walls stand long", pepper: pepper)).count)
        #expect(try !PasswordHash.verify("", against: phc, pepper: pepper))
    }
}
