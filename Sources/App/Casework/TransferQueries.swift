import Foundation
import Postgres

extension Place {
    static func transfer(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "case_transfer", column: "told_sealed", row: id, agency: partnership)
    }
}

extension Services {
    fileprivate func seal(_ told: TransferTold, of id: UUID) throws -> Data {
        try sealTold(told, at: .transfer(id, in: partnership.id))
    }

    fileprivate func openTransfer(_ sealed: Data, of id: UUID) throws -> TransferTold {
        try openTold(sealed, at: .transfer(id, in: partnership.id))
    }
}

extension Connection {
    /// What goes over of a person: read by the sender, as the record says it now.
    func transferTold(_ person: Person, _ words: String, _ visit: Visit) throws -> TransferTold {
        let contact = try safeContact(of: person.id, visit)?.here
        let harming = try all("""
            SELECT p.id, p.agency_id, p.given_name, p.family_name, p.date_of_birth, p.birth_known, p.sex, p.ethnicity,
                   p.language, p.interpreter, p.version, r.connection
            FROM app.relationship r JOIN app.person p ON p.id = r.harming_id
            WHERE r.harmed_id = \(person.id) AND p.forgotten_on IS NULL ORDER BY r.recorded_at, r.id LIMIT 10
            """) { row in
            TransferTold.Harming(who: TransferTold.Somebody(try Person(row: row)), connection: try row["connection"])
        }
        return TransferTold(
            who: TransferTold.Somebody(person), ethnicity: person.ethnicity.rawValue, language: person.language,
            interpreter: person.needsInterpreter, rule: contact?.rule,
            detail: contact == nil ? nil : try safeContactDetail(of: person.id, visit),
            holdsUntil: contact?.holdsUntil?.column ?? "", askedAt: contact?.askedAt, harming: harming, words: words)
    }

