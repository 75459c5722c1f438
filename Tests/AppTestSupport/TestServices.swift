import Crypto
import Foundation
import Logging
import Postgres
import Synchronization
import Testing
@testable import App

/// The whole site over a database of its own that holds the World, with a clock that a test sets.
struct TestSite: Sendable {
    let services: Services
    let client: TestClient
    let clock: TestClock
    let log: LogBook
    /// The database as the superuser sees it, past every policy: to look at what is there, and to prepare it.
    let truth: Database
    /// The connection string of the database.
    let conninfo: String

    /// The keys of this run, with which the World's placeholders were sealed.
    static let keys = Keys(
        ring: KeyRing(current: .generate()), server: SymmetricKey(size: .bits256), audit: .init())
    /// Hashing that costs next to nothing: what a hash costs is tested elsewhere.
    static let cheap = PasswordCost(memory: 64, passes: 1, lanes: 1)

    /// Runs `body` in one transaction that is undone. Requests follow each other; nothing is ever in parallel.
    static func rolledBack(
        _ side: World.Side = .north, at moment: Date? = nil, scanner: VirusScanner = .off,
        pdf: PDFMaker = .installed, in databases: TestDatabases = .shared, _ body: (TestSite) async throws -> Void
    ) async throws {
        try await databases.leased { shared, conninfo in
            try await body(TestSite(
                side, at: moment, scanner, pdf, app: shared.database(role: "drystone_app"),
                door: shared.database(role: "drystone_auth"), truth: shared.database(), conninfo))
        }
    }

    /// Runs `body` on a copy of its own, with real pools and real commits, and drops the copy.
    static func committed(
        _ side: World.Side = .north, at moment: Date? = nil, _ body: (TestSite) async throws -> Void
    ) async throws {
        try await TestDatabases.shared.copied { conninfo in
            func pool(_ role: String?) -> Database { Database(conninfo, options: .patient(size: 8, role: role)) }
            let site = try TestSite(
                side, at: moment, .off, .installed, app: pool("drystone_app"), door: pool("drystone_auth"),
                truth: pool(nil), conninfo)
            let outcome = await Result { try await body(site) }
            for database in [site.services.database, site.services.door, site.truth] { await database.close() }
            try outcome.get()
        }
    }

    private init(
        _ side: World.Side, at moment: Date?, _ scanner: VirusScanner, _ pdf: PDFMaker, app: Database, door: Database,
        truth: Database, _ conninfo: String
    ) throws {
        let clock = TestClock(moment ?? Date())
        let log = LogBook()
        var settings = try Settings(text: """
            database = none
            keys = none
            assets = none
            public_url = http://\(TestClient.host)
            behind_proxy = true
            """)
        // The clock stands still, so ten seconds never pass; the limit has tests of its own.
        settings.limitsRates = false
        settings.notFoundStep = .zero
        services = Services(
            database: app, door: door, keys: Self.keys,
            hasher: PasswordHasher(pepper: Self.keys.pepper, cost: Self.cheap, queueLimit: 100), breached: nil,
            partnership: Partnership(
                id: side == .north ? World.north : World.south, name: "\(side)", demonstration: false),
            settings: settings, assets: Assets(), metrics: Metrics(),
            rates: RateLimit(key: Self.keys.throttle), kept: Kept(for: .zero), files: FileRoom(patience: .zero),
            pdf: pdf, workbooks: .installed, books: FileRoom(places: 1, each: 1, patience: .seconds(60)),
            papers: FileRoom(places: 1, each: 1, patience: .zero), scanner: scanner, logger: log.logger,
            now: { clock.now })
        client = TestClient(services)
        (self.clock, self.log, self.truth, self.conninfo) = (clock, log, truth, conninfo)
    }
}

extension Database.Options {
    /// For a machine that is slow, or stands still for a while: nothing is given up that would be done in time.
    static func patient(size: Int, role: String?) -> Database.Options {
        .init(
            size: size, waitTimeout: 60, statementTimeout: "60s", lockTimeout: "60s", idleInTransactionTimeout: "0",
            role: role)
    }
}

/// A clock that stands still until it is set. The database's own `now()` is not its business: what expires there is
/// tested by moving the row's dates.
final class TestClock: Sendable {
    private let time: Mutex<Date>

    init(_ moment: Date) { time = Mutex(moment) }

    var now: Date { time.withLock { $0 } }
    func advance(by seconds: Double) { time.withLock { $0 += seconds } }
    func set(_ moment: Date) { time.withLock { $0 = moment } }

    /// The next `weekday` (1 is Monday) from tomorrow on, at `minute` of the day in London: no test depends on the day
    /// on which it runs.
    static func next(weekday: Int, minute: Int, after moment: Date = Date()) throws -> Date {
        for ahead in 1...7 {
            let date = moment.addingTimeInterval(Double(ahead) * 86_400)
            guard London.weekdayAndMinute(of: date).weekday == weekday else { continue }
            return try #require(London.moment(London.day(of: date), minute: minute))
        }
        return try #require(nil, "no such weekday")
    }
}

/// Keeps every line that anything logs, at every level.
final class LogBook: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(book: self) } }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            book.written.withLock { $0.append("\(event.level) \(event.message) \(words.joined(separator: " "))") }
        }
    }
}

extension Result where Failure == any Error {
    /// What `work` answered or threw.
    init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
