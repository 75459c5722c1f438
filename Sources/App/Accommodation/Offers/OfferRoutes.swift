import Foundation
import Pages
import Postgres
import Statistics

extension Site {
    /// A home is asked for and held, and what comes of it is put down by who asked or by who was asked.
    mutating func addOffers() {
        get("cases/:id/housing/:request/units/:unit", .needs(.seekHousing)) { visit in
            let (search, kept) = try await visit.holding()
            guard search.request.isOpen else { return .seeOther(search.request.path) }
            let answers = kept.over(Answers(["hours": ["24"]]))
            return .page(holdPage(
                search.record, search.request, search.unit, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/housing/:request/units/:unit", .needs(.seekHousing)) { visit in try await visit.hold() }
        get("cases/:id/housing/:request/elsewhere", .needs(.seekHousing)) { visit in
            let (record, request, kept) = try await visit.searching()
            guard request.isOpen else { return .seeOther(request.path) }
            return .page(elsewherePage(record, request, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/housing/:request/elsewhere", .needs(.seekHousing)) { visit in try await visit.askElsewhere() }
        get("cases/:id/housing/:request/end", .needs(.seekHousing)) { visit in
            let (record, request, kept) = try await visit.searching()
            guard request.isOpen else { return .seeOther(request.path) }
            return .page(endSearchPage(record, request, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/housing/:request/end", .needs(.seekHousing)) { visit in try await visit.endSearch() }
        get("cases/:id/housing/:request/offers/:offer", .needs(.seekHousing)) { visit in
            try await visit.answerRead(byAsker: true)
        }
        post("cases/:id/housing/:request/offers/:offer", .needs(.seekHousing)) { visit in
            try await visit.answer(byAsker: true)
        }
        get("units/asked/:offer", .needs(.manageUnits)) { visit in try await visit.answerRead(byAsker: false) }
        post("units/asked/:offer", .needs(.manageUnits)) { visit in try await visit.answer(byAsker: false) }
    }
}

/// A search that goes on, and a unit that is asked for.
private struct HoldChoice: Sendable {
    let record: CaseRecord
    let request: HousingRequest
    let unit: ProvidedUnit
}

/// What came of what, and what the household needs.
private struct AnswerChoice: Sendable {
    let offer: HousingOffer
    let request: HousingRequest
    let areas: [AreaChoice]
}

extension Visit {
    private func openSearch(_ db: isolated Connection) throws -> (CaseRecord, HousingRequest) {
        let record = try db.caseToHouse(id(), self, to: .seekHousing)
        let request = try db.housingRequest(id("request")).orNotFound()
        guard request.caseID == record.id else { throw Refusal.notFound }
        return (record, request)
    }

    fileprivate func searching() async throws -> (CaseRecord, HousingRequest, KeptAnswers) {
        try await read { db in
            let (record, request) = try self.openSearch(db)
            return (record, request, try db.keptAnswers(self))
        }
    }

    fileprivate func holding() async throws -> (HoldChoice, KeptAnswers) {
        let unit = try id("unit")
        return try await read { db in
            let (record, request) = try self.openSearch(db)
            let unit = try db.unitsToMatch(self, only: unit).first.orNotFound()
            return (HoldChoice(record: record, request: request, unit: unit), try db.keptAnswers(self))
        }
    }

    fileprivate func hold() async throws -> Reply {
        let (search, _) = try await holding()
        let (record, request, unit) = (search.record, search.request, search.unit)
        guard request.isOpen else { return .seeOther(request.path) }
        var answers = typed
        let verdict = request.verdict(on: unit, self)
        guard let form = UnitHoldForm(&answers, isAgainst: verdict.standing == .doesNot) else {
            return .invalid(holdPage(record, request, unit, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                let id = UUID()
                return try db.once(self, leadingTo: request.path) { db in
                    try db.hold(unit, form, as: id, for: request, of: record, self)
                    try db.note(.housingAsked, on: record.id, agency: record.agency, subject: request.id, self)
                    try db.audit(.housingAsked, .case, record.id)
                }
            })
        } catch let error as PostgresError where error.constraint == "unit_taken" {
            answers.refuse("hours", "Somebody else has it by now. Go back and choose another")
        } catch let error as PostgresError where error.constraint == "offer_held_once" {
            answers.refuse("hours", "Another home is held for them. Put down what came of that first")
        } catch is Overtaken {
            return .seeOther(request.path)
        }
        return .conflict(holdPage(record, request, unit, answers, self))
    }

    fileprivate func askElsewhere() async throws -> Reply {
        let (record, request, _) = try await searching()
        guard request.isOpen else { return .seeOther(request.path) }
        var answers = typed
        guard let form = ElsewhereForm(&answers, for: request, now: now) else {
            return .invalid(elsewherePage(record, request, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                let id = UUID()
                return try db.once(self, leadingTo: "\(request.path)/offers/\(id.column)") { db in
                    try db.ask(form, as: id, for: request, of: record, self)
                    try db.note(.housingAsked, on: record.id, agency: record.agency, subject: request.id, self)
                    try db.audit(.housingAsked, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .seeOther(request.path)
        }
    }

    fileprivate func endSearch() async throws -> Reply {
        let (record, request, _) = try await searching()
        guard request.isOpen else { return .seeOther(request.path) }
        var answers = typed
        let outcome = SearchOutcome.required("outcome", "Select where they are now", in: &answers)
        guard let outcome, outcome != .placed else { return .invalid(endSearchPage(record, request, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: request.path) { db in
                    try db.end(request, outcome, self)
                    try db.finishTasks(.housing, on: record.id, at: self.now)
                    try db.note(.housingEnded, on: record.id, agency: record.agency, subject: request.id, self)
                    try db.audit(.housingEnded, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .seeOther(request.path)
        }
    }

    /// `opening`: whoever asked reads it, and it is no longer news to them.
    private func answering(
        _ db: isolated Connection, byAsker: Bool, opening: Bool = false
    ) throws -> AnswerChoice {
        let offer: HousingOffer
        if byAsker {
            let record = try db.caseToHouse(id(), self, to: .seekHousing)
            offer = try db.housingOffers(of: id("request"), only: id("offer")).first.orNotFound()
            guard offer.caseID == record.id else { throw Refusal.notFound }
        } else {
            offer = try db.offerToAnswer(id("offer"), self).orNotFound()
        }
        // Whoever said no no longer reads what the household needs.
        let found = opening && byAsker ? try db.openHousingRequest(offer.request, self)
            : try db.housingRequest(offer.request)
        let request = try found.orNotFound()
        return AnswerChoice(offer: offer, request: request, areas: try db.areaChoices())
    }

    fileprivate func answerRead(byAsker: Bool) async throws -> Reply {
        let (choice, kept) = try await write { db in
            let choice = try self.answering(db, byAsker: byAsker, opening: true)
            try db.audit(.housingViewed, .case, choice.offer.caseID)
            return (choice, try db.keptAnswers(self))
        }
        var opening = Answers(["version": [String(choice.offer.version)]])
        opening.setDay("moved", today)
        return .page(answerPage(choice.offer, choice.request, choice.areas, kept.over(opening), byAsker: byAsker, self,
                                notice: kept.notice(self)))
    }

    fileprivate func answer(byAsker: Bool) async throws -> Reply {
        let choice = try await read { db in try self.answering(db, byAsker: byAsker) }
        let (offer, request) = (choice.offer, choice.request)
        let over = byAsker ? request.path : "/units"
        let mayFollow = AnswerForm.answers(to: offer, for: request, byAsker: byAsker, at: now)
        guard !mayFollow.isEmpty else { return .seeOther(over) }
        let version = try typed.version
        var answers = typed
        let form = AnswerForm(&answers, to: offer, for: request, byAsker: byAsker, now: now, today: today)
        guard let form else {
            return .invalid(answerPage(offer, request, choice.areas, answers, byAsker: byAsker, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: over) { db in
                    try db.answer(offer, form, for: request, basedOn: version, self)
                    if byAsker {
                        if !form.state.waits { try db.finishTasks(.housing, on: offer.caseID, at: self.now) }
                        try db.note(.housingAnswered, on: offer.caseID, agency: offer.agency, subject: request.id,
                                    form.state.label, self)
                    }
                    try db.audit(.housingAnswered, .case, offer.caseID)
                }
            })
        } catch is Overtaken {
            let now = try await read { db in try self.answering(db, byAsker: byAsker) }
            guard now.offer.recorded.waits else { return .seeOther(over) }
            var again = answers.again(over: now.offer.version)
            again.refuse("state", "\(savedMeanwhile). It says now: \(now.offer.state(at: self.now).label)")
            return .conflict(answerPage(now.offer, now.request, now.areas, again, byAsker: byAsker, self))
        } catch let error as PostgresError where error.constraint == "unit_taken" {
            answers.refuse("state", "Another household has it by now. Put down that it came to nothing")
            return .conflict(answerPage(offer, request, choice.areas, answers, byAsker: byAsker, self))
        } catch let error as PostgresError where error.constraint == "offer_held_once" {
            answers.refuse("state", "Another home is theirs by now. Put down that this one came to nothing")
            return .conflict(answerPage(offer, request, choice.areas, answers, byAsker: byAsker, self))
        }
    }
}
