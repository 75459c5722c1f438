import Foundation
import Pages
import Postgres

/// An agency opts in, from a day until a day.
struct AgreementForm: Equatable, Sendable {
    let agency: UUID
    let agreement: String
    let from: Day
    let until: Day

    init?(_ answers: inout Answers, agencies: [UUID], today: Day) {
        let agency = UUID(uuidString: answers["agency"]).flatMap { agencies.contains($0) ? $0 : nil }
        if agency == nil { answers.refuse("agency", "Select the agency") }
        let agreement = answers.text("agreement", most: 200, name: "The agreement")
        if agreement.isEmpty { answers.refuse("agreement", "Enter the name or number of the agreement") }
        let from = answers.day("from", name: "The first day")
        if from == nil, answers.error(for: "from") == nil { answers.refuse("from", "Enter the first day") }
        let until = answers.day("until", name: "The last day")
        if until == nil, answers.error(for: "until") == nil { answers.refuse("until", "Enter the last day") }
        if let from, let until, until < from || until < today {
            answers.refuse("until", "The last day must be after the first, and not in the past")
        }
        guard let agency, let from, let until, answers.errors.isEmpty else { return nil }
        (self.agency, self.agreement, self.from, self.until) = (agency, agreement, from, until)
    }
}

extension Site {
    /// Which agencies the front door may ask whether they know somebody, since when and until when.
    mutating func addAgreements() {
        get("agreements", .needs(.manageAgreements)) { visit in
            .page(try await visit.agreementsPage { db in try db.keptAnswers(visit) })
        }
        post("agreements", .needs(.manageAgreements)) { visit in
            var answers = visit.typed
            let agencies = try await visit.read { db in try db.agreeingAgencies(visit.viewer).map(\.id) }
            guard let form = AgreementForm(&answers, agencies: agencies, today: visit.today) else {
                let kept = KeptAnswers(answers: answers, keptAt: nil)
                return .invalid(try await visit.agreementsPage { _ in kept })
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/agreements") { db in
                    let id = UUID()
                    try db.addLookupAgreement(id, form, visit)
                    try db.audit(.agreementRecorded, .agreement, id)
                }
            })
        }
        post("agreements/:id/end", .needs(.manageAgreements)) { visit in
            let id = try visit.id()
            return .seeOther(try await visit.write { db in
                let found = try db.lookupAgreement(id).orNotFound()
                guard visit.viewer.mayAgree(for: found.agency) else { throw Refusal.notFound }
                if try db.endLookupAgreement(id, visit) { try db.audit(.agreementEnded, .agreement, id) }
                return "/agreements"
            })
        }
    }
}

extension Visit {
    fileprivate func agreementsPage(
        _ kept: @escaping @Sendable (isolated Connection) throws -> KeptAnswers
    ) async throws -> Page {
        let (list, agencies, answers) = try await read { db in
            (try db.lookupAgreements(), try db.agreeingAgencies(viewer), try kept(db))
        }
        return Page("Agreements", errors: answers.answers.errors, wide: true, """
            <p class="govuk-body">An agency that agrees lets the front door learn that a partner knows somebody of an \
            exact name and date of birth. Which partner, and anything else, is never said. People who are protected \
            or whose case is restricted are never told of. The agency is told of each enquiry.</p>
            \(table(list))
            <h2 class="govuk-heading-m">Record an agreement</h2>
            \(answers.notice(self))\(form("/agreements", answers.answers, """
                \(GovUK.select("agency", label: "Agency", options: [GovUK.Choice("", "Choose one")]
                    + agencies.map { GovUK.Choice($0.id.column, $0.name) }, in: answers.answers))
                \(GovUK.input("agreement", label: "Name or number of the agreement", width: .twenty,
                              in: answers.answers))
                \(GovUK.dateInput("from", legend: "First day", in: answers.answers))
                \(GovUK.dateInput("until", legend: "Last day", in: answers.answers))
                \(GovUK.button("Save agreement"))
                """))
            """)
    }

    private func table(_ list: [LookupAgreement]) -> HTML {
        if list.isEmpty { return GovUK.paragraph("No agency has agreed yet.") }
        return GovUK.table(caption: "Agencies that agreed", columns: ["Agency", "Agreement", "From", "Until", "Now"],
                           rows: list.map { item -> [HTML] in
            let state: HTML = item.isInForce(on: today) ? GovUK.tag("In force", colour: .green)
                : item.endedAt.map { "Ended on \(London.day(of: $0).description)" }
                    ?? (item.from > today ? "Not yet" : "Run out")
            let end = item.endedAt == nil && item.until >= today && viewer.mayAgree(for: item.agency)
                ? buttonForm("/agreements/\(item.id.column)/end", "End it now", kind: .secondary) : HTML.empty
            return ["\(item.agencyName)", "\(item.agreement)", "\(item.from.description)", "\(item.until.description)",
                    "\(state)\(end)"]
        })
    }
}
