import Foundation
import Postgres

extension Connection {
    /// Where a unit's time went, newest first.
    func times(of unit: UUID) throws -> [UnitTime] {
        try all("""
            SELECT t.id AS time, t.kind AS time_kind, lower(t.during) AS time_from, upper(t.during) AS time_until,
                   t.version AS time_version, t.held_until, y.adults, y.children, y.came_by, y.from_outside, y.left_to,
                   y.left_because, coalesce(y.stay_id, y.time_id) AS stay_root
            FROM app.unit_time t LEFT JOIN app.unit_stay y ON y.time_id = t.id
            WHERE t.unit_id = \(unit) ORDER BY lower(t.during) DESC, t.recorded_at DESC LIMIT 50
            """) { row in
            let adults: Int? = try row["adults"]
            let stay = try adults.map { adults in
                UnitStay(
                    adults: adults, children: try row["children"], cameBy: try row["came_by"],
                    isFromOutside: try row["from_outside"], leftTo: try row["left_to"],
                    leftBecause: try row["left_because"])
            }
            var time = try UnitTime(row: row, stay: stay).orNotFound()
            time.stayID = try row["stay_root"]
            return time
        }
    }

    /// What happened next to a unit. Throws `Overtaken` when a colleague put something down meanwhile; what overlaps
    /// with what stands there is refused by the database (`unit_taken`).
    func take(_ form: UnitStepForm, on unit: ProvidedUnit, basedOn version: Int, _ visit: Visit) throws {
        guard try run("""
            UPDATE app.housing_unit SET version = version + 1, confirmed_at = \(visit.now)
            WHERE id = \(unit.id) AND version = \(version)
            """) == 1 else { throw Overtaken() }
        if let now = unit.now { try end(now, on: form.day, form.left, visit) }
        let kind: UnitTimeKind? = switch form.step {
        case .movedIn: .stay
        case .repair: .repair
        case .closed: .closed
        case .movedOut, .ready: nil
        }
        guard let kind else { return try letRunOutGo(unit.id, visit) }
        let id = UUID()
        try occupy(unit.id, of: unit.agency, kind, from: form.day, as: id, visit)
        if let stay = form.stay {
            try addStay(stay, in: id, of: unit.agency, due: Stay.planDue(from: form.day), visit)
        }
    }

    /// Takes a unit's time from a day on, for an offer or by whoever runs it. A hold that ran out goes first; what
    /// overlaps with anything else is refused by the database (`unit_taken`).
    func occupy(
        _ unit: UUID, of provider: UUID, _ kind: UnitTimeKind, from day: Day, as id: UUID, by offer: UUID? = nil,
        heldUntil: Date? = nil, partOf stay: UUID? = nil, _ visit: Visit
    ) throws {
        try letRunOutGo(unit, visit)
        try run("""
            INSERT INTO app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, offer_id, held_until,
                                       stay_id, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(provider), \(unit), \(kind), daterange(\(day), NULL),
                    \(offer), \(heldUntil), \(stay), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// A hold whose time has run out takes nobody's home.
    func letRunOutGo(_ unit: UUID, _ visit: Visit) throws {
        try run("DELETE FROM app.unit_time WHERE unit_id = \(unit) AND kind = 'hold' AND held_until <= \(visit.now)")
    }

    /// Who lives in a unit in a time of its; after a move, as part of the stay that `first` began.
    func addStay(
        _ stay: UnitStay, in time: UUID, of provider: UUID, partOf first: UUID? = nil, due: Day? = nil, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.unit_stay (time_id, partnership_id, agency_id, stay_id, adults, children, came_by,
                                       from_outside, due_on)
            VALUES (\(time), \(visit.viewer.partnership), \(provider), \(first), \(stay.adults), \(stay.children),
                    \(stay.cameBy), \(stay.isFromOutside), \(due))
            """)
    }

    /// Whoever leaves on the day they came was there for that night: a time is never empty.
    private func end(_ time: UnitTime, on day: Day, _ left: LeftUnit?, _ visit: Visit) throws {
        try run("""
            UPDATE app.unit_time SET during = daterange(lower(during), greatest(\(day)::date, lower(during) + 1)),
                   version = version + 1
            WHERE id = \(time.id)
            """)
        if let left { try leave(left, time: time.id, visit) }
    }
}

extension UnitTime {
    /// Nil where nothing takes the unit.
    init?(row: Row, stay: UnitStay? = nil) throws {
        guard let id: UUID = try row["time"] else { return nil }
        self.init(
            id: id, kind: try row["time_kind"], from: try row["time_from"], until: try row["time_until"],
            heldUntil: try row["held_until"], version: try row["time_version"], stay: stay)
    }
}

extension AccommodationService {
    init(row: Row) throws {
        let nrpf: [String]? = try row["nrpf"]
        let needs: [NeedTaken: HomeFact] = [
            .mentalHealth: try row["mental_health"], .substances: try row["substances"],
            .offending: try row["offending"], .arson: try row["arson"],
        ]
        self.init(
            id: try row["service"], agency: try row["agency_id"], agencyName: try row["agency"],
            areaName: try row["area"],
            terms: ServiceTerms(
                name: try row["name"], kind: try row["kind"], provider: try row["provider"],
                landlord: try row["landlord"], commissioner: try row["commissioner"], area: try row["area_id"],
                isOwnAreaOnly: try row["own_area_only"], shares: try row["shares"], isSupported: try row["supported"],
                takes: try row["takes"], takesTrans: try row["takes_trans"], sons: try row["sons"],
                oldestSon: try row["oldest_son"], nrpf: nrpf.map { $0.compactMap(NRPFFunding.init(rawValue:)) },
                needs: needs, staffing: try row["staffing"], languages: try row["languages"],
                byAndFor: try row["by_and_for"], familySharesRoom: try row["family_shares_room"],
                unsafeAreas: try row["unsafe_areas"]),
            endedOn: try row["service_ended_on"], version: try row["service_version"])
    }
}

extension ProvidedUnit {
    init(row: Row) throws {
        let features = try UnitFeature.allCases.map { feature in
            (feature, try row[feature.rawValue] as HomeFact)
        }
        self.init(
            id: try row["id"], agency: try row["agency_id"], service: try AccommodationService(row: row),
            number: try row["number"],
            size: UnitSize(
                bedspaces: try row["bedspaces"], bedrooms: try row["bedrooms"], adults: try row["most_adults"],
                children: try row["most_children"], cots: try row["cots"],
                features: Dictionary(uniqueKeysWithValues: features)),
            endedOn: try row["ended_on"], confirmedAt: try row["confirmed_at"], version: try row["version"],
            now: try UnitTime(row: row))
    }
}
