import Foundation
import Pages
import Postgres

extension Site {
    /// Looking somebody up for a case: the case is the purpose.
    mutating func addCaseSearch() {
        get("cases/:id/search", .needs(.searchPeople)) { visit in
            let id = try await visit.ownCase()
            return .page(searchPage(Answers(), visit, from: .caseRecord(id)))
        }
        post("cases/:id/search", .needs(.searchPeople)) { visit in
            let origin = SearchOrigin.caseRecord(try await visit.ownCase())
            var answers = visit.typed
            guard var form = SearchForm(&answers, purpose: origin.purpose) else {
                return .invalid(searchPage(answers, visit, from: origin))
            }
            form.caseRecord = try visit.id()
            return try await visit.saveSearch(form, answers)
        }
    }
}

extension Visit {
    /// The case of the path, of an agency in which the viewer may search; one that is only shared is no purpose.
    fileprivate func ownCase() async throws -> UUID {
        let record = try await read { db in try db.caseRecord(id()).orNotFound() }
        guard viewer.agencies(.searchPeople).contains(record.agency) else { throw Refusal.notFound }
        return record.id
    }
}
