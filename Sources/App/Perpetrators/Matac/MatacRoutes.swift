import Foundation
import Pages
import Postgres

extension Site {
    /// Scoring of those who harm: on their own side of the wall only.
    mutating func addMatac() {
        get("matac", .needs(.writeNotes)) { visit in
            let ranking = try await visit.read { db in try db.matacRanking(visit) }
            return .page(matacRankingPage(ranking, visit))
        }
        get("cases/:id/matac", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, scores) = try await visit.write { db in
                let record = try db.harmingCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                return (record, try db.matacScores(of: id))
            }
            return .page(matacPage(record, scores, visit))
        }
        get("cases/:id/matac/new", .needs(.writeNotes)) { visit in
            let (record, scores, kept) = try await visit.scoring()
            let answers = kept.over(matacAnswers(scores.first))
            return .page(matacFormPage(record, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/matac/new", .needs(.writeNotes)) { visit in
            let (record, _, _) = try await visit.scoring()
            let version = try visit.typed.version
            var answers = visit.typed
            guard let form = MatacForm(&answers, today: visit.today) else {
                return .invalid(matacFormPage(record, answers, visit))
            }
            do {
                return .seeOther(try await visit.write { db in
                    try db.once(visit, leadingTo: "/cases/\(record.id.column)/matac") { db in
                        try db.addMatac(form, over: version, on: record, visit)
                        if let review = form.reviewOn {
                            try db.startTask(NewTask(
                                kind: .toDo, agency: record.agency, caseID: record.id, owner: record.worker,
                                due: WorkingDays.end(of: review), detail: "Review the MATAC plan"), visit)
                        }
                        try db.note(.matacScored, on: record.id, agency: record.agency,
                                    "\(form.score) points. \(form.standing.label)", visit)
                        try db.audit(.matacScored, .case, record.id)
                    }
                })
            } catch is Overtaken {
                let theirs = try await visit.scoring().1.first
                var again = answers.again(over: theirs?.version ?? 0)
                again.refuse("months", "\(savedMeanwhile). Theirs has \(theirs?.score ?? 0) points")
                return .conflict(matacFormPage(record, again, visit))
            }
        }
        get("people/:id/serial", .needs(.viewTeam)) { visit in
            let id = try visit.id()
            let (person, count) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer, to: .viewTeam).orNotFound()
                try db.audit(.harmedCounted, .person, id)
                return (person, try db.harmedCount(by: person, visit))
            }
            return .page(serialPage(person, count))
        }
    }
}

extension Connection {
    fileprivate func harmingCase(_ id: UUID, _ visit: Visit, to permission: Permission) throws -> CaseRecord {
        let record = try ownCase(id, visit, to: permission)
        guard try isHarming(record.agency) else { throw Refusal.notFound }
        return record
    }
}

extension Visit {
    fileprivate func scoring() async throws -> (CaseRecord, [MatacScore], KeptAnswers) {
        let id = try id()
        let (record, scores, kept) = try await read { db in
            (try db.harmingCase(id, self, to: .writeNotes), try db.matacScores(of: id), try db.keptAnswers(self))
        }
        guard record.isOpen else { throw Refusal.notFound }
        return (record, scores, kept)
    }
}
