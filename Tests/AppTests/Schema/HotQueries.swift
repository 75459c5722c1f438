import Foundation
import Postgres

@testable import AppTestSupport

/// A statement that pages run all the time, and which must not slow down as the partnership grows.
struct HotQuery: Sendable {
    /// What it is for, in a few words that no other has.
    let name: String
    /// The statement with `$1`, `$2`... for its values, as the pages prepare it.
    let sql: String
    /// The values, as SQL literals.
    let values: [String]
    /// Whose page it is. The parts of a definer function run as their owner, for nobody.
    var viewer: World.Staff? = .imran
    /// Rows that any one scan may read: what the page shows, and what a list must skip.
    var rows = 1_000

    /// Add each page's statement here when it is written.
    static let all: [HotQuery] = pages + pages2 + innerParts

    private static let harbour = "'{\(World.harbour.column)}'::uuid[]"
    private static let oneHarbour = "'\(World.harbour.column)'::uuid"
    private static let me = "'\(World.Staff.imran.account.column)'::uuid"
    private static let person = "'cccccccc-0000-4000-00d0-000000000121'::uuid"
    private static let record = "'cccccccc-0000-4000-00f0-000000000121'::uuid"

    private static let withheld = (1..<200).map { "crowd_id('d0', \($0 * 100 + 7))" }.joined(separator: ", ")

    private static let pages = [
        HotQuery(
            name: "caseload of a worker", sql: """
                SELECT id, reference, risk, next_due FROM app.case_record
                WHERE agency_id = ANY ($1) AND worker_id = $2 AND closed_at IS NULL ORDER BY next_due, id LIMIT 50
                """, values: [harbour, me]),
        HotQuery(name: "case by id", sql: "SELECT * FROM app.case_record WHERE id = $1", values: [record]),
        HotQuery(
            name: "cases of a person", sql: """
                SELECT * FROM app.case_record WHERE person_id = $1 ORDER BY opened_at DESC
                """, values: [person]),
        HotQuery(
            name: "timeline of a case", sql: """
                SELECT * FROM app.timeline_event WHERE case_id = $1 ORDER BY at DESC, id LIMIT 50
                """, values: [record]),
        HotQuery(
            name: "notes of a case", sql: """
                SELECT * FROM app.case_note WHERE case_id = $1 ORDER BY written_at DESC, id LIMIT 50
                """, values: [record]),
        HotQuery(
            name: "attempts of a case", sql: """
                SELECT * FROM app.contact_attempt WHERE case_id = $1 ORDER BY happened_at DESC LIMIT 50
                """, values: [record]),
        HotQuery(
            name: "latest assessment of a case", sql: """
                SELECT * FROM app.risk_assessment WHERE case_id = $1 ORDER BY assessed_at DESC LIMIT 1
                """, values: [record]),
        HotQuery(
            name: "assessment of a person in force", sql: """
                SELECT r.* FROM app.risk_assessment r LEFT JOIN app.risk_confirmation c ON c.risk_id = r.id
                WHERE r.person_id = $1 AND (NOT r.lowers OR c.agreed) ORDER BY r.assessed_at DESC LIMIT 1
                """, values: [person]),
        HotQuery(
            name: "police incidents of a person", sql: """
                SELECT count(*) FROM app.police_incident WHERE person_id = $1 AND happened_on >= $2
                """, values: [person, "'2020-01-01'::date"]),
        HotQuery(
            name: "open decision about a person", sql: """
                SELECT min(due_at) FROM app.task WHERE person_id = $1 AND kind = 'maracDecision' AND done_at IS NULL
                """, values: [person]),
        HotQuery(
            name: "wording in force", sql: """
                SELECT * FROM app.instrument_wording WHERE agency_id = $1 AND instrument = 'safeLivesDash'
                AND from_day <= now()::date ORDER BY from_day DESC, loaded_at DESC LIMIT 1
                """, values: [oneHarbour]),
        HotQuery(
            name: "newest contacts of an agency", sql: """
                SELECT id, channel, caller, happened_at FROM app.contact
                WHERE agency_id = $1 ORDER BY happened_at DESC, id LIMIT 50
                """, values: [oneHarbour]),
        HotQuery(
            name: "contacts of a person", sql: """
                SELECT * FROM app.contact WHERE person_id = $1 ORDER BY happened_at DESC LIMIT 50
                """, values: [person]),
        HotQuery(name: "person by id", sql: "SELECT * FROM app.person WHERE id = $1", values: [person]),
        HotQuery(
            name: "names of a person", sql: "SELECT * FROM app.person_name WHERE person_id = $1", values: [person]),
        HotQuery(
            name: "how to contact a person", sql: """
                SELECT * FROM app.safe_contact WHERE person_id = $1 AND superseded_by IS NULL
                """, values: [person]),
        HotQuery(
            name: "plans of a person in force", sql: """
                SELECT * FROM app.safety_plan WHERE person_id = $1 AND superseded_by IS NULL
                """, values: [person]),
        HotQuery(
            name: "relationships of a person", sql: """
                SELECT * FROM app.relationship WHERE harmed_id = $1
                UNION ALL SELECT * FROM app.relationship WHERE harming_id = $1
                """, values: [person]),
        HotQuery(
            name: "children and parents of a person", sql: """
                SELECT child_id FROM app.child_tie WHERE adult_id = $1
                UNION ALL SELECT adult_id FROM app.child_tie WHERE child_id = $1
                """, values: [person]),
        HotQuery(
            name: "household of a person", sql: """
                SELECT o.person_id FROM app.household_member m
                JOIN app.household_member o ON o.household_id = m.household_id WHERE m.person_id = $1
                """, values: [person]),
        HotQuery(
            name: "who is at risk of two", sql: """
                SELECT at_risk FROM app.risk_direction WHERE first_id = $1 AND second_id = $1 ORDER BY number DESC LIMIT 1
                """, values: [person]),
        HotQuery(
            name: "cases that nobody has yet", sql: """
                SELECT id, reference, risk, opened_at FROM app.case_record
                WHERE agency_id = $1 AND worker_id IS NULL AND closed_at IS NULL ORDER BY opened_at LIMIT 50
                """, values: [oneHarbour], viewer: .sunita),
        HotQuery(
            name: "open cases of an agency", sql: """
                SELECT id, reference, risk FROM app.case_record
                WHERE agency_id = $1 AND closed_at IS NULL ORDER BY opened_at DESC, id DESC LIMIT 26
                """, values: [oneHarbour], viewer: .sunita),
        HotQuery(
            name: "tasks of a worker", sql: """
                SELECT id, case_id, kind, due_at FROM app.task
                WHERE owner_id = $1 AND done_at IS NULL ORDER BY due_at LIMIT 50
                """, values: [me]),
    ]

