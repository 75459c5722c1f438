import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSupport() {
        get("cases/:id/support", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let from = Keyset(visit.query["from"]?.first)
            let support = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.supportViewed, .case, id)
                return CaseSupport(
                    record: record, contact: try db.safeContact(of: record.person, visit),
                    needs: try db.needs(of: id),
                    done: try db.interventions(of: id, before: from, limit: CaseSupport.perPage + 1),
                    counts: try db.interventionCounts(of: id), isFirst: from == nil)
            }
            return .page(supportPage(support, visit))
        }
        get("cases/:id/support/needs/new", .needs(.writeNotes)) { visit in
            let (record, needs, kept) = try await visit.needing()
            var opening = Answers()
            opening.setDay("opened", visit.today)
            return .page(needPage(record, kindsLeft(needs), kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/support/needs/new", .needs(.writeNotes)) { visit in try await visit.addNeed() }
        get("cases/:id/support/needs/:need", .needs(.writeNotes)) { visit in
            let (record, need, kept) = try await visit.changing()
            let answers = kept.over(NeedChangeForm.answers(from: need))
            return .page(needChangePage(record, need, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/support/needs/:need", .needs(.writeNotes)) { visit in try await visit.changeNeed() }
        get("cases/:id/interventions/new", .needs(.writeNotes)) { visit in
            let (record, needs, kept) = try await visit.giving()
            var opening = Answers()
            opening.setDay("happened", record.closedAt.map(London.day(of:)) ?? visit.today)
            return .page(interventionPage(record, needs, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/interventions/new", .needs(.writeNotes)) { visit in try await visit.give() }
    }
}

/// One need of a kind on a case: these kinds it doesn't have yet.
private func kindsLeft(_ needs: [Need]) -> [NeedKind] {
    let had = Set(needs.map(\.kind))
    return NeedKind.allCases.filter { !had.contains($0) }
}

extension Connection {
    /// A case of the viewer's own agency; whom it is shared with reads nothing of its needs or orders.
    func ownCase(_ id: UUID, _ visit: Visit, to permission: Permission) throws -> CaseRecord {
        let record = try caseRecord(id).orNotFound()
        guard visit.viewer.agencies(permission).contains(record.agency) else { throw Refusal.notFound }
        return record
    }
}

extension Visit {
    /// A case on which something may be recorded, its needs, and what the viewer has typed before.
    fileprivate func giving() async throws -> (CaseRecord, [Need], KeptAnswers) {
        let id = try id()
        return try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.needs(of: id), try db.keptAnswers(self))
        }
    }

    /// The needs of a closed case stay as they were.
    fileprivate func needing() async throws -> (CaseRecord, [Need], KeptAnswers) {
        let (record, needs, kept) = try await giving()
        guard record.isOpen else { throw Refusal.notFound }
        return (record, needs, kept)
    }

    fileprivate func changing() async throws -> (CaseRecord, Need, KeptAnswers) {
        let (id, needID) = (try id(), try id("need"))
        let (record, need, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.needs(of: id, only: needID).first.orNotFound(),
             try db.keptAnswers(self))
        }
        guard record.isOpen else { throw Refusal.notFound }
        return (record, need, kept)
    }

    fileprivate func addNeed() async throws -> Reply {
        let (record, needs, _) = try await needing()
        var answers = typed
        guard let form = NeedForm(&answers, today: today) else {
            return .invalid(needPage(record, kindsLeft(needs), answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/support") { db in
                    let id = UUID()
                    try db.addNeed(id, form, on: record, self)
                    try db.note(.needRecorded, on: record.id, agency: record.agency, subject: id, self)
                    try db.audit(.needRecorded, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("kind", "\(form.kind.label) is on this case already. Go back, and change it there")
            return .conflict(needPage(record, kindsLeft(needs), answers, self))
        }
    }

    fileprivate func changeNeed() async throws -> Reply {
        let (record, need, _) = try await changing()
        let version = try typed.version
        var answers = typed
        guard let form = NeedChangeForm(&answers, of: need, today: today) else {
            return .invalid(needChangePage(record, need, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/support") { db in
                    try db.changeNeed(need.id, form, basedOn: version, on: record, self)
                    try db.note(.needChanged, on: record.id, agency: record.agency, subject: need.id, self)
                    try db.audit(.needChanged, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .conflict(needConflictPage(record, try await changing().1, answers, self))
        }
    }

    fileprivate func give() async throws -> Reply {
        let (record, needs, _) = try await giving()
        var answers = typed
        guard let form = InterventionForm(&answers, on: record, needs: needs, today: today) else {
            return .invalid(interventionPage(record, needs, answers, self))
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/support") { db in
                let id = UUID()
                try db.addIntervention(id, form, on: record, self)
                try db.note(.supportGiven, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.interventionRecorded, .case, record.id)
            }
        })
    }
}
