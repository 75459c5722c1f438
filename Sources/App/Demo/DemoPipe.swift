import Dispatch
import Synchronization

/// Hands batches from the thread that makes them up to the one that sends them, at most three ahead: while the
/// database takes one batch the next is made, and memory stays small.
final class DemoPipe: Sendable {
    private struct State {
        var waiting: [DemoBatch] = []
        var end: Result<Void, any Error>?
        var isAbandoned = false
    }

    private struct Abandoned: Error {}

    private let state = Mutex(State())
    // Both start at 0, since a semaphore must not be freed below the value that it was made with.
    private let free = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    private init() {
        for _ in 0..<3 { free.signal() }
    }

    /// Runs `make` on a thread of its own, and `send` on this one for every batch that it puts. Returns when all are
    /// sent; what either throws stops both and is rethrown.
    static func run(
        making make: @escaping @Sendable (_ put: (DemoBatch) throws -> Void) throws -> Void,
        sending send: (DemoBatch) throws -> Void
    ) throws {
        let pipe = DemoPipe()
        DispatchQueue.global().async {
            let end = Result { try make(pipe.put) }
            pipe.state.withLock { $0.end = end }
            pipe.filled.signal()
        }
        do {
            while let batch = try pipe.take() { try send(batch) }
        } catch {
            pipe.state.withLock { $0.isAbandoned = true }
            pipe.free.signal()
            throw error
        }
    }

    private func put(_ batch: DemoBatch) throws {
        free.wait()
        let isAbandoned = state.withLock { state in
            if !state.isAbandoned { state.waiting.append(batch) }
            return state.isAbandoned
        }
        if isAbandoned { throw Abandoned() }
        filled.signal()
    }

    private func take() throws -> DemoBatch? {
        filled.wait()
        return try state.withLock { state in
            if !state.waiting.isEmpty {
                free.signal()
                return state.waiting.removeFirst()
            }
            try state.end?.get()
            return nil
        }
    }
}
