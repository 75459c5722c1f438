import Foundation
import Pages
import Postgres

extension Site {
    /// How long records are kept, who is due, and what the officer proposes.
    mutating func addRetention() {
        get("retention", .needs(.manageRetention)) { visit in
            let list = try await visit.write { db in
                try db.audit(.retentionViewed, .retention, nil)
                return try db.dueList(visit)
            }
            return .page(duePage(list, visit))
        }
        post("retention/look", .needs(.manageRetention)) { visit in
            try await visit.write { db in
                try db.audit(.retentionViewed, .retention, nil)
                try db.lookForDue(visit)
            }
            return .seeOther("/retention")
        }
        get("retention/due/:id", .needs(.manageRetention)) { visit in
            let id = try visit.id()
            let (record, kept) = try await visit.read { db in
                (try db.dueRecord(id, visit).orNotFound(), try db.keptAnswers(visit))
            }
            return .page(dueRecordPage(record, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("retention/due/:id", .needs(.manageRetention)) { visit in try await visit.proposeDeletion() }
        get("retention/schedule", .needs(.manageRetention)) { visit in
            let (schedule, kept) = try await visit.read { db in
                (try db.retentionSchedule(on: visit.today, visit.viewer), try db.keptAnswers(visit))
            }
            return .page(schedulePage(schedule, kept, visit))
        }
        post("retention/schedule", .needs(.manageRetention)) { visit in try await visit.changeSchedule() }
        get("retention/proposals", .needs(.holdRecords)) { visit in
            let list = try await visit.write { db in
                try db.audit(.retentionViewed, .retention, nil)
                return try db.deletionProposals()
            }
            return .page(proposalsPage(list, visit))
        }
        get("retention/proposals/:id", .needs(.holdRecords)) { visit in
            let id = try visit.id()
            let (one, kept) = try await visit.write { db in
                let one = try db.deletionProposal(id).orNotFound()
                try db.audit(.deletionViewed, .retention, id)
                return (one, try db.keptAnswers(visit))
            }
            return .page(proposalPage(one, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("retention/proposals/:id", .needs(.decideDeletions)) { visit in try await visit.decideDeletion() }
    }
}

extension Visit {
    fileprivate func proposeDeletion() async throws -> Reply {
        let id = try id()
        // A second press finds it proposed: `once` leads to where the first did, and a colleague is told.
        let record = try await read { db in try db.dueRecord(id, orProposed: true, self).orNotFound() }
        var answers = typed
        guard let form = RetentionReason(&answers) else { return .invalid(dueRecordPage(record, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/retention/proposals") { db in
                    try db.propose(UUID(), record, form.reason, self)
                    try db.audit(.deletionProposed, .person, record.subject)
                }
            })
        } catch is Overtaken {
            return .conflict(dueRecordPage(record, answers, self, notice: Self.overtaken))
        }
    }

    fileprivate func changeSchedule() async throws -> Reply {
        var answers = typed
        let form = RuleForm(&answers, today: today)
        func page(_ answers: Answers) async throws -> Page {
            let schedule = try await read { db in try db.retentionSchedule(on: today, viewer) }
            return schedulePage(schedule, KeptAnswers(answers: answers, keptAt: nil), self)
        }
        guard let form else { return .invalid(try await page(answers)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/retention/schedule") { db in
                    let id = UUID()
                    try db.setRetention(id, form, self)
                    try db.audit(.retentionRuleSet, .retention, id)
                }
            })
        } catch is Overtaken {
            return .conflict(try await page(answers))
        }
    }

    fileprivate func decideDeletion() async throws -> Reply {
        let id = try id()
        let one = try await read { db in try db.deletionProposal(id).orNotFound() }
        var answers = typed
        let form = DeletionDecisionForm(&answers, today: today)
        if one.decision == nil, one.proposer == viewer.account {
            answers.refuse("decision", "You proposed it, so somebody else decides")
        }
        let isMissed = form == nil && one.decision != nil
        guard let form, !answers.areRefused else {
            if isMissed { return .conflict(proposalPage(one, Answers(), self, notice: Self.overtaken)) }
            return .invalid(proposalPage(one, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/retention/proposals") { db in
                    try db.decide(one, form, self)
                    try db.audit(form.decision.event, .person, one.subject)
                }
            })
        } catch is Overtaken {
            let now = try await read { db in try db.deletionProposal(id).orNotFound() }
            return .conflict(proposalPage(now, answers, self, notice: Self.overtaken))
        }
    }

    fileprivate static let overtaken = GovUK.warningText("Somebody decided meanwhile. Nothing of yours is saved.")
}

extension DeletionDecision {
    fileprivate var event: AuditEvent {
        switch self {
        case .agreed: .deletionAgreed
        case .refused: .deletionRefused
        case .postponed: .deletionPostponed
        }
    }
}
