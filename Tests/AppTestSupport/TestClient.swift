import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
@testable import App

/// Sends requests straight to the whole site's router, as the server would, and reads the answers.
struct TestClient: Sendable {
    private let services: Services
    private let answer: @Sendable (Request, SiteContext) async throws -> Response
    private let channel = NIOAsyncTestingChannel()

    /// The address that `Settings` of the tests says the site has.
    static let host = "127.0.0.1:8080"
    private static let whole = Site.whole()

    init(_ services: Services, _ site: Site? = nil) {
        let responder = (site ?? Self.whole).router(services).buildResponder()
        self.services = services
        answer = { request, context in try await responder.respond(to: request, context: context) }
    }

    /// One request. `headers` come on top of Host, and win over it.
    func send(
        _ verb: Verb, _ path: String, _ headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers where name != "Host" {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        let head = HTTPRequest(
            method: verb.method, scheme: "http", authority: headers["Host"] ?? Self.host, path: path,
            headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let source = ApplicationRequestContextSource(channel: channel, logger: services.logger)
        let response = try await answer(request, SiteContext(source: source))
        let bytes = Collected()
        try await response.body.write(bytes)
        return Answer(
            status: Int(response.status.code), headers: response.headers, body: String(buffer: bytes.buffer),
            bytes: Array(buffer: bytes.buffer))
    }
}

/// What a request asks to be done; by names that need no import.
enum Verb: String {
    case get = "GET", post = "POST", head = "HEAD", put = "PUT", delete = "DELETE", trace = "TRACE"
    fileprivate var method: HTTPRequest.Method { HTTPRequest.Method(rawValue) ?? .get }
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String
    let bytes: [UInt8]

    /// The value of a header, by its name.
    subscript(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    var location: String? { headers[.location] }
    /// What the browser is told to keep: each `Set-Cookie` as it stands.
    var cookies: [String] { headers[values: .setCookie] }
    var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") == true }
}

/// Gathers a body. A class, because the writer is handed over and consumed.
private final class Collected: ResponseBodyWriter {
    var buffer = ByteBuffer()
    func write(_ part: ByteBuffer) async throws { buffer.writeImmutableBuffer(part) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
