import Pages

/// Our tables stand in a region that scrolls; Frontend's own markup is inside it.
private func withoutRegion(_ table: HTML) -> HTML {
    guard let start = table.description.firstRange(of: "<table"),
        let end = table.description.firstRange(of: "</table>")
    else { return .empty }
    return HTML(trusted: String(table.description[start.lowerBound..<end.upperBound]))
}

private let rows: [SummaryRow] = [
    SummaryRow("Name", .text("Sam <S>"), actions: [Action("Change", visuallyHidden: "name", href: "/name")]),
    SummaryRow("Files", "<ul><li>a</li></ul>", actions: [
        Action("Add", visuallyHidden: "files", href: "/add"), Action("Delete", href: "/del"),
    ]),
    SummaryRow("Reference", "1"),
]

/// Tables, lists of facts, tags and messages, by their keys in `govuk-cases.json`.
let contentCases: [String: HTML] = [
    "table": withoutRegion(GovUK.table(
        caption: "Cases by area", columns: ["Area", .numeric("Open")],
        rows: [[.text("North & east"), "12"], ["South", "9"]])),
    "table without row headings": withoutRegion(GovUK.table(
        caption: "Notes", captionHidden: true, columns: [Column("When"), Column("What")],
        rows: [["Today", "<b>x</b>"]], firstCellIsHeader: false)),
    "summary list": GovUK.summaryList(rows),
    "summary list without actions": GovUK.summaryList([rows[2]]),
    "summary card": GovUK.summaryCard(
        title: "Child 1",
        actions: [Action("Change", visuallyHidden: "all", href: "/c"), Action("Delete", href: "/d")], rows: rows),
    "summary card with one action": GovUK.summaryCard(
        title: "Child & carer", actions: [Action("Change", href: "/c")], rows: [rows[0]]),
    "tag": GovUK.tag("New"),
    "red tag": GovUK.tag("High <risk>", colour: .red),
    "light blue tag": GovUK.tag("Open", colour: .lightBlue),
    "notification banner": GovUK.notificationBanner("Important", GovUK.notificationHeading("Two days left")),
    "success banner": GovUK.notificationBanner("Saved", "<p>x</p>", success: true, id: "second"),
    "warning text": GovUK.warningText(.text("You can't undo <this>")),
    "inset text": GovUK.insetText("<p>Call <b>999</b></p>"),
    "details": GovUK.details("Help with <this>", "<p>x</p>"),
    "open details": GovUK.details("Help", "Text", open: true),
    "panel": GovUK.panel("Referral sent", "Your reference<br><strong>A1</strong>"),
    "panel with a title only": GovUK.panel("Done"),
    "phase banner": GovUK.phaseBanner("Beta", "Give \(GovUK.link("feedback", href: "/f"))"),
]
