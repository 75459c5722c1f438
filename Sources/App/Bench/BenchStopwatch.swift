import Foundation
import Postgres

/// Sends requests and reads off the server's own clock.
struct BenchStopwatch: Sendable {
    let generator: LoadGenerator
    let services: Services
    /// Seconds that each measurement lasts, after one to warm up.
    let seconds: Int

    /// The same, for at least so many seconds.
    func lasting(atLeast seconds: Int) -> BenchStopwatch {
        BenchStopwatch(generator: generator, services: services, seconds: max(seconds, self.seconds))
    }

    /// `sampled` when the first request can be sent alone to count its statements and bytes.
    func measure(
        _ name: String, _ requests: [LoadGenerator.Request], connections: Int, limit: Double, sampled: Bool = true
    ) async throws -> PageBench.Measurement {
        let sample = sampled ? try generator.get(requests[0]) : (queries: 0, bytes: 0)
        _ = try generator.load(requests, connections: connections, seconds: 1)
        let backends = try await backends()
        let before = (BenchWork.own(), BenchWork.of(backends))
        _ = services.metrics.record()
        let perSecond = try generator.load(requests, connections: connections, seconds: seconds)
        let times = services.metrics.record()
        let after = (BenchWork.own(), BenchWork.of(backends))
        let answers = Double(max(1, times.count))
        func percentile(_ share: Double) -> Double {
            times.isEmpty ? 0 : times[min(times.count - 1, Int(Double(times.count) * share))]
        }
        return PageBench.Measurement(
            name: name, connections: connections, queries: sample.queries, bytes: sample.bytes, p50: percentile(0.5),
            p95: percentile(0.95), p99: percentile(0.99), perSecond: perSecond,
            serverWork: (after.0 - before.0) / answers, databaseWork: (after.1 - before.1) / answers, limit: limit)
    }

    /// PostgreSQL's processes, where they run on this machine.
    private func backends() async throws -> [Int] {
        try await services.database.transaction(readOnly: true) { db in try db.serverProcesses() }
    }
}

/// Milliseconds of a processor that processes have taken so far.
enum BenchWork {
    static func own() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
    }

    /// By the kernel's ticks; nothing of processes on another machine.
    static func of(_ processes: [Int]) -> Double {
        processes.reduce(0) { sum, process in
            let line = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            // After the name in brackets, the 12th and 13th fields: time in user and in system mode.
            let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
            guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return sum }
            return sum + (user + system) * 1000 / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    private static func milliseconds(_ time: timeval) -> Double {
        Double(time.tv_sec) * 1000 + Double(time.tv_usec) / 1000
    }
}

/// The most memory that this process has held, from the kernel.
enum BenchMemory {
    /// Begins anew with what is held now.
    static func forget() {
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    static func peak() -> Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
    }
}
