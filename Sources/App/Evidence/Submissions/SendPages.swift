import Foundation
import Pages
import Postgres

/// What the reader's agencies are asked for.
func ownCallsPage(_ lines: [(call: DataCall, standing: CallStanding)], _ visit: Visit) -> Page {
    Page("Data asked for", wide: true, """
        \(teamTabs(.data))
        <p class="govuk-body">What the partnership’s analyst asks your agency for. Nothing of it is ever used in \
        casework.</p>
        \(lines.isEmpty ? plain(["Nothing is asked of your agency."]) : GovUK.table(
            caption: "Asked for, the last due first", columns: ["What", "Agency", "Period", "Due", "Your return"],
            rows: lines.map { line -> [HTML] in
                let href = line.call.ownPath + "?agency=\(line.standing.agency.id.column)"
                let tag = line.standing.current == nil ? callTag(line.call, visit) : HTML.empty
                return [
                    "\(GovUK.link(line.call.title, href: href)) \(tag)",
                    "\(line.standing.agency.name)", "\(line.call.period.words)", "\(line.call.due.description)",
                    "\(line.standing.words)",
                ]
            }))
        """)
}

func ownCallPage(_ sending: DataSending, _ visit: Visit) -> Page {
    let call = sending.call
    let send: HTML = sending.maySend(on: visit.today) ? GovUK.button(
        sending.standing.current == nil ? "Send the file" : "Send it again",
        href: call.ownPath + "/send?agency=\(sending.agency.id.column)")
        : GovUK.insetText("Nothing can be sent any more.")
    return Page("Data call", caption: "\(call.title), \(sending.agency.name)", back: "/team/data", wide: true, """
        \(agencyLinks(sending))\(callSummary(call))
        <h2 class="govuk-heading-m">What you sent</h2>
        \(sending.standing.returns.isEmpty ? GovUK.insetText("Nothing yet.") : GovUK.table(
            caption: "Sent, the newest first", captionHidden: true,
            columns: ["Number", "Sent", "By", "State", .numeric("Rows"), .numeric("Set aside")],
            rows: sending.standing.returns.map { ownReturnRow($0, sending.standing, visit) }))
        \(send)
        """)
}

private func agencyLinks(_ sending: DataSending) -> HTML? {
    if sending.agencies.count < 2 { return nil }
    return GovUK.subNavigation(sending.agencies.map { agency in
        GovUK.Item(agency.name, href: sending.call.ownPath + "?agency=\(agency.id.column)",
                   current: agency.id == sending.agency.id)
    }, label: "Agencies")
}

private func ownReturnRow(_ one: DataReturn, _ standing: CallStanding, _ visit: Visit) -> [HTML] {
    let isReplaced = one.state == .received && standing.current?.id != one.id
    let state: HTML = one.deletedAt != nil ? GovUK.tag("Deleted", colour: .grey)
        : isReplaced ? GovUK.tag("Replaced", colour: .grey)
        : one.isStuck(at: visit.now) ? GovUK.tag("Stopped", colour: .red)
        : GovUK.tag(one.state.label, colour: one.state == .received ? .green : one.state == .refused ? .red : .blue)
    return [
        GovUK.link("Number \(one.number)", href: one.ownPath), "\(London.short(one.at))", "\(one.by)", state,
        "\(one.rowsDone)", "\(one.rowsBad)",
    ]
}

func sendDataPage(_ sending: DataSending, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let call = sending.call
    let optOut: HTML? = sending.agency.isHealth ? """
        \(GovUK.radios("opt-out", legend: "How was the national data opt-out applied?",
                       options: OptOut.answers.map(\.option), in: answers))
        \(GovUK.textarea("opt-out-words", label: "If it does not apply, why not?", rows: 2, in: answers))
        """ : nil
    let kinds = call.kind == .encoded ? "An encoded file (.enc), made with drystone encode on your own machine"
        : "CSV, a workbook (XLSX or ODS), or an encoded file (.enc)"
    return Page(
        "Send data", caption: "\(call.title), \(sending.agency.name)", errors: answers.errors,
        back: call.ownPath + "?agency=\(sending.agency.id.column)", """
        \(notice)\(GovUK.details("What is asked for", specificationTable(call.specification)))
        \(visit.form(call.ownPath + "/send", answers, takesFile: true, """
            \(GovUK.hidden("agency", sending.agency.id.column))
            \(optOut)
            \(GovUK.textarea("break", label: "Has the way you count changed since the last time (optional)?",
                hint: "For example, other children are included since April. It stands beside your numbers.", rows: 2,
                in: answers))
            \(visit.fileField(ReturnForm.file, label: "The file", hint: "\(kinds). Up to 512 MB, 2,000,000 rows and "
                + "256 columns", accept: ".csv,.txt,.tsv,.xlsx,.ods,.enc,text/csv", in: answers))
            \(GovUK.button("Send"))
            """))
        \(GovUK.details("When the file is a workbook", """
            <p class="govuk-body">Workbooks (XLSX, ODS) are read up to 20 MB and 1,000,000 cells. One sheet should \
            have something in it; hidden sheets are passed over. Of a formula its result is read. Format columns with \
            NHS and telephone numbers as text, or their first 0 is lost before we see it.</p>
            <p class="govuk-body">What is larger goes as CSV: choose “Save as”, then “CSV UTF-8 (comma delimited)”. \
            Lines above the names of the columns may stay. Semicolons, tabs and other encodings are understood.</p>
            """))
        """)
}

extension DataSending {
    /// Whether something may still be sent.
    func maySend(on today: Day) -> Bool { call.closedAt == nil && today < call.keepUntil }
}
