import Foundation
import Pages
import Postgres

/// That something was recorded by mistake: it stays on the record, and no longer counts.
struct Withdrawal: Sendable {
    let at: Date
    let by: String
    let because: String

    /// Nil where a row is not withdrawn. Reads `withdrawn_at`, `withdrawn_because` and the name as `withdrawer`.
    init?(row: Row) throws {
        guard let at: Date = try row["withdrawn_at"] else { return nil }
        (self.at, by, because) = (at, try row["withdrawer"] ?? "", try row["withdrawn_because"])
    }

    var words: HTML { "Withdrawn \(London.short(at)), \(by): \(lines(because))" }
}

/// Why something is withdrawn.
struct WithdrawForm: Equatable, Sendable {
    let because: String

    init?(_ answers: inout Answers) {
        because = answers.text("because", most: 1_000, name: "Why it is withdrawn")
        if because.isEmpty { answers.refuse("because", "Enter why it is withdrawn") }
        if !answers.errors.isEmpty { return nil }
    }
}

/// The form that withdraws `what`, which is shown above it.
func withdrawPage(
    _ action: String, back: String, caption: String, showing what: HTML, _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    Page("Withdraw", caption: caption, errors: answers.errors, back: back, """
        <p class="govuk-body">For what was recorded by mistake. It stays on the record, marked as withdrawn, and no
        longer counts.</p>
        \(what)\(notice)\(visit.form(action, answers, """
            \(GovUK.textarea("because", label: "Why is it withdrawn?", rows: 3, in: answers))
            \(GovUK.button("Withdraw", kind: .warning))
            """))
        """)
}
