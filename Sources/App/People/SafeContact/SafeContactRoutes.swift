import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSafeContact() {
        get("people/:id/safe-contact", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.keptAnswers(visit))
            }
            return .page(safeContactPage(person, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/safe-contact", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let person = try await visit.read { db in
                try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
            }
            var answers = visit.typed
            guard let form = SafeContactForm(&answers, today: visit.today) else {
                return .invalid(safeContactPage(person, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)") { db in
                    try db.recordSafeContact(UUID(), of: person, form, visit)
                    try db.recheckSafeTime(of: id, visit)
                    try db.audit(.safeContactRecorded, .person, id)
                }
            })
        }
        // The grant and its audit commit before anything is read: a failure to audit is a failure to show.
        post("people/:id/safe-contact/reveal", .needs(.revealContactDetails)) { visit in
            let id = try visit.id()
            let person = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer, to: .revealContactDetails).orNotFound()
                try db.audit(.safeContactRevealed, .person, id)
                return person
            }
            let (contact, detail) = try await visit.read { db in
                (try db.safeContact(of: id, visit), try db.safeContactDetail(of: id, visit))
            }
            guard let detail else { return .seeOther("/people/\(id.column)/safe-contact") }
            return .page(revealedPage(person, contact, detail, visit))
        }
    }
}
