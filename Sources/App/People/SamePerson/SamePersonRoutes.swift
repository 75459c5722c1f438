import Foundation
import Pages
import Postgres

extension Site {
    /// One person on record twice: found by the same search as ever, proposed with evidence, confirmed by somebody
    /// else, undone at any time. Two records stay two records.
    mutating func addSamePeople() {
        addTieSearch(.same)
        get("people/:id/same/:other", .needs(.editPeople)) { visit in
            let (two, kept) = try await visit.looking()
            return .page(samePersonPage(two, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/same/:other", .needs(.editPeople)) { visit in try await visit.proposeLink() }
        get("people/:id/same/:other/answer", .needs(.editPeople)) { visit in
            let (two, kept) = try await visit.looking()
            guard let link = two.standing, link.state == .waiting else { return .seeOther(two.path) }
            return .page(answerLinkPage(two, link, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/same/:other/answer", .needs(.editPeople)) { visit in try await visit.answerLink() }
        get("people/:id/same/:other/undo", .needs(.editPeople)) { visit in
            let (two, kept) = try await visit.looking()
            guard let link = two.standing else { return .seeOther(two.path) }
            return .page(undoLinkPage(two, link, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/same/:other/undo", .needs(.editPeople)) { visit in try await visit.undoLink() }
    }
}

extension Visit {
    /// The two records of the path; that somebody looked at both is in the log.
    fileprivate func looking() async throws -> (TwoRecords, KeptAnswers) {
        let (id, other) = (try id(), try id("other"))
        return try await write { db in
            let two = try db.twoRecords(id, other, viewer)
            try db.audit(.personViewed, .person, id)
            try db.audit(.personViewed, .person, other)
            return (two, try db.keptAnswers(self))
        }
    }

    private func twoRecords() async throws -> TwoRecords {
        let (id, other) = (try id(), try id("other"))
        return try await read { db in try db.twoRecords(id, other, viewer) }
    }

    fileprivate func proposeLink() async throws -> Reply {
        let two = try await twoRecords()
        var answers = typed
        if two.areTied {
            answers.refuse("same", "They are recorded as two people: one harms the other, or is their child")
        }
        let form = SamePersonForm(&answers)
        guard let form, !answers.areRefused else { return .invalid(samePersonPage(two, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: two.path) { db in
                    try db.propose(form, of: two, self)
                    try db.audit(form.isSame ? .samePersonProposed : .samePersonDismissed, of: two)
                }
            })
        } catch is Overtaken {
            answers.refuse("same", "A colleague has proposed it already: answer that")
            return .conflict(samePersonPage(try await twoRecords(), answers, self))
        }
    }

    fileprivate func answerLink() async throws -> Reply {
        let two = try await twoRecords()
        guard let link = two.standing, link.state == .waiting else { return .seeOther(two.path) }
        var answers = typed
        let word = SecondWord(
            &answers, unanswered: "Select whether they are the same person", unexplained: "Enter why they are not")
        if link.proposedBy == viewer.account {
            answers.refuse("agree", "You proposed it: a second person must confirm it")
        }
        guard let word, !answers.areRefused else { return .invalid(answerLinkPage(two, link, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: two.path) { db in
                    try db.answer(link, word, self)
                    try db.audit(word.agrees ? .samePersonConfirmed : .samePersonRefused, of: two)
                }
            })
        } catch is Overtaken {
            return .seeOther(two.path)
        }
    }

    fileprivate func undoLink() async throws -> Reply {
        let two = try await twoRecords()
        guard let link = two.standing else { return .seeOther(two.path) }
        var answers = typed
        guard let form = UndoLinkForm(&answers) else { return .invalid(undoLinkPage(two, link, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: two.path) { db in
                    try db.undo(link, form, self)
                    try db.audit(.samePersonUndone, of: two)
                }
            })
        } catch is Overtaken {
            return .seeOther(two.path)
        }
    }
}

extension Connection {
    /// About both records, so that each one's log has it.
    fileprivate func audit(_ event: AuditEvent, of two: TwoRecords) throws {
        try audit(event, .person, two.person.id)
        try audit(event, .person, two.other.id)
    }
}
