import Foundation
import Postgres

extension Connection {
    /// Says anew how a household travels. Version 0: nothing was said before. Throws `Overtaken` when somebody else
    /// said something meanwhile.
    func arrange(
        _ form: TravelForm, for request: HousingRequest, of record: CaseRecord, basedOn version: Int, _ visit: Visit
    ) throws {
        let changed = version == 0
            ? try run("""
                INSERT INTO app.housing_travel (request_id, partnership_id, agency_id, case_id, person_id, how, paid_by,
                                                booked, recorded_at, recorded_by)
                VALUES (\(request.id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                        \(form.how), \(form.payer), \(form.booked), \(visit.now), \(visit.viewer.account))
                ON CONFLICT (request_id, agency_id) DO NOTHING
                """)
            : try run("""
                UPDATE app.housing_travel SET how = \(form.how), paid_by = \(form.payer), booked = \(form.booked),
                       recorded_at = \(visit.now), recorded_by = \(visit.viewer.account), version = version + 1
                WHERE request_id = \(request.id) AND version = \(version)
                """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension Travel {
    /// Nil where nothing is arranged, or for whom it is not.
    init?(row: Row) throws {
        guard let how: TravelMeans = try row["travel_how"] else { return nil }
        self.init(
            how: how, payer: try row["travel_paid_by"], booked: try row["travel_booked"],
            version: try row["travel_version"])
    }
}
