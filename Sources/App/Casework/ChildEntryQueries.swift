import Crypto
import Foundation
import Postgres

extension Place {
    static func childEntry(_ id: UUID, agency: UUID) -> Place {
        Place(table: "child_entry", column: "body_sealed", row: id, agency: agency)
    }
}

/// A child in the list of children.
struct ChildLine: Sendable {
    let id: UUID
    let name: String
    let birth: Day?
    /// From when the viewer is their worker; nil in the list of those who have none.
    let since: Day?
}

extension Connection {
    /// What stands on a child's own record, newest first, opened: at most 300. Of settings only their kind and day,
    /// unless one is asked for by itself, which is a reveal: call that only after its audit has been committed.
    func childEntries(of child: UUID, revealing setting: UUID? = nil, _ visit: Visit) throws -> [ChildEntry] {
        try all("""
            SELECT e.id, e.agency_id, e.kind, e.word, e.day, e.adult_id, e.basis, e.account_id, e.protected,
                   e.body_sealed, e.recorded_at, e.settled_at, e.replaced_by, e.reason, w.full_name AS author,
                   s.full_name AS settler, c.full_name AS worker, d.given_name, d.family_name, o.id AS order_id,
                   o.kind AS order_kind, h.made_on, h.until_on, a.master_key_id, a.wrapped AS agency_wrapped, k.wrapped
            FROM app.child_entry e
            JOIN app.person_key k ON k.person_id = e.person_id AND k.wrapped IS NOT NULL
            JOIN app.agency_key a ON a.agency_id = k.agency_id
            LEFT JOIN app.account w ON w.id = e.recorded_by LEFT JOIN app.account s ON s.id = e.settled_by
            LEFT JOIN app.account c ON c.id = e.account_id LEFT JOIN app.person d ON d.id = e.adult_id
            LEFT JOIN app.legal_order o ON o.id = e.order_id
            LEFT JOIN app.legal_order_change h ON h.order_id = o.id AND h.version = o.version
            WHERE e.person_id = \(child) AND (\(setting)::uuid IS NULL OR e.id = \(setting))
            ORDER BY e.day DESC, e.recorded_at DESC, e.id LIMIT 300
            """) { row in
            let (id, kind): (UUID, ChildEntryKind) = (try row["id"], try row["kind"])
            var body: [String: String] = [:]
            if kind != .setting || setting == id {
                let bytes = try Sealed.open(
                    try row["body_sealed"], key: row.personKey(visit),
                    place: .childEntry(id, agency: try row["agency_id"]))
                body = try JSONDecoder().decode([String: String].self, from: bytes)
            }
            return try ChildEntry(id, kind, body, row: row)
        }
    }

    /// The orders of a child and of those around it that are on record here, newest first.
    func ordersAround(_ people: [UUID]) throws -> [OrderOnRecord] {
        try all("""
            SELECT o.id AS order_id, o.kind AS order_kind, h.made_on, h.until_on FROM app.legal_order o
            JOIN app.legal_order_change h ON h.order_id = o.id AND h.version = o.version
            WHERE o.person_id = ANY (\(people)::uuid[]) ORDER BY h.made_on DESC, o.id LIMIT 30
            """) { row in try OrderOnRecord(row: row) }.compactMap(\.self)
    }

    /// Who may be the worker of a child of this agency: children's workers first.
    func childColleagues(at agency: UUID, _ visit: Visit) throws -> [ChildColleague] {
        try all("""
            SELECT a.id, a.full_name, bool_or(r.role = 'childrensWorker') AS for_children
            FROM app.account a JOIN app.role_assignment r ON r.account_id = a.id
            WHERE r.agency_id = \(agency)
              AND r.role IN ('childrensWorker', 'idva', 'serviceManager', 'helplineWorker', 'perpetratorWorker')
              AND r.starts_on <= \(visit.today) AND (r.ends_on IS NULL OR r.ends_on >= \(visit.today))
              AND (a.ended_at IS NULL OR a.ended_at > \(visit.now))
            GROUP BY a.id, a.full_name ORDER BY for_children DESC, a.full_name, a.id LIMIT 100
            """) { row in
            ChildColleague(
                id: try row["id"], name: try row["full_name"], isForChildren: try row["for_children"])
        }
    }

