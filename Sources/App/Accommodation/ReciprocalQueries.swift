import Foundation
import Postgres

extension Connection {
    /// What other landlords were asked for a case's tenant, newest first; with the landlords that may be asked.
    func reciprocals(of record: CaseRecord, only id: UUID? = nil) throws -> [Reciprocal] {
        try all("""
            SELECT r.id, r.case_id, r.bedrooms_held, r.tenancy_held, r.excluded, r.state, r.asked_on, r.offered_on,
                   r.bedrooms_offered, r.tenancy_offered, r.accepted_on, r.moved_on, r.ended_on, r.because, r.words,
                   r.version, r.answer_by, r.recorded_at, a.full_name, r.receiving_id, v.name AS receiving,
                   v.kind AS receiving_kind,
                   v.is_here AS receiving_here, r.giving_id, g.name AS giving, g.kind AS giving_kind,
                   g.is_here AS giving_here
            FROM app.reciprocal r JOIN app.landlord v ON v.id = r.receiving_id JOIN app.landlord g ON g.id = r.giving_id
            LEFT JOIN app.account a ON a.id = r.recorded_by
            WHERE r.case_id = \(record.id) AND (\(id)::uuid IS NULL OR r.id = \(id))
            ORDER BY r.recorded_at DESC, r.id LIMIT 50
            """, Reciprocal.init(row:))
    }