    /// The parts of `search_people` and of the functions that policies call, as their owner runs them.
    private static let innerParts = [
        HotQuery(
            name: "people by a name like it", sql: """
                SELECT n.person_id FROM app.person_name n WHERE n.folded % $1 AND n.agency_id = ANY ($2)
                ORDER BY similarity(n.folded, $1) DESC LIMIT 60
                """, values: ["letters(121, 5) || ' ' || letters(121, 8)", harbour], viewer: nil, rows: 5_000),
        HotQuery(
            name: "people by the sound of their name", sql: """
                SELECT n.person_id FROM app.person_name n
                WHERE n.agency_id = ANY ($2) AND n.family_sound = dmetaphone($1) LIMIT 60
                """, values: ["letters(121, 8)", harbour], viewer: nil),
        HotQuery(
            name: "people by birth", sql: """
                SELECT p.id FROM app.person p WHERE p.date_of_birth IN ($1, $2) AND p.agency_id = ANY ($3) LIMIT 60
                """, values: ["'1980-02-03'::date", "'1980-03-02'::date", harbour], viewer: nil),
        HotQuery(
            name: "people by telephone", sql: """
                SELECT f.person_id FROM app.person_phone f WHERE f.number_token = $1 AND f.agency_id = ANY ($2) LIMIT 20
                """, values: ["sha256('5')", harbour], viewer: nil),
        HotQuery(
            name: "people by postcode", sql: """
                SELECT a.person_id FROM app.person_address a
                WHERE a.postcode_token = $1 AND a.agency_id = ANY ($2) LIMIT 60
                """, values: ["sha256('5')", harbour], viewer: nil),
        HotQuery(
            name: "people of partners, exactly", sql: """
                SELECT p.id FROM app.person p WHERE p.date_of_birth = $1 AND p.partnership_id = $2
                AND p.agency_id <> ALL ($3)
                AND EXISTS (SELECT FROM app.person_name n WHERE n.person_id = p.id AND n.folded = $4)
                AND NOT EXISTS (SELECT FROM app.person_address a WHERE a.person_id = p.id AND a.protected)
                AND NOT EXISTS (SELECT FROM app.case_record c WHERE c.person_id = p.id AND c.restricted) LIMIT 10
                """, values: ["'1980-02-03'::date", "'\(World.north.column)'::uuid", harbour, "'nobody at all'"],
            viewer: nil),
        HotQuery(
            name: "open duties about a person", sql: """
                SELECT id FROM app.task WHERE person_id = $1 AND kind = 'dutyContact' AND done_at IS NULL
                """, values: [person], viewer: nil),
        HotQuery(
            name: "restricted cases of a partnership", sql: """
                SELECT c.id FROM app.case_record c WHERE c.restricted AND c.partnership_id = $1
                AND NOT EXISTS (SELECT FROM app.case_team t WHERE t.case_id = c.id AND t.account_id = $2)
                """, values: ["'\(World.north.column)'::uuid", me], viewer: nil),
        HotQuery(
            name: "cases of those who are withheld", sql: """
                SELECT c.id FROM app.case_record c WHERE c.person_id = ANY ($1)
                """, values: ["ARRAY[\(withheld)]::uuid[]"], viewer: nil),
        HotQuery(
            name: "those whom a blocked person harms", sql: """
                SELECT r.harmed_id FROM app.interest_block b JOIN app.relationship r ON r.harming_id = b.person_id
                WHERE b.account_id = $1
                """, values: [me], viewer: nil),
        HotQuery(
            name: "shares with an agency", sql: """
                SELECT s.case_id FROM app.case_share s WHERE s.with_agency_id = ANY ($1) AND s.ends_at > now()
                """, values: [harbour], viewer: nil),
    ]
}
