import Crypto
import Foundation
import Postgres

/// Waits between guesses, shared by all servers through the database. See `Throttle` for why nobody can be locked out.
///
/// An attempt counts as a failure before it is tried, under a row lock, and is taken back when it succeeds: a burst of
/// parallel guesses can't all see the same count.
struct SignInGate: Sendable {
    private let device: Data?
    private let account: Data
    private let address: Data

    /// Refuses with the seconds to wait, before any hash is computed.
    static func open(_ visit: Visit, email: String, account: UUID?) async throws -> SignInGate {
        let services = visit.services
        let token = visit.cookies[Cookies.device]
        return try await services.door.transaction { db in
            var device: Data?
            if let token, let account, try db.isKnownDevice(token, account: account) {
                device = services.bucket("device", token + email)
            }
            let gate = SignInGate(
                device: device, account: services.bucket("account", email),
                address: services.bucket("address", visit.address))
            var longest = 0
            for (bucket, throttle) in gate.buckets {
                let found = try db.lockFailures(of: bucket, in: services.partnership.id)
                let wait = throttle.wait(failures: found.count, lastFailureAt: found.lastAt, now: visit.now)
                longest = max(longest, wait)
                let count = throttle.failuresAfterAnother(
                    failures: found.count, lastFailureAt: found.lastAt, now: visit.now)
                try db.setFailures(count, at: visit.now, bucket: bucket)
            }
            // Thrown inside the transaction: a refused attempt is not counted.
            if longest > 0 { throw Refusal.tooMany(longest) }
            return gate
        }
    }

    /// In a fixed order, so that two attempts never wait for each other's locks.
    private var buckets: [(Data, Throttle)] {
        if let device { return [(device, .knownDevice)] }
        return [(account, .account), (address, .address)]
    }

    func failed(_ visit: Visit, event: AuditEvent, account id: UUID?) async throws {
        let partnership = visit.services.partnership.id
        try await visit.services.door.transaction { db in
            try db.auditDoor(event, account: id, partnership: partnership)
        }
    }

    /// The password was right, the code is still to come: this attempt was no failure, but earlier ones still count.
    func passed(_ visit: Visit) async throws {
        try await visit.services.door.transaction { db in
            for (bucket, _) in buckets { try db.takeBackFailure(of: bucket) }
        }
    }

    /// Signed in: the account's (or device's) failures are forgotten; the address's are not.
    func succeeded(_ visit: Visit) async throws {
        try await visit.services.door.transaction { db in
            try db.forgetFailures(of: device ?? account)
            if device == nil { try db.takeBackFailure(of: address) }
        }
    }
}

extension Services {
    fileprivate func bucket(_ kind: String, _ value: String) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data("\(kind) \(value)".utf8), using: keys.throttle))
    }
}
