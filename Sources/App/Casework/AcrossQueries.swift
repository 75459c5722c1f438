import Foundation
import Postgres

extension Place {
    static func wallNote(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "wall_note", column: "told_sealed", row: id, agency: partnership)
    }
}

extension Services {
    func sealAcross(_ told: WallTold, _ id: UUID) throws -> Data {
        try sealTold(told, at: .wallNote(id, in: partnership.id))
    }

    func openAcross(_ sealed: Data, _ id: UUID) throws -> WallTold {
        try openTold(sealed, at: .wallNote(id, in: partnership.id))
    }
}

/// Somebody for whom support is asked, as the front door sees it.
struct WallAsking: Sendable {
    let note: WallNote
    let harmedAgency: UUID
    let harmingAgency: UUID
    let harmingName: String
    /// Nil where what was told can't be opened here.
    let told: WallTold?
    /// How many give support now.
    let supports: Int
}

/// Support that is given for a case, or at another agency.
struct IntegratedSupport: Sendable {
    let id: UUID
    let asked: UUID
    let place: UUID
    let harmingAgency: UUID
    let caseID: UUID?
    let elsewhere: String
    let worker: String
    let recordedAt: Date
    let endedAt: Date?
    let reason: String
}

/// A case in which somebody of that name is named.
struct NamedCase: Sendable {
    let id: UUID
    let reference: String
    let personName: String
    let worker: String?
}

extension Connection {
    // MARK: The side of those who harm

    /// The front door of the other side, where whatever passes goes first.
    func otherFrontDoor(_ visit: Visit) throws -> UUID? {
        try first("""
            SELECT id FROM app.agency
            WHERE partnership_id = \(visit.viewer.partnership) AND front_door AND side = 'harmed' ORDER BY name LIMIT 1
            """) { try $0["id"] }
    }

