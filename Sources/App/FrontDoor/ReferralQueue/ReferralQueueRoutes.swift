import Foundation
import Pages
import Postgres

extension Site {
    /// What came in: waiting, to be read first, and everything without an answer.
    mutating func addReferralQueue() {
        get("referrals/waiting", .needs(.handleReferrals)) { visit in
            let after = Keyset(visit.query["from"]?.first)
            let (lines, counts) = try await visit.read { db in
                (try db.waitingReferrals(after: after, visit), try db.referralCounts(visit))
            }
            return .page(waitingPage(lines, counts, isFirst: after == nil, visit))
        }
        get("referrals/quarantine", .needs(.handleReferrals)) { visit in
            let (lines, crowds, counts) = try await visit.read { db in
                (try db.quarantinedReferrals(visit), try db.quarantineCrowds(visit), try db.referralCounts(visit))
            }
            return .page(quarantinePage(lines, crowds, counts, visit))
        }
        post("referrals/quarantine/discard", .needs(.handleReferrals)) { visit in
            guard let one = UUID(uuidString: visit.typed["one"]) else { throw Refusal.unreadable }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/referrals/quarantine") { db in
                    let count = try db.discardCrowd(like: one, visit)
                    try db.audit(.referralsDiscarded, .referral, one, detail: "{\"count\":\(count)}")
                }
            })
        }
        get("referrals/unanswered", .needs(.viewTeam)) { visit in
            let after = Keyset(visit.query["from"]?.first)
            let lines = try await visit.read { db in try db.unansweredReferrals(after: after, visit) }
            return .page(unansweredPage(lines, isFirst: after == nil, visit))
        }
    }
}

private func tabs(_ current: String, _ counts: ReferralCounts?, _ visit: Visit) -> HTML {
    func count(_ number: Int?) -> String { number.map { $0 > 999 ? " (over 999)" : " (\($0))" } ?? "" }
    var items = [
        GovUK.Item("Received", href: "/referrals/waiting", current: current == "waiting"),
        GovUK.Item("Public form\(count(counts?.unread))", href: "/referrals/quarantine",
                   current: current == "quarantine"),
    ]
    if visit.viewer.may(.viewTeam) {
        items.append(GovUK.Item("Without an answer", href: "/referrals/unanswered", current: current == "unanswered"))
    }
    items.append(GovUK.Item("From the other side", href: "/across", current: false))
    if visit.viewer.may(.makeReferrals) { items.append(GovUK.Item("Sent by us", href: "/referrals", current: false)) }
    return GovUK.subNavigation(items, label: "Lists of referrals")
}

private func waitingPage(_ lines: [ReferralLine], _ counts: ReferralCounts, isFirst: Bool, _ visit: Visit) -> Page {
    let shown = Array(lines.prefix(25))
    let next = lines.count > 25 ? shown.last.map { "/referrals/waiting?from=\(keyset($0))" } : nil
    let overdue: HTML? = counts.overdue == 0 ? nil : GovUK.warningText(
        "\(counts.overdue) overdue. The supervisor sees them too.")
    return Page("Referrals", wide: true, """
        \(tabs("waiting", counts, visit))\(overdue)
        \(shown.isEmpty ? plain(["Nothing is waiting."]) : queueTable("Received, most urgent first", shown, visit))
        \(GovUK.pagination(previous: isFirst ? nil : "/referrals/waiting", next: next, previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}

private func quarantinePage(
    _ lines: [ReferralLine], _ crowds: [QuarantineCrowd], _ counts: ReferralCounts, _ visit: Visit
) -> Page {
    let shown = Array(lines.prefix(25))
    let floods: [HTML] = crowds.map { crowd in
        GovUK.insetText("""
            \(crowd.count) came from one sender.
            \(visit.buttonForm("/referrals/quarantine/discard", "Close all \(crowd.count) as not genuine",
                               kind: .warning,
                               fields: ["one": crowd.one.column]))
            """)
    }
    return Page("Referrals", wide: true, """
        \(tabs("quarantine", counts, visit))
        <p class="govuk-body">From the form that anybody can send. Read each one before it stands among the others: \
        somebody may pose as someone else. Nobody has been told anything.</p>
        \(floods)
        \(shown.isEmpty ? plain(["Nothing is waiting to be read."]) : queueTable("Oldest first", shown, visit))
        """)
}

private func unansweredPage(_ lines: [ReferralLine], isFirst: Bool, _ visit: Visit) -> Page {
    let shown = Array(lines.prefix(25))
    let next = lines.count > 25 ? shown.last.map { "/referrals/unanswered?from=\(keyset($0))" } : nil
    return Page("Referrals", heading: "Referrals without an answer", wide: true, """
        \(tabs("unanswered", nil, visit))
        \(shown.isEmpty ? plain(["Every referral has an answer."])
            : queueTable("Received and sent on, longest due first", shown, visit))
        \(GovUK.pagination(previous: isFirst ? nil : "/referrals/unanswered", next: next,
                             previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}

private func keyset(_ line: ReferralLine) -> String { Keyset(at: line.referral.dueAt, id: line.referral.id).text }

private func queueTable(_ caption: String, _ lines: [ReferralLine], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: caption, columns: ["About", "Asks for", "From", "Received", "Answer due", "With"],
        rows: lines.map { line in
            let referral = line.referral
            let name = line.told?.name ?? ""
            let danger: HTML = referral.isUrgent ? " \(GovUK.tag("Danger now", colour: .red))" : .empty
            let late: HTML = referral.state(at: visit.now) == .escalated
                ? " \(GovUK.tag("Overdue", colour: .red))" : .empty
            return [
                GovUK.link(name.isEmpty ? "No name given" : name, href: "/referrals/\(referral.id.column)") + danger,
                "\(referral.direction == .out ? "\(referral.kind.label), sent on" : referral.kind.label)",
                "\(referral.fromAgencyName ?? referral.source.label)", "\(London.short(referral.receivedAt))",
                "\(London.short(referral.dueAt))\(late)", "\(referral.ownerName ?? "Nobody yet")",
            ]
        })
}
