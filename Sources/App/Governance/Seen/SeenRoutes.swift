import Foundation
import Pages
import Postgres

extension Site {
    /// Who looked at a person's record, and why: for whoever works with it, and on paper for the person.
    mutating func addSeen() {
        get("people/:id/seen", .needs(.viewPeople)) { visit in
            let from = Keyset(visit.query["before"]?.first)
            let (person, looks) = try await visit.seen(before: from, limit: seenPerPage + 1)
            return .page(seenPage(person, looks, isFirst: from == nil))
        }
        get("people/:id/seen/print", .needs(.viewPeople)) { visit in
            let (person, looks) = try await visit.seen(before: nil, limit: printedLooks + 1)
            return .page(printedSeenPage(person, looks, visit))
        }
    }
}

private let seenPerPage = 25
private let printedLooks = 1_000

extension Visit {
    fileprivate func seen(before last: Keyset?, limit: Int) async throws -> (Person, [SeenLook]) {
        let id = try id()
        return try await write { db in
            let person = try db.person(id, within: viewer).orNotFound()
            try db.audit(.looksViewed, .person, id)
            return (person, try db.looks(at: id, before: last, limit: limit))
        }
    }
}

private func seenPage(_ person: Person, _ looks: [SeenLook], isFirst: Bool) -> Page {
    let base = "/people/\(person.id.column)/seen"
    let shown = looks.prefix(seenPerPage)
    let next = looks.count > seenPerPage
        ? shown.last.map { "\(base)?before=\(Keyset(at: $0.at, id: $0.id).text)" } : nil
    let rows = shown.map { look -> [HTML] in
        let label = AuditEvent(rawValue: look.event)?.label ?? look.event
        let why: HTML = look.purpose.map { "\($0)" } ?? "\(look.tie.label)"
        return ["\(London.short(look.at))", "\(look.who)<br>\(look.agency ?? "")", "\(label)", why]
    }
    return Page(
        "Who saw this record", caption: person.name, back: "/people/\(person.id.column)", wide: true, """
        <p class="govuk-body">Everybody who opened it or a case of theirs. The last column is what they gave as the \
        reason or, where none is asked for, what they have to do with the person now.</p>
        \(rows.isEmpty ? plain(["Nobody has yet."]) : GovUK.table(
            caption: isFirst ? "Newest first" : "Earlier", columns: ["When", "Who", "What", "Why"], rows: rows))
        \(newestFirstPages(base, next: next, isFirst: isFirst))
        \(GovUK.paragraph(GovUK.link("Version to print, in plain words for the person", href: base + "/print")))
        """)
}

/// For the person whose record it is: by day, in everyday words, without the names of colleagues, and without a word
/// that tells a stranger what it is about.
private func printedSeenPage(_ person: Person, _ looks: [SeenLook], _ visit: Visit) -> Page {
    let shown = looks.prefix(printedLooks)
    var days: [(day: Day, lines: [(words: String, times: Int)])] = []
    for look in shown {
        let day = London.day(of: look.at)
        if days.last?.day != day { days.append((day, [])) }
        let words = "\(look.reader) \(look.deed)"
        if let place = days[days.count - 1].lines.firstIndex(where: { $0.words == words }) {
            days[days.count - 1].lines[place].times += 1
        } else {
            days[days.count - 1].lines.append((words, 1))
        }
    }
    let items = days.map { day -> HTML in
        let lines = day.lines.map { line -> HTML in
            "\(line.words)\(line.times == 1 ? "" : line.times == 2 ? ", twice" : ", \(line.times) times")."
        }
        return "<h2 class=\"govuk-heading-s\">\(day.day.description)</h2>\(GovUK.list(lines))"
    }
    var page = Page("Notes", back: "/people/\(person.id.column)/seen", """
        <p class="govuk-body">You asked who has looked at what is kept about you. This is everybody, up to \
        \(visit.today.description), newest first. If something surprises you, ask us: you have a right to know why.</p>
        \(items.isEmpty ? plain(["Nobody has looked yet."]) : HTML.joined(items))
        \(looks.count > printedLooks ? plain(["These are the newest \(printedLooks)."]) : HTML.empty)
        """)
    page.isPaper = true
    return page
}

extension SeenLook {
    /// Who it was, to the person: what they are to them, not their name.
    fileprivate var reader: String {
        switch tie {
        case .worker: "Your worker"
        case .wrote: "Somebody who wrote something down for you"
        case .recorded: "Somebody you spoke with"
        case .manager: "The manager of the team"
        case .none: "Somebody else of the team"
        }
    }

    /// What they did, in everyday words.
    fileprivate var deed: String {
        switch AuditEvent(rawValue: event) {
        case .timelineViewed: "read the list of what happened"
        case .timelinePrinted: "printed the list of what happened"
        case .safeContactRevealed: "looked up your telephone number"
        case .addressRevealed: "looked up your address"
        case .documentOpened: "opened a paper of yours"
        case .letterOpened: "printed a letter"
        case .safetyPlanViewed: "read the notes that you made together"
        case .safetyPlanOpened: "printed the notes that you made together"
        case .riskViewed: "read the answers you gave to a list of questions"
        case .housingViewed: "read what you need of a safe home"
        case .supportViewed: "read what you asked for and what was done"
        case .mattersViewed: "read about court, housing and your rights"
        case .sanctuaryOrderPrinted: "printed the list of works for your home"
        case .sanctuaryViewed: "read about the works in your home"
        case .reciprocalViewed: "read about a home from another landlord"
        case .outcomesViewed: "read the questions about how things are"
        case .maracReferralViewed: "read the papers for a meeting about you"
        case .maracReferralPrinted: "printed the papers for a meeting about you"
        case .ordersViewed: "read the papers from a court or the police"
        case .childViewed: "read what you said and what is written about you"
        case .settingRevealed: "looked up your school"
        case .caseViewed: "read the notes about you"
        default: "read your name and details"
        }
    }
}
