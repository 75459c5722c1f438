import Foundation
import Pages
import Postgres

/// On other pages about the person: by when the plan is to be reviewed, and the way to it.
func planSummary(of person: UUID, review: Day?, _ visit: Visit) -> HTML {
    let base = "/people/\(person.column)/plan"
    guard let review else {
        let write: HTML? = visit.viewer.may(.editPeople) ? GovUK.link("Write a safety plan", href: base) : nil
        return GovUK.paragraph("No safety plan yet. \(write)")
    }
    return GovUK.paragraph("\(reviewWords(review, visit.today)) \(GovUK.link("Safety plan", href: base))")
}

private func reviewWords(_ day: Day, _ today: Day) -> HTML {
    "To be reviewed by \(day.description). \(day < today ? GovUK.tag("Review overdue", colour: .red) : HTML.empty)"
}

/// Everything of a person's plans that one page shows.
struct PlansOfPerson: Sendable {
    let person: Person
    let contact: SafeContact?
    /// Those in force, one of a kind.
    let plans: [SafetyPlan]
    let earlier: [PlanVersion]
    /// To whom a version was told, or is to be, the newest first.
    let shared: [PlanReader]
}

/// To whom a version of a plan was told, or is to be.
struct PlanReader: Sendable {
    let to: String
    let told: Date
    let until: Date
    /// How it stands, as sharing calls it.
    let state: String
    let colour: GovUK.TagColour
    /// Whether they may read it now.
    let isInForce: Bool
}

func safetyPlansPage(_ seen: PlansOfPerson, _ visit: Visit) -> Page {
    let (person, plans) = (seen.person, seen.plans)
    let base = "/people/\(person.id.column)"
    let mayWrite = visit.viewer.may(.editPeople)
    let missing = PlanKind.allCases.filter { kind in !plans.contains { $0.kind == kind } }
    return Page(
        "Plan", heading: person.name, caption: "Safety plan", back: base,
        above: safeContactBanner(seen.contact, person.id, visit), """
        \(.joined(plans.map { planInForce($0, person, mayWrite: mayWrite, visit) }))
        \(.joined(missing.map { kind -> HTML in
            """
            <h2 class="govuk-heading-m">\(kind.label)</h2><p class="govuk-body">None yet.</p>
            \(mayWrite ? GovUK.paragraph(GovUK.link(
                "Write one", href: "\(base)/plan/\(kind.rawValue)", visuallyHidden: kind.label.lowercased()))
                : HTML.empty)
            """
        }))
        <h2 class="govuk-heading-m">Shared with</h2>
        \(seen.shared.isEmpty ? plain(["Nobody."]) : GovUK.list(seen.shared.map { sharedWith($0, plans) }))
        <h2 class="govuk-heading-m">Earlier versions</h2>
        \(seen.earlier.isEmpty ? plain(["None."]) : GovUK.list(seen.earlier.map { version -> HTML in
            """
            \(GovUK.link("\(version.kind.label), version \(version.version)",
                         href: "\(base)/plan/\(version.id.column)")), \
            \(London.short(version.writtenAt)), \(version.writtenBy)
            """
        }))
        """)
}

/// Who reads it, and until when; and whether what they read was changed since.
private func sharedWith(_ one: PlanReader, _ plans: [SafetyPlan]) -> HTML {
    let isOld = one.isInForce && !plans.isEmpty && plans.allSatisfy { $0.writtenAt > one.told }
    return """
        \(one.to), \(London.day(of: one.told).description) to \(London.day(of: one.until).description). \
        \(GovUK.tag(one.state, colour: one.colour))\
        \(isOld ? " They read an earlier version: share the new one if they need it." : HTML.empty)
        """
}

private func planInForce(_ plan: SafetyPlan, _ person: Person, mayWrite: Bool, _ visit: Visit) -> HTML {
    let base = "/people/\(person.id.column)/plan"
    let change: HTML? = mayWrite ? GovUK.button(
        "Review or change the \(plan.kind.label.lowercased())", kind: .secondary,
        href: "\(base)/\(plan.kind.rawValue)") : nil
    return """
        <h2 class="govuk-heading-m">\(plan.kind.label)</h2>
        <p class="govuk-body">\(reviewWords(plan.due, visit.today))</p>\(movedNotice(plan, visit.today))
        \(plan.reviewWhen.map { event -> HTML in "<p class=\"govuk-body\">And sooner, at: \(event.label).</p>" })
        \(written(plan))\(planParts(plan))\(toPrint(plan, person, base))\(toShare(plan, base, visit))\(change)
        """
}

/// What happened, or is about to, since the plan was written: whether it still holds is for somebody to say.
private func movedNotice(_ plan: SafetyPlan, _ today: Day) -> HTML {
    let moved = plan.moved(by: today)
    if moved.isEmpty { return .empty }
    return GovUK.insetText("""
        Recorded since this was written: \(RiskReview.words(moved)). Look whether it still holds, and save it again, \
        also if nothing changes.
        """)
}

