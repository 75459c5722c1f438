import Foundation
import Pages
import Postgres

extension Site {
    mutating func addOutcomes() {
        get("cases/:id/outcomes", .needs(.viewCases)) { visit in
            let around = try await visit.outcomes(to: .viewCases, isRead: true)
            return .page(outcomesPage(around, older: visit.query["older"] != nil, visit))
        }
        for stage in OutcomeStage.allCases {
            get("cases/:id/outcomes/\(stage.rawValue)", .needs(.writeNotes)) { visit in
                let (around, kept) = try await visit.takingOutcome(stage)
                var opening = Answers()
                opening.setDay("taken", visit.today)
                return .page(outcomeFormPage(around, stage, kept.over(opening), visit, notice: kept.notice(visit)))
            }
            post("cases/:id/outcomes/\(stage.rawValue)", .needs(.writeNotes)) { visit in
                try await visit.takeOutcome(stage)
            }
        }
        get("cases/:id/outcomes/:set/withdraw", .needs(.writeNotes)) { visit in
            let (around, set) = try await visit.withdrawingOutcome()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(withdrawOutcomePage(around, set, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/outcomes/:set/withdraw", .needs(.writeNotes)) { visit in try await visit.withdrawOutcome() }
    }
}

private func withdrawOutcomePage(
    _ around: OutcomesAround, _ set: OutcomeSet, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    withdrawPage(
        "\(around.base)/\(set.id.column)/withdraw", back: around.base, caption: around.record.reference,
        showing: outcomeCard(set, around.base, mayWithdraw: false), answers, visit, notice: notice)
}

extension Visit {
    /// The data sets of a case of the viewer's own agency. Those who work with people who harm take none.
    fileprivate func outcomes(to permission: Permission, isRead: Bool = false) async throws -> OutcomesAround {
        let id = try id()
        return try await write { db in
            let record = try db.ownCase(id, self, to: permission)
            guard try db.takesOutcomes(record.agency) else { throw Refusal.notFound }
            if isRead { try db.audit(.outcomesViewed, .case, id) }
            return OutcomesAround(
                record: record, contact: try db.safeContact(of: record.person, self), sets: try db.outcomes(of: id),
                earlier: try db.earlierCase(before: record))
        }
    }

    fileprivate func takingOutcome(_ stage: OutcomeStage) async throws -> (OutcomesAround, KeptAnswers) {
        let around = try await outcomes(to: .writeNotes)
        guard stage == .exit || around.record.isOpen else { throw Refusal.notFound }
        return (around, try await read { db in try db.keptAnswers(self) })
    }

    fileprivate func takeOutcome(_ stage: OutcomeStage) async throws -> Reply {
        let (around, _) = try await takingOutcome(stage)
        let record = around.record
        var answers = typed
        guard let form = OutcomeForm(&answers, stage, on: record, today: today) else {
            return .invalid(outcomeFormPage(around, stage, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: around.base) { db in
                    let id = UUID()
                    try db.addOutcome(id, form, on: record, self)
                    try db.renewOutcomeTask(of: record, self)
                    try db.note(.outcomeTaken, on: record.id, agency: record.agency, subject: id, stage.label, self)
                    try db.audit(.outcomeRecorded, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("taken", "The \(stage.label.lowercased()) of this case is taken already. "
                + "Withdraw it first if it is wrong")
            return .conflict(outcomeFormPage(around, stage, answers, self))
        }
    }

    fileprivate func withdrawingOutcome() async throws -> (OutcomesAround, OutcomeSet) {
        let setID = try id("set")
        let around = try await outcomes(to: .writeNotes)
        let set = try around.sets.all.first { $0.id == setID && $0.withdrawal == nil }.orNotFound()
        return (around, set)
    }

    fileprivate func withdrawOutcome() async throws -> Reply {
        let setID = try id("set")
        let around = try await outcomes(to: .writeNotes)
        let set = try around.sets.all.first { $0.id == setID }.orNotFound()
        var answers = typed
        guard let form = WithdrawForm(&answers) else {
            return .invalid(withdrawOutcomePage(around, set, answers, self))
        }
        let record = around.record
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: around.base) { db in
                    try db.withdrawOutcome(setID, form, of: record, self)
                    try db.renewOutcomeTask(of: record, self)
                    try db.note(.outcomeWithdrawn, on: record.id, agency: record.agency, subject: setID,
                                set.stage.label, self)
                    try db.audit(.outcomeWithdrawn, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("because", "A colleague withdrew it just now")
            return .conflict(withdrawOutcomePage(around, set, answers, self))
        }
    }
}
