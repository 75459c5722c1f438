import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSupervision() {
        get("team/supervision", .needs(.viewTeam)) { visit in
            .page(supervisedPage(try await visit.read { db in try db.supervised(visit) }, visit))
        }
        get("team/supervision/:worker", .needs(.viewTeam)) { visit in
            let (worker, kept) = try await visit.supervised()
            let (supervisions, cases) = try await visit.around(worker)
            return .page(supervisionsPage(
                worker, supervisions, cases, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("team/supervision/:worker", .needs(.viewTeam)) { visit in
            let (worker, _) = try await visit.supervised()
            var answers = visit.typed
            guard let day = answers.heldDay(visit.today) else {
                let (supervisions, cases) = try await visit.around(worker)
                return .invalid(supervisionsPage(worker, supervisions, cases, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/team/supervision/\(worker.id.column)/\(id.column)") { db in
                    try db.addSupervision(id, of: worker, on: day, visit)
                    try db.audit(.supervisionRecorded, .account, worker.id)
                }
            })
        }
        get("team/supervision/:worker/:supervision", .needs(.viewTeam)) { visit in
            let (worker, kept) = try await visit.supervised()
            let (supervision, cases, decisions) = try await visit.supervision(worker)
            var answers = Answers(["version": [String(supervision.version)]])
            answers.setDay("held", supervision.heldOn)
            answers.set("mistake", supervision.mistake)
            return .page(supervisionPage(
                worker, supervision, cases, decisions, kept.over(answers), visit, notice: kept.notice(visit)))
        }
        post("team/supervision/:worker/:supervision", .needs(.viewTeam)) { visit in
            try await visit.changeSupervision()
        }
        get("team/supervision/:worker/:supervision/:case", .needs(.viewTeam)) { visit in
            let deciding = try await visit.deciding()
            let answers = deciding.kept.over(Answers(["version": [String(deciding.before.first?.version ?? 0)]]))
            return .page(decisionPage(
                deciding.record, deciding.supervision, deciding.before, answers, visit,
                notice: deciding.kept.notice(visit)))
        }
        post("team/supervision/:worker/:supervision/:case", .needs(.viewTeam)) { visit in try await visit.decide() }
        get("cases/:id/supervision", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, contact, decisions) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                return (record, try db.safeContact(of: record.person, visit), try db.decisions(about: id))
            }
            return .page(caseDecisionsPage(record, contact, decisions, visit))
        }
    }
}

extension Answers {
    fileprivate mutating func heldDay(_ today: Day) -> Day? {
        pastDay("held", name: "The day", missing: "Enter the day of the supervision", today: today)
            .flatMap { areRefused ? nil : $0 }
    }
}

/// A case that is decided about.
private struct Deciding: Sendable {
    let supervision: Supervision
    let record: CaseRecord
    /// Of this supervision and this case, newest first.
    let before: [SupervisionDecision]
    let kept: KeptAnswers
}

extension Visit {
    fileprivate func supervised() async throws -> (Supervised, KeptAnswers) {
        let id = try id("worker")
        return try await read { db in
            (try db.supervised(self, only: id).first.orNotFound(), try db.keptAnswers(self))
        }
    }

    fileprivate func around(_ worker: Supervised) async throws -> ([Supervision], [CaseLine]) {
        try await read { db in (try db.supervisions(of: worker), try db.caseload(of: worker)) }
    }

    fileprivate func supervision(_ worker: Supervised) async throws
        -> (Supervision, [CaseLine], [SupervisionDecision]) {
        let id = try id("supervision")
        return try await read { db in
            (try db.supervisions(of: worker, only: id).first.orNotFound(), try db.caseload(of: worker),
             try db.decisions(of: id))
        }
    }

    fileprivate func changeSupervision() async throws -> Reply {
        let (worker, _) = try await supervised()
        let (supervision, cases, decisions) = try await supervision(worker)
        let version = try typed.version
        var answers = typed
        let day = answers.heldDay(today)
        let mistake = answers.text("mistake", most: 500, name: "Why it should not be here")
        guard let day, !answers.areRefused else {
            return .invalid(supervisionPage(worker, supervision, cases, decisions, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/team/supervision/\(worker.id.column)/\(supervision.id.column)") { db in
                    try db.change(supervision, on: day, mistake: mistake, basedOn: version)
                    try db.audit(.supervisionRecorded, .account, worker.id)
                }
            })
        } catch is Overtaken {
            let now = try await self.supervision(worker).0
            var again = answers.again(over: now.version)
            again.refuse("held", "\(savedMeanwhile). It stands on \(now.heldOn) now")
            return .conflict(supervisionPage(worker, now, cases, decisions, again, self))
        }
    }

    /// An open case that the worker holds in the agency of the supervision.
    fileprivate func deciding() async throws -> Deciding {
        let (workerID, id, caseID) = (try id("worker"), try id("supervision"), try id("case"))
        let deciding = try await read { db in
            let worker = try db.supervised(self, only: workerID).first.orNotFound()
            let supervision = try db.supervisions(of: worker, only: id).first.orNotFound()
            let record = try db.ownCase(caseID, self, to: .viewTeam)
            guard record.worker == workerID, record.agency == supervision.agency else { throw Refusal.notFound }
            return Deciding(
                supervision: supervision, record: record, before: try db.decisions(of: id, about: caseID),
                kept: try db.keptAnswers(self))
        }
        guard deciding.record.isOpen else { throw Refusal.notFound }
        return deciding
    }

    fileprivate func decide() async throws -> Reply {
        let deciding = try await deciding()
        let (record, supervision) = (deciding.record, deciding.supervision)
        let version = try typed.version
        var answers = typed
        guard let form = DecisionForm(&answers, today: today) else {
            return .invalid(decisionPage(record, supervision, deciding.before, answers, self))
        }
        let list = "/team/supervision/\(supervision.worker.column)/\(supervision.id.column)"
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: list) { db in
                    try db.decide(form, over: version, in: supervision, on: record, self)
                    if let due = form.dueOn {
                        try db.startTask(NewTask(
                            kind: .toDo, agency: record.agency, caseID: record.id, owner: record.worker,
                            due: WorkingDays.end(of: due), detail: form.task), self)
                    }
                    try db.note(.decided, on: record.id, agency: record.agency, self)
                    try db.audit(.supervisionDecided, .case, record.id)
                }
            })
        } catch is Overtaken {
            let now = try await self.deciding().before
            var again = answers.again(over: now.first?.version ?? 0)
            again.refuse("decision", "\(savedMeanwhile). Saved is: \(now.first?.decision ?? "")")
            return .conflict(decisionPage(record, supervision, now, again, self))
        }
    }
}
