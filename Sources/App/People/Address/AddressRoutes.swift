import Foundation
import Pages
import Postgres

extension Site {
    mutating func addAddresses() {
        get("people/:id/addresses/new", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.keptAnswers(visit))
            }
            return .page(addressPage(person, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/addresses/new", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let person = try await visit.read { db in
                try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
            }
            var answers = visit.typed
            guard let form = AddressForm(&answers) else { return .invalid(addressPage(person, answers, visit)) }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)") { db in
                    try db.addAddress(UUID(), form, of: person, visit)
                    try db.audit(.addressRecorded, .person, id)
                }
            })
        }
        // As with the number: the audit commits before anything is read.
        post("people/:id/addresses/:address/reveal", .needs(.revealContactDetails)) { visit in
            let id = try visit.id()
            let addressID = try visit.id("address")
            let person = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer, to: .revealContactDetails).orNotFound()
                guard try db.addresses(of: id).contains(where: { $0.id == addressID }) else { throw Refusal.notFound }
                try db.audit(.addressRevealed, .person, id)
                return person
            }
            let address = try await visit.read { db in try db.address(addressID, of: id, visit).orNotFound() }
            return .page(Page("Address", heading: person.name, back: "/people/\(id.column)", """
                \(GovUK.insetText(lines((address.lines + [address.postcode]).joined(separator: "\n"))))
                <p class="govuk-body">That you looked at this has been recorded.</p>
                """))
        }
    }
}

private func addressPage(_ person: Person, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/people/\(person.id.column)"
    return Page("Add an address", errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/addresses/new", answers, """
            \(AddressForm.fields(answers))\(GovUK.button("Save"))
            """))
        """)
}

/// The addresses of a person's page: that there is one, since when, and a button; never the address.
func addressList(_ addresses: [AddressLine], of person: UUID, _ visit: Visit) -> HTML {
    if addresses.isEmpty { return plain(["None recorded."]) }
    return GovUK.summaryList(addresses.map { address in
        let until = address.until.map { " to \($0)" } ?? ""
        let show: HTML = visit.viewer.may(.revealContactDetails) ? visit.buttonForm(
            "/people/\(person.column)/addresses/\(address.id.column)/reveal", "Show address", kind: .secondary) : .empty
        return GovUK.SummaryRow(address.isProtected ? "Protected address" : "Address", """
            <p class="govuk-body">From \(address.from.description)\(until)</p>\(show)
            """)
    })
}
