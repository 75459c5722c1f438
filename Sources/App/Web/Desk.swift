import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Postgres

/// One route's desk: who is asking, may they, read the form, let the handler answer, keep what was typed.
struct Desk: Sendable {
    let services: Services
    let route: Site.Route
    /// The largest form: a referral in a long-winded alphabet is 700 KB on the wire.
    static let largestForm = 1024 * 1024

    func answer(_ request: Request, _ context: SiteContext) async throws -> Response {
        let address = Client.address(request, context, services.settings)
        try limit(.address, address)
        let cookies = Cookies.read(request)
        if let taker = route.taker, let field = route.fileField, request.mayCarryFile {
            return try await takeLarge(field, taker, request, context, address, cookies)
        }
        var sent = FormAsSent()
        var place: FileRoom.Place?
        defer { place?.leave() }
        if route.method == .post, let field = route.fileField, request.mayCarryFile {
            try checkOrigin(request)
            place = await roomForFile(of: cookies)
            sent = try await request.formWithFile(field, keeps: place != nil)
        } else if route.method == .post {
            sent = try await request.form(fileField: route.fileField)
            try checkOrigin(request)
        }
        let stranger = Visit(
            services: services, viewer: .nobody, session: nil, path: request.uri.path, address: address,
            cookies: cookies, typed: sent.answers, upload: sent.upload,
            query: FormBody.parse((request.uri.query ?? "").utf8) ?? [:], tally: Tally(),
            isAutosave: request.headers[.autosave] != nil, parameters: context.parameters)
        var visit = stranger
        do {
            visit = try await refusingIfDown { try await admit(stranger) }
            let admitted = visit
            visit = try await refusingIfDown { try await admitted.scanned(route) }
            var response = try await refusingIfDown { try await handle(visit) }
            if visit.session == nil { response.forgetPages(of: request) }
            return response
        } catch let error as PostgresError where route.method == .post && error.meansOutOfReach {
            // A record that is withheld and one that is absent fail differently in the database, and alike here.
            // The log has it: a right that was never granted fails in the same way.
            log("out of reach", error)
            throw Refusal.notFound
        } catch Refusal.unavailable where route.method == .post {
            // The database is gone: give back every word in the same form, escaped, to the page it came from.
            return givenBack(visit)
        }
    }

    /// A form with a large file: who sends it and whether they may is known before any of the file is taken.
    private func takeLarge(
        _ field: String, _ taker: @Sendable (Visit) async throws -> any FileTaker, _ request: Request,
        _ context: SiteContext, _ address: String, _ cookies: [String: String]
    ) async throws -> Response {
        try checkOrigin(request)
        var visit: Visit?
        var place: FileRoom.Place?
        defer { place?.leave() }
        do {
            let (taking, end) = try await request.formWithLargeFile(field) { answers in
                let admitted = try await admit(Visit(
                    services: services, viewer: .nobody, session: nil, path: request.uri.path, address: address,
                    cookies: cookies, typed: answers, upload: .none,
                    query: FormBody.parse((request.uri.query ?? "").utf8) ?? [:], tally: Tally(), isAutosave: false,
                    parameters: context.parameters))
                place = await services.largeFiles.enter(admitted.viewer.account)
                let isCrowded = place == nil
                visit = isCrowded ? admitted.refusing(.crowded) : admitted
                return try await taker(visit ?? admitted)
            }
            guard let visit else { throw Refusal.unreadable }
            return try await answer(visit) { try await taking.finish(end) }
        } catch let error as PostgresError where error.meansOutOfReach {
            log("out of reach", error)
            throw Refusal.notFound
        } catch let error as PostgresError where error.meansUnavailable {
            throw unavailable(error)
        }
    }

