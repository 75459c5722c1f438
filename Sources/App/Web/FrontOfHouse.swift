import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Postgres

/// The outermost middleware: headers on every answer, errors' too; the host checked; one log line without personal
/// data.
struct FrontOfHouse: RouterMiddleware {
    typealias Context = SiteContext
    let services: Services

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var response: Response
        do {
            try check(request)
            response = try await next(request, context)
        } catch let signIn as SignInFirst {
            let path = signIn.path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "/"
            response = .redirect("/sign-in\(signIn.isLocked ? "/code" : "")?next=\(path)")
            response.forgetPages(of: request)
        } catch let refusal as Refusal {
            if refusal == .notFound { await Self.wait(from: started, services.settings.notFoundStep) }
            response = trouble(refusal, request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            response = trouble(.notFound, request, context)
        } catch {
            services.logger.error("fault", metadata: [
                "reference": "\(context.reference)", "kind": "\(type(of: error))", "what": "\(Self.safe(error))",
            ])
            response = Response.html(
                layout(faultPage(reference: context.reference), signedOut(request)), .internalServerError)
        }
        harden(&response, request)
        // HEAD answers as GET, without the body: one that came along would be read as the start of the next answer.
        if request.method == .head { response = response.createHeadResponse() }
        let milliseconds = started.duration(to: .now) / .milliseconds(1)
        services.metrics.count(response.status.code, milliseconds: milliseconds)
        services.logger.info("request", metadata: [
            "reference": "\(context.reference)", "method": "\(request.method)",
            "route": "\(context.endpointPath ?? "-")", "status": "\(response.status.code)",
            "ms": "\(Int(milliseconds))", "queries": "\(response.headers[.queries] ?? "0")",
        ])
        return response
    }

    /// A record that is withheld takes the database a little longer than one that is absent. Both are answered at the
    /// next full step, so that the time tells nothing (security.md, T7).
    static func wait(from started: ContinuousClock.Instant, _ step: Duration) async {
        guard step > .zero else { return }
        let steps = (started.duration(to: .now) / step).rounded(.up)
        try? await Task.sleep(until: started + step * max(1, steps), tolerance: .zero)
    }

    /// A PostgresError's description holds no value; of anything else only the type is told.
    private static func safe(_ error: any Error) -> String {
        (error as? PostgresError)?.description ?? ""
    }

    private func check(_ request: Request) throws(Refusal) {
        guard let host = request.head.authority, services.settings.hosts.contains(host) else { throw .unreadable }
    }

    private func trouble(_ refusal: Refusal, _ request: Request, _ context: SiteContext) -> Response {
        var response = Response.html(layout(troublePage(refusal), signedOut(request)), refusal.status)
        if case .tooMany(let seconds) = refusal { response.headers[.retryAfter] = String(seconds) }
        // A body that we refused to read further: close, so that nobody can keep sending it.
        if refusal == .tooLarge { response.headers[.connection] = "close" }
        return response
    }

    /// Error pages have one frame whoever asks, so that absent and out of reach are the same bytes.
    private func signedOut(_ request: Request) -> Frame { Frame(services: services) }

    private func harden(_ response: inout Response, _ request: Request) {
        let isAsset = request.uri.path.hasPrefix("/assets/") && response.status.code < 400
        // A file has a stricter one of its own.
        response.headers[.contentSecurityPolicy] = response.headers[.contentSecurityPolicy] ?? Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.strictTransportSecurity] = "max-age=63072000"
        if !isAsset { response.headers[.cacheControl] = "no-store" }
        for (name, value) in Self.fixed { response.headers[name] = value }
    }

    static let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    private static let fixed: [(HTTPField.Name, String)] = [
        (HTTPField.Name("Referrer-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy")!, "same-origin"),
        (HTTPField.Name("X-Frame-Options")!, "DENY"),
        (HTTPField.Name("X-Robots-Tag")!, "noindex, nofollow"),
        (HTTPField.Name("Permissions-Policy")!, "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
    ]
}

extension Refusal {
    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .notAllowed, .forged: .forbidden
        case .signInFirst: .unauthorized
        case .tooLarge: .contentTooLarge
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .unreadable: .badRequest
        }
    }
}

extension Response {
    static func html(_ markup: HTML, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: markup.description)))
    }

    /// A session that is over, whoever ended it: its pages must not show again behind Back. The session's own cookie
    /// stays, so that words typed in another tab still find their owner.
    mutating func forgetPages(of request: Request) {
        guard Cookies.read(request)[Cookies.session] != nil else { return }
        for cookie in Cookies.forgettingPages { headers.append(HTTPField(name: .setCookie, value: cookie)) }
    }

    static func redirect(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }
}

extension Reply {
    func response(_ visit: Visit) -> Response {
        switch self {
        case .page(let page): return .html(layout(page, Frame(visit)), .ok)
        case .invalid(let page): return .html(layout(page, Frame(visit)), .unprocessableContent)
        case .conflict(let page): return .html(layout(page, Frame(visit)), .conflict)
        case .busy(let page):
            var response = Response.html(layout(page, Frame(visit)), .tooManyRequests)
            response.headers[.retryAfter] = "3"
            return response
        case .seeOther(let path): return .redirect(path)
        case .download(let file): return file.response
        case .done: return Response(status: .noContent)
        case .cookies(let cookies, let path):
            var response = Response.redirect(path)
            for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
            return response
        case .pageWithCookies(let page, let cookies, let status):
            var response = Response.html(layout(page, Frame(visit)), .init(code: status))
            for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
            return response
        }
    }
}
