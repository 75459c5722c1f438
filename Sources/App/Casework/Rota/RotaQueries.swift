import Foundation
import Postgres

extension Connection {
    /// Who is on call or away, from now on: the next 50.
    func rota(_ visit: Visit) throws -> [RotaLine] {
        try all("""
            SELECT e.id, e.kind, a.full_name, v.full_name AS cover, e.starts_at, e.ends_at FROM app.rota_entry e
            JOIN app.account a ON a.id = e.account_id LEFT JOIN app.account v ON v.id = e.covered_by
            WHERE e.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND e.taken_off_at IS NULL
              AND e.ends_at > \(visit.now)
            ORDER BY e.starts_at, e.id LIMIT 50
            """) { row in
            RotaLine(
                id: try row["id"], kind: try row["kind"], name: try row["full_name"], coveredBy: try row["cover"],
                from: try row["starts_at"], until: try row["ends_at"])
        }
    }

    /// Whoever does casework at an agency that the viewer answers for.
    func rotaColleagues(_ visit: Visit) throws -> [RotaColleague] {
        try all("""
            SELECT DISTINCT a.id, a.full_name, r.agency_id FROM app.account a
            JOIN app.role_assignment r ON r.account_id = a.id
            WHERE r.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[])
              AND r.role IN ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'perpetratorWorker')
              AND r.starts_on <= \(visit.today) AND (r.ends_on IS NULL OR r.ends_on >= \(visit.today))
              AND (a.ended_at IS NULL OR a.ended_at > \(visit.now))
            ORDER BY a.full_name, r.agency_id LIMIT 300
            """) { row in
            RotaColleague(account: try row["id"], agency: try row["agency_id"], name: try row["full_name"])
        }
    }

    func addToRota(_ id: UUID, _ form: RotaForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.rota_entry (id, partnership_id, agency_id, kind, account_id, covered_by, starts_at, ends_at,
                set_by, set_at)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.kind), \(form.account), \(form.cover),
                    \(form.from), \(form.until), \(visit.viewer.account), \(visit.now))
            """)
    }

    /// Takes a line off the rota; false when there is no such line at an agency that the viewer answers for.
    func takeOffRota(_ id: UUID, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.rota_entry SET taken_off_at = coalesce(taken_off_at, \(visit.now))
            WHERE id = \(id) AND agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[])
            """) == 1
    }
}
