import Crypto
import Foundation
import Postgres

extension Connection {
    private static let returns: SQL = """
        SELECT r.id, r.call_id, c.title AS call_title, r.agency_id, g.name AS agency_name, r.number, r.kind, r.state,
               r.opt_out, r.opt_out_words, r.series_break, r.key_id, r.layout::text AS layout,
               r.profile::text AS profile, r.problem, r.is_utf8, r.bytes, r.parts, r.rows_done, r.rows_bad,
               r.keep_until, r.recorded_at, a.full_name AS by, r.moved_at, r.deleted_at
        FROM app.data_return r JOIN app.data_call c ON c.id = r.call_id JOIN app.agency g ON g.id = r.agency_id
        JOIN app.account a ON a.id = r.recorded_by
        """

    /// What was sent for these calls and may be read, the newest of each agency first.
    func dataReturns(_ calls: [UUID]) throws -> [DataReturn] {
        try all("""
            \(Self.returns) WHERE r.call_id = ANY (\(calls)::uuid[])
            ORDER BY r.call_id, r.agency_id, r.number DESC LIMIT 2000
            """, DataReturn.init(row:))
    }

    func dataReturn(_ id: UUID) throws -> DataReturn? {
        try first("\(Self.returns) WHERE r.id = \(id)", DataReturn.init(row:))
    }

    /// What broke off while it was sent, of the same agency and call, is let go.
    func dropBrokenOff(_ place: DataReturnPlace, _ signer: FigureSigner) throws {
        try run("""
            DELETE FROM app.data_part WHERE return_id IN (
                SELECT id FROM app.data_return WHERE call_id = \(place.call) AND agency_id = \(place.agency)
                  AND state = 'sending' AND moved_at < \(signer.at.addingTimeInterval(-1_200)))
            """)
    }

