import Crypto
import Foundation
import Postgres

/// A referral to be kept: by whom, from whom, and what was told.
struct NewReferral: Sendable {
    let id: UUID
    let agency: UUID
    let direction: Referral.Direction
    let source: ReferralSource
    let kind: ReferralKind
    var fromAgency: UUID?
    var toAgency: UUID?
    var toName = ""
    var person: UUID?
    var contact: UUID?
    /// The case from which it is sent.
    var caseID: UUID?
    /// The receipt.
    var reference = ReferralReference.random()
    let basis: ReferralBasis
    var isUrgent = false
    var isGradedHigh = false
    let told: ReferralTold
}

/// A line of a list of referrals; what was told is opened for the queue only.
struct ReferralLine: Sendable {
    let referral: Referral
    let told: ReferralTold?
}

extension Place {
    static func referral(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "referral", column: "told_sealed", row: id, agency: partnership)
    }
}

extension Services {
    func sealTold(_ told: ReferralTold, _ id: UUID) throws -> Data {
        try sealTold(told, at: .referral(id, in: partnership.id))
    }

    func openTold(_ sealed: Data, _ id: UUID) throws -> ReferralTold {
        try openTold(sealed, at: .referral(id, in: partnership.id))
    }
}

extension Connection {
    func addReferral(_ new: NewReferral, _ visit: Visit) throws {
        let told = try visit.services.sealTold(new.told, new.id)
        let due = new.kind.due(from: visit.now, urgent: new.isUrgent)
        let owner = new.direction == .out ? visit.viewer.account : nil
        try run("""
            INSERT INTO app.referral (id, partnership_id, agency_id, reference, direction, source, kind, from_agency_id,
                from_account_id, to_agency_id, to_name, person_id, contact_id, case_id, told_sealed, basis, urgent,
                graded_high, received_at, due_at, owner_id, taken_at)
            VALUES (\(new.id), \(visit.viewer.partnership), \(new.agency), \(new.reference),
                \(new.direction),
                    \(new.source),
                \(new.kind), \(new.fromAgency), \(visit.viewer.account), \(new.toAgency), \(new.toName), \(new.person),
                \(new.contact), \(new.caseID), \(told), \(new.basis), \(new.isUrgent), \(new.isGradedHigh),
                \(visit.now), \(due), \(owner), \(owner.map { _ in visit.now }))
            """)
    }

    /// From the public form, by the door: it can put this into quarantine and read nothing back.
    func addPublicReferral(_ id: UUID, _ form: PublicForm, agency: UUID, bucket: Data, _ visit: Visit) throws {
        let told = try visit.services.sealTold(form.told, id)
        try run("""
            INSERT INTO app.referral (id, partnership_id, agency_id, reference, direction, source, kind, told_sealed,
                    basis,
                urgent, quarantined, trapped, sender_bucket, received_at, due_at)
            VALUES (\(id), \(visit.services.partnership.id), \(agency), \(ReferralReference.random()), 'in',
                    \(form.source),
                \(form.kind), \(told), 'notAsked', false, true, \(form.isTrapped), \(bucket), \(visit.now),
                \(form.kind.due(from: visit.now, urgent: false)))
            ON CONFLICT DO NOTHING
            """)
    }

    /// Where referrals go: the front door, or for those who want to change their behaviour the other side of the wall.
    func referralAgency(for kind: ReferralKind, in partnership: UUID) throws -> UUID? {
        let side = kind == .behaviour ? "harming" : "harmed"
        return try first("""
            SELECT id FROM app.agency WHERE partnership_id = \(partnership) AND (front_door OR side = 'harming')
            ORDER BY side = \(side) DESC, name LIMIT 1
            """) { try $0["id"] }
    }

    /// A referral that the viewer's agency keeps, or that it sent (row-level security decides that).
    func referral(_ id: UUID) throws -> Referral? {
        try first(Self.referrals("r.id = \(id)", order: "", limit: 1)) { try Referral(row: $0) }
    }

    /// What was sent on from a case, newest first.
    func referrals(fromCase id: UUID) throws -> [Referral] {
        try all(Self.referrals(
            "r.case_id = \(id) AND r.direction = 'out'", order: "ORDER BY r.received_at DESC, r.id", limit: 25
        )) { try Referral(row: $0) }
    }

    /// What was told, for whoever keeps the referral or sent it.
    func told(_ id: UUID, _ visit: Visit) throws -> ReferralTold? {
        let sealed: Data? = try first("SELECT told_sealed FROM app.referral WHERE id = \(id)") { try $0["told_sealed"] }
        // Of somebody who was deleted nothing is left.
        return try sealed.flatMap { $0.isEmpty ? nil : try visit.services.openTold($0, id) }
    }

    /// The open referral that a contact was made from, if any.
    func referralBehind(contact: UUID) throws -> Referral? {
        try first(Self.referrals(
            "r.contact_id = \(contact) AND r.direction = 'in'", order: "ORDER BY r.received_at", limit: 1
        )) {
            try Referral(row: $0)
        }
    }

    /// Waiting for somebody, most urgent first; 25 and one more.
    func waitingReferrals(after: Keyset?, _ visit: Visit) throws -> [ReferralLine] {
        try lines("""
            r.agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[]) AND r.outcome IS NULL
            AND NOT r.quarantined
            AND (r.due_at, r.id) > (coalesce(\(after?.at), '-infinity'::timestamptz),
                    coalesce(\(after?.id), \(UUID.zero)::uuid))
            """, order: "ORDER BY r.due_at, r.id", visit)
    }

    /// From the public form, oldest first; those that filled the field that people don't see come last.
    func quarantinedReferrals(_ visit: Visit) throws -> [ReferralLine] {
        try lines("""
            r.agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[]) AND r.outcome IS NULL
            AND r.quarantined
            """, order: "ORDER BY r.trapped, r.received_at, r.id", visit)
    }

