import Foundation
import Postgres

/// An agency whose programmes the viewer may change, and its side of the wall.
struct RunningAgency: Sendable, Equatable {
    let id: UUID
    let name: String
    let isHarming: Bool
}

extension Connection {
    func runningAgencies(_ visit: Visit) throws -> [RunningAgency] {
        try all("""
            SELECT a.id, a.name, a.side = 'harming' AS harming FROM app.agency a
            WHERE a.id = ANY (\(visit.viewer.agencies(.writeNotes))::uuid[]) ORDER BY a.name
            """) { RunningAgency(id: try $0["id"], name: try $0["name"], isHarming: try $0["harming"]) }
    }

    /// Whether an agency works with those who harm.
    func isHarming(_ agency: UUID) throws -> Bool {
        try first("""
            SELECT side = 'harming' AS harming FROM app.agency WHERE id = \(agency)
            """) { try $0["harming"] } ?? false
    }

    /// The programmes of the viewer's agencies, those that run first, with how many wait.
    func programmes(_ visit: Visit) throws -> [Programme] {
        try all("""
            SELECT p.id, p.agency_id, p.kind, p.name, p.sessions, p.ended_on, p.version,
                   (SELECT count(*) FROM app.programme_place l
                    WHERE l.programme_id = p.id AND l.state IN ('waiting', 'suitable')) AS waiting
            FROM app.programme p WHERE p.agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
            ORDER BY p.ended_on IS NOT NULL, p.name, p.id LIMIT 100
            """, Programme.init(row:))
    }

    func programme(_ id: UUID, _ visit: Visit, to permission: Permission) throws -> Programme? {
        try first("""
            SELECT p.id, p.agency_id, p.kind, p.name, p.sessions, p.ended_on, p.version, 0 AS waiting
            FROM app.programme p WHERE p.id = \(id) AND p.agency_id = ANY (\(visit.viewer.agencies(permission))::uuid[])
            """, Programme.init(row:))
    }

    /// What an agency offers today.
    func offered(by agency: UUID) throws -> [Programme] {
        try all("""
            SELECT p.id, p.agency_id, p.kind, p.name, p.sessions, p.ended_on, p.version, 0 AS waiting
            FROM app.programme p WHERE p.agency_id = \(agency) AND p.ended_on IS NULL ORDER BY p.name, p.id LIMIT 100
            """, Programme.init(row:))
    }

