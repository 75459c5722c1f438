import Foundation
import Pages
import Postgres

extension Site {
    /// Somebody asks for information about a child: put down by whoever takes it, decided by somebody else.
    mutating func addChildRequests() {
        get("child-requests", .needs(.decideRequests)) { visit in
            let (waiting, decided) = try await visit.write { db in
                try db.audit(.childRequestsViewed, .log, nil)
                return (try db.waitingRequests(limit: RequestList.most + 1),
                        try db.decidedRequests(limit: RequestList.latest))
            }
            return .page(childRequestsPage(waiting, decided, visit))
        }
        get("child-requests/new", .needs(.recordContacts)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(newRequestPage(kept.answers, visit, notice: kept.notice(visit)))
        }
        post("child-requests/new", .needs(.recordContacts)) { visit in
            var answers = visit.typed
            guard let form = ChildRequestForm(&answers, today: visit.today) else {
                return .invalid(newRequestPage(answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/child-requests/received") { db in
                    let (id, agency) = (UUID(), try db.ownAgency(.recordContacts, visit.viewer))
                    try db.addChildRequest(id, form, agency: agency, visit)
                    try db.audit(.childRequestRecorded, .request, id)
                }
            })
        }
        get("child-requests/received", .needs(.recordContacts)) { _ in .page(requestReceivedPage()) }
        get("child-requests/:id", .needs(.decideRequests)) { visit in
            let id = try visit.id()
            let (request, candidates, kept) = try await visit.write { db in
                let request = try db.childRequest(id).orNotFound()
                try db.audit(.childRequestViewed, .request, id)
                return (request, try db.candidates(toName: request), try db.keptAnswers(visit))
            }
            return .page(childRequestPage(request, candidates, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("child-requests/:id", .needs(.decideRequests)) { visit in try await visit.decideRequest() }
        post("child-requests/:id/child", .needs(.decideRequests)) { visit in try await visit.nameChild() }
    }
}

extension Connection {
    /// Nobody to choose from once the child is named, or all is decided.
    fileprivate func candidates(toName request: ChildRequest) throws -> [ChildCandidate] {
        request.child == nil && request.decision == nil ? try candidates(for: request) : []
    }
}

extension Visit {
    fileprivate func decideRequest() async throws -> Reply {
        let id = try id()
        let (request, candidates) = try await read { db in
            let request = try db.childRequest(id).orNotFound()
            return (request, try db.candidates(toName: request))
        }
        var answers = typed
        let form = RequestDecisionForm(&answers, on: request)
        // A second press, after the first has saved, is not refused here.
        if request.decision == nil, request.recordedBy == viewer.account {
            answers.refuse("outcome", "You took this request, so somebody else decides on it")
        }
        // Decided meanwhile: what is wrong with the answers doesn't matter any more.
        let isMissed = form == nil && request.decision != nil
        guard let form, !answers.areRefused else {
            if isMissed { return .conflict(childRequestPage(request, [], Answers(), self, notice: Self.overtaken)) }
            return .invalid(childRequestPage(request, candidates, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/child-requests") { db in
                    try db.decide(id, form, self)
                    try db.audit(.childRequestDecided, .request, id, purpose: form.outcome.label)
                }
            })
        } catch is Overtaken {
            let now = try await read { db in try db.childRequest(id).orNotFound() }
            return .conflict(childRequestPage(now, [], answers, self, notice: Self.overtaken))
        }
    }

    private static let overtaken = GovUK.warningText("Somebody decided meanwhile. Nothing of yours is saved.")

    fileprivate func nameChild() async throws -> Reply {
        let id = try id()
        let (request, candidates) = try await read { db in
            let request = try db.childRequest(id).orNotFound()
            return (request, try db.candidates(for: request))
        }
        var answers = typed
        let child = candidates.first { $0.id.column == answers["child"] }
        if child == nil { answers.refuse("child", "Select which child is meant") }
        guard let child else { return .invalid(childRequestPage(request, candidates, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/child-requests/\(id.column)") { db in
                    try db.nameChild(child.id, of: id)
                    try db.audit(.childRequestNamed, .request, id)
                    guard let found = try db.workerOfChild(child.id) else { throw Refusal.notFound }
                    try db.startTask(NewTask(
                        kind: .toDo, agency: found.agency, person: child.id, owner: found.worker,
                        due: WorkingDays.end(of: request.taskDay(today)),
                        detail: "Somebody asked for information about this child. Nobody confirms anything to them. "
                            + "Read the request on the child’s own record, and tell the manager what speaks for it "
                            + "and against it."), self)
                }
            })
        } catch is Overtaken {
            let now = try await read { db in try db.childRequest(id).orNotFound() }
            let overtaken = GovUK.warningText("Somebody said or decided so meanwhile. Nothing of yours is saved.")
            return .conflict(childRequestPage(now, [], answers, self, notice: overtaken))
        }
    }
}

extension ChildRequest {
    /// When the child's worker is to have spoken: within a week, and before the month is over.
    func taskDay(_ today: Day) -> Day { max(today, min(today.adding(7), due.adding(-1))) }
}
