import Synchronization

/// The connections of a `Database`: opened when needed, lent to one transaction at a time, first come first served.
final class Pool: Sendable {
    private struct Waiter {
        let id: UInt64
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Grant, any Error>
    }

    /// What a caller gets: a connection, or the right to open one.
    private enum Grant {
        case use(Connection)
        case open
    }

    private struct State {
        /// Free connections; the last one back is the first one out, since its caches are warm.
        var idle: [Connection] = []
        /// Connections that exist or are being opened.
        var total = 0
        var waiters: [Waiter] = []
        var nextID: UInt64 = 0
        var isSweeping = false
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
        /// Failed attempts to connect in a row, the last error, and when to try again.
        var failures = 0
        var lastFailure: PostgresError?
        var retryAt = ContinuousClock.now
    }

    private let settings: Result<Settings, PostgresError>
    private let size: Int
    private let waitTimeout: Duration
    private let state = Mutex(State())

    init(settings: Result<Settings, PostgresError>, size: Int, waitTimeout: Double) {
        self.settings = settings
        self.size = max(1, size)
        self.waitTimeout = .seconds(waitTimeout)
    }

    /// A connection for the caller alone; it comes back by `giveBack`, or is closed and forgotten.
    func lease() async throws -> Connection {
        try await waitForServer()
        let taken = try take()
        let grant = if let taken { taken } else { try await wait() }
        switch grant {
        case .use(let connection): return connection
        case .open: return try await open()
        }
    }

    /// Takes a connection back; a waiting caller gets it at once. False when the pool is closed: the connection is to
    /// be closed too, and forgotten.
    func giveBack(_ connection: Connection) -> Bool {
        let (waiter, isKept) = state.withLock { state -> (Waiter?, Bool) in
            if state.isClosed { return (nil, false) }
            if !state.waiters.isEmpty { return (state.waiters.removeFirst(), true) }
            state.idle.append(connection)
            return (nil, true)
        }
        waiter?.continuation.resume(returning: .use(connection))
        return isKept
    }

    /// Forgets a connection that is closed, so that another may be opened in its place.
    func forget() {
        let (waiter, closers) = state.withLock { state in
            state.total -= 1
            return (Pool.heirOfRoom(&state), Pool.finished(&state))
        }
        waiter?.continuation.resume(returning: .open)
        for closer in closers { closer.resume() }
    }

    var status: Database.Status {
        state.withLock { state in
            Database.Status(open: state.total, idle: state.idle.count, waiting: state.waiters.count)
        }
    }

    /// Refuses new callers and waiting ones, and returns when every connection is closed.
    func close() async {
        let (idle, waiters) = state.withLock { state in
            state.isClosed = true
            state.total -= state.idle.count
            defer {
                state.idle = []
                state.waiters = []
            }
            return (state.idle, state.waiters)
        }
        for waiter in waiters { waiter.continuation.resume(throwing: PostgresError.closed) }
        for connection in idle { await connection.close() }
        await withCheckedContinuation { closer in
            let isDone = state.withLock { state in
                if state.total > 0 { state.closers.append(closer) }
                return state.total == 0
            }
            if isDone { closer.resume() }
        }
    }

    /// While nobody is connected and an attempt has just failed, whoever comes waits for the next one, a second at
    /// most: the server may be back by then.
    private func waitForServer() async throws {
        let next = state.withLock { state in
            state.total == 0 && state.lastFailure != nil && !state.isClosed ? state.retryAt : nil
        }
        guard let next else { return }
        do {
            try await Task.sleep(until: next, clock: .continuous)
        } catch {
            throw PostgresError.cancelled
        }
    }

    /// What is there without waiting; nil when the caller must queue.
    private func take() throws(PostgresError) -> Grant? {
        let result: Result<Grant?, PostgresError> = state.withLock { state in Pool.take(&state, size: size) }
        return try result.get()
    }

    private static func take(_ state: inout State, size: Int) -> Result<Grant?, PostgresError> {
        if state.isClosed { return .failure(.closed) }
        guard state.waiters.isEmpty else { return .success(nil) }
        if let connection = state.idle.popLast() { return .success(.use(connection)) }
        guard state.total < size else { return .success(nil) }
        if let failure = state.lastFailure, ContinuousClock.now < state.retryAt {
            // While others work, one of them will come back; alone, there is nothing to wait for.
            return state.total > 0 ? .success(nil) : .failure(failure)
        }
        state.total += 1
        return .success(.open)
    }

