import Foundation
import Pages
import Postgres

extension Site {
    mutating func addAssessments() {
        get("register/assessments", .needs(.viewRegister)) { visit in
            .page(assessmentsPage(try await visit.read { db in try db.impactAssessments() }, visit))
        }
        get("register/assessments/new", .needs(.keepRegister)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(impactFormPage(nil, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("register/assessments/new", .needs(.keepRegister)) { visit in
            var answers = visit.typed
            guard let form = ImpactForm(&answers, today: visit.today) else {
                return .invalid(impactFormPage(nil, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/register/assessments/\(id.column)") { db in
                    try db.addAssessment(id, form, after: 0, visit)
                    try db.audit(.impactAssessed, .register, id)
                }
            })
        }
        get("register/assessments/:id", .needs(.viewRegister)) { visit in
            let (versions, newest, _) = try await visit.impactAssessment()
            return .page(assessmentPage(versions, newest, visit))
        }
        get("register/assessments/:id/change", .needs(.keepRegister)) { visit in
            let (_, newest, kept) = try await visit.impactAssessment()
            return .page(impactFormPage(
                newest, kept.over(ImpactForm.opening(newest)), visit, notice: kept.notice(visit)))
        }
        post("register/assessments/:id/change", .needs(.keepRegister)) { visit in try await visit.changeAssessment() }
    }
}

extension Visit {
    fileprivate func impactAssessment() async throws -> ([ImpactAssessment], ImpactAssessment, KeptAnswers) {
        let id = try id()
        let (versions, kept) = try await read { db in (try db.impactAssessment(id), try db.keptAnswers(self)) }
        return (versions, try versions.first.orNotFound(), kept)
    }

    fileprivate func changeAssessment() async throws -> Reply {
        let (_, newest, _) = try await impactAssessment()
        let version = try typed.version
        var answers = typed
        guard let form = ImpactForm(&answers, today: today) else {
            return .invalid(impactFormPage(newest, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/register/assessments/\(newest.id.column)") { db in
                    try db.addAssessment(newest.id, form, after: version, self)
                    try db.audit(.impactAssessed, .register, newest.id)
                }
            })
        } catch is Overtaken {
            let (_, now, _) = try await impactAssessment()
            return .conflict(impactFormPage(now, answers.again(over: now.version), self, notice: registerOvertaken))
        }
    }
}
