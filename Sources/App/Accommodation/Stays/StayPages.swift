import Foundation
import Pages
import Postgres

/// What is due of the stays in the reader's units: the list of whoever runs them.
func staysDueTable(_ stays: [Stay], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: "Due for those who live there, or left", columns: ["Stay", "What", "When"],
        rows: stays.compactMap { stay -> [HTML]? in
            guard let due = stay.due.first else { return nil }
            return [GovUK.link("\(stay.caption), since \(stay.from)", href: stay.path), "\(due.what.label)",
                    due.tag(visit.today)]
        })
}

func stayPage(_ record: StayRecordPage, _ visit: Visit) -> Page {
    let stay = record.stay
    let due = stay.due.map { due -> HTML in "\(due.what.label): \(due.tag(visit.today))" }
    return Page("A stay", caption: stay.caption, back: stay.last.unitPath, wide: true, """
        \(due.isEmpty ? HTML.empty : GovUK.insetText(GovUK.list(due)))
        \(stayButtons(stay))\(GovUK.summaryList(stayRows(record, visit)))
        \(servicesTable(record))\(supportTables(record))\(reviewTable(record.reviews))
        """)
}

private func stayButtons(_ stay: Stay) -> HTML {
    func button(_ text: String, _ part: String, isFirst: Bool = false) -> HTML {
        GovUK.button(text, kind: isFirst ? .primary : .secondary, href: "\(stay.path)/\(part)")
    }
    let always = [button("Record support", "support", isFirst: true), button("What is in place", "services")]
    guard stay.isOpen else {
        let mayAsk = stay.course.contactAfter != .no
        return GovUK.buttonGroup(always + (mayAsk ? [button("Put down the follow-up", "follow-up")] : []))
    }
    return GovUK.buttonGroup(always + [
        button("Plan", "plan"), button("Put down a review", "review"), button("Move to another unit", "transfer"),
        GovUK.button("They moved out", kind: .secondary, href: stay.last.unitPath + "/next"),
    ])
}

private func stayRows(_ record: StayRecordPage, _ visit: Visit) -> [GovUK.SummaryRow] {
    let (stay, course) = (record.stay, record.stay.course)
    func row(_ title: String, _ text: String?) -> GovUK.SummaryRow? {
        text.map { GovUK.SummaryRow(title, "\($0)") }
    }
    let nights = stay.nights(until: visit.today)
    let outside = stay.household.isFromOutside == .yes ? ", from outside the area" : ""
    let units = stay.times.map { time -> HTML in
        "Unit \(String(time.number)), \(time.service): \(time.from.description) to \(time.until?.description ?? "now")"
    }
    let wants = [course.wants?.label, course.movesOn.map { "Planned for \($0)" }].compactMap(\.self)
    let left = [stay.household.leftTo?.label, stay.household.leftBecause?.label].compactMap(\.self)
    let followed = course.followed.map { "\($0.label), \(course.followedOn?.description ?? "")" }
    return [
        row("Household", stay.household.people), row("Came by", stay.household.cameBy.label + outside),
        row("Since", "\(stay.from)"),
        row(stay.isOpen ? "Nights so far" : "Nights", "\(nights)"),
        stay.times.count > 1 ? GovUK.SummaryRow("Units", GovUK.list(units)) : nil,
        row("Support plan", planWords(stay)), row("Expected until", course.expectedUntil?.description),
        row("Next review", course.reviewOn?.description),
        row("Moving on", wants.isEmpty ? nil : wants.joined(separator: ". ")),
        row("Moved out", stay.until.map { "\($0). \(left.joined(separator: ". "))" }),
        row("May be asked afterwards", course.contactAfter?.label), row("Follow-up", followed),
        record.caseID.map {
            GovUK.SummaryRow("Case", GovUK.link("The case of this agency", href: "/cases/\($0.column)"))
        },
    ].compactMap(\.self)
}

private func planWords(_ stay: Stay) -> String {
    guard let day = stay.course.planOn else {
        return stay.isOpen ? "Not recorded. Due \(stay.planDue), five working days after they moved in"
            : "Not recorded"
    }
    return "Recorded \(day), \(day <= stay.planDue ? "within" : "later than") five working days"
}

/// A line for each of the household, a column for each thing.
private func servicesTable(_ record: StayRecordPage) -> HTML {
    GovUK.table(
        caption: "What is in place", columns: ["For whom"] + StayService.allCases.map { GovUK.Column($0.label) },
        rows: (0...record.stay.household.children).map { member -> [HTML] in
            ["\(Stay.name(of: member))"] + StayService.allCases.map { service -> HTML in
                if member == 0, service.isChilds { return "" }
                guard let line = record.services.first(where: { $0.member == member && $0.kind == service })
                else { return "Nobody has asked" }
                return "\(line.state.label), \(line.day.description)"
            }
        })
}

private func supportTables(_ record: StayRecordPage) -> HTML {
    if record.support.isEmpty { return plain(["No support is recorded yet."]) }
    let kinds = StaySupportKind.allCases.compactMap { kind -> [HTML]? in
        let given = record.support.filter { $0.kind == kind && $0.takenBack == nil }
        guard let newest = given.first else { return nil }
        let children = given.count { $0.member > 0 }
        return ["\(kind.label)", "\(given.count - children)", "\(children)", "\(newest.day.description)"]
    }
    return """
        \(GovUK.table(
            caption: "Support given, by kind",
            columns: ["Kind", .numeric("To adults"), .numeric("To children"), "Last given"], rows: kinds))
        \(GovUK.details("Each time\(record.support.count > 100 ? ": the newest 100" : "")", GovUK.table(
            caption: "Support given, newest first",
            columns: ["Day", "Kind", "For whom", "Who gave it", "Put down wrongly?"],
            rows: record.support.prefix(100).map { supportLine($0, of: record.stay) })))
        """
}

/// What was taken back is struck through, and says by whom, when and why.
private func supportLine(_ one: StaySupport, of stay: Stay) -> [HTML] {
    let cells: [HTML] = [
        "\(one.day.description)", "\(one.kind.label)", "\(Stay.name(of: one.member))", "\(one.by)",
    ]
    guard let back = one.takenBack else {
        let what = "\(one.kind.label), \(one.day.description)"
        return cells + [GovUK.link("Take back", href: one.takingBack(from: stay), visuallyHidden: what)]
    }
    let who = "Taken back \(London.short(back.at)) by \(back.by): \(back.because.label.lowercasedFirst)"
    return cells.map { cell -> HTML in "<s>\(cell)</s>" } + ["\(who)"]
}

private func reviewTable(_ reviews: [StayReview]) -> HTML {
    if reviews.isEmpty { return plain(["No review was held yet."]) }
    return GovUK.table(
        caption: "Reviews, newest first", columns: ["Held", "Decided", "Next review", "Recorded by"],
        rows: reviews.map { review -> [HTML] in
            let until = review.until.map { " until \($0)" } ?? ""
            return ["\(review.day.description)", "\(review.decision.label)\(until)",
                    "\(review.next?.description ?? "")", "\(review.by)"]
        })
}