    /// Whether what a form led to when it was sent before never came whole, and nothing was sent since.
    func hasBrokenOff(at path: String, _ signer: FigureSigner) throws -> Bool {
        let id = path.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) }
        return try id.map { id in
            try first("""
                SELECT 1 AS one FROM app.data_return r
                WHERE r.id = \(id) AND r.state = 'sending' AND r.recorded_by = \(signer.account) AND NOT EXISTS (
                    SELECT FROM app.data_return l
                    WHERE l.call_id = r.call_id AND l.agency_id = r.agency_id AND l.number > r.number)
                """) { try $0["one"] as Int } != nil
        } ?? false
    }

    /// Begins to take what an agency sends.
    func beginReturn(
        _ place: DataReturnPlace, _ form: ReturnForm, wrapped: Data, _ signer: FigureSigner
    ) throws {
        // Of two colleagues at one moment the second gets the next number.
        try waitForTurn(.agencyData, of: place.agency.column)
        try run("""
            INSERT INTO app.data_return (id, partnership_id, agency_id, call_id, number, kind, state, opt_out,
                opt_out_words, series_break, wrapped, keep_until, recorded_at, recorded_by, moved_at)
            SELECT \(place.id), \(signer.partnership), \(place.agency), \(place.call), coalesce(max(number), 0) + 1,
                   \(place.isEncoded ? DataCallKind.encoded : .clear), 'sending', \(form.optOut), \(form.optOutWords),
                   \(form.seriesBreak), \(wrapped), \(place.keepUntil), \(signer.at), \(signer.account), \(signer.at)
            FROM app.data_return WHERE call_id = \(place.call) AND agency_id = \(place.agency)
            """)
    }

    /// `bytes`: how much of the file is here with this piece.
    func addPart(
        _ number: Int, of place: DataReturnPlace, _ sealed: Data, bytes: Int, _ signer: FigureSigner
    ) throws {
        try run("""
            INSERT INTO app.data_part (return_id, agency_id, number, partnership_id, is_encoded, keep_until, sealed)
            VALUES (\(place.id), \(place.agency), \(number), \(signer.partnership), \(place.isEncoded),
                    \(place.keepUntil), \(sealed))
            """)
        try run("""
            UPDATE app.data_return SET parts = \(number), bytes = \(bytes), moved_at = \(signer.at)
            WHERE id = \(place.id)
            """)
    }

    /// What an agency sent is whole, and waits to be read.
    func endSending(_ id: UUID, isUTF8: Bool, _ signer: FigureSigner) throws {
        try run("""
            UPDATE app.data_return SET state = 'waiting', is_utf8 = \(isUTF8), moved_at = \(signer.at)
            WHERE id = \(id) AND state = 'sending'
            """)
    }

    /// The rows that were read before go; false where somebody else reads it.
    func beginReading(_ id: UUID, _ signer: FigureSigner) throws -> Bool {
        let now = signer.at
        let begun = try run("""
            UPDATE app.data_return SET state = 'reading', rows_done = 0, rows_bad = 0, moved_at = \(now)
            WHERE id = \(id) AND kind = 'clear' AND deleted_at IS NULL
              AND (state IN ('waiting', 'received') OR state = 'reading' AND moved_at < \(now.addingTimeInterval(-60)))
            """) == 1
        if begun {
            try allowMinutes()
            try run("DELETE FROM app.data_row WHERE return_id = \(id)")
        }
        return begun
    }

    /// Rows as they were read, a thousand a statement.
    func addRows(_ rows: [ReadRow], of one: DataReturnPlace, _ signer: FigureSigner) throws {
        for start in stride(from: 0, to: rows.count, by: 1_000) {
            let some = rows[start..<min(rows.count, start + 1_000)]
            let answers = some.map { $0.answers.joined(separator: "\u{1f}") }
            let remarks = some.map { $0.remarks.joined(separator: "\u{1f}") }
            try run("""
                INSERT INTO app.data_row (return_id, agency_id, line, partnership_id, keep_until, place, bytes, is_bad,
                    answers, remarks)
                SELECT \(one.id), \(one.agency), line, \(signer.partnership), \(one.keepUntil), place, bytes, bad,
                       string_to_array(answers, chr(31)), string_to_array(remarks, chr(31))
                FROM unnest(\(some.map(\.line))::int[], \(some.map(\.place))::bigint[], \(some.map(\.bytes))::int[],
                            \(some.map(\.isBad))::boolean[], \(answers)::text[], \(remarks)::text[])
                    AS t(line, place, bytes, bad, answers, remarks)
                """)
        }
    }

    /// Throws `Overtaken` where it is read anew meanwhile: whoever stood still must not go on among others' rows.
    func setProgress(_ profile: DataProfile, after before: Int, of id: UUID, _ signer: FigureSigner) throws {
        guard try run("""
            UPDATE app.data_return SET rows_done = \(profile.rows), rows_bad = \(profile.bad),
                   moved_at = \(signer.at) WHERE id = \(id) AND state = 'reading' AND rows_done = \(before)
            """) == 1 else { throw Overtaken() }
    }

    /// `words`: what is said of it in words of the file, sealed.
    func setReceived(
        _ id: UUID, _ layout: FileLayout?, _ profile: DataProfile, keyID: String?, words: Data?, _ signer: FigureSigner
    ) throws {
        let written = try layout.map { try DataJSON.text($0) }
        guard try run("""
            UPDATE app.data_return SET state = 'received', layout = \(written)::jsonb,
                   profile = \(try DataJSON.text(profile))::jsonb, key_id = \(keyID), words = \(words),
                   rows_done = \(profile.rows), rows_bad = \(profile.bad), moved_at = \(signer.at)
            WHERE id = \(id) AND (state = 'sending' OR state = 'reading' AND rows_done = \(profile.rows))
            """) == 1 else { throw Overtaken() }
    }

    /// Nothing of it can be used: what was sent goes, that it was sent and why it could not be used stays.
    func setRefused(_ id: UUID, _ problem: FileProblem, words: Data?, _ signer: FigureSigner) throws {
        try allowMinutes()
        try run("DELETE FROM app.data_row WHERE return_id = \(id)")
        try run("DELETE FROM app.data_part WHERE return_id = \(id)")
        try run("""
            UPDATE app.data_return SET state = 'refused', problem = \(problem.rawValue), words = \(words),
                   rows_done = 0, rows_bad = 0, moved_at = \(signer.at) WHERE id = \(id)
            """)
    }

    /// One piece of the file, sealed.
    func part(_ number: Int, of id: UUID) throws -> Data? {
        try first("SELECT sealed FROM app.data_part WHERE return_id = \(id) AND number = \(number)") {
            try $0["sealed"]
        }
    }

    /// The pieces of a file that hold some of its bytes, and where each begins. A sealed piece is longer than what it
    /// seals by as much each time.
    func pieces(of one: DataReturn, from place: Int, bytes: Int) throws -> [(number: Int, start: Int, sealed: Data)] {
        try all("""
            SELECT p.number, s.start, p.sealed FROM (
                SELECT number, octet_length(sealed) - \(Sealed.overhead) AS size,
                       coalesce(sum(octet_length(sealed) - \(Sealed.overhead)) OVER (
                           ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint AS start
                FROM app.data_part WHERE return_id = \(one.id) AND agency_id = \(one.agency)) s
            JOIN app.data_part p ON p.return_id = \(one.id) AND p.agency_id = \(one.agency) AND p.number = s.number
            WHERE s.start < \(place + bytes) AND s.start + s.size > \(place) ORDER BY p.number LIMIT 4
            """) { (number: try $0["number"], start: try $0["start"], sealed: try $0["sealed"]) }
    }

    /// The key of what an agency sent, wrapped, and what was said of it, sealed.
    func returnSecrets(_ id: UUID) throws -> (wrapped: Data?, words: Data?) {
        try first("SELECT wrapped, words FROM app.data_return WHERE id = \(id)") {
            (wrapped: try $0["wrapped"], words: try $0["words"])
        } ?? (nil, nil)
    }

    /// What the agency has said its own words mean, of each the last: by column, and by word in small letters.
    func dataMappings(of agency: UUID, _ specification: String) throws -> [String: [String: String]] {
        try all("""
            SELECT DISTINCT ON (field, lower(written)) field, written, category FROM app.data_mapping
            WHERE agency_id = \(agency) AND specification = \(specification)
            ORDER BY field, lower(written), number DESC, recorded_at DESC LIMIT 5000
            """) { (field: try $0["field"] as String, written: try $0["written"] as String,
                    category: try $0["category"] as String) }
            .reduce(into: [:]) { $0[$1.field, default: [:]][$1.written.lowercased()] = $1.category }
    }

    func addMapping(_ one: NewMapping, of agency: UUID, _ specification: String, _ signer: FigureSigner) throws {
        try waitForTurn(.agencyData, of: agency.column)
        try run("""
            INSERT INTO app.data_mapping (id, partnership_id, agency_id, specification, field, written, category,
                number, recorded_at, recorded_by)
            SELECT \(UUID()), \(signer.partnership), \(agency), \(specification), \(one.field), \(one.written),
                   \(one.category), coalesce(max(number), 0) + 1, \(signer.at), \(signer.account)
            FROM app.data_mapping WHERE agency_id = \(agency) AND specification = \(specification)
              AND field = \(one.field) AND lower(written) = lower(\(one.written))
            """)
    }

    /// Rows with something remarkable, or all, from a line on.
    func dataRows(_ one: DataReturn, from line: Int, isRemarkable: Bool, limit: Int) throws -> [StoredRow] {
        let which: SQL = isRemarkable ? "AND remarks <> '{}'" : ""
        return try all("""
            SELECT line, place, bytes, is_bad, answers, remarks FROM app.data_row
            WHERE return_id = \(one.id) AND agency_id = \(one.agency) AND line >= \(line) \(which)
            ORDER BY line LIMIT \(limit)
            """, StoredRow.init(row:))
    }

    func dataRow(_ line: Int, of one: DataReturn) throws -> StoredRow? {
        try first("""
            SELECT line, place, bytes, is_bad, answers, remarks FROM app.data_row
            WHERE return_id = \(one.id) AND agency_id = \(one.agency) AND line = \(line)
            """, StoredRow.init(row:))
    }

    /// Deletes whole what nobody may read any more. By the role of the door, which reads nothing of it: the policies
    /// say which rows these are.
    func deleteExpiredData() throws {
        try allowMinutes()
        try run("DELETE FROM app.data_row")
        try run("DELETE FROM app.data_part")
    }

    /// Destroys the keys of what nobody may read any more; how many there were.
    func destroyExpiredKeys(at now: Date) throws -> Int {
        try run("UPDATE app.data_return SET wrapped = NULL, words = NULL, deleted_at = \(now)")
    }

    /// Two million rows are deleted by one statement, which takes longer than a page's may.
    private func allowMinutes() throws { try run("SET LOCAL statement_timeout = '5min'") }
}

