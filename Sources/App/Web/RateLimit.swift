import Crypto
import Foundation
import Postgres
import ServiceLifecycle
import Synchronization

/// How many requests an account and an address may make, added up over all servers through the database.
///
/// Counting every request in the database would cost each of them a write. So each server counts in memory and adds its
/// counts to the shared ones once a second, one statement for all; it decides on the shared count it last saw and what
/// it has counted since. A burst can exceed the limit by what fits into that second, and no more.
final class RateLimit: Sendable {
    /// Requests in ten seconds. A person clicks once a second at most; an office of thirty sits behind one address.
    static let perAccount = 200
    static let perAddress = 1_000
    /// The form for anybody, from one address: a library or a refuge may share it.
    static let publicForms = 5
    static let window: TimeInterval = 10

    private struct Count {
        var fresh = 0
        var shared = 0
    }
    private struct State {
        var start = Date.distantPast
        var counts: [Data: Count] = [:]
    }
    private let state = Mutex(State())
    private let key: SymmetricKey
    /// More buckets than this in ten seconds are an attack from many addresses: the rest share one.
    private static let mostBuckets = 50_000

    init(key: SymmetricKey) { self.key = key }

    /// Counts a request; the seconds to wait when there were too many.
    func count(_ kind: Kind, _ value: String, now: Date) -> Int? {
        let bucket = Data(HMAC<SHA256>.authenticationCode(for: Data("\(kind.rawValue) \(value)".utf8), using: key))
        let start = Self.start(of: now)
        return state.withLock { state in
            if state.start != start { state = State(start: start) }
            let bucket = state.counts.count < Self.mostBuckets || state.counts[bucket] != nil ? bucket : Data()
            state.counts[bucket, default: Count()].fresh += 1
            let total = state.counts[bucket].map { $0.fresh + $0.shared } ?? 0
            guard total > kind.limit else { return nil }
            return max(1, Int(start.addingTimeInterval(Self.window).timeIntervalSince(now).rounded(.up)))
        }
    }

    enum Kind: String, Sendable {
        case account, address, publicForm
        var limit: Int {
            switch self {
            case .account: RateLimit.perAccount
            case .address: RateLimit.perAddress
            case .publicForm: RateLimit.publicForms
            }
        }
    }

    /// What this server has counted since it was last asked.
    fileprivate func take() -> (start: Date, counts: [Data: Int]) {
        state.withLock { state in (state.start, state.counts.mapValues(\.fresh).filter { $0.value > 0 }) }
    }

    /// What all servers together have counted, ours included.
    fileprivate func put(_ totals: [Data: Int], of start: Date, sent: [Data: Int]) {
        state.withLock { state in
            guard state.start == start else { return }
            for (bucket, total) in totals {
                state.counts[bucket]?.shared = total
                state.counts[bucket]?.fresh -= sent[bucket] ?? 0
            }
        }
    }

    private static func start(of now: Date) -> Date {
        Date(timeIntervalSince1970: (now.timeIntervalSince1970 / window).rounded(.down) * window)
    }
}

/// Adds this server's counts to the shared ones every second, and forgets old windows.
struct RateLimitSharing: Service {
    let services: Services

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let (start, counts) = services.rates.take()
            if !counts.isEmpty {
                // The database away: each server limits by its own count until it is back.
                let totals = try? await services.door.transaction { db in
                    try db.addRates(counts, from: start, in: services.partnership.id)
                }
                if let totals { services.rates.put(totals, of: start, sent: counts) }
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
        }
    }
}
