import Foundation
import Pages
import Postgres

extension Site {
    /// Sanctuary: a home made safe enough to stay in, from the request to its end.
    mutating func addSanctuaries() {
        get("cases/:id/sanctuary", .needs(.viewCases)) { visit in
            let around = try await visit.sanctuaries(to: .viewCases, auditing: .sanctuaryViewed)
            return .page(sanctuariesPage(around, visit))
        }
        get("cases/:id/sanctuary/new", .needs(.writeNotes)) { visit in
            let (around, kept) = try await visit.askingForSanctuary()
            var opening = Answers()
            opening.setDay("requested", visit.today)
            return .page(newSanctuaryPage(around, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/sanctuary/new", .needs(.writeNotes)) { visit in try await visit.askForSanctuary() }
        get("cases/:id/sanctuary/:sanctuary", .needs(.viewCases)) { visit in
            let (around, one) = try await visit.sanctuary(to: .viewCases, auditing: .sanctuaryViewed)
            return .page(sanctuaryPage(around, one, visit))
        }
        get("cases/:id/sanctuary/:sanctuary/edit", .needs(.writeNotes)) { visit in
            let (around, one, kept) = try await visit.openSanctuary()
            let answers = kept.over(one.terms.answers(version: one.version))
            return .page(changedSanctuaryPage(around, one, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/sanctuary/:sanctuary/edit", .needs(.writeNotes)) { visit in try await visit.changeSanctuary() }
        get("cases/:id/sanctuary/:sanctuary/items", .needs(.writeNotes)) { visit in
            let (around, one, kept) = try await visit.openSanctuary()
            let answers = kept.over(SanctuaryItemsForm.answers(from: one))
            return .page(sanctuaryItemsPage(around, one, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/sanctuary/:sanctuary/items", .needs(.writeNotes)) { visit in
            try await visit.chooseSanctuaryItems()
        }
        get("cases/:id/sanctuary/:sanctuary/next", .needs(.writeNotes)) { visit in
            let (around, one, kept) = try await visit.openSanctuary()
            // What was done is added, and takes nothing away: it rests on how things stand now.
            var answers = kept.over(Answers())
            answers.set("version", String(one.version))
            return .page(sanctuaryStepPage(around, one, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/sanctuary/:sanctuary/next", .needs(.writeNotes)) { visit in
            try await visit.takeSanctuaryStep()
        }
        // It leaves: that it was printed is on record before it is shown.
        get("cases/:id/sanctuary/:sanctuary/order", .needs(.writeNotes)) { visit in
            let (around, one) = try await visit.sanctuary(to: .writeNotes)
            let paper = try sanctuaryOrderPaper(one, visit)
            try await visit.write { db in try db.audit(.sanctuaryOrderPrinted, .case, around.record.id) }
            return .page(paper)
        }
    }
}

private func newSanctuaryPage(_ around: SanctuaryAround, _ answers: Answers, _ visit: Visit, notice: HTML? = nil)
    -> Page {
    sanctuaryTermsPage("Record a request", around.base + "/new", back: around.base, around, answers,
                       isNew: true, visit, notice: notice)
}

private func changedSanctuaryPage(
    _ around: SanctuaryAround, _ one: Sanctuary, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    sanctuaryTermsPage("Change the works", one.path + "/edit", back: one.path, around, answers, isNew: false, visit,
                       notice: notice)
}

extension Visit {
    /// What a case of the viewer's own agency has; with an event, the look is on record.
    fileprivate func sanctuaries(
        to permission: Permission, only sanctuary: UUID? = nil, auditing event: AuditEvent? = nil
    ) async throws -> SanctuaryAround {
        let id = try id()
        return try await write { db in
            let record = try db.ownCase(id, self, to: permission)
            let found = try db.sanctuaries(of: record, only: sanctuary)
            if sanctuary != nil, found.isEmpty { throw Refusal.notFound }
            if let event { try db.audit(event, .case, id) }
            return SanctuaryAround(
                record: record, contact: try db.safeContact(of: record.person, self), sanctuaries: found)
        }
    }

    fileprivate func sanctuary(
        to permission: Permission, auditing event: AuditEvent? = nil
    ) async throws -> (SanctuaryAround, Sanctuary) {
        let around = try await sanctuaries(to: permission, only: id("sanctuary"), auditing: event)
        return (around, try around.sanctuaries.first.orNotFound())
    }

    /// One that goes on, of an open case, and what the viewer has typed before.
    fileprivate func openSanctuary() async throws -> (SanctuaryAround, Sanctuary, KeptAnswers) {
        let (around, one) = try await sanctuary(to: .writeNotes)
        guard around.record.isOpen, one.isOpen else { throw Refusal.notFound }
        return (around, one, try await read { db in try db.keptAnswers(self) })
    }

    fileprivate func askingForSanctuary() async throws -> (SanctuaryAround, KeptAnswers) {
        let around = try await sanctuaries(to: .writeNotes)
        guard around.record.isOpen else { throw Refusal.notFound }
        return (around, try await read { db in try db.keptAnswers(self) })
    }

    fileprivate func askForSanctuary() async throws -> Reply {
        let (around, _) = try await askingForSanctuary()
        let record = around.record
        var answers = typed
        guard let terms = SanctuaryTerms(&answers, today: today) else {
            return .invalid(newSanctuaryPage(around, answers, self))
        }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "\(around.base)/\(id.column)") { db in
                    try db.addSanctuary(id, terms, on: record, self)
                    try db.note(.sanctuaryRecorded, on: record.id, agency: record.agency, subject: id, self)
                    try db.audit(.sanctuaryRecorded, .case, record.id)
                }
            })
        } catch let error as PostgresError where error.constraint == "sanctuary_one_open" {
            answers.refuse("requested", "This case has one that goes on already. Go back and open it")
            return .conflict(newSanctuaryPage(around, answers, self))
        }
    }

    fileprivate func changeSanctuary() async throws -> Reply {
        let (around, one, _) = try await openSanctuary()
        let version = try typed.version
        var answers = typed
        guard let terms = SanctuaryTerms(&answers, today: today) else {
            return .invalid(changedSanctuaryPage(around, one, answers, self))
        }
        return try await saving(one, to: around) { db in
            try db.change(one, terms, basedOn: version)
            try db.moveDue(of: one, to: terms.urgency, self)
        } overtaken: { now in
            var again = answers.again(over: now.version)
            again.refuse("requested", "\(savedMeanwhile). Go back and read it, or save yours instead")
            return changedSanctuaryPage(around, now, again, self)
        }
    }

    fileprivate func chooseSanctuaryItems() async throws -> Reply {
        let (around, one, _) = try await openSanctuary()
        let version = try typed.version
        var answers = typed
        guard let form = SanctuaryItemsForm(&answers) else {
            return .invalid(sanctuaryItemsPage(around, one, answers, self))
        }
        return try await saving(one, to: around) { db in
            try db.choose(form, for: one, basedOn: version, on: around.record, self)
        } overtaken: { now in
            var again = answers.again(over: now.version)
            again.refuse("locks-number", "\(savedMeanwhile). Go back and read it, or save yours instead")
            return sanctuaryItemsPage(around, now, again, self)
        }
    }

    fileprivate func takeSanctuaryStep() async throws -> Reply {
        let (around, one) = try await sanctuary(to: .writeNotes)
        guard around.record.isOpen else { throw Refusal.notFound }
        let version = try typed.version
        var answers = typed
        let isCurrent = version == one.version
        guard let form = SanctuaryStepForm(&answers, of: one, isCurrent: isCurrent, today: today) else {
            return .invalid(sanctuaryStepPage(around, one, answers, self))
        }
        let record = around.record
        return try await saving(one, to: around) { db in
            try db.take(form, of: one, basedOn: version, on: record, self)
            try db.note(.sanctuaryMoved, on: record.id, agency: record.agency, subject: one.id, form.step.label, self)
        } overtaken: { now in
            var again = answers.again(over: now.version)
            again.refuse("step", "A colleague put something down just now. It stands at “\(now.stage.label)”")
            return sanctuaryStepPage(around, now, again, self)
        }
    }

    /// Saves a change once, on record, or answers with the page of the second of two editors.
    private func saving(
        _ one: Sanctuary, to around: SanctuaryAround, _ work: @Sendable (isolated Connection) throws -> Void,
        overtaken: (Sanctuary) -> Page
    ) async throws -> Reply {
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: one.path) { db in
                    try work(db)
                    try db.audit(.sanctuaryChanged, .case, around.record.id)
                }
            })
        } catch is Overtaken {
            return .conflict(overtaken(try await sanctuary(to: .writeNotes).1))
        }
    }
}