    func addChildEntry(_ id: UUID, _ form: ChildEntryForm, to child: Person, _ visit: Visit) throws {
        guard let key = try personKey(child.id, visit) else { throw Refusal.notFound }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let sealed = try Sealed.seal(
            encoder.encode(form.body), key: key, place: .childEntry(id, agency: child.agency))
        let added = try run("""
            INSERT INTO app.child_entry (id, partnership_id, agency_id, person_id, kind, word, day, adult_id, basis,
                order_id, account_id, protected, body_sealed, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(child.agency), \(child.id), \(form.kind), \(form.word),
                    \(form.day), \(form.adult), \(form.basis?.rawValue ?? ""), \(form.order), \(form.worker),
                    \(form.isProtected), \(sealed), \(visit.now), \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        // A colleague has put down their worker, their social care or this arrangement meanwhile.
        guard added == 1 else { throw Overtaken() }
    }

    /// A newer entry takes the place of `old`. Throws `Overtaken` when that holds no longer.
    func replaceChildEntry(
        _ old: UUID, by id: UUID, _ form: ChildEntryForm, of child: Person, _ visit: Visit
    ) throws {
        let replaced = try run("""
            UPDATE app.child_entry SET settled = 'replaced', settled_at = \(visit.now),
                settled_by = \(visit.viewer.account), replaced_by = \(id)
            WHERE id = \(old) AND person_id = \(child.id) AND settled IS NULL
            """)
        guard replaced == 1 else { throw Overtaken() }
        try addChildEntry(id, form, to: child, visit)
    }

    /// Takes an entry back that was a mistake; false when it holds no longer.
    func withdrawChildEntry(_ id: UUID, of child: UUID, because reason: String, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.child_entry SET settled = 'withdrawn', settled_at = \(visit.now),
                settled_by = \(visit.viewer.account), reason = \(reason)
            WHERE id = \(id) AND person_id = \(child) AND settled IS NULL
            """) == 1
    }

    /// The children whose worker the viewer is.
    func ownChildren(_ visit: Visit) throws -> [ChildLine] {
        try all("""
            SELECT p.id, p.given_name, p.family_name, p.date_of_birth, e.day
            FROM app.child_entry e JOIN app.person p ON p.id = e.person_id
            WHERE e.account_id = \(visit.viewer.account) AND e.settled IS NULL
            ORDER BY p.given_name, p.family_name, p.id LIMIT 101
            """, ChildLine.init(row:))
    }

    /// Children who are victims in their own right and have no worker, newest first.
    func childrenWithoutWorker(_ visit: Visit) throws -> [ChildLine] {
        try all(Self.unmindedChildren(visit.viewer.agencies(.viewPeople)), ChildLine.init(row:))
    }

    /// One read of the index that holds such children alone, for each agency.
    static func unmindedChildren(_ agencies: [UUID]) -> SQL {
        """
        SELECT p.id, p.given_name, p.family_name, p.date_of_birth, NULL::date AS day
        FROM unnest(\(agencies)::uuid[]) AS agency(id) CROSS JOIN LATERAL (
            SELECT DISTINCT ON (r.recorded_at, r.harmed_id) r.harmed_id, r.recorded_at FROM app.relationship r
            WHERE r.agency_id = agency.id AND r.harmed_as = 'childVictim'
              AND NOT EXISTS (SELECT FROM app.child_entry e
                              WHERE e.person_id = r.harmed_id AND e.kind = 'worker' AND e.settled IS NULL)
            ORDER BY r.recorded_at DESC, r.harmed_id LIMIT 52) x
        JOIN app.person p ON p.id = x.harmed_id ORDER BY x.recorded_at DESC, p.id LIMIT 26
        """
    }
}

extension ChildLine {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], name: try row.personName() ?? "", birth: try row["date_of_birth"], since: try row["day"])
    }
}

extension OrderOnRecord {
    fileprivate init?(row: Row) throws {
        guard let id: UUID = try row["order_id"] else { return nil }
        self.init(id: id, kind: try row["order_kind"], madeOn: try row["made_on"], until: try row["until_on"])
    }
}

extension ChildEntry {
    fileprivate init(_ id: UUID, _ kind: ChildEntryKind, _ body: [String: String], row: Row) throws {
        let settledAt: Date? = try row["settled_at"]
        let end = try settledAt.map { at in
            End(at: at, by: try row["settler"] ?? "", next: try row["replaced_by"], reason: try row["reason"])
        }
        let basis: String = try row["basis"]
        self.init(
            id: id, kind: kind, word: try row["word"], day: try row["day"], adult: try row["adult_id"],
            adultName: try row.personName(), basis: ContactBasis(rawValue: basis), order: try OrderOnRecord(row: row),
            worker: try row["account_id"], workerName: try row["worker"], isProtected: try row["protected"],
            body: body, recordedAt: try row["recorded_at"], by: try row["author"] ?? "", end: end)
    }
}

extension Connection {
    /// The adults with whom the child has an arrangement that holds.
    func arrangements(of child: UUID) throws -> Set<UUID> {
        Set(try all("""
            SELECT adult_id FROM app.child_entry
            WHERE person_id = \(child) AND kind = 'contact' AND settled IS NULL LIMIT 100
            """) { try $0["adult_id"] })
    }
}