    /// Asks for support for the partner.
    func askSupport(
        _ told: WallTold, for place: UUID, of agency: UUID, on day: Day, at door: UUID, _ visit: Visit
    ) throws {
        let id = UUID()
        try run("""
            INSERT INTO app.wall_note (id, partnership_id, place_id, harming_agency_id, harmed_agency_id, toward, kind,
                                       day, told_sealed, sent_at, sent_by)
            VALUES (\(id), \(visit.viewer.partnership), \(place), \(agency), \(door), 'harmed', 'askSupport', \(day),
                    \(try visit.services.sealAcross(told, id)), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Passes a fact on to every agency that was asked; how many that were.
    @discardableResult
    func pass(_ kind: WallKind, on day: Day, _ words: String = "", about place: UUID, _ visit: Visit) throws -> Int {
        try run("""
            INSERT INTO app.wall_note (id, partnership_id, place_id, harming_agency_id, harmed_agency_id, toward, kind,
                                       day, words, sent_at, sent_by)
            SELECT gen_random_uuid(), a.partnership_id, a.place_id, a.harming_agency_id, a.harmed_agency_id, 'harmed',
                   \(kind), \(day), \(words), \(visit.now), \(visit.viewer.account)
            FROM app.wall_note a WHERE a.place_id = \(place) AND a.kind = 'askSupport'
            """)
    }

    /// What stands between a place and the other side: one statement.
    func standing(of place: UUID) throws -> WallStanding {
        var newest: [UUID: WallNote] = [:]
        var arranged: Bool?
        let notes = try all("""
            SELECT w.id, w.place_id, w.kind, w.day, w.instruction, w.words, w.sent_at, w.harmed_agency_id
            FROM app.wall_note w WHERE w.place_id = \(place) ORDER BY w.n DESC LIMIT 200
            """) { row -> WallNote in
            let note = try WallNote(row: row)
            let agency: UUID = try row["harmed_agency_id"]
            if note.kind == .instruction || note.kind == .instructionEnded, newest[agency] == nil {
                newest[agency] = note
            }
            if arranged == nil, note.kind == .supportArranged || note.kind == .supportEnded {
                arranged = note.kind == .supportArranged
            }
            return note
        }
        return WallStanding(
            notes: notes, isArranged: arranged ?? false,
            instructions: newest.values.compactMap { note in note.instruction.map { ($0, note.words) } })
    }

    // MARK: The side of those who are harmed

    /// For whom support is asked of the viewer's agencies, newest first: those with nobody yet first.
    func askings(_ visit: Visit, only asked: UUID? = nil) throws -> [WallAsking] {
        try all("""
            SELECT w.id, w.place_id, w.kind, w.day, w.instruction, w.words, w.sent_at, w.harmed_agency_id,
                   w.harming_agency_id, g.name AS harming, w.told_sealed, w.supports
            FROM (SELECT n.*, (SELECT count(*) FROM app.integrated_support s
                               WHERE s.asked_id = n.id AND s.ended_at IS NULL) AS supports
                  FROM app.wall_note n WHERE n.kind = 'askSupport' AND (\(asked)::uuid IS NULL OR n.id = \(asked))
                    AND n.harmed_agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[])
                  ORDER BY n.sent_at DESC, n.id DESC LIMIT 50) w
            LEFT JOIN app.agency g ON g.id = w.harming_agency_id
            ORDER BY w.supports > 0, w.sent_at DESC, w.id DESC
            """) { row in
            let note = try WallNote(row: row)
            return WallAsking(
                note: note, harmedAgency: try row["harmed_agency_id"], harmingAgency: try row["harming_agency_id"],
                harmingName: try row["harming"] ?? "",
                told: try? visit.services.openAcross(row["told_sealed"], note.id),
                supports: try row["supports"])
        }
    }

    /// Open cases of the agency in which somebody of that name is named as the one who harms.
    func casesNaming(_ name: String, in agency: UUID) throws -> [NamedCase] {
        try all("""
            SELECT DISTINCT c.id, c.reference, p.given_name, p.family_name, a.full_name
            FROM app.person_name n JOIN app.relationship r ON r.harming_id = n.person_id
            JOIN app.case_record c ON c.person_id = r.harmed_id AND c.closed_at IS NULL
            JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account a ON a.id = c.worker_id
            WHERE n.folded = app.fold(\(name)) AND n.agency_id = \(agency) ORDER BY c.reference, c.id LIMIT 20
            """) { row in
            NamedCase(
                id: try row["id"], reference: try row["reference"], personName: try row.personName() ?? "",
                worker: try row["full_name"])
        }
    }

    func supports(ofAsked asked: UUID? = nil, ofCase caseID: UUID? = nil) throws -> [IntegratedSupport] {
        try all("""
            SELECT s.id, s.asked_id, n.place_id, n.harming_agency_id, s.case_id, s.elsewhere, a.full_name,
                   s.recorded_at, s.ended_at, s.reason
            FROM app.integrated_support s JOIN app.wall_note n ON n.id = s.asked_id
            LEFT JOIN app.account a ON a.id = s.worker_id
            WHERE s.asked_id = \(asked) OR s.case_id = \(caseID)
            ORDER BY s.ended_at IS NOT NULL, s.recorded_at DESC, s.id LIMIT 50
            """) { row in
            IntegratedSupport(
                id: try row["id"], asked: try row["asked_id"], place: try row["place_id"],
                harmingAgency: try row["harming_agency_id"], caseID: try row["case_id"],
                elsewhere: try row["elsewhere"], worker: try row["full_name"] ?? "",
                recordedAt: try row["recorded_at"], endedAt: try row["ended_at"], reason: try row["reason"])
        }
    }

    /// What came across about the places for which a case has support, and what went back, newest first.
    func acrossNotes(places: [UUID]) throws -> [WallNote] {
        try all("""
            SELECT w.id, w.place_id, w.kind, w.day, w.instruction, w.words, w.sent_at FROM app.wall_note w
            WHERE w.place_id = ANY (\(places)::uuid[]) ORDER BY w.n DESC LIMIT 100
            """, WallNote.init(row:))
    }

    /// Throws `Overtaken` when the case has this support already.
    func arrange(_ id: UUID, _ form: SupportForm, for asking: WallAsking, person: UUID?, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.integrated_support (id, partnership_id, agency_id, asked_id, case_id, person_id, elsewhere,
                                                worker_id, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(asking.harmedAgency), \(asking.note.id), \(form.caseID),
                    \(person), \(form.elsewhere), \(form.worker), \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
        try sendBack(
            .supportArranged, to: asking.note.place, of: asking.harmingAgency, from: asking.harmedAgency, visit)
        try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE across_id = \(asking.note.id) AND case_id IS NULL AND done_at IS NULL
            """)
    }

    /// Ends support; when nobody gives any more, the other side sees that it has ended. False: a colleague did.
    func end(_ support: IntegratedSupport, _ reason: String, agency: UUID, _ visit: Visit) throws -> Bool {
        let ended = try run("""
            UPDATE app.integrated_support SET ended_at = \(visit.now), ended_by = \(visit.viewer.account),
                   reason = \(reason) WHERE id = \(support.id) AND ended_at IS NULL
            """)
        guard ended == 1 else { return false }
        let left: Int = try first("""
            SELECT count(*) AS n FROM app.integrated_support WHERE asked_id = \(support.asked) AND ended_at IS NULL
            """) { try $0["n"] } ?? 0
        if left == 0 {
            try sendBack(.supportEnded, to: support.place, of: support.harmingAgency, from: agency, visit)
        }
        return true
    }

    /// What goes back across the wall.
    func sendBack(
        _ kind: WallKind, _ instruction: RiskInstruction? = nil, _ words: String = "", to place: UUID, of harming: UUID,
        from harmed: UUID, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.wall_note (id, partnership_id, place_id, harming_agency_id, harmed_agency_id, toward, kind,
                                       day, instruction, words, sent_at, sent_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(place), \(harming), \(harmed), 'harming', \(kind),
                    \(visit.today), \(instruction), \(words), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// How often something came across about whoever harms in a case, for a statement that its page runs anyway.
    static func acrossCounts(of caseID: UUID) -> SQL {
        """
        SELECT 'across' AS what, count(*) AS times
        FROM app.integrated_support s JOIN app.wall_note a ON a.id = s.asked_id
        JOIN app.wall_note w ON w.place_id = a.place_id AND w.toward = 'harmed'
        WHERE s.case_id = \(caseID)
        UNION ALL SELECT 'harming', count(*) FROM app.case_record c JOIN app.agency g ON g.id = c.agency_id
        WHERE c.id = \(caseID) AND g.side = 'harming'
        """
    }
}

extension WallNote {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], place: try row["place_id"], kind: try row["kind"], day: try row["day"],
            instruction: try row["instruction"], words: try row["words"], sentAt: try row["sent_at"])
    }
}
