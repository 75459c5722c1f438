import Crypto
import Foundation
import Postgres

extension Place {
    static func unitLocation(_ unit: UUID, agency: UUID) -> Place {
        Place(table: "unit_location", column: "location_sealed", row: unit, agency: agency)
    }
}

extension Connection {
    func serviceChoices(_ visit: Visit) throws -> ServiceChoices {
        let providers = try all("""
            SELECT a.id, a.name FROM app.agency a WHERE a.id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            ORDER BY a.name LIMIT 20
            """) { AccommodationProvider(id: try $0["id"], name: try $0["name"]) }
        return ServiceChoices(providers: providers, areas: try areaChoices())
    }

    func areaChoices() throws -> [AreaChoice] {
        try all("SELECT id, name FROM app.area ORDER BY name LIMIT 200") {
            AreaChoice(id: try $0["id"], name: try $0["name"])
        }
    }

    static let serviceColumns: SQL = """
        s.id AS service, s.agency_id, g.name AS agency, r.name AS area, s.name, s.kind, s.provider, s.landlord,
        s.commissioner, s.area_id, s.own_area_only, s.shares, s.supported, s.takes, s.takes_trans, s.sons, s.oldest_son,
        s.nrpf, s.mental_health, s.substances, s.offending, s.arson, s.staffing, s.languages, s.by_and_for,
        s.family_shares_room, s.unsafe_areas, s.ended_on AS service_ended_on, s.version AS service_version
        """
    static let serviceSource: SQL = """
        app.accommodation_service s JOIN app.agency g ON g.id = s.agency_id JOIN app.area r ON r.id = s.area_id
        """

    /// The services that the viewer runs, those that go on first.
    func services(_ visit: Visit) throws -> [AccommodationService] {
        try all("""
            SELECT \(Self.serviceColumns) FROM \(Self.serviceSource)
            WHERE s.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            ORDER BY s.ended_on IS NOT NULL, s.name, s.id LIMIT 60
            """, AccommodationService.init(row:))
    }

    func service(_ id: UUID, _ visit: Visit) throws -> AccommodationService? {
        try first("""
            SELECT \(Self.serviceColumns) FROM \(Self.serviceSource)
            WHERE s.id = \(id) AND s.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            """, AccommodationService.init(row:))
    }

    func addService(_ id: UUID, _ form: ServiceForm, _ visit: Visit) throws {
        let terms = form.terms
        try run("""
            INSERT INTO app.accommodation_service (id, partnership_id, agency_id, name, kind, provider, landlord,
                commissioner, area_id, own_area_only, shares, supported, takes, takes_trans, sons, oldest_son, nrpf,
                mental_health, substances, offending, arson, staffing, languages, by_and_for, family_shares_room,
                unsafe_areas, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(terms.name), \(terms.kind), \(terms.provider),
                \(terms.landlord), \(terms.commissioner), \(terms.area), \(terms.isOwnAreaOnly), \(terms.shares),
                \(terms.isSupported), \(terms.takes), \(terms.takesTrans), \(terms.sons), \(terms.oldestSon),
                \(terms.nrpf?.map(\.rawValue)), \(terms.needs[.mentalHealth]), \(terms.needs[.substances]),
                \(terms.needs[.offending]), \(terms.needs[.arson]), \(terms.staffing), \(terms.languages),
                \(terms.byAndFor), \(terms.familySharesRoom), \(terms.unsafeAreas), \(visit.now),
                \(visit.viewer.account))
            """)
    }

