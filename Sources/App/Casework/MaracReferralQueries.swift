import Foundation
import Postgres

extension Connection {
    /// A case's referrals that stand, for a statement that its page runs anyway: "marac", id and day.
    static func maracCounts(of caseID: UUID) -> SQL {
        """
        SELECT concat_ws(' ', 'marac', v.id, (v.written_at AT TIME ZONE 'Europe/London')::date) AS what, 1 AS times
        FROM app.marac_referral v WHERE v.case_id = \(caseID) AND v.withdrawn_at IS NULL
        """
    }

    /// The day on which somebody was last referred to MARAC, for the first time or again.
    func lastMarac(of person: UUID) throws -> Day? {
        try first("""
            SELECT (m.decided_at AT TIME ZONE 'Europe/London')::date AS day FROM app.marac_decision m
            WHERE m.person_id = \(person) AND m.decision IN ('referred', 'repeat') ORDER BY m.decided_at DESC LIMIT 1
            """) { try $0["day"] }
    }

    /// A referral of a case, with the case and its orders as they stand.
    func maracReferral(_ id: UUID, of caseID: UUID) throws -> MaracReferral? {
        try first("""
            SELECT v.*, a.full_name, w.full_name AS withdrawer, c.reference, h.full_name AS worker, g.name AS agency,
                   ARRAY(SELECT concat_ws(' ', 'order', o.kind, h.service, h.from_on, coalesce(h.until_on::text, '-'))
                         FROM app.legal_order o JOIN app.legal_order_change h
                           ON h.order_id = o.id AND h.version = o.version
                         WHERE o.case_id = v.case_id ORDER BY o.id LIMIT 20) AS orders
            FROM app.marac_referral v
            JOIN app.case_record c ON c.id = v.case_id JOIN app.person p ON p.id = c.person_id
            LEFT JOIN app.agency g ON g.id = c.agency_id LEFT JOIN app.account h ON h.id = c.worker_id
            LEFT JOIN app.account a ON a.id = v.written_by
            LEFT JOIN app.account w ON w.id = v.withdrawn_by
            WHERE v.id = \(id) AND v.case_id = \(caseID) AND p.forgotten_on IS NULL
            """) { row in
            let orders: [String] = try row["orders"]
            return MaracReferral(
                id: try row["id"], of: MaracReferral.OfCase(
                    id: caseID, agency: try row["agency_id"], agencyName: try row["agency"] ?? "",
                    reference: try row["reference"], person: try row["person_id"], worker: try row["worker"]),
                said: MaracReferralForm(
                    isRepeat: try row["is_repeat"], repeatBecause: try row["repeat_because"],
                    meetsOn: try row["meets_on"], told: try row["told"], toldBecause: try row["told_because"],
                    basis: try row["basis"], reason: try row["reason"], wants: try row["wants"],
                    afraidOf: try row["afraid_of"], safeWith: try row["safe_with"],
                    unsafeWith: try row["unsafe_with"], schools: try row["schools"], elsewhere: try row["elsewhere"]),
                lastOn: try row["last_on"], writtenAt: try row["written_at"], by: try row["full_name"] ?? "",
                withdrawal: try Withdrawal(row: row),
                orders: OrdersInBrief(Dictionary(orders.map { ($0, 1) }) { $0 + $1 }))
        }
    }

    func addMaracReferral(
        _ id: UUID, _ form: MaracReferralForm, _ check: MaracRepeat, on record: CaseRecord, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.marac_referral (id, partnership_id, agency_id, case_id, person_id, is_repeat, last_on,
                repeat_because, meets_on, told, told_because, basis, reason, afraid_of, safe_with, unsafe_with, wants,
                schools, elsewhere, written_at, written_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(form.isRepeat), \(check.last), \(form.repeatBecause), \(form.meetsOn), \(form.told),
                \(form.toldBecause), \(form.basis), \(form.reason), \(form.afraidOf), \(form.safeWith),
                \(form.unsafeWith), \(form.wants), \(form.schools), \(form.elsewhere), \(visit.now),
                \(visit.viewer.account))
            """)
    }

    /// The decision that a referral is: what asked for it is answered.
    func decideMarac(_ form: MaracReferralForm, of person: Person, on record: CaseRecord, _ visit: Visit) throws {
        try holdRisk(of: person.id)
        try insertMaracDecision(
            UUID(), MaracForm(answer: form.isRepeat ? .repeat : .referred), of: person, caseID: record.id,
            risk: try latestRisk(of: person.id)?.id, visit)
        try finishTasks(.maracDecision, about: person.id, visit)
        try audit(.maracDecided, .person, person.id)
    }

    func withdrawMarac(_ id: UUID, _ form: WithdrawForm, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.marac_referral SET withdrawn_at = \(visit.now), withdrawn_by = \(visit.viewer.account),
                withdrawn_because = \(form.because)
            WHERE id = \(id) AND case_id = \(record.id) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// The number and the address for the paper. Call only after the audit has been committed. A protected address
    /// stays where it is.
    func maracReveal(of person: UUID, _ visit: Visit) throws -> MaracPaper.Revealed {
        let detail = try safeContactDetail(of: person, visit)
        let current = try addresses(of: person).filter { $0.until == nil || ($0.until ?? visit.today) >= visit.today }
        let isProtected = current.contains(where: \.isProtected)
        let newest = isProtected ? nil : current.first
        let address = try newest.flatMap { try self.address($0.id, of: person, visit) }
        return MaracPaper.Revealed(
            number: detail?.number, mustNotKnow: detail?.mustNotKnow ?? "",
            address: address.map { ($0.lines + [$0.postcode]).joined(separator: "\n") }, isProtected: isProtected)
    }
}