    /// Runs `work`; a database that can't be reached or can't write becomes the refusal that says so.
    private func refusingIfDown<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as PostgresError where error.meansUnavailable {
            throw unavailable(error)
        }
    }

    /// The page says that records can't be saved; why is in the log, for whoever runs the server.
    private func unavailable(_ error: PostgresError) -> Refusal {
        log("database unavailable", error)
        return .unavailable
    }

    private func log(_ message: Logger.Message, _ error: PostgresError) {
        services.logger.error(message, metadata: ["route": "\(route.path)", "what": "\(error.description)"])
    }

    /// Who is this, and may they: the visit with its session, or a refusal. Words that a session's end cut off are
    /// kept.
    private func admit(_ stranger: Visit) async throws -> Visit {
        var found: FoundSession?
        if let token = stranger.cookies[Cookies.session] {
            found = try await services.findSession(
                token, touch: !stranger.isAutosave, onCall: route.isOnCall, stranger.tally)
        }
        let session = found?.live
        if let account = session?.viewer.account { try limit(.account, account.uuidString) }
        let (typed, isPost) = (stranger.typed, route.method == .post)
        if isPost, session?.stage != .full, !route.isOpen, let expired = found?.expired {
            try await services.keepWords(of: expired, path: stranger.path, typed)
        }
        if !route.isOpen, session?.stage != .full {
            throw SignInFirst(path: stranger.path, at: route, isLocked: session?.lockedUntil != nil)
        }
        if isPost, let session, typed["csrf"] != session.csrf { throw Refusal.forged }
        if isPost, session == nil, !FormToken.matches(typed["csrf"], stranger.cookies, services.keys) {
            throw Refusal.forged
        }
        let visit = stranger.with(session)
        if case .needs(let permission) = route.access, !visit.viewer.may(permission) {
            throw route.hasRecord ? Refusal.notFound : Refusal.notAllowed
        }
        return visit
    }

    private func handle(_ visit: Visit) async throws -> Response {
        try await answer(visit) { try await route.handler(visit) }
    }

    private func answer(_ visit: Visit, _ reply: () async throws -> Reply) async throws -> Response {
        do {
            let reply = try await reply()
            switch reply {
            case .invalid, .conflict: try await visit.keepDraft()
            default: break
            }
            var response = reply.response(visit)
            response.headers[.queries] = String(visit.tally.total)
            return response
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            // Our fault: whatever was typed is there again when the form is opened.
            if route.method == .post { try? await visit.keepDraft() }
            throw error
        }
    }

    private func limit(_ kind: RateLimit.Kind, _ value: String) throws(Refusal) {
        guard services.settings.limitsRates else { return }
        if let seconds = services.rates.count(kind, value, now: services.now()) { throw .tooMany(seconds) }
    }

    /// A place in memory for a file, before it is read: for nobody but those who may send it.
    private func roomForFile(of cookies: [String: String]) async -> FileRoom.Place? {
        guard let token = cookies[Cookies.session],
            let session = try? await services.findSession(token, touch: true, Tally())?.live,
            session.stage == .full else { return nil }
        if case .needs(let permission) = route.access, !session.viewer.may(permission) { return nil }
        return await services.files.enter(session.viewer.account)
    }

    /// Browsers say where a form came from; a form of another site is refused before anything is read or changed.
    private func checkOrigin(_ request: Request) throws(Refusal) {
        if let site = request.headers[.secFetchSite] {
            if site != "same-origin" { throw .forged }
            return
        }
        guard let origin = request.headers[.origin], let url = URL(string: origin), let host = url.host else {
            throw .forged
        }
        let named = url.port.map { "\(host):\($0)" } ?? host
        if !services.settings.hosts.contains(named) { throw .forged }
    }

    private func givenBack(_ visit: Visit) -> Response {
        var response = Reply.invalid(troublePage(.unavailable, words: visit.typed, path: visit.path)).response(visit)
        response.status = .serviceUnavailable
        return response
    }
}

extension PostgresError {
    /// Row-level security refused a row, or a foreign key found none.
    var meansOutOfReach: Bool { sqlState == "42501" || sqlState == "23503" }

    /// Connection lost or refused, pool exhausted, shutting down, out of disk or memory, read-only; or so busy that
    /// a lock or an answer took too long, or that others came first three times.
    var meansUnavailable: Bool {
        switch kind {
        case .connection, .timeout: true
        default: sqlState.map { state in
            ["08", "53", "57P", "57014", "58", "25006", "55P03", "40"].contains(where: state.hasPrefix)
        } ?? false
        }
    }
}

/// Sign in, then come back. A path only: never a query, which may hold more than a path may.
struct SignInFirst: Error {
    let path: String
    let method: HTTPRequest.Method
    /// A call's screen was locked: the code alone is asked for.
    let isLocked: Bool

    init(path: String, at route: Site.Route, isLocked: Bool) {
        (self.path, self.isLocked) = (path, isLocked)
        method = route.method
    }
}

extension HTTPField.Name {
    static let autosave = HTTPField.Name("X-Autosave")!
    static let queries = HTTPField.Name("X-Queries")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