    /// How many from the public form came from one sender, where there are many; at most ten senders, 1,000 counted.
    func quarantineCrowds(_ visit: Visit) throws -> [QuarantineCrowd] {
        try all("""
            SELECT min(s.id::text)::uuid AS one, count(*) AS many FROM (
                SELECT r.id, r.sender_bucket FROM app.referral r
                WHERE r.agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[])
                  AND r.outcome IS NULL AND r.quarantined AND r.sender_bucket IS NOT NULL LIMIT 20000) s
            GROUP BY s.sender_bucket HAVING count(*) >= 5 ORDER BY count(*) DESC LIMIT 10
            """) { QuarantineCrowd(one: try $0["one"], count: try $0["many"]) }
    }

    /// Everything without an answer, whoever has it: received and sent on, oldest first.
    func unansweredReferrals(after: Keyset?, _ visit: Visit) throws -> [ReferralLine] {
        try lines("""
            r.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND r.outcome IS NULL AND NOT r.quarantined
            AND (r.due_at, r.id) > (coalesce(\(after?.at), '-infinity'::timestamptz),
                    coalesce(\(after?.id), \(UUID.zero)::uuid))
            """, order: "ORDER BY r.due_at, r.id", visit)
    }

    /// What the viewer's agencies sent, newest first.
    func sentReferrals(before: Keyset?, _ visit: Visit) throws -> [ReferralLine] {
        try lines("""
            r.from_agency_id = ANY (\(visit.viewer.agencies(.makeReferrals))::uuid[])
            AND (r.received_at, r.id) < (coalesce(\(before?.at), 'infinity'::timestamptz),
                coalesce(\(before?.id), 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            """, order: "ORDER BY r.received_at DESC, r.id DESC", visit)
    }

    /// Numbers for the first page: waiting, overdue, to be read first.
    func referralCounts(_ visit: Visit) throws -> ReferralCounts {
        try first("""
            SELECT count(*) FILTER (WHERE r.owner_id IS NULL) AS waiting,
                   count(*) FILTER (WHERE r.due_at < \(visit.now)) AS overdue,
                   (SELECT count(*) FROM (SELECT FROM app.referral q
                        WHERE q.agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[])
                          AND q.outcome IS NULL AND q.quarantined LIMIT 1000) q) AS unread
            FROM (SELECT r.owner_id, r.due_at FROM app.referral r
                  WHERE r.agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[])
                    AND r.outcome IS NULL AND NOT r.quarantined LIMIT 1000) r
            """) { row in
            ReferralCounts(waiting: try row["waiting"], overdue: try row["overdue"], unread: try row["unread"])
        } ?? ReferralCounts(waiting: 0, overdue: 0, unread: 0)
    }

    private func lines(_ which: SQL, order: SQL, _ visit: Visit) throws -> [ReferralLine] {
        try all(Self.referrals(which, order: order, limit: 26)) { row in
            let referral = try Referral(row: row)
            return ReferralLine(
                referral: referral, told: try? visit.services.openTold(try row["told_sealed"], referral.id))
        }
    }

    private static func referrals(_ which: SQL, order: SQL, limit: Int) -> SQL {
        """
        SELECT r.id, r.agency_id, g.name AS agency, r.reference, r.direction, r.source, r.kind, r.from_agency_id,
               f.name AS from_agency, s.full_name AS from_name, coalesce(t.name, r.to_name) AS to_name, r.person_id,
               r.contact_id, r.case_id, r.told_sealed, r.basis, r.urgent, r.graded_high, r.quarantined, r.received_at,
               r.due_at, r.owner_id, o.full_name AS owner, r.outcome, r.decline_reason, r.declined_by, r.outcome_words,
               r.outcome_at, b.full_name AS answerer, r.version
        FROM app.referral r JOIN app.agency g ON g.id = r.agency_id
        LEFT JOIN app.agency f ON f.id = r.from_agency_id LEFT JOIN app.agency t ON t.id = r.to_agency_id
        LEFT JOIN app.account s ON s.id = r.from_account_id LEFT JOIN app.account o ON o.id = r.owner_id
        LEFT JOIN app.account b ON b.id = r.outcome_by
        WHERE \(which) \(order) LIMIT \(limit)
        """
    }
}

/// Many from one sender in quarantine: `one` of them leads to all.
struct QuarantineCrowd: Sendable {
    let one: UUID
    let count: Int
}

struct ReferralCounts: Sendable, Equatable {
    let waiting: Int
    let overdue: Int
    let unread: Int
}

extension Referral {
    init(row: Row) throws {
        let outcome: ReferralOutcome? = try row["outcome"]
        self.init(
            id: try row["id"], agency: try row["agency_id"], agencyName: try row["agency"],
            reference: try row["reference"],
            direction: try row["direction"], source: try row["source"], kind: try row["kind"],
            fromAgency: try row["from_agency_id"], fromAgencyName: try row["from_agency"],
            fromName: try row["from_name"],
            toName: try row["to_name"], person: try row["person_id"], contact: try row["contact_id"],
            caseID: try row["case_id"], basis: try row["basis"], isUrgent: try row["urgent"],
            isGradedHigh: try row["graded_high"], isQuarantined: try row["quarantined"],
            receivedAt: try row["received_at"], dueAt: try row["due_at"], owner: try row["owner_id"],
            ownerName: try row["owner"],
            answer: try outcome.map { outcome in
                ReferralAnswer(
                    outcome: outcome, declineReason: try row["decline_reason"], declinedBy: try row["declined_by"],
                    words: try row["outcome_words"], at: try row["outcome_at"], by: try row["answerer"] ?? "")
            }, version: try row["version"])
    }
}
