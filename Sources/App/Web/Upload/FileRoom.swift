import Foundation
import Synchronization

/// The room in memory for files: a few at a time on this server, whoever comes and goes. Each costs up to twelve
/// times its size while it is sealed and sent to the database (measured: 15 at once, at most 130 MB for each place).
final class FileRoom: Sendable {
    private let places: Int
    /// One account never takes the whole room.
    private let each: Int
    private let patience: Duration
    private let taken = Mutex<[UUID: Int]>([:])

    init(places: Int = 3, each: Int = 2, patience: Duration = .seconds(5)) {
        (self.places, self.each, self.patience) = (places, each, patience)
    }

    /// Waits a little for a place; nil when none came free. Whoever gets one gives it back with `leave`.
    func enter(_ account: UUID) async -> Place? {
        let until = ContinuousClock.now + patience
        while true {
            if take(account) { return Place(room: self, account: account) }
            if ContinuousClock.now >= until || Task.isCancelled { return nil }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private func take(_ account: UUID) -> Bool {
        taken.withLock { taken in
            let own = taken[account] ?? 0
            guard own < each, taken.values.reduce(0, +) < places else { return false }
            taken[account] = own + 1
            return true
        }
    }

    private func free(_ account: UUID) {
        taken.withLock { taken in
            let own = (taken[account] ?? 1) - 1
            taken[account] = own > 0 ? own : nil
        }
    }

    /// One place in the room.
    struct Place: Sendable {
        fileprivate let room: FileRoom
        fileprivate let account: UUID

        func leave() { room.free(account) }
    }
}
