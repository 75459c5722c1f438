import Foundation
import Postgres

/// What helps when a clock runs out, or no safe time falls inside it.
struct ClockHelp: Sendable {
    /// The agency and the person who referred her, if anybody did: a safe go-between.
    let referrer: String?
    let onCall: OnCall
}

extension Connection {
    /// When the contact came in, and the referral behind it if that was graded high already.
    func clockOrigin(ofContact contact: UUID?, _ risk: RiskAssessment?, opened: Date) throws -> ClockOrigin {
        var origin = ClockOrigin(opened: opened, grade: risk.map { ($0.level, $0.bases, $0.assessedAt) })
        guard let contact else { return origin }
        let found = try first("""
            SELECT k.happened_at, (SELECT min(r.received_at) FROM app.referral r
                    WHERE r.contact_id = k.id AND r.direction = 'in' AND r.graded_high) AS graded
            FROM app.contact k WHERE k.id = \(contact)
            """) { (at: try $0["happened_at"] as Date, graded: try $0["graded"] as Date?) }
        origin.contactAt = found?.at
        origin.gradedReferralAt = found?.graded
        return origin
    }

    /// Starts the 48 hours of a case that has none.
    func startClock(
        on caseID: UUID, agency: UUID, owner: UUID?, from start: Date, _ contact: SafeContact?, _ visit: Visit
    ) throws {
        let due = ContactClock.due(from: start)
        let noSafeTime = contact?.here.hasSafeTime(from: start, until: due) == false
        try run("""
            UPDATE app.case_record SET clock_started_at = \(start), first_contact_due = \(due), next_due = \(due),
                no_safe_time = \(noSafeTime)
            WHERE id = \(caseID) AND clock_started_at IS NULL AND first_contact_at IS NULL
            """)
        try startTask(.firstContact, on: caseID, agency: agency, owner: owner, from: start, due: due, visit)
    }

    /// A case that came without a grade is due to have one.
    func startGrading(of person: Person, owner: UUID?, _ visit: Visit) throws {
        try startTask(NewTask(
            kind: .reassess, agency: person.agency, person: person.id, owner: owner,
            due: ContactClock.gradeDue(from: visit.now), detail: "Risk is not graded yet"), visit)
    }

    /// What a new grade means for the clocks of a person's open cases: it may start them, and it ends the wait for one.
    /// A clock that runs goes on; somebody who was spoken with needs none.
    func clocksAfterGrade(of person: UUID, _ level: RiskLevel, _ bases: Set<RiskBasis>, _ visit: Visit) throws {
        let waiting = try all("""
            SELECT id, agency_id, worker_id, opened_at FROM app.case_record
            WHERE person_id = \(person) AND closed_at IS NULL AND clock_started_at IS NULL AND first_contact_at IS NULL
              AND agency_id = ANY (app.viewer_reach())
            """) {
            (id: try $0["id"] as UUID, agency: try $0["agency_id"] as UUID, owner: try $0["worker_id"] as UUID?)
        }
        if waiting.isEmpty { return }
        let contact = level.startsClock(by: bases) ? try safeContact(of: person, visit) : nil
        for record in waiting {
            try finishTasks(.reassess, on: record.id, at: visit.now)
            if level.startsClock(by: bases) {
                try startClock(
                    on: record.id, agency: record.agency, owner: record.owner, from: visit.now, contact, visit)
            } else {
                try run("""
                    UPDATE app.case_record
                    SET next_due = opened_at + make_interval(days => \(Int(ContactClock.withoutClockDays)))
                    WHERE id = \(record.id)
                    """)
            }
        }
    }

    /// Who referred the person of a case, and who is on call for its agency: one statement.
    func clockHelp(of record: CaseRecord, _ visit: Visit) throws -> ClockHelp {
        let found = try onCallRows("""
            (SELECT concat_ws(', ', s.full_name, g.name) FROM app.referral r
             JOIN app.agency g ON g.id = r.from_agency_id LEFT JOIN app.account s ON s.id = r.from_account_id
             WHERE r.case_id = \(record.id) AND r.direction = 'in' ORDER BY r.received_at LIMIT 1)
            """, agencies: [record.agency], visit) { try $0["extra"] as String? }
        return ClockHelp(referrer: found.extra ?? nil, onCall: found.onCall)
    }

    /// Who is on call for the viewer's agencies, and how many cases are overdue there (up to 100).
    func onCallToday(_ visit: Visit) throws -> (onCall: OnCall, overdue: Int) {
        let agencies = visit.viewer.agencies(.viewCases)
        let found = try onCallRows("""
            (SELECT count(*) FROM (SELECT FROM app.case_record c
             WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.closed_at IS NULL AND c.first_contact_at IS NULL
               AND c.first_contact_due < \(visit.now) LIMIT 100) late)
            """, agencies: agencies, visit) { try $0["extra"] as Int }
        return (found.onCall, found.extra ?? 0)
    }

    /// The team's hours and the turns on call that have not ended, beside one value more.
    private func onCallRows<Extra>(
        _ extra: SQL, agencies: [UUID], _ visit: Visit, _ read: (Row) throws -> Extra
    ) throws -> (onCall: OnCall, extra: Extra?) {
        var found: Extra?
        var hours = TeamHours(days: [], opens: 0, closes: 0)
        let turns = try all("""
            SELECT p.helpline_days, (extract(epoch FROM p.helpline_opens) / 60)::int AS opens,
                   (extract(epoch FROM p.helpline_closes) / 60)::int AS closes, \(extra) AS extra,
                   e.account_id, a.full_name, e.starts_at, e.ends_at
            FROM app.partnership p
            LEFT JOIN LATERAL (
                SELECT e.account_id, e.starts_at, e.ends_at FROM app.rota_entry e
                WHERE e.agency_id = ANY (\(agencies)::uuid[]) AND e.kind = 'onCall' AND e.taken_off_at IS NULL
                  AND e.ends_at > \(visit.now)
                ORDER BY e.starts_at LIMIT 20) e ON true
            LEFT JOIN app.account a ON a.id = e.account_id
            WHERE p.id = \(visit.viewer.partnership) ORDER BY e.starts_at
            """) { row -> OnCallTurn? in
            found = try read(row)
            hours = TeamHours(days: try row["helpline_days"], opens: try row["opens"], closes: try row["closes"])
            guard let account: UUID = try row["account_id"] else { return nil }
            return OnCallTurn(
                account: account, name: try row["full_name"] ?? "", from: try row["starts_at"],
                until: try row["ends_at"])
        }
        return (OnCall(hours: hours, turns: turns.compactMap(\.self)), found)
    }
}