    /// The waiter that may open a connection, when there is room for one.
    private static func heirOfRoom(_ state: inout State) -> Waiter? {
        guard !state.waiters.isEmpty, !state.isClosed else { return nil }
        state.total += 1
        return state.waiters.removeFirst()
    }

    private static func finished(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        guard state.isClosed, state.total == 0 else { return [] }
        defer { state.closers = [] }
        return state.closers
    }

    private func open() async throws -> Connection {
        do {
            let connection = Connection(try settings.get())
            try await connection.connect()
            state.withLock { state in
                state.failures = 0
                state.lastFailure = nil
            }
            return connection
        } catch {
            return try await recover(from: error)
        }
    }

    /// After a failed attempt: while other connections live the caller queues for one of them (the server may only be
    /// full); otherwise it and all who wait get the error at once. Attempts are 50 ms apart, then 100, up to 1 s.
    private func recover(from failure: PostgresError) async throws -> Connection {
        let (refused, closers) = state.withLock { state -> ([Waiter]?, [CheckedContinuation<Void, Never>]) in
            state.total -= 1
            state.lastFailure = failure
            state.retryAt = .now + .milliseconds(min(1000, 50 << min(state.failures, 5)))
            state.failures += 1
            let closers = Pool.finished(&state)
            if state.total > 0 { return (nil, closers) }
            defer { state.waiters = [] }
            return (state.waiters, closers)
        }
        for closer in closers { closer.resume() }
        guard let refused else {
            switch try await wait(atFront: true) {
            case .use(let connection): return connection
            case .open: return try await open()
            }
        }
        for waiter in refused { waiter.continuation.resume(throwing: failure) }
        throw failure
    }

    private func wait(atFront: Bool = false) async throws -> Grant {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(id, continuation, atFront: atFront)
            }
        } onCancel: {
            remove(id)?.resume(throwing: PostgresError.cancelled)
        }
    }

    private func enqueue(_ id: UInt64, _ continuation: CheckedContinuation<Grant, any Error>, atFront: Bool) {
        let (taken, sweep) = state.withLock { state -> (Result<Grant?, PostgresError>, Bool) in
            // Something may have come back since the caller looked.
            let taken = Pool.take(&state, size: size)
            guard case .success(nil) = taken else { return (taken, false) }
            let waiter = Waiter(id: id, deadline: .now + waitTimeout, continuation: continuation)
            state.waiters.insert(waiter, at: atFront ? 0 : state.waiters.count)
            defer { state.isSweeping = true }
            return (taken, !state.isSweeping)
        }
        if case .success(nil) = taken { openForFirst() }
        switch taken {
        case .success(let grant?): continuation.resume(returning: grant)
        case .failure(let error): continuation.resume(throwing: error)
        case .success(nil):
            if sweep { startSweeping() }
            // The cancellation may have come before there was anything to remove.
            if Task.isCancelled { remove(id)?.resume(throwing: PostgresError.cancelled) }
        }
    }

    /// After a failure to connect callers queue although there is room: the first of them tries again in time.
    private func openForFirst() {
        let waiter = state.withLock { state in
            state.total < size && state.retryAt <= .now ? Pool.heirOfRoom(&state) : nil
        }
        waiter?.continuation.resume(returning: .open)
    }

    private func remove(_ id: UInt64) -> CheckedContinuation<Grant, any Error>? {
        state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiters.remove(at: index).continuation
        }
    }

    /// One task for all who wait: it sleeps until the next deadline, and ends when nobody waits.
    private func startSweeping() {
        Task { [weak self] in
            while let next = self?.expire() { try? await Task.sleep(until: next, clock: .continuous) }
        }
    }

    private func expire() -> ContinuousClock.Instant? {
        let (late, next) = state.withLock { state -> ([Waiter], ContinuousClock.Instant?) in
            let now = ContinuousClock.now
            let late = state.waiters.filter { $0.deadline <= now }
            state.waiters.removeAll { $0.deadline <= now }
            let next = state.waiters.map(\.deadline).min()
            state.isSweeping = next != nil
            return (late, next)
        }
        let error = PostgresError(.timeout, reason: "no connection came free in time")
        for waiter in late { waiter.continuation.resume(throwing: error) }
        return next
    }
}
