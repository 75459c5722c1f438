import Foundation
import Pages
import Postgres

extension Site {
    /// What is between two people: each direction a record of its own, and who is at risk from whom.
    mutating func addTwoPeople() {
        get("people/:id/related/:other", .needs(.viewPeople)) { visit in
            let two = try await visit.write { db in
                let two = try db.twoPeople(visit)
                try db.audit(.personViewed, .person, two.one.id)
                return two
            }
            return .page(twoPeoplePage(two, Answers(), visit))
        }
        post("people/:id/related/:other", .needs(.editPeople)) { visit in try await visit.changeConnection() }
        post("people/:id/related/:other/counter", .needs(.editPeople)) { visit in
            let two = try await visit.read { db in try db.twoPeople(visit, to: .editPeople) }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: two.path) { db in
                    // Said already, in both directions: nothing to add.
                    guard let known = two.allegations.first, !two.isMutual else { return }
                    try db.addRelationship(
                        UUID(), harmed: known.harming, harming: known.harmed, known.connection,
                        agency: two.one.agency, visit)
                    try db.audit(.relationshipRecorded, .person, two.one.id)
                }
            })
        }
        post("people/:id/related/:other/decision", .needs(.assessRisk)) { visit in try await visit.decideWhoIsAtRisk() }
    }
}

extension TwoPeople {
    var path: String { "/people/\(one.id.column)/related/\(other.id.column)" }
}

extension Connection {
    /// The two people of the path, of one agency at which the viewer may do `permission`; absent when nothing is
    /// recorded between them.
    fileprivate func twoPeople(_ visit: Visit, to permission: Permission = .viewPeople) throws -> TwoPeople {
        let two = try TwoPeople(self, visit.id(), visit.id("other"), visit.viewer).orNotFound()
        guard two.one.agency == two.other.agency, visit.viewer.agencies(permission).contains(two.one.agency) else {
            throw Refusal.notFound
        }
        return two
    }
}

extension Visit {
    fileprivate func changeConnection() async throws -> Reply {
        let two = try await read { db in try db.twoPeople(self, to: .editPeople) }
        var answers = typed
        guard let form = ConnectionForm(&answers, records: two.allegations.map(\.id)) else {
            return .invalid(twoPeoplePage(two, answers, self))
        }
        let saved = try await write { db -> Bool in
            guard try db.changeRelationship(form) else { return false }
            try db.audit(.relationshipChanged, .person, two.one.id)
            return true
        }
        if saved { return .seeOther(two.path) }
        return .conflict(twoPeoplePage(try await read { db in try db.twoPeople(self) }, answers, self, isLate: true))
    }

    fileprivate func decideWhoIsAtRisk() async throws -> Reply {
        let two = try await read { db in try db.twoPeople(self, to: .assessRisk) }
        let version = try typed.version
        var answers = typed
        guard let form = RiskDirectionForm(&answers) else { return .invalid(twoPeoplePage(two, answers, self)) }
        let saved = try await write { db -> Bool in
            guard try db.decide(form, about: two, basedOn: version, self) else { return false }
            try db.audit(.riskDirectionDecided, .person, two.one.id)
            try db.dropDraft(account: viewer.account, form: path)
            return true
        }
        if saved { return .seeOther(two.path) }
        return .conflict(twoPeoplePage(try await read { db in try db.twoPeople(self) }, answers, self, isLate: true))
    }
}
