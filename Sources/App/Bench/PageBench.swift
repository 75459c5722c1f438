import Foundation
import Hummingbird
import Logging
import Postgres

/// How fast the pages are: each at 16 connections, measured inside the server, with its statements and its size; the
/// caseload page against `pgbench` running the same statement through the same policies; documents, search and sign-in
/// apart.
public enum PageBench {
    /// The figures of one page, of searches or of sign-ins. Milliseconds are the server's own, from a request's arrival
    /// to its answer.
    public struct Measurement: Sendable {
        /// What was asked for.
        public let name: String
        /// Requests under way at once.
        public let connections: Int
        /// Statements it ran, without BEGIN, set_config and COMMIT.
        public let queries: Int
        /// Bytes of HTML.
        public let bytes: Int
        public let p50: Double
        public let p95: Double
        public let p99: Double
        /// Answers a second, as the client counted them.
        public let perSecond: Double
        /// Milliseconds of a processor that the server's process took for one answer: comparable on a busy machine too.
        public let serverWork: Double
        /// The same of PostgreSQL's processes.
        public let databaseWork: Double
        /// What `p95` should stay under.
        public let limit: Double
        /// How many times it was measured: this is the quietest.
        public var tries = 1
        /// In time, with at most 8 statements and less than 80 KB.
        public var isMet: Bool { p95 < limit && queries <= 8 && bytes < 80_000 }
    }

    /// Everything that was measured.
    public struct Report: Sendable {
        public let pages: [Measurement]
        /// Documents, searches and sign-ins.
        public let apart: [Measurement]
        /// Routes that could not be measured, for want of a record or of somebody who may.
        public let missing: [String]
        public let people: Int
        /// How many times per second the caseload page was answered, and its peer, in turns of one and the other.
        public let caseloadRounds: [(page: Double, peer: Double)]
        /// The most memory of the server, in MB, during the pages and during the sign-ins.
        public let pageMegabytes: Double
        public let signInMegabytes: Double
        /// The middle one of the rounds: a minute may differ twofold from the next. The limit is 0.5.
        public var caseload: (ratio: Double, peer: Double) {
            let rounds = caseloadRounds.map { (ratio: $0.page / $0.peer, peer: $0.peer) }.sorted { $0.ratio < $1.ratio }
            return rounds.isEmpty ? (0, 0) : rounds[rounds.count / 2]
        }
    }

    /// Connections at once, as the target states it.
    static let connections = 16
    /// A page over its limit is measured again, at most so often: what else a machine does meanwhile is not the page's.
    static let tries = 3

    /// Measures a seeded demonstration. `wrk`, `curl` and `pgbench` must be on the path. With `only`, of the pages just
    /// those of these names; for what is no page's name, those that begin with it.
    public static func run(_ settings: Settings, seconds: Int = 5, only: [String] = []) async throws -> Report {
        var settings = settings
        settings.listenPort = try FreePort.find()
        settings.publicURL = "http://127.0.0.1:\(settings.listenPort)"
        settings.metricsPort = nil
        settings.limitsRates = false
        settings.notFoundStep = .zero
        var quiet = Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })
        quiet.logLevel = .critical
        let server = try await Server.make(settings, logger: quiet)
        let visitors = try await BenchVisitors.make(server.services)
        let caseworker = try visitors.caseworker()
        let serving = Task { try await server.run(announcing: false) }
        defer { serving.cancel() }
        let (asks, missing) = try await visitors.pages(server.services)
        let stopwatch = BenchStopwatch(
            generator: LoadGenerator(address: settings.publicURL), services: server.services, seconds: seconds)
        try await stopwatch.generator.waitUntilReady()

        BenchMemory.forget()
        let names = Set(asks.map(\.name))
        let wanted = asks.filter { ask in
            only.isEmpty || only.contains { names.contains($0) ? ask.name == $0 : ask.name.hasPrefix($0) }
        }
        func measure(_ ask: BenchSite.Ask, at connections: Int = connections) async throws -> Measurement {
            let cookie = visitors[ask.asker].map { "\(Cookies.session)=\($0.token)" } ?? "\(Cookies.form)=benchmark"
            return try await stopwatch.measure(
                ask.name, [LoadGenerator.Request(path: ask.path, cookie: cookie)], connections: connections, limit: 25)
        }
        func quietest(_ ask: BenchSite.Ask, at connections: Int = connections) async throws -> Measurement {
            var quietest = try await measure(ask, at: connections)
            for turn in 1..<tries where !quietest.isMet {
                let again = try await measure(ask, at: connections)
                if again.p95 < quietest.p95 { quietest = again }
                quietest.tries = turn + 1
            }
            return quietest
        }
        let pages = try await wanted.filter { !BenchApart.isDocument($0.name) }.asyncMap { try await quietest($0) }
        let documents = try await wanted.filter { BenchApart.isDocument($0.name) }
            .asyncMap { try await quietest($0, at: BenchApart.atOnce) }
        let pageMegabytes = BenchMemory.peak()
        var rounds: [(page: Double, peer: Double)] = []
        if let caseload = asks.first(where: { $0.name == "/cases" }) {
            for _ in 0..<tries {
                rounds.append((
                    page: try await measure(caseload).perSecond, peer: try CaseloadPeer.perSecond(
                        settings, visitor: caseworker, connections: connections, seconds: seconds)))
            }
        }
        let searches = try await BenchApart.searches(caseworker, stopwatch)
        BenchMemory.forget()
        let signIns = try await BenchApart.signIns(DemoCommand.cast(settings), stopwatch)
        let people = try await server.services.database.transaction(session: caseworker.token, readOnly: true) { db in
            try db.benchPeopleCount()
        }
        return Report(
            pages: pages, apart: documents + searches + signIns,
            missing: missing, people: people, caseloadRounds: rounds,
            pageMegabytes: pageMegabytes, signInMegabytes: BenchMemory.peak())
    }
}

extension Sequence {
    /// One after the other, in order.
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
