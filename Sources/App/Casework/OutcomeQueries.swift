import Foundation
import Postgres

extension Connection {
    /// How many data sets of each kind a case has, for a statement that its page runs anyway; "outcomesHere" where its
    /// agency takes any.
    static func outcomeCounts(of record: CaseRecord) -> SQL {
        """
        SELECT 'outcome ' || u.stage AS what, count(*) AS times FROM app.outcome_set u
        WHERE u.case_id = \(record.id) AND u.withdrawn_at IS NULL GROUP BY 1
        UNION ALL SELECT 'outcomesHere', count(*) FROM app.agency y
        WHERE y.id = \(record.agency) AND y.side = 'harmed'
        """
    }

    /// Whether an agency works with those who are harmed: the data sets are theirs.
    func takesOutcomes(_ agency: UUID) throws -> Bool {
        try first("SELECT g.side FROM app.agency g WHERE g.id = \(agency)") {
            (try $0["side"] as String) == "harmed"
        } ?? false
    }

    /// A case's data sets, newest first, those that were withdrawn among them.
    func outcomes(of caseID: UUID) throws -> OutcomeSets {
        OutcomeSets(all: try all("""
            SELECT u.id, u.stage, u.taken_on, u.answers, u.own_words, u.note, u.recorded_at, a.full_name,
                   u.withdrawn_at, u.withdrawn_because, w.full_name AS withdrawer
            FROM app.outcome_set u LEFT JOIN app.account a ON a.id = u.recorded_by
            LEFT JOIN app.account w ON w.id = u.withdrawn_by
            WHERE u.case_id = \(caseID) ORDER BY u.taken_at DESC, u.id DESC LIMIT 60
            """) { row in
            OutcomeSet(
                id: try row["id"], stage: try row["stage"], takenOn: try row["taken_on"], answers: try row["answers"],
                ownWords: try row["own_words"], note: try row["note"], recordedAt: try row["recorded_at"],
                by: try row["full_name"] ?? "", withdrawal: try Withdrawal(row: row))
        })
    }

    /// Throws `Overtaken` where the case has its one intake or exit by now.
    func addOutcome(_ id: UUID, _ form: OutcomeForm, on record: CaseRecord, _ visit: Visit) throws {
        let added = try run("""
            INSERT INTO app.outcome_set (id, partnership_id, agency_id, case_id, person_id, stage, taken_on, answers,
                                         own_words, note, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(form.stage), \(form.takenOn), \(form.answers), \(form.ownWords), \(form.note), \(visit.now),
                    \(visit.viewer.account))
            ON CONFLICT (case_id, stage, agency_id) WHERE stage <> 'review' AND withdrawn_at IS NULL DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    func withdrawOutcome(_ id: UUID, _ form: WithdrawForm, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.outcome_set SET withdrawn_at = \(visit.now), withdrawn_by = \(visit.viewer.account),
                withdrawn_because = \(form.because)
            WHERE id = \(id) AND case_id = \(record.id) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// The intake of a new case, on the list of whoever holds it. Those who work with people who harm take none.
    func startIntake(of caseID: UUID, agency: UUID, owner: UUID?, _ visit: Visit) throws {
        guard try takesOutcomes(agency) else { return }
        try startTask(NewTask(
            kind: .dataSet, agency: agency, caseID: caseID, owner: owner,
            due: WorkingDays.end(of: OutcomeDue.intake(opened: visit.today)), detail: OutcomeStage.intake.label), visit)
    }

    /// Makes the one task of a case say which data set is due next; nothing is, it is done.
    func renewOutcomeTask(of record: CaseRecord, _ visit: Visit) throws {
        try finishTasks(.dataSet, on: record.id, at: visit.now)
        guard let next = OutcomeDue.next(try outcomes(of: record.id), of: record) else { return }
        try startTask(NewTask(
            kind: .dataSet, agency: record.agency, caseID: record.id, owner: record.worker ?? visit.viewer.account,
            due: WorkingDays.end(of: next.due), detail: next.stage.label), visit)
    }

    /// A case ends: the exit is asked for where an intake was taken.
    func askExit(of record: CaseRecord, _ visit: Visit) throws {
        let sets = try outcomes(of: record.id)
        guard sets.has(.intake), !sets.has(.exit) else { return }
        try startTask(NewTask(
            kind: .dataSet, agency: record.agency, caseID: record.id, owner: record.worker ?? visit.viewer.account,
            due: WorkingDays.end(of: OutcomeDue.exit(closed: visit.today)), detail: OutcomeStage.exit.label), visit)
    }

    /// What they said in their own words at exit: it stands in the closing's form too.
    func exitWords(of caseID: UUID) throws -> String? {
        try first("""
            SELECT u.own_words FROM app.outcome_set u
            WHERE u.case_id = \(caseID) AND u.stage = 'exit' AND u.withdrawn_at IS NULL LIMIT 1
            """) { try $0["own_words"] }
    }

    /// A case of the same person that was closed within twelve months before this one was opened.
    func earlierCase(before record: CaseRecord) throws -> EarlierCase? {
        try first("""
            SELECT id, reference, closed_at FROM app.case_record
            WHERE person_id = \(record.person) AND id <> \(record.id) AND closed_at <= \(record.openedAt)
              AND closed_at > \(record.openedAt)::timestamptz - make_interval(months => \(EarlierCase.repeatMonths))
            ORDER BY closed_at DESC LIMIT 1
            """) { EarlierCase(id: try $0["id"], reference: try $0["reference"], closedAt: try $0["closed_at"]) }
    }
}
