import Foundation
import Postgres

extension Connection {
    /// What was asked for a household, newest first.
    func housingOffers(of request: UUID, only id: UUID? = nil) throws -> [HousingOffer] {
        try housingOffers("o.request_id = \(request) AND (\(id)::uuid IS NULL OR o.id = \(id))",
                          order: "o.asked_at DESC, o.id", limit: 50)
    }

    /// What waits for an answer of those who run units, what runs out first at the head.
    func offersToAnswer(_ visit: Visit) throws -> [HousingOffer] {
        try housingOffers("""
            o.provider_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[]) AND o.state IN ('held', 'accepted')
            AND o.held_until > \(visit.now)
            """, order: "o.held_until, o.id", limit: 50)
    }

    func offerToAnswer(_ id: UUID, _ visit: Visit) throws -> HousingOffer? {
        try housingOffers("""
            o.id = \(id) AND o.provider_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            """, order: "o.id", limit: 1).first
    }

    private func housingOffers(_ which: SQL, order: SQL, limit: Int) throws -> [HousingOffer] {
        try all("""
            SELECT o.id, o.request_id, o.case_id, o.agency_id, g.name AS agency, o.unit_id, u.number, o.provider_id,
                   p.name AS provider, o.asked_of, o.reference, o.although, o.state, o.held_until, o.asked_at,
                   a.full_name AS asker, o.answered_at, b.full_name AS answerer, o.reasons, o.main_reason, o.words,
                   o.moved_in_on, o.version, t.how, t.told_at,
                   CASE WHEN o.near IS NULL THEN 'notKnown' WHEN l.near IS NULL THEN 'unitNotKnown'
                        WHEN l.near[2] = ANY (o.near) THEN 'sector' WHEN l.near[1] = ANY (o.near) THEN 'district'
                        ELSE 'none' END AS nearness
            FROM app.housing_offer o LEFT JOIN app.housing_unit u ON u.id = o.unit_id
            LEFT JOIN app.agency p ON p.id = o.provider_id LEFT JOIN app.agency g ON g.id = o.agency_id
            LEFT JOIN app.account a ON a.id = o.asked_by LEFT JOIN app.account b ON b.id = o.answered_by
            LEFT JOIN app.unit_location l ON l.unit_id = o.unit_id
            LEFT JOIN LATERAL (SELECT t.how, t.told_at FROM app.address_told t WHERE t.offer_id = o.id
                               ORDER BY t.told_at DESC LIMIT 1) t ON true
            WHERE \(which) ORDER BY \(order) LIMIT \(limit)
            """, HousingOffer.init(row:))
    }

    /// Holds a unit for a household, from the day on which it is free. Throws `Overtaken` when the search has ended;
    /// the database refuses it where something else takes its time by now (`unit_taken`), and where another is held for
    /// them (`offer_held_once`).
    func hold(
        _ unit: ProvidedUnit, _ form: UnitHoldForm, as id: UUID, for request: HousingRequest, of record: CaseRecord,
        _ visit: Visit
    ) throws {
        let until = visit.now.addingTimeInterval(TimeInterval(form.hours) * 3_600)
        guard try waitForTurn(request.id) else { throw Overtaken() }
        try endRunOut(of: request.id, visit)
        try run("""
            INSERT INTO app.housing_offer (id, partnership_id, agency_id, case_id, person_id, request_id, unit_id,
                provider_id, although, state, held_until, asked_at, asked_by, adults, children, home_area_id, near)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(request.id),
                \(unit.id), \(unit.agency), \(form.although), \(OfferState.held), \(until), \(visit.now),
                \(visit.viewer.account), \(request.needs.adults), \(request.needs.children.count),
                \(request.needs.homeArea), (\(Self.nearWhoHarms(record.person))))
            """)
        let free = unit.now?.until ?? visit.today
        try occupy(
            unit.id, of: unit.agency, .hold, from: max(free, visit.today), as: UUID(), by: id, heldUntil: until, visit)
        try startTask(NewTask(
            kind: .housing, agency: record.agency, caseID: record.id, request: request.id, owner: visit.viewer.account,
            due: until), visit)
    }

    /// Keyed tokens of where those live who harm somebody, and whoever lives with those; NULL when no address is known.
    private static func nearWhoHarms(_ person: UUID) -> SQL {
        """
        SELECT array_agg(DISTINCT token ORDER BY token) FROM app.person_address a CROSS JOIN unnest(a.near) token
        WHERE a.until_day IS NULL AND a.person_id IN (
            SELECT r.harming_id FROM app.relationship r WHERE r.harmed_id = \(person)
            UNION SELECT o.person_id FROM app.relationship r
            JOIN app.household_member m ON m.person_id = r.harming_id AND m.until_day IS NULL
            JOIN app.household_member o ON o.household_id = m.household_id AND o.until_day IS NULL
            WHERE r.harmed_id = \(person) AND o.person_id <> \(person))
        """
    }

