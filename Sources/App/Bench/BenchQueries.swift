import Foundation
import Postgres

extension BenchSite {
    /// A record of each kind for its pages, found as the one who asks would see it: a line for each kind of record.
    /// The person is one with a case, an assessment and a safe contact, so that the pages have all their parts.
    static func sample(of place: String, for viewer: Viewer) -> SQL? {
        switch place {
        case "cases/:id": person(viewer, "c.id")
        case "people/:id": person(viewer, "c.person_id AS id")
        case "people/:id/risk/:risk":
            """
            SELECT r.id FROM app.risk_assessment r WHERE r.person_id = (\(person(viewer, "c.person_id"))) LIMIT 1
            """
        case "people/:id/plan/:plan":
            """
            SELECT g.id FROM app.safety_plan g WHERE g.person_id = (\(person(viewer, "c.person_id")))
            ORDER BY g.written_at DESC, g.id LIMIT 1
            """
        case "cases/:id/support/needs/:need":
            """
            SELECT n.id FROM app.need n WHERE n.case_id = (\(person(viewer, "c.id")))
            ORDER BY n.recorded_at, n.id LIMIT 1
            """
        case "cases/:id/orders/:order":
            """
            SELECT o.id FROM app.legal_order o WHERE o.case_id = (\(person(viewer, "c.id")))
            ORDER BY o.recorded_at, o.id LIMIT 1
            """
        case "cases/:id/letters/:letter":
            """
            SELECT l.id FROM app.letter l WHERE l.case_id = (\(person(viewer, "c.id")))
              AND l.released_at IS NULL AND l.outcome IS NULL LIMIT 1
            """
        case "transfers/:id":
            """
            SELECT t.id FROM app.case_transfer t WHERE t.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[])
            ORDER BY t.outcome IS NOT NULL, t.proposed_at DESC, t.id LIMIT 1
            """
        case "child-requests/:id": "SELECT id FROM app.child_request ORDER BY due_on, id LIMIT 1"
        case "register/matters/:id":
            "SELECT id FROM app.data_matter WHERE ended_at IS NULL ORDER BY steps DESC, id LIMIT 1"
        case "packs/:id": "SELECT id FROM app.pack ORDER BY begun_at DESC, id LIMIT 1"
        case "packs/:id/items/:item":
            """
            SELECT id FROM app.pack_item WHERE pack_id = (SELECT id FROM app.pack ORDER BY begun_at DESC, id LIMIT 1)
            ORDER BY number LIMIT 1
            """
        case "register/assessments/:id":
            "SELECT assessment_id AS id FROM app.impact_assessment ORDER BY review_on, assessment_id LIMIT 1"
        case "cases/:id/housing/:request":
            """
            SELECT q.id FROM app.housing_request q WHERE q.case_id = (\(person(viewer, "c.id")))
            ORDER BY q.recorded_at, q.id LIMIT 1
            """
        case "cases/:id/housing/:request/offers/:offer":
            """
            SELECT o.id FROM app.housing_offer o WHERE o.case_id = (\(person(viewer, "c.id")))
            ORDER BY o.asked_at, o.id LIMIT 1
            """
        case "data/:call", "team/data/:call":
            "SELECT id FROM app.data_call WHERE closed_at IS NULL ORDER BY due_on DESC, id LIMIT 1"
        case "data/returns/:return", "team/data/returns/:return":
            "SELECT id FROM app.data_return WHERE state = 'received' ORDER BY rows_done DESC, id LIMIT 1"
        case "figures/:release": "SELECT id FROM app.figure_release ORDER BY from_day DESC LIMIT 1"
        case "units/enquiries/:enquiry":
            "SELECT id FROM app.housing_enquiry ORDER BY asked_on DESC, id LIMIT 1"
        case "units/asked/:offer", "units/asked/:offer/told":
            "SELECT id FROM app.housing_offer WHERE state IN ('held', 'accepted') AND provider_id IS NOT NULL LIMIT 1"
        case "units/:unit", "cases/:id/housing/:request/units/:unit":
            "SELECT id FROM app.housing_unit ORDER BY number LIMIT 1"
        case "units/stays/:stay":
            """
            SELECT y.time_id AS id FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id
            JOIN app.housing_unit u ON u.id = t.unit_id
            WHERE y.stay_id IS NULL AND upper(t.during) IS NULL ORDER BY u.number LIMIT 1
            """
        case "units/services/:service":
            "SELECT id FROM app.accommodation_service ORDER BY ended_on IS NOT NULL, name, id LIMIT 1"
        case "programmes/:programme":
            "SELECT id FROM app.programme ORDER BY ended_on IS NOT NULL, name, id LIMIT 1"
        case "groups/:group": busyGroup
        case "groups/:group/sessions/:session":
            "SELECT id FROM app.programme_session WHERE group_id = (\(busyGroup)) ORDER BY held_at DESC, id LIMIT 1"
        case "cases/:id/rights/:matter":
            """
            SELECT m.id FROM app.legal_matter m WHERE m.case_id = (\(person(viewer, "c.id"))) AND m.withdrawn_at IS NULL
            ORDER BY m.recorded_at, m.id LIMIT 1
            """
        case "cases/:id/outcomes/:set":
            """
            SELECT u.id FROM app.outcome_set u WHERE u.case_id = (\(person(viewer, "c.id"))) AND u.withdrawn_at IS NULL
            ORDER BY u.recorded_at, u.id LIMIT 1
            """
        case "cases/:id/marac/:marac":
            """
            SELECT v.id FROM app.marac_referral v WHERE v.case_id = (\(person(viewer, "c.id")))
            ORDER BY v.written_at, v.id LIMIT 1
            """
        case "people/:id/related/:other", "people/:id/harming/:other", "people/:id/children/:other":
            """
            SELECT r.harming_id AS id FROM app.relationship r
            WHERE r.harmed_id = (\(person(viewer, "c.person_id"))) LIMIT 1
            """
        case "people/:id/same/:other":
            """
            SELECT o.id FROM app.person p JOIN app.person o ON o.agency_id = p.agency_id AND o.id <> p.id
            WHERE p.id = (\(person(viewer, "c.person_id"))) ORDER BY o.created_at DESC, o.id LIMIT 1
            """
        case "contacts/:id":
            "SELECT id FROM app.contact WHERE person_id IS NOT NULL ORDER BY happened_at DESC, id LIMIT 1"
        case "referrals/:id": "SELECT id FROM app.referral WHERE NOT quarantined ORDER BY received_at DESC, id LIMIT 1"
        case "notes/:id":
            """
            SELECT n.id FROM app.case_note n WHERE n.written_by = \(viewer.account) ORDER BY n.written_at DESC LIMIT 1
            """
        case "interests/:id": "SELECT id FROM app.interest_match ORDER BY state, id LIMIT 1"
        case "accounts/:id":
            "SELECT a.id FROM app.account a JOIN app.role_assignment r ON \(employed) ORDER BY a.id LIMIT 1"
        case "accounts/:id/roles/:role":
            "SELECT r.id FROM app.account a JOIN app.role_assignment r ON \(employed) ORDER BY a.id LIMIT 1"
        default: nil
        }
    }

