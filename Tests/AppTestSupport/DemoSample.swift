import Crypto
import Foundation
import Postgres
import Synchronization
@testable import App

/// Keeps what it is asked to seal, and seals nothing: rows are then the same at every making.
final class OpenSealing: DemoSealing {
    /// What was to be sealed, by table and column.
    private let kept = Mutex<[String: [String]]>([:])
    private let key = SymmetricKey(data: Data(repeating: 7, count: 32))

    func agencyKey() -> DemoAgencyKey { DemoAgencyKey(key: key, masterKeyID: "test", wrapped: Data([1])) }

    var referralKey: SymmetricKey { key }

    func personKey(under agency: DemoAgencyKey) -> (key: SymmetricKey, wrapped: Data) { (key, Data([2])) }

    func seal(_ value: Data, key: SymmetricKey, place: Place) throws -> Data {
        kept.withLock {
            $0["\(place.table).\(place.column)", default: []].append(String(decoding: value, as: UTF8.self))
        }
        return Data([3])
    }

    func token(_ value: String, field: String) -> Data? {
        kept.withLock { $0["token.\(field)", default: []].append(value) }
        return Data(SHA256.hash(data: Data(value.utf8)).prefix(16))
    }

    /// What was to be sealed for `person_phone.number_sealed` and the like.
    subscript(column: String) -> [String] { kept.withLock { $0[column] ?? [] } }
}

/// A demonstration made up once, its rows read back.
struct DemoSample: Sendable {
    /// Noon of a Wednesday, in winter time.
    static let now = Date(timeIntervalSince1970: 1_795_003_200)
    static let rutland = DemoSample(.rutland, now: now)

    let generator: DemoGenerator
    let sealing: OpenSealing
    private let tables: [DemoTable: [[String: String]]]

    init(_ size: DemoSize, now: Date) {
        sealing = OpenSealing()
        generator = DemoGenerator(size, now: now, sealing: sealing)
        var made = generator
        var tables: [DemoTable: [[String: String]]] = [:]
        // The generator throws only what sealing throws, and this sealing throws nothing.
        try! made.run(doors: [:]) { batch in
            for (table, rows) in batch.filled { tables[table, default: []] += Self.read(rows, of: table) }
        }
        self.tables = tables
    }

    /// The rows of a table by column; NULL is missing.
    subscript(table: DemoTable) -> [[String: String]] { tables[table] ?? [] }

    /// How many children there are.
    var children: Int { Set(self[.childTie].compactMap { $0["child_id"] }).count }

    /// Contacts of both kinds: those that opened a case, and the others.
    var contacts: [[String: String]] { self[.contact] + self[.laterContact] }

    /// Columns as the COPY statement names them.
    private static func columns(_ table: DemoTable) -> [String] {
        let text = table.statement.text
        let list = text[text.index(after: text.firstIndex(of: "(")!)..<text.lastIndex(of: ")")!]
        return list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    private static func read(_ rows: DemoRows, of table: DemoTable) -> [[String: String]] {
        let names = columns(table)
        return String(decoding: rows.bytes, as: UTF8.self).split(separator: "\n").map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            precondition(cells.count == names.count, "\(table) has \(names.count) columns, a row \(cells.count)")
            return Dictionary(uniqueKeysWithValues: zip(names, cells).filter { $0.1 != "\\N" })
        }
    }
}
