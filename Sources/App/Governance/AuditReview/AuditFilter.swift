import Foundation
import Postgres

/// Which rows of the log are asked for, as the page's address says it. Only identifiers and times stand there.
struct AuditFilter: Sendable {
    /// Who acted.
    enum Who: Equatable, Sendable {
        case anybody
        case account(UUID)
        /// The system's own commands, and whoever failed at the door.
        case nobody
    }

    var who: Who = .anybody
    var event: AuditEvent?
    /// The record that it is about.
    var about: UUID?
    /// The last row of the page before; nil for the newest.
    var before: Keyset?

    /// Reads an address's query. What can't be read asks for nothing in particular.
    init(_ query: [String: [String]]) {
        func value(_ name: String) -> String { query[name]?.first ?? "" }
        who = value("who") == Self.nobody ? .nobody : UUID(uuidString: value("who")).map(Who.account) ?? .anybody
        event = AuditEvent(rawValue: value("event"))
        about = UUID(uuidString: value("about"))
        before = Keyset(value("before"))
    }

    /// The newest rows of everything.
    var isUnfiltered: Bool { who == .anybody && event == nil && about == nil && before == nil }

    /// The form's value for rows of nobody's account.
    static let nobody = "nobody"

    /// The form's value for who acted; empty for anybody.
    var whoValue: String {
        switch who {
        case .anybody: ""
        case .account(let id): id.uuidString.lowercased()
        case .nobody: Self.nobody
        }
    }

    /// Whether anybody that it asks for is among `actors`.
    func asks(about actors: [AuditActor]) -> Bool {
        if case .account(let id) = who { actors.contains { $0.id == id } } else { true }
    }

    /// Where the same rows are, from another place on; the newest when it is nil.
    func href(before place: Keyset?) -> String {
        let parts = asked(before: place).map { "\($0)=\($1)" }
        return parts.isEmpty ? "/audit" : "/audit?" + parts.joined(separator: "&")
    }

    /// What the log keeps of this look at it: JSON without anything that a person typed.
    var detail: String {
        let parts = asked(before: before).map { "\"\($0)\":\"\($1)\"" }
        return "{\(parts.joined(separator: ","))}"
    }

    /// What is asked for, by the names of the page's address; nothing stands there for what isn't.
    private func asked(before place: Keyset?) -> [(name: String, value: String)] {
        [("who", whoValue), ("event", event?.rawValue ?? ""), ("about", about?.column ?? ""),
         ("before", place?.text ?? "")].filter { !$0.1.isEmpty }
    }
}
