import Foundation
import Postgres

/// A case's places on programmes in a few words, and what came back across the wall.
struct PlacesInBrief: Sendable {
    /// Name of the programme and how the place stands.
    let lines: [(name: String, state: PlaceState)]
    /// What whoever works with the person must not do: all that comes back from the other side.
    let instructions: [(kind: RiskInstruction, words: String)]

    /// From what `Connection.placeCounts` found.
    init(_ found: [String: Int]) {
        func told<Kind: RawRepresentable<String>>(_ prefix: String, _ kind: Kind.Type) -> [(Kind, String)] {
            found.flatMap { what, times -> [(Kind, String)] in
                let parts = what.split(separator: "\u{1F}", maxSplits: 2, omittingEmptySubsequences: false)
                    .map(String.init)
                guard parts.count == 3, parts[0] == prefix, let kind = Kind(rawValue: parts[1]) else { return [] }
                return Array(repeating: (kind, parts[2]), count: times)
            }
        }
        lines = told("place", PlaceState.self).map { ($0.1, $0.0) }.sorted { $0.name < $1.name }
        instructions = told("instruction", RiskInstruction.self).map { ($0.0, $0.1) }.sorted {
            ($0.kind.rawValue, $0.words) < ($1.kind.rawValue, $1.words)
        }
    }
}

/// A session as it stands with whoever was, or was not, at it.
struct Attended: Sendable {
    let session: UUID
    /// Theirs alone, not a group's.
    let isOwn: Bool
    let at: Date
    let topic: String
    let cancelled: String
    let state: AttendanceState
    let words: String
}

extension Connection {
    /// A case's places and the instructions that hold for it, for a statement that its page runs anyway: what,
    /// which and, last, words as they were typed.
    static func placeCounts(of caseID: UUID) -> SQL {
        """
        SELECT concat_ws(E'\\x1f', 'place', l.state, g.name) AS what, count(*) AS times
        FROM app.programme_place l JOIN app.programme g ON g.id = l.programme_id
        WHERE l.case_id = \(caseID) AND l.state <> 'withdrawn' GROUP BY 1
        UNION ALL
        SELECT concat_ws(E'\\x1f', 'instruction', w.instruction, w.words), count(*) FROM (
            SELECT DISTINCT ON (n.place_id, n.harmed_agency_id) n.kind, n.instruction, n.words
            FROM app.wall_note n JOIN app.programme_place l ON l.id = n.place_id
            WHERE l.case_id = \(caseID) AND n.kind IN ('instruction', 'instructionEnded')
            ORDER BY n.place_id, n.harmed_agency_id, n.n DESC) w
        WHERE w.kind = 'instruction' GROUP BY 1
        """
    }

    func places(of caseID: UUID, only place: UUID? = nil) throws -> [ProgrammePlace] {
        try all("""
            \(Self.placeColumns) WHERE l.case_id = \(caseID) AND (\(place)::uuid IS NULL OR l.id = \(place))
            ORDER BY l.state NOT IN ('waiting', 'suitable', 'started'), l.referred_on DESC, l.id LIMIT 50
            """, ProgrammePlace.init(row:))
    }

    /// Whoever waits for a programme, longest first.
    func waiting(for programme: UUID, after last: Keyset?) throws -> [ProgrammePlace] {
        let day = last.map { London.day(of: $0.at) } ?? Day(since1970: -25_567)
        return try all("""
            \(Self.placeColumns) WHERE l.programme_id = \(programme) AND l.state IN ('waiting', 'suitable')
              AND (l.referred_on, l.id) > (\(day)::date, \(last?.id ?? .zero)::uuid)
            ORDER BY l.referred_on, l.id LIMIT 26
            """, ProgrammePlace.init(row:))
    }

    /// Whoever is in a group now, or was.
    func members(of group: UUID) throws -> [ProgrammePlace] {
        try all("""
            \(Self.placeColumns) WHERE l.group_id = \(group)
            ORDER BY l.state <> 'started', p.family_name, p.given_name, l.id LIMIT 100
            """, ProgrammePlace.init(row:))
    }

    private static let placeColumns: SQL = """
        SELECT l.id, l.agency_id, l.case_id, l.person_id, p.given_name, p.family_name, l.group_id,
               u.name AS group_name, l.source, l.state, l.referred_on, l.checked_on, l.version, g.id AS programme_id,
               g.kind, g.name, g.sessions, g.ended_on, g.version AS programme_version
        FROM app.programme_place l JOIN app.programme g ON g.id = l.programme_id
        JOIN app.person p ON p.id = l.person_id LEFT JOIN app.programme_group u ON u.id = l.group_id
        """

    func steps(of place: UUID) throws -> [StepLine] {
        try all("""
            SELECT s.step, s.reasons, s.happened_on, u.name AS group_name, s.words, s.recorded_at, a.full_name
            FROM app.place_step s LEFT JOIN app.programme_group u ON u.id = s.group_id
            LEFT JOIN app.account a ON a.id = s.recorded_by
            WHERE s.place_id = \(place) ORDER BY s.version DESC LIMIT 100
            """) { row in
            StepLine(
                step: try row["step"], reasons: try row["reasons"], on: try row["happened_on"],
                groupName: try row["group_name"], words: try row["words"], recordedAt: try row["recorded_at"],
                by: try row["full_name"] ?? "")
        }
    }

