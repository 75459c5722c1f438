import Foundation
import Pages
import Postgres
import Statistics

extension Site {
    /// What of the partnership's figures leaves, and what has.
    mutating func addReleases() {
        get("figures", .needs(.viewReleases)) { visit in
            let (lines, handedIn) = try await visit.read { db in
                (try db.figureReleases(), visit.viewer.may(.releaseFigures) ? try db.quartersHandedIn(by: nil) : [])
            }
            return .page(releasesPage(lines, handedIn: handedIn, visit))
        }
        get("figures/prepare", .needs(.releaseFigures)) { visit in
            let draft = try await visit.releaseDraft(try visit.endedQuarter(visit.query["quarter"]?.first))
            return .page(releaseDraftPage(draft, Answers(), visit))
        }
        post("figures/prepare", .needs(.releaseFigures)) { visit in try await visit.release() }
        get("figures/:release", .needs(.viewReleases)) { visit in
            let (line, tables) = try await visit.released()
            return .page(releasedPage(line, tables, visit))
        }
        get("figures/:release/file", .needs(.viewReleases)) { visit in
            let (line, tables) = try await visit.released()
            return .download(Download(
                name: "figures.csv", mediaType: "text/csv; charset=utf-8",
                bytes: Data(ReleasedFile.text(line, tables).utf8)))
        }
        get("figures/:release/spreadsheet", .needs(.viewReleases)) { visit in
            let (line, tables) = try await visit.released()
            return .download(Download(
                name: "figures.xlsx",
                mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                bytes: try ReleasedFile.spreadsheet(line, tables).bytes()))
        }
    }
}

extension Visit {
    fileprivate func released() async throws -> (FigureReleaseLine, [Released<CountTable>]) {
        let id = try id("release")
        return try await read { db in try db.figureRelease(id).orNotFound() }
    }

    fileprivate func releaseDraft(_ quarter: FigureQuarter) async throws -> ReleaseDraft {
        try await read { db in try db.releaseDraft(quarter) }
    }

    fileprivate func release() async throws -> Reply {
        var answers = typed
        let quarter = try endedQuarter(of: answers)
        if answers["looked"] != "yes" {
            answers.refuse("looked", "Say that you have looked at what is withheld, or come back when you have")
            return .invalid(releaseDraftPage(try await releaseDraft(quarter), answers, self))
        }
        let (id, lookedAt) = (UUID(), answers["returns"])
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/figures/\(id.column)") { db in
                    try db.lock(quarter, viewer.partnership)
                    let now = try db.releaseDraft(quarter)
                    // What the analyst looked at is what leaves.
                    guard now.mark == lookedAt,
                        case .success(let release) = now.decided, !now.returns.isEmpty, !now.isReleased
                    else { throw Overtaken() }
                    try db.addRelease(
                        release, of: now.quarter, agencies: now.returns.map(\.agencyName), id: id, signer)
                    try db.audit(.figuresReleased, .accommodation, id)
                }
            })
        } catch is Overtaken {
            return .conflict(releaseDraftPage(
                try await releaseDraft(quarter), Answers(), self,
                notice: GovUK.notificationBanner("Important", """
                    <p class="govuk-notification-banner__heading">An agency has handed in again, or it was released \
                    meanwhile: look at it again.</p>
                    """)))
        }
    }
}

extension Connection {
    fileprivate func releaseDraft(_ quarter: FigureQuarter) throws -> ReleaseDraft {
        let returns = try figureReturns(quarter)
        let tables = FigureTables(quarter, returns)
        let rule = FigureTables.rule(areas: try areaChoices().map(\.name))
        let decided: Result<Release, DisclosureRefusal>
        do {
            decided = .success(try DisclosureControl.release(try tables.request(after: try figureRecords()), rule))
        } catch let refusal as DisclosureRefusal {
            decided = .failure(refusal)
        } catch let problem as DisclosureProblem {
            decided = .failure(.problem(problem))
        }
        let here = Set(returns.map(\.agencyName))
        return ReleaseDraft(
            quarter: quarter, returns: returns, missing: try agenciesThatHandIn().filter { !here.contains($0) },
            isReleased: try isReleased(quarter), decided: decided)
    }
}