/// Where what an agency sends belongs.
struct DataReturnPlace: Sendable {
    let id: UUID
    let call: UUID
    let agency: UUID
    let isEncoded: Bool
    let keepUntil: Day
}

extension DataReturn {
    var place: DataReturnPlace {
        DataReturnPlace(id: id, call: call, agency: agency, isEncoded: kind == .encoded, keepUntil: keepUntil)
    }

    fileprivate init(row: Row) throws {
        let layout: String? = try row["layout"], profile: String? = try row["profile"]
        let problem: String? = try row["problem"]
        self.init(
            id: try row["id"], call: try row["call_id"], callTitle: try row["call_title"],
            agency: try row["agency_id"], agencyName: try row["agency_name"], number: try row["number"],
            kind: try row["kind"], state: try row["state"], optOut: try row["opt_out"],
            optOutWords: try row["opt_out_words"], seriesBreak: try row["series_break"], keyID: try row["key_id"],
            layout: try layout.map { try DataJSON.value($0) as FileLayout },
            profile: try profile.map { try DataJSON.value($0) as DataProfile },
            problem: problem.map { FileProblem(rawValue: $0) ?? .stopped }, isUTF8: try row["is_utf8"],
            bytes: try row["bytes"], parts: try row["parts"], rowsDone: try row["rows_done"],
            rowsBad: try row["rows_bad"], keepUntil: try row["keep_until"], at: try row["recorded_at"],
            by: try row["by"], movedAt: try row["moved_at"], deletedAt: try row["deleted_at"])
    }
}

extension StoredRow {
    fileprivate init(row: Row) throws {
        self.init(
            line: try row["line"], place: try row["place"], bytes: try row["bytes"], isBad: try row["is_bad"],
            answers: try row["answers"], remarks: try row["remarks"])
    }
}