    /// The sessions that somebody was at, or should have been: newest first.
    func attendance(of place: UUID) throws -> [Attended] {
        try all("""
            SELECT s.id, s.place_id IS NOT NULL AS own, s.held_at, s.topic, s.cancelled, a.state, a.words FROM (
                SELECT DISTINCT ON (t.session_id) t.session_id, t.state, t.words FROM app.session_attendance t
                WHERE t.place_id = \(place) ORDER BY t.session_id, t.version DESC) a
            JOIN app.programme_session s ON s.id = a.session_id
            WHERE s.place_id IS NOT NULL OR a.state <> 'notRecorded' AND s.cancelled = ''
            ORDER BY s.held_at DESC, s.id LIMIT 60
            """) { row in
            Attended(
                session: try row["id"], isOwn: try row["own"], at: try row["held_at"], topic: try row["topic"],
                cancelled: try row["cancelled"], state: try row["state"], words: try row["words"])
        }
    }

    /// What is recorded of one person at a session of their own.
    func attended(_ session: UUID, by place: UUID) throws -> (state: AttendanceState, words: String, version: Int)? {
        try first("""
            SELECT t.state, t.words, t.version FROM app.session_attendance t
            WHERE t.session_id = \(session) AND t.place_id = \(place) ORDER BY t.version DESC LIMIT 1
            """) { (try $0["state"], try $0["words"], try $0["version"]) }
    }

    /// Whether anything of abuse is on record about somebody: whatever it is, nobody offers work for two then.
    func hasAbuseRecorded(_ record: CaseRecord) throws -> Bool {
        try first("""
            SELECT EXISTS (SELECT FROM app.relationship r WHERE r.harmed_id = \(record.person))
                OR EXISTS (SELECT FROM app.relationship r WHERE r.harming_id = \(record.person))
                OR EXISTS (SELECT FROM app.risk_assessment x WHERE x.person_id = \(record.person))
                OR EXISTS (SELECT FROM app.agency a WHERE a.id = \(record.agency) AND a.side = 'harming') AS found
            """) { try $0["found"] } ?? true
    }

    /// Throws `Overtaken` when the case has a place on this programme already.
    func addPlace(_ id: UUID, _ form: PlaceForm, on record: CaseRecord, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.programme_place (id, partnership_id, agency_id, case_id, person_id, programme_id, source,
                state, referred_on, checked_on, version, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(form.programme.id), \(form.source), 'waiting', \(form.referredOn), \(form.referredOn), 1,
                    \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
        try say(1, .referred, [], on: form.referredOn, group: nil, form.words, of: id, on: record, visit)
    }

    /// Says something new of a place, based on `version`. Throws `Overtaken` when somebody else said something
    /// meanwhile; PostgreSQL refuses whom a group has no place for, and a start without support for the partner.
    func take(_ form: StepForm, of place: ProgrammePlace, basedOn version: Int, on record: CaseRecord, _ visit: Visit)
        throws {
        let state = form.step.leadsTo ?? place.state
        let group = form.step == .reopened ? nil : form.group ?? place.group
        let changed = try run("""
            UPDATE app.programme_place SET version = version + 1, state = \(state), group_id = \(group),
                   checked_on = CASE WHEN \(form.step == .riskCheck) THEN \(form.day)::date ELSE checked_on END
            WHERE id = \(place.id) AND case_id = \(record.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try say(version + 1, form.step, form.reasons, on: form.day, group: form.group, form.words, of: place.id,
                on: record, visit)
    }

    private func say(
        _ version: Int, _ step: PlaceStep, _ reasons: [StepReason], on day: Day, group: UUID?, _ words: String,
        of place: UUID, on record: CaseRecord, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.place_step (place_id, partnership_id, agency_id, case_id, person_id, version, step, reasons,
                                        happened_on, group_id, words, recorded_at, recorded_by)
            VALUES (\(place), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(version),
                    \(step), \(reasons.map(\.rawValue))::text[], \(day), \(group), \(words), \(visit.now),
                    \(visit.viewer.account))
            """)
    }
}

extension ProgrammePlace {
    fileprivate init(row: Row) throws {
        let agency: UUID = try row["agency_id"]
        self.init(
            id: try row["id"], agency: agency, caseID: try row["case_id"], person: try row["person_id"],
            personName: try row.personName() ?? "", programme: Programme(
                id: try row["programme_id"], agency: agency, kind: try row["kind"], name: try row["name"],
                sessions: try row["sessions"], endedOn: try row["ended_on"], version: try row["programme_version"]),
            group: try row["group_id"], groupName: try row["group_name"], source: try row["source"],
            state: try row["state"], referredOn: try row["referred_on"], checkedOn: try row["checked_on"],
            version: try row["version"])
    }
}
