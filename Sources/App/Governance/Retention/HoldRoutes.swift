import Foundation
import Pages
import Postgres

extension Site {
    /// Records that must stay: placed and lifted by the officer, and by a manager of the agency.
    mutating func addLegalHolds() {
        get("retention/holds", .needs(.holdRecords)) { visit in
            let (holds, agencies, kept) = try await visit.write { db in
                try db.audit(.retentionViewed, .retention, nil)
                return (try db.legalHolds(visit.viewer), try db.holdingAgencies(visit.viewer),
                        try db.keptAnswers(visit))
            }
            return .page(holdsPage(holds, agencies, kept, visit))
        }
        post("retention/holds", .needs(.holdRecords)) { visit in try await visit.placeHold() }
        get("retention/holds/:id", .needs(.holdRecords)) { visit in
            let (hold, kept) = try await visit.hold()
            return .page(holdPage(hold, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("retention/holds/:id", .needs(.holdRecords)) { visit in
            let (hold, _) = try await visit.hold()
            var answers = visit.typed
            let overtaken = GovUK.warningText("Somebody lifted it meanwhile. Nothing of yours is saved.")
            guard let form = RetentionReason(&answers) else {
                if hold.lifted != nil { return .conflict(holdPage(hold, Answers(), visit, notice: overtaken)) }
                return .invalid(holdPage(hold, answers, visit))
            }
            do {
                return .seeOther(try await visit.write { db in
                    try db.once(visit, leadingTo: "/retention/holds") { db in
                        guard try db.liftHold(hold.id, because: form.reason, visit) else { throw Overtaken() }
                        try db.audit(.holdLifted, .person, hold.subject)
                    }
                })
            } catch is Overtaken {
                let (now, _) = try await visit.hold()
                return .conflict(holdPage(now, answers, visit, notice: overtaken))
            }
        }
    }
}

extension Visit {
    fileprivate func hold() async throws -> (LegalHold, KeptAnswers) {
        let id = try id()
        return try await read { db in (try db.legalHold(id).orNotFound(), try db.keptAnswers(self)) }
    }

    fileprivate func placeHold() async throws -> Reply {
        let (holds, agencies) = try await read { db in
            (try db.legalHolds(viewer), try db.holdingAgencies(viewer))
        }
        var answers = typed
        func refused() -> Reply {
            .invalid(holdsPage(holds, agencies, KeptAnswers(answers: answers, keptAt: nil), self))
        }
        guard let form = HoldForm(&answers, agencies, today: today) else { return refused() }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/retention/holds") { db in
                    let id = UUID()
                    do {
                        try db.placeHold(id, form, self)
                    } catch let error as PostgresError where ["23514", "42501"].contains(error.sqlState) {
                        throw NothingToHold()
                    }
                    let placed = try db.legalHold(id).orNotFound()
                    try db.audit(.holdPlaced, .person, placed.subject)
                }
            })
        } catch is NothingToHold {
            // The same where there is no such record, where it is deleted, and where it is withheld.
            answers.refuse("reference", "This agency has no record of that reference or number that you may hold")
            return refused()
        }
    }
}

/// The database knows no record of that reference that the viewer may hold.
private struct NothingToHold: Error {}
