import Foundation
import Pages
import Postgres

/// The packs of a request, on its page; nothing to those who neither prepare nor sign.
func packsOfMatter(_ matter: DataMatter, _ packs: [Pack], _ visit: Visit) -> HTML {
    guard matter.kind.isAnswered, visit.viewer.may(.answerRequests) else { return .empty }
    let list = packs.map { pack -> HTML in
        "\(GovUK.link(pack.label, href: pack.href)) \(stateTag(pack))"
    }
    let mayBegin = matter.isOpen && visit.viewer.keepsRegister && packs.allSatisfy { $0.state == .revoked }
    let begin: HTML = !mayBegin ? .empty : matter.missingForPack.map { GovUK.insetText("\($0)") }
        ?? GovUK.button("Begin a pack", kind: .secondary, href: "/register/matters/\(matter.id.column)/pack")
    return """
        <h2 class="govuk-heading-m">What is given</h2>
        \(list.isEmpty ? plain(["Nothing was put together yet."]) : GovUK.list(list))\(begin)
        """
}

private func stateTag(_ pack: Pack) -> HTML {
    let colour: GovUK.TagColour = switch pack.state {
    case .begun, .waits: .yellow
    case .deciding, .signed: .blue
    case .released: .green
    case .revoked: .red
    }
    return GovUK.tag(pack.state.label, colour: colour)
}

