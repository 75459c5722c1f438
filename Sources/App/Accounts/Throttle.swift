import Foundation

/// How long the next sign-in attempt must wait after failures. Nothing is ever locked for good: a lock is a way to
/// keep the staff of a refuge out of their own system.
///
/// Failures are counted in three kinds of bucket, each kept by the caller as a count and the time of the last failure:
/// - `account`: one account, from devices that have not signed in to it before;
/// - `knownDevice`: one account and one device that has (it holds a `Token` in a cookie, whose hash is stored);
/// - `address`: one network address, over all accounts.
///
/// An attempt from a known device looks at its own bucket only. Strangers, however many, therefore can't make the
/// right person wait on their usual device; a thief of that device's cookie has few guesses and no password. An
/// attempt from anywhere else waits for the longer of `account` and `address`. What remains: under attack, a person on
/// a new device waits up to `account.ceiling`; they use a known one, a passkey, or an administrator.
///
/// A refused attempt is not tried, not counted, and costs no hash. An attempt that may go ahead is stored as a failure
/// before it is tried, in the transaction that locked the row and read the wait; success takes it back. Counted only
/// afterwards, a burst of guesses sent at once would all see the same count. Success clears the bucket that was used,
/// and no other: a colleague signing in must not hand the attacker fresh guesses. Unknown names have buckets too.
struct Throttle: Equatable, Sendable {
    /// Failures that cost nothing: mistyping is normal.
    let free: Int
    /// Seconds to wait after the first failure beyond those; each further failure doubles it.
    let first: Int
    /// The longest wait, in seconds.
    let ceiling: Int
    /// One failure is forgotten for every so many quiet seconds.
    let forgetEvery: Int

    /// 109 guesses at one account in a day, from all the world's addresses together.
    static let account = Throttle(free: 5, first: 2, ceiling: 900, forgetEvery: 3_600)
    /// A person at their own desk; never more than five minutes.
    static let knownDevice = Throttle(free: 8, first: 2, ceiling: 300, forgetEvery: 600)
    /// An office of thirty people behind one address mistypes now and then; one failure every 30 s is forgiven.
    static let address = Throttle(free: 30, first: 1, ceiling: 120, forgetEvery: 30)

    /// Whole seconds until the next attempt may be tried; 0 when it may be tried now.
    func wait(failures: Int, lastFailureAt: Date?, now: Date) -> Int {
        guard let lastFailureAt else { return 0 }
        let excess = remembered(failures: failures, lastFailureAt: lastFailureAt, now: now) - free
        guard excess > 0 else { return 0 }
        // Past 2^30 the ceiling holds anyway, and the shift stays in range.
        let delay = min(ceiling, excess > 31 ? ceiling : first << (excess - 1))
        return max(0, delay - Self.elapsed(from: lastFailureAt, to: now))
    }

    /// The failures that still count, after the quiet time since the last.
    func remembered(failures: Int, lastFailureAt: Date?, now: Date) -> Int {
        guard let lastFailureAt, failures > 0 else { return 0 }
        return max(0, failures - Self.elapsed(from: lastFailureAt, to: now) / forgetEvery)
    }

    /// The count to store, with `now`, when another attempt has failed.
    func failuresAfterAnother(failures: Int, lastFailureAt: Date?, now: Date) -> Int {
        min(1_000, remembered(failures: failures, lastFailureAt: lastFailureAt, now: now) + 1)
    }

    /// Whole seconds gone by; none if the clock was set back, so that nobody waits longer than the delay.
    private static func elapsed(from earlier: Date, to later: Date) -> Int {
        Int(min(max(0, later.timeIntervalSince(earlier)), 1e9))
    }
}
