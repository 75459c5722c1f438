import Foundation
import Pages
import Postgres

extension Site {
    /// From a case to somewhere safe: what a household needs, and what there is for it.
    mutating func addHousingRequests() {
        get("cases/:id/housing", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, requests) = try await visit.write { db in
                let record = try db.caseToHouse(id, visit, to: .viewCases)
                try db.audit(.housingViewed, .case, id)
                return (record, try db.housingRequests(of: id))
            }
            return .page(housingRequestsPage(record, requests, visit))
        }
        get("cases/:id/housing/new", .needs(.seekHousing)) { visit in
            let search = try await visit.askingForHousing()
            // One at a time: what changes is a new one after the old has ended.
            if let goesOn = search.goesOn { return .seeOther(goesOn.path) }
            let answers = search.kept.over(search.opening)
            return .page(housingRequestForm(
                search.record, search.areas, answers, visit, notice: search.kept.notice(visit)))
        }
        post("cases/:id/housing/new", .needs(.seekHousing)) { visit in try await visit.askForHousing() }
        get("cases/:id/housing/:request", .needs(.viewCases)) { visit in
            let (id, requestID) = (try visit.id(), try visit.id("request"))
            let (record, request, offers, units, areas) = try await visit.write { db in
                let record = try db.caseToHouse(id, visit, to: .viewCases)
                let request = try db.openHousingRequest(requestID, visit).orNotFound()
                guard request.caseID == id else { throw Refusal.notFound }
                try db.audit(.housingViewed, .case, id)
                let units = request.isOpen ? try db.unitsToMatch(visit) : []
                return (record, request, try db.housingOffers(of: requestID), units, try db.areaChoices())
            }
            return .page(housingRequestPage(record, request, offers, units, areas, visit))
        }
    }
}

extension Connection {
    /// A case of the viewer's own agency, on the side of those who are harmed.
    func caseToHouse(_ id: UUID, _ visit: Visit, to permission: Permission) throws -> CaseRecord {
        let record = try ownCase(id, visit, to: permission)
        guard try !isHarming(record.agency) else { throw Refusal.notFound }
        return record
    }
}

/// A search that is to begin, or the one that goes on.
private struct NewSearch: Sendable {
    let record: CaseRecord
    let goesOn: HousingRequest?
    let areas: [AreaChoice]
    let opening: Answers
    let kept: KeptAnswers
}

extension Visit {
    fileprivate func askingForHousing() async throws -> NewSearch {
        let id = try id()
        return try await read { db in
            let record = try db.caseToHouse(id, self, to: .seekHousing)
            guard record.isOpen else { throw Refusal.notFound }
            let household = try db.recordedHousehold(of: record.person, on: today).orNotFound()
            let searches = try db.housingRequests(of: id)
            return NewSearch(
                record: record, goesOn: searches.first(where: \.isOpen), areas: try db.areaChoices(),
                opening: .opening(household, last: searches.first?.needs, on: today), kept: try db.keptAnswers(self))
        }
    }

    fileprivate func askForHousing() async throws -> Reply {
        let search = try await askingForHousing()
        let record = search.record
        if let goesOn = search.goesOn { return .seeOther(goesOn.path) }
        var answers = typed
        guard let form = HousingRequestForm(&answers, areas: search.areas, today: today) else {
            return .invalid(housingRequestForm(record, search.areas, answers, self))
        }
        let id = UUID()
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/housing/\(id.column)") { db in
                try db.addHousingRequest(id, form.needs, of: record, self)
                try db.note(.housingSought, on: record.id, agency: record.agency, subject: id, self)
                try db.audit(.housingSought, .case, record.id)
            }
        })
    }
}
