import Foundation
import Pages
import Postgres

extension Site {
    mutating func addRights() {
        get("cases/:id/rights", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let rights = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.mattersViewed, .case, id)
                return CaseRights(
                    record: record, contact: try db.safeContact(of: record.person, visit),
                    matters: try db.matters(of: id), referrals: try db.referrals(fromCase: id))
            }
            return .page(rightsPage(rights, visit))
        }
        get("cases/:id/rights/new", .needs(.writeNotes)) { visit in
            let (record, kept) = try await visit.recordingMatter()
            let kind = MatterKind(rawValue: visit.query["kind"]?.first ?? kept.answers["kind"]) ?? .hearing
            // What was typed of another kind waits for that one.
            let isSame = kept.keptAt != nil && kept.answers["kind"] == kind.rawValue
            var opening = Answers()
            opening.setDay("happened", visit.today)
            return .page(newMatterPage(
                record, kind, isSame ? kept.over(opening) : opening, visit, notice: isSame ? kept.notice(visit) : nil))
        }
        post("cases/:id/rights/new", .needs(.writeNotes)) { visit in try await visit.addMatter() }
        get("cases/:id/rights/:matter", .needs(.writeNotes)) { visit in
            let (record, matter, kept) = try await visit.movingMatter()
            var opening = MatterForm.answers(from: matter)
            opening.setDay("happened", visit.today)
            return .page(moveMatterPage(record, matter, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/rights/:matter", .needs(.writeNotes)) { visit in try await visit.moveMatter() }
        get("cases/:id/rights/:matter/withdraw", .needs(.writeNotes)) { visit in
            let (record, matter, kept) = try await visit.movingMatter()
            return .page(withdrawMatterPage(record, matter, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/rights/:matter/withdraw", .needs(.writeNotes)) { visit in try await visit.withdrawMatter() }
    }
}

private func withdrawMatterPage(
    _ record: CaseRecord, _ matter: Matter, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)"
    return withdrawPage(
        "\(base)/rights/\(matter.id.column)/withdraw", back: base + "/rights", caption: record.reference,
        showing: matterCard(matter, base, visit.today, mayChange: false), answers, visit, notice: notice)
}

extension Visit {
    /// An open case on which something may be recorded, and what the viewer has typed before.
    fileprivate func recordingMatter() async throws -> (CaseRecord, KeptAnswers) {
        let id = try id()
        let (record, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.keptAnswers(self))
        }
        guard record.isOpen else { throw Refusal.notFound }
        return (record, kept)
    }

    /// The matters of a closed case stay as they were, and so do those that were withdrawn.
    fileprivate func movingMatter(evenWithdrawn: Bool = false) async throws -> (CaseRecord, Matter, KeptAnswers) {
        let (id, matterID) = (try id(), try id("matter"))
        let (record, matter, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.matters(of: id, only: matterID).first.orNotFound(),
             try db.keptAnswers(self))
        }
        guard record.isOpen, evenWithdrawn || matter.withdrawal == nil else { throw Refusal.notFound }
        return (record, matter, kept)
    }

    fileprivate func addMatter() async throws -> Reply {
        let (record, _) = try await recordingMatter()
        var answers = typed
        guard let kind = MatterKind(rawValue: answers["kind"]) else { throw Refusal.unreadable }
        guard let form = MatterForm(&answers, kind, of: nil, today: today) else {
            return .invalid(newMatterPage(record, kind, answers, self))
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/rights") { db in
                let id = UUID()
                try db.addMatter(id, form, on: record, self)
                try db.proposeReview(after: form, before: nil, on: record, self)
                try db.note(.matterRecorded, on: record.id, agency: record.agency, subject: id, kind.label, self)
                try db.audit(.matterRecorded, .case, record.id)
            }
        })
    }

    fileprivate func moveMatter() async throws -> Reply {
        let (record, matter, _) = try await movingMatter()
        let version = try typed.version
        var answers = typed
        guard let form = MatterForm(&answers, matter.kind, of: matter, today: today) else {
            return .invalid(moveMatterPage(record, matter, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/rights") { db in
                    try db.moveMatter(matter.id, form, basedOn: version, on: record, self)
                    try db.proposeReview(after: form, before: matter.now.due, on: record, self)
                    try db.note(.matterChanged, on: record.id, agency: record.agency, subject: matter.id,
                                matter.kind.label, self)
                    try db.audit(.matterChanged, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .conflict(matterConflictPage(record, try await movingMatter().1, answers, self))
        }
    }

    fileprivate func withdrawMatter() async throws -> Reply {
        let (record, matter, _) = try await movingMatter(evenWithdrawn: true)
        var answers = typed
        guard let form = WithdrawForm(&answers) else {
            return .invalid(withdrawMatterPage(record, matter, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/rights") { db in
                    try db.withdrawMatter(matter.id, form, of: record, self)
                    try db.note(.matterWithdrawn, on: record.id, agency: record.agency, subject: matter.id,
                                matter.kind.label, self)
                    try db.audit(.matterWithdrawn, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("because", "A colleague withdrew it just now")
            return .conflict(withdrawMatterPage(record, matter, answers, self))
        }
    }
}

extension Connection {
    /// A release, or a hearing about the children, on a day that was not said before proposes a review of the risk:
    /// nobody records it twice.
    fileprivate func proposeReview(
        after form: MatterForm, before: Day?, on record: CaseRecord, _ visit: Visit
    ) throws {
        guard let due = form.due, due != before, form.kind.step(form.step)?.asksDay == true else { return }
        let kind: RiskEventKind? = switch form.kind {
        case .release where form.step != "onLicence": .release
        case .hearing where form.facts.contains("family"): .contactHearing
        default: nil
        }
        guard let kind else { return }
        try propose(NewRiskEvent(kind: kind, day: due), of: record.person, agency: record.agency, visit)
    }
}
