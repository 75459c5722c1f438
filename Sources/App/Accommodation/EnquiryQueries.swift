import Foundation
import Postgres

extension AccommodationService {
    /// A service as it is chosen from a list.
    struct Named: Equatable, Sendable {
        let id: UUID
        let agency: UUID
        let name: String
    }
}

extension Connection {
    /// The services that the viewer runs, by name; those that have ended too, since older enquiries are theirs.
    func namedServices(_ visit: Visit) throws -> [AccommodationService.Named] {
        try all("""
            SELECT id, agency_id, name FROM app.accommodation_service
            WHERE agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[]) ORDER BY name, id LIMIT 60
            """) { AccommodationService.Named(id: try $0["id"], agency: try $0["agency_id"], name: try $0["name"]) }
    }

    /// What was put down of enquiries, newest first: 25 and one more.
    func enquiries(before: Keyset?, _ visit: Visit) throws -> [Enquiry] {
        let last = before ?? .end
        return try enquiries("""
            (e.asked_on, e.id) < (\(London.day(of: last.at))::date, \(last.id)::uuid)
            """, visit, limit: 26)
    }

    func enquiry(_ id: UUID, _ visit: Visit) throws -> Enquiry? { try enquiries("e.id = \(id)", visit, limit: 1).first }

    private func enquiries(_ which: SQL, _ visit: Visit, limit: Int) throws -> [Enquiry] {
        try all("""
            SELECT e.id, e.service_id, s.name, s.kind, e.asked_on, e.route, e.from_outside, e.home_area_id,
                   a.name AS area, e.adults, e.children, e.state, e.reasons, e.main_reason, e.answered_on, e.version
            FROM app.housing_enquiry e JOIN app.accommodation_service s ON s.id = e.service_id
            LEFT JOIN app.area a ON a.id = e.home_area_id
            WHERE e.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[]) AND \(which)
            ORDER BY e.asked_on DESC, e.id DESC LIMIT \(limit)
            """, Enquiry.init(row:))
    }

    func addEnquiry(_ id: UUID, _ form: EnquiryForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.housing_enquiry (id, partnership_id, agency_id, service_id, asked_on, route, from_outside,
                home_area_id, adults, children, state, reasons, main_reason, answered_on, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.service.agency), \(form.service.id), \(form.askedOn),
                \(form.route), \(form.from.isOutside), \(form.from.area), \(form.adults), \(form.children),
                \(form.state), \(form.reasons.all.map(\.rawValue)), \(form.reasons.main), \(form.answeredOn),
                \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Throws `Overtaken` when a colleague changed it meanwhile. It stays with its agency.
    func change(_ enquiry: Enquiry, _ form: EnquiryForm, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.housing_enquiry SET service_id = \(form.service.id), asked_on = \(form.askedOn),
                route = \(form.route), from_outside = \(form.from.isOutside), home_area_id = \(form.from.area),
                adults = \(form.adults), children = \(form.children), state = \(form.state),
                reasons = \(form.reasons.all.map(\.rawValue)), main_reason = \(form.reasons.main),
                answered_on = \(form.answeredOn), version = version + 1
            WHERE id = \(enquiry.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension Enquiry {
    init(row: Row) throws {
        let reasons: [String] = try row["reasons"]
        self.init(
            id: try row["id"], service: try row["service_id"], serviceName: try row["name"], kind: try row["kind"],
            askedOn: try row["asked_on"], route: try row["route"],
            from: ComesFrom(outside: try row["from_outside"], area: try row["home_area_id"]), areaName: try row["area"],
            adults: try row["adults"], children: try row["children"], state: try row["state"],
            reasons: reasons.compactMap(HousingReason.init(rawValue:)), mainReason: try row["main_reason"],
            answeredOn: try row["answered_on"], version: try row["version"])
    }
}
