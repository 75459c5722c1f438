import Foundation
import Postgres

extension Connection {
    private static let stayColumns: SQL = """
        y.time_id, y.stay_id, y.agency_id, t.unit_id, u.number, s.name AS service, lower(t.during) AS time_from,
        upper(t.during) AS time_until, y.adults, y.children, y.came_by, y.from_outside, y.left_to, y.left_because,
        y.plan_on, y.expected_until, y.review_on, y.wants, y.moves_on, y.contact_after, y.followed_on, y.followed,
        y.version
        """
    private static let staySource: SQL = """
        app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id AND t.agency_id = y.agency_id
        JOIN app.housing_unit u ON u.id = t.unit_id JOIN app.accommodation_service s ON s.id = u.service_id
        """

    /// A stay in a unit that the viewer runs, by its first time.
    func stay(_ id: UUID, _ visit: Visit) throws -> Stay? {
        let rows = try all("""
            SELECT \(Self.stayColumns) FROM \(Self.staySource)
            WHERE (y.time_id = \(id) OR y.stay_id = \(id))
              AND y.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            ORDER BY lower(t.during), y.stay_id IS NOT NULL LIMIT 50
            """, StayRow.init(row:))
        return Stay(rows)
    }

    /// What is due of stays in the viewer's units by a day, most urgent first.
    func staysDue(by day: Day, _ visit: Visit) throws -> [Stay] {
        let rows = try all("""
            SELECT \(Self.stayColumns)
            FROM (SELECT y.time_id, y.agency_id, y.due_on FROM app.unit_stay y
                  WHERE y.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[]) AND y.due_on <= \(day)
                  ORDER BY y.due_on, y.time_id LIMIT 50) d
            JOIN app.unit_stay y ON y.agency_id = d.agency_id AND (y.time_id = d.time_id OR y.stay_id = d.time_id)
            JOIN app.unit_time t ON t.id = y.time_id AND t.agency_id = y.agency_id
            JOIN app.housing_unit u ON u.id = t.unit_id JOIN app.accommodation_service s ON s.id = u.service_id
            ORDER BY d.due_on, d.time_id, lower(t.during), y.stay_id IS NOT NULL LIMIT 500
            """, StayRow.init(row:))
        var stays: [[StayRow]] = []
        for row in rows {
            if row.root == nil { stays.append([row]) } else if !stays.isEmpty { stays[stays.count - 1].append(row) }
        }
        return stays.compactMap(Stay.init)
    }

    /// All that is kept of a stay, and its case where it is one of the same agency that the viewer may open.
    func record(of stay: Stay, _ visit: Visit) throws -> StayRecordPage {
        let support = try support(of: stay)
        let services = try all("""
            SELECT DISTINCT ON (v.member, v.kind) v.member, v.kind, v.state, v.on_day FROM app.stay_service v
            WHERE v.stay_id = \(stay.id) ORDER BY v.member, v.kind, v.on_day DESC, v.recorded_at DESC, v.id LIMIT 100
            """) { row in
            StayServiceLine(
                member: try row["member"], kind: try row["kind"], state: try row["state"], day: try row["on_day"])
        }
        let reviews = try all("""
            SELECT r.held_on, r.decision, r.until, r.next_on, a.full_name FROM app.stay_review r
            LEFT JOIN app.account a ON a.id = r.recorded_by WHERE r.stay_id = \(stay.id)
            ORDER BY r.held_on DESC, r.recorded_at DESC, r.id LIMIT 100
            """) { row in
            StayReview(
                day: try row["held_on"], decision: try row["decision"], until: try row["until"],
                next: try row["next_on"], by: try row["full_name"] ?? "")
        }
        let caseID = try first("""
            SELECT c.id FROM app.unit_time t
            JOIN app.housing_offer o ON o.id = t.offer_id AND o.agency_id = t.agency_id
            JOIN app.case_record c ON c.id = o.case_id AND c.agency_id = t.agency_id
            WHERE t.id = \(stay.id) AND t.agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
            """) { try $0["id"] as UUID }
        return StayRecordPage(stay: stay, support: support, services: services, reviews: reviews, caseID: caseID)
    }

