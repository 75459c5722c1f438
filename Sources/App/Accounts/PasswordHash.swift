import CArgon2
import Crypto
import Dispatch
import Foundation

/// Why a password could not be hashed or checked. Never "wrong password": that is an answer, not an error.
enum PasswordHashError: Error, Equatable, Sendable {
    /// Too many sign-ins are waiting; ask the person to try again in a moment (`Reply.busy`).
    case busy
    /// The request was given up while it waited.
    case cancelled
    /// libargon2 refused, as when memory has run out.
    case failed(Int32)
}

/// What a hash costs: Argon2id, RFC 9106.
struct PasswordCost: Equatable, Sendable {
    /// Memory in KiB.
    let memory: UInt32
    let passes: UInt32
    let lanes: UInt32

    /// 46 MiB, one pass, one lane (rulings, 5; OWASP's first choice), about 70 ms.
    static let standard = PasswordCost(memory: 47_104, passes: 1, lanes: 1)

    /// The cost written in a stored hash, or nil if it isn't one of ours or asks for more than we would ever spend:
    /// someone who can write one row must not be able to make sign-in eat the machine.
    init?(phc: String) {
        let parts = phc.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
        let settings = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard settings.count == 3, settings[0].hasPrefix("m="), settings[1].hasPrefix("t="),
              settings[2].hasPrefix("p="), let memory = UInt32(settings[0].dropFirst(2)),
              let passes = UInt32(settings[1].dropFirst(2)), let lanes = UInt32(settings[2].dropFirst(2)),
              memory <= 262_144, passes <= 10, lanes <= 4 else { return nil }
        self.init(memory: memory, passes: passes, lanes: lanes)
    }

    /// A cost of one's own, for tests and later increases.
    init(memory: UInt32, passes: UInt32, lanes: UInt32) {
        (self.memory, self.passes, self.lanes) = (memory, passes, lanes)
    }
}

