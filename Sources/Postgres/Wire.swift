import CLibpq
import Glibc

/// One message to the server.
enum Step {
    case prepare(name: String, text: String)
    case execute(name: String, parameters: [String?])
    case deallocate(String)
}

/// What came back for a batch of steps, in their order; nil where a step failed or was skipped after a failure.
struct Replies {
    var results: [OpaquePointer?] = []
    /// The first failure: its step, and its result (owned, to be cleared by who takes it).
    var failure: (step: Int, result: OpaquePointer)?
}

/// libpq for one connection: sends, waits, receives. It blocks, so it is used on the connection's own thread only.
final class Wire {
    let connection: OpaquePointer
    private var buffer = ParameterBuffer()
    /// Set when libpq and we no longer agree on what the server is doing; the connection can only be closed.
    private(set) var broken = false
    /// Set when a statement or a result was so large that libpq's buffers, which never shrink, are better given back.
    private(set) var isSwollen = false
    private static let swollen = 4 << 20

    /// Connects; throws `.connection` with libpq's reason.
    init(_ settings: Settings) throws(PostgresError) {
        let keywords = settings.keywords.map { strdup($0) } + [nil]
        let values = settings.values.map { strdup($0) } + [nil]
        defer { for copy in keywords + values { free(copy) } }
        let opened = PQconnectdbParams(
            keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 0)
        guard let opened else { throw PostgresError(.connection, reason: "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            // Before the first statement the message can name host, role and database, but no row's value.
            let message = String(cString: PQerrorMessage(opened))
            PQfinish(opened)
            throw PostgresError(.connection, reason: message.split(separator: "\n").first.map(String.init))
        }
        connection = opened
        // A NOTICE may quote values, and libpq would print it on standard error. While nothing runs, a shutdown's FATAL
        // comes this way too, perhaps before the socket is closed.
        let receiver: PQnoticeReceiver = { context, notice in
            guard let context, let severity = PQresultErrorField(notice, Int32(UInt8(ascii: "V"))) else { return }
            let isEnd = ["FATAL", "PANIC"].contains(String(cString: severity))
            if isEnd { Unmanaged<Wire>.fromOpaque(context).takeUnretainedValue().broken = true }
        }
        PQsetNoticeReceiver(opened, receiver, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit { PQfinish(connection) }

    var isAlive: Bool { !broken && PQstatus(connection) == CONNECTION_OK }
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(connection) }
    func breakOff() { broken = true }

    /// True when the server has closed an idle connection. Costs one system call.
    var isStale: Bool {
        var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        while isAlive, poll(&socket, 1, 0) != 0 {
            guard PQconsumeInput(connection) == 1 else { return true }
            // Parses what has come: a notice, a parameter's change, or the server's goodbye.
            _ = PQisBusy(connection)
        }
        return !isAlive
    }

    /// Sends all steps at once and waits for all replies: one round trip, however many steps.
    func exchange(_ steps: [Step], cancellable: Bool) throws(PostgresError) -> Replies {
        var replies = Replies()
        if steps.count == 1 {
            try send(steps[0])
            receive(into: &replies, step: 0, cancellable: cancellable)
        } else {
            guard PQenterPipelineMode(connection) == 1 else { throw fail() }
            for step in steps { try send(step) }
            guard PQpipelineSync(connection) == 1 else { throw fail() }
            for step in steps.indices { receive(into: &replies, step: step, cancellable: cancellable) }
            guard !broken else { return replies }
            wait(cancellable: cancellable)
            let end = PQgetResult(connection)
            let synced = PQresultStatus(end) == PGRES_PIPELINE_SYNC
            PQclear(end)
            if !synced || PQexitPipelineMode(connection) != 1 { broken = true }
        }
        return replies
    }

    private func send(_ step: Step) throws(PostgresError) {
        let sent: Int32
        switch step {
        case .prepare(let name, let text):
            sent = PQsendPrepare(connection, name, text, 0, nil)
        case .execute(let name, let parameters):
            sent = buffer.withPointers(parameters) { PQsendQueryPrepared(connection, name, $0, $1, nil, nil, 0) }
            if buffer.size > Self.swollen { isSwollen = true }
        case .deallocate(let name):
            sent = PQsendQueryParams(connection, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0)
        }
        guard sent == 1 else { throw fail() }
    }

    /// Takes all results of one step; the last that is not an error counts, and any error does.
    private func receive(into replies: inout Replies, step: Int, cancellable: Bool) {
        var kept: OpaquePointer?
        while !broken, let result = next(cancellable: cancellable) {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                PQclear(kept)
                kept = result
                if PQresultMemorySize(result) > Self.swollen { isSwollen = true }
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                // COPY has its own functions; here nobody would feed it, and libpq would hand it out for ever.
                broken = true
                if replies.failure == nil { replies.failure = (step, result) } else { PQclear(result) }
                replies.results.append(nil)
                return
            default:
                PQclear(kept)
                kept = nil
                if replies.failure == nil { replies.failure = (step, result) } else { PQclear(result) }
                if PQstatus(connection) != CONNECTION_OK { broken = true }
            }
        }
        replies.results.append(kept)
    }

    /// The next result of the running statement, nil at its end.
    func next(cancellable: Bool) -> OpaquePointer? {
        wait(cancellable: cancellable)
        return PQgetResult(connection)
    }

    /// Sends one statement outside a pipeline, as COPY needs it.
    func start(_ text: String) throws(PostgresError) {
        guard PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, 0) == 1 else { throw fail() }
    }

