import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSharing() {
        get("shares", .needs(.viewCases)) { visit in
            let (waiting, received, plans) = try await visit.write { db in
                try db.audit(.sharesViewed, .partnership, visit.viewer.partnership)
                return (try db.waitingShares(visit), try db.receivedShares(visit), try db.receivedPlans(visit))
            }
            return .page(sharingPage(waiting, received, plans, visit))
        }
        get("cases/:id/shares", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, contact, disclosures, consents) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                return (record, try db.safeContact(of: record.person, visit), try db.disclosures(of: id, visit),
                        try db.consents(of: id))
            }
            return .page(sharesPage(record, contact, disclosures, consents, visit))
        }
        get("cases/:id/shares/new", .needs(.shareCases)) { visit in
            let (choices, kept) = try await visit.sharing()
            let route = SharingRoute(rawValue: visit.query["route"]?.first ?? "")
            let answers = route.map { SharingForm.opening($0, today: visit.today) }.map(kept.over) ?? kept.answers
            return .page(sharePage(choices, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/shares/new", .needs(.shareCases)) { visit in try await visit.share() }
        get("cases/:id/shares/:share/confirm", .needs(.shareCases)) { visit in
            let (record, one, kept) = try await visit.disclosure()
            guard one.state(at: visit.now) == .waiting else { return .seeOther(record.sharesPath) }
            return .page(try await visit.confirming(record, one, kept.answers, notice: kept.notice(visit)))
        }
        post("cases/:id/shares/:share/confirm", .needs(.shareCases)) { visit in try await visit.decideOnShare() }
        get("cases/:id/shares/:share/end", .needs(.shareCases)) { visit in
            let (record, one, kept) = try await visit.disclosure()
            guard [.waiting, .inForce].contains(one.state(at: visit.now)) else { return .seeOther(record.sharesPath) }
            return .page(endSharePage(record, one, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/shares/:share/end", .needs(.shareCases)) { visit in try await visit.endShare() }
        get("cases/:id/consents/new", .needs(.shareCases)) { visit in
            let (choices, kept) = try await visit.sharing()
            return .page(consentPage(choices, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/consents/new", .needs(.shareCases)) { visit in try await visit.addConsent() }
        get("cases/:id/consents/:consent/withdraw", .needs(.shareCases)) { visit in
            let (record, one, kept) = try await visit.consent()
            guard one.isInForce(at: visit.now) else { return .seeOther(record.sharesPath) }
            return .page(withdrawPage(record, one, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/consents/:consent/withdraw", .needs(.shareCases)) { visit in try await visit.withdraw() }
    }
}

extension CaseRecord {
    fileprivate var sharesPath: String { "/cases/\(id.column)/shares" }
}

extension Visit {
    /// An open case of which something may be shared, and what the viewer has typed before.
    fileprivate func sharing() async throws -> (SharingChoices, KeptAnswers) {
        let id = try id()
        let (choices, kept) = try await read { db in
            let record = try db.ownCase(id, self, to: .shareCases)
            let consents = try db.consents(of: id).filter { $0.isInForce(at: now) }
            return (SharingChoices(record: record, partners: try db.partners(of: record.agency), consents: consents),
                    try db.keptAnswers(self))
        }
        guard choices.record.isOpen else { throw Refusal.notFound }
        return (choices, kept)
    }

    fileprivate func disclosure() async throws -> (CaseRecord, Disclosure, KeptAnswers) {
        let (id, shareID) = (try id(), try id("share"))
        return try await read { db in
            (try db.ownCase(id, self, to: .shareCases),
             try db.disclosures(of: id, only: shareID, self).first.orNotFound(), try db.keptAnswers(self))
        }
    }

    fileprivate func consent() async throws -> (CaseRecord, Consent, KeptAnswers) {
        let (id, consentID) = (try id(), try id("consent"))
        return try await read { db in
            (try db.ownCase(id, self, to: .shareCases), try db.consents(of: id, only: consentID).first.orNotFound(),
             try db.keptAnswers(self))
        }
    }

    fileprivate func share() async throws -> Reply {
        let (choices, _) = try await sharing()
        var answers = typed
        guard let form = SharingForm(&answers, choices, now: now) else {
            return .invalid(sharePage(choices, answers, self))
        }
        return .seeOther(try await saveShare(form, on: choices.record))
    }

    /// Shares it, or without consent asks a second person; `summary` stands on the case's timeline. Where it leads to.
    func saveShare(_ form: SharingForm, on record: CaseRecord, _ summary: String = "") async throws -> String {
        let isAgreed = form.consent != nil
        return try await write { db in
            try db.once(self, leadingTo: record.sharesPath) { db in
                let id = UUID()
                try db.addDisclosure(id, form, on: record, self)
                try db.note(
                    isAgreed ? .shared : .sharingProposed, on: record.id, agency: record.agency, subject: id, summary,
                    self)
                try db.audit(isAgreed ? .caseShared : .sharingProposed, .case, record.id, purpose: form.purpose)
            }
        }
    }

    /// A plan is read here before it goes: that is a look at it, on record before it is shown.
    fileprivate func confirming(
        _ record: CaseRecord, _ one: Disclosure, _ answers: Answers, notice: HTML? = nil
    ) async throws -> Page {
        if one.parts.contains(.plan) {
            try await write { db in try db.audit(.safetyPlanViewed, .person, record.person) }
        }
        return confirmSharePage(record, one, answers, self, notice: notice)
    }

    fileprivate func decideOnShare() async throws -> Reply {
        let (record, one, _) = try await disclosure()
        guard one.state(at: now) == .waiting else { return .seeOther(record.sharesPath) }
        var answers = typed
        let word = SecondWord(
            &answers, unanswered: "Select whether it may be shared", unexplained: "Enter why it may not be shared")
        if one.proposedBy == viewer.account { answers.refuse("agree", "You asked for it: a second person must agree") }
        if word?.agrees == true, !answers.areRefused, try await !mayStillGo(one, of: record.person) {
            answers.refuse("agree", "It holds an address or a number that is protected by now. Take it back, and share "
                + "the plan anew")
        }
        guard let word, !answers.areRefused else { return .invalid(try await confirming(record, one, answers)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: record.sharesPath) { db in
                    try db.decide(one, word, of: record, self)
                    try db.note(word.agrees ? .shared : .sharingRefused, on: record.id, agency: record.agency,
                                subject: one.id, self)
                    try db.audit(word.agrees ? .caseShared : .sharingRefused, .case, record.id, purpose: one.purpose)
                }
            })
        } catch is Overtaken {
            answers.refuse("agree", "This no longer waits: a colleague has answered")
            return .conflict(try await confirming(record, try await disclosure().1, answers))
        }
    }

    fileprivate func endShare() async throws -> Reply {
        let (record, one, _) = try await disclosure()
        guard [.waiting, .inForce].contains(one.state(at: now)) else { return .seeOther(record.sharesPath) }
        var answers = typed
        let reason = answers.text("reason", most: 1_000, name: "Why")
        if reason.isEmpty { answers.refuse("reason", "Enter why it is taken back") }
        guard !answers.areRefused else { return .invalid(endSharePage(record, one, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: record.sharesPath) { db in
                    try db.revoke(one, reason, of: record, self)
                    try db.note(.sharingEnded, on: record.id, agency: record.agency, subject: one.id, self)
                    try db.audit(.sharingEnded, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .seeOther(record.sharesPath)
        }
    }

    fileprivate func addConsent() async throws -> Reply {
        let (choices, _) = try await sharing()
        var answers = typed
        guard let form = ConsentForm(&answers, choices.partners, now: now) else {
            return .invalid(consentPage(choices, answers, self))
        }
        let record = choices.record
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: record.sharesPath) { db in
                let id = UUID()
                try db.addConsent(id, form, on: record, self)
                try db.note(.consentGiven, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.consentRecorded, .case, record.id)
            }
        })
    }

    fileprivate func withdraw() async throws -> Reply {
        let (record, one, _) = try await consent()
        guard one.isInForce(at: now) else { return .seeOther(record.sharesPath) }
        var answers = typed
        let because = ConsentEnd.required("because", "Select why it is withdrawn", in: &answers)
        let words = answers.text("words", most: 1_000, name: "What they said")
        guard let because, !answers.areRefused else { return .invalid(withdrawPage(record, one, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: record.sharesPath) { db in
                    try db.withdraw(one.id, because: because, words, of: record, self)
                    try db.note(.consentWithdrawn, on: record.id, agency: record.agency, subject: one.id, self)
                    try db.audit(.consentWithdrawn, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .seeOther(record.sharesPath)
        }
    }
}
