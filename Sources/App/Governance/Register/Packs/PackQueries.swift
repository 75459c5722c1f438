import Foundation
import Postgres

extension Place {
    static func pack(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "pack", column: "told_sealed", row: id, agency: partnership)
    }

    static func packPiece(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "pack_item", column: "piece_sealed", row: id, agency: partnership)
    }

    static func packLeft(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "pack_item", column: "left_sealed", row: id, agency: partnership)
    }
}

extension Connection {
    /// The packs of a request, the latest first.
    func packs(of matter: UUID, _ visit: Visit) throws -> [Pack] {
        try all("\(Self.packColumns) WHERE k.matter_id = \(matter) ORDER BY k.number DESC LIMIT 20") {
            try Pack(row: $0, visit)
        }
    }

    func pack(_ id: UUID, _ visit: Visit) throws -> Pack? {
        try first("\(Self.packColumns) WHERE k.id = \(id)") { try Pack(row: $0, visit) }
    }

    private static let packColumns: SQL = """
        SELECT k.id, k.matter_id, m.kind, k.number, k.agency_id, g.name AS agency, k.subject_id, k.reference,
               k.intercept, k.begun_at, k.begun_by, b.full_name AS beginner, k.gathered_at, k.gathered_by,
               h.full_name AS gatherer, k.prepared_at, k.prepared_by, p.full_name AS preparer, k.signed_at, k.signed_by,
               s.full_name AS signer, k.released_at, k.released_by, r.full_name AS releaser, k.way, k.revoked_at,
               k.revoked_by, v.full_name AS revoker, k.told_sealed, k.version,
               (SELECT count(*)::int FROM app.pack_item i WHERE i.pack_id = k.id) AS items,
               (SELECT count(*)::int FROM app.pack_item i WHERE i.pack_id = k.id AND i.decided_by IS NULL) AS undecided
        FROM app.pack k JOIN app.data_matter m ON m.id = k.matter_id JOIN app.agency g ON g.id = k.agency_id
        LEFT JOIN app.account b ON b.id = k.begun_by LEFT JOIN app.account h ON h.id = k.gathered_by
        LEFT JOIN app.account p ON p.id = k.prepared_by LEFT JOIN app.account s ON s.id = k.signed_by
        LEFT JOIN app.account r ON r.id = k.released_by LEFT JOIN app.account v ON v.id = k.revoked_by
        """

    /// Pieces of a pack by their numbers, after `last`.
    func packItems(of pack: UUID, after last: Int = 0, limit: Int, _ visit: Visit) throws -> [PackItem] {
        try all("""
            \(Self.itemColumns) WHERE i.pack_id = \(pack) AND i.number > \(last) ORDER BY i.number LIMIT \(limit)
            """) { try PackItem(row: $0, visit) }
    }

    func packItem(_ id: UUID, of pack: UUID, _ visit: Visit) throws -> PackItem? {
        try first("\(Self.itemColumns) WHERE i.id = \(id) AND i.pack_id = \(pack)") { try PackItem(row: $0, visit) }
    }

    private static let itemColumns: SQL = """
        SELECT i.id, i.number, i.piece_sealed, i.decision, i.ground, i.left_sealed, i.decided_at, i.version, a.full_name
        FROM app.pack_item i LEFT JOIN app.account a ON a.id = i.decided_by
        """

    /// The next piece of which nothing is decided, in their order.
    func undecidedItem(of pack: UUID) throws -> UUID? {
        try first("""
            SELECT id FROM app.pack_item WHERE pack_id = \(pack) AND decided_by IS NULL ORDER BY number LIMIT 1
            """) { try $0["id"] }
    }

