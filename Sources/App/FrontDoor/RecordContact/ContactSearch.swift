import Foundation
import Pages
import Postgres

extension Site {
    /// Who is this? Asked while somebody is in contact.
    mutating func addContactSearch() {
        get("contacts/:id/search", .needs(.recordContacts)) { visit in
            // Out of a referral, what was told is looked for.
            let (contact, told) = try await visit.read { db in
                let contact = try db.contact(visit.id(), within: visit.viewer).orNotFound()
                let referral = try db.referralBehind(contact: contact.id)
                return (contact, try referral.flatMap { try db.told($0.id, visit) })
            }
            return .page(searchPage(told?.personAnswers ?? Answers(), visit, from: .contact(contact.id)))
        }
        post("contacts/:id/search", .needs(.recordContacts)) { visit in
            let contact = try await visit.read { db in try db.contact(visit.id(), within: visit.viewer).orNotFound() }
            var answers = visit.typed
            // The open contact is the purpose: nobody is asked why they look while she is on the line.
            guard var form = SearchForm(&answers, purpose: SearchOrigin.contact(contact.id).purpose) else {
                return .invalid(searchPage(answers, visit, from: .contact(contact.id)))
            }
            form.contact = contact.id
            return try await visit.saveSearch(form, answers)
        }
    }
}
