import Foundation
import Pages
import Postgres

extension Site {
    /// What somebody of the staff declares: whom they know.
    mutating func addInterests() {
        get("account/interests", .signedIn) { visit in
            let (list, kept) = try await visit.read { db in
                (try db.ownInterests(visit.viewer), try db.keptAnswers(visit))
            }
            return .page(interestsPage(list, kept, visit))
        }
        post("account/interests", .signedIn) { visit in
            var answers = visit.typed
            guard let form = InterestForm(&answers, today: visit.today) else {
                let list = try await visit.read { db in try db.ownInterests(visit.viewer) }
                return .invalid(interestsPage(list, KeptAnswers(answers: answers, keptAt: nil), visit))
            }
            let started = ContinuousClock.now
            let location = try await visit.write { db in
                try db.once(visit, leadingTo: "/account/interests") { db in
                    let id = UUID()
                    try db.declareInterest(id, form, visit)
                    try db.audit(.interestDeclared, .interest, id)
                }
            }
            // Sealing takes longer than finding nobody. Both are answered at the same step.
            await FrontOfHouse.wait(from: started, visit.services.settings.notFoundStep)
            return .seeOther(location)
        }
        post("account/interests/:id/end", .signedIn) { visit in
            let id = try visit.id()
            return .seeOther(try await visit.write { db in
                guard let isEnded = try db.endInterest(id, visit) else { throw Refusal.notFound }
                if isEnded { try db.audit(.interestEnded, .interest, id) }
                return "/account/interests"
            })
        }
    }

    /// What of it matched, for the data protection officer.
    mutating func addMatches() {
        get("interests", .needs(.decideInterests)) { visit in
            try await visit.write { db in try db.audit(.interestsViewed, .log, nil) }
            let (list, settled) = try await visit.read { db in
                (try db.interestMatches(settled: false, limit: MatchList.most + 1),
                 try db.interestMatches(settled: true, limit: MatchList.latest))
            }
            return .page(matchesPage(MatchList(list: list, settled: settled)))
        }
        get("interests/:id", .needs(.decideInterests)) { visit in
            let (match, kept) = try await visit.match()
            return .page(matchPage(match, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("interests/:id", .needs(.decideInterests)) { visit in
            let (match, _) = try await visit.match()
            var answers = visit.typed
            // Sent again, or decided by somebody else meanwhile: `once` and the page tell which.
            let isAsRead = answers["was"] == match.state.rawValue
            let form = isAsRead ? MatchDecisionForm(&answers, of: match) : nil
            if isAsRead, form == nil { return .invalid(matchPage(match, answers, visit)) }
            do {
                return .seeOther(try await visit.write { db in
                    try db.once(visit, leadingTo: "/interests") { db in
                        guard let form else { throw Overtaken() }
                        try db.decide(match, form, visit)
                        try db.audit(form.decision.event, .person, match.subject, purpose: form.reason)
                    }
                })
            } catch is Overtaken {
                let overtaken = GovUK.warningText("Somebody decided meanwhile. Nothing of yours is saved.")
                return .conflict(matchPage(try await visit.match().0, answers, visit, notice: overtaken))
            }
        }
    }
}

extension Visit {
    fileprivate func match() async throws -> (InterestMatch, KeptAnswers) {
        let id = try id()
        return try await read { db in (try db.interestMatch(id).orNotFound(), try db.keptAnswers(self)) }
    }
}

extension MatchDecision {
    var event: AuditEvent {
        switch self {
        case .seal: .interestSealed
        case .notSame: .interestNotSame
        case .end: .sealingEnded
        }
    }
}
