import Foundation
import Postgres

/// An assessment on its way into the record: made here, or received.
struct NewRisk: Sendable {
    let instrument: Instrument
    var wording: UUID?
    var answers: [Int: RiskAnswer] = [:]
    let score: RiskScore?
    let threshold: Int?
    let level: RiskLevel
    let bases: Set<RiskBasis>
    let rationale: String
    var received: (assessor: String, day: Day)?

    var line: String { "\(level.label)\(score.map { ", \($0.words)" } ?? "")" }
}

extension Connection {
    /// Puts a look at one assessment into the log, as one at its person: so that it stands among who saw the record.
    func auditLook(atRisk risk: UUID, of person: UUID) throws {
        try audit(.riskViewed, .person, person, detail: "{\"risk\":\"\(risk.column)\"}")
    }

    /// The thresholds of a tool that are in force on `day`, by area; none for a tool that doesn't count.
    func riskThresholds(_ code: InstrumentCode, on day: Day) throws -> [RiskThreshold] {
        let national = Instrument.inForce(code, on: day)?.national
        return try all("""
            SELECT a.id, a.name, t.threshold FROM app.area a
            LEFT JOIN app.risk_threshold t ON t.area_id = a.id AND t.instrument = \(code)
                 AND t.from_day <= \(day) AND (t.until_day IS NULL OR t.until_day >= \(day))
            ORDER BY a.name LIMIT 200
            """) { row in
            RiskThreshold(area: try row["id"], areaName: try row["name"], local: try row["threshold"] ?? national)
        }
    }

    /// Records an assessment. A grade that isn't lower has effect at once; a lower one waits for a second person.
    func record(_ id: UUID, _ new: NewRisk, of person: Person, _ visit: Visit) throws {
        try holdRisk(of: person.id)
        let lowers = new.level < (try latestRisk(of: person.id)?.level ?? .notAssessed)
        let cases = try openCases(of: person.id)
        try addRisk(id, new, lowers: lowers, caseID: cases.first?.id, of: person, visit)
        // What waited before is overtaken, and whatever asked for an assessment has one.
        try finishTasks(.review, about: person.id, detail: RiskTask.lowering, visit)
        try finishTasks(.reassess, about: person.id, visit)
        try answerReview(of: person.id, agency: person.agency, madeOn: new.received?.day ?? visit.today, visit)
        try audit(new.received == nil ? .riskAssessed : .riskReceived, .risk, id)
        try note(lowers ? .riskLowering : .riskAssessed, onEach: cases, of: person, subject: id, new.line, visit)
        if lowers {
            try startTask(NewTask(
                kind: .review, agency: person.agency, person: person.id, due: WorkingDays.nextDue(after: visit.now),
                detail: RiskTask.lowering), visit)
        } else {
            try clocksAfterGrade(of: person.id, new.level, new.bases, visit)
            try takesEffect(new.level, of: person.id, agency: person.agency, owner: cases.first?.worker, visit)
        }
    }

    /// The cases take the grade, and a high one asks for a MARAC decision.
    func takesEffect(_ level: RiskLevel, of person: UUID, agency: UUID, owner: UUID?, _ visit: Visit) throws {
        try run("""
            UPDATE app.case_record SET risk = \(level), version = version + 1
            WHERE person_id = \(person) AND closed_at IS NULL AND agency_id = ANY (app.viewer_reach())
            """)
        guard level == .high else { return }
        let isAsked: Bool? = try first("""
            SELECT true AS asked FROM app.task
            WHERE person_id = \(person) AND kind = 'maracDecision' AND done_at IS NULL
            LIMIT 1
            """) { try $0["asked"] }
        if isAsked == true { return }
        try startTask(NewTask(
            kind: .maracDecision, agency: agency, person: person, owner: owner ?? visit.viewer.account,
            due: WorkingDays.nextDue(after: visit.now), detail: RiskTask.marac), visit)
    }

    /// Puts an event of a person on the timeline of each of `cases`.
    func note(
        _ kind: TimelineKind, onEach cases: [(id: UUID, worker: UUID?)], of person: Person, subject: UUID? = nil,
        _ summary: String, _ visit: Visit
    ) throws {
        for open in cases {
            try note(kind, on: open.id, agency: person.agency, subject: subject, summary, visit)
        }
    }

    /// A person's open cases, newest first, with who holds them.
    func openCases(of person: UUID) throws -> [(id: UUID, worker: UUID?)] {
        try all("""
            SELECT id, worker_id FROM app.case_record
            WHERE person_id = \(person) AND closed_at IS NULL AND agency_id = ANY (app.viewer_reach())
            ORDER BY opened_at DESC LIMIT 20
            """) { (id: try $0["id"], worker: try $0["worker_id"]) }
    }

    /// The newest open case of somebody's from which a MARAC referral is written. Of those who harm nobody writes one.
    func caseToRefer(of person: UUID) throws -> UUID? {
        try first("""
            SELECT c.id FROM app.case_record c JOIN app.agency g ON g.id = c.agency_id AND g.side <> 'harming'
            WHERE c.person_id = \(person) AND c.closed_at IS NULL AND c.agency_id = ANY (app.viewer_reach())
            ORDER BY c.opened_at DESC LIMIT 1
            """) { try $0["id"] }
    }

    private func addRisk(
        _ id: UUID, _ new: NewRisk, lowers: Bool, caseID: UUID?, of person: Person, _ visit: Visit
    ) throws {
        let bases = RiskBasis.allCases.filter(new.bases.contains).map(\.rawValue)
        let national = new.score == nil ? nil : new.instrument.national
        try run("""
            INSERT INTO app.risk_assessment (id, partnership_id, agency_id, person_id, case_id, instrument,
                instrument_version, wording_id, answers, yes_count, open_count, threshold, national_threshold, level,
                bases, rationale, assessor, received_day, lowers, assessed_at, assessed_by)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(caseID),
                \(new.instrument.code), \(new.instrument.version), \(new.wording), \(RiskAnswer.text(new.answers)),
                \(new.score?.yes), \(new.score?.open), \(new.threshold), \(national), \(new.level), \(bases)::text[],
                \(new.rationale), \(new.received?.assessor ?? ""), \(new.received?.day), \(lowers), \(visit.now),
                \(visit.viewer.account))
            """)
    }

    /// Puts an assessment that was made before the case was opened with the case.
    func putRisk(_ id: UUID, withCase caseID: UUID) throws {
        try run("UPDATE app.risk_assessment SET case_id = \(caseID) WHERE id = \(id) AND case_id IS NULL")
    }

    /// What waits for a decision about a person goes to whoever now holds their case.
    func giveRiskTasks(about person: UUID, to owner: UUID?) throws {
        try run("""
            UPDATE app.task SET owner_id = \(owner)
            WHERE person_id = \(person) AND kind IN ('maracDecision', 'reassess', 'riskReview') AND done_at IS NULL
            """)
    }
}

/// What the tasks of this folder say is to be done.
enum RiskTask {
    static let lowering = "A lower grade waits for a second person"
    static let marac = "MARAC: referred, repeat, or not, because"
}
