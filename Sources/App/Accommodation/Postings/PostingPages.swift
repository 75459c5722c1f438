import Foundation
import Pages
import Postgres

/// Own vacancies, ready to be copied; and what is posted still and free no longer.
func postingsPage(
    _ units: [ProvidedUnit], _ postings: [UUID: UnitPosting], _ visit: Visit, changed: ProvidedUnit? = nil
) -> Page {
    let free = units.filter { $0.isFree && $0.service.endedOn == nil }
    let left = units.filter { unit in
        !free.contains { $0.id == unit.id } && postings[unit.id]?.kind == .posted
    }
    let notice: HTML? = changed.map {
        GovUK.insetText("\($0.name) has changed since you opened this page. Read it again, and copy what it says now.")
    }
    return Page("Vacancies for Routes to Support", back: "/units", """
        \(notice)
        <p class="govuk-body">Copy the text of a vacancy, post it on Routes to Support, then press that it is posted. \
        The text never says where it is, and holds nothing that you typed: languages, and for whom you work, you add \
        there yourself.</p>
        \(left.isEmpty ? HTML.empty : takeDown(left, postings, visit))
        \(free.isEmpty ? plain(["Nothing is free today."])
            : HTML.joined(free.map { vacancyPart($0, postings[$0.id], visit) }))
        """)
}

private func vacancyPart(_ unit: ProvidedUnit, _ last: UnitPosting?, _ visit: Visit) -> HTML {
    let text = VacancyText(unit)
    let state = PostingState(last, now: text)
    func when(_ last: UnitPosting) -> String { "\(London.short(last.at)) by \(last.by)" }
    let stands: HTML = switch state {
    case .never: GovUK.tag("Not posted", colour: .yellow)
    case .current(let last): "\(GovUK.tag("Posted", colour: .green)) \(when(last))"
    case .stale(let last): "\(GovUK.tag("Changed since it was posted", colour: .red)) \(when(last))"
    case .takenDown(let last): "\(GovUK.tag("Not posted", colour: .yellow)) Taken down \(when(last))"
    }
    return """
        <h2 class="govuk-heading-m">\(unit.name)</h2>
        <p class="govuk-body">\(stands)</p>\(GovUK.insetText(lines(text.text)))
        \(visit.buttonForm(unit.path + "/posted", "\(unit.name) is posted", kind: .secondary,
                           fields: ["mark": text.mark]))
        \(state.isUp ? takenDownForm(unit, visit) : HTML.empty)
        """
}

private func takeDown(_ units: [ProvidedUnit], _ postings: [UUID: UnitPosting], _ visit: Visit) -> HTML {
    """
    <h2 class="govuk-heading-m">Take these down: they are not free</h2>
    \(GovUK.summaryList(units.map { unit in
        let last = postings[unit.id].map { "Posted \(London.short($0.at)) by \($0.by)" } ?? ""
        return GovUK.SummaryRow(unit.name, "\(last) \(takenDownForm(unit, visit))")
    }))
    """
}

private func takenDownForm(_ unit: ProvidedUnit, _ visit: Visit) -> HTML {
    visit.buttonForm(unit.path + "/taken-down", "\(unit.name) is taken down", kind: .secondary)
}

extension PostingState {
    fileprivate var isUp: Bool {
        switch self {
        case .current, .stale: true
        case .never, .takenDown: false
        }
    }
}
