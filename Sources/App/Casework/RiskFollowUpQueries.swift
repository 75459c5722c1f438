import Foundation
import Postgres

// What follows from a grade: the second person's word, police incidents, the MARAC decision, licensed wording.

extension Connection {
    func confirmRisk(
        _ risk: RiskAssessment, _ form: SecondWord, of person: Person, caseID: UUID?, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.risk_confirmation (risk_id, partnership_id, agency_id, person_id, case_id, assessed_by,
                agreed, reason, decided_at, decided_by)
            VALUES (\(risk.id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(caseID),
                \(risk.assessedByAccount), \(form.agrees), \(form.reason), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// The newest police incidents and MARAC decisions of a person: one statement.
    func followUps(of person: UUID) throws -> (incidents: [PoliceIncident], decisions: [MaracDecision]) {
        var incidents: [PoliceIncident] = []
        var decisions: [MaracDecision] = []
        _ = try all("""
            SELECT f.*, a.full_name FROM (
                (SELECT i.id, i.happened_on, i.reference AS said, i.told_by AS more, i.recorded_at AS at,
                        i.recorded_by AS by
                 FROM app.police_incident i WHERE i.person_id = \(person) ORDER BY i.happened_on DESC, i.id LIMIT 50)
                UNION ALL
                (SELECT m.id, NULL, m.decision, m.because, m.decided_at, m.decided_by
                 FROM app.marac_decision m WHERE m.person_id = \(person) ORDER BY m.decided_at DESC, m.id LIMIT 25)
            ) f LEFT JOIN app.account a ON a.id = f.by
            ORDER BY f.happened_on DESC NULLS LAST, CASE WHEN f.happened_on IS NULL THEN f.at END DESC, f.id
            """) { row in
            let by: String = try row["full_name"] ?? ""
            if let day: Day = try row["happened_on"] {
                incidents.append(PoliceIncident(
                    day: day, reference: try row["said"], toldBy: try row["more"], recordedBy: by))
            } else {
                decisions.append(MaracDecision(
                    answer: try row["said"], because: try row["more"], at: try row["at"], by: by))
            }
        }
        return (incidents, decisions)
    }

    /// False when an incident of that reference is on record already.
    func insertIncident(_ id: UUID, _ form: IncidentForm, of person: Person, _ visit: Visit) throws -> Bool {
        try run("""
            INSERT INTO app.police_incident (id, partnership_id, agency_id, person_id, happened_on, reference, told_by,
                recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(form.day),
                \(form.reference), \(form.toldBy), \(visit.now), \(visit.viewer.account))
            ON CONFLICT (person_id, agency_id, reference) DO NOTHING
            """) == 1
    }

    func insertMaracDecision(
        _ id: UUID, _ form: MaracForm, of person: Person, caseID: UUID?, risk: UUID?, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.marac_decision (id, partnership_id, agency_id, person_id, case_id, risk_id, decision,
                because, decided_at, decided_by)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(caseID), \(risk),
                \(form.answer), \(form.because), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Those of these agencies that the viewer may know of, by name.
    func agencyNames(_ ids: [UUID]) throws -> [(id: UUID, name: String)] {
        try all("SELECT id, name FROM app.agency WHERE id = ANY (\(ids)::uuid[]) ORDER BY name LIMIT 50") {
            (id: try $0["id"], name: try $0["name"])
        }
    }

    /// The agencies whose teams the viewer sees: what a figure of theirs is about.
    func teamNames(_ visit: Visit) throws -> [String] { try agencyNames(visit.viewer.agencies(.viewTeam)).map(\.name) }

    func insertWording(_ id: UUID, _ form: WordingForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.instrument_wording (id, partnership_id, agency_id, instrument, version, from_day,
                until_day, lines, loaded_at, loaded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.code), \(form.version),
                \(form.from), \(form.until), \(form.lines)::text[], \(visit.now), \(visit.viewer.account))
            """)
    }
}
