import Foundation
import Postgres

/// The visitor of the benchmark: the caseworker with the most open cases, with a session made for the occasion.
struct BenchVisitor: Sendable {
    let token: String
    let viewer: Viewer

    static func signIn(_ services: Services) async throws -> BenchVisitor {
        let partnership = services.partnership.id
        let token = Token.random()
        let found = try await services.door.transaction { db -> FoundSession? in
            guard let worker = try db.benchWorker(in: partnership) else { return nil }
            try db.startSession(token, account: worker, partnership: partnership, stage: .full, browser: "benchmark")
            return try db.findSession(token, in: partnership)
        }
        guard let viewer = found?.live?.viewer else {
            throw LoadGenerator.Failed(description: "There is no IDVA here. Run the benchmark on a demonstration.")
        }
        return BenchVisitor(token: token, viewer: viewer)
    }

    /// The pages to measure, with records of this visitor's own.
    func pages(_ services: Services) async throws -> [(String, String)] {
        let (cases, contacts) = try await services.database.transaction(session: token, readOnly: true) { db in
            (try db.myCases(after: nil, within: viewer), try db.contacts(before: nil, within: viewer))
        }
        guard let first = cases.first, let contact = contacts.first else {
            throw LoadGenerator.Failed(description: "The demonstration has no case or contact of this visitor's.")
        }
        let person = try await services.database.transaction(session: token, readOnly: true) { db in
            try db.caseRecord(first.id)?.person ?? .zero
        }
        return [
            ("today", "/"), ("caseload", "/cases"), ("all cases", "/cases?list=all"), ("case", "/cases/\(first.id.column)"),
            ("person", "/people/\(person.column)"), ("contacts", "/contacts"),
            ("contact", "/contacts/\(contact.id.column)"), ("record a contact", "/contacts/new"),
            ("Dash", "/people/\(person.column)/risk/new"), ("attempt", "/cases/\(first.id.column)/attempts/new"),
            ("note", "/cases/\(first.id.column)/notes/new"), ("account", "/account"),
        ]
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
        guard bound else { throw LoadGenerator.Failed(description: "No free port on 127.0.0.1.") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
