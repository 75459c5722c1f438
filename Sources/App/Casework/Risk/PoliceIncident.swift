import Foundation
import Pages
import Postgres

/// An incident that the police recorded about a person.
struct PoliceIncident: Sendable {
    let day: Day
    let reference: String
    let toldBy: String
    let recordedBy: String
}

struct IncidentForm: Equatable, Sendable {
    let day: Day
    let reference: String
    let toldBy: String

    init?(_ answers: inout Answers, known: [PoliceIncident], today: Day) {
        let day = answers.pastDay(
            "happened", name: "The day", missing: "Enter the day on which it happened", today: today)
        let reference = answers.text("reference", most: 60, name: "Reference")
        if reference.isEmpty { answers.refuse("reference", "Enter the police reference, so that it is counted once") }
        let toldBy = answers.text("told-by", most: 200, name: "Who told us")
        if toldBy.isEmpty { answers.refuse("told-by", "Enter who told us, such as the officer’s team") }
        if known.contains(where: { $0.reference.lowercased() == reference.lowercased() }) {
            answers.refuse("reference", "An incident with this reference is on record already")
        }
        guard let day, answers.errors.isEmpty else { return nil }
        (self.day, self.reference, self.toldBy) = (day, reference, toldBy)
    }
}

extension Site {
    mutating func addPoliceIncidents() {
        get("people/:id/incidents/new", .needs(.assessRisk)) { visit in
            let id = try visit.id()
            let (person, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .assessRisk).orNotFound(), try db.keptAnswers(visit))
            }
            return .page(incidentPage(person, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/incidents/new", .needs(.assessRisk)) { visit in
            let id = try visit.id()
            let (person, known) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .assessRisk).orNotFound(),
                 try db.followUps(of: id).incidents)
            }
            var answers = visit.typed
            guard let form = IncidentForm(&answers, known: known, today: visit.today) else {
                return .invalid(incidentPage(person, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)/risk") { db in
                    try db.addIncident(form, of: person, visit)
                }
            })
        }
    }
}

extension Connection {
    /// Records an incident, which proposes a new assessment; the third in twelve months makes that urgent.
    func addIncident(_ form: IncidentForm, of person: Person, _ visit: Visit) throws {
        try holdRisk(of: person.id)
        let id = UUID()
        let isNew = try insertIncident(id, form, of: person, visit)
        guard isNew else { return }
        try audit(.policeIncidentRecorded, .person, person.id)
        try note(
            .policeIncident, onEach: openCases(of: person.id), of: person, subject: id, form.day.description, visit)
        let standing = try riskStanding(of: person.id, on: visit.today)
        let escalates = standing.isEscalating && standing.inForce?.bases.contains(.escalation) != true
        try propose(NewRiskEvent(kind: .newIncident, day: form.day, isUrgent: escalates), of: person.id,
                    agency: person.agency, visit)
    }
}

func incidentList(_ incidents: [PoliceIncident], _ today: Day) -> HTML {
    let since = Escalation.since(today)
    let recent = incidents.count { $0.day >= since }
    let count: HTML = """
        <p class="govuk-body">\(recent) in the past 12 months; \(Escalation.incidents) are an escalation: high risk.</p>
        """
    if incidents.isEmpty { return count }
    return count + GovUK.table(
        caption: "Incidents, newest first", captionHidden: true,
        columns: ["Day", "Reference", "Told by", "Recorded by"],
        rows: incidents.map { ["\($0.day.description)", "\($0.reference)", "\($0.toldBy)", "\($0.recordedBy)"] })
}

private func incidentPage(_ person: Person, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/people/\(person.id.column)"
    return Page("Assessment", heading: "Record a police incident", errors: answers.errors, back: base + "/risk", """
        \(notice)\(visit.form(base + "/incidents/new", answers, """
            \(GovUK.dateInput("happened", legend: "On which day did it happen?", in: answers))
            \(GovUK.input("reference", label: "Police reference", width: .twenty, spellcheck: false, in: answers))
            \(GovUK.input("told-by", label: "Who told us?", in: answers))
            \(GovUK.button("Save incident"))
            """))
        """)
}