    /// Runs a script of several statements.
    func script(_ text: String) -> OpaquePointer? {
        PQexec(connection, text)
    }

    /// Waits until the next result can be taken without blocking.
    ///
    /// While it waits it looks every 50 ms whether the task was cancelled, and asks the server to stop: on this thread,
    /// before anything else is sent, so the request can never hit another statement. It asks again, because the server
    /// ignores the request when it comes before the statement has begun.
    func wait(cancellable: Bool) {
        while PQisBusy(connection) == 1 {
            guard take(cancellable: cancellable) else { return }
        }
    }

    /// The next piece of a running COPY TO, to be freed by the caller; nil at its end.
    func copyData() -> (bytes: UnsafeMutablePointer<CChar>, count: Int)? {
        var bytes: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(connection, &bytes, 1)
            if count > 0, let bytes { return (bytes, Int(count)) }
            guard count == 0, take(cancellable: true) else { return nil }
        }
    }

    /// Waits for bytes and takes them in; false when the connection is lost.
    private func take(cancellable: Bool) -> Bool {
        var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        while true {
            let ready = poll(&socket, 1, cancellable ? 50 : -1)
            if ready > 0 { return PQconsumeInput(connection) == 1 }
            if ready == 0, Task.isCancelled { cancel() }
        }
    }

    /// Asks the server to stop the running statement; its error then arrives as the statement's result.
    func cancel() {
        guard let request = PQgetCancel(connection) else { return }
        defer { PQfreeCancel(request) }
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(request, &message, Int32(message.count))
    }

    /// The error after libpq refused to send: the connection is of no more use.
    func fail() -> PostgresError {
        broken = true
        return .lost
    }
}

/// Parameters as C strings, in a buffer that is used again for the next statement.
struct ParameterBuffer {
    private var bytes: [CChar] = []
    private var starts: [Int] = []

    /// Bytes of the last statement's parameters.
    var size: Int { bytes.count }

    /// libpq and the protocol count parameters in 16 bits.
    static let limit = 65_535

    mutating func withPointers<R>(
        _ parameters: [String?], _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> R
    ) -> R {
        if parameters.isEmpty { return body(0, nil) }
        bytes.removeAll(keepingCapacity: bytes.capacity < 1 << 20)
        starts.removeAll(keepingCapacity: true)
        for parameter in parameters {
            guard var parameter else {
                starts.append(-1)
                continue
            }
            starts.append(bytes.count)
            parameter.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
            }
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { buffer in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { pointers in
                for (index, start) in starts.enumerated() {
                    pointers.initializeElement(at: index, to: start < 0 ? nil : buffer.baseAddress! + start)
                }
                return body(Int32(starts.count), pointers.baseAddress)
            }
        }
    }
}