    /// Puts down how a household was told where its home is.
    func tell(_ how: ToldHow, of offer: HousingOffer, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.address_told (id, partnership_id, agency_id, offer_id, how, told_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(offer.provider), \(offer.id), \(how), \(visit.now),
                    \(visit.viewer.account))
            """)
    }

    /// Puts down that somebody outside the partnership was asked. Throws `Overtaken` when the search has ended.
    func ask(
        _ form: ElsewhereForm, as id: UUID, for request: HousingRequest, of record: CaseRecord, _ visit: Visit
    ) throws {
        guard try waitForTurn(request.id) else { throw Overtaken() }
        try run("""
            INSERT INTO app.housing_offer (id, partnership_id, agency_id, case_id, person_id, request_id, asked_of,
                reference, state, asked_at, asked_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person), \(request.id),
                \(form.askedOf), \(form.reference), \(OfferState.asked), \(form.askedAt), \(visit.viewer.account))
            """)
    }

    /// What came of it: the unit is let go, held until they move in, or theirs. Throws `Overtaken` when somebody else
    /// answered meanwhile; the database refuses what another household has by now (`unit_taken`).
    func answer(
        _ offer: HousingOffer, _ form: AnswerForm, for request: HousingRequest, basedOn version: Int, _ visit: Visit
    ) throws {
        let goesOn = try waitForTurn(request.id)
        guard goesOn || ![.accepted, .placed].contains(form.state) else { throw Overtaken() }
        // Whoever was told yes has until the day after they need it, and three days at least.
        let until = form.state == .accepted
            ? max(visit.now.addingTimeInterval(72 * 3_600),
                  London.moment(request.needs.neededOn.adding(2), minute: 0) ?? visit.now) : nil
        let changed = try run("""
            UPDATE app.housing_offer SET state = \(form.state), answered_at = \(visit.now),
                   answered_by = \(visit.viewer.account), reasons = \(form.reasons.map(\.rawValue)),
                   main_reason = \(form.main), words = \(form.words), moved_in_on = \(form.movedIn),
                   held_until = coalesce(\(until), held_until), version = version + 1
            WHERE id = \(offer.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        try run("DELETE FROM app.unit_time WHERE offer_id = \(offer.id) AND kind = 'hold'")
        if let unit = offer.unit, let provider = offer.provider {
            switch form.state {
            case .accepted:
                let free = try dayFree(unit, visit)
                try occupy(
                    unit, of: provider, .hold, from: free, as: UUID(), by: offer.id, heldUntil: until, visit)
            case .placed:
                let id = UUID()
                let day = form.movedIn ?? visit.today
                try occupy(unit, of: provider, .stay, from: day, as: id, by: offer.id, visit)
                try addStay(UnitStay(request.needs), in: id, of: provider, due: Stay.planDue(from: day), visit)
            default: break
            }
        }
        if form.state == .placed { try end(request, offer.unit == nil ? .otherRefuge : .placed, visit) }
    }

    /// Ends a request, whatever is held for it is let go. Throws `Overtaken` when somebody did so meanwhile.
    func end(_ request: HousingRequest, _ outcome: SearchOutcome, _ visit: Visit) throws {
        _ = try waitForTurn(request.id)
        let changed = try run("""
            UPDATE app.housing_request SET outcome = \(outcome), ended_at = \(visit.now),
                   ended_by = \(visit.viewer.account), version = version + 1
            WHERE id = \(request.id) AND ended_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        try endRunOut(of: request.id, visit)
        try run("""
            DELETE FROM app.unit_time WHERE kind = 'hold' AND offer_id IN
                (SELECT o.id FROM app.housing_offer o WHERE o.request_id = \(request.id))
            """)
        try run("""
            UPDATE app.housing_offer SET state = 'withdrawn', answered_at = \(visit.now),
                   answered_by = \(visit.viewer.account), version = version + 1
            WHERE request_id = \(request.id) AND state IN ('asked', 'held', 'accepted')
            """)
    }

    /// What is done about one search is done one after the other: who ends it and who says yes to a home would else
    /// each see the other's too late. Whether it still goes on.
    private func waitForTurn(_ request: UUID) throws -> Bool {
        try waitForTurn(.housingSearch, of: request.column)
        return try first("""
            SELECT ended_at IS NULL AS goes_on FROM app.housing_request WHERE id = \(request)
            """) { try $0["goes_on"] as Bool } ?? false
    }

    /// What ran out is kept as that, before anything else is held.
    private func endRunOut(of request: UUID, _ visit: Visit) throws {
        try run("""
            UPDATE app.housing_offer SET state = 'ranOut', answered_at = \(visit.now),
                   answered_by = \(visit.viewer.account), version = version + 1
            WHERE request_id = \(request) AND state IN ('held', 'accepted') AND held_until <= \(visit.now)
            """)
    }

    /// From when a unit is free: today, or when what takes it ends.
    private func dayFree(_ unit: UUID, _ visit: Visit) throws -> Day {
        try first("""
            SELECT greatest(upper(during), \(visit.today)::date) AS free FROM app.unit_time
            WHERE unit_id = \(unit) AND during @> \(visit.today)::date AND NOT upper_inf(during) AND kind <> 'hold'
            """) { try $0["free"] as Day } ?? visit.today
    }
}

extension UnitStay {
    /// Of a household that was placed through the partnership.
    fileprivate init(_ needs: HouseholdNeeds) {
        self.init(
            adults: needs.adults, children: needs.children.count, cameBy: .partnership,
            isFromOutside: needs.homeArea == nil ? .notKnown : .no, leftTo: nil, leftBecause: nil)
    }
}

extension HousingOffer {
    init(row: Row) throws {
        let reasons: [String] = try row["reasons"]
        self.init(
            id: try row["id"], request: try row["request_id"], caseID: try row["case_id"], agency: try row["agency_id"],
            agencyName: try row["agency"] ?? "", unit: try row["unit_id"], unitNumber: try row["number"],
            provider: try row["provider_id"], providerName: try row["provider"], askedOf: try row["asked_of"],
            reference: try row["reference"], although: try row["although"], recorded: try row["state"],
            heldUntil: try row["held_until"], askedAt: try row["asked_at"], askedBy: try row["asker"] ?? "",
            answeredAt: try row["answered_at"], answeredBy: try row["answerer"],
            reasons: reasons.compactMap(HousingReason.init(rawValue:)), mainReason: try row["main_reason"],
            words: try row["words"], movedInOn: try row["moved_in_on"], version: try row["version"],
            toldHow: try row["how"], toldAt: try row["told_at"], nearness: try row["nearness"])
    }
}