    /// Throws `Overtaken` when somebody else changed it meanwhile.
    func change(_ service: AccommodationService, _ form: ServiceForm, basedOn version: Int, _ visit: Visit) throws {
        let terms = form.terms
        let changed = try run("""
            UPDATE app.accommodation_service SET name = \(terms.name), kind = \(terms.kind),
                provider = \(terms.provider), landlord = \(terms.landlord), commissioner = \(terms.commissioner),
                area_id = \(terms.area), own_area_only = \(terms.isOwnAreaOnly), shares = \(terms.shares),
                supported = \(terms.isSupported),
                takes = \(terms.takes), takes_trans = \(terms.takesTrans), sons = \(terms.sons),
                oldest_son = \(terms.oldestSon), nrpf = \(terms.nrpf?.map(\.rawValue)),
                mental_health = \(terms.needs[.mentalHealth]), substances = \(terms.needs[.substances]),
                offending = \(terms.needs[.offending]), arson = \(terms.needs[.arson]), staffing = \(terms.staffing),
                languages = \(terms.languages), by_and_for = \(terms.byAndFor),
                family_shares_room = \(terms.familySharesRoom), unsafe_areas = \(terms.unsafeAreas),
                ended_on = \(form.isEnded ? service.endedOn ?? visit.today : nil), version = version + 1
            WHERE id = \(service.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    static let unitColumns: SQL = """
        u.id, u.number, u.bedspaces, u.bedrooms, u.most_adults, u.most_children, u.cots, u.wheelchair, u.step_free,
        u.ground_floor, u.wet_room, u.hearing, u.sight, u.dogs, u.cats, u.ended_on, u.confirmed_at, u.version,
        t.id AS time, t.kind AS time_kind, lower(t.during) AS time_from, upper(t.during) AS time_until,
        t.version AS time_version, t.held_until
        """

    /// Units with their service, and what takes each today: a hold until its hour.
    static func unitSource(_ visit: Visit) -> SQL {
        """
        app.housing_unit u JOIN app.accommodation_service s ON s.id = u.service_id
        JOIN app.agency g ON g.id = s.agency_id JOIN app.area r ON r.id = s.area_id
        LEFT JOIN app.unit_time t ON t.unit_id = u.id AND t.during @> \(visit.today)::date
             AND (t.held_until IS NULL OR t.held_until > \(visit.now))
        """
    }

    /// The units that the viewer runs, by number, with how they stand today; of one service where it is named.
    func units(of service: UUID? = nil, _ visit: Visit) throws -> [ProvidedUnit] {
        try all("""
            SELECT \(Self.serviceColumns), \(Self.unitColumns) FROM \(Self.unitSource(visit))
            WHERE u.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
              AND (\(service)::uuid IS NULL OR u.service_id = \(service))
            ORDER BY u.ended_on IS NOT NULL, u.number LIMIT 200
            """, ProvidedUnit.init(row:))
    }

    func unit(_ id: UUID, _ visit: Visit) throws -> ProvidedUnit? {
        try first("""
            SELECT \(Self.serviceColumns), \(Self.unitColumns) FROM \(Self.unitSource(visit))
            WHERE u.id = \(id) AND u.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            """, ProvidedUnit.init(row:))
    }

    /// Adds a unit under the next number of the partnership; of two at once one waits for the other.
    func addUnit(_ id: UUID, _ form: UnitForm, to service: AccommodationService, _ visit: Visit) throws {
        let size = form.size
        try waitForTurn(.units, of: visit.viewer.partnership.column)
        try run("""
            INSERT INTO app.housing_unit (id, partnership_id, agency_id, service_id, number, bedspaces, bedrooms,
                most_adults, most_children, cots, wheelchair, step_free, ground_floor, wet_room, hearing, sight, dogs,
                cats, confirmed_at, recorded_at, recorded_by)
            SELECT \(id), \(visit.viewer.partnership), \(service.agency), \(service.id), coalesce(max(u.number), 0) + 1,
                \(size.bedspaces), \(size.bedrooms), \(size.adults), \(size.children), \(size.cots),
                \(size.features[.wheelchair]), \(size.features[.stepFree]), \(size.features[.groundFloor]),
                \(size.features[.wetRoom]), \(size.features[.hearing]), \(size.features[.sight]),
                \(size.features[.dogs]), \(size.features[.cats]), \(visit.now), \(visit.now), \(visit.viewer.account)
            FROM app.housing_unit u
            """)
        if let location = form.location { try keep(location, of: id, agency: service.agency, visit) }
    }

    func change(_ unit: ProvidedUnit, _ form: UnitForm, basedOn version: Int, _ visit: Visit) throws {
        let size = form.size
        let changed = try run("""
            UPDATE app.housing_unit SET bedspaces = \(size.bedspaces), bedrooms = \(size.bedrooms),
                most_adults = \(size.adults), most_children = \(size.children), cots = \(size.cots),
                wheelchair = \(size.features[.wheelchair]), step_free = \(size.features[.stepFree]),
                ground_floor = \(size.features[.groundFloor]), wet_room = \(size.features[.wetRoom]),
                hearing = \(size.features[.hearing]), sight = \(size.features[.sight]),
                dogs = \(size.features[.dogs]), cats = \(size.features[.cats]), confirmed_at = \(visit.now),
                ended_on = \(form.isEnded ? unit.endedOn ?? visit.today : nil), version = version + 1
            WHERE id = \(unit.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
        if let location = form.location { try keep(location, of: unit.id, agency: unit.agency, visit) }
    }

    /// The provider's word that all of it is so today.
    func confirmUnits(_ visit: Visit) throws {
        try run("""
            UPDATE app.housing_unit SET confirmed_at = \(visit.now)
            WHERE agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[]) AND ended_on IS NULL
            """)
    }

    /// Seals where a unit is, under a key of its own.
    private func keep(_ location: UnitLocation, of unit: UUID, agency: UUID, _ visit: Visit) throws {
        let key = SymmetricKey(size: .bits256)
        let wrapped = try WrappedKey(key, under: agencyKey(agency, visit)).bytes
        let sealed = try Sealed.seal(
            JSONEncoder().encode(location), key: key, place: .unitLocation(unit, agency: agency))
        try run("""
            INSERT INTO app.unit_location (unit_id, partnership_id, agency_id, wrapped, location_sealed, near,
                                           recorded_at, recorded_by)
            VALUES (\(unit), \(visit.viewer.partnership), \(agency), \(wrapped), \(sealed),
                    \(visit.services.keys.index.near(anywhereIn: location.address)), \(visit.now),
                    \(visit.viewer.account))
            ON CONFLICT (unit_id, agency_id) DO UPDATE SET wrapped = excluded.wrapped,
                location_sealed = excluded.location_sealed, near = excluded.near, recorded_at = excluded.recorded_at,
                recorded_by = excluded.recorded_by, version = unit_location.version + 1
            """)
    }

    /// Opens where a unit is. Call only after the reveal's audit has been committed.
    func location(of unit: ProvidedUnit, _ visit: Visit) throws -> UnitLocation? {
        let found = try first("""
            SELECT wrapped, location_sealed FROM app.unit_location WHERE unit_id = \(unit.id)
            """) { row in (wrapped: try row["wrapped"] as Data, sealed: try row["location_sealed"] as Data) }
        guard let found else { return nil }
        let key = try WrappedKey(bytes: found.wrapped).unwrapped(under: agencyKey(unit.agency, visit))
        let bytes = try Sealed.open(found.sealed, key: key, place: .unitLocation(unit.id, agency: unit.agency))
        return try JSONDecoder().decode(UnitLocation.self, from: bytes)
    }
}
