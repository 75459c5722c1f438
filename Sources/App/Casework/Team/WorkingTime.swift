import Foundation
import Pages
import Postgres

/// What one worker took on in twelve months, beside the benchmark for as much as they work.
struct WorkersYear: Sendable {
    /// Cases that they hold or held last.
    let cases: Int
    /// Referrals that they took, or that became one of those cases.
    let referrals: Int
    /// Of a full-time post, in hundredths; nil where nobody has said.
    let hundredths: Int?

    /// A year of a full-time IDVA (SafeLives): about 100 referrals, or 60 to 80 cases.
    static let fewest = 60, most = 80, referred = 100

    private func scaled(_ number: Int) -> Int { (number * (hundredths ?? 100) + 50) / 100 }

    var caseWords: String { "\(cases) of \(scaled(Self.fewest)) to \(scaled(Self.most))" }
    var referralWords: String { "\(referrals) of about \(scaled(Self.referred))" }
    var shareWords: String { hundredths.map(Self.share) ?? "Not recorded" }
    var mostCases: Int { max(1, scaled(Self.most)) }

    /// "0.6"
    static func share(_ hundredths: Int) -> String {
        hundredths % 10 == 0 ? "\(hundredths / 100).\(hundredths / 10 % 10)"
            : "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    }
}

/// How much somebody works, as typed: of a full-time post, between 0.05 and 1.
struct WorkingTimeForm: Equatable, Sendable {
    let account: UUID
    let agency: UUID
    let hundredths: Int
    let from: Day

    init?(_ answers: inout Answers, colleagues: [RotaColleague], today: Day) {
        let who = colleagues.first { $0.choice.value == answers["who"] }
        if who == nil { answers.refuse("who", "Select who it is") }
        let typed = answers.text("share", most: 10, name: "Working time").replacing(",", with: ".")
        let share = Self.hundredths(typed)
        if share == nil, answers.error(for: "share") == nil {
            answers.refuse("share", "Working time must be a number from 0.05 to 1, like 0.6")
        }
        let day = answers.day("from", name: "First day")
        guard let who, let share, answers.errors.isEmpty else { return nil }
        (account, agency, hundredths, from) = (who.account, who.agency, share, day ?? today)
    }

    private static func hundredths(_ typed: String) -> Int? {
        guard typed.wholeMatch(of: /[01](\.[0-9]{1,2})?/) != nil else { return nil }
        let parts = typed.split(separator: ".")
        let rest = parts.count == 2 ? parts[1] + (parts[1].count == 1 ? "0" : "") : "00"
        guard let whole = Int(parts[0]), let part = Int(rest) else { return nil }
        let all = whole * 100 + part
        return (5...100).contains(all) ? all : nil
    }
}

extension Site {
    /// How much each colleague works, set by the service manager.
    mutating func addWorkingTime() {
        get("team/working-time", .needs(.viewTeam)) { visit in
            let (colleagues, kept) = try await visit.read { db in
                (try db.rotaColleagues(visit), try db.keptAnswers(visit))
            }
            return .page(workingTimePage(colleagues, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("team/working-time", .needs(.viewTeam)) { visit in
            let colleagues = try await visit.read { db in try db.rotaColleagues(visit) }
            var answers = visit.typed
            guard let form = WorkingTimeForm(&answers, colleagues: colleagues, today: visit.today) else {
                return .invalid(workingTimePage(colleagues, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/team") { db in
                    let id = UUID()
                    try db.setWorkingTime(id, form, visit)
                    try db.audit(.workingTimeSet, .rota, id)
                }
            })
        }
    }
}

private func workingTimePage(
    _ colleagues: [RotaColleague], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page("Working time", errors: answers.errors, back: "/team", """
        \(GovUK.paragraph("What a year’s cases are compared with on the team’s page. It decides nothing."))
        \(notice)\(visit.form("/team/working-time", answers, """
            \(GovUK.select("who", label: "Who?", options: [GovUK.Choice("", "Choose one")] + colleagues.map(\.choice),
                           in: answers))
            \(GovUK.input("share", label: "How much of a full-time post?", hint: "1 is full time. For example, 0.6",
                          width: .five, in: answers))
            \(GovUK.dateInput("from", legend: "From which day?", hint: "Left empty: today.", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

/// The number, and a small bar of it for whoever sees it.
func yearCell(_ year: WorkersYear?) -> HTML {
    guard let year else { return "" }
    return """
        \(year.caseWords)<br><meter min="0" max="\(year.mostCases)" value="\(min(year.cases, year.mostCases))" \
        aria-hidden="true"></meter>
        """
}