    /// The group with most in it.
    private static let busyGroup: SQL = """
        SELECT u.id FROM app.programme_group u
        ORDER BY (SELECT count(*) FROM app.programme_place l WHERE l.group_id = u.id) DESC, u.id LIMIT 1
        """

    /// A colleague in post who has signed in: the pages about an account have all their parts.
    private static let employed: SQL =
        "r.account_id = a.id AND a.ended_at IS NULL AND r.ends_on IS NULL AND a.set_up AND r.role = 'idva'"

    private static func person(_ viewer: Viewer, _ column: SQL) -> SQL {
        """
        SELECT \(column) FROM app.case_record c
        WHERE c.closed_at IS NULL AND EXISTS (SELECT FROM app.risk_assessment r WHERE r.person_id = c.person_id)
          AND EXISTS (SELECT FROM app.safe_contact s WHERE s.person_id = c.person_id)
        ORDER BY EXISTS (SELECT FROM app.safety_plan g WHERE g.person_id = c.person_id) DESC,
                 EXISTS (SELECT FROM app.need n WHERE n.case_id = c.id) DESC,
                 EXISTS (SELECT FROM app.legal_order o WHERE o.case_id = c.id) DESC,
                 EXISTS (SELECT FROM app.legal_matter m WHERE m.case_id = c.id) DESC,
                 EXISTS (SELECT FROM app.marac_referral v WHERE v.case_id = c.id) DESC,
                 EXISTS (SELECT FROM app.outcome_set u WHERE u.case_id = c.id) DESC,
                 c.worker_id = \(viewer.account) DESC NULLS LAST, c.opened_at DESC, c.id LIMIT 1
        """
    }
}

