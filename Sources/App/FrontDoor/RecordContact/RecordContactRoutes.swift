import Foundation
import Pages
import Postgres

extension Site {
    mutating func addContacts() {
        get("contacts", .needs(.recordContacts)) { visit in
            let before = Keyset(visit.query["before"]?.first)
            let lines = try await visit.read { db in try db.contacts(before: before, within: visit.viewer) }
            return .page(contactsPage(lines, isFirst: before == nil))
        }
        get("contacts/new", .needs(.recordContacts)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(recordContactPage(kept.answers, visit, notice: kept.notice(visit)))
        }
        post("contacts/new", .needs(.recordContacts)) { visit in
            var answers = visit.typed
            guard let form = ContactForm(&answers, now: visit.now) else {
                return .invalid(recordContactPage(answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/contacts/\(id.column)") { db in
                    let agency = try db.contactAgency(for: form.caller, within: visit.viewer).orNotFound()
                    try db.addContact(id, form, agency: agency, visit)
                    try db.leaveBehind(form, id, agency: agency, visit)
                    try db.audit(.contactRecorded, .contact, id)
                }
            })
        }
        get("contacts/:id", .needs(.recordContacts)) { visit in
            let id = try visit.id()
            let shown = try await visit.write { db in
                let contact = try db.contact(id, within: visit.viewer).orNotFound()
                try db.audit(.contactViewed, .contact, id)
                return (contact, try ContactSteps(db, contact, visit))
            }
            return .page(contactPage(shown.0, shown.1, visit))
        }
        post("contacts/:id/person", .needs(.recordContacts)) { visit in
            let id = try visit.id()
            guard let person = UUID(uuidString: visit.typed["person"]) else { throw Refusal.unreadable }
            return .seeOther(try await visit.write { db in
                let contact = try db.contact(id, within: visit.viewer).orNotFound()
                let person = try db.person(person, within: visit.viewer).orNotFound()
                // Whoever works for two agencies links the records of neither with the other's.
                guard person.agency == contact.agency else { throw Refusal.notFound }
                return try db.once(visit, leadingTo: "/contacts/\(id.column)") { db in
                    try db.linkContact(id, to: person.id)
                    try db.audit(.contactLinked, .contact, id)
                }
            })
        }
        addContactSearch()
        addNewPerson()
    }

    /// A new person, out of a contact: prefilled with what was searched for.
    private mutating func addNewPerson() {
        get("contacts/:id/people/new", .needs(.recordContacts)) { visit in
            let id = try visit.id()
            let search = UUID(uuidString: visit.query["search"]?.first ?? "")
            let (kept, looked) = try await visit.read { db in
                _ = try db.contact(id, within: visit.viewer).orNotFound()
                return (try db.keptAnswers(visit), try search.flatMap { try db.search($0, visit) })
            }
            let answers = kept.over(looked?.personAnswers ?? Answers())
            return .page(newPersonPage(id, answers, visit, notice: kept.notice(visit)))
        }
        post("contacts/:id/people/new", .needs(.recordContacts)) { visit in
            let id = try visit.id()
            let contact = try await visit.read { db in try db.contact(id, within: visit.viewer).orNotFound() }
            var answers = visit.typed
            guard let form = PersonForm(&answers, today: visit.today) else {
                return .invalid(newPersonPage(id, answers, visit))
            }
            let person = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/contacts/\(id.column)") { db in
                    try db.addPerson(person, form, agency: contact.agency, visit)
                    try db.linkContact(id, to: person)
                    try db.audit(.personRecorded, .person, person)
                    try db.audit(.contactLinked, .contact, id)
                }
            })
        }
    }
}
