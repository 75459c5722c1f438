import Foundation
import Pages
import Postgres

extension StaySupport {
    func takingBack(from stay: Stay) -> String { "\(stay.path)/support/\(id.column)/take-back" }
}

extension Site {
    /// Support that was put down wrongly is taken back: it stays on record, and no longer counts.
    mutating func addTakingBack() {
        get("units/stays/:stay/support/:support/take-back", .needs(.manageUnits)) { visit in
            let (stay, support, kept) = try await visit.takingBack()
            guard support.takenBack == nil else { return .seeOther(stay.path) }
            return .page(takeBackPage(stay, support, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("units/stays/:stay/support/:support/take-back", .needs(.manageUnits)) { visit in
            try await visit.takeBackSupport()
        }
    }
}

private func takeBackPage(
    _ stay: Stay, _ support: StaySupport, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page("Take support back", caption: stay.caption, errors: answers.errors, back: stay.path, """
        <p class="govuk-body">For what was put down wrongly. It stays on the record, struck through, and no longer \
        counts. What is right is recorded anew.</p>
        \(GovUK.summaryList([
            GovUK.SummaryRow("Day", "\(support.day.description)"), GovUK.SummaryRow("Kind", "\(support.kind.label)"),
            GovUK.SummaryRow("For whom", "\(Stay.name(of: support.member))"),
            GovUK.SummaryRow("Who gave it", "\(support.by)"),
        ]))\(notice)\(visit.form(support.takingBack(from: stay), answers, """
            \(GovUK.radios("because", legend: "Why is it taken back?", options: StaySupportMistake.options, small: true,
                           in: answers))
            \(GovUK.button("Take back", kind: .warning))
            """))
        """)
}

extension Visit {
    fileprivate func takingBack() async throws -> (Stay, StaySupport, KeptAnswers) {
        let (id, supportID) = (try id("stay"), try id("support"))
        return try await read { db in
            let stay = try db.stay(id, self).orNotFound()
            return (stay, try db.support(of: stay, only: supportID).first.orNotFound(), try db.keptAnswers(self))
        }
    }

    fileprivate func takeBackSupport() async throws -> Reply {
        let (stay, support, _) = try await takingBack()
        // Sent again, or a colleague was first: the stay says who did it.
        guard support.takenBack == nil else { return .seeOther(stay.path) }
        var answers = typed
        guard let because = StaySupportMistake.required("because", "Select why it is taken back", in: &answers) else {
            return .invalid(takeBackPage(stay, support, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: stay.path) { db in
                    try db.takeBack(support, because, self)
                    try db.audit(.staySupportTakenBack, .accommodation, stay.id)
                }
            })
        } catch is Overtaken {
            return .seeOther(stay.path)
        }
    }
}
