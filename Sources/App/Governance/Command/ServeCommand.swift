import Foundation
import Logging
import NIOCore

/// `drystone serve`.
public enum ServeCommand {
    /// Serves until told to stop.
    public static func run(_ settings: Settings, logger: Logger) async throws {
        let server = try await Server.make(settings, logger: logger)
        do {
            try await server.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
            throw CommandFailure(
                "Can't listen on \(settings.listenHost):\(settings.listenPort): something else does, or this user may "
                    + "not. Stop it, or change 'listen' (or 'metrics') in the configuration.")
        }
    }
}
