import Foundation
import Pages
import Postgres

extension Site {
    /// Across the wall, one way: a caller of the other side may be named in cases. Whoever answered the call warns the
    /// workers, learns how many cases there are and not whose; on the caller's side nothing is kept or shown.
    mutating func addWarnings() {
        get("contacts/:id/warn", .needs(.recordContacts)) { visit in
            let contact = try await visit.otherSideContact()
            return .page(warnPage(contact, Answers(), visit))
        }
        post("contacts/:id/warn", .needs(.recordContacts)) { visit in
            let contact = try await visit.otherSideContact()
            var answers = visit.typed
            guard let form = SearchForm(&answers, purpose: "A caller who may be named in a case") else {
                return .invalid(warnPage(contact, answers, visit))
            }
            let id = UUID()
            try await visit.write { db in try db.saveSearch(id, form, isFree: false, visit) }
            return .seeOther("/contacts/\(contact.id.column)/warn/\(id.column)")
        }
        get("contacts/:id/warn/:search", .needs(.recordContacts)) { visit in
            let contact = try await visit.otherSideContact()
            let search = try visit.id("search")
            let named = try await visit.write { db in
                try db.namedInCases(search, db.search(search, visit).orNotFound(), visit)
            }
            return .page(namedPage(contact, named, visit))
        }
        post("contacts/:id/warn/workers", .needs(.recordContacts)) { visit in
            let contact = try await visit.otherSideContact()
            guard let person = UUID(uuidString: visit.typed["person"]) else { throw Refusal.unreadable }
            return .seeOther(try await visit.write { db in
                _ = try db.person(person, within: visit.viewer).orNotFound()
                return try db.once(visit, leadingTo: "/contacts/\(contact.id.column)") { db in
                    let count = try db.warnWorkers(about: person, contact, visit)
                    try db.audit(.workerWarned, .contact, contact.id, detail: "{\"cases\":\(count)}")
                }
            })
        }
    }
}

extension Visit {
    fileprivate func otherSideContact() async throws -> Contact {
        let id = try id()
        return try await read { db in
            let contact = try db.contact(id, within: viewer).orNotFound()
            guard contact.caller.isOtherSide || contact.isOtherSide else { throw Refusal.notFound }
            return contact
        }
    }
}

private func warnPage(_ contact: Contact, _ answers: Answers, _ visit: Visit) -> Page {
    let path = "/contacts/\(contact.id.column)"
    return Page("Is the caller known?", errors: answers.errors, back: path, """
        <p class="govuk-body">Look for the caller's own name. You will see in how many open cases they are named, not \
        whose. Tell the caller nothing.</p>
        \(visit.form(path + "/warn", answers, keepsDraft: false, """
            \(SearchForm.fields(answers))\(GovUK.button("Look"))
            """))
        """)
}

private func namedPage(_ contact: Contact, _ named: [NamedPerson], _ visit: Visit) -> Page {
    let path = "/contacts/\(contact.id.column)"
    let found: HTML = named.isEmpty ? plain(["Nobody of that name is named in an open case that you can reach."])
        : GovUK.table(caption: "Named in open cases", columns: ["Name", "Born", "Open cases", "Warn"], rows: named.map {
            [
                "\($0.name)", "\($0.born?.description ?? "Not known")", "\($0.openCases)",
                visit.buttonForm(path + "/warn/workers", "Warn the workers", fields: ["person": $0.id.column]),
            ]
        })
    return Page("Is the caller known?", back: path + "/warn", found)
}