    /// Begins a pack. Throws `Overtaken` while another one of the same request lives.
    func beginPack(_ id: UUID, _ form: PackForm, for matter: DataMatter, _ visit: Visit) throws {
        let sealed = try visit.services.sealTold(PackWords(), at: .pack(id, in: visit.viewer.partnership))
        let begun = try run("""
            INSERT INTO app.pack (id, partnership_id, agency_id, matter_id, number, subject_id, reference, intercept,
                                  begun_at, begun_by, told_sealed)
            SELECT \(id), \(visit.viewer.partnership), \(matter.agency), \(matter.id),
                   (SELECT count(*) + 1 FROM app.pack k WHERE k.matter_id = \(matter.id)), \(id), \(form.reference),
                   \(matter.isAlleged), \(visit.now), \(visit.viewer.account), \(sealed)
            WHERE NOT EXISTS (SELECT FROM app.pack k WHERE k.matter_id = \(matter.id) AND k.revoked_by IS NULL)
            ON CONFLICT (matter_id, agency_id, number) DO NOTHING
            """)
        guard begun == 1 else { throw Overtaken() }
    }

    /// Whose record a pack is about, within the viewer's reach, and whether anything of it may be gathered: under an
    /// intercept, and of somebody who is here because they harm and for nothing of their own, nothing is. What is
    /// written of them there is somebody else's record.
    func personForPack(_ pack: Pack, _ reference: String, _ visit: Visit) throws -> (id: UUID, gives: Bool)? {
        let number = UUID(uuidString: reference)
        return try first("""
            SELECT p.id, g.side = 'harming' OR \(pack.kind != .access) OR (NOT \(pack.intercept) AND (
                       EXISTS (SELECT FROM app.case_record c WHERE c.person_id = p.id)
                       OR NOT EXISTS (SELECT FROM app.relationship r WHERE r.harming_id = p.id))) AS gives
            FROM app.person p JOIN app.agency g ON g.id = p.agency_id
            WHERE p.agency_id = \(pack.agency) AND p.agency_id = ANY (\(visit.viewer.agencies(.signPacks))::uuid[])
              AND p.forgotten_on IS NULL AND p.id = coalesce(\(number)::uuid, (
                  SELECT c.person_id FROM app.case_record c
                  WHERE c.agency_id = \(pack.agency) AND c.reference = \(reference)))
            """) { (id: try $0["id"], gives: try $0["gives"]) }
    }

    /// What is on somebody's own record, oldest first: `Pack.most` and one more, at most.
    func packPieces(of person: UUID, for pack: Pack, _ visit: Visit) throws -> [PackPiece] {
        let search = GateSearch(try gateKnowledge(of: person, visit))
        // What others said of them, and what workers were to do about it, is not their own.
        let kinds = HappeningKind.allCases.filter { !pack.intercept || ![.referrals, .tasks].contains($0) }
        let roles = try rolesByName(at: pack.agency)
        var pieces = try happenings(of: person, TimelineAsked([:]), kinds, limit: Pack.most + 1).map { line in
            PackPiece(
                title: line.title, when: line.when, role: roles[line.by] ?? "Worker",
                text: [line.facts, line.words].filter { !$0.isEmpty }.joined(separator: "\n"), search)
        }
        pieces.reverse()
        for plan in try safetyPlans(of: person, visit) {
            pieces.append(PackPiece(
                title: plan.kind.label, when: London.short(plan.writtenAt), role: roles[plan.writtenBy] ?? "Worker",
                text: plan.kind.text(plan.parts), search))
        }
        return pieces + (try lettersAndFiles(of: person, roles, search))
    }

