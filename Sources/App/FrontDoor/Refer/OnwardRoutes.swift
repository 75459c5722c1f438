import Foundation
import Pages
import Postgres

extension Site {
    /// On from a contact: safeguarding is one press away.
    mutating func addOnwardReferrals() {
        get("contacts/:id/referrals/new", .needs(.recordContacts)) { visit in
            let (contact, agencies, kept) = try await visit.sendingOn()
            var answers = kept.answers
            if answers["kind"].isEmpty, let kind = visit.query["kind"]?.first { answers.set("kind", kind) }
            if answers["reason"].isEmpty { answers.set("reason", contact.reason) }
            return .page(onwardPage(contact, agencies, answers, visit, notice: kept.notice(visit)))
        }
        post("contacts/:id/referrals/new", .needs(.recordContacts)) { visit in
            let (contact, agencies, _) = try await visit.sendingOn()
            var answers = visit.typed
            guard let form = OnwardForm(&answers, agencies: agencies.map(\.id), today: visit.today) else {
                return .invalid(onwardPage(contact, agencies, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/referrals/\(id.column)") { db in
                    try db.addReferral(
                        NewReferral(
                            id: id, agency: contact.agency, direction: .out, source: .professional, kind: form.kind,
                            fromAgency: contact.agency, toAgency: form.toAgency, toName: form.toName,
                            person: contact.person, contact: contact.id, basis: form.basis, isUrgent: form.isUrgent,
                            told: form.told), visit)
                    try db.audit(.referralSent, .referral, id)
                }
            })
        }
    }
}

extension Visit {
    fileprivate func sendingOn() async throws -> (Contact, [AgencyChoice], KeptAnswers) {
        let id = try id()
        return try await read { db in
            (try db.contact(id, within: viewer).orNotFound(), try db.agencyChoices(), try db.keptAnswers(self))
        }
    }
}

private func onwardPage(
    _ contact: Contact, _ agencies: [AgencyChoice], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let path = "/contacts/\(contact.id.column)/referrals/new"
    return Page("Refer on", errors: answers.errors, back: "/contacts/\(contact.id.column)", above: emergencyWords, """
        <p class="govuk-body">This keeps the referral, its clock and its answer. Ring or write to the service as well, \
        by the way that they ask for.</p>
        \(notice)\(visit.form(path, answers, """
            \(OnwardForm.fields(answers, agencies))\(GovUK.button("Save referral"))
            """))
        """)
}
