import Foundation
import Logging

extension Visit {
    /// The same visit once the virus scanner has looked at its file. What it did not let pass is nowhere any more:
    /// the handler gets the words, and the reason. Before any handler, so that no route can forget it.
    func scanned(_ route: Site.Route) async throws -> Visit {
        guard case .file(let bytes) = upload, !bytes.isEmpty, let field = route.fileField else { return self }
        switch await services.scanner.verdict(on: bytes) {
        case .clean, .unasked: return self
        case .harmful:
            try await write { db in try db.audit(.fileRefused, .account, viewer.account) }
            // Nobody is asked to choose this one again.
            return refusing(.harmful, forgetting: field)
        case .unknown(let trouble):
            services.logger.error("file not taken: the virus scanner \(trouble.words)", metadata: [
                "route": "\(route.path)",
            ])
            return refusing(trouble == .tooLarge ? .tooLargeToCheck : .unchecked)
        }
    }
}
