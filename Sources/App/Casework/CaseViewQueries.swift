import Foundation
import Postgres

extension Connection {
    /// Open cases as a filter asks for them: 25 and one more, from its page on. It reads the open cases of the viewer's
    /// agencies, by the index of open ones.
    func cases(_ filter: CaseFilter, at now: Date, within viewer: Viewer) throws -> [CaseLine] {
        try cases(
            filter, Self.asked(filter, at: now, viewer, of: viewer.agencies(.viewCases)), viewer,
            limit: CaseFilter.perPage + 1, skipping: filter.page * CaseFilter.perPage)
    }

    /// All of them, for a file, of the agencies for whose cases the viewer answers.
    func allCases(_ filter: CaseFilter, _ visit: Visit) throws -> [CaseLine] {
        try cases(filter, Self.inFile(filter, visit), visit.viewer, limit: CaseListFile.most, skipping: 0)
    }

    func caseCount(_ filter: CaseFilter, _ visit: Visit) throws -> Int {
        try first("SELECT count(*) AS cases FROM app.case_record c WHERE \(Self.inFile(filter, visit))") {
            try $0["cases"]
        } ?? 0
    }

    private static func inFile(_ filter: CaseFilter, _ visit: Visit) -> SQL {
        asked(filter, at: visit.now, visit.viewer, of: visit.viewer.agencies(.exportDataSets))
    }

    private static func asked(_ filter: CaseFilter, at now: Date, _ viewer: Viewer, of agencies: [UUID]) -> SQL {
        let whose: SQL = switch filter.whose {
        case .mine: "AND c.worker_id = \(viewer.account)"
        case .nobody: "AND c.worker_id IS NULL"
        case .all: "AND (\(filter.worker)::uuid IS NULL OR c.worker_id = \(filter.worker))"
        }
        let period = (from: filter.from.flatMap { London.moment($0, minute: 0) },
                      until: filter.until.map { Period(from: $0, until: $0).moments.until })
        return """
            c.agency_id = ANY (\(agencies)::uuid[]) AND c.closed_at IS NULL \(whose)
              AND (\(filter.risks.isEmpty) OR c.risk = ANY (\(filter.risks.map(\.rawValue))::text[]))
              AND (NOT \(filter.onlyOverdue) OR c.first_contact_at IS NULL AND c.first_contact_due < \(now))
              AND (NOT \(filter.onlyChanged) OR c.has_news)
              AND c.opened_at >= coalesce(\(period.from), '-infinity'::timestamptz)
              AND c.opened_at < coalesce(\(period.until), 'infinity'::timestamptz)
            """
    }

    private func cases(
        _ filter: CaseFilter, _ asked: SQL, _ viewer: Viewer, limit: Int, skipping skipped: Int
    ) throws -> [CaseLine] {
        let order: SQL = switch filter.order {
        case .due: "coalesce(c.next_due, '9999-01-01Z'::timestamptz), c.id"
        case .newest: "c.opened_at DESC, c.id DESC"
        case .oldest: "c.opened_at, c.id"
        case .risk: "array_position('{high,medium,notAssessed,standard}'::text[], c.risk), c.next_due NULLS LAST, c.id"
        case .name: "lower(p.family_name), lower(p.given_name), c.id"
        }
        return try all("""
            SELECT c.id, c.reference, p.given_name, p.family_name, c.risk, w.full_name, c.clock_started_at,
                   c.first_contact_due, c.first_contact_at, c.no_safe_time, c.next_due, c.opened_at,
                   c.has_news AND c.worker_id = \(viewer.account) AS has_news
            FROM app.case_record c
            LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
            WHERE \(asked) ORDER BY \(order) LIMIT \(limit) OFFSET \(skipped)
            """) { row in try CaseLine(row: row, hasNews: try row["has_news"] ?? false) }
    }

    /// Who holds open cases of the viewer's agencies.
    func caseHolders(within viewer: Viewer) throws -> [(id: UUID, name: String)] {
        try all("""
            SELECT a.id, a.full_name FROM app.account a WHERE EXISTS (
                SELECT FROM app.case_record c WHERE c.worker_id = a.id AND c.closed_at IS NULL
                  AND c.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[]))
            ORDER BY a.full_name, a.id LIMIT 200
            """) { (id: try $0["id"], name: try $0["full_name"]) }
    }

    /// The viewer's own.
    func savedViews() throws -> [SavedView] {
        try all("SELECT id, name, query FROM app.saved_view ORDER BY name, id LIMIT \(SavedView.most)") {
            SavedView(id: try $0["id"], name: try $0["name"], query: try $0["query"])
        }
    }

    /// Throws `Overtaken` where one of that name is kept already.
    func keepView(_ id: UUID, _ form: SavedViewForm, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.saved_view (id, partnership_id, account_id, name, query, saved_at)
            VALUES (\(id), \(visit.viewer.partnership), \(visit.viewer.account), \(form.name), \(form.filter.query),
                    \(visit.now))
            ON CONFLICT ON CONSTRAINT view_name_once DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    func removeView(_ id: UUID, _ visit: Visit) throws -> Bool {
        try run("DELETE FROM app.saved_view WHERE id = \(id) AND account_id = \(visit.viewer.account)") == 1
    }
}
