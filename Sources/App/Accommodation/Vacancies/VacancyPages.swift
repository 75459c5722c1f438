import Foundation
import Pages
import Postgres

/// What somebody looks for among the vacancies; all of it may be left open.
struct VacancyAsked: Equatable, Sendable {
    let people: Int
    let kind: AccommodationKind?
    let area: UUID?

    /// From a page's address: what makes no sense is left open.
    init(_ query: [String: [String]]) {
        func value(_ name: String) -> String { query[name]?.first ?? "" }
        people = min(max(Int(value("people")) ?? 1, 1), 20)
        kind = AccommodationKind(rawValue: value("kind"))
        area = UUID(uuidString: value("area"))
    }
}

extension Site {
    /// What there is tonight: the kind, the area as coarse as it is kept, and what it can take.
    mutating func addVacancies() {
        get("vacancies", .needs(.viewVacancies)) { visit in
            let asked = VacancyAsked(visit.query)
            let (units, areas) = try await visit.read { db in (try db.vacancies(asked, visit), try db.areaChoices()) }
            return .page(vacanciesPage(units, areas, asked, visit))
        }
    }
}

private func vacanciesPage(_ units: [ProvidedUnit], _ areas: [AreaChoice], _ asked: VacancyAsked, _ visit: Visit)
    -> Page {
    var answers = Answers()
    answers.set("people", String(asked.people))
    answers.set("kind", asked.kind?.rawValue ?? "")
    answers.set("area", asked.area?.column ?? "")
    let anyOne = GovUK.Choice("", "Any")
    return Page("Vacancies", wide: true, """
        <form method="get" action="/vacancies" novalidate>
        \(GovUK.input("people", label: "How many people?", width: .two, inputmode: "numeric", in: answers))
        \(GovUK.select("kind", label: "Kind", options: [anyOne] + AccommodationKind.options, in: answers))
        \(GovUK.select("area", label: "Area", options: [anyOne] + areas.map { GovUK.Choice($0.id.column, $0.name) },
                       in: answers))
        \(GovUK.button("Show"))</form>
        <p class="govuk-body">\(units.count == 100 ? "The first 100" : "\(units.count)") free today. Where they are is \
        told by voice, by whoever runs them.</p>
        \(visit.viewer.may(.seekHousing)
            ? GovUK.paragraph(GovUK.link("Who looks for a home", href: "/vacancies/searches")) : HTML.empty)
        \(visit.viewer.may(.planCapacity) ? GovUK.paragraph(GovUK.link("How many spaces are needed", href: "/capacity"))
            : HTML.empty)
        \(units.isEmpty ? plain(["Nothing like this is free today."]) : vacancyTable(units, visit))
        """)
}

private func vacancyTable(_ units: [ProvidedUnit], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: "Free today, the smallest that fits first", captionHidden: true,
        columns: ["Unit", "Kind and area", "Takes", "Ask about", "Last confirmed"],
        rows: units.map { unit -> [HTML] in
            let terms = unit.service.terms
            let unknown = unit.size.unknown
            return [
                "\(unit.name), \(unit.service.agencyName)",
                "\(terms.kind.label), \(unit.service.areaName)",
                """
                \(unit.size.line). \(terms.takes.label). \(terms.sonsLabel)\(unit.size.offered.isEmpty ? "" : ". ")\
                \(unit.size.offered)
                """,
                "\(unknown.isEmpty ? "Nothing" : unknown)", unit.freshness(visit.now),
            ]
        })
}
