import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Postgres

/// Health, readiness and metrics, on a port of their own that is never open to the public.
enum Watch {
    static func router(_ services: Services) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("health") { _, _ in "ok\n" }
        // Readiness is a real write: a full disk or a read-only standby must not look ready.
        router.get("ready") { _, _ -> Response in
            do {
                try await services.door.transaction { db in
                    try db.touchReadiness(at: services.now(), in: services.partnership.id)
                }
                return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ready\n")))
            } catch {
                return Response(
                    status: .serviceUnavailable,
                    body: .init(byteBuffer: ByteBuffer(string: "the database can't write\n")))
            }
        }
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4"],
                body: .init(byteBuffer: ByteBuffer(string: services.metrics.exposition)))
        }
        return router
    }
}
