import Foundation
import Pages
import Postgres

extension Site {
    mutating func addMaracReferrals() {
        get("cases/:id/marac/new", .needs(.assessRisk)) { visit in
            let writing = try await visit.writingMarac()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            let opening = Answers(["repeat": [writing.check.isRepeat ? "yes" : "no"]])
            return .page(maracReferralPage(writing, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/marac/new", .needs(.assessRisk)) { visit in try await visit.writeMarac() }
        get("cases/:id/marac/:marac", .needs(.viewCases)) { visit in
            .page(maracReadPage(try await visit.maracPaper(.maracReferralViewed), visit))
        }
        get("cases/:id/marac/:marac/print", .needs(.viewCases)) { visit in
            .page(maracPrintPage(try await visit.maracToPrint(reveals: false), visit))
        }
        post("cases/:id/marac/:marac/print", .needs(.revealContactDetails)) { visit in
            .page(maracPrintPage(try await visit.maracToPrint(reveals: true), visit))
        }
        get("cases/:id/marac/:marac/withdraw", .needs(.assessRisk)) { visit in
            let (record, referral, kept) = try await visit.withdrawingMarac()
            return .page(withdrawMaracPage(record, referral, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/marac/:marac/withdraw", .needs(.assessRisk)) { visit in try await visit.withdrawMarac() }
    }
}

private func withdrawMaracPage(
    _ record: CaseRecord, _ referral: MaracReferral, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let here = "/cases/\(record.id.column)/marac/\(referral.id.column)"
    return withdrawPage(here + "/withdraw", back: here, caption: record.reference, showing: GovUK.summaryList([
        GovUK.SummaryRow("Written", "\(London.short(referral.writtenAt)), \(referral.by)"),
        GovUK.SummaryRow("Why", lines(referral.said.reason)),
    ]), answers, visit, notice: notice)
}

extension Visit {
    /// An open case of the viewer's own agency, and what the record says for its referral. Whoever harms is never the
    /// person that a referral is about.
    fileprivate func writingMarac() async throws -> MaracWriting {
        let id = try id()
        return try await read { db in
            let record = try db.ownCase(id, self, to: .assessRisk)
            guard record.isOpen, try !db.isHarming(record.agency) else { throw Refusal.notFound }
            return MaracWriting(
                record: record, person: try db.person(record.person, within: viewer, to: .assessRisk).orNotFound(),
                contact: try db.safeContact(of: record.person, self),
                check: MaracRepeat(last: try db.lastMarac(of: record.person), today: today))
        }
    }

    fileprivate func writeMarac() async throws -> Reply {
        let writing = try await writingMarac()
        let record = writing.record
        var answers = typed
        guard let form = MaracReferralForm(&answers, writing.check, today: today) else {
            return .invalid(maracReferralPage(writing, answers, self))
        }
        let id = UUID()
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/marac/\(id.column)") { db in
                try db.addMaracReferral(id, form, writing.check, on: record, self)
                try db.decideMarac(form, of: writing.person, on: record, self)
                try db.startTask(NewTask(
                    kind: .tellBack, agency: record.agency, caseID: record.id, owner: record.worker ?? viewer.account,
                    due: WorkingDays.end(of: MaracReferral.tellBackDue(meets: form.meetsOn, today: today)),
                    detail: "Tell them what MARAC decided"), self)
                try db.note(.maracReferred, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.maracReferralWritten, .case, record.id)
            }
        })
    }

    /// A referral with what the record says. `reveals`: the number and the address will be read after this.
    fileprivate func maracPaper(_ look: AuditEvent, reveals: Bool = false) async throws -> MaracPaper {
        let (id, maracID) = (try id(), try id("marac"))
        return try await write { db in
            // Of the viewer's own agency; whom the case is shared with reads nothing of it.
            let referral = try db.maracReferral(maracID, of: id).orNotFound()
            let agencies = viewer.agencies(reveals ? .revealContactDetails : .viewCases)
            guard agencies.contains(referral.of.agency) else { throw Refusal.notFound }
            let person = try db.person(referral.of.person, within: viewer).orNotFound()
            try db.audit(look, .case, id)
            if reveals {
                try db.audit(.safeContactRevealed, .person, person.id)
                try db.audit(.addressRevealed, .person, person.id)
            }
            return MaracPaper(
                person: person, contact: try db.safeContact(of: person.id, self),
                standing: try db.riskStanding(of: person.id, on: today), around: try db.peopleAround(person.id),
                referral: referral, today: today)
        }
    }

    /// As it is printed. With any number and address, and with those that the typed words are compared with, the audit
    /// commits before anything is read.
    fileprivate func maracToPrint(reveals: Bool) async throws -> MaracPaper {
        var paper = try await maracPaper(.maracReferralPrinted, reveals: reveals)
        guard paper.referral.withdrawal == nil else { throw Refusal.notFound }
        let (person, around) = (paper.person.id, paper.around)
        let (revealed, known) = try await read { db in
            (reveals ? try db.maracReveal(of: person, self) : nil,
             try db.gateKnowledge(of: person, around: around, self))
        }
        paper.revealed = revealed
        // What the paper itself withholds, its words don't tell either.
        paper.gate = PaperGate(known: known, reader: "the agencies of the MARAC", withheld: reveals
            ? [.protectedAddress] : [.protectedAddress, .protectedNumber, .address, .postcode, .telephone, .email])
        return paper
    }

    fileprivate func withdrawingMarac() async throws -> (CaseRecord, MaracReferral, KeptAnswers) {
        let (id, maracID) = (try id(), try id("marac"))
        let (record, referral, kept) = try await read { db in
            (try db.ownCase(id, self, to: .assessRisk), try db.maracReferral(maracID, of: id).orNotFound(),
             try db.keptAnswers(self))
        }
        return (record, referral, kept)
    }

    fileprivate func withdrawMarac() async throws -> Reply {
        let (record, referral, _) = try await withdrawingMarac()
        var answers = typed
        guard let form = WithdrawForm(&answers) else {
            return .invalid(withdrawMaracPage(record, referral, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/marac/\(referral.id.column)") { db in
                    try db.withdrawMarac(referral.id, form, of: record, self)
                    try db.note(.maracWithdrawn, on: record.id, agency: record.agency, subject: referral.id, self)
                    try db.audit(.maracReferralWithdrawn, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("because", "A colleague withdrew it just now")
            return .conflict(withdrawMaracPage(record, referral, answers, self))
        }
    }
}
