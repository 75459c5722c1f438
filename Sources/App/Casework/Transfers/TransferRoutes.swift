import Foundation
import Pages
import Postgres

extension Site {
    /// A case moves to another agency, or is handed over to a colleague: asked, and answered by whoever is to have it.
    mutating func addTransfers() {
        get("transfers", .needs(.viewCases)) { visit in
            let (waiting, sent) = try await visit.write { db in
                try db.audit(.transfersViewed, .partnership, visit.viewer.partnership)
                return (try db.transfersToAnswer(visit), try db.transfersSent(visit))
            }
            return .page(transfersPage(waiting, sent, visit))
        }
        get("cases/:id/transfers", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, contact, transfers) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                return (record, try db.safeContact(of: record.person, visit), try db.transfers(of: id))
            }
            return .page(caseTransfersPage(record, contact, transfers, visit))
        }
        get("cases/:id/transfers/new", .needs(.shareCases)) { visit in
            let (choices, kept) = try await visit.proposing()
            return .page(transferForm(choices, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/transfers/new", .needs(.shareCases)) { visit in try await visit.propose() }
        get("transfers/:id", .needs(.viewCases)) { visit in
            let (view, kept) = try await visit.transferRead()
            return .page(transferPage(view, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("transfers/:id/accept", .needs(.viewCases)) { visit in try await visit.acceptTransfer() }
        post("transfers/:id/reject", .needs(.viewCases)) { visit in
            try await visit.endTransfer(.rejected, .transferRejected, because: "reason") { $0.mayAnswer }
        }
        post("transfers/:id/revoke", .needs(.shareCases)) { visit in
            try await visit.endTransfer(.revoked, .transferRevoked, because: "taken-back") { $0.mayTakeBack }
        }
        post("transfers/:id/renew", .needs(.shareCases)) { visit in try await visit.renewTransfer() }
    }
}

extension Visit {
    fileprivate func proposing() async throws -> (TransferChoices, KeptAnswers) {
        let id = try id()
        let (choices, kept) = try await read { db in
            let record = try db.ownCase(id, self, to: .shareCases)
            return (TransferChoices(
                record: record, person: try db.person(record.person, within: viewer).orNotFound(),
                partners: try db.partners(of: record.agency), colleagues: try db.caseworkers(of: record.agency, self),
                consents: try db.consents(of: id).filter { $0.isInForce(at: now) && $0.toAgency != nil },
                contact: try db.safeContact(of: record.person, self),
                isManager: viewer.agencies(.viewTeam).contains(record.agency)), try db.keptAnswers(self))
        }
        guard choices.record.isOpen else { throw Refusal.notFound }
        return (choices, kept)
    }

    fileprivate func propose() async throws -> Reply {
        let (choices, _) = try await proposing()
        var answers = typed
        guard let form = TransferForm(&answers, choices, now: now) else {
            return .invalid(transferForm(choices, answers, self))
        }
        let (record, path) = (choices.record, "/cases/\(choices.record.id.column)/transfers")
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: path) { db in
                    let id = UUID()
                    try db.addTransfer(id, form, db.transferTold(choices.person, form.words, self), on: record, self)
                    try db.note(.transferProposed, on: record.id, agency: record.agency, subject: id, self)
                    try db.audit(.transferProposed, .case, record.id, purpose: form.purpose)
                }
            })
        } catch is Overtaken {
            answers.refuse("kind", "Somebody was asked already, and has not answered. Take that back first")
            return .conflict(transferForm(choices, answers, self))
        }
    }

    /// What the viewer may know of a transfer and do about it; out of reach for everybody else.
    private func view(_ db: isolated Connection, _ one: Transfer?) throws -> TransferView {
        let one = try one.orNotFound()
        let isSender = viewer.agencies(.viewCases).contains(one.agency)
        let mayAnswer = one.kind == .agency ? viewer.agencies(.handleReferrals).contains(one.toAgency)
            // A hand-over is acknowledged by whoever is to have the case, and by nobody for them.
            : one.colleague == viewer.account
        guard isSender || mayAnswer else { throw Refusal.notFound }
        return TransferView(
            one: one, told: try db.transferTold(of: one.id, self),
            workers: mayAnswer && one.kind == .agency ? try db.caseworkers(of: one.toAgency, self) : [],
            mayAnswer: mayAnswer, mayTakeBack: viewer.agencies(.shareCases).contains(one.agency))
    }

    fileprivate func transferRead() async throws -> (TransferView, KeptAnswers) {
        let id = try id()
        return try await write { db in
            let view = try self.view(db, db.transfer(id))
            try db.audit(.transferViewed, .case, view.one.caseID)
            return (view, try db.keptAnswers(self))
        }
    }

    private func transferHere() async throws -> TransferView {
        let id = try id()
        return try await read { db in try self.view(db, db.transfer(id)) }
    }

    fileprivate func acceptTransfer() async throws -> Reply {
        let view = try await transferHere()
        let one = view.one
        guard view.mayAnswer else { throw Refusal.notFound }
        var answers = typed
        let chosen = one.kind == .stepDown ? one.colleague
            : UUID(uuidString: answers["worker"]).flatMap { id in view.workers.first { $0.id == id }?.id }
        let newCase = UUID()
        if chosen == nil, one.outcome == nil { answers.refuse("worker", "Select who takes the case") }
        if one.isStale, one.outcome == nil {
            answers.refuse("worker", "How to contact safely has to be told anew first")
        }
        guard !answers.areRefused else { return .invalid(transferPage(view, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\((one.kind == .agency ? newCase : one.caseID).column)") { db in
                    guard let told = view.told, let chosen else { throw Overtaken() }
                    try db.acceptTransfer(one, told, as: newCase, by: chosen, self)
                    try db.audit(.transferAccepted, .case, one.caseID, purpose: one.purpose)
                    if one.kind == .agency { try db.audit(.caseOpened, .case, newCase) }
                }
            })
        } catch is Overtaken {
            return .seeOther("/transfers/\(one.id.column)")
        }
    }

    fileprivate func endTransfer(
        _ outcome: TransferOutcome, _ event: AuditEvent, because field: String, by may: (TransferView) -> Bool
    ) async throws -> Reply {
        let view = try await transferHere()
        guard may(view) else { throw Refusal.notFound }
        let here = "/transfers/\(view.one.id.column)"
        var answers = typed
        let reason = answers.text(field, most: 1_000, name: "Why")
        if reason.isEmpty { answers.refuse(field, "Enter why") }
        guard view.one.outcome == nil else { return .seeOther(here) }
        guard !answers.areRefused else { return .invalid(transferPage(view, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: here) { db in
                    try db.endTransfer(view.one, outcome, reason, self)
                    try db.audit(event, .case, view.one.caseID)
                }
            })
        } catch is Overtaken {
            return .seeOther(here)
        }
    }

    fileprivate func renewTransfer() async throws -> Reply {
        let view = try await transferHere()
        guard view.mayTakeBack else { throw Refusal.notFound }
        let here = "/transfers/\(view.one.id.column)"
        guard let told = view.told else { return .seeOther(here) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: here) { db in
                    let person = try db.person(view.one.person, within: viewer).orNotFound()
                    try db.renewTransfer(view.one.id, db.transferTold(person, told.words, self), self)
                    try db.audit(.transferRenewed, .case, view.one.caseID)
                }
            })
        } catch is Overtaken {
            return .seeOther(here)
        }
    }
}
