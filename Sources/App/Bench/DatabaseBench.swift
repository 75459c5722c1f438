import Foundation
import Postgres

/// How fast our way to PostgreSQL is, against `pgbench`, PostgreSQL's own client, doing the same in the same minute.
public enum DatabaseBench {
    /// What one client does again and again.
    public enum Work: String, Sendable, CaseIterable {
        /// One prepared SELECT of one row by its key, outside a transaction.
        case statement
        /// What a request does: BEGIN, the session, the same SELECT, COMMIT.
        case transaction
    }

    /// Both sides' figures. Latencies are of ours, in milliseconds.
    public struct Measurement: Sendable {
        /// What was done.
        public let work: Work
        /// How many clients did it at once, each on a connection of its own.
        public let connections: Int
        /// Ours.
        public let transactionsPerSecond: Double
        /// Half took no longer.
        public let p50: Double
        /// 95 of 100 took no longer.
        public let p95: Double
        /// 99 of 100 took no longer.
        public let p99: Double
        /// What `pgbench` reported, without the time to connect.
        public let pgbenchTransactionsPerSecond: Double
        /// Ours divided by `pgbench`'s.
        public var ratio: Double { transactionsPerSecond / pgbenchTransactionsPerSecond }
    }

    /// Why there is no figure.
    public enum Failure: Error, CustomStringConvertible {
        case pgbench(String)

        /// What to do about it.
        public var description: String {
            switch self {
            case .pgbench(let why): "pgbench did not run (it comes with PostgreSQL's client package): \(why)"
            }
        }
    }

    /// Runs `work` on so many connections for so many seconds, and as often by `pgbench`, in turns of two seconds or
    /// so: whatever else the machine does meanwhile hits both.
    /// Reads PostgreSQL's catalogue only, so it needs no table and no privilege.
    public static func run(
        conninfo: String, connections: Int, seconds: Int, work: Work = .statement
    ) async throws -> Measurement {
        let turns = max(1, seconds / 2)
        var latencies: [Double] = []
        var pgbenchSeconds = 0.0
        for _ in 0..<turns {
            let turn: Duration = .seconds(seconds) / turns
            let mine =
                switch work {
                case .statement: try await statements(conninfo, connections, turn)
                case .transaction: try await transactions(conninfo, connections, turn)
                }
            latencies += mine
            let each = max(1, mine.count / connections)
            pgbenchSeconds += try Double(mine.count) / pgbench(conninfo, connections, each: each, work)
        }
        latencies.sort()
        func percentile(_ share: Double) -> Double {
            latencies.isEmpty ? 0 : latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))] * 1000
        }
        return Measurement(
            work: work, connections: connections, transactionsPerSecond: Double(latencies.count) / Double(seconds),
            p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99),
            pgbenchTransactionsPerSecond: Double(latencies.count) / pgbenchSeconds)
    }

    /// The keys that every catalogue has: `bool` to `oid`.
    private static let keys = 16...26

    private static func read(_ connection: isolated Connection) throws {
        let key = Int.random(in: keys)
        let row = try connection.first("SELECT typname, typlen FROM pg_catalog.pg_type WHERE oid = \(key)") { row in
            (try row["typname"] as String, try row["typlen"] as Int)
        }
        precondition(row != nil, "the catalogue lacks a built-in type")
    }

    private static func transactions(
        _ conninfo: String, _ connections: Int, _ time: Duration
    ) async throws -> [Double] {
        let database = Database(conninfo, options: Database.Options(size: connections))
        let latencies = try await clients(connections, time) { _ in
            try await database.transaction(session: "bench") { try read($0) }
        }
        await database.close()
        return latencies
    }

    private static func statements(
        _ conninfo: String, _ connections: Int, _ time: Duration
    ) async throws -> [Double] {
        var opened: [Connection] = []
        for _ in 0..<connections { opened.append(try await Connection.open(conninfo)) }
        let all = opened
        let latencies = try await clients(connections, time) { client in try await read(all[client]) }
        for connection in all { await connection.close() }
        return latencies
    }

    /// Seconds that each call of `work` took, after a tenth of the time to warm up.
    private static func clients(
        _ count: Int, _ time: Duration, _ work: @escaping @Sendable (_ client: Int) async throws -> Void
    ) async throws -> [Double] {
        try await withThrowingTaskGroup(of: [Double].self) { group in
            let clock = ContinuousClock()
            let start = clock.now + time / 10
            let end = start + time
            for client in 0..<count {
                group.addTask {
                    var latencies: [Double] = []
                    var before = clock.now
                    while before < end {
                        try await work(client)
                        let after = clock.now
                        if before >= start { latencies.append((after - before) / .seconds(1)) }
                        before = after
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// `pgbench`'s rate over as many transactions as ours were. Not over a time: its clock is a signal, and signals are
    /// blocked in what Foundation starts from a task.
    private static func pgbench(_ conninfo: String, _ connections: Int, each: Int, _ work: Work) throws -> Double {
        let select = "SELECT typname, typlen FROM pg_catalog.pg_type WHERE oid = :key;\n"
        let script =
            "\\set key random(\(keys.lowerBound), \(keys.upperBound))\n"
            + (work == .statement
                ? select : "BEGIN;\nSELECT set_config('app.session', 'bench', true);\n\(select)COMMIT;\n")
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).sql")
        try Data(script.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try pgbenchRate(conninfo, script: file.path, connections: connections, transactions: each)
    }

    /// `pgbench`'s rate for a script of ours, so many transactions a client.
    static func pgbenchRate(_ conninfo: String, script: String, connections: Int, transactions: Int) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "pgbench", "-M", "prepared", "-n", "-c", "\(connections)", "-j", "\(min(2, connections))",
            "-t", "\(transactions)", "-f", script, conninfo,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let line = text.split(separator: "\n").last { $0.hasPrefix("tps = ") }
        guard process.terminationStatus == 0, let word = line?.split(separator: " ").dropFirst(2).first,
            let rate = Double(word)
        else { throw Failure.pgbench(text.split(separator: "\n").last.map(String.init) ?? "no output") }
        return rate
    }
}