    func addProgramme(_ id: UUID, _ form: ProgrammeForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.programme (id, partnership_id, agency_id, kind, name, sessions, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.kind), \(form.name), \(form.sessions),
                    \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Throws `Overtaken` when somebody else changed it meanwhile.
    func change(_ programme: Programme, _ form: ProgrammeChange, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.programme SET name = \(form.name), sessions = \(form.sessions),
                   ended_on = \(form.isEnded ? programme.endedOn ?? visit.today : nil), version = version + 1
            WHERE id = \(programme.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    func groups(of programme: UUID, onlyOpen: Bool = false) throws -> [ProgrammeGroup] {
        try all("""
            \(Self.groupColumns) WHERE g.programme_id = \(programme) AND (NOT \(onlyOpen) OR g.ended_on IS NULL)
            ORDER BY g.ended_on IS NOT NULL, g.starts_on DESC, g.id LIMIT 50
            """, ProgrammeGroup.init(row:))
    }

    func group(_ id: UUID, _ visit: Visit, to permission: Permission) throws -> ProgrammeGroup? {
        try first("""
            \(Self.groupColumns)
            WHERE g.id = \(id) AND g.agency_id = ANY (\(visit.viewer.agencies(permission))::uuid[])
            """, ProgrammeGroup.init(row:))
    }

    private static let groupColumns: SQL = """
        SELECT g.id, g.programme_id, g.agency_id, p.name AS programme, p.kind, g.name, g.places, g.starts_on,
               g.ended_on, g.version
        FROM app.programme_group g JOIN app.programme p ON p.id = g.programme_id
        """

    func addGroup(_ id: UUID, _ form: GroupForm, to programme: Programme, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.programme_group (id, partnership_id, agency_id, programme_id, name, places, starts_on,
                                             recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(programme.agency), \(programme.id), \(form.name),
                    \(form.places), \(form.startsOn), \(visit.now), \(visit.viewer.account))
            """)
    }

    func change(_ group: ProgrammeGroup, _ form: GroupForm, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.programme_group SET name = \(form.name), places = \(form.places), starts_on = \(form.startsOn),
                   ended_on = \(form.isEnded ? group.endedOn ?? visit.today : nil), version = version + 1
            WHERE id = \(group.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Sessions of a group or of a place, newest first, with how many came.
    func sessions(ofGroup group: UUID? = nil, ofPlace place: UUID? = nil, only session: UUID? = nil) throws
        -> [ProgrammeSession] {
        try all("""
            SELECT s.id, s.agency_id, s.held_at, s.topic, s.cancelled, s.version,
                   count(a.state) FILTER (WHERE a.state IN ('attended', 'late')) AS came,
                   count(a.state) FILTER (WHERE a.state <> 'notRecorded') AS recorded
            FROM (SELECT * FROM app.programme_session x
                  WHERE (x.group_id = \(group) OR x.place_id = \(place))
                    AND (\(session)::uuid IS NULL OR x.id = \(session))
                  ORDER BY x.held_at DESC, x.id LIMIT 60) s
            LEFT JOIN LATERAL (
                SELECT DISTINCT ON (t.place_id) t.state FROM app.session_attendance t WHERE t.session_id = s.id
                ORDER BY t.place_id, t.version DESC) a ON true
            GROUP BY s.id, s.agency_id, s.held_at, s.topic, s.cancelled, s.version ORDER BY s.held_at DESC, s.id
            """) { row in
            ProgrammeSession(
                id: try row["id"], agency: try row["agency_id"], heldAt: try row["held_at"], topic: try row["topic"],
                cancelled: try row["cancelled"], version: try row["version"], came: try row["came"],
                recorded: try row["recorded"])
        }
    }

    func addSession(_ id: UUID, _ form: SessionForm, of group: ProgrammeGroup, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.programme_session (id, partnership_id, agency_id, group_id, held_at, topic, recorded_at,
                                               recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(group.agency), \(group.id), \(form.heldAt), \(form.topic),
                    \(visit.now), \(visit.viewer.account))
            """)
    }

    /// A session of one person, which they came to or not.
    func addSession(_ id: UUID, _ form: SessionForm, of place: ProgrammePlace, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.programme_session (id, partnership_id, agency_id, place_id, case_id, person_id, held_at,
                                               topic, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(place.agency), \(place.id), \(place.caseID), \(place.person),
                    \(form.heldAt), \(form.topic), \(visit.now), \(visit.viewer.account))
            """)
    }

    func change(_ session: ProgrammeSession, topic: String, cancelled: String, basedOn version: Int) throws {
        let changed = try run("""
            UPDATE app.programme_session SET topic = \(topic), cancelled = \(cancelled), version = version + 1
            WHERE id = \(session.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Who was there or might have been: whoever is in the group now, and whoever has something recorded.
    func attendees(of session: UUID, group: UUID) throws -> [Attendee] {
        try all("""
            SELECT l.id, l.case_id, l.person_id, p.given_name, p.family_name, a.state, a.words, a.version, g.integrated
            FROM app.programme_place l JOIN app.person p ON p.id = l.person_id
            JOIN app.programme g ON g.id = l.programme_id
            LEFT JOIN LATERAL (
                SELECT t.state, t.words, t.version FROM app.session_attendance t
                WHERE t.session_id = \(session) AND t.place_id = l.id ORDER BY t.version DESC LIMIT 1) a ON true
            WHERE l.group_id = \(group) AND (l.state = 'started' OR a.state IS NOT NULL)
            ORDER BY p.family_name, p.given_name, l.id LIMIT 60
            """) { row in
            Attendee(
                place: try row["id"], caseID: try row["case_id"], person: try row["person_id"],
                name: try row.personName() ?? "", state: try row["state"] ?? .notRecorded,
                words: try row["words"] ?? "", version: try row["version"] ?? 0, isIntegrated: try row["integrated"])
        }
    }

    /// Says whether somebody was there, over what was said before. Throws `Overtaken` when a colleague said it first.
    func record(
        _ state: AttendanceState, _ words: String, of place: UUID, caseID: UUID, person: UUID, agency: UUID,
        at session: UUID, over version: Int, _ visit: Visit
    ) throws {
        let added = try run("""
            INSERT INTO app.session_attendance (session_id, place_id, partnership_id, agency_id, case_id, person_id,
                                                version, state, words, recorded_at, recorded_by)
            VALUES (\(session), \(place), \(visit.viewer.partnership), \(agency), \(caseID), \(person), \(version + 1),
                    \(state), \(words), \(visit.now), \(visit.viewer.account))
            ON CONFLICT (session_id, place_id, version, agency_id) DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }
}

extension Programme {
    init(row: Row) throws {
        self.init(
            id: try row["id"], agency: try row["agency_id"], kind: try row["kind"], name: try row["name"],
            sessions: try row["sessions"], endedOn: try row["ended_on"], version: try row["version"],
            waiting: try row["waiting"])
    }
}

extension ProgrammeGroup {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], programme: try row["programme_id"], agency: try row["agency_id"],
            programmeName: try row["programme"], kind: try row["kind"], name: try row["name"],
            places: try row["places"], startsOn: try row["starts_on"], endedOn: try row["ended_on"],
            version: try row["version"])
    }
}
