import Foundation
import Pages
import Postgres

/// Matches that wait for the officer, sealings in force, and what was settled lately.
struct MatchList: Sendable {
    let list: [InterestMatch]
    let settled: [InterestMatch]

    static let most = 300
    static let latest = 50
}

func matchesPage(_ found: MatchList) -> Page {
    let list = found.list.prefix(MatchList.most)
    let open = list.filter { $0.state == .open }
    let sealed = list.filter { $0.state == .sealed }
    let more: HTML? = found.list.count > MatchList.most
        ? GovUK.paragraph("There are more than \(String(MatchList.most)). These come first.") : nil
    let settledRows = table("Not the same person, and sealings that ended", found.settled) { one in
        "\(one.state.label), \(London.short((one.ended ?? one.decided)?.at ?? one.matchedAt))"
    }
    let settled: HTML = found.settled.isEmpty
        ? .empty : GovUK.details("Settled lately (\(found.settled.count))", settledRows)
    return Page("Who knows whom", wide: true, """
        <p class="govuk-body">Staff say whom they know, and everybody who works here is compared with the people on \
        record. A strong match seals the record from them at once; a weak one waits for you. Nobody whom it concerns \
        is told. Matches of your own, and about people whom you know, are another officer’s.</p>\(more)
        <h2 class="govuk-heading-m">To decide</h2>
        \(open.isEmpty ? GovUK.paragraph("Nothing waits.") : table("Oldest first", open) { one in
            link("Decide", one)
        })
        <h2 class="govuk-heading-m">Sealed</h2>
        \(sealed.isEmpty ? GovUK.paragraph("Nothing is sealed.") : table("In force", sealed) { one in
            let uncovered: HTML? = one.isUncovered ? GovUK.tag("Nobody to take over", colour: .red) : nil
            return "\(uncovered) \(link("See or end it", one))"
        })
        \(settled)
        """)
}

private func link(_ text: String, _ one: InterestMatch) -> HTML {
    GovUK.link(
        text, href: "/interests/\(one.id.column)", visuallyHidden: "\(one.worker), \(London.short(one.matchedAt))")
}

private func table(_ caption: String, _ list: some Sequence<InterestMatch>, _ last: (InterestMatch) -> HTML) -> HTML {
    GovUK.table(caption: caption, captionSize: .s, columns: [
        "Worker", "Said they know", "What agrees", "Record at", "Since", "",
    ], rows: list.map { one -> [HTML] in
        let said: HTML = one.interest.map { said -> HTML in
            "\(said.about == .myself ? "Themselves, as \(said.name)" : said.name)<br>\(said.how)"
        } ?? "Their own name"
        return [
            "\(one.worker)", said, "\(one.agreesInWords)", "\(one.agency)", "\(London.short(one.matchedAt))", last(one),
        ]
    })
}

func matchPage(_ match: InterestMatch, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let offered = MatchDecision.open(to: match.state)
    let title = switch match.state {
    case .open: "Decide a match"
    case .sealed: "A sealed record"
    case .notSame, .ended: "A settled match"
    }
    let said = match.interest.map { said -> [GovUK.SummaryRow] in
        [GovUK.SummaryRow("Said they know", said.about == .myself ? "Themselves, as \(said.name)" : "\(said.name)")]
            + interestRows(said)
            + (match.isTakenBack ? [GovUK.SummaryRow("Since then", "They took it off their list.")] : [])
    } ?? [GovUK.SummaryRow("Compared", "The name of their account")]
    let words = [("Decided", match.decided), ("Ended", match.ended)].compactMap { name, word in
        word.map { GovUK.SummaryRow(name, "\(lines($0.reason))<br>\($0.by), \(London.short($0.at))") }
    }
    let uncovered: HTML? = match.isUncovered && match.state == .sealed ? GovUK.warningText("""
        They are the worker of a case of this person, and nobody else of \(match.agency) could take it over. Ask \
        \(match.agency) to make somebody else its worker today.
        """) : nil
    return Page(title, errors: answers.errors, back: "/interests", """
        \(notice)\(uncovered)\(GovUK.summaryList([GovUK.SummaryRow("Worker", "\(match.worker)")] + said + [
            GovUK.SummaryRow("What agrees", "\(match.agreesInWords)"),
            GovUK.SummaryRow("Match", "\(match.strength.label), \(London.short(match.matchedAt))"),
            GovUK.SummaryRow("Record at", "\(match.agency)<br><code>\(match.subject.column)</code>"),
            GovUK.SummaryRow("Stands", "\(match.state.label)"),
        ] + words))
        \(offered.isEmpty ? HTML.empty : decisionForm(match, offered, answers, visit))
        """)
}

private func decisionForm(
    _ match: InterestMatch, _ offered: [MatchDecision], _ answers: Answers, _ visit: Visit
) -> HTML {
    let help: HTML = match.state == .open ? """
        <p class="govuk-body">To find out more, ask the service manager of \(match.agency), who can read the record. \
        Don’t ask the worker.</p>
        """ : """
        <p class="govuk-body">When it ends, the worker can see the record again, as far as their role lets them. A \
        case that was given to somebody else stays with them.</p>
        """
    return """
        \(help)\(visit.form("/interests/\(match.id.column)", answers, """
            \(GovUK.hidden("was", match.state.rawValue))\(GovUK.radios(
                "decision", legend: "What do you decide?", options: offered.map(\.option), small: true, in: answers))
            \(GovUK.textarea("reason", label: "Reason", rows: 3, in: answers))
            \(GovUK.button("Save"))
            """))
        """
}
