import Logging
import Postgres
import ServiceLifecycle

/// Deletes what agencies sent on the day that its call says. From that day the database shows it to nobody, whether
/// this has run or not.
struct ReturnExpiry: Service {
    let services: Services

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            await deleteExpired()
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(3_600)) }
        }
    }

    func deleteExpired() async {
        let now = services.now()
        do {
            // The keys first, by themselves: without them nothing that is left can be read.
            let deleted = try await services.door.transaction { db in try db.destroyExpiredKeys(at: now) }
            try await services.door.transaction { db in try db.deleteExpiredData() }
            if deleted > 0 {
                services.logger.info("what agencies sent was deleted on its day", metadata: ["returns": "\(deleted)"])
            }
        } catch {
            // In an hour again.
            services.logger.error(
                "what agencies sent could not be deleted on its day",
                metadata: ["why": "\((error as? PostgresError)?.description ?? "\(type(of: error))")"])
        }
    }
}
