import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file on its way out: only ever something to save, never something that a browser shows as a page of ours.
struct Download: Sendable {
    /// Neutral, and ours: whoever looks over a shoulder or into the folder of downloads learns nothing from it.
    let name: String
    let mediaType: String
    let bytes: Data

    /// Nothing in it runs, whatever it is, even where somebody opens it within the browser.
    static let policy = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: mediaType, .contentDisposition: "attachment; filename=\"\(name)\"",
                .contentSecurityPolicy: Self.policy,
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
