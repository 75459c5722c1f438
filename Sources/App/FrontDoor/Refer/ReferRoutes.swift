import Foundation
import Pages
import Postgres

extension Site {
    /// Sending somebody to the front door, and watching what becomes of it.
    mutating func addReferring() {
        get("referrals", .needs(.makeReferrals)) { visit in
            let before = Keyset(visit.query["before"]?.first)
            let lines = try await visit.read { db in try db.sentReferrals(before: before, visit) }
            return .page(sentReferralsPage(lines, isFirst: before == nil, visit))
        }
        get("referrals/new", .needs(.makeReferrals)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(referPage(kept.answers, visit, notice: kept.notice(visit)))
        }
        post("referrals/new", .needs(.makeReferrals)) { visit in
            var answers = visit.typed
            guard let form = ReferralForm(&answers, today: visit.today) else {
                return .invalid(referPage(answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/referrals/\(id.column)") { db in
                    guard let agency = try db.referralAgency(for: form.kind, in: visit.viewer.partnership) else {
                        throw Refusal.notFound
                    }
                    let from = try db.ownAgency(.makeReferrals, visit.viewer)
                    let isPolice = try db.agencyKind(from) == "police"
                    try db.addReferral(
                        NewReferral(
                            id: id, agency: agency, direction: .in, source: isPolice ? .police : .professional,
                            kind: form.kind, fromAgency: from, basis: form.basis, isUrgent: form.isUrgent,
                            isGradedHigh: form.isGradedHigh, told: form.told), visit)
                    try db.audit(.referralSent, .referral, id)
                }
            })
        }
    }
}

func referPage(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Make a referral", errors: answers.errors, back: "/referrals", above: emergencyWords, wide: true, """
        <p class="govuk-body">Nothing is turned away for being incomplete. You get a receipt at once.</p>
        \(notice)\(visit.form("/referrals/new", answers, """
            \(ReferralForm.fields(answers))\(GovUK.button("Send referral"))
            """))
        """)
}

func sentReferralsPage(_ lines: [ReferralLine], isFirst: Bool, _ visit: Visit) -> Page {
    let shown = Array(lines.prefix(25))
    let next = lines.count > 25 ? shown.last.map {
        "/referrals?before=\(Keyset(at: $0.referral.receivedAt, id: $0.referral.id).text)"
    } : nil
    let table: HTML = shown.isEmpty ? plain(["Your agency has sent no referrals yet."]) : GovUK.table(
        caption: "Sent by your agency, newest first",
        columns: ["Receipt", "Sent", "About", "Stands at", "With", "Answer due"],
        rows: shown.map { line in
            let referral = line.referral
            return [
                GovUK.link(referral.reference, href: "/referrals/\(referral.id.column)"),
                "\(London.short(referral.receivedAt))", "\(line.told?.name ?? "")", referralTag(referral, visit),
                "\(referral.ownerName ?? "Nobody yet")",
                referral.answer.map { "\($0.summary)" } ?? "\(London.short(referral.dueAt))",
            ]
        })
    return Page("Referrals", wide: true, """
        \(GovUK.button("Make a referral", href: "/referrals/new"))\(table)
        \(newestFirstPages("/referrals", next: next, isFirst: isFirst))
        """)
}

func referralTag(_ referral: Referral, _ visit: Visit) -> HTML {
    let state = referral.state(at: visit.now)
    let colour: GovUK.TagColour = switch state {
    case .quarantined: .yellow
    case .waiting: .lightBlue
    case .taken: .standard
    case .escalated: .red
    case .answered: .green
    }
    return GovUK.tag(state.label, colour: colour)
}
