import Crypto
import Foundation
import Postgres

/// Waits between guesses, shared by all servers through the database. See `Throttle` for why nobody can be locked out.
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
            let wait = try gate.buckets.map { bucket, throttle in
                let found = try db.failures(of: bucket)
                return throttle.wait(failures: found?.count ?? 0, lastFailureAt: found?.lastAt, now: visit.now)
            }.max() ?? 0
            if wait > 0 { throw Refusal.tooMany(wait) }
            return gate
        }
    }

    private var buckets: [(Data, Throttle)] {
        if let device { return [(device, .knownDevice)] }
        return [(account, .account), (address, .address)]
    }

    func failed(_ visit: Visit, event: AuditEvent, account id: UUID?) async throws {
        let partnership = visit.services.partnership.id
        try await visit.services.door.transaction { db in
            for (bucket, throttle) in buckets {
                let found = try db.failures(of: bucket)
                let count = throttle.failuresAfterAnother(
                    failures: found?.count ?? 0, lastFailureAt: found?.lastAt, now: visit.now)
                try db.setFailures(count, at: visit.now, bucket: bucket, partnership: partnership)
            }
            try db.auditDoor(event, account: id, partnership: partnership)
        }
    }

    func succeeded(_ visit: Visit) async throws {
        try await visit.services.door.transaction { db in try db.forgetFailures(of: device ?? account) }
    }
}

extension Services {
    fileprivate func bucket(_ kind: String, _ value: String) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data("\(kind) \(value)".utf8), using: keys.throttle))
    }
}
