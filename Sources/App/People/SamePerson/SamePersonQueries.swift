import Foundation
import Postgres

extension Connection {
    /// Two records of one agency at which the viewer may write; absent where either is out of reach.
    func twoRecords(_ one: UUID, _ other: UUID, _ viewer: Viewer) throws -> TwoRecords {
        let person = try person(one, within: viewer, to: .editPeople).orNotFound()
        let second = try self.person(other, within: viewer, to: .editPeople).orNotFound()
        guard person.agency == second.agency, one != other else { throw Refusal.notFound }
        let (agrees, areTied) = try agreeing(one, other)
        return TwoRecords(
            person: person, other: second, agrees: agrees, history: try samePersonHistory(one, other),
            areTied: areTied)
    }

    /// What agrees between two records, and whether one harms the other or is their child.
    private func agreeing(_ one: UUID, _ other: UUID) throws -> ([AgreeingFact], Bool) {
        try first("""
            SELECT app.agreeing(\(one), \(other)) AS agrees, EXISTS (
                SELECT FROM app.relationship r
                WHERE r.harmed_id = \(one) AND r.harming_id = \(other)
                   OR r.harmed_id = \(other) AND r.harming_id = \(one)
            ) OR EXISTS (
                SELECT FROM app.child_tie t
                WHERE t.child_id = \(one) AND t.adult_id = \(other)
                   OR t.child_id = \(other) AND t.adult_id = \(one)
            ) AS tied
            """) { row in (AgreeingFact.all(try row["agrees"]), try row["tied"] as Bool) } ?? ([], false)
    }

    /// What was said of two records, newest first.
    private func samePersonHistory(_ one: UUID, _ other: UUID) throws -> [SamePerson] {
        try all("""
            SELECT l.id, l.agrees, l.words, l.proposed_at, l.proposed_by, a.full_name AS proposer, l.confirmed_at,
                   b.full_name AS confirmer, l.confirmed_words, l.ended_at, e.full_name AS ender, l.ended_because,
                   l.ended_words
            FROM app.same_person l LEFT JOIN app.account a ON a.id = l.proposed_by
            LEFT JOIN app.account b ON b.id = l.confirmed_by LEFT JOIN app.account e ON e.id = l.ended_by
            WHERE l.first_id = least(\(one)::uuid, \(other)::uuid)
              AND l.second_id = greatest(\(one)::uuid, \(other)::uuid)
            ORDER BY l.ended_at IS NULL DESC, l.proposed_at DESC, l.id LIMIT 20
            """) { row in
            SamePerson(
                id: try row["id"], agrees: AgreeingFact.all(try row["agrees"]), words: try row["words"],
                proposedAt: try row["proposed_at"], proposedBy: try row["proposed_by"],
                proposer: try row["proposer"] ?? "", confirmedAt: try row["confirmed_at"],
                confirmer: try row["confirmer"], confirmedWords: try row["confirmed_words"],
                endedAt: try row["ended_at"], ender: try row["ender"], because: try row["ended_because"],
                endedWords: try row["ended_words"])
        }
    }

    /// Whether somebody confirmed that two records are one person's, of themselves or through others.
    func areOnePerson(_ one: UUID, _ other: UUID) throws -> Bool {
        try first("SELECT \(other) IN (SELECT app.same_people(\(one))) AS one") { try $0["one"] } ?? false
    }

    /// Every other record of a person, as rows of `peopleAround`: linked to theirs, or asked about and not confirmed
    /// yet, and those that they lead to.
    static func linkedRecords(of person: UUID) -> SQL {
        """
        UNION ALL SELECT l.second_id, 'same', CASE WHEN l.confirmed_at IS NULL THEN 'waits' ELSE 'direct' END, '',
                         NULL, NULL, 0
        FROM app.same_person l WHERE l.first_id = \(person) AND l.ended_at IS NULL
        UNION ALL SELECT l.first_id, 'same', CASE WHEN l.confirmed_at IS NULL THEN 'waits' ELSE 'direct' END, '',
                         NULL, NULL, 0
        FROM app.same_person l WHERE l.second_id = \(person) AND l.ended_at IS NULL
        UNION ALL SELECT s, 'same', 'through', '', NULL, NULL, 0 FROM app.same_people(\(person)) s
        """
    }

    /// Proposes that two records are the same person, or keeps that they are not. Throws `Overtaken` when a colleague
    /// has proposed it meanwhile.
    func propose(_ form: SamePersonForm, of two: TwoRecords, _ visit: Visit) throws {
        let (me, now) = (visit.viewer.account, visit.now)
        let isEnd = !form.isSame
        let changed = try run("""
            INSERT INTO app.same_person (id, partnership_id, agency_id, first_id, second_id, agrees, words, proposed_at,
                                         proposed_by, ended_at, ended_by, ended_because)
            SELECT \(UUID()), \(visit.viewer.partnership), \(two.person.agency),
                   least(\(two.person.id)::uuid, \(two.other.id)::uuid),
                   greatest(\(two.person.id)::uuid, \(two.other.id)::uuid),
                   app.agreeing(\(two.person.id), \(two.other.id)), \(form.words), \(now), \(me),
                   \(isEnd ? now : nil as Date?), \(isEnd ? me : nil as UUID?),
                   \(isEnd ? SameEnd.notSame.rawValue : nil as String?)
            WHERE NOT EXISTS (
                SELECT FROM app.same_person l
                WHERE l.first_id = least(\(two.person.id)::uuid, \(two.other.id)::uuid)
                  AND l.second_id = greatest(\(two.person.id)::uuid, \(two.other.id)::uuid) AND l.ended_at IS NULL)
            ON CONFLICT (first_id, second_id, agency_id) WHERE ended_at IS NULL DO NOTHING
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// The second person's answer. Throws `Overtaken` when it no longer waits.
    func answer(_ link: SamePerson, _ word: SecondWord, _ visit: Visit) throws {
        let (me, now) = (visit.viewer.account, visit.now)
        let changed = try word.agrees
            ? run("""
                UPDATE app.same_person SET confirmed_at = \(now), confirmed_by = \(me), confirmed_words = \(word.reason)
                WHERE id = \(link.id) AND confirmed_at IS NULL AND ended_at IS NULL
                """)
            : run("""
                UPDATE app.same_person SET ended_at = \(now), ended_by = \(me), ended_because = \(SameEnd.refused),
                    ended_words = \(word.reason)
                WHERE id = \(link.id) AND confirmed_at IS NULL AND ended_at IS NULL
                """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Undoes a link, or takes a proposal back. Throws `Overtaken` when it stands no longer as it was read.
    func undo(_ link: SamePerson, _ form: UndoLinkForm, _ visit: Visit) throws {
        let isLinked = link.confirmedAt != nil
        let changed = try run("""
            UPDATE app.same_person SET ended_at = \(visit.now), ended_by = \(visit.viewer.account),
                ended_because = \(isLinked ? SameEnd.undone : .takenBack), ended_words = \(form.words)
            WHERE id = \(link.id) AND (confirmed_at IS NOT NULL) = \(isLinked) AND ended_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}
