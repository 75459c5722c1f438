import Foundation
import Pages
import Postgres

extension Site {
    /// Who is on call and who is away: set by the service manager, shown wherever something is overdue.
    mutating func addRota() {
        get("team/rota", .needs(.viewTeam)) { visit in
            let (lines, colleagues, kept) = try await visit.read { db in
                (try db.rota(visit), try db.rotaColleagues(visit), try db.keptAnswers(visit))
            }
            return .page(rotaPage(lines, colleagues, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("team/rota", .needs(.viewTeam)) { visit in try await visit.setRota() }
        post("team/rota/:id/end", .needs(.viewTeam)) { visit in
            let id = try visit.id()
            return .seeOther(try await visit.write { db in
                guard try db.takeOffRota(id, visit) else { throw Refusal.notFound }
                try db.audit(.rotaEnded, .rota, id)
                return "/team/rota"
            })
        }
    }
}

extension Visit {
    fileprivate func setRota() async throws -> Reply {
        let (lines, colleagues) = try await read { db in (try db.rota(self), try db.rotaColleagues(self)) }
        var answers = typed
        guard let form = RotaForm(&answers, colleagues: colleagues, now: now) else {
            return .invalid(rotaPage(lines, colleagues, answers, self))
        }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/team/rota") { db in
                    try db.addToRota(id, form, self)
                    try db.audit(.rotaSet, .rota, id)
                    try db.dropDraft(account: viewer.account, form: path)
                }
            })
        } catch let error as PostgresError where error.constraint == "rota_overlap" {
            answers.refuse("from", "Somebody is on call then already. Take them off first, or choose another time")
            return .invalid(rotaPage(lines, colleagues, answers, self))
        }
    }
}

private func rotaPage(
    _ lines: [RotaLine], _ colleagues: [RotaColleague], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let rows = lines.map { line -> [HTML] in
        [
            "\(line.name)", GovUK.tag(line.kind.label, colour: line.kind == .onCall ? .green : .grey),
            "\(line.coveredBy ?? (line.kind == .away ? "Nobody" : ""))",
            "\(London.short(line.from))", "\(London.short(line.until))",
            visit.buttonForm("/team/rota/\(line.id.column)/end", "Take off", kind: .secondary),
        ]
    }
    return Page("Rota", errors: answers.errors, wide: true, """
        \(teamTabs(.rota))<p class="govuk-body">Who is on call, and who is away.</p>
        \(rows.isEmpty ? plain(["Nobody is on the rota."]) : GovUK.table(
            caption: "From now on", columns: ["Who", "What", "Covered by", "From", "Until", "Change"], rows: rows))
        <h2 class="govuk-heading-m">Put somebody on the rota</h2>
        \(notice)\(visit.form("/team/rota", answers, """
            \(GovUK.select("who", label: "Who?", options: [GovUK.Choice("", "Choose one")] + colleagues.map(\.choice),
                           in: answers))
            \(GovUK.radios("kind", legend: "On call or away?", options: RotaKind.options, in: answers))
            \(GovUK.select("cover", label: "If they are away, who covers for them?",
                           options: [GovUK.Choice("", "Nobody")] + colleagues.map(\.choice), in: answers))
            \(GovUK.dateInput("from", legend: "From which day?", in: answers))
            \(GovUK.timeInput("from-time", label: "From what time?", in: answers))
            \(GovUK.dateInput("until", legend: "Until which day?", in: answers))
            \(GovUK.timeInput("until-time", label: "Until what time?", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}
