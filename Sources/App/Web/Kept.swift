import Foundation
import Synchronization

/// Answers that take long to count, kept in memory for a short while: so that a busy page isn't counted anew for every
/// look. Whoever uses it puts the viewer into the key, and says on the page when the answer was counted.
final class Kept: Sendable {
    private struct Entry {
        let value: any Sendable
        let at: ContinuousClock.Instant
    }

    private let lifetime: Duration
    private let most: Int
    private let entries = Mutex<[String: Entry]>([:])

    /// Forgets after `lifetime`; of more than `most` answers, all.
    init(for lifetime: Duration, most: Int = 200) {
        (self.lifetime, self.most) = (lifetime, most)
    }

    /// What is kept for `key`, or else what `count` finds; a failure is not kept. A key of one kind of answer says
    /// which kind.
    func value<Value: Sendable>(for key: String, _ count: () async throws -> Value) async throws -> Value {
        let now = ContinuousClock.now
        let kept = entries.withLock { entries in
            entries[key].flatMap { $0.at.advanced(by: lifetime) > now ? $0.value as? Value : nil }
        }
        if let kept { return kept }
        let value = try await count()
        entries.withLock { entries in
            if entries.count >= most { entries.removeAll() }
            entries[key] = Entry(value: value, at: now)
        }
        return value
    }
}
