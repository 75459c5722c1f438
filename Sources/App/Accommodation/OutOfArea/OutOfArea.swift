import Foundation
import Pages
import Postgres

/// A service that refused for no local connection.
struct ConnectionRefusal: Sendable {
    let id: UUID
    let askedAt: Date
    let answeredAt: Date?
    let whom: String
    let words: String
    /// Of the case.
    let reference: String
    let href: String
}

/// How often somebody refused for no local connection.
struct ConnectionRefuser: Sendable {
    let whom: String
    let amount: Int
    let last: Date
}

extension Site {
    /// Refusals that the law does not allow, with whom refused and when.
    mutating func addOutOfArea() {
        get("team/homes/local-connection", .needs(.viewTeam)) { visit in
            let before = Keyset(visit.query["before"]?.first)
            let (refusers, refusals) = try await visit.read { db in
                (try db.connectionRefusers(visit), try db.connectionRefusals(before: before, visit))
            }
            return .page(connectionPage(refusers, refusals, isFirst: before == nil))
        }
    }
}

private func connectionPage(
    _ refusers: [ConnectionRefuser], _ refusals: [ConnectionRefusal], isFirst: Bool
) -> Page {
    let base = "/team/homes/local-connection"
    let shown = Array(refusals.prefix(25))
    let next = refusals.count > 25 ? shown.last.map { "\(base)?before=\(Keyset(at: $0.askedAt, id: $0.id).text)" } : nil
    return Page("Refused for no local connection", back: "/team/homes", wide: true, """
        <p class="govuk-body">Nobody may be referred back for want of a local connection to where they are at risk of \
        abuse (Housing Act 1996, section 198). Take these up with whoever refused. A restricted case is listed for \
        those who may see it.</p>
        \(refusers.isEmpty ? plain(["Nobody refused for this reason."]) : GovUK.table(
            caption: "Who refused", columns: ["Who", .numeric("How often"), "Last"],
            rows: refusers.map { ["\($0.whom)", "\($0.amount)", "\(London.short($0.last))"] }))
        \(shown.isEmpty ? HTML.empty : GovUK.table(
            caption: "Each refusal, newest first", columns: ["Case", "Who", "Asked", "Answered", "What was said"],
            rows: shown.map { one -> [HTML] in
                [GovUK.link(one.reference, href: one.href), "\(one.whom)", "\(London.short(one.askedAt))",
                 "\(one.answeredAt.map(London.short) ?? "")", lines(one.words)]
            }))
        \(GovUK.pagination(previous: isFirst ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}
