import Foundation
import Pages
import Postgres

extension Site {
    /// On from a case, as from a contact: with a receipt, a clock and an outcome. One to safeguarding opens the matter
    /// that follows it.
    mutating func addCaseReferrals() {
        get("cases/:id/referrals/new", .needs(.writeNotes)) { visit in
            let sending = try await visit.sendingOnFromCase()
            return .page(caseReferralPage(sending, sending.kept.answers, visit, notice: sending.kept.notice(visit)))
        }
        post("cases/:id/referrals/new", .needs(.writeNotes)) { visit in try await visit.sendFromCase() }
    }
}

private struct CaseSending: Sendable {
    let record: CaseRecord
    let person: Person
    let agencies: [AgencyChoice]
    let kept: KeptAnswers
}

extension Visit {
    fileprivate func sendingOnFromCase() async throws -> CaseSending {
        let id = try id()
        let sending = try await read { db in
            let record = try db.ownCase(id, self, to: .writeNotes)
            return CaseSending(
                record: record, person: try db.person(record.person, within: viewer).orNotFound(),
                agencies: try db.agencyChoices(), kept: try db.keptAnswers(self))
        }
        guard sending.record.isOpen else { throw Refusal.notFound }
        return sending
    }

    fileprivate func sendFromCase() async throws -> Reply {
        let sending = try await sendingOnFromCase()
        let (record, person) = (sending.record, sending.person)
        var answers = typed
        answers.set("given-name", person.givenName)
        answers.set("family-name", person.familyName)
        guard let form = OnwardForm(&answers, agencies: sending.agencies.map(\.id), today: today) else {
            return .invalid(caseReferralPage(sending, answers, self))
        }
        let id = UUID()
        let new = NewReferral(
            id: id, agency: record.agency, direction: .out, source: .professional, kind: form.kind,
            fromAgency: record.agency, toAgency: form.toAgency, toName: form.toName, person: record.person,
            caseID: record.id, basis: form.basis, isUrgent: form.isUrgent, told: form.told)
        let to = sending.agencies.first { $0.id == form.toAgency }?.name ?? form.toName
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/referrals/\(id.column)") { db in
                try db.addReferral(new, self)
                if let followed = MatterForm(following: new, to: to, today: today) {
                    let matter = UUID()
                    try db.addMatter(matter, followed, on: record, self)
                    try db.note(.matterRecorded, on: record.id, agency: record.agency, subject: matter,
                                followed.kind.label, self)
                    try db.audit(.matterRecorded, .case, record.id)
                }
                try db.note(.referredOn, on: record.id, agency: record.agency, subject: id, form.kind.label, self)
                try db.audit(.referralSent, .referral, id)
            }
        })
    }
}

extension MatterForm {
    /// What follows a referral to safeguarding; nil for any other.
    fileprivate init?(following referral: NewReferral, to: String, today: Day) {
        let kind: MatterKind? = switch referral.kind {
        case .childSafeguarding: .childSafeguarding
        case .adultSafeguarding: .adultSafeguarding
        default: nil
        }
        guard let kind, let first = kind.steps.first else { return nil }
        self.init(
            kind: kind, step: first.code, happenedOn: today, openedOn: today,
            due: MatterClock.all(kind, first, happened: today, day: nil, opened: today).first?.due, who: to,
            reference: referral.reference)
    }
}

private func caseReferralPage(
    _ sending: CaseSending, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(sending.record.id.column)"
    return Page("Refer on", errors: answers.errors, back: base + "/rights", above: emergencyWords, """
        <p class="govuk-body">This keeps the referral, its receipt, its clock and its answer. Ring or write to the
        service as well, by the way that they ask for.</p>
        \(notice)\(visit.form(base + "/referrals/new", answers, """
            \(OnwardForm.fields(answers, sending.agencies))\(GovUK.button("Save referral"))
            """))
        """)
}
