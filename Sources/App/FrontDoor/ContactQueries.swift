import Foundation
import Postgres

/// A line of the list of contacts.
struct ContactLine: Sendable {
    let id: UUID
    let happenedAt: Date
    let channel: ContactChannel
    let caller: CallerKind
    let outcome: ContactOutcome
    let personName: String?
    let caseOpened: Bool
}

/// Where a list goes on: the last line's time and id, opaque in the address.
struct Keyset: Sendable {
    let at: Date
    let id: UUID

    init(at: Date, id: UUID) { (self.at, self.id) = (at, id) }

    /// Where rows without a date stand in a list: 9999-01-01, as the statements write it.
    static let never = Date(timeIntervalSince1970: 253_370_764_800)

    /// After every row, for lists from the newest on. Never NULL with a coalesce around it: PostgreSQL takes that for
    /// something that might leak, and under row-level security reads every newer row instead of finding the place.
    static let end = Keyset(at: never, id: UUID(uuid: (255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                       255, 255, 255)))

    /// "1764000000000000-uuid": microseconds and an id.
    init?(_ text: String?) {
        guard let parts = text?.split(separator: "-", maxSplits: 1), parts.count == 2, let micros = Int64(parts[0]),
            abs(micros) <= 253_370_764_800_000_000, let id = UUID(uuidString: String(parts[1])) else { return nil }
        self.init(at: Date(timeIntervalSince1970: Double(micros) / 1_000_000), id: id)
    }

    var text: String { "\(Int64((at.timeIntervalSince1970 * 1_000_000).rounded()))-\(id.column)" }
}

extension Connection {
    func addContact(_ id: UUID, _ form: ContactForm, agency: UUID, _ visit: Visit) throws {
        func answer(_ question: SafetyQuestion) -> YesNo { form.answers[question] ?? .notAsked }
        try run("""
            INSERT INTO app.contact (id, partnership_id, agency_id, channel, caller, happened_at, recorded_by,
                safe_to_talk, other_person_nearby, children_present, injured, weapon, suicidal, reason, advice,
                outcome, promised, speaking, fallback)
            VALUES (\(id), \(visit.viewer.partnership), \(agency), \(form.channel), \(form.caller), \(form.happenedAt),
                \(visit.viewer.account), \(answer(.safeToTalk)), \(answer(.otherPersonNearby)),
                \(answer(.childrenPresent)), \(answer(.injured)), \(answer(.weapon)), \(answer(.suicidal)),
                \(form.reason), \(form.advice), \(form.outcome), \(form.promised), \(form.speaking),
                \(form.fallback))
            """)
    }

    /// Where a contact belongs: on the side of those who harm for a caller of that side, else on the other. Somebody
    /// whose agencies have only one side records there.
    func contactAgency(for caller: CallerKind, within viewer: Viewer) throws -> UUID? {
        try agency(of: viewer.agencies(.recordContacts), onSide: caller.isOtherSide ? "harming" : "harmed")
    }

    /// Where somebody of two sides does what has no side of its own: with those who are harmed.
    func ownAgency(_ permission: Permission, _ viewer: Viewer) throws -> UUID {
        let found = try agency(of: viewer.agencies(permission), onSide: "harmed")
        guard let found else { throw Refusal.notAllowed }
        return found
    }

    private func agency(of agencies: [UUID], onSide side: String) throws -> UUID? {
        try first("""
            SELECT id FROM app.agency WHERE id = ANY (\(agencies)::uuid[])
            ORDER BY side = \(side) DESC, front_door DESC, name LIMIT 1
            """) { try $0["id"] }
    }

    /// Changes a contact, based on `version`; false when somebody else changed it meanwhile.
    func changeContact(_ contact: Contact, _ form: ContactForm, basedOn version: Int) throws -> Bool {
        func answer(_ question: SafetyQuestion) -> YesNo { form.answers[question] ?? .notAsked }
        return try run("""
            UPDATE app.contact SET channel = \(form.channel), caller = \(form.caller), reason = \(form.reason),
                advice = \(form.advice), outcome = \(form.outcome), promised = \(form.promised),
                speaking = \(form.speaking), fallback = \(form.fallback), safe_to_talk = \(answer(.safeToTalk)),
                other_person_nearby = \(answer(.otherPersonNearby)), children_present = \(answer(.childrenPresent)),
                injured = \(answer(.injured)), weapon = \(answer(.weapon)), suicidal = \(answer(.suicidal)),
                version = version + 1
            WHERE id = \(contact.id) AND version = \(version)
            """) == 1
    }

