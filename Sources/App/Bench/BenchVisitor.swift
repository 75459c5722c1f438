import Foundation
import Postgres

/// A visitor of the benchmark: somebody of the demonstration, with a session made for the occasion.
struct BenchVisitor: Sendable {
    let token: String
    let viewer: Viewer
    let csrf: String

    /// Nil when nobody holds that role.
    static func make(_ role: Role, stage: Session.Stage = .full, _ services: Services) async throws -> BenchVisitor? {
        let partnership = services.partnership.id
        let token = Token.random()
        try await services.door.transaction { db in
            guard let worker = try db.benchAccount(role, in: partnership) else { return }
            try db.startSession(token, account: worker, partnership: partnership, stage: stage, browser: "benchmark")
        }
        return try await services.findSession(token, touch: false, Tally())?.live
            .map { BenchVisitor(token: token, viewer: $0.viewer, csrf: $0.csrf) }
    }
}

/// Everybody that the pages are measured as.
struct BenchVisitors: Sendable {
    private let visitors: [BenchSite.Asker: BenchVisitor]

    static func make(_ services: Services) async throws -> BenchVisitors {
        var visitors: [BenchSite.Asker: BenchVisitor] = [:]
        for role in Role.allCases { visitors[.holding(role)] = try await BenchVisitor.make(role, services) }
        visitors[.atCode] = try await BenchVisitor.make(.idva, stage: .code, services)
        return BenchVisitors(visitors: visitors)
    }

    subscript(_ asker: BenchSite.Asker) -> BenchVisitor? { visitors[asker] }

    /// The caseworker, without whom there is nothing to measure.
    func caseworker() throws -> BenchVisitor {
        guard let worker = self[.holding(.idva)] else {
            throw CommandFailure("There is no IDVA here. Run the benchmark on a demonstration.")
        }
        return worker
    }

    /// Every page with its records, and the routes for which the demonstration has none.
    func pages(_ services: Services) async throws -> (asks: [BenchSite.Ask], missing: [String]) {
        var (asks, missing): ([BenchSite.Ask], [String]) = ([], [])
        for route in BenchSite.routes {
            guard let asker = BenchSite.asker(for: route), asker == .stranger || self[asker] != nil else {
                missing.append(route.path)
                continue
            }
            var records: [String: String] = [:]
            for place in BenchSite.records(in: route.path) {
                records[place] = try await sample(of: place, as: asker, services)?.column
            }
            guard let path = BenchSite.address(of: route.path, records) else {
                missing.append(route.path)
                continue
            }
            asks.append(BenchSite.Ask(name: "/" + route.path, path: path, asker: asker))
            for (of, query) in BenchSite.variants where of == route.path {
                asks.append(BenchSite.Ask(name: "/\(of)?\(query.prefix(18))", path: "\(path)?\(query)", asker: asker))
            }
        }
        return (asks, missing)
    }

    private func sample(of place: String, as asker: BenchSite.Asker, _ services: Services) async throws -> UUID? {
        guard let visitor = self[asker], let sql = BenchSite.sample(of: place, for: visitor.viewer) else { return nil }
        return try await services.database.transaction(session: visitor.token, readOnly: true) { db in
            try db.benchSample(sql)
        }
    }
}

/// A port that nobody uses at this moment.
enum FreePort {
    static func find() throws -> Int {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && getsockname(listener, pointer, &length) == 0
            }
        }
        guard bound else { throw CommandFailure("No free port on 127.0.0.1.") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
