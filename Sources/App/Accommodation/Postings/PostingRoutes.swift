import Foundation
import Pages
import Postgres

extension Site {
    /// Own vacancies as text for Routes to Support, and when each was posted there.
    mutating func addPostings() {
        get("units/routes-to-support", .needs(.manageUnits)) { visit in
            let (units, postings) = try await visit.read { db in (try db.units(visit), try db.postings(visit)) }
            return .page(postingsPage(units, postings, visit))
        }
        post("units/:unit/posted", .needs(.manageUnits)) { visit in
            let id = try visit.id("unit")
            let (unit, units, postings) = try await visit.read { db in
                (try db.unit(id, visit).orNotFound(), try db.units(visit), try db.postings(visit))
            }
            let text = VacancyText(unit)
            // What was copied is no longer what stands here.
            guard unit.isFree, unit.service.endedOn == nil, visit.typed["mark"] == text.mark else {
                return .conflict(postingsPage(units, postings, visit, changed: unit))
            }
            return .seeOther(try await visit.recordPosting(of: unit, text))
        }
        post("units/:unit/taken-down", .needs(.manageUnits)) { visit in
            let id = try visit.id("unit")
            let unit = try await visit.read { db in try db.unit(id, visit).orNotFound() }
            return .seeOther(try await visit.recordPosting(of: unit, nil))
        }
    }
}

extension Visit {
    fileprivate func recordPosting(of unit: ProvidedUnit, _ text: VacancyText?) async throws -> String {
        try await write { db in
            try db.once(self, leadingTo: "/units/routes-to-support") { db in
                try db.addPosting(of: unit, text, self)
                try db.audit(.vacancyPosted, .accommodation, unit.id)
            }
        }
    }
}
