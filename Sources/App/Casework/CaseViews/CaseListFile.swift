import Foundation
import Pages
import Postgres

/// A filtered list of open cases as a file: references, codes and days. No name of whoever it is about, no address or
/// number and nothing that somebody typed is in it, so nothing is left for the release gate to take out; who will read
/// it, and what for, is recorded before it leaves.
enum CaseListFile {
    /// Lines that one file may have.
    static let most = 5_000
    static let header = [
        "reference", "risk", "worker", "opened_on", "first_contact", "first_contact_due_on", "next_due_on",
    ]

    static func text(_ lines: [CaseLine], at now: Date) -> String {
        func day(_ moment: Date?) -> String { moment.map { London.day(of: $0).column } ?? "" }
        return CommaSeparated.text(header, lines.map { line in
            [
                line.reference, line.risk.rawValue, line.workerName ?? "", day(line.openedAt),
                state(line.clock, at: now), day(line.clock.due), day(line.nextDue),
            ]
        })
    }

    private static func state(_ clock: ContactClock, at now: Date) -> String {
        if clock.done != nil { return "made" }
        if clock.due == nil { return "notStarted" }
        if clock.breach(at: now) == .noSafeTime { return "noSafeTime" }
        return clock.isOverdue(at: now) ? "overdue" : "running"
    }
}

/// Which list is to leave, and why.
struct CaseListFileForm: Equatable, Sendable {
    let filter: CaseFilter
    let purpose: String

    init?(_ answers: inout Answers) {
        purpose = answers.text("purpose", most: 200, name: "Who will read it")
        if purpose.isEmpty { answers.refuse("purpose", "Enter who will read it, and what for") }
        filter = CaseFilter(kept: answers["list"])
        if filter.answers.areRefused { answers.refuse("purpose", "This list can’t be saved: its days are wrong") }
        if !answers.errors.isEmpty { return nil }
    }
}

extension Visit {
    /// That it leaves is on record before anything of it is read.
    func saveCaseList() async throws -> Reply {
        var answers = typed
        guard let form = CaseListFileForm(&answers) else { return try await caseViews(typed: answers) }
        let count = try await write { db in
            let count = try db.caseCount(form.filter, self)
            if count <= CaseListFile.most {
                try db.audit(.caseListSaved, .log, nil, purpose: form.purpose, detail: "{\"lines\":\(count)}")
            }
            return count
        }
        guard count <= CaseListFile.most else {
            answers.refuse("purpose", "There are \(count) in this list: a file takes \(CaseListFile.most). "
                + "Choose fewer above first")
            return try await caseViews(typed: answers)
        }
        let lines = try await read { db in try db.allCases(form.filter, self) }
        let text = CaseListFile.text(lines, at: now)
        return .download(Download(name: "list.csv", mediaType: "text/csv; charset=utf-8", bytes: Data(text.utf8)))
    }

    /// The page again, with what is wrong with the file that was asked for.
    private func caseViews(typed answers: Answers) async throws -> Reply {
        let filter = CaseFilter(kept: answers["list"])
        return .invalid(caseViewPage(filter, try await foundCases(filter), answers, self))
    }
}

/// For whoever answers for the cases.
func caseListFileForm(_ filter: CaseFilter, _ typed: Answers, _ visit: Visit) -> HTML {
    guard visit.viewer.may(.exportDataSets), !filter.answers.areRefused else { return .empty }
    return GovUK.details("Save this list as a file", visit.form("/views/file", typed, keepsDraft: false, """
        \(GovUK.paragraph("""
            All of the list, not this page alone: references, risk, workers and days. No names, addresses or numbers, \
            and nothing that somebody typed. It is still personal data: delete it when it has been used.
            """))
        \(GovUK.hidden("list", filter.query))
        \(GovUK.input("purpose", label: "Who will read it, and what for?", hint: "Recorded with your name.", in: typed))
        \(GovUK.button("Save the file", kind: .secondary, preventDoubleClick: false))
        """), open: !typed["list"].isEmpty && typed.areRefused)
}
