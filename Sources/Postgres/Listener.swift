import CLibpq
import Glibc
import Synchronization

/// What `NOTIFY` sent.
public struct Notification: Sendable, Equatable {
    /// The channel.
    public let channel: String
    /// The text that was sent with it, at most 8,000 bytes; empty when there was none.
    public let payload: String
    /// True for the element that says that listening has begun, or begun again after a loss. It stands for whatever
    /// was missed before it, and has no payload.
    public let isStart: Bool
}

/// A thread that listens on a channel until it is stopped.
final class Listener: Sendable {
    private enum End { case stopped, lost }

    private let settings: Settings
    private let channel: String
    private let continuation: AsyncThrowingStream<Notification, any Error>.Continuation
    /// Becomes readable when the thread shall end. -1 once closed.
    private let bell: Mutex<(read: Int32, write: Int32)>
    private let stopped = Atomic(false)

    init(
        _ settings: Settings, channel: String,
        _ continuation: AsyncThrowingStream<Notification, any Error>.Continuation
    ) throws(PostgresError) {
        self.settings = settings
        self.channel = channel
        self.continuation = continuation
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw PostgresError(.connection, reason: "no file descriptors left")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        bell = Mutex((ends[0], ends[1]))
    }

    deinit {
        bell.withLock { bell in
            _ = Glibc.close(bell.read)
            _ = Glibc.close(bell.write)
        }
    }

    var hasStopped: Bool { stopped.load(ordering: .acquiring) }

    /// Ends the thread and the stream; may be called from anywhere, any number of times.
    func stop() {
        stopped.store(true, ordering: .releasing)
        bell.withLock { bell in _ = Glibc.write(bell.write, [UInt8(1)], 1) }
        continuation.finish()
    }

    /// Starts the thread, which keeps the listener alive until it ends.
    func start() {
        var thread: pthread_t = 0
        let code = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<Listener>.fromOpaque(context!).takeRetainedValue().loop()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(code == 0, "no thread for a listener: error \(code)")
        pthread_detach(thread)
    }

    private func loop() {
        let bell = bell.withLock { $0.read }
        nameThread("listen \(channel)")
        var failures = 0
        while !hasStopped {
            if let wire = try? Wire(settings), listen(wire) {
                failures = 0
                continuation.yield(Notification(channel: channel, payload: "", isStart: true))
                deliver(wire, bell)
            }
            // 50 ms, then 100, up to 1 s; the bell cuts it short.
            var socket = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
            _ = poll(&socket, 1, Int32(min(1000, 50 << min(failures, 5))))
            failures += 1
        }
    }

    private func listen(_ wire: Wire) -> Bool {
        let statement: SQL = "LISTEN \(SQL.identifier(channel))"
        let result = PQexecParams(wire.connection, statement.text, 0, nil, nil, nil, nil, 0)
        defer { PQclear(result) }
        return PQresultStatus(result) == PGRES_COMMAND_OK
    }

    /// Passes notifications on until the connection is lost or the bell rings.
    private func deliver(_ wire: Wire, _ bell: Int32) {
        while true {
            while let notification = PQnotifies(wire.connection) {
                let payload = String(cString: notification.pointee.extra)
                PQfreemem(notification)
                continuation.yield(Notification(channel: channel, payload: payload, isStart: false))
            }
            var sockets = [
                pollfd(fd: PQsocket(wire.connection), events: Int16(POLLIN), revents: 0),
                pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&sockets, 2, -1)
            if sockets[1].revents != 0 { return }
            guard PQconsumeInput(wire.connection) == 1, wire.isAlive else { return }
        }
    }
}
