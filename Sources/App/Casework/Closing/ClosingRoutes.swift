import Foundation
import Pages
import Postgres

extension Site {
    mutating func addClosing() {
        get("cases/:id/close", .needs(.closeCases)) { visit in
            let ending = try await visit.ending()
            guard ending.record.isOpen, ending.closing == nil else { return ending.elsewhere }
            let (kept, words) = try await visit.read { db in
                (try db.keptAnswers(visit), try db.exitWords(of: ending.record.id))
            }
            let opening = Answers(words.map { ["feedback": [$0]] } ?? [:])
            return .page(closePage(ending, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/close", .needs(.closeCases)) { visit in try await visit.close() }
        get("cases/:id/close/confirm", .needs(.closeCases)) { visit in
            let ending = try await visit.ending()
            guard ending.record.isOpen, let closing = ending.closing else { return ending.elsewhere }
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(confirmClosingPage(ending, closing, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/close/confirm", .needs(.closeCases)) { visit in try await visit.confirmClosing() }
    }
}

/// A case that is to end, with what stands around that.
struct CaseEnding: Sendable {
    let record: CaseRecord
    let closing: Closing?
    let contact: SafeContact?
    let waiting: [(kind: TaskKind, due: Date)]
    let takesOutcomes: Bool

    var path: String { "/cases/\(record.id.column)" }

    /// Where to go when this is not the page of what is to be done.
    var elsewhere: Reply {
        .seeOther(record.isOpen && closing != nil ? path + "/close/confirm" : path)
    }
}

extension Visit {
    fileprivate func ending() async throws -> CaseEnding {
        let id = try id()
        return try await read { db in
            let record = try db.caseRecord(id).orNotFound()
            guard viewer.agencies(.closeCases).contains(record.agency) else { throw Refusal.notFound }
            return CaseEnding(
                record: record, closing: try db.closing(of: record),
                contact: try db.safeContact(of: record.person, self), waiting: try db.openTasks(on: id),
                takesOutcomes: try db.takesOutcomes(record.agency))
        }
    }

    fileprivate func close() async throws -> Reply {
        let ending = try await ending()
        let (record, version) = (ending.record, try typed.version)
        let event: (TimelineKind, AuditEvent) = record.needsTwoToClose
            ? (.closingProposed, .closingProposed) : (.caseClosed, .caseClosed)
        var answers = typed
        guard let form = ClosingForm(&answers) else { return .invalid(closePage(ending, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: ending.path) { db in
                    try db.close(record, form, basedOn: version, self)
                    try db.note(event.0, on: record.id, agency: record.agency, form.reason.label, self)
                    try db.audit(event.1, .case, record.id)
                }
            })
        } catch is Overtaken {
            let now = try await self.ending()
            answers.refuse("reason", !now.record.isOpen ? "A colleague closed this case just now"
                : now.closing != nil ? "A colleague has proposed to close this case just now"
                : "A colleague changed this case just now. Check it, and send this again if it should still end")
            return .conflict(closePage(now, answers, self))
        }
    }

    fileprivate func confirmClosing() async throws -> Reply {
        let ending = try await ending()
        guard let closing = ending.closing else { return ending.elsewhere }
        var answers = typed
        let decision = SecondWord(
            &answers, unanswered: "Select whether the case may be closed", unexplained: "Enter why it should stay open")
        if closing.proposedBy == viewer.account {
            answers.refuse("agree", "You proposed to close it: a second person must agree")
        }
        guard let decision, !answers.areRefused else {
            return .invalid(confirmClosingPage(ending, closing, answers, self))
        }
        let record = ending.record
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: ending.path) { db in
                    try db.decide(closing, decision, of: record, self)
                    try db.note(decision.agrees ? .caseClosed : .closingRefused, on: record.id, agency: record.agency,
                                decision.agrees ? closing.reason.label : "", self)
                    try db.audit(decision.agrees ? .caseClosed : .closingRefused, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("agree", "This no longer waits: a colleague has answered")
            return .conflict(confirmClosingPage(try await self.ending(), closing, answers, self))
        }
    }
}
