import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Postgres
import ServiceLifecycle
import UnixSignals

/// The running server: the pages on one port, health and metrics on another, the sealer of the audit log beside them.
public struct Server: Sendable {
    let services: Services
    let auditor: Database

    /// Connects (lazily), reads keys and assets, and finds the partnership; refuses an older or newer schema.
    public static func make(_ settings: Settings, logger: Logger) async throws -> Server {
        let keys = try Keys(directory: settings.keys)
        let auth = Database(settings.database(as: "auth"), options: .init(size: 4, applicationName: "drystone-door"))
        try await Schema.requireCurrent(auth)
        let services = Services(
            database: Database(
                settings.database(as: "app"), options: .init(size: settings.poolSize, applicationName: "drystone")),
            door: auth, keys: keys, hasher: PasswordHasher(pepper: keys.pepper),
            breached: try settings.breachList.map { try BreachList(contentsOf: URL(fileURLWithPath: $0)) },
            partnership: try await Partnership.find(settings.partnership, auth), settings: settings,
            assets: try Assets(directory: settings.assets), metrics: Metrics(),
            rates: RateLimit(key: keys.throttle), kept: Kept(for: settings.answersKept),
            pdf: PDFMaker(settings), workbooks: WorkbookReader(settings), scanner: VirusScanner(settings.scanner),
            logger: logger, now: { Date() })
        let auditor = Database(
            settings.database(as: "auditor"), options: .init(size: 1, applicationName: "drystone-sealer"))
        return Server(services: services, auditor: auditor)
    }

    /// Serves until told to stop, then for at most eight seconds more: a dripping client can't hold up a restart.
    public func run(announcing: Bool = true) async throws {
        let settings = services.settings
        await services.scanner.announce(services.logger)
        let site = Application(
            router: Site.whole().router(services),
            server: .http1(configuration: .init(
                additionalChannelHandlers: [ConnectionGuard()],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 64))),
            configuration: .init(
                address: .hostname(settings.listenHost, port: settings.listenPort), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(1_024)),
            onServerRunning: { channel in
                guard announcing else { return }
                print("ready http://\(settings.listenHost):\(channel.localAddress?.port ?? settings.listenPort)")
                fflush(nil)
            },
            logger: services.logger)
        var running: [any Service] = [
            site, Sealer(database: auditor, services: services), RateLimitSharing(services: services),
            ReturnExpiry(services: services),
        ]
        if let port = settings.metricsPort {
            running.append(Application(
                router: Watch.router(services),
                configuration: .init(address: .hostname(settings.listenHost, port: port)), logger: services.logger))
        }
        let group = ServiceGroup(configuration: {
            var configuration = ServiceGroupConfiguration(
                services: running, gracefulShutdownSignals: [.sigterm, .sigint], logger: services.logger)
            configuration.maximumGracefulShutdownDuration = .seconds(5)
            configuration.maximumCancellationDuration = .seconds(3)
            return configuration
        }())
        try await group.run()
        await services.database.close()
        await services.door.close()
        await auditor.close()
    }
}

extension Partnership {
    /// The partnership of that name, or the only one there is.
    static func find(_ slug: String?, _ door: Database) async throws -> Partnership {
        let all = try await door.transaction(readOnly: true) { db in try db.partnershipsBySlug() }
        if let slug {
            guard let named = all.first(where: { $0.0 == slug }) else {
                throw Settings.Unusable(description: "There is no partnership '\(slug)' in this database.")
            }
            return named.1
        }
        guard all.count == 1 else {
            throw Settings.Unusable(description: all.isEmpty
                ? "The database is empty. Run `drystone create-admin` (or `drystone demo` for the demonstration)."
                : "The database holds several partnerships: name one with 'partnership = ...' in the configuration.")
        }
        return all[0].1
    }
}