func beginPackPage(_ matter: DataMatter, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let here = "/register/matters/\(matter.id.column)"
    return Page("Begin a pack", caption: matter.kind.label, errors: answers.errors, back: here, """
        <p class="govuk-body">A service manager of \(matter.line.agency) gathers what is on record. You then decide on \
        each piece, and a manager who has decided on none of them signs.</p>
        \(matter.isAlleged ? interceptText : HTML.empty)
        \(notice)\(visit.form(here + "/pack", answers, """
            \(GovUK.input("reference", label: "Reference of their case, or their record’s number",
                          hint: "Leave it empty where nobody is on record: the answer reads the same.",
                          autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.button("Begin"))
            """))
        """)
}

/// Said of every such request, whether or not there is anything: it names nobody.
private let interceptText = GovUK.warningText("""
    Asked by, or for, somebody who is said to have harmed. Only what is their own, at the service that works with \
    them, is gathered. What was written of them on somebody else’s record, if there is any, is never gathered, and \
    nobody says whether there is. What leaves reads as every other answer.
    """)

/// Pieces on one page.
let packItemsAtOnce = 100

func packPage(_ pack: Pack, _ items: [PackItem], _ visit: Visit, notice: HTML? = nil) -> Page {
    let shown = items.prefix(packItemsAtOnce)
    let rows = shown.map { item -> [HTML] in
        [GovUK.link("\(item.number). \(item.piece.title)", href: "\(pack.href)/items/\(item.id.column)"),
         "\(item.piece.when)", "\(item.piece.role)",
         item.decision.map { "\($0.label)\($0 == .include ? "" : ": \(item.ground?.label ?? "")")" }
            ?? GovUK.tag("Not decided", colour: .yellow)]
    }
    let next: HTML = items.count > packItemsAtOnce ? shown.last.map { last in
        GovUK.pagination(next: "\(pack.href)?after=\(last.number)", nextLabel: "Later pieces")
    } ?? .empty : .empty
    let table: HTML = rows.isEmpty
        ? (pack.gathered == nil ? .empty : GovUK.paragraph("Nothing is to be given from this agency’s records."))
        : GovUK.table(caption: "Pieces", columns: ["Piece", "When", "Written by", "Decided"], rows: rows)
    return Page("What is given", caption: pack.label, back: "/register/matters/\(pack.matter.column)", wide: true, """
        \(notice)\(pack.intercept ? interceptText : HTML.empty)\(GovUK.summaryList(packRows(pack)))
        \(packActions(pack, visit))\(table)\(next)
        """)
}

private func packRows(_ pack: Pack) -> [GovUK.SummaryRow] {
    func step(_ name: String, _ step: Pack.Step?, _ more: HTML = .empty) -> GovUK.SummaryRow? {
        step.map { GovUK.SummaryRow(name, "\($0.by), \(London.short($0.at))\(more)") }
    }
    let sentBack = pack.told.sentBack.isEmpty ? nil : GovUK.SummaryRow("Sent back", lines(pack.told.sentBack))
    return [
        GovUK.SummaryRow("Request", "\(pack.kind.label), at \(pack.agencyName)"),
        GovUK.SummaryRow("Stands at", stateTag(pack)),
        GovUK.SummaryRow("Record", pack.reference.isEmpty ? "None was found" : "\(pack.reference)"),
        pack.gathered == nil ? nil
            : GovUK.SummaryRow("Pieces", "\(pack.items), of which \(pack.undecided) not decided"),
        step("Begun", pack.begun), step("Gathered", pack.gathered), sentBack,
        step("Sent for signature", pack.prepared), step("Signed", pack.signed),
        step("Released", pack.released, "<br>To \(pack.told.recipient), \(pack.way?.label.lowercased() ?? "")"),
        step("Revoked", pack.revoked, "<br>\(lines(pack.told.revoked))"),
    ].compactMap { $0 }
}

private func packActions(_ pack: Pack, _ visit: Visit) -> HTML {
    let (isOfficer, isManager) = (visit.viewer.keepsRegister, visit.viewer.may(.signPacks))
    func button(_ text: String, _ path: String) -> HTML { GovUK.button(text, href: pack.href + path) }
    switch pack.state {
    case .begun:
        return isManager ? button("Gather what is on record", "/gather")
            : GovUK.insetText("A service manager of \(pack.agencyName) gathers what is on record.")
    case .deciding where isOfficer:
        return pack.undecided > 0 ? button("Decide on the next piece", "/items/next")
            : button("Send for the second signature", "/next")
    case .waits where isManager: return button("Read and sign", "/sign")
    case .signed where isOfficer: return button("Release it", "/next")
    case .released:
        let revoke: HTML? = isOfficer ? GovUK.link("Revoke it", href: pack.href + "/next") : nil
        guard visit.services.pdf.isHere else {
            return GovUK.buttonGroup([button("Pages to print", "/print"), revoke].compactMap { $0 })
                + GovUK.paragraph("It can’t be saved as a PDF here: the program that makes PDF files is not installed.")
        }
        let paper = GovUK.link("Pages to print", href: pack.href + "/print")
        return GovUK.buttonGroup([button("Save as PDF", "/file"), paper, revoke].compactMap { $0 })
    default: return .empty
    }
}

func gatherPackPage(_ pack: Pack, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Gather what is on record", caption: pack.label, errors: answers.errors, back: pack.href, """
        \(pack.intercept ? interceptText : HTML.empty)
        <p class="govuk-body">What is on this person’s own record here is copied as it stands now: contacts, notes, \
        assessments, plans, letters. The data protection officer, who can’t see the record, reads the copies and \
        decides on each. Files are named and not copied.</p>
        \(notice)\(visit.form(pack.href + "/gather", answers, """
            \(GovUK.input("reference", label: "Reference of their case, or their record’s number",
                          hint: "Empty: nobody is on record, and nothing is gathered.", autocomplete: "off",
                          spellcheck: false, in: answers))
            \(GovUK.button("Gather"))
            """))
        """)
}

func signPackPage(_ pack: Pack, _ items: [PackItem], _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let out = items.filter { $0.decision == .leaveOut }
    let list = out.map { item -> HTML in
        "\(item.number). \(item.piece.title), \(item.piece.when): \(item.ground?.label ?? ""). \(item.left.reason)"
    }
    return Page("Read and sign", caption: pack.label, errors: answers.errors, back: pack.href, """
        \(notice)<p class="govuk-body">This is what leaves. Read all of it: could anybody find somebody by it, or \
        learn that somebody is on record?</p>
        \(packContent(pack, items))
        \(list.isEmpty ? HTML.empty : GovUK.details("Left out (\(list.count))", GovUK.list(list)))
        \(visit.form(pack.href + "/sign", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("signs", legend: "Do you sign it?", options: [
                GovUK.Choice("yes", "Yes"), GovUK.Choice("no", "No: it goes back to the officer"),
            ], small: true, in: answers))
            \(GovUK.textarea("reason", label: "If not, what has to change?", rows: 3, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

/// What the officer does next with the whole of it.
func packNextPage(_ pack: Pack, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let (title, fields): (String, HTML) = switch pack.state {
    case .signed:
        ("Release it", """
            \(GovUK.input("recipient", label: "To whom, by name?", hint: "It stands on each page.", autocomplete: "off",
                          spellcheck: false, in: answers))
            \(GovUK.radios("way", legend: "How does it go?", options: PackWay.options, small: true, in: answers))
            \(GovUK.checkboxes("safe", legend: "Before it goes", options: [
                GovUK.Choice("yes", "This way is safe, and it reaches nobody but them"),
            ], small: true, in: answers))
            \(GovUK.button("Release it"))
            """)
    case .released:
        ("Revoke it", """
            <p class="govuk-body">Its pages can’t be opened here any more. What has left has left: if it reached \
            somebody else, \(GovUK.link("report a data breach", href: "/report-a-breach")) too.</p>
            \(GovUK.textarea("reason", label: "Why?", rows: 3, in: answers))
            \(GovUK.button("Revoke it", kind: .warning))
            """)
    default:
        ("Send for the second signature", """
            <p class="govuk-body">All \(pack.items) pieces are decided. A service manager who has decided on none of \
            them reads the whole and signs, or sends it back.</p>
            \(GovUK.button("Send for the second signature"))
            """)
    }
    return Page(title, caption: pack.label, errors: answers.errors, back: pack.href, """
        \(notice)\(visit.form(pack.href + "/next", answers, """
            \(GovUK.hidden("version", answers["version"]))\(GovUK.hidden("state", answers["state"]))\(fields)
            """))
        """)
}
