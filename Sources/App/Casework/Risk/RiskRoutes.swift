import Foundation
import Pages
import Postgres

extension Site {
    mutating func addRisk() {
        get("people/:id/risk/new", .needs(.assessRisk)) { visit in
            let id = try visit.id()
            let (person, thresholds, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .assessRisk).orNotFound(),
                 try db.riskThresholds(on: visit.today), try db.keptAnswers(visit))
            }
            return .page(dashPage(person, thresholds, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/risk/new", .needs(.assessRisk)) { visit in
            let id = try visit.id()
            let (person, thresholds) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .assessRisk).orNotFound(),
                 try db.riskThresholds(on: visit.today))
            }
            var answers = visit.typed
            guard let form = DashForm(&answers, thresholds: thresholds) else {
                return .invalid(dashPage(person, thresholds, answers, visit))
            }
            let risk = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)/risk/\(risk.column)") { db in
                    try db.addRisk(risk, form, of: person, visit)
                    for open in try db.gradeOpenCases(of: id, form.level) {
                        try db.note(.riskAssessed, on: open, agency: person.agency, subject: risk,
                                    "\(form.level.label), \(form.score.words)", visit)
                    }
                    try db.audit(.riskAssessed, .risk, risk)
                }
            })
        }
        get("people/:id/risk/:risk", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let riskID = try visit.id("risk")
            let (person, contact, risk) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                let risk = try db.risk(riskID, of: id).orNotFound()
                try db.audit(.riskViewed, .risk, riskID)
                return (person, try db.safeContact(of: id, visit), risk)
            }
            return .page(riskPage(person, contact, risk, visit))
        }
    }
}
