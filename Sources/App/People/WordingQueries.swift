import Foundation
import Postgres

extension Connection {
    private static let wordingColumns: SQL = """
        w.id, w.instrument, w.version, w.from_day, w.until_day, w.lines, w.loaded_at, a.full_name
        FROM app.instrument_wording w LEFT JOIN app.account a ON a.id = w.loaded_by
        """

    /// The wording of an agency that holds on `day`: the one with the latest start, and of those the one loaded last.
    func wording(of code: InstrumentCode, agency: UUID, on day: Day) throws -> InstrumentWording? {
        try first("""
            SELECT \(Self.wordingColumns)
            WHERE w.agency_id = \(agency) AND w.instrument = \(code) AND w.from_day <= \(day)
              AND (w.until_day IS NULL OR w.until_day >= \(day))
            ORDER BY w.from_day DESC, w.loaded_at DESC LIMIT 1
            """, InstrumentWording.init(row:))
    }

    /// The wording with which an assessment was asked.
    func wording(_ id: UUID) throws -> InstrumentWording? {
        try first("SELECT \(Self.wordingColumns) WHERE w.id = \(id)", InstrumentWording.init(row:))
    }

    /// Every wording that these agencies have loaded, newest first.
    func wordings(of agencies: [UUID]) throws -> [InstrumentWording] {
        try all("""
            SELECT \(Self.wordingColumns) WHERE w.agency_id = ANY (\(agencies)::uuid[])
            ORDER BY w.instrument, w.from_day DESC, w.loaded_at DESC LIMIT 100
            """, InstrumentWording.init(row:))
    }
}

extension InstrumentWording {
    init(row: Row) throws {
        self.init(
            id: try row["id"], code: try row["instrument"], version: try row["version"], from: try row["from_day"],
            until: try row["until_day"], lines: try row["lines"], loadedAt: try row["loaded_at"],
            loadedBy: try row["full_name"] ?? "")
    }
}
