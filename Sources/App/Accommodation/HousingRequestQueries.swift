import Foundation
import Postgres
import Statistics

extension Connection {
    func addHousingRequest(_ id: UUID, _ needs: HouseholdNeeds, of record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.housing_request (id, partnership_id, agency_id, case_id, person_id, needed_on, can_wait,
                women, men, others, child_ages, child_sexes, expecting, access, pets, needs, funds, staffing, kinds,
                home_area_id, unsafe_areas, risk, asks_trans_policy, consents, words, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(needs.neededOn), \(needs.canWait), \(needs.women), \(needs.men), \(needs.others),
                \(needs.children.map { $0.age ?? -1 }), \(needs.children.map(\.sex.rawValue)), \(needs.expecting),
                \(needs.access?.map(\.rawValue)), \(needs.pets?.map(\.rawValue)), \(needs.needs?.map(\.rawValue)),
                \(needs.funds), \(needs.staffing), \(needs.kinds.map(\.rawValue)), \(needs.homeArea),
                \(needs.unsafeAreas), \(record.risk), \(needs.asksTransPolicy), \(needs.consents), \(needs.words),
                \(visit.now), \(visit.viewer.account))
            """)
    }

    /// The requests of a case, newest first.
    func housingRequests(of caseID: UUID) throws -> [HousingRequest] {
        try housingRequests("q.case_id = \(caseID)")
    }

    /// A request of a case of the viewer's agency, or one that asks for a unit of theirs.
    func housingRequest(_ id: UUID) throws -> HousingRequest? { try housingRequests("q.id = \(id)").first }

    private func housingRequests(_ which: SQL) throws -> [HousingRequest] {
        try all("""
            SELECT q.id, q.case_id, q.agency_id, q.needed_on, q.can_wait, q.women, q.men, q.others, q.child_ages,
                   q.child_sexes, q.expecting, q.access, q.pets, q.needs, q.funds, q.staffing, q.kinds, q.home_area_id,
                   q.unsafe_areas, q.asks_trans_policy, q.consents, q.words, q.outcome, q.recorded_at, q.version, q.risk
            FROM app.housing_request q
            WHERE \(which)
            ORDER BY q.recorded_at DESC, q.id LIMIT 20
            """, HousingRequest.init(row:))
    }

    /// Every unit of the partnership with its service, free or not: matching says why not.
    func unitsToMatch(_ visit: Visit, only unit: UUID? = nil) throws -> [ProvidedUnit] {
        try all("""
            SELECT \(Self.serviceColumns), \(Self.unitColumns) FROM \(Self.unitSource(visit))
            WHERE u.ended_on IS NULL AND s.ended_on IS NULL AND (\(unit)::uuid IS NULL OR u.id = \(unit))
            ORDER BY u.number LIMIT 5000
            """, ProvidedUnit.init(row:))
    }
}

extension HousingRequest {
    init(row: Row) throws {
        func some<Fact: RawRepresentable<String>>(_ column: String, _: Fact.Type) throws -> [Fact]? {
            (try row[column] as [String]?).map { $0.compactMap(Fact.init(rawValue:)) }
        }
        let (ages, sexes): ([Int], [String]) = (try row["child_ages"], try row["child_sexes"])
        self.init(
            id: try row["id"], caseID: try row["case_id"], agency: try row["agency_id"],
            needs: HouseholdNeeds(
                neededOn: try row["needed_on"], canWait: try row["can_wait"], women: try row["women"],
                men: try row["men"], others: try row["others"],
                children: zip(ages, sexes).map { age, sex in
                    HousedChild(age: age < 0 ? nil : age, sex: ChildSex(rawValue: sex) ?? .notKnown)
                }, expecting: try row["expecting"], access: try some("access", UnitFeature.self),
                pets: try some("pets", HouseholdPet.self), needs: try some("needs", NeedTaken.self),
                funds: try row["funds"], staffing: try row["staffing"],
                kinds: try some("kinds", AccommodationKind.self) ?? [], homeArea: try row["home_area_id"],
                unsafeAreas: try row["unsafe_areas"], asksTransPolicy: try row["asks_trans_policy"],
                consents: try row["consents"], words: try row["words"]),
            risk: try row["risk"], outcome: try row["outcome"], recordedAt: try row["recorded_at"],
            version: try row["version"])
    }
}