private func written(_ plan: SafetyPlan) -> HTML {
    """
    <p class="govuk-body-s">Version \(plan.version), \(London.short(plan.writtenAt)), \(plan.writtenBy)</p>
    """
}

private func planParts(_ plan: SafetyPlan) -> HTML {
    GovUK.summaryList(plan.kind.sections.compactMap { section in
        plan.parts[section.field].map { GovUK.SummaryRow(section.label, lines($0)) }
    })
}

/// The way to the sheet of paper, and which words on it would tell a stranger what it is.
private func toPrint(_ plan: SafetyPlan, _ person: Person, _ base: String) -> HTML {
    let telling = PlanPaper.telling(in: plan.parts, name: person.name)
    let warning: HTML? = telling.isEmpty ? nil : GovUK.insetText("""
        These words would tell whoever finds the paper what it is: \(telling.joined(separator: ", ")).
        """)
    return """
        \(warning)\(GovUK.paragraph(GovUK.link(
            "One page to hand over", href: "\(base)/\(plan.id.column)/print",
            visuallyHidden: plan.kind.label.lowercased())))
        """
}

/// The way to tell it to another agency, as it is now.
private func toShare(_ plan: SafetyPlan, _ base: String, _ visit: Visit) -> HTML {
    guard visit.viewer.may(.shareCases) else { return .empty }
    return GovUK.paragraph(GovUK.link(
        "Share with an agency", href: "\(base)/\(plan.id.column)/share",
        visuallyHidden: plan.kind.label.lowercased()))
}

func planVersionPage(_ person: Person, _ contact: SafeContact?, _ plan: SafetyPlan, _ visit: Visit) -> Page {
    let base = "/people/\(person.id.column)/plan"
    let old: HTML? = plan.isCurrent ? nil : GovUK.insetText("""
        A newer version has taken its place. \(GovUK.link("The newest", href: base))
        """)
    return Page(
        "Plan", heading: person.name, caption: "\(plan.kind.label), version \(plan.version)", back: base,
        above: safeContactBanner(contact, person.id, visit), """
        \(old)\(written(plan))\(planParts(plan))\(toPrint(plan, person, base))
        """)
}

/// A sheet for somebody's pocket. It says neither whose it is, nor from where, nor what for.
func planPaper(_ plan: SafetyPlan, _ gate: PaperGate, back: String) -> Page {
    let written = plan.parts.mapValues(gate.cleaned)
    let size = PlanPaper(written) ?? .small
    let parts = plan.kind.sections.compactMap { section -> HTML? in
        written[section.field].map { text in
            """
            <section><h2>\(section.onPaper)</h2>\(.joined(PlanPaper.lines(of: text).map { line -> HTML in
                "<p>\(line)</p>"
            }))</section>
            """
        }
    }
    var page = Page("Notes", back: back, headingInside: true, wide: true, """
        <p class="govuk-body drystone-unprinted">Print this page from the browser’s menu. That it was opened is
        recorded.</p>
        \(gate.note(on: plan.kind.sections.compactMap { plan.parts[$0.field] }))
        <div class="drystone-sheet drystone-sheet--\(size.rawValue)"><h1>Notes</h1>\(.joined(parts))</div>
        """)
    page.isPaper = true
    return page
}

func writePlanPage(
    _ person: Person, _ kind: PlanKind, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)/plan"
    return Page("Plan", heading: kind.label, caption: person.name, errors: answers.errors, back: base, """
        <p class="govuk-body">In their words. Leave empty what doesn’t matter to them. It can be printed: keep out
        names, addresses, and words that would tell a stranger what it is.</p>
        \(notice)\(planForm(base, kind, answers, button: "Save plan", visit))
        """)
}

private func planForm(_ base: String, _ kind: PlanKind, _ answers: Answers, button: String, _ visit: Visit) -> HTML {
    visit.form("\(base)/\(kind.rawValue)", answers, """
        \(GovUK.hidden("version", answers["version"]))\(SafetyPlanForm.fields(kind, answers))\(GovUK.button(button))
        """)
}

/// Two people wrote at once: both texts, and a choice. Nothing of either is lost.
func planConflictPage(_ person: Person, _ theirs: SafetyPlan, _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/people/\(person.id.column)/plan"
    let rows = theirs.kind.sections.filter { (theirs.parts[$0.field] ?? "") != answers[$0.field].trimmed }.map {
        section -> [HTML] in
        ["\(section.label)", lines(theirs.parts[section.field] ?? ""), lines(answers[section.field].trimmed)]
    }
    let again = answers.again(over: theirs.version)
    return Page("Someone else changed this too", back: base, """
        <p class="govuk-body">While you were writing, \(theirs.writtenBy) saved version \(theirs.version). Yours is not
        saved yet. Both texts are here.</p>
        \(rows.isEmpty ? plain(["The texts are the same."]) : GovUK.table(
            caption: "What differs", columns: ["Part", "Saved", "Typed by you"], rows: rows))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: base)), or check yours below and save it
        instead.</p>
        \(planForm(base, theirs.kind, again, button: "Save mine", visit))
        """)
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
