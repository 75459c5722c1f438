import Foundation
import Pages
import Postgres

/// One return, to whoever sent it: how far it is, what was found, what to do.
struct OwnReturn: Sendable {
    let one: DataReturn
    let call: DataCall
    let words: FileWords
    /// What the agency has said that its words mean, by column, and by word in small letters.
    let said: [String: [String: String]]
    /// Another was received after it.
    let isReplaced: Bool

    var back: String { call.ownPath + "?agency=\(one.agency.column)" }
    var unmapped: Int { words.unmapped.values.reduce(0) { $0 + $1.count } }
}

/// A word of the agency's own, and what it means.
struct WordToMap: Sendable {
    let field: DataColumn
    let written: String
    /// Of this file, in which it is not mapped.
    let rows: Int
    var said: String?
}

func ownReturnPage(_ own: OwnReturn, _ visit: Visit) -> Page {
    let one = own.one
    return Page("Return \(one.number)", caption: "\(own.call.title), \(one.agencyName)",
                back: own.back, wide: true, """
        \(standing(own, visit))
        \(one.state == .received ? received(own) : HTML.empty)
        """)
}

private func standing(_ own: OwnReturn, _ visit: Visit) -> HTML {
    let one = own.one
    if let deleted = one.deletedAt {
        return GovUK.insetText("What was sent was deleted on \(London.day(of: deleted).description). Its counts stay.")
    }
    if one.isStuck(at: visit.now) {
        return one.state == .sending
            ? "\(GovUK.insetText("It broke off while it was sent. Nothing of it counts: send it again."))"
            : """
            \(GovUK.insetText("Reading stopped after \(one.rowsDone) rows. Nothing is lost."))
            \(visit.buttonForm(one.ownPath + "/read", "Read it again"))
            """
    }
    switch one.state {
    case .sending: return GovUK.insetText("It is being sent: \(sizeWords(one.bytes)) are here.")
    case .waiting, .reading:
        return """
            \(GovUK.insetText("It is being read: \(one.rowsDone) rows so far, \(one.rowsBad) of them set aside."))
            \(GovUK.button("Show how far it is now", href: one.ownPath))
            """
    case .refused: return refused(own)
    case .received:
        let replaced = own.isReplaced ? " It was replaced by a later one." : ""
        return GovUK.insetText("""
            Received: \(one.rowsDone) \(one.rowsDone == 1 ? "row" : "rows"), \(one.rowsBad) of them set \
            aside.\(replaced) Sent on \(London.short(one.at)) by \(one.by). It is deleted on \
            \(one.keepUntil.description).
            """)
    }
}

private func refused(_ own: OwnReturn) -> HTML {
    let columns: HTML = own.words.columns.isEmpty ? .empty
        : "<p class=\"govuk-body\">These columns: \(own.words.columns.joined(separator: ", ")).</p>"
    let found: HTML = own.words.found.isEmpty ? .empty : """
        <p class="govuk-body">The file names: \(own.words.found.joined(separator: ", ")).</p>
        """
    return """
        \(GovUK.warningText("Nothing of it can be used."))
        <p class="govuk-body">\(own.one.problem?.words ?? ""). Nothing was kept of the file.</p>\(columns)\(found)
        \(GovUK.button("Send it again", href: own.call.ownPath + "/send?agency=\(own.one.agency.column)"))
        """
}

private func received(_ own: OwnReturn) -> HTML {
    let one = own.one
    return """
        \(GovUK.summaryList(facts(own)))
        \(own.unmapped > 0 && one.deletedAt == nil ? """
            \(GovUK.warningText(
                own.unmapped == 1 ? "One of your own words is not in the specification."
                    : "\(own.unmapped) of your own words are not in the specification."))
            \(GovUK.button("Say what they mean", href: one.ownPath + "/words"))
            """ : HTML.empty)
        \(own.unmapped == 0 && !own.said.isEmpty && one.deletedAt == nil
            ? "<p class=\"govuk-body\">\(GovUK.link("What your own words mean", href: one.ownPath + "/words"))</p>"
            : HTML.empty)
        \(one.kind == .clear && one.deletedAt == nil ? GovUK.list([
            GovUK.link("Rows with something to look at", href: one.ownPath + "/rows"),
            """
            \(GovUK.link("The same as a file", href: one.ownPath + "/rows/file")) (CSV: lines and what is wrong, no \
            names)
            """,
        ]) : HTML.empty)
        \(one.profile.map { qualityOfOne(one, $0) } ?? HTML.empty)
        """
}

