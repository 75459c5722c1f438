import Foundation
import Pages
import Postgres

extension Site {
    /// The services that a provider runs, and the list of its units.
    mutating func addAccommodationServices() {
        get("units", .needs(.manageUnits)) { visit in
            let (services, units, asked, due) = try await visit.read { db in
                (try db.services(visit), try db.units(visit), try db.offersToAnswer(visit),
                 try db.staysDue(by: visit.today.adding(7), visit))
            }
            return .page(unitsPage(services, units, asked, due, visit))
        }
        post("units/confirm", .needs(.manageUnits)) { visit in
            .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/units") { db in
                    try db.confirmUnits(visit)
                    try db.audit(.unitsConfirmed, .account, visit.viewer.account)
                }
            })
        }
        get("units/services/new", .needs(.manageUnits)) { visit in
            let (choices, kept) = try await visit.read { db in
                (try db.serviceChoices(visit), try db.keptAnswers(visit))
            }
            return .page(newServicePage(choices, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("units/services/new", .needs(.manageUnits)) { visit in
            let choices = try await visit.read { db in try db.serviceChoices(visit) }
            var answers = visit.typed
            guard let form = ServiceForm(&answers, choices: choices) else {
                return .invalid(newServicePage(choices, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/units/services/\(id.column)") { db in
                    try db.addService(id, form, visit)
                    try db.audit(.unitChanged, .accommodation, id)
                }
            })
        }
        get("units/services/:service", .needs(.manageUnits)) { visit in
            let id = try visit.id("service")
            let (service, units, areas) = try await visit.read { db in
                (try db.service(id, visit).orNotFound(), try db.units(of: id, visit), try db.areaChoices())
            }
            let unsafe = areas.filter { service.terms.unsafeAreas.contains($0.id) }.map(\.name)
            return .page(servicePage(service, units, unsafe: unsafe, visit))
        }
        get("units/services/:service/edit", .needs(.manageUnits)) { visit in
            let (service, choices, kept) = try await visit.changingService()
            var answers = service.terms.answers
            answers.set("version", String(service.version))
            if service.endedOn != nil { answers.set("ended", "yes") }
            return .page(changedServicePage(service, choices, kept.over(answers), visit, notice: kept.notice(visit)))
        }
        post("units/services/:service/edit", .needs(.manageUnits)) { visit in try await visit.changeService() }
    }
}

private func newServicePage(_ choices: ServiceChoices, _ answers: Answers, _ visit: Visit, notice: HTML? = nil)
    -> Page {
    serviceFormPage("Add a service", "/units/services/new", back: "/units", choices, answers, isNew: true, visit,
                    notice: notice)
}

private func changedServicePage(
    _ service: AccommodationService, _ choices: ServiceChoices, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    serviceFormPage("Change a service", service.path + "/edit", back: service.path, choices, answers, isNew: false,
                    visit, notice: notice)
}

extension Visit {
    fileprivate func changingService() async throws -> (AccommodationService, ServiceChoices, KeptAnswers) {
        let id = try id("service")
        return try await read { db in
            let service = try db.service(id, self).orNotFound()
            // Whose it is stays as it is.
            let own = AccommodationProvider(id: service.agency, name: service.agencyName)
            return (service, ServiceChoices(providers: [own], areas: try db.areaChoices()), try db.keptAnswers(self))
        }
    }

    fileprivate func changeService() async throws -> Reply {
        let (service, choices, _) = try await changingService()
        let version = try typed.version
        var answers = typed
        guard let form = ServiceForm(&answers, choices: choices) else {
            return .invalid(changedServicePage(service, choices, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: service.path) { db in
                    try db.change(service, form, basedOn: version, self)
                    try db.audit(.unitChanged, .accommodation, service.id)
                }
            })
        } catch is Overtaken {
            let (now, choices, _) = try await changingService()
            var again = answers.again(over: now.version)
            again.refuse("name", "\(savedMeanwhile). The service’s page shows what it says now")
            return .conflict(changedServicePage(now, choices, again, self))
        }
    }
}
