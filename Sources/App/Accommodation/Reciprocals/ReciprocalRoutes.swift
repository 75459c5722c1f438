import Foundation
import Pages
import Postgres

extension Site {
    /// Homes that one landlord asks of another, of a case.
    mutating func addReciprocals() {
        get("cases/:id/reciprocals", .needs(.viewCases)) { visit in
            let around = try await visit.reciprocals(to: .viewCases, auditing: .reciprocalViewed)
            return .page(reciprocalsPage(around, visit))
        }
        get("cases/:id/reciprocals/new", .needs(.writeNotes)) { visit in
            let (around, landlords, kept) = try await visit.askingLandlord()
            var opening = Answers()
            opening.setDay("asked", visit.today)
            return .page(newReciprocalPage(around, landlords, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("cases/:id/reciprocals/new", .needs(.writeNotes)) { visit in try await visit.askLandlord() }
        get("cases/:id/reciprocals/:reciprocal", .needs(.viewCases)) { visit in
            let (around, one) = try await visit.reciprocal(to: .viewCases, auditing: .reciprocalViewed)
            return .page(reciprocalPage(around, one, visit))
        }
        get("cases/:id/reciprocals/:reciprocal/next", .needs(.writeNotes)) { visit in
            let (around, one) = try await visit.openReciprocal()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            // What was done rests on how things stand now.
            var answers = kept.over(Answers())
            answers.set("version", String(one.version))
            return .page(reciprocalStepPage(around, one, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/reciprocals/:reciprocal/next", .needs(.writeNotes)) { visit in
            try await visit.takeReciprocalStep()
        }
        get("cases/:id/reciprocals/:reciprocal/edit", .needs(.writeNotes)) { visit in
            let (around, one) = try await visit.openReciprocal()
            let (landlords, kept) = try await visit.read { db in (try db.landlords(), try db.keptAnswers(visit)) }
            let answers = kept.over(.correcting(one))
            return .page(editReciprocalPage(around, one, landlords, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/reciprocals/:reciprocal/edit", .needs(.writeNotes)) { visit in
            try await visit.editReciprocal()
        }
    }
}

extension Visit {
    /// What was asked for a case of the viewer's own agency; with an event, the look is on record.
    fileprivate func reciprocals(
        to permission: Permission, only reciprocal: UUID? = nil, auditing event: AuditEvent? = nil
    ) async throws -> ReciprocalAround {
        let id = try id()
        return try await write { db in
            let record = try db.ownCase(id, self, to: permission)
            try db.checkHarmed(record)
            let found = try db.reciprocals(of: record, only: reciprocal)
            if reciprocal != nil, found.isEmpty { throw Refusal.notFound }
            if let event { try db.audit(event, .case, id) }
            return ReciprocalAround(
                record: record, contact: try db.safeContact(of: record.person, self), reciprocals: found)
        }
    }

    fileprivate func reciprocal(
        to permission: Permission, auditing event: AuditEvent? = nil
    ) async throws -> (ReciprocalAround, Reciprocal) {
        let around = try await reciprocals(to: permission, only: id("reciprocal"), auditing: event)
        return (around, try around.reciprocals.first.orNotFound())
    }

    /// One that waits for something, of an open case.
    fileprivate func openReciprocal() async throws -> (ReciprocalAround, Reciprocal) {
        let (around, one) = try await reciprocal(to: .writeNotes)
        guard around.record.isOpen, !one.state.following.isEmpty else { throw Refusal.notFound }
        return (around, one)
    }

    fileprivate func askingLandlord() async throws -> (ReciprocalAround, [Landlord], KeptAnswers) {
        let around = try await reciprocals(to: .writeNotes)
        guard around.record.isOpen else { throw Refusal.notFound }
        let (landlords, kept) = try await read { db in (try db.landlords(), try db.keptAnswers(self)) }
        return (around, landlords, kept)
    }

    fileprivate func askLandlord() async throws -> Reply {
        let (around, landlords, _) = try await askingLandlord()
        let record = around.record
        var answers = typed
        guard let form = ReciprocalForm(&answers, landlords: landlords, today: today) else {
            return .invalid(newReciprocalPage(around, landlords, answers, self))
        }
        let id = UUID()
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "\(around.base)/\(id.column)") { db in
                try db.addReciprocal(id, form, on: record, self)
                try db.note(.reciprocalAsked, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.reciprocalRecorded, .case, record.id)
            }
        })
    }

    fileprivate func takeReciprocalStep() async throws -> Reply {
        let (around, one) = try await reciprocal(to: .writeNotes)
        let record = around.record
        guard record.isOpen else { throw Refusal.notFound }
        // What is over by now is read, and nothing follows.
        guard !one.state.following.isEmpty else { return .seeOther(one.path) }
        let version = try typed.version
        var answers = typed
        let isCurrent = version == one.version
        guard let form = ReciprocalStepForm(&answers, of: one, isCurrent: isCurrent, today: today) else {
            return .invalid(reciprocalStepPage(around, one, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: one.path) { db in
                    try db.take(form, of: one, basedOn: version, self)
                    try db.note(.reciprocalMoved, on: record.id, agency: record.agency, subject: one.id,
                                form.state.label, self)
                    try db.audit(.reciprocalChanged, .case, record.id)
                }
            })
        } catch is Overtaken {
            let (_, now) = try await reciprocal(to: .writeNotes)
            guard !now.state.following.isEmpty else { return .seeOther(one.path) }
            var again = answers.again(over: now.version)
            again.refuse("state", "A colleague put something down just now. It stands at “\(now.state.label)”")
            return .conflict(reciprocalStepPage(around, now, again, self))
        }
    }

    fileprivate func editReciprocal() async throws -> Reply {
        let (around, one) = try await reciprocal(to: .writeNotes)
        let record = around.record
        guard record.isOpen else { throw Refusal.notFound }
        // What is over by now is read, and no longer corrected.
        guard !one.state.following.isEmpty else { return .seeOther(one.path) }
        let landlords = try await read { db in try db.landlords() }
        let version = try typed.version
        var answers = typed
        guard let form = ReciprocalForm(&answers, landlords: landlords, correcting: one, today: today) else {
            return .invalid(editReciprocalPage(around, one, landlords, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: one.path) { db in
                    try db.edit(one, form, on: record, basedOn: version, self)
                    try db.note(.reciprocalMoved, on: record.id, agency: record.agency, subject: one.id,
                                "What was asked is corrected", self)
                    try db.audit(.reciprocalEdited, .case, record.id)
                }
            })
        } catch is Overtaken {
            let (_, now) = try await reciprocal(to: .writeNotes)
            guard !now.state.following.isEmpty else { return .seeOther(one.path) }
            var again = answers.again(over: now.version)
            again.refuse("bedrooms", "\(savedMeanwhile). Go back and read it, or save yours instead")
            return .conflict(editReciprocalPage(around, now, landlords, again, self))
        }
    }
}

extension Answers {
    /// The form as it opens on what is recorded.
    fileprivate static func correcting(_ one: Reciprocal) -> Answers {
        var answers = Answers([
            "version": [String(one.version)], "receiving": [one.receiving.id.column], "giving": [one.giving.id.column],
            "bedrooms": [String(one.bedrooms)], "tenancy": [one.tenancy.rawValue], "excluded": [one.excluded],
        ])
        answers.setDay("asked", one.askedOn)
        if let day = one.answerBy { answers.setDay("answer", day) }
        return answers
    }
}
