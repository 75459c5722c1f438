import Foundation
import Hummingbird
import Pages
import Postgres
import Synchronization

/// One request, with everything a handler is allowed to touch.
struct Visit: Sendable {
    let services: Services
    /// Nobody in particular on routes for anyone; see `session`.
    let viewer: Viewer
    let session: Session?
    let path: String
    /// The client's network address, for throttling only; never stored in the clear.
    let address: String
    let cookies: [String: String]
    /// What was typed, on a POST.
    private(set) var typed: Answers
    /// The file that came with it, on a route that takes one.
    private(set) var upload: Upload
    let query: [String: [String]]
    let tally: Tally
    let isAutosave: Bool
    private let parameters: Parameters

    init(
        services: Services, viewer: Viewer, session: Session?, path: String, address: String,
        cookies: [String: String], typed: Answers, upload: Upload, query: [String: [String]], tally: Tally,
        isAutosave: Bool, parameters: Parameters
    ) {
        (self.services, self.viewer, self.session, self.path) = (services, viewer, session, path)
        (self.address, self.cookies, self.typed, self.upload, self.query) = (address, cookies, typed, upload, query)
        (self.tally, self.isAutosave, self.parameters) = (tally, isAutosave, parameters)
    }

    /// The same visit by whoever holds this session; nobody in particular until they have given their code too.
    func with(_ session: Session?) -> Visit {
        Visit(
            services: services, viewer: session?.stage == .full ? session?.viewer ?? .nobody : .nobody,
            session: session, path: path, address: address, cookies: cookies, typed: typed, upload: upload,
            query: query, tally: tally, isAutosave: isAutosave, parameters: parameters)
    }

    /// The same visit as it will be once the browser holds this form cookie and no session.
    func withFormCookie(_ cookie: String) -> Visit {
        Visit(
            services: services, viewer: .nobody, session: nil, path: path, address: address,
            cookies: cookies.merging([Cookies.form: cookie]) { $1 }, typed: typed, upload: upload, query: query,
            tally: tally, isAutosave: isAutosave, parameters: parameters)
    }

    /// The same visit without its file, and why. `forgetting`: not even that there was one is kept in this field.
    func refusing(_ upload: Upload, forgetting field: String? = nil) -> Visit {
        var visit = self
        visit.upload = upload
        if let field { visit.typed.typed[field] = nil }
        return visit
    }

    var now: Date { services.now() }
    var today: Day { London.day(of: now) }

    /// A record's id from the path; anything that isn't one is a record that doesn't exist.
    func id(_ name: String = "id") throws(Refusal) -> UUID {
        guard let text = parameters.get(name), let id = UUID(uuidString: text) else { throw .notFound }
        return id
    }

    /// A plain part of the path, such as an invitation's token.
    func text(_ name: String) throws(Refusal) -> String {
        guard let text = parameters.get(name) else { throw .notFound }
        return text
    }

    /// Reads under the viewer's row-level security, in one consistent read-only transaction.
    func read<Value: Sendable>(
        _ work: @Sendable (isolated Connection) throws -> Value
    ) async throws -> Value {
        try await services.database.transaction(session: session?.token, readOnly: true) { db in
            try counted(db, work)
        }
    }

    /// Changes something, with its audit, whole or not at all. Of two that wait for each other, one is done again.
    func write<Value: Sendable>(
        _ work: @Sendable (isolated Connection) throws -> Value
    ) async throws -> Value {
        try await services.database.transaction(session: session?.token, attempts: 3) { db in
            try counted(db, work)
        }
    }

    private func counted<Value>(
        _ db: isolated Connection, _ work: (isolated Connection) throws -> Value
    ) throws -> Value {
        let before = db.statementsRun
        defer { tally.add(db.statementsRun - before) }
        return try work(db)
    }
}

/// How many statements a request has run: shown in the log and the benchmark, capped by a test.
final class Tally: Sendable {
    private let count = Mutex(0)
    func add(_ more: Int) { count.withLock { $0 += more } }
    var total: Int { count.withLock { $0 } }
}