    /// Throws `Overtaken` when one waits for an answer already.
    func addTransfer(
        _ id: UUID, _ form: TransferForm, _ told: TransferTold, on record: CaseRecord, _ visit: Visit
    ) throws {
        let added = try run("""
            INSERT INTO app.case_transfer (id, partnership_id, agency_id, case_id, person_id, kind, to_agency_id,
                to_account_id, told_sealed, risk, purpose, basis, necessity, asked, consent_id, tail_days, due_at,
                proposed_at, proposed_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(form.kind),
                \(form.toAgency ?? record.agency), \(form.colleague), \(try visit.services.seal(told, of: id)),
                \(record.risk), \(form.purpose), \(form.basis), \(form.necessity), \(form.asked), \(form.consent),
                \(form.tailDays), \(TransferDue.due(record.risk, from: visit.now)), \(visit.now),
                \(visit.viewer.account))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    func transfer(_ id: UUID) throws -> Transfer? {
        try transfers("t.id = \(id)", order: "t.id", limit: 1).first
    }

    /// Those of a case and the one from which it came, newest first.
    func transfers(of caseID: UUID) throws -> [Transfer] {
        try transfers("\(caseID) IN (t.case_id, t.new_case_id)", order: "t.proposed_at DESC, t.id", limit: 50)
    }

    /// What waits for an answer of the viewer's agencies, most urgent first: of others' for those who answer for the
    /// front door, a colleague's hand-over for whom it is.
    func transfersToAnswer(_ visit: Visit) throws -> [Transfer] {
        try transfers("""
            t.outcome IS NULL AND (t.kind = 'agency'
                AND t.to_agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[])
                OR t.to_account_id = \(visit.viewer.account))
            """, order: "t.due_at, t.id", limit: 100)
    }

    /// What the viewer's agencies asked others to take, that waits or was answered within some weeks.
    func transfersSent(_ visit: Visit) throws -> [Transfer] {
        try transfers("""
            t.agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
            AND t.proposed_at > \(visit.now.addingTimeInterval(-90 * 86_400))
            """, order: "t.proposed_at DESC, t.id", limit: 50)
    }

    private func transfers(_ which: SQL, order: SQL, limit: Int) throws -> [Transfer] {
        try all("""
            SELECT t.id, t.agency_id, s.name AS sender, t.case_id, c.reference, t.person_id, t.kind, t.to_agency_id,
                   g.name AS receiver, t.to_account_id, l.full_name AS colleague, t.stale, t.risk, t.purpose, t.basis,
                   t.necessity, t.asked, t.tail_days, t.due_at, t.proposed_at, t.proposed_by, p.full_name AS proposer,
                   t.outcome, t.answered_at, a.full_name AS answerer, t.reason, w.full_name AS worker, t.new_case_id,
                   t.tail_ends_at
            FROM (SELECT t.* FROM app.case_transfer t WHERE \(which) ORDER BY \(order) LIMIT \(limit)) t
            LEFT JOIN app.case_record c ON c.id = t.case_id LEFT JOIN app.agency s ON s.id = t.agency_id
            LEFT JOIN app.agency g ON g.id = t.to_agency_id LEFT JOIN app.account l ON l.id = t.to_account_id
            LEFT JOIN app.account p ON p.id = t.proposed_by LEFT JOIN app.account a ON a.id = t.answered_by
            LEFT JOIN app.account w ON w.id = t.worker_id ORDER BY \(order)
            """) { row in
            Transfer(
                id: try row["id"], agency: try row["agency_id"], agencyName: try row["sender"] ?? "",
                caseID: try row["case_id"], reference: try row["reference"], person: try row["person_id"],
                kind: try row["kind"], toAgency: try row["to_agency_id"], toName: try row["receiver"] ?? "",
                colleague: try row["to_account_id"], colleagueName: try row["colleague"], isStale: try row["stale"],
                risk: try row["risk"], purpose: try row["purpose"], basis: try row["basis"],
                necessity: try row["necessity"], asked: try row["asked"], tailDays: try row["tail_days"],
                dueAt: try row["due_at"], proposedAt: try row["proposed_at"], proposedBy: try row["proposed_by"],
                proposer: try row["proposer"] ?? "", outcome: try row["outcome"], answeredAt: try row["answered_at"],
                answerer: try row["answerer"], reason: try row["reason"], workerName: try row["worker"],
                newCase: try row["new_case_id"], tailEndsAt: try row["tail_ends_at"])
        }
    }

    /// What is told; nil once it is answered.
    func transferTold(of id: UUID, _ visit: Visit) throws -> TransferTold? {
        let sealed = try first("""
            SELECT told_sealed FROM app.case_transfer WHERE id = \(id) AND outcome IS NULL
            """) { try $0["told_sealed"] as Data? }
        return try (sealed ?? nil).map { try visit.services.openTransfer($0, of: id) }
    }

    /// Tells anew what is told of safe contact. Throws `Overtaken` when it waits no longer.
    func renewTransfer(_ id: UUID, _ told: TransferTold, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.case_transfer SET told_sealed = \(try visit.services.seal(told, of: id)), stale = false
            WHERE id = \(id) AND outcome IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Not taken over, or taken back: nothing has moved. Throws `Overtaken` when it waits no longer.
    func endTransfer(_ one: Transfer, _ outcome: TransferOutcome, _ reason: String, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.case_transfer SET outcome = \(outcome), answered_at = \(visit.now),
                answered_by = \(visit.viewer.account), reason = \(reason), told_sealed = NULL
            WHERE id = \(one.id) AND outcome IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Takes a case over: for another agency's a case of one's own is opened that goes on from it, with the person, how
    /// she may be contacted, and who harms her. The database ends the sender's and carries over the rest.
    func acceptTransfer(
        _ one: Transfer, _ told: TransferTold, as newCase: UUID, by worker: UUID, _ visit: Visit
    ) throws {
        if one.kind == .agency { try openTaken(one, told, as: newCase, by: worker, visit) }
        let moves = one.kind == .agency
        let changed = try run("""
            UPDATE app.case_transfer SET outcome = 'accepted', answered_at = \(visit.now),
                answered_by = \(visit.viewer.account), told_sealed = NULL, worker_id = \(worker),
                new_case_id = \(moves ? newCase : nil),
                tail_ends_at = \(moves ? visit.now.addingTimeInterval(Double(one.tailDays) * 86_400) : nil)
            WHERE id = \(one.id) AND outcome IS NULL AND NOT stale
            """)
        guard changed == 1 else { throw Overtaken() }
        if moves {
            try startIntake(of: newCase, agency: one.toAgency, owner: worker, visit)
            try note(.caseTakenOver, on: newCase, agency: one.toAgency, subject: one.id, one.agencyName, visit)
        } else {
            let moved = try run("""
                UPDATE app.case_record SET worker_id = \(worker), version = version + 1
                WHERE id = \(one.caseID) AND closed_at IS NULL
                """)
            guard moved == 1 else { throw Overtaken() }
            try addToTeam(worker, of: one.caseID, agency: one.agency, visit)
            try giveTasks(on: one.caseID, to: worker)
            try giveRiskTasks(about: one.person, to: worker)
        }
    }

    private func openTaken(
        _ one: Transfer, _ told: TransferTold, as newCase: UUID, by worker: UUID, _ visit: Visit
    ) throws {
        let id = UUID()
        try addPerson(
            id, PersonForm(told.who, ethnicity: told.ethnicity, language: told.language, interpreter: told.interpreter),
            agency: one.toAgency, visit)
        let person = try person(id, within: visit.viewer).orNotFound()
        if told.askedAt != nil {
            try recordSafeContact(UUID(), of: person, SafeContactForm(told), askedAt: told.askedAt, visit)
        }
        for other in told.harming {
            let harming = UUID()
            try addPerson(harming, PersonForm(other.who), agency: one.toAgency, visit)
            try addRelationship(
                UUID(), harmed: id, harming: harming, Connectedness(rawValue: other.connection) ?? .notKnown,
                agency: one.toAgency, visit)
        }
        let reference = try nextCaseReference(agency: one.toAgency, year: visit.today.year, visit)
        try addCase(
            newCase, reference: reference, of: person, OpenCaseForm(takenBy: worker), risk: one.risk, contact: nil,
            visit)
    }

    /// Whether a case of another agency has come to the viewer's, for a statement that its page runs anyway.
    static func takenOverCount(of caseID: UUID) -> SQL {
        """
        SELECT 'takenOver' AS what, count(*) AS times
        FROM app.case_transfer WHERE case_id = \(caseID) AND new_case_id IS NOT NULL
        """
    }
}
