import Foundation
import Hummingbird
import Logging
import Postgres

/// How fast the pages are: each at 16 connections, measured inside the server, with its statements and its size; and
/// the caseload page against `pgbench` running the same statement through the same policies.
public enum PageBench {
    /// One page's figures. Milliseconds are the server's own, from a request's arrival to its answer.
    public struct Measurement: Sendable {
        /// What the page is.
        public let name: String
        /// Statements it ran, without BEGIN, set_config and COMMIT.
        public let queries: Int
        /// Bytes of HTML.
        public let bytes: Int
        public let p50: Double
        public let p95: Double
        public let p99: Double
        /// Answers a second, as the client counted them.
        public let perSecond: Double
    }

    /// All pages, the peer's rate for the caseload's statement, and the most memory that the server took, in MB.
    public struct Report: Sendable {
        public let pages: [Measurement]
        public let caseloadPeerPerSecond: Double
        public let peakMegabytes: Double
        /// How many times per second the caseload page was answered, against the peer. The limit is 0.5.
        public var caseloadRatio: Double {
            (pages.first { $0.name == "caseload" }?.perSecond ?? 0) / caseloadPeerPerSecond
        }
    }

    /// Connections at once, as the target states it.
    static let connections = 16

    /// Measures a seeded demonstration. `wrk` and `pgbench` must be on the path.
    public static func run(_ settings: Settings, seconds: Int = 5) async throws -> Report {
        var settings = settings
        settings.listenPort = try FreePort.find()
        settings.publicURL = "http://127.0.0.1:\(settings.listenPort)"
        settings.metricsPort = nil
        settings.limitsRates = false
        settings.notFoundStep = .zero
        var quiet = Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })
        quiet.logLevel = .critical
        let server = try await Server.make(settings, logger: quiet)
        let visitor = try await BenchVisitor.signIn(server.services)
        let serving = Task { try await server.run(announcing: false) }
        defer { serving.cancel() }
        let pages = try await visitor.pages(server.services)
        let generator = LoadGenerator(address: settings.publicURL, token: visitor.token)
        try await generator.waitUntilReady()
        var measured: [Measurement] = []
        for (name, path) in pages {
            measured.append(try await measure(name, path, generator, server.services.metrics, seconds))
        }
        let peak = peakMegabytes()
        let peer = try CaseloadPeer.perSecond(
            settings.database(as: "app"), visitor: visitor, connections: connections, seconds: seconds)
        return Report(pages: measured, caseloadPeerPerSecond: peer, peakMegabytes: peak)
    }

    private static func measure(
        _ name: String, _ path: String, _ generator: LoadGenerator, _ metrics: Metrics, _ seconds: Int
    ) async throws -> Measurement {
        let sample = try await generator.get(path)
        _ = try generator.load(path, connections: connections, seconds: 1)
        _ = metrics.record()
        let perSecond = try generator.load(path, connections: connections, seconds: seconds)
        let times = metrics.record()
        func percentile(_ share: Double) -> Double {
            times.isEmpty ? 0 : times[min(times.count - 1, Int(Double(times.count) * share))]
        }
        return Measurement(
            name: name, queries: sample.queries, bytes: sample.bytes, p50: percentile(0.5), p95: percentile(0.95),
            p99: percentile(0.99), perSecond: perSecond)
    }

    /// The most memory that this process ever held, from the kernel.
    private static func peakMegabytes() -> Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
    }
}
