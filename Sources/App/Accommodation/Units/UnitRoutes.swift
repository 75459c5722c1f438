import Foundation
import Pages
import Postgres

extension Site {
    /// A unit, what happens to it, and where it is.
    mutating func addUnits() {
        get("units/services/:service/units/new", .needs(.manageUnits)) { visit in
            let (service, kept) = try await visit.addingUnit()
            return .page(newUnitPage(service, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("units/services/:service/units/new", .needs(.manageUnits)) { visit in
            let (service, _) = try await visit.addingUnit()
            var answers = visit.typed
            guard let form = UnitForm(&answers, isNew: true) else {
                return .invalid(newUnitPage(service, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/units/\(id.column)") { db in
                    try db.addUnit(id, form, to: service, visit)
                    try db.audit(.unitChanged, .accommodation, id)
                }
            })
        }
        get("units/:unit", .needs(.manageUnits)) { visit in
            let id = try visit.id("unit")
            let (unit, times) = try await visit.read { db in
                (try db.unit(id, visit).orNotFound(), try db.times(of: id))
            }
            return .page(unitPage(unit, times, visit))
        }
        get("units/:unit/edit", .needs(.manageUnits)) { visit in
            let (unit, kept) = try await visit.unit()
            var answers = unit.size.answers
            answers.set("version", String(unit.version))
            if unit.endedOn != nil { answers.set("ended", "yes") }
            return .page(changedUnitPage(unit, kept.over(answers), visit, notice: kept.notice(visit)))
        }
        post("units/:unit/edit", .needs(.manageUnits)) { visit in try await visit.changeUnit() }
        get("units/:unit/next", .needs(.manageUnits)) { visit in
            let (unit, kept) = try await visit.unit()
            let answers = kept.over(Answers(["version": [String(unit.version)]]))
            return .page(unitStepPage(unit, answers, visit, notice: kept.notice(visit)))
        }
        post("units/:unit/next", .needs(.manageUnits)) { visit in try await visit.takeUnitStep() }
        // As with a person's address: the audit commits before anything is opened.
        post("units/:unit/address", .needs(.manageUnits)) { visit in
            let id = try visit.id("unit")
            let unit = try await visit.write { db in
                let unit = try db.unit(id, visit).orNotFound()
                try db.audit(.unitLocated, .accommodation, id)
                return unit
            }
            let location = try await visit.read { db in try db.location(of: unit, visit).orNotFound() }
            return .page(Page("Address", heading: unit.name, back: unit.path, """
                \(location.inside.isEmpty ? HTML.empty : GovUK.paragraph("\(location.inside)"))
                \(GovUK.insetText(lines(location.address)))
                <p class="govuk-body">Tell it by voice or in person, never in writing. That you looked at this has \
                been recorded.</p>
                """))
        }
    }
}

private func newUnitPage(_ service: AccommodationService, _ answers: Answers, _ visit: Visit, notice: HTML? = nil)
    -> Page {
    unitFormPage("Add a unit", service.path + "/units/new", back: service.path, caption: service.terms.name, answers,
                 isNew: true, visit, notice: notice)
}

private func changedUnitPage(_ unit: ProvidedUnit, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    unitFormPage("Change a unit", unit.path + "/edit", back: unit.path,
                 caption: "\(unit.name), \(unit.service.terms.name)", answers, isNew: false, visit, notice: notice)
}

extension Visit {
    fileprivate func addingUnit() async throws -> (AccommodationService, KeptAnswers) {
        let id = try id("service")
        return try await read { db in (try db.service(id, self).orNotFound(), try db.keptAnswers(self)) }
    }

    fileprivate func unit() async throws -> (ProvidedUnit, KeptAnswers) {
        let id = try id("unit")
        return try await read { db in (try db.unit(id, self).orNotFound(), try db.keptAnswers(self)) }
    }

    fileprivate func changeUnit() async throws -> Reply {
        let (unit, _) = try await unit()
        let version = try typed.version
        var answers = typed
        guard let form = UnitForm(&answers, isNew: false) else { return .invalid(changedUnitPage(unit, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: unit.path) { db in
                    try db.change(unit, form, basedOn: version, self)
                    try db.audit(.unitChanged, .accommodation, unit.id)
                }
            })
        } catch is Overtaken {
            let (now, _) = try await self.unit()
            var again = answers.again(over: now.version)
            again.refuse("bedspaces", "\(savedMeanwhile). It says now: \(now.size.line)")
            return .conflict(changedUnitPage(now, again, self))
        }
    }

    fileprivate func takeUnitStep() async throws -> Reply {
        let (unit, _) = try await unit()
        let version = try typed.version
        var answers = typed
        guard let form = UnitStepForm(&answers, of: unit, isCurrent: version == unit.version, today: today) else {
            return .invalid(unitStepPage(unit, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: unit.path) { db in
                    try db.take(form, on: unit, basedOn: version, self)
                    try db.audit(.unitChanged, .accommodation, unit.id)
                }
            })
        } catch is Overtaken {
            let (now, _) = try await self.unit()
            var again = answers.again(over: now.version)
            let stands = now.now.map { "“\($0.kind.label)” since \($0.from)" } ?? "“Free”"
            again.refuse("step", "A colleague put something down just now. It stands at \(stands)")
            return .conflict(unitStepPage(now, again, self))
        } catch let error as PostgresError where error.constraint == "unit_taken" {
            answers.refuse("day", "The unit was taken at that time already. Its page shows by what; choose a later day")
            return .invalid(unitStepPage(unit, answers, self))
        }
    }
}