    private func lettersAndFiles(
        of person: UUID, _ roles: [String: String], _ search: GateSearch
    ) throws -> [PackPiece] {
        let letters = try all("""
            SELECT l.recorded_at, coalesce(l.released_body, l.body) AS body, a.full_name
            FROM app.letter l LEFT JOIN app.account a ON a.id = l.recorded_by
            WHERE l.person_id = \(person) ORDER BY l.recorded_at, l.id LIMIT 500
            """) { row in
            PackPiece(
                title: "Letter", when: London.short(try row["recorded_at"]),
                role: roles[try row["full_name"] ?? ""] ?? "Worker", text: try row["body"], search)
        }
        let files = try all("""
            SELECT t.recorded_at, t.number, a.full_name FROM app.attachment t
            LEFT JOIN app.account a ON a.id = t.recorded_by
            WHERE t.person_id = \(person) ORDER BY t.number, t.id LIMIT 500
            """) { row in
            let number: Int = try row["number"]
            return PackPiece(
                title: "File", when: London.short(try row["recorded_at"]),
                role: roles[try row["full_name"] ?? ""] ?? "Worker",
                text: "A file is on record: document-\(number). It is not part of these pages.", search)
        }
        return letters + files
    }

    private func rolesByName(at agency: UUID) throws -> [String: String] {
        let pairs = try all("""
            SELECT DISTINCT a.full_name, r.role FROM app.role_assignment r JOIN app.account a ON a.id = r.account_id
            WHERE r.agency_id = \(agency) LIMIT 2000
            """) { row in
            (try row["full_name"] as String, Role(rawValue: try row["role"])?.label ?? "")
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Writes what was gathered; of nobody, nothing. Throws `Overtaken` when somebody has done so meanwhile.
    func gather(_ pieces: [PackPiece], about person: UUID?, into pack: Pack, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.pack SET subject_id = \(person ?? pack.id), gathered_at = \(visit.now),
                gathered_by = \(visit.viewer.account), version = version + 1
            WHERE id = \(pack.id) AND gathered_by IS NULL AND revoked_by IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        guard !pieces.isEmpty else { return }
        let partnership = visit.viewer.partnership
        let ids = pieces.map { _ in UUID() }
        let sealed = try zip(ids, pieces).map {
            try visit.services.sealTold($1, at: .packPiece($0, in: partnership))
        }
        try run("""
            INSERT INTO app.pack_item (id, partnership_id, agency_id, pack_id, subject_id, number, piece_sealed)
            SELECT t.id, \(partnership), \(pack.agency), \(pack.id), \(person ?? pack.id), t.number, t.sealed
            FROM unnest(\(ids)::uuid[], \(sealed)::bytea[]) WITH ORDINALITY AS t(id, sealed, number)
            """)
    }

    /// Decides on a piece. Throws `Overtaken` when the pack is no longer being decided, or another officer has decided
    /// on this piece since it was read.
    func decide(
        _ form: PackItemForm, on item: PackItem, of pack: Pack, after version: Int, _ visit: Visit
    ) throws {
        // The pack's row is held, so that nobody asks for the signature of what is being changed.
        let changed = try run("""
            UPDATE app.pack SET version = version + 1
            WHERE id = \(pack.id) AND gathered_by IS NOT NULL AND prepared_by IS NULL AND revoked_by IS NULL
            """)
        let sealed = try visit.services.sealTold(form.left, at: .packLeft(item.id, in: visit.viewer.partnership))
        let decided = try run("""
            UPDATE app.pack_item SET decision = \(form.decision), ground = \(form.ground), left_sealed = \(sealed),
                decided_at = \(visit.now), decided_by = \(visit.viewer.account), version = version + 1
            WHERE id = \(item.id) AND version = \(version)
            """)
        guard changed == 1, decided == 1 else { throw Overtaken() }
    }

    /// Asks for the second signature of what the officer read. Throws `Overtaken` when it isn't that any more.
    func preparePack(_ pack: Pack, after version: Int, _ visit: Visit) throws {
        try step(pack, after: version, """
            prepared_at = \(visit.now), prepared_by = \(visit.viewer.account)
            """, pack.told, "prepared_by IS NULL AND gathered_by IS NOT NULL", visit)
    }

    /// Signs what the second person read, or sends it back to be decided again.
    func signPack(_ pack: Pack, _ form: PackSignForm, after version: Int, _ visit: Visit) throws {
        var told = pack.told
        told.sentBack = form.agrees ? "" : form.words
        let changes: SQL = form.agrees
            ? "signed_at = \(visit.now), signed_by = \(visit.viewer.account)"
            : "prepared_at = NULL, prepared_by = NULL"
        try step(pack, after: version, changes, told, "prepared_by IS NOT NULL AND signed_by IS NULL", visit)
    }

    func releasePack(_ pack: Pack, _ form: PackNextForm, after version: Int, _ visit: Visit) throws {
        var told = pack.told
        told.recipient = form.words
        try step(pack, after: version, """
            released_at = \(visit.now), released_by = \(visit.viewer.account), way = \(form.way)
            """, told, "signed_by IS NOT NULL AND released_by IS NULL", visit)
    }

    func revokePack(_ pack: Pack, because reason: String, after version: Int, _ visit: Visit) throws {
        var told = pack.told
        told.revoked = reason
        try step(pack, after: version, """
            revoked_at = \(visit.now), revoked_by = \(visit.viewer.account)
            """, told, "released_by IS NOT NULL", visit)
    }

    private func step(
        _ pack: Pack, after version: Int, _ changes: SQL, _ told: PackWords, _ stands: SQL, _ visit: Visit
    ) throws {
        let sealed = try visit.services.sealTold(told, at: .pack(pack.id, in: visit.viewer.partnership))
        let changed = try run("""
            UPDATE app.pack SET \(changes), told_sealed = \(sealed), version = version + 1
            WHERE id = \(pack.id) AND version = \(version) AND revoked_by IS NULL AND \(stands)
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension Pack {
    fileprivate init(row: Row, _ visit: Visit) throws {
        func step(_ at: String, _ by: String, _ name: String) throws -> Step? {
            guard let moment: Date = try row[at], let account: UUID = try row[by] else { return nil }
            return Step(at: moment, by: try row[name] ?? "", account: account)
        }
        let id: UUID = try row["id"]
        let told: PackWords? = try? visit.services.openTold(
            try row["told_sealed"], at: .pack(id, in: visit.viewer.partnership))
        guard let begun = try step("begun_at", "begun_by", "beginner") else { throw Refusal.notFound }
        self.init(
            id: id, matter: try row["matter_id"], kind: try row["kind"], number: try row["number"],
            agency: try row["agency_id"], agencyName: try row["agency"], subject: try row["subject_id"],
            reference: try row["reference"], intercept: try row["intercept"], begun: begun,
            gathered: try step("gathered_at", "gathered_by", "gatherer"),
            prepared: try step("prepared_at", "prepared_by", "preparer"),
            signed: try step("signed_at", "signed_by", "signer"),
            released: try step("released_at", "released_by", "releaser"),
            revoked: try step("revoked_at", "revoked_by", "revoker"), way: try row["way"],
            told: told ?? PackWords(), version: try row["version"], items: try row["items"],
            undecided: try row["undecided"])
    }
}

extension PackItem {
    /// What can't be opened any more is shown as empty, and leaves as nothing.
    fileprivate init(row: Row, _ visit: Visit) throws {
        let (id, partnership): (UUID, UUID) = (try row["id"], visit.viewer.partnership)
        let piece: PackPiece? = try? visit.services.openTold(
            try row["piece_sealed"], at: .packPiece(id, in: partnership))
        let sealed: Data? = try row["left_sealed"]
        let left: PackLeft? = sealed.flatMap {
            try? visit.services.openTold($0, at: .packLeft(id, in: partnership))
        }
        self.init(
            id: id, number: try row["number"],
            piece: piece ?? PackPiece(title: "", when: "", role: "", text: "", GateSearch(GateKnowledge())),
            decision: try row["decision"], ground: try row["ground"], left: left ?? PackLeft(),
            by: try row["full_name"] ?? "", decidedAt: try row["decided_at"],
            version: try row["version"])
    }
}
