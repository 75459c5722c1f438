import Foundation
import Pages
import Postgres

extension Site {
    mutating func addDataMatters() {
        get("register", .needs(.viewRegister)) { visit in
            let kind = DataMatterKind(rawValue: visit.query["kind"]?.first ?? "")
            let list = try await visit.write { db in
                try db.audit(.registerViewed, .log, nil)
                return DataMatterList(
                    kind: kind, open: try db.dataMatters(kind, over: false, limit: DataMatterList.most + 1),
                    over: try db.dataMatters(kind, over: true, limit: DataMatterList.latest),
                    waiting: visit.viewer.keepsRegister ? try db.registerWaiting(visit) : nil)
            }
            return .page(registerPage(list, visit))
        }
        get("register/requests/new", .needs(.recordRequests)) { visit in
            let (agencies, kept) = try await visit.read { db in
                (try db.requestAgencies(visit.viewer), try db.keptAnswers(visit))
            }
            return .page(dataRequestPage(agencies, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("register/requests/new", .needs(.recordRequests)) { visit in try await visit.addDataRequest() }
        get("register/matters/:id", .needs(.viewRegister)) { visit in
            let matter = try await visit.lookAtMatter()
            let packs = matter.kind.isAnswered ? try await visit.read { db in try db.packs(of: matter.id, visit) } : []
            return .page(dataMatterPage(matter, packs: packs, visit))
        }
        get("register/matters/:id/next", .needs(.keepRegister)) { visit in
            let matter = try await visit.lookAtMatter()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            let code = visit.query["step"]?.first ?? kept.answers["step"]
            guard let step = matter.offered.first(where: { $0.code == code }) ?? matter.offered.first else {
                return .seeOther("/register/matters/\(matter.id.column)")
            }
            var opening = Answers(["version": [String(matter.version)]])
            opening.setDay("happened", visit.today)
            let isSame = kept.keptAt != nil && kept.answers["step"] == step.code
            return .page(dataStepPage(
                matter, step, isSame ? kept.over(opening) : opening, visit, notice: isSame ? kept.notice(visit) : nil))
        }
        post("register/matters/:id/next", .needs(.keepRegister)) { visit in try await visit.addStep() }
    }

    /// Anybody who works here, from their account's page or the register.
    mutating func addBreachReport() {
        get("report-a-breach", .signedIn) { visit in
            let (agencies, kept) = try await visit.read { db in
                (try db.agencyChoices(among: visit.viewer.posts.map(\.agency)), try db.keptAnswers(visit))
            }
            var opening = Answers()
            opening.setDay("noticed", visit.today)
            return .page(reportBreachPage(agencies, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("report-a-breach", .signedIn) { visit in
            let agencies = try await visit.read { db in
                try db.agencyChoices(among: visit.viewer.posts.map(\.agency))
            }
            var answers = visit.typed
            guard let form = DataBreachForm(&answers, agencies: agencies.map(\.id), now: visit.now) else {
                return .invalid(reportBreachPage(agencies, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/report-a-breach/received") { db in
                    let id = UUID()
                    try db.reportBreach(id, form, visit)
                    try db.audit(.breachReported, .register, id)
                }
            })
        }
        get("report-a-breach/received", .signedIn) { _ in .page(breachReceivedPage()) }
    }
}

extension Connection {
    /// Where a request may have been received: for the officer anywhere.
    fileprivate func requestAgencies(_ viewer: Viewer) throws -> [AgencyChoice] {
        viewer.keepsRegister ? try agencyChoices() : try agencyChoices(among: viewer.agencies(.recordRequests))
    }
}

extension Visit {
    /// In the log before anything is shown.
    func lookAtMatter() async throws -> DataMatter {
        let id = try id()
        return try await write { db in
            let matter = try db.dataMatter(id, self).orNotFound()
            try db.audit(.dataMatterViewed, .register, id)
            return matter
        }
    }

    fileprivate func addDataRequest() async throws -> Reply {
        let agencies = try await read { db in try db.requestAgencies(viewer) }
        var answers = typed
        guard let form = DataRequestForm(&answers, agencies: agencies.map(\.id), today: today) else {
            return .invalid(dataRequestPage(agencies, answers, self))
        }
        let mayName = viewer.may(.viewCases) && !form.reference.isEmpty
        let named = mayName ? try await read { db in try db.caseForMatter(form.reference, at: form.agency, self) } : nil
        if mayName, named == nil {
            answers.refuse("reference", "No case that you see at this agency has this reference. Leave it, or check it")
            return .invalid(dataRequestPage(agencies, answers, self))
        }
        let id = UUID()
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/register/matters/\(id.column)") { db in
                try db.addDataRequest(id, form, about: named, self)
                try db.audit(.dataRequestRecorded, .register, id)
            }
        })
    }

    fileprivate func addStep() async throws -> Reply {
        let id = try id()
        let matter = try await read { db in try db.dataMatter(id, self).orNotFound() }
        guard let step = matter.kind.steps.first(where: { $0.code == typed["step"] }) else { throw Refusal.unreadable }
        let version = try typed.version
        var answers = typed
        // Sent again, or a step that another officer's makes impossible: `once` and the number of steps tell which.
        let isOffered = matter.offered.contains { $0.code == step.code }
        let form = DataStepForm(&answers, step, of: matter, now: now)
        if form == nil, isOffered { return .invalid(dataStepPage(try await lookAtMatter(), step, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/register/matters/\(matter.id.column)") { db in
                    guard let form, isOffered else { throw Overtaken() }
                    try db.addStep(form, to: matter, after: version, self)
                    try db.audit(.dataStepRecorded, .register, matter.id, purpose: step.label)
                }
            })
        } catch is Overtaken {
            let now = try await lookAtMatter()
            let overtaken = GovUK.warningText("""
                Another step was recorded meanwhile, or this one is not to be recorded now. Nothing of yours is saved.
                """)
            if now.offered.contains(where: { $0.code == step.code }) {
                return .conflict(dataStepPage(now, step, answers.again(over: now.version), self, notice: overtaken))
            }
            return .conflict(dataMatterPage(now, self, notice: overtaken))
        }
    }
}
