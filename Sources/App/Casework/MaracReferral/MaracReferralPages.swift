import Foundation
import Pages
import Postgres

/// What the form needs to be shown.
struct MaracWriting: Sendable {
    let record: CaseRecord
    let person: Person
    let contact: SafeContact?
    let check: MaracRepeat

    var base: String { "/cases/\(record.id.column)" }
}

func maracReferralPage(_ writing: MaracWriting, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = writing.base
    return Page(
        "Referral", heading: "MARAC referral", caption: writing.record.reference, errors: answers.errors, back: base,
        above: safeContactBanner(writing.contact, writing.person.id, visit), """
        <p class="govuk-body">Names, birth, background, children, the other person, risk and orders come from the \
        record: nothing of that is asked again. Saving this records the MARAC decision too, and puts “tell them what \
        was decided” on the case’s list.</p>
        \(GovUK.insetText("Repeat check. \(writing.check.words)"))
        \(notice)\(visit.form(base + "/marac/new", answers, """
            \(GovUK.radios("repeat", legend: "Is it a repeat?", options: [
                GovUK.Choice("yes", "Yes"), GovUK.Choice("no", "No"),
            ], small: true, in: answers))
            \(GovUK.input("repeat-because", label: "If that differs from the check, why?",
                          hint: "Such as another person who harms, or a referral elsewhere.", in: answers))
            \(GovUK.textarea("reason", label: "Why are they referred now?",
                             hint: "What happened, and what is feared.", rows: 6, in: answers))
            \(GovUK.radios("told", legend: "Do they know of the referral?", options: MaracTold.options, small: true,
                           in: answers))
            \(GovUK.textarea("told-because", label: "If they were not told or did not agree: why, or what they said",
                             rows: 2, in: answers))
            \(GovUK.radios("basis", legend: "Why may you share this?", options: MaracBasis.options, small: true,
                           in: answers))
            \(GovUK.textarea("wants", label: "What do they want to happen?", hint: "In their own words.", rows: 3,
                             in: answers))
            \(GovUK.input("afraid-of", label: "Who are they afraid of?", autocomplete: "off", in: answers))
            \(GovUK.input("safe-with", label: "Who is it safe to talk to?", autocomplete: "off", in: answers))
            \(GovUK.input("unsafe-with", label: "Who is it not safe to talk to?", autocomplete: "off", in: answers))
            \(GovUK.input("schools", label: "The children’s schools", autocomplete: "off", in: answers))
            \(GovUK.input("elsewhere", label: "Referred to another MARAC: where and when?", in: answers))
            \(GovUK.dateInput("meets", legend: "When does the MARAC meet?", hint: "May be left empty.", in: answers))
            \(GovUK.button("Save referral"))
            """))
        """)
}

func maracReadPage(_ paper: MaracPaper, _ visit: Visit) -> Page {
    let here = "\(paper.base)/marac/\(paper.referral.id.column)"
    let mayReveal = visit.viewer.may(.revealContactDetails)
    let buttons: HTML = paper.referral.withdrawal != nil ? "" : """
        <p class="govuk-body">\(GovUK.link("Version to print", href: here + "/print"))</p>
        \(mayReveal ? visit.buttonForm(here + "/print", "Print with number and address", kind: .secondary) : HTML.empty)
        \(visit.viewer.may(.assessRisk)
            ? GovUK.paragraph(GovUK.link("Withdraw it", href: here + "/withdraw")) : HTML.empty)
        """
    return Page(
        "Referral", heading: "MARAC referral", caption: paper.referral.of.reference, back: paper.base,
        above: safeContactBanner(paper.contact, paper.person.id, visit), """
        \(paper.referral.withdrawal.map { GovUK.insetText($0.words) })\(paper.content)\(buttons)
        """)
}

func maracPrintPage(_ paper: MaracPaper, _ visit: Visit) -> Page {
    Page(
        "Referral", heading: "MARAC referral", caption: "Confidential. For the MARAC only.",
        back: "\(paper.base)/marac/\(paper.referral.id.column)", wide: true, """
        \(paper.gate?.note(on: paper.typedTexts))
        <p class="govuk-body">Printed by \(visit.viewer.name), \(London.dateAndTime(visit.now)).</p>
        \(paper.content)
        """)
}

/// On the case's page: the referrals there are, and the way to write one.
func maracLinks(_ referrals: [MaracLink], of record: CaseRecord, _ visit: Visit) -> HTML {
    let base = "/cases/\(record.id.column)/marac"
    let links = referrals.map { GovUK.link("MARAC referral of \($0.day)", href: "\(base)/\($0.id.column)") }
    let write: [HTML] = record.isOpen && visit.viewer.may(.assessRisk)
        ? [GovUK.link("Write a MARAC referral", href: base + "/new")] : []
    let all = links + write
    return all.isEmpty ? .empty : GovUK.list(all, .plain)
}

/// A referral as the case's page names it.
struct MaracLink: Sendable {
    let id: UUID
    let day: Day

    /// From what `Connection.maracCounts` found, newest first.
    static func all(_ found: [String: Int]) -> [MaracLink] {
        found.keys.compactMap { what -> MaracLink? in
            let parts = what.split(separator: " ").map(String.init)
            guard parts.count == 3, parts[0] == "marac", let id = UUID(uuidString: parts[1]),
                let day = Day(column: parts[2]) else { return nil }
            return MaracLink(id: id, day: day)
        }.sorted { ($0.day, $0.id.column) > ($1.day, $1.id.column) }
    }
}