private func facts(_ own: OwnReturn) -> [GovUK.SummaryRow] {
    let one = own.one
    var rows: [GovUK.SummaryRow] = []
    if let key = one.keyID { rows.append(GovUK.SummaryRow("Made with the key", "\(key)")) }
    if let layout = one.layout {
        let marks: [UInt8: String] = [44: "commas", 59: "semicolons", 9: "tabs", 124: "vertical bars"]
        let above = layout.headLine > 1
            ? " The names of the columns stand in line \(layout.headLine); what is above was left out." : ""
        rows.append(GovUK.SummaryRow("How it is written", """
            \(layout.isUTF8 ? "UTF-8" : "Windows-1252"), \(marks[layout.separator] ?? "other marks") between values, \
            \(layout.width) columns.\(above)
            """))
        let absent = zip(own.call.specification.columns, layout.places).filter { $0.1 == nil }.map(\.0.name)
        if !absent.isEmpty {
            rows.append(GovUK.SummaryRow("Columns that are not in it", "\(absent.joined(separator: ", "))"))
        }
    }
    if let profile = one.profile, one.kind == .clear {
        rows.append(GovUK.SummaryRow("References used before", "\(profile.repeated)"))
        rows.append(GovUK.SummaryRow("Blank rows, left out", "\(profile.blank)"))
    }
    if one.optOut != .notHealth {
        rows.append(GovUK.SummaryRow("National data opt-out", """
            \(one.optOut.label)\(one.optOutWords.map { words -> HTML in "<br>\(lines(words))" })
            """))
    }
    if let words = one.seriesBreak { rows.append(GovUK.SummaryRow("Counted in another way", lines(words))) }
    return rows
}

/// Rows that have something to look at, at one time.
let dataRowsAtOnce = 50

func ownRowsPage(_ own: OwnReturn, _ rows: [StoredRow], from line: Int, _ visit: Visit) -> Page {
    let base = own.one.ownPath + "/rows"
    let shown = rows.prefix(dataRowsAtOnce)
    let next = rows.count > dataRowsAtOnce ? shown.last.map { "\(base)?from=\($0.line + 1)" } : nil
    return Page("Rows to look at", caption: own.call.title, back: own.one.ownPath, wide: true, """
        <p class="govuk-body">Rows that can’t be used are set aside, never dropped. Put them right where they come \
        from and send the file again: it replaces this one. That you open a row is recorded.</p>
        \(shown.isEmpty ? plain(["There is nothing to look at."]) : GovUK.table(
            caption: "From line \(max(1, line))", columns: [.numeric("Line"), "What", "Used", "Open"],
            rows: shown.map { row -> [HTML] in
                ["\(row.line)", remarkList(row.remarks),
                 row.isBad ? GovUK.tag("Set aside", colour: .yellow) : "Used",
                 visit.buttonForm(base, "Open", kind: .secondary, fields: ["line": String(row.line)])]
            }))
        \(GovUK.pagination(previous: line <= 1 ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "Further on"))
        """)
}

private func remarkList(_ stored: [String]) -> HTML {
    GovUK.list(stored.map { one -> HTML in
        let (column, words) = RowRemark.words(stored: one)
        return column.isEmpty ? "\(words)" : "\(column) \(words)"
    })
}

/// A row with what it says of somebody: for whoever sent it.
func openedRowPage(_ own: OwnReturn, _ row: StoredRow, _ cells: [(String, String)]?, _ visit: Visit) -> Page {
    let rows = cells ?? []
    return Page("Row \(row.line)", caption: own.call.title, back: own.one.ownPath + "/rows?from=\(row.line)", """
        \(remarkList(row.remarks))
        \(rows.isEmpty ? plain(["The row can’t be taken apart: look at line \(row.line) of your file."])
            : GovUK.summaryList(rows.map { GovUK.SummaryRow($0.0, "\($0.1.isEmpty ? "Empty" : $0.1)") }))
        """)
}

/// What the agency's own words mean.
func wordsPage(_ own: OwnReturn, _ asked: [WordToMap], _ answers: Answers, _ visit: Visit) -> Page {
    var shown = answers
    for (place, one) in asked.enumerated() where answers.all("word-\(place)").isEmpty {
        shown.set("word-\(place)", one.said ?? "")
    }
    let filled = shown
    let fields = asked.enumerated().map { place, one -> HTML in
        GovUK.select("word-\(place)", label: "\(one.field.name): “\(one.written)”",
                     hint: one.said == nil ? "In \(one.rows) row\(one.rows == 1 ? "" : "s")" : "Said before",
                     options: [GovUK.Choice("", one.said == nil ? "Leave it as not mapped" : "Leave it as it is")]
                        + (one.field.categories + DataCategory.ofAll).map { GovUK.Choice($0.code, $0.label) },
                     in: filled)
    }
    return Page("What your words mean", caption: own.call.title, errors: answers.errors, back: own.one.ownPath, """
        <p class="govuk-body">These answers of yours are not in the specification. What you say here holds for your \
        agency from now on, also for files to come; it can be said anew, and what was said before stays on record.</p>
        \(asked.isEmpty ? plain(["Every answer is in the specification."])
            : visit.form(own.one.ownPath + "/words", answers, keepsDraft: false, """
                \(GovUK.hidden("list", own.mark))\(HTML.joined(fields))\
                \(GovUK.button("Save, and read the file again"))
                """))
        """)
}
