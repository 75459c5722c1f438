import Foundation
import Postgres
@testable import App
@testable import AppTestSupport

/// The statements of pages, exactly as they are sent.
extension HotQuery {
    init(name: String, _ statement: SQL, viewer: World.Staff, rows: Int = 1_000) {
        self.init(
            name: name, sql: statement.text, values: statement.parameters.map { value in
                value.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL"
            }, viewer: viewer, rows: rows)
    }

    private static let person = UUID(uuidString: "cccccccc-0000-4000-00d0-000000000121") ?? .zero

    static let pages2: [HotQuery] = {
        let now = Date()
        let happenings = Connection.happenings(of: person, TimelineAsked([:]), HappeningKind.allCases, limit: 26)
        return [
            HotQuery(name: "timeline of a person", happenings ?? "SELECT 1", viewer: .imran),
            HotQuery(
                name: "overdue first contacts", Connection.overdue(after: nil, nil, at: now, [World.harbour]),
                viewer: .sunita, rows: 8_000),
            // Every open case of the agency is counted: each once, by its worker.
            HotQuery(
                name: "who holds what", Connection.workloads(of: [World.harbour], at: now), viewer: .sunita, rows: 12_000),
            HotQuery(
                name: "children without a worker", Connection.unmindedChildren([World.harbour]), viewer: .imran,
                rows: 8_000),
            HotQuery(
                name: "what nobody minds", Connection.unminded(of: [World.harbour], at: now, limit: 26), viewer: .sunita),
            HotQuery(
                name: "what was taken on in a year",
                Connection.workersYears([World.Staff.imran.account], at: [World.harbour], now: now), viewer: .sunita,
                rows: 12_000),
            HotQuery(
                name: "who may be on record twice", Connection.possibleDuplicates(of: [person], limit: 50),
                viewer: .sunita),
        ]
    }()
}
