import Foundation
import Postgres

extension Place {
    static func disclosure(_ id: UUID, in partnership: UUID) -> Place {
        Place(table: "disclosure", column: "told_sealed", row: id, agency: partnership)
    }
}

extension Services {
    fileprivate func seal(_ told: SharedWords, of id: UUID) throws -> Data {
        try sealTold(told, at: .disclosure(id, in: partnership.id))
    }

    func openShared(_ sealed: Data, of id: UUID) throws -> SharedWords {
        try openTold(sealed, at: .disclosure(id, in: partnership.id))
    }
}

/// A case's sharing in a few words.
struct SharingInBrief: Sendable {
    let inForce: Int
    let waiting: Int
    /// How often others opened it in an emergency.
    let emergencies: Int

    /// From what `Connection.sharingCounts` found.
    init(_ found: [String: Int]) {
        (inForce, waiting) = (found["sharedNow"] ?? 0, found["shareWaiting"] ?? 0)
        emergencies = found["emergency"] ?? 0
    }
}

/// A disclosure that waits for a second person, or that another agency made to the reader's, as a list shows it.
struct SharingLine: Sendable {
    let caseID: UUID
    let reference: String
    let agency: String
    let route: SharingRoute
    let by: String
    let at: Date
    let endsAt: Date
}

extension Connection {
    /// How much of a case is shared, for a statement that its page runs anyway.
    static func sharingCounts(of caseID: UUID) -> SQL {
        """
        SELECT CASE WHEN d.agreed THEN 'sharedNow' ELSE 'shareWaiting' END AS what, count(*) AS times
        FROM app.disclosure d LEFT JOIN app.consent k ON k.id = d.consent_id
        WHERE d.case_id = \(caseID) AND d.agreed IS NOT FALSE AND d.revoked_at IS NULL AND d.ends_at > now()
          AND k.withdrawn_at IS NULL GROUP BY 1
        UNION ALL SELECT 'emergency', count(*) FROM app.emergency_access e WHERE e.case_id = \(caseID)
        HAVING count(*) > 0
        """
    }

    /// Agencies to which something of this one may be told: the others on its side of the wall.
    func partners(of agency: UUID) throws -> [Partner] {
        try all("""
            SELECT g.id, g.name FROM app.agency g JOIN app.agency own ON own.id = \(agency)
            WHERE g.id <> own.id AND g.side = own.side ORDER BY g.name LIMIT 500
            """) { Partner(id: try $0["id"], name: try $0["name"]) }
    }

    /// What somebody agreed to on a case, newest first.
    func consents(of caseID: UUID, only id: UUID? = nil) throws -> [Consent] {
        try all("""
            SELECT k.id, k.to_agency_id, coalesce(g.name, k.to_name) AS told_to, k.purpose, k.given, k.words, k.ends_at,
                   k.recorded_at, a.full_name AS author, k.withdrawn_at, w.full_name AS withdrawer,
                   k.withdrawn_because, k.withdrawn_words
            FROM app.consent k LEFT JOIN app.agency g ON g.id = k.to_agency_id
            LEFT JOIN app.account a ON a.id = k.recorded_by LEFT JOIN app.account w ON w.id = k.withdrawn_by
            WHERE k.case_id = \(caseID) AND (\(id)::uuid IS NULL OR k.id = \(id))
            ORDER BY k.recorded_at DESC, k.id LIMIT 100
            """, Consent.init(row:))
    }

