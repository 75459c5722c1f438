import Foundation
import Pages
import Postgres

extension Site {
    /// Who may be on record twice, for the service manager: what waits for a second person, and what is alike.
    mutating func addDuplicates() {
        get("team/duplicates", .needs(.viewTeam)) { visit in
            let last = visit.query["before"]?.first.flatMap { Keyset($0) }
                .map { RecordedPerson(id: $0.id, at: $0.at) }
            let agencies = visit.viewer.agencies(.viewTeam)
            let (waiting, step, found) = try await visit.read { db in
                let step = try db.newestPeople(before: last, agencies, limit: peopleAtOnce + 1)
                return (try last == nil ? db.waitingLinks(agencies) : [], step,
                        try db.possibleDuplicates(of: step.prefix(peopleAtOnce).map(\.id), limit: pairsAtOnce))
            }
            return .page(duplicatesPage(waiting, found, step, isFirst: last == nil, visit))
        }
    }
}

/// People looked through for one page, and pairs that it shows at most.
private let peopleAtOnce = 100
private let pairsAtOnce = 50

private func duplicatesPage(
    _ waiting: [PossibleDuplicate], _ found: [PossibleDuplicate], _ step: [RecordedPerson], isFirst: Bool,
    _ visit: Visit
) -> Page {
    let looked = step.prefix(peopleAtOnce)
    let next = step.count > peopleAtOnce ? looked.last.map {
        "/team/duplicates?before=\(Keyset(at: $0.at, id: $0.id).text)"
    } : nil
    let since = looked.last.map { London.day(of: $0.at).description } ?? ""
    return Page("Possible duplicates", wide: true, """
        \(teamTabs(.duplicates))
        \(GovUK.paragraph("""
            Records of one agency that may be the same person. Nothing is linked by itself: look at both, say whether \
            they are, and a second person confirms it.
            """))
        \(waiting.isEmpty ? HTML.empty : pairTable("Waits for a second person", waiting, visit))
        \(found.isEmpty
            ? plain([looked.isEmpty ? "Nobody is recorded." : "Nobody alike among those recorded since \(since)."])
            : pairTable("Alike, among those recorded since \(since)", found, visit))
        \(found.count == pairsAtOnce ? plain(["There may be more among them. Answer these first."]) : HTML.empty)
        \(GovUK.pagination(
            previous: isFirst ? nil : "/team/duplicates", next: next, previousLabel: "Newest",
            nextLabel: "Recorded earlier"))
        """)
}

private func pairTable(_ caption: String, _ pairs: [PossibleDuplicate], _ visit: Visit) -> HTML {
    let areAsked = pairs.contains { $0.asked != nil }
    return GovUK.table(
        caption: caption, columns: ["One", "The other", "On both"] + (areAsked ? ["Asked by"] : []) + ["Decide"],
        rows: pairs.map { pair -> [HTML] in
            let asked = pair.asked.map { asked -> [HTML] in ["\(asked.by), \(London.short(asked.at))"] } ?? []
            return [
                "\(pair.name), born: \(pair.birth.words(on: visit.today))",
                "\(pair.otherName), born: \(pair.otherBirth.words(on: visit.today))",
                "\(AgreeingFact.words(pair.agrees))",
            ] + asked + [GovUK.link("Look at both", href: pair.path, visuallyHidden: "records of \(pair.name)")]
        })
}