/// Password hashes in the PHC string form, `$argon2id$v=19$m=47104,t=1,p=1$salt$hash`. Slow on purpose: call through
/// `PasswordHasher`, never on the cooperative threads.
enum PasswordHash {
    /// The pepper is a 256-bit key kept wrapped outside the hashes: a stolen table alone can't be guessed at.
    /// Changing it makes every stored hash worthless, so it isn't rotated with the master key.
    static func make(
        _ password: String, pepper: SymmetricKey, cost: PasswordCost = .standard
    ) throws(PasswordHashError) -> String {
        let salt = Token.randomBytes(16)
        let secret = peppered(password, pepper)
        let length = argon2_encodedlen(cost.passes, cost.memory, cost.lanes, 16, 32, Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let status = salt.withUnsafeBytes { salt in
            secret.withUnsafeBytes { secret in
                argon2id_hash_encoded(
                    cost.passes, cost.memory, cost.lanes, secret.baseAddress, secret.count, salt.baseAddress,
                    salt.count, 32, &encoded, length)
            }
        }
        guard status == ARGON2_OK.rawValue else { throw .failed(status) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether `password` gave `phc`. libargon2 compares in constant time. A hash that isn't ours matches nothing.
    static func verify(
        _ password: String, against phc: String, pepper: SymmetricKey
    ) throws(PasswordHashError) -> Bool {
        try verify(secret: peppered(password, pepper), against: phc)
    }

    /// The same without the pepper.
    static func verify(secret: Data, against phc: String) throws(PasswordHashError) -> Bool {
        guard PasswordCost(phc: phc) != nil else { return false }
        let status = secret.withUnsafeBytes { argon2id_verify(phc, $0.baseAddress, $0.count) }
        // Out of memory must not pass for a wrong password, nor use up one of the person's tries.
        if status == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue { throw .failed(status) }
        return status == ARGON2_OK.rawValue
    }

    /// Whether a hash that just matched should be replaced, because the cost has since been raised.
    static func needsRehash(_ phc: String, cost: PasswordCost = .standard) -> Bool { PasswordCost(phc: phc) != cost }

    /// A well-formed hash of nothing, on which checking any password fails and takes as long as on a real one.
    static func dummy(cost: PasswordCost = .standard) -> String {
        func field(_ count: Int) -> String { Token.randomBytes(count).base64EncodedString().replacing("=", with: "") }
        return "$argon2id$v=19$m=\(cost.memory),t=\(cost.passes),p=\(cost.lanes)$\(field(16))$\(field(32))"
    }

    /// One spelling for the same characters typed on different keyboards. Nothing is trimmed or cut.
    static func normalised(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

    private static func peppered(_ password: String, _ pepper: SymmetricKey) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(normalised(password).utf8), using: pepper))
    }
}

/// The one door to password hashing: at most two at once (92 MiB), on threads of its own, and a short queue.
actor PasswordHasher {
    private let pepper: SymmetricKey
    private let cost: PasswordCost
    private let limit: Int
    private let queueLimit: Int
    private let dummy: String
    private let threads = DispatchQueue(label: "password-hashing", qos: .userInitiated, attributes: .concurrent)
    private var running = 0
    private var waiting: [(ticket: UInt64, turn: CheckedContinuation<Bool, Never>)] = []
    private var nextTicket: UInt64 = 0

    /// `queueLimit` sign-ins may wait, about a second's worth; the next is told `busy`.
    init(pepper: SymmetricKey, cost: PasswordCost = .standard, limit: Int = 2, queueLimit: Int = 32) {
        (self.pepper, self.cost, self.limit, self.queueLimit) = (pepper, cost, limit, queueLimit)
        dummy = PasswordHash.dummy(cost: cost)
    }

    /// How many sign-ins wait at this moment.
    var queued: Int { waiting.count }

    /// The string to store for a new password.
    func hash(_ password: String) async throws(PasswordHashError) -> String {
        let (pepper, cost) = (pepper, cost)
        return try await run { () throws(PasswordHashError) in
            try PasswordHash.make(password, pepper: pepper, cost: cost)
        }
    }

    /// Whether the password fits. Give nil for an unknown account: it takes as long, and the answer is no.
    func verify(_ password: String, against phc: String?) async throws(PasswordHashError) -> Bool {
        let pepper = pepper
        let known = phc.flatMap { PasswordCost(phc: $0) == nil ? nil : $0 }
        let target = known ?? dummy
        let fits = try await run { () throws(PasswordHashError) in
            try PasswordHash.verify(password, against: target, pepper: pepper)
        }
        return fits && known != nil
    }

    /// Takes as long as checking a real password, for a name that nobody has.
    func dummyVerify(_ password: String) async throws(PasswordHashError) {
        _ = try await verify(password, against: nil)
    }

    /// Whether to store `hash(password)` anew after a successful sign-in.
    nonisolated func needsRehash(_ phc: String) -> Bool { PasswordHash.needsRehash(phc, cost: cost) }

    /// Does slow work on the hashing threads when its turn comes. The work blocks one of them until it returns.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(PasswordHashError) -> Value
    ) async throws(PasswordHashError) -> Value {
        try await takeTurn()
        defer { passTurn() }
        let result: Result<Value, PasswordHashError> = await withCheckedContinuation { done in
            threads.async { done.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }

    private func takeTurn() async throws(PasswordHashError) {
        if Task.isCancelled { throw .cancelled }
        if running < limit { return running += 1 }
        guard waiting.count < queueLimit else { throw .busy }
        let ticket = nextTicket
        nextTicket += 1
        let granted = await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                // The handler may have run before there was anything to remove.
                if Task.isCancelled { turn.resume(returning: false) } else { waiting.append((ticket, turn)) }
            }
        } onCancel: {
            Task { await self.leave(ticket) }
        }
        guard granted else { throw .cancelled }
    }

    /// Hands the turn on without letting a newcomer slip in between.
    private func passTurn() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().turn.resume(returning: true) }
    }

    private func leave(_ ticket: UInt64) {
        guard let place = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: place).turn.resume(returning: false)
    }
}
