import Foundation
import Pages
import Postgres

extension Site {
    /// What the partnership's analyst asks agencies for.
    mutating func addDataCalls() {
        get("data", .needs(.askForData)) { visit in .page(try await visit.dataCallsPage()) }
        get("data/specifications", .needs(.askForData)) { visit in
            .page(specificationsPage(try await visit.read { db in try db.dataSpecifications() }, visit))
        }
        get("data/specifications/new", .needs(.askForData)) { visit in
            let (known, kept) = try await visit.specifications()
            return .page(newSpecificationPage(known, kept.over(visit.newSpecification(known)), visit,
                                              notice: kept.notice(visit)))
        }
        post("data/specifications/new", .needs(.askForData)) { visit in try await visit.addSpecification() }
        get("data/new", .needs(.askForData)) { visit in
            let (choices, kept) = try await visit.callChoices()
            return .page(newDataCallPage(choices, kept.over(visit.newCall(choices)), visit, notice: kept.notice(visit)))
        }
        post("data/new", .needs(.askForData)) { visit in try await visit.addDataCall() }
        get("data/:call", .needs(.askForData)) { visit in
            let (call, standings) = try await visit.callAndStandings()
            return .page(dataCallPage(call, standings, visit))
        }
        post("data/:call/close", .needs(.askForData)) { visit in try await visit.closeDataCall() }
    }
}

extension Visit {
    /// A call that the viewer may know of, and where the agencies stand with it that they may know of.
    func callAndStandings() async throws -> (DataCall, [CallStanding]) {
        let id = try id("call")
        return try await read { db in
            let call = try db.dataCall(id).orNotFound()
            let agencies = try db.askedAgencies([id]).map(\.agency)
            return (call, CallStanding.all(agencies, try db.dataReturns([id])))
        }
    }

    fileprivate func dataCallsPage() async throws -> Page {
        let (calls, asked, returns) = try await read { db in
            let calls = try db.dataCalls()
            return (calls, try db.askedAgencies(calls.map(\.id)), try db.dataReturns(calls.map(\.id)))
        }
        let lines = calls.map { call in
            (call, CallStanding.all(asked.filter { $0.call == call.id }.map(\.agency),
                                    returns.filter { $0.call == call.id }))
        }
        return App.dataCallsPage(lines, self)
    }

    fileprivate func specifications() async throws -> ([DataSpecification], KeptAnswers) {
        try await read { db in (try db.dataSpecifications(), try db.keptAnswers(self)) }
    }

    /// The form of a new version opens on the one that it follows, where it names one.
    fileprivate func newSpecification(_ known: [DataSpecification]) -> Answers {
        let based = known.first { $0.id.column == query["of"]?.first }
        let text = based.map { SpecificationText.text($0.columns) } ?? SpecificationText.usual
        var answers = Answers(["columns": [text]])
        if let based { answers.set("name", based.name) }
        answers.setDay("from", today)
        return answers
    }

    fileprivate func addSpecification() async throws -> Reply {
        let (known, _) = try await specifications()
        var answers = typed
        guard let form = SpecificationForm(&answers) else {
            return .invalid(newSpecificationPage(known, answers, self))
        }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/data/specifications") { db in
                    try db.addSpecification(id, form, signer)
                    try db.audit(.dataAsked, .evidence, id)
                }
            })
        } catch let error as PostgresError where error.constraint == "specification_numbered" {
            answers.refuse("name", "A colleague saved a version of this name just now. Look at it, and save again")
            return .conflict(newSpecificationPage(try await specifications().0, answers, self))
        }
    }

    fileprivate func callChoices() async throws -> (DataCallForm.Choices, KeptAnswers) {
        try await read { db in
            (DataCallForm.Choices(
                specifications: try db.dataSpecifications(), agencies: try db.agenciesToAsk(),
                assessments: try db.assessmentsOnRecord()), try db.keptAnswers(self))
        }
    }

    fileprivate func newCall(_ choices: DataCallForm.Choices) -> Answers {
        Answers(["kind": [DataCallKind.encoded.rawValue],
                 "health": choices.agencies.filter(\.isHealth).map(\.id.column)])
    }

    fileprivate func addDataCall() async throws -> Reply {
        let (choices, _) = try await callChoices()
        var answers = typed
        guard let form = DataCallForm(&answers, choices, today: today) else {
            return .invalid(newDataCallPage(choices, answers, self))
        }
        let id = UUID()
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/data/\(id.column)") { db in
                try db.addDataCall(id, form, signer)
                try db.audit(.dataAsked, .evidence, id)
            }
        })
    }

    fileprivate func closeDataCall() async throws -> Reply {
        let id = try id("call")
        let call = try await read { db in try db.dataCall(id).orNotFound() }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: call.path) { db in
                    try db.closeDataCall(id, signer)
                    try db.audit(.dataCallClosed, .evidence, id)
                }
            })
        } catch is Overtaken {
            return .seeOther(call.path)
        }
    }
}