    func addConsent(_ id: UUID, _ form: ConsentForm, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.consent (id, partnership_id, agency_id, case_id, person_id, to_agency_id, to_name, purpose,
                                     given, words, ends_at, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(form.toAgency), \(form.toName), \(form.purpose), \(form.given), \(form.words), \(form.endsAt),
                    \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Takes a consent back; what rests on it ends in the same statement. Throws `Overtaken` when a colleague has.
    func withdraw(_ consent: UUID, because: ConsentEnd, _ words: String, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.consent SET withdrawn_at = \(visit.now), withdrawn_by = \(visit.viewer.account),
                withdrawn_because = \(because), withdrawn_words = \(words)
            WHERE id = \(consent) AND case_id = \(record.id) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// The disclosures of a case, newest first.
    func disclosures(of caseID: UUID, only id: UUID? = nil, _ visit: Visit) throws -> [Disclosure] {
        try disclosures("d.case_id = \(caseID) AND (\(id)::uuid IS NULL OR d.id = \(id))", visit)
    }

    /// To whom versions of a person's safety plans were told, by whichever case.
    func planReaders(of person: UUID, _ visit: Visit) throws -> [PlanReader] {
        try disclosures("d.person_id = \(person) AND d.route = 'plan'", visit).map { one in
            let state = one.state(at: visit.now)
            return PlanReader(
                to: one.to, told: one.proposedAt, until: one.endsAt, state: state.label, colour: state.colour,
                isInForce: state == .inForce)
        }
    }

    private func disclosures(_ which: SQL, _ visit: Visit) throws -> [Disclosure] {
        try all("""
            SELECT d.id, d.route, d.to_agency_id, coalesce(g.name, d.to_name) AS told_to, d.parts, d.told_sealed,
                   d.purpose, d.basis, d.because, d.necessity, d.asked, d.ends_at, d.proposed_at, d.proposed_by,
                   a.full_name AS proposer, d.agreed, w.full_name AS decider, d.decision_reason, d.revoked_at,
                   r.full_name AS revoker, d.revoke_reason, k.withdrawn_at
            FROM app.disclosure d LEFT JOIN app.agency g ON g.id = d.to_agency_id
            LEFT JOIN app.consent k ON k.id = d.consent_id LEFT JOIN app.account a ON a.id = d.proposed_by
            LEFT JOIN app.account w ON w.id = d.decided_by LEFT JOIN app.account r ON r.id = d.revoked_by
            WHERE \(which) ORDER BY d.proposed_at DESC, d.id LIMIT 100
            """) { row in
            let (id, parts): (UUID, [String]) = (try row["id"], try row["parts"])
            let sealed: Data? = try row["told_sealed"]
            return Disclosure(
                id: id, route: try row["route"], toAgency: try row["to_agency_id"], to: try row["told_to"],
                parts: parts.compactMap(SharedPart.init(rawValue:)),
                told: try sealed.map { try visit.services.openShared($0, of: id) }, purpose: try row["purpose"],
                basis: try row["basis"], because: try row["because"], necessity: try row["necessity"],
                asked: try row["asked"], endsAt: try row["ends_at"], proposedAt: try row["proposed_at"],
                proposedBy: try row["proposed_by"], proposer: try row["proposer"] ?? "", agreed: try row["agreed"],
                decider: try row["decider"], decisionReason: try row["decision_reason"],
                revokedAt: try row["revoked_at"], revoker: try row["revoker"],
                revokeReason: try row["revoke_reason"], consentWithdrawnAt: try row["withdrawn_at"])
        }
    }

    /// Records a disclosure. With consent it holds at once; without, a second person is asked.
    func addDisclosure(_ id: UUID, _ form: SharingForm, on record: CaseRecord, _ visit: Visit) throws {
        let person = try person(record.person, within: visit.viewer)
        let told = SharedWords(
            name: record.personName ?? "", born: person?.birth.day?.description ?? "", words: form.words)
        let holds = form.consent != nil
        try run("""
            INSERT INTO app.disclosure (id, partnership_id, agency_id, case_id, person_id, route, to_agency_id, to_name,
                parts, told_sealed, purpose, basis, because, necessity, asked, consent_id, ends_at, proposed_at,
                proposed_by, agreed, decided_at)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(form.route),
                \(form.toAgency), \(form.toName), \(form.parts.map(\.rawValue))::text[],
                \(try visit.services.seal(told, of: id)), \(form.purpose), \(form.basis), \(form.because),
                \(form.necessity), \(form.asked), \(form.consent), \(form.endsAt), \(visit.now),
                \(visit.viewer.account), \(holds ? true : nil as Bool?), \(holds ? visit.now : nil))
            """)
        if holds { return try open(id, of: record, visit) }
        try startTask(NewTask(
            kind: .toDo, agency: record.agency, caseID: record.id, owner: try secondPerson(for: record.agency, visit),
            due: WorkingDays.nextDue(after: visit.now), detail: Self.waitingWords), visit)
    }

    /// The second person's word. Throws `Overtaken` when it waits no longer.
    func decide(_ disclosure: Disclosure, _ word: SecondWord, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.disclosure SET agreed = \(word.agrees), decided_at = \(visit.now),
                decided_by = \(visit.viewer.account), decision_reason = \(word.reason)
            WHERE id = \(disclosure.id) AND case_id = \(record.id) AND agreed IS NULL AND revoked_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        try endWaiting(on: record, visit)
        if word.agrees { try open(disclosure.id, of: record, visit) }
    }

    /// Takes a disclosure back, before or after it was agreed. Throws `Overtaken` when a colleague has.
    func revoke(_ disclosure: Disclosure, _ reason: String, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.disclosure SET revoked_at = \(visit.now), revoked_by = \(visit.viewer.account),
                revoke_reason = \(reason)
            WHERE id = \(disclosure.id) AND case_id = \(record.id) AND revoked_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        if disclosure.agreed == nil { try endWaiting(on: record, visit) }
    }

    /// Lets the other agency read what an agreed disclosure names. One to somebody outside opens nothing here.
    private func open(_ id: UUID, of record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.case_share (id, partnership_id, agency_id, case_id, with_agency_id, purpose, ends_at,
                created_by, created_at, disclosure_id, shows_case, shows_risk, shows_orders, shows_timeline, shows_plan)
            SELECT \(UUID()), d.partnership_id, d.agency_id, d.case_id, d.to_agency_id, d.purpose, d.ends_at,
                   \(visit.viewer.account), \(visit.now), d.id, d.parts && '{summary,risk,orders,timeline}',
                   'risk' = ANY (d.parts), 'orders' = ANY (d.parts), 'timeline' = ANY (d.parts), 'plan' = ANY (d.parts)
            FROM app.disclosure d WHERE d.id = \(id) AND d.case_id = \(record.id) AND d.to_agency_id IS NOT NULL
            """)
    }

    private static let waitingWords = "Sharing waits for a second person: open “Sharing and consent” on the case"

    /// What was put on somebody's list, unless another disclosure of the case still waits.
    private func endWaiting(on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE case_id = \(record.id) AND kind = 'toDo' AND done_at IS NULL AND detail = \(Self.waitingWords)
              AND NOT EXISTS (SELECT FROM app.disclosure d WHERE d.case_id = \(record.id) AND d.agreed IS NULL
                              AND d.revoked_at IS NULL AND d.ends_at > \(visit.now))
            """)
    }

    /// A manager of the agency who isn't the one who asks; nobody where there is none.
    private func secondPerson(for agency: UUID, _ visit: Visit) throws -> UUID? {
        try first("""
            SELECT r.account_id FROM app.role_assignment r JOIN app.account a ON a.id = r.account_id
            WHERE r.agency_id = \(agency) AND r.role = 'serviceManager' AND r.account_id <> \(visit.viewer.account)
              AND r.starts_on <= \(visit.today) AND (r.ends_on IS NULL OR r.ends_on >= \(visit.today))
              AND (a.ended_at IS NULL OR a.ended_at > \(visit.now))
            ORDER BY a.full_name, a.id LIMIT 1
            """) { try $0["account_id"] }
    }

    /// What waits for a second person at the viewer's agencies, oldest first.
    func waitingShares(_ visit: Visit) throws -> [SharingLine] {
        try all("""
            SELECT c.id, c.reference, coalesce(g.name, d.to_name) AS agency, d.route, a.full_name, d.proposed_at AS at,
                   d.ends_at
            FROM app.disclosure d JOIN app.case_record c ON c.id = d.case_id
            LEFT JOIN app.agency g ON g.id = d.to_agency_id LEFT JOIN app.account a ON a.id = d.proposed_by
            WHERE d.agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[]) AND d.agreed IS NULL
              AND d.revoked_at IS NULL AND d.ends_at > now()
            ORDER BY d.proposed_at, d.id LIMIT 100
            """, SharingLine.init(row:))
    }

    /// What other agencies share with the viewer's, whatever ends first (row-level security says what is in force).
    func receivedShares(_ visit: Visit) throws -> [SharingLine] {
        let mine = visit.viewer.agencies(.viewCases)
        return try all("""
            SELECT c.id, c.reference, g.name AS agency, d.route, w.full_name, s.created_at AS at, s.ends_at
            FROM app.case_share s JOIN app.case_record c ON c.id = s.case_id
            JOIN app.disclosure d ON d.id = s.disclosure_id
            LEFT JOIN app.agency g ON g.id = s.agency_id LEFT JOIN app.account w ON w.id = c.worker_id
            WHERE s.with_agency_id = ANY (\(mine)::uuid[]) AND s.ends_at > now() AND NOT s.shows_plan
            ORDER BY s.ends_at, s.id LIMIT 100
            """, SharingLine.init(row:))
    }

    /// How a case of another agency comes to the reader's: all that is shared of it, newest first.
    func receivedShare(of caseID: UUID, _ visit: Visit) throws -> [ReceivedShare] {
        let mine = visit.viewer.agencies(.viewCases)
        return try all("""
            SELECT d.id, g.name, d.purpose, d.parts, d.told_sealed, s.ends_at
            FROM app.case_share s JOIN app.disclosure d ON d.id = s.disclosure_id
            LEFT JOIN app.agency g ON g.id = s.agency_id
            WHERE s.case_id = \(caseID) AND s.with_agency_id = ANY (\(mine)::uuid[]) AND s.ends_at > now()
              AND NOT s.shows_plan
            ORDER BY s.created_at DESC, s.id LIMIT 20
            """) { row in
            let (id, parts): (UUID, [String]) = (try row["id"], try row["parts"])
            let sealed: Data? = try row["told_sealed"]
            return ReceivedShare(
                from: try row["name"] ?? "", purpose: try row["purpose"],
                parts: parts.compactMap(SharedPart.init(rawValue:)),
                told: try sealed.map { try visit.services.openShared($0, of: id) }, endsAt: try row["ends_at"])
        }
    }
}

extension SharingLine {
    fileprivate init(row: Row) throws {
        self.init(
            caseID: try row["id"], reference: try row["reference"], agency: try row["agency"] ?? "",
            route: try row["route"], by: try row["full_name"] ?? "", at: try row["at"], endsAt: try row["ends_at"])
    }
}

extension Consent {
    init(row: Row) throws {
        self.init(
            id: try row["id"], toAgency: try row["to_agency_id"], to: try row["told_to"], purpose: try row["purpose"],
            given: try row["given"], words: try row["words"], endsAt: try row["ends_at"],
            recordedAt: try row["recorded_at"], by: try row["author"] ?? "", withdrawnAt: try row["withdrawn_at"],
            withdrawnBy: try row["withdrawer"], withdrawnBecause: try row["withdrawn_because"],
            withdrawnWords: try row["withdrawn_words"])
    }
}
