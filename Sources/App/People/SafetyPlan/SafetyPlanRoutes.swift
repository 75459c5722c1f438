import Foundation
import Pages
import Postgres

extension Site {
    /// What somebody means to do to be safer: an adult's plan, a child-friendly one, their versions, and a sheet of
    /// paper.
    mutating func addSafetyPlans() {
        get("people/:id/plan", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let seen = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                try db.audit(.safetyPlanViewed, .person, id)
                return PlansOfPerson(
                    person: person, contact: try db.safeContact(of: id, visit),
                    plans: try db.safetyPlans(of: id, visit), earlier: try db.earlierPlans(of: id),
                    shared: try db.planReaders(of: id, visit))
            }
            return .page(safetyPlansPage(seen, visit))
        }
        for kind in PlanKind.allCases {
            get("people/:id/plan/\(kind.rawValue)", .needs(.editPeople)) { visit in
                let id = try visit.id()
                // The form shows what the newest version says: that is a look at it.
                let (person, plan, kept) = try await visit.write { db in
                    let person = try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
                    try db.audit(.safetyPlanViewed, .person, id)
                    return (person, try db.safetyPlans(of: id, visit).first { $0.kind == kind },
                            try db.keptAnswers(visit))
                }
                let answers = kept.over(SafetyPlanForm.answers(from: plan, today: visit.today))
                return .page(writePlanPage(person, kind, answers, visit, notice: kept.notice(visit)))
            }
            post("people/:id/plan/\(kind.rawValue)", .needs(.editPeople)) { visit in
                try await visit.writePlan(kind)
            }
        }
        get("people/:id/plan/:plan", .needs(.viewPeople)) { visit in
            let (id, planID) = (try visit.id(), try visit.id("plan"))
            let (person, contact, plan) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                let plan = try db.safetyPlan(planID, of: id, visit).orNotFound()
                try db.audit(.safetyPlanViewed, .person, id)
                return (person, try db.safeContact(of: id, visit), plan)
            }
            return .page(planVersionPage(person, contact, plan, visit))
        }
        // The audit commits before the words are opened: a failure to audit is a failure to show.
        get("people/:id/plan/:plan/print", .needs(.viewPeople)) { visit in
            let (id, planID) = (try visit.id(), try visit.id("plan"))
            try await visit.write { db in
                _ = try db.person(id, within: visit.viewer).orNotFound()
                guard try db.hasSafetyPlan(planID, of: id) else { throw Refusal.notFound }
                try db.audit(.safetyPlanOpened, .person, id)
                try db.audit(.textChecked, .person, id)
            }
            let (plan, known) = try await visit.read { db in
                (try db.safetyPlan(planID, of: id, visit).orNotFound(), try db.gateKnowledge(of: id, visit))
            }
            let gate = PaperGate(known: known, reader: "they, and whoever finds it")
            return .page(planPaper(plan, gate, back: "/people/\(id.column)/plan"))
        }
    }
}

extension Visit {
    fileprivate func writePlan(_ kind: PlanKind) async throws -> Reply {
        let id = try id()
        let person = try await read { db in try db.person(id, within: viewer, to: .editPeople).orNotFound() }
        let version = try typed.version
        var answers = typed
        guard let form = SafetyPlanForm(&answers, kind, today: today) else {
            return .invalid(writePlanPage(person, kind, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/people/\(id.column)/plan") { db in
                    try db.writeSafetyPlan(UUID(), kind, form, of: person, basedOn: version, self)
                    try db.audit(.safetyPlanWritten, .person, id)
                }
            })
        } catch is Overtaken {
            let theirs = try await write { db in
                try db.audit(.safetyPlanViewed, .person, id)
                return try db.safetyPlans(of: id, self).first { $0.kind == kind }.orNotFound()
            }
            return .conflict(planConflictPage(person, theirs, answers, self))
        }
    }
}