    /// Support that was given in a stay, newest first; also what was taken back.
    func support(of stay: Stay, only id: UUID? = nil) throws -> [StaySupport] {
        try all("""
            SELECT x.id, x.kind, x.member, x.given_on, a.full_name, x.withdrawn_at, x.withdrawn_because,
                   w.full_name AS withdrawer
            FROM app.stay_support x LEFT JOIN app.account a ON a.id = x.given_by
            LEFT JOIN app.account w ON w.id = x.withdrawn_by
            WHERE x.stay_id = \(stay.id) AND (\(id)::uuid IS NULL OR x.id = \(id))
            ORDER BY x.given_on DESC, x.recorded_at DESC, x.id LIMIT 300
            """, StaySupport.init(row:))
    }

    /// Throws `Overtaken` when a colleague has taken it back already.
    func takeBack(_ support: StaySupport, _ because: StaySupportMistake, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.stay_support SET withdrawn_at = \(visit.now), withdrawn_by = \(visit.viewer.account),
                   withdrawn_because = \(because)
            WHERE id = \(support.id) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Who works for a provider today, by name.
    func stayWorkers(of agency: UUID, _ visit: Visit) throws -> [StayWorker] {
        try all("""
            SELECT a.id, a.full_name FROM app.account a
            WHERE (a.ended_at IS NULL OR a.ended_at > \(visit.now)) AND EXISTS (
                SELECT FROM app.role_assignment r WHERE r.account_id = a.id AND r.agency_id = \(agency)
                  AND r.role IN ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'accommodationWorker')
                  AND r.starts_on <= \(visit.today) AND (r.ends_on IS NULL OR r.ends_on >= \(visit.today)))
            ORDER BY a.full_name, a.id LIMIT 200
            """) { StayWorker(id: try $0["id"], name: try $0["full_name"]) }
    }

    /// Throws `Overtaken` when a colleague changed it meanwhile, as all that follows does.
    func plan(_ form: StayPlanForm, for stay: Stay, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.unit_stay SET plan_on = \(form.planOn), expected_until = \(form.expectedUntil),
                   review_on = \(form.reviewOn), wants = \(form.wants), moves_on = \(form.movesOn),
                   version = version + 1
            WHERE time_id = \(stay.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try keepDue(of: stay.id, visit)
    }

    func give(_ form: StaySupportForm, in stay: Stay, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.stay_support (id, partnership_id, agency_id, stay_id, kind, member, given_on, given_by,
                                          recorded_at, recorded_by)
            SELECT gen_random_uuid(), \(visit.viewer.partnership), \(stay.agency), \(stay.id), k.kind, \(form.member),
                   \(form.day), \(form.by), \(visit.now), \(visit.viewer.account)
            FROM unnest(\(form.kinds.map(\.rawValue))::text[]) AS k(kind)
            """)
    }

    func put(_ form: StayServicesForm, in stay: Stay, _ visit: Visit) throws {
        let states = form.states.sorted { $0.key.rawValue < $1.key.rawValue }
        try run("""
            INSERT INTO app.stay_service (id, partnership_id, agency_id, stay_id, member, kind, state, on_day,
                                          recorded_at, recorded_by)
            SELECT gen_random_uuid(), \(visit.viewer.partnership), \(stay.agency), \(stay.id), \(form.member), k.kind,
                   k.state, \(form.day), \(visit.now), \(visit.viewer.account)
            FROM unnest(\(states.map(\.key.rawValue))::text[], \(states.map(\.value.rawValue))::text[])
                 AS k(kind, state)
            """)
    }

    /// Keeps a review and what it moves: the next one, and the expected end where the stay is extended.
    func review(_ form: StayReviewForm, of stay: Stay, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.unit_stay SET review_on = \(form.next),
                   expected_until = coalesce(\(form.until), expected_until), version = version + 1
            WHERE time_id = \(stay.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try run("""
            INSERT INTO app.stay_review (id, partnership_id, agency_id, stay_id, held_on, decision, until, next_on,
                                         recorded_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(stay.agency), \(stay.id), \(form.day), \(form.decision),
                    \(form.until), \(form.next), \(visit.now), \(visit.viewer.account))
            """)
        try keepDue(of: stay.id, visit)
    }

    func follow(_ form: StayFollowUpForm, of stay: Stay, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.unit_stay SET followed = \(form.followed), followed_on = \(form.day), version = version + 1
            WHERE time_id = \(stay.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try keepDue(of: stay.id, visit)
    }

    /// Ends the household's time in one unit and begins it in another on that day. Of two who move into one unit the
    /// database refuses the second (`unit_taken`).
    func transfer(_ form: StayTransferForm, of stay: Stay, basedOn version: Int, _ visit: Visit) throws {
        try run("""
            UPDATE app.housing_unit SET version = version + 1, confirmed_at = \(visit.now)
            WHERE id IN (\(stay.last.unit), \(form.unit))
            """)
        let moved = try run("""
            UPDATE app.unit_stay SET version = version + 1 WHERE time_id = \(stay.id) AND version = \(version)
            """)
        guard moved == 1 else { throw Overtaken() }
        let ended = try run("""
            UPDATE app.unit_time SET during = daterange(lower(during), \(form.day)), version = version + 1
            WHERE id = \(stay.last.id) AND upper_inf(during)
            """)
        guard ended == 1 else { throw Overtaken() }
        let id = UUID()
        try occupy(form.unit, of: stay.agency, .stay, from: form.day, as: id, partOf: stay.id, visit)
        try addStay(stay.household, in: id, of: stay.agency, partOf: stay.id, visit)
    }

    /// How a stay ended: on its last time where they went, on its first whether they may be asked afterwards.
    func leave(_ left: LeftUnit, time: UUID, _ visit: Visit) throws {
        let root = try first("""
            UPDATE app.unit_stay SET left_to = \(left.to), left_because = \(left.because) WHERE time_id = \(time)
            RETURNING coalesce(stay_id, time_id) AS root
            """) { try $0["root"] as UUID }
        guard let root else { return }
        try run("""
            UPDATE app.unit_stay SET contact_after = \(left.contactAfter), version = version + 1
            WHERE time_id = \(root)
            """)
        try keepDue(of: root, visit)
    }

    /// Nothing expires unseen: when the next thing is due stands on the stay, and the list of units begins with it.
    private func keepDue(of id: UUID, _ visit: Visit) throws {
        let due = try stay(id, visit)?.due.first?.on
        try run("UPDATE app.unit_stay SET due_on = \(due) WHERE time_id = \(id)")
    }
}

extension StaySupport {
    fileprivate init(row: Row) throws {
        let at: Date? = try row["withdrawn_at"]
        self.init(
            id: try row["id"], kind: try row["kind"], member: try row["member"], day: try row["given_on"],
            by: try row["full_name"] ?? "", takenBack: try at.map {
                TakenBack(at: $0, by: try row["withdrawer"] ?? "", because: try row["withdrawn_because"])
            })
    }
}

/// One time of a stay, as it is read.
private struct StayRow {
    let root: UUID?
    let agency: UUID
    let time: Stay.Time
    let household: UnitStay
    let course: StayCourse
    let version: Int

    init(row: Row) throws {
        (root, agency, version) = (try row["stay_id"], try row["agency_id"], try row["version"])
        time = Stay.Time(
            id: try row["time_id"], unit: try row["unit_id"], number: try row["number"], service: try row["service"],
            from: try row["time_from"], until: try row["time_until"])
        household = UnitStay(
            adults: try row["adults"], children: try row["children"], cameBy: try row["came_by"],
            isFromOutside: try row["from_outside"], leftTo: try row["left_to"], leftBecause: try row["left_because"])
        course = StayCourse(
            planOn: try row["plan_on"], expectedUntil: try row["expected_until"], reviewOn: try row["review_on"],
            wants: try row["wants"], movesOn: try row["moves_on"], contactAfter: try row["contact_after"],
            followedOn: try row["followed_on"], followed: try row["followed"])
    }
}

extension Stay {
    /// Nil where there is none that begins with the first.
    fileprivate init?(_ rows: [StayRow]) {
        guard let first = rows.first, let last = rows.last, first.root == nil else { return nil }
        self.init(
            id: first.time.id, agency: first.agency, times: rows.map(\.time), household: last.household,
            course: first.course, version: first.version)
    }
}
