import Foundation
import Pages
import Postgres

extension Site {
    mutating func addEmergencies() {
        get("emergency", .needs(.openInEmergency)) { visit in
            let (day, kept) = try await visit.read { db in (try db.emergencyDay(visit), try db.keptAnswers(visit)) }
            return .page(emergencyPage(day, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("emergency", .needs(.openInEmergency)) { visit in try await visit.openInEmergency() }
        post("emergency/:id/extend", .needs(.openInEmergency)) { visit in
            let id = try visit.id()
            try await visit.write { db in
                let found = try db.ownEmergencies(visit.viewer).first { $0.id == id }.orNotFound()
                if try db.extendEmergency(id, visit.viewer) {
                    try db.audit(.emergencyExtended, .case, found.caseID)
                }
            }
            return .seeOther("/emergency")
        }
        get("emergency/reviews", .needs(.reviewEmergencies)) { visit in
            let list = try await visit.write { db in
                try db.audit(.emergenciesViewed, .partnership, visit.viewer.partnership)
                return try db.emergenciesToReview(visit.viewer)
            }
            return .page(emergencyReviewsPage(list, visit))
        }
        get("emergency/reviews/:id", .needs(.reviewEmergencies)) { visit in
            let id = try visit.id()
            let (one, kept) = try await visit.read { db in
                (try db.emergencyToReview(id, visit.viewer).orNotFound(), try db.keptAnswers(visit))
            }
            return .page(emergencyReviewPage(one, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("emergency/reviews/:id", .needs(.reviewEmergencies)) { visit in try await visit.reviewEmergency() }
    }
}

extension Connection {
    fileprivate func emergencyDay(_ visit: Visit) throws -> EmergencyDay {
        EmergencyDay(
            partners: try emergencyPartners(visit.viewer), own: try ownEmergencies(visit.viewer),
            here: try emergenciesHere(visit.viewer))
    }
}

/// No case that may be opened has the reference: nothing of the attempt is kept but its entry in the log.
private struct NoSuchCase: Error {}

extension Visit {
    fileprivate func openInEmergency() async throws -> Reply {
        let day = try await read { db in try db.emergencyDay(self) }
        var answers = typed
        guard let form = EmergencyForm(&answers, day.partners) else {
            return .invalid(emergencyPage(day, answers, self))
        }
        do {
            let id = UUID()
            // Where the case is, is known only once it is open; a second press leads to the list, which links to it.
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/emergency") { db in
                    guard let found = try db.openInEmergency(id, form, self) else { throw NoSuchCase() }
                    try db.audit(.emergencyOpened, .case, found)
                }
            })
        } catch is NoSuchCase {
            return try await refusedEmergency(day, &answers)
        } catch let error as PostgresError where error.sqlState == "23503" {
            return try await refusedEmergency(day, &answers)
        }
    }

    /// The same where there is no such case and where it is withheld.
    private func refusedEmergency(_ day: EmergencyDay, _ answers: inout Answers) async throws -> Reply {
        try await write { db in try db.audit(.emergencyRefused, .account, viewer.account) }
        answers.refuse("reference", "No case that you may open has this reference. Ring the agency, or 999")
        return .invalid(emergencyPage(day, answers, self))
    }

    fileprivate func reviewEmergency() async throws -> Reply {
        let id = try id()
        let one = try await read { db in try db.emergencyToReview(id, viewer).orNotFound() }
        guard one.review == nil else { return .seeOther("/emergency/reviews/\(id.column)") }
        var answers = typed
        let form = EmergencyReviewForm(&answers)
        if one.account == viewer.account { answers.refuse("outcome", "You opened it: somebody else must review it") }
        guard let form, !answers.areRefused else { return .invalid(emergencyReviewPage(one, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/emergency/reviews") { db in
                    try db.review(one, form, self)
                    try db.audit(.emergencyReviewed, .case, one.caseID)
                }
            })
        } catch is Overtaken {
            return .seeOther("/emergency/reviews/\(id.column)")
        }
    }
}