    func addReciprocal(_ id: UUID, _ form: ReciprocalForm, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.reciprocal (id, partnership_id, agency_id, case_id, person_id, receiving_id, giving_id,
                bedrooms_held, tenancy_held, excluded, state, asked_on, answer_by, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(form.receiving), \(form.giving), \(form.bedrooms), \(form.tenancy), \(form.excluded),
                \(ReciprocalState.asked), \(form.askedOn), \(form.answerBy), \(visit.now), \(visit.viewer.account))
            """)
        try startClock(of: id, form, on: record, visit)
    }

    private func startClock(of id: UUID, _ form: ReciprocalForm, on record: CaseRecord, _ visit: Visit) throws {
        try startTask(NewTask(
            kind: .reciprocal, agency: record.agency, caseID: record.id, reciprocal: id,
            owner: record.worker ?? visit.viewer.account, due: WorkingDays.end(of: form.answerBy),
            detail: form.givingName), visit)
    }

    /// Corrects what was asked, while it is open. Throws `Overtaken` when a colleague put something down meanwhile.
    func edit(
        _ one: Reciprocal, _ form: ReciprocalForm, on record: CaseRecord, basedOn version: Int, _ visit: Visit
    ) throws {
        let changed = try run("""
            UPDATE app.reciprocal SET receiving_id = \(form.receiving), giving_id = \(form.giving),
                   bedrooms_held = \(form.bedrooms), tenancy_held = \(form.tenancy), excluded = \(form.excluded),
                   asked_on = \(form.askedOn), answer_by = \(form.answerBy), version = version + 1
            WHERE id = \(one.id) AND case_id = \(record.id) AND version = \(version)
              AND state IN ('asked', 'offered', 'accepted')
            """)
        guard changed == 1 else { throw Overtaken() }
        guard one.state == .asked else { return }
        let due = WorkingDays.end(of: form.answerBy)
        let isRunning = try moveClock(of: one.id, to: due, form.givingName, visit)
        if !isRunning { try startClock(of: one.id, form, on: record, visit) }
    }

    /// Puts down what became of it. Throws `Overtaken` when a colleague put something down meanwhile.
    func take(_ form: ReciprocalStepForm, of one: Reciprocal, basedOn version: Int, _ visit: Visit) throws {
        let ends = [.refused, .withdrawn].contains(form.state)
        let changed = try run("""
            UPDATE app.reciprocal SET state = \(form.state),
                   offered_on = coalesce(\(form.offer?.on), offered_on),
                   bedrooms_offered = coalesce(\(form.offer?.bedrooms), bedrooms_offered),
                   tenancy_offered = coalesce(\(form.offer?.tenancy), tenancy_offered),
                   accepted_on = coalesce(\(form.state == .accepted ? form.day : nil), accepted_on),
                   moved_on = \(form.state == .moved ? form.day : nil), ended_on = \(ends ? form.day : nil),
                   because = \(form.because),
                   words = CASE WHEN \(form.words) = '' THEN words ELSE \(form.words) END, version = version + 1
            WHERE id = \(one.id) AND case_id = \(one.caseID) AND version = \(version)
              AND state IN ('asked', 'offered', 'accepted')
            """)
        guard changed == 1 else { throw Overtaken() }
        _ = try moveClock(of: one.id, to: nil, one.giving.name, visit)
    }

    /// Whether a case is on the side of those who are harmed: nobody else is found another home here.
    func checkHarmed(_ record: CaseRecord) throws {
        guard try !isHarming(record.agency) else { throw Refusal.notFound }
    }
}

extension Connection {
    /// Homes given and received, by two landlords and the bedrooms of the home: of the agencies whose teams the viewer
    /// sees, and of cases that are within their reach.
    func reciprocalLedger(_ visit: Visit) throws -> [LedgerEntry] {
        try all("""
            SELECT r.giving_id, g.name AS giving, r.receiving_id, v.name AS receiving, r.bedrooms_offered,
                   count(*)::int AS amount
            FROM app.reciprocal r JOIN app.landlord g ON g.id = r.giving_id JOIN app.landlord v ON v.id = r.receiving_id
            WHERE r.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND r.moved_on IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5 ORDER BY 2, 4, 5 LIMIT 500
            """) { row in
            LedgerEntry(
                giving: LedgerLandlord(id: try row["giving_id"], name: try row["giving"]),
                receiving: LedgerLandlord(id: try row["receiving_id"], name: try row["receiving"]),
                bedrooms: try row["bedrooms_offered"], amount: try row["amount"])
        }
    }

    /// The homes behind the balance of two landlords, newest first: 25 after a number of others, and one more.
    func reciprocalMoves(between one: UUID, and other: UUID, skipping: Int, _ visit: Visit) throws -> [LedgerRow] {
        try all("""
            SELECT r.id, r.case_id, r.moved_on, r.bedrooms_held, r.bedrooms_offered, r.tenancy_held, r.tenancy_offered,
                   g.name AS giving, v.name AS receiving, c.reference
            FROM app.reciprocal r JOIN app.landlord g ON g.id = r.giving_id JOIN app.landlord v ON v.id = r.receiving_id
            LEFT JOIN app.case_record c ON c.id = r.case_id
            WHERE r.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND r.moved_on IS NOT NULL
              AND (r.giving_id, r.receiving_id) IN ((\(one)::uuid, \(other)::uuid), (\(other)::uuid, \(one)::uuid))
            ORDER BY r.moved_on DESC, r.id LIMIT 26 OFFSET \(skipping)
            """) { row in
            let (held, new): (Tenancy, Tenancy) = (try row["tenancy_held"], try row["tenancy_offered"])
            let caseID: UUID = try row["case_id"]
            let id: UUID = try row["id"]
            return LedgerRow(
                movedOn: try row["moved_on"], giving: try row["giving"], receiving: try row["receiving"],
                bedrooms: try row["bedrooms_offered"], held: try row["bedrooms_held"],
                losesLife: held.isForLife && !new.isForLife, reference: try row["reference"] ?? "",
                href: "/cases/\(caseID.column)/reciprocals/\(id.column)")
        }
    }
}

extension Reciprocal {
    fileprivate init(row: Row) throws {
        func landlord(_ side: String) throws -> Landlord {
            Landlord(
                id: try row["\(side)_id"], name: try row[side], kind: try row["\(side)_kind"],
                isHere: try row["\(side)_here"], endedOn: nil, version: 0)
        }
        let offered: Day? = try row["offered_on"]
        let offer = try offered.map {
            ReciprocalOffer(on: $0, bedrooms: try row["bedrooms_offered"], tenancy: try row["tenancy_offered"])
        }
        self.init(
            id: try row["id"], caseID: try row["case_id"], receiving: try landlord("receiving"),
            giving: try landlord("giving"), bedrooms: try row["bedrooms_held"], tenancy: try row["tenancy_held"],
            excluded: try row["excluded"], state: try row["state"], askedOn: try row["asked_on"],
            answerBy: try row["answer_by"], offer: offer, acceptedOn: try row["accepted_on"],
            movedOn: try row["moved_on"], endedOn: try row["ended_on"],
            because: try row["because"], words: try row["words"], version: try row["version"],
            recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "")
    }
}
