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

    /// Who may come along, as the record has it: the person, and the children of whom they are recorded as a parent.
    func recordedHousehold(of person: UUID, on today: Day) throws -> RecordedHousehold? {
        try first("""
            SELECT p.sex, p.area_id, c.births, c.sexes, ARRAY(
                       SELECT DISTINCT n.kind FROM app.need n
                       JOIN app.need_change g ON g.need_id = n.id AND g.version = n.version
                       WHERE n.person_id = p.id AND n.kind IN ('mentalHealth', 'substances')
                         AND g.state IN ('open', 'partlyMet')) AS needs,
                   EXISTS (SELECT FROM app.legal_matter m WHERE m.person_id = p.id AND m.kind = 'concession'
                           AND m.withdrawn_at IS NULL) AS has_concession
            FROM app.person p CROSS JOIN LATERAL (
                SELECT coalesce(array_agg(k.date_of_birth::text ORDER BY k.date_of_birth, k.id), '{}') AS births,
                       coalesce(array_agg(k.sex ORDER BY k.date_of_birth, k.id), '{}') AS sexes
                FROM (SELECT c.id, c.date_of_birth, c.sex FROM app.child_tie t JOIN app.person c ON c.id = t.child_id
                      WHERE t.adult_id = p.id AND t.kind IN ('parent', 'parentalResponsibility')
                        AND c.date_of_birth > \(today)::date - interval '18 years'
                      ORDER BY c.date_of_birth, c.id LIMIT 8) k) c
            WHERE p.id = \(person)
            """) { row in
            let (births, sexes): ([String], [Sex]) = (try row["births"], try (row["sexes"] as [String]).compactMap {
                Sex(rawValue: $0)
            })
            return RecordedHousehold(
                sex: try row["sex"], area: try row["area_id"], children: zip(births, sexes).map { birth, sex in
                    HousedChild(age: Day(column: birth)?.years(until: today), sex: ChildSex(sex))
                }, needs: try (row["needs"] as [String]).compactMap(NeedTaken.init(rawValue:)),
                hasConcession: try row["has_concession"])
        }
    }

    /// The requests of a case, newest first.
    func housingRequests(of caseID: UUID) throws -> [HousingRequest] {
        try housingRequests("q.case_id = \(caseID)")
    }

    /// What agencies asked for since a day, the newest first.
    func housingRequests(of agencies: [UUID], since: Day, most: Int) throws -> [HousingRequest] {
        try all("""
            SELECT \(Self.requestColumns) FROM \(Self.requestSource)
            WHERE q.agency_id = ANY (\(agencies)::uuid[]) AND q.recorded_at >= \(since)::date
            ORDER BY q.recorded_at DESC, q.id LIMIT \(most)
            """, HousingRequest.init(row:))
    }

    /// A request of a case of the viewer's agency, or one that asks for a unit of theirs.
    func housingRequest(_ id: UUID) throws -> HousingRequest? { try housingRequests("q.id = \(id)").first }

    /// The same, opened: what is news of it no longer is to whoever reads it.
    func openHousingRequest(_ id: UUID, _ visit: Visit) throws -> HousingRequest? {
        try housingRequests("q.id = \(id)", after: "WITH news AS (\(Self.readNews(of: id, visit)))").first
    }

    /// The searches of the viewer's agencies that go on, the longest first.
    func openSearches(_ visit: Visit) throws -> [OpenSearch] {
        try all("""
            SELECT \(Self.requestColumns), c.reference
            FROM \(Self.requestSource) JOIN app.case_record c ON c.id = q.case_id
            WHERE q.agency_id = ANY (\(visit.viewer.agencies(.seekHousing))::uuid[]) AND q.ended_at IS NULL
            ORDER BY q.recorded_at, q.id LIMIT 200
            """) { OpenSearch(request: try HousingRequest(row: $0), reference: try $0["reference"]) }
    }

    /// Which of the viewer's searches that go on stay apart, by what the database knows and tells nobody.
    func searchesApart() throws -> Set<KeptApart> {
        let pairs = try all("SELECT request_id, other_id FROM app.kept_apart() LIMIT 19900") { row in
            try KeptApart((row["request_id"] as UUID).column, (row["other_id"] as UUID).column)
        }
        return Set(pairs)
    }

    private static let requestColumns: SQL = """
        q.id, q.case_id, q.agency_id, q.needed_on, q.can_wait, q.women, q.men, q.others, q.child_ages, q.child_sexes,
        q.expecting, q.access, q.pets, q.needs, q.funds, q.staffing, q.kinds, q.home_area_id, q.unsafe_areas,
        q.asks_trans_policy, q.consents, q.words, q.outcome, q.recorded_at, q.version, q.risk, t.how AS travel_how,
        t.paid_by AS travel_paid_by, t.booked AS travel_booked, t.version AS travel_version
        """
    private static let requestSource: SQL = """
        app.housing_request q LEFT JOIN app.housing_travel t ON t.request_id = q.id
        """

    private func housingRequests(_ which: SQL, after first: SQL = "") throws -> [HousingRequest] {
        try all("""
            \(first)
            SELECT \(Self.requestColumns)
            FROM \(Self.requestSource)
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
            version: try row["version"], travel: try Travel(row: row))
    }
}

extension ChildSex {
    fileprivate init(_ sex: Sex) {
        switch sex {
        case .female: self = .girl
        case .male: self = .boy
        case .notAsked, .declined, .notKnown: self = .notKnown
        }
    }
}