extension Connection {
    /// Somebody of this partnership in post in that role who can sign in: of several the first by name, so that the
    /// benchmark repeats.
    func benchAccount(_ role: Role, in partnership: UUID) throws -> UUID? {
        try first("""
            SELECT a.id FROM app.account a JOIN app.role_assignment r ON r.account_id = a.id
            WHERE a.partnership_id = \(partnership) AND r.role = \(role.rawValue) AND a.password_hash IS NOT NULL
              AND (a.ended_at IS NULL OR a.ended_at > now()) AND r.starts_on <= current_date
              AND (r.ends_on IS NULL OR r.ends_on >= current_date)
            ORDER BY a.full_name, a.id LIMIT 1
            """) { try $0["id"] }
    }

    /// The id of a sample record.
    func benchSample(_ sql: SQL) throws -> UUID? {
        try first(sql) { row in try row["id"] }
    }

    /// The process ids of PostgreSQL's own processes.
    func serverProcesses() throws -> [Int] {
        try all("SELECT pid FROM pg_stat_activity") { try $0["pid"] }
    }

    /// People to look for: names and dates of birth from all over the register.
    func benchPeople(_ count: Int) throws -> [(given: String, family: String, born: Day?)] {
        try all("""
            SELECT given_name, family_name, date_of_birth FROM app.person
            ORDER BY md5(id::text) LIMIT \(count)
            """) { row in (try row["given_name"], try row["family_name"], try row["date_of_birth"]) }
    }

    /// How many people there are within reach.
    func benchPeopleCount() throws -> Int {
        try first("SELECT count(*) AS people FROM app.person") { try $0["people"] } ?? 0
    }
}

/// PostgreSQL's own client running what the caseload page runs: the statement that finds the session, and the
/// caseload's, each in its transaction, as its role and through its policies.
enum CaseloadPeer {
    /// How many times a second it runs both.
    static func perSecond(
        _ settings: Settings, visitor: BenchVisitor, connections: Int, seconds: Int
    ) throws -> Double {
        let caseload = """
            SELECT set_config('app.session', '\(visitor.token)', true);
            \(literal(Connection.caseload(after: nil, of: visitor.viewer)))
            """
        let session = literal(Connection.session(of: visitor.token, in: visitor.viewer.partnership))
        return try 1 / [("app", caseload), ("auth", session)].reduce(0) { sum, work in
            sum + 1 / (try rate(work.1, settings.database(as: work.0), connections, seconds))
        }
    }

    private static func rate(
        _ statements: String, _ conninfo: String, _ connections: Int, _ seconds: Int
    ) throws -> Double {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("peer-\(UUID().uuidString).sql")
        try Data("BEGIN;\n\(statements);\nCOMMIT;\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try DatabaseBench.pgbenchRate(
            conninfo, script: file.path, connections: connections, transactions: 200 * seconds)
    }

    /// The statement with its binds written out: for this one script, from values that we made ourselves.
    private static func literal(_ sql: SQL) -> String {
        var text = sql.text
        for (index, value) in sql.parameters.enumerated().reversed() {
            let quoted = value.map { "'" + $0.replacing("'", with: "''") + "'" } ?? "NULL"
            text = text.replacing("$\(index + 1)", with: quoted)
        }
        return text.replacing("\n", with: " ")
    }
}
