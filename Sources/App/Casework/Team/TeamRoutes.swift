import Foundation
import Pages
import Postgres

/// The service manager's pages.
enum TeamTab: String, CaseIterable {
    case team = "/team", rota = "/team/rota", supervision = "/team/supervision", outputs = "/team/outputs"
    case homes = "/team/homes", reciprocals = "/team/reciprocals"
    case dataSets = "/team/data-sets", data = "/team/data", duplicates = "/team/duplicates"
    case emergencies = "/emergency/reviews"
    case requests = "/child-requests"
    case deletions = "/retention/proposals"
    var label: String {
        switch self {
        case .team: "Who holds what"
        case .rota: "Rota"
        case .supervision: "Supervision"
        case .outputs: "Outputs"
        case .homes: "Homes"
        case .reciprocals: "Reciprocals"
        case .dataSets: "Data sets"
        case .data: "Data asked for"
        case .duplicates: "Duplicates"
        case .emergencies: "Emergency reviews"
        case .requests: "Requests"
        case .deletions: "Deletions"
        }
    }
}

func teamTabs(_ current: TeamTab) -> HTML {
    GovUK.subNavigation(
        TeamTab.allCases.map { GovUK.Item($0.label, href: $0.rawValue, current: $0 == current) }, label: "Team pages")
}

/// The same above pages that others come to as well: only for those who have a team.
func teamTabs(_ current: TeamTab, for visit: Visit) -> HTML? {
    visit.viewer.may(.viewTeam) ? teamTabs(current) : nil
}

extension Site {
    mutating func addTeam() {
        get("team", .needs(.viewTeam)) { visit in
            let page = visit.query["page"]?.first.flatMap { Int($0) }.map { min(max($0, 1), 100) } ?? 1
            let (colleagues, years, unminded, onCall) = try await visit.read { db in
                let team = try db.team(visit, skipping: (page - 1) * teamAtOnce, limit: teamAtOnce + 1)
                return (team, try db.workersYears(team.map(\.id), at: visit.viewer.agencies(.viewTeam), visit),
                        try db.unmindedCases(visit, limit: unmindedAtOnce + 1), try db.onCallToday(visit))
            }
            return .page(teamPage(colleagues, years, page, unminded, onCall.onCall, visit))
        }
    }
}

/// Colleagues on one page.
private let teamAtOnce = 25
/// Cases that nobody minds: as many as are given away in one go.
private let unmindedAtOnce = 10

/// What each who holds cases took on in a year, beside the benchmark.
private func yearTable(_ colleagues: [Colleague], _ years: [UUID: WorkersYear]) -> HTML {
    """
    \(GovUK.table(
        caption: "Taken on in twelve months", columns: ["Who", "Working time", "Cases", "Referrals"],
        rows: colleagues.filter { $0.openCases > 0 || (years[$0.id]?.cases ?? 0) > 0 }.map { colleague -> [HTML] in
            let year = years[colleague.id]
            return [
                "\(colleague.name)", "\(year?.shareWords ?? "")", yearCell(year), "\(year?.referralWords ?? "")",
            ]
        }))
    <p class="govuk-body">Beside it, the benchmark for a full-time IDVA (60 to 80 cases or about 100 referrals a \
    year), by working time; where none is recorded, for full time. Cases count for whoever holds or held them last. \
    \(GovUK.link("Record working time", href: "/team/working-time"))</p>
    """
}

private func teamPage(
    _ colleagues: [Colleague], _ years: [UUID: WorkersYear], _ page: Int, _ unminded: [CaseLine], _ onCall: OnCall,
    _ visit: Visit
) -> Page {
    let rows = colleagues.prefix(teamAtOnce).map { colleague -> [HTML] in
        var state: [HTML] = []
        if let until = colleague.awayUntil {
            state.append("""
                \(GovUK.tag("Away", colour: .grey)) until \(London.short(until))\
                \(colleague.coveredBy.map { ", covered by \($0)" } ?? "")
                """)
        }
        if colleague.openCases == 0 { state.append(GovUK.tag("No cases", colour: .blue)) }
        let overdue: HTML = colleague.late == 0 ? "0" : GovUK.tag("\(colleague.late) late", colour: .red)
        return [
            "\(colleague.name)", "\(colleague.count(.high))", "\(colleague.count(.medium))",
            "\(colleague.count(.standard))", "\(colleague.count(.notAssessed))", "\(colleague.weight)", overdue,
            "\(colleague.noSafeTime)", "\(colleague.nextDue.map(London.short) ?? "Nothing")", .joined(state),
        ]
    }
    let shown = Array(unminded.prefix(unmindedAtOnce))
    let hasMore = colleagues.count > teamAtOnce
    return Page("Team", wide: true, """
        \(teamTabs(.team))
        <p class="govuk-body"><strong>On call:</strong> \(onCall.words(at: visit.now)).</p>
        \(shown.isEmpty ? plain(["Every open case has somebody who minds it."])
            : caseTable("Cases that nobody minds", shown, visit))
        \(unminded.count > unmindedAtOnce ? plain(["There are more. Give these away first."]) : HTML.empty)
        \(GovUK.table(
            caption: "Open cases", columns: [
                "Who", .numeric("High"), .numeric("Medium"), .numeric("Standard"), .numeric("Not graded"),
                .numeric("Load"), .numeric("First contact overdue"), .numeric("No safe time"), "Next due", "State",
            ], rows: rows))
        \(page == 1 && !hasMore ? HTML.empty : GovUK.pagination(
            previous: page == 1 ? nil : "/team?page=\(page - 1)", next: hasMore ? "/team?page=\(page + 1)" : nil))
        <p class="govuk-body">Load: three for high, two for medium and for not graded, one for standard. \
        “No safe time” counts first contacts that could not have been made safely within 48 hours; they are not \
        late.</p>
        \(yearTable(Array(colleagues.prefix(teamAtOnce)), years))
        <p class="govuk-body">\(GovUK.link("Letters that your workers begin from", href: "/team/letters"))</p>
        """)
}
