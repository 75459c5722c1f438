import Foundation
import Pages
import Postgres

extension Site {
    /// A stay and its course, for whoever runs the unit.
    mutating func addStays() {
        get("units/stays/:stay", .needs(.manageUnits)) { visit in
            let id = try visit.id("stay")
            let stay = try await visit.write { db in
                let stay = try db.stay(id, visit).orNotFound()
                try db.audit(.stayViewed, .accommodation, id)
                return stay
            }
            return .page(stayPage(try await visit.read { db in try db.record(of: stay, visit) }, visit))
        }
        get("units/stays/:stay/plan", .needs(.manageUnits)) { visit in
            let (stay, kept) = try await visit.stay(isOpen: true)
            let answers = kept.over(StayPlanForm.answers(from: stay))
            return .page(stayPlanPage(stay, answers, visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/plan", .needs(.manageUnits)) { visit in try await visit.planStay() }
        get("units/stays/:stay/support", .needs(.manageUnits)) { visit in
            let (stay, workers, kept) = try await visit.givingSupport()
            var opening = visit.openingToday()
            opening.set("by", visit.viewer.account.column)
            return .page(staySupportPage(stay, workers, kept.over(opening), visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/support", .needs(.manageUnits)) { visit in try await visit.giveSupport() }
        get("units/stays/:stay/services", .needs(.manageUnits)) { visit in
            let (stay, kept) = try await visit.stay()
            return .page(stayServicesPage(stay, kept.over(visit.openingToday()), visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/services", .needs(.manageUnits)) { visit in try await visit.putServices() }
        addTakingBack()
        addStaySteps()
    }

    /// What is put down once and moves the stay on.
    private mutating func addStaySteps() {
        get("units/stays/:stay/review", .needs(.manageUnits)) { visit in
            let (stay, kept) = try await visit.stay(isOpen: true)
            let answers = kept.over(visit.openingToday(version: stay.version))
            return .page(stayReviewPage(stay, answers, visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/review", .needs(.manageUnits)) { visit in try await visit.reviewStay() }
        get("units/stays/:stay/transfer", .needs(.manageUnits)) { visit in
            let (stay, free, kept) = try await visit.transferring()
            let answers = kept.over(visit.openingToday(version: stay.version))
            return .page(stayTransferPage(stay, free, answers, visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/transfer", .needs(.manageUnits)) { visit in try await visit.transferStay() }
        get("units/stays/:stay/follow-up", .needs(.manageUnits)) { visit in
            let (stay, kept) = try await visit.following()
            let answers = kept.over(visit.openingToday(version: stay.version))
            return .page(stayFollowUpPage(stay, answers, visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/follow-up", .needs(.manageUnits)) { visit in try await visit.followStay() }
    }
}

extension Visit {
    fileprivate func openingToday(version: Int? = nil) -> Answers {
        var answers = Answers()
        answers.setDay("day", today)
        if let version { answers.set("version", String(version)) }
        return answers
    }

    /// A stay in the viewer's units, and what they have typed before; `isOpen`: only one that goes on, or has ended.
    fileprivate func stay(isOpen: Bool? = nil) async throws -> (Stay, KeptAnswers) {
        let id = try id("stay")
        return try await read { db in
            let stay = try db.stay(id, self).orNotFound()
            guard isOpen == nil || stay.isOpen == isOpen else { throw Refusal.notFound }
            return (stay, try db.keptAnswers(self))
        }
    }

    fileprivate func givingSupport() async throws -> (Stay, [StayWorker], KeptAnswers) {
        let (stay, kept) = try await stay()
        return (stay, try await read { db in try db.stayWorkers(of: stay.agency, self) }, kept)
    }

    fileprivate func transferring() async throws -> (Stay, [ProvidedUnit], KeptAnswers) {
        let (stay, kept) = try await stay(isOpen: true)
        let units = try await read { db in try db.units(self) }
        return (stay, units.filter { $0.agency == stay.agency && $0.isFree && $0.service.endedOn == nil }, kept)
    }

    /// One that has ended; whoever said no is not asked.
    fileprivate func following() async throws -> (Stay, KeptAnswers) {
        let (stay, kept) = try await stay(isOpen: false)
        guard stay.course.contactAfter != .no else { throw Refusal.notFound }
        return (stay, kept)
    }

    fileprivate func planStay() async throws -> Reply {
        let (stay, _) = try await stay(isOpen: true)
        let version = try typed.version
        var answers = typed
        guard let form = StayPlanForm(&answers, of: stay, today: today) else {
            return .invalid(stayPlanPage(stay, answers, self))
        }
        return try await saving(stay, beside: "plan", answers) { db in
            try db.plan(form, for: stay, basedOn: version, self)
        } again: { stayPlanPage($0, $1, self) }
    }

    fileprivate func giveSupport() async throws -> Reply {
        let (stay, workers, _) = try await givingSupport()
        var answers = typed
        guard let form = StaySupportForm(&answers, of: stay, workers: workers, today: today) else {
            return .invalid(staySupportPage(stay, workers, answers, self))
        }
        return try await saving(stay, beside: "kinds", answers) { db in
            try db.give(form, in: stay, self)
        } again: { staySupportPage($0, workers, $1, self) }
    }

    fileprivate func putServices() async throws -> Reply {
        let (stay, _) = try await stay()
        var answers = typed
        guard let form = StayServicesForm(&answers, of: stay, today: today) else {
            return .invalid(stayServicesPage(stay, answers, self))
        }
        return try await saving(stay, beside: "member", answers) { db in
            try db.put(form, in: stay, self)
        } again: { stayServicesPage($0, $1, self) }
    }

    fileprivate func reviewStay() async throws -> Reply {
        let (stay, _) = try await stay(isOpen: true)
        let version = try typed.version
        var answers = typed
        guard let form = StayReviewForm(&answers, of: stay, today: today) else {
            return .invalid(stayReviewPage(stay, answers, self))
        }
        return try await saving(stay, beside: "day", answers) { db in
            try db.review(form, of: stay, basedOn: version, self)
        } again: { stayReviewPage($0, $1, self) }
    }

    fileprivate func transferStay() async throws -> Reply {
        let (stay, free, _) = try await transferring()
        let version = try typed.version
        var answers = typed
        let isCurrent = version == stay.version
        let form = StayTransferForm(&answers, of: stay, free: free, isCurrent: isCurrent, today: today)
        guard let form else {
            return .invalid(stayTransferPage(stay, free, answers, self))
        }
        do {
            return try await saving(stay, beside: "unit", answers) { db in
                try db.transfer(form, of: stay, basedOn: version, self)
            } again: { stayTransferPage($0, free, $1, self) }
        } catch let error as PostgresError where error.constraint == "unit_taken" {
            answers.refuse("unit", "It was taken at that time. Choose another unit, or a later day")
            return .conflict(stayTransferPage(stay, free, answers, self))
        }
    }

    fileprivate func followStay() async throws -> Reply {
        let (stay, _) = try await following()
        let version = try typed.version
        var answers = typed
        guard let form = StayFollowUpForm(&answers, of: stay, today: today) else {
            return .invalid(stayFollowUpPage(stay, answers, self))
        }
        return try await saving(stay, beside: "followed", answers) { db in
            try db.follow(form, of: stay, basedOn: version, self)
        } again: { stayFollowUpPage($0, $1, self) }
    }

    /// Saves once, on record; the second of two editors is told, beside `field`.
    private func saving(
        _ stay: Stay, beside field: String, _ answers: Answers,
        _ work: @Sendable (isolated Connection) throws -> Void, again page: (Stay, Answers) -> Page
    ) async throws -> Reply {
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: stay.path) { db in
                    try work(db)
                    try db.audit(.stayChanged, .accommodation, stay.id)
                }
            })
        } catch is Overtaken {
            let (now, _) = try await self.stay()
            var again = answers.again(over: now.version)
            again.refuse(field, "\(savedMeanwhile). Go back and read it, or save yours instead")
            return .conflict(page(now, again))
        }
    }
}