    func contact(_ id: UUID, within viewer: Viewer) throws -> Contact? {
        try first("""
            SELECT c.id, c.agency_id, c.person_id, p.given_name, p.family_name, c.case_id, c.channel, c.caller,
                   c.happened_at, c.recorded_at, a.full_name, c.safe_to_talk, c.other_person_nearby, c.children_present,
                   c.injured, c.weapon, c.suicidal, c.reason, c.advice, c.outcome, c.promised, c.speaking, c.fallback,
                   c.version, g.side = 'harming' AS other_side
            FROM app.contact c JOIN app.agency g ON g.id = c.agency_id
            LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account a ON a.id = c.recorded_by
            WHERE c.id = \(id) AND c.agency_id = ANY (\(viewer.agencies(.recordContacts))::uuid[])
            """) { row in
            Contact(
                id: try row["id"], agency: try row["agency_id"], person: try row["person_id"],
                personName: try row.personName(), openCase: try row["case_id"], channel: try row["channel"],
                caller: try row["caller"], happenedAt: try row["happened_at"], recordedAt: try row["recorded_at"],
                recordedBy: try row["full_name"] ?? "", answers: [
                    .safeToTalk: try row["safe_to_talk"], .otherPersonNearby: try row["other_person_nearby"],
                    .childrenPresent: try row["children_present"], .injured: try row["injured"],
                    .weapon: try row["weapon"], .suicidal: try row["suicidal"],
                ], reason: try row["reason"], advice: try row["advice"], outcome: try row["outcome"],
                promised: try row["promised"], speaking: try row["speaking"], fallback: try row["fallback"],
                version: try row["version"], isOtherSide: try row["other_side"])
        }
    }

    /// The newest contacts of the viewer's agencies, 25 at a time and one more to know whether there are more.
    /// An ordered scan for each agency: over all at once, PostgreSQL would sort every contact there ever was.
    func contacts(before: Keyset?, within viewer: Viewer, limit: Int = 26) throws -> [ContactLine] {
        let newest = before ?? .end
        return try all("""
            SELECT c.id, c.happened_at, c.channel, c.caller, c.outcome, c.case_id IS NOT NULL AS opened,
                   p.given_name, p.family_name
            FROM (SELECT n.* FROM unnest(\(viewer.agencies(.recordContacts))::uuid[]) AS a(id)
                  CROSS JOIN LATERAL (
                      SELECT n.id, n.happened_at, n.channel, n.caller, n.outcome, n.case_id, n.person_id
                      FROM app.contact n
                      WHERE n.agency_id = a.id
                        AND (n.happened_at, n.id) < (\(newest.at)::timestamptz, \(newest.id)::uuid)
                      ORDER BY n.happened_at DESC, n.id DESC LIMIT \(limit)) n
                  ORDER BY n.happened_at DESC, n.id DESC LIMIT \(limit)) c
            LEFT JOIN app.person p ON p.id = c.person_id
            ORDER BY c.happened_at DESC, c.id DESC
            """) { row in
            ContactLine(
                id: try row["id"], happenedAt: try row["happened_at"], channel: try row["channel"],
                caller: try row["caller"], outcome: try row["outcome"], personName: try row.personName(),
                caseOpened: try row["opened"])
        }
    }

    /// The kind of an agency: "police".
    func agencyKind(_ agency: UUID) throws -> String? {
        try first("SELECT kind FROM app.agency WHERE id = \(agency)") { try $0["kind"] }
    }

    func linkContact(_ contact: UUID, to person: UUID) throws {
        try run("UPDATE app.contact SET person_id = \(person), version = version + 1 WHERE id = \(contact)")
    }

    /// The latest contact about this person that led to no case yet: what the case will be opened from.
    func unopenedContact(of person: UUID) throws -> UUID? {
        try first("""
            SELECT id FROM app.contact WHERE person_id = \(person) AND case_id IS NULL
            ORDER BY happened_at DESC LIMIT 1
            """) { try $0["id"] }
    }

    func linkContact(_ contact: UUID, toCase opened: UUID) throws {
        try run("UPDATE app.contact SET case_id = \(opened), version = version + 1 WHERE id = \(contact)")
    }
}
