import Foundation
import Pages
import Postgres

extension Site {
    /// The landlords that house one another's tenants.
    mutating func addLandlords() {
        get("landlords", .needs(.keepLandlords)) { visit in
            .page(landlordsPage(try await visit.read { db in try db.landlords() }, visit))
        }
        get("landlords/new", .needs(.keepLandlords)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(newLandlordPage(kept.answers, visit, notice: kept.notice(visit)))
        }
        post("landlords/new", .needs(.keepLandlords)) { visit in try await visit.addLandlord() }
        get("landlords/:landlord/edit", .needs(.keepLandlords)) { visit in
            let (landlord, kept) = try await visit.landlord()
            return .page(changedLandlordPage(landlord, kept.over(landlord.answers), visit, notice: kept.notice(visit)))
        }
        post("landlords/:landlord/edit", .needs(.keepLandlords)) { visit in try await visit.changeLandlord() }
    }
}

private func newLandlordPage(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    landlordFormPage("Add a landlord", "/landlords/new", answers, isNew: true, visit, notice: notice)
}

private func changedLandlordPage(_ landlord: Landlord, _ answers: Answers, _ visit: Visit, notice: HTML? = nil)
    -> Page {
    landlordFormPage("Change a landlord", landlord.path + "/edit", answers, isNew: false, visit, notice: notice)
}

private let nameTaken = "A landlord of this name is in the list already"

extension Visit {
    fileprivate func landlord() async throws -> (Landlord, KeptAnswers) {
        let id = try id("landlord")
        return try await read { db in (try db.landlord(id).orNotFound(), try db.keptAnswers(self)) }
    }

    fileprivate func addLandlord() async throws -> Reply {
        var answers = typed
        guard let form = LandlordForm(&answers) else { return .invalid(newLandlordPage(answers, self)) }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/landlords") { db in
                    try db.addLandlord(id, form, self)
                    try db.audit(.landlordChanged, .accommodation, id)
                }
            })
        } catch let error as PostgresError where error.constraint == "landlord_named" {
            answers.refuse("name", nameTaken)
            return .conflict(newLandlordPage(answers, self))
        }
    }

    fileprivate func changeLandlord() async throws -> Reply {
        let (landlord, _) = try await landlord()
        let version = try typed.version
        var answers = typed
        guard let form = LandlordForm(&answers) else { return .invalid(changedLandlordPage(landlord, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/landlords") { db in
                    try db.change(landlord, form, basedOn: version, self)
                    try db.audit(.landlordChanged, .accommodation, landlord.id)
                }
            })
        } catch is Overtaken {
            let (now, _) = try await self.landlord()
            var again = answers.again(over: now.version)
            again.refuse("name", "\(savedMeanwhile). It says now: \(now.name), \(now.kind.label.lowercasedFirst)")
            return .conflict(changedLandlordPage(now, again, self))
        } catch let error as PostgresError where error.constraint == "landlord_named" {
            answers.refuse("name", nameTaken)
            return .conflict(changedLandlordPage(landlord, answers, self))
        }
    }
}
