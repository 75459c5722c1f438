import Foundation
import Pages
import Postgres

/// What stands around a case on its page.
struct CaseAround: Sendable {
    let safeContact: SafeContact?
    let risk: RiskStanding
    let notes: [CaseNote]
    let timeline: [TimelineLine]
    /// What still waits, most urgent first.
    let due: [DueLine]
    /// Asked for while the 48 hours run or are over.
    let help: ClockHelp?
    /// How the case ended, or how somebody proposes to end it.
    let closing: Closing?
    /// Nil for whom the case is only shared with.
    let support: SupportCounts?
    /// Nil for whom the case is shared with, and not the orders.
    let orders: OrdersInBrief?
    /// Nil for whom the case is only shared with.
    let sharing: SharingInBrief?
    /// What another agency shares of it with the reader's.
    let received: [ReceivedShare]
    let places: PlacesInBrief?
    /// How often something came across the wall about whoever harms.
    let across: Int
    /// Decisions from supervision.
    let decisions: Int
    /// The case is on the side of those who harm.
    let isHarming: Bool
    /// Nil for whom the case is only shared with, and for those who work with people who harm.
    let outcomes: OutcomesInBrief?
    let maracs: [MaracLink]
    let matters: MattersInBrief?
    /// They asked that the record is kept and not used, and it was granted.
    let isUseRestricted: Bool
    /// The case was another agency's, and the reader's took it over: theirs goes on from it.
    let isTakenOver: Bool

    init(_ db: isolated Connection, _ record: CaseRecord, _ visit: Visit) throws {
        safeContact = try db.safeContact(of: record.person, visit)
        risk = try db.riskStanding(of: record.person, on: visit.today)
        notes = try db.notes(of: record.id)
        let isOurs = visit.viewer.agencies(.viewCases).contains(record.agency)
        // No share shows it.
        closing = isOurs ? try db.closing(of: record) : nil
        received = isOurs ? [] : try db.receivedShare(of: record.id, visit)
        let sharesOrders = received.contains { $0.parts.contains(.orders) }
        let counts: SQL = isOurs ? """
            \(Connection.supportCounts(of: record.id)) UNION ALL \(Connection.orderCounts(of: record.id))
            UNION ALL \(Connection.sharingCounts(of: record.id))
            UNION ALL (\(Connection.placeCounts(of: record.id))) UNION ALL \(Connection.acrossCounts(of: record.id))
            UNION ALL \(Connection.decisionCounts(of: record.id))
            UNION ALL \(Connection.outcomeCounts(of: record)) UNION ALL \(Connection.maracCounts(of: record.id))
            UNION ALL \(Connection.matterCounts(of: record.id))
            UNION ALL \(Connection.restrictionCount(of: record.id))
            """ : "\(Connection.orderCounts(of: record.id)) UNION ALL \(Connection.takenOverCount(of: record.id))"
        // For the case's own people a link leads on to everything.
        let found = try db.timelineAndDue(of: record.id, latest: isOurs ? 15 : 30, counting: counts)
        (timeline, due) = (found.lines, found.due)
        support = isOurs ? SupportCounts(found.counts) : nil
        isTakenOver = found.counts["takenOver"] ?? 0 > 0
        orders = isOurs || sharesOrders || isTakenOver ? OrdersInBrief(found.counts) : nil
        sharing = isOurs ? SharingInBrief(found.counts) : nil
        places = isOurs ? PlacesInBrief(found.counts) : nil
        across = found.counts["across"] ?? 0
        decisions = found.counts["decided"] ?? 0
        isHarming = found.counts["harming"] ?? 0 > 0
        outcomes = isOurs ? OutcomesInBrief(found.counts) : nil
        maracs = MaracLink.all(found.counts)
        matters = isOurs ? MattersInBrief(found.counts) : nil
        isUseRestricted = found.counts["useRestricted"] ?? 0 > 0
        help = isOurs && record.clock.isRunning && record.isOpen ? try db.clockHelp(of: record, visit) : nil
    }
}

extension CaseAround {
    /// The name that came with a share.
    fileprivate var sharedName: String? {
        received.lazy.filter { $0.parts.contains(.summary) }.compactMap { $0.told?.name }.first { !$0.isEmpty }
    }
}

func casePage(_ record: CaseRecord, _ around: CaseAround, _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    let isOurs = visit.viewer.agencies(.viewCases).contains(record.agency)
    let isOfHarmed = isOurs && !around.isHarming
    let contact = record.personName == nil ? HTML.empty : safeContactBanner(around.safeContact, record.person, visit)
    let banner = instructionBanner(around.places?.instructions ?? []) + contact
    return Page(
        "Case", heading: record.personName ?? around.sharedName
            ?? (around.isTakenOver ? "Case that you took over"
                : isOurs || !around.received.isEmpty ? "Case shared with you" : "Case opened in an emergency"),
        caption: record.reference, above: banner, wide: true, """
        <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        \(around.isUseRestricted ? useRestricted : HTML.empty)
        \(receivedCards(around.received))\(ending(record, around))\(clockAdvice(record, around, visit))
        \(facts(record, visit, isOurs: isOurs))
        \(isOurs ? actions(record, base, visit) : HTML.empty)
        <h2 class="govuk-heading-m">Risk</h2>\(riskSummary(around.risk, on: visit.today))
        \(isOurs ? eventLink(of: record.person, visit) : HTML.empty)\
        \(isOfHarmed ? maracLinks(around.maracs, of: record, visit) : HTML.empty)
        \(isOfHarmed && visit.viewer.may(.viewPeople)
            ? planSummary(of: record.person, review: around.risk.planReview, visit) : HTML.empty)
        \(dueList(around.due, record, visit, isOurs: isOurs))
        \(around.orders.map { orderSummary($0, of: record, visit.today, isOurs: isOurs) })
        \(around.matters.map { matterSummary($0, of: record, visit.today) })
        \(around.sharing.map { sharingSummary($0, of: record) })
        \(around.support.map { supportSummary($0, of: record) })
        \(around.outcomes.map { outcomeSummary($0, of: record) })
        \(around.places.map { placeSummary($0, of: record) })\(acrossSummary(around.across, of: record))\
        \(decisionSummary(around.decisions, of: record))
        \(around.isHarming ? GovUK.paragraph(GovUK.link("MATAC scoring", href: base + "/matac")) : HTML.empty)
        \(isOurs ? caseRooms(record, isOfHarmed: isOfHarmed, visit) : HTML.empty)
        <h2 class="govuk-heading-m">Notes</h2>
        \(noteList(around.notes, visit, isOurs: isOurs))
        </div><div class="govuk-grid-column-one-third">
        <h2 class="govuk-heading-m">Timeline</h2>\(personTimelineLink(record, isOurs: isOurs))\
        \(timelineList(around.timeline))
        </div></div>
        """)
}

/// Article 18: kept, and used for nothing but claims, somebody's safety, or what they agree to.
let useRestricted = GovUK.warningText("""
    Use of this record is restricted, as they asked. Keep it. Use or tell it only to keep somebody safe, for a claim \
    in law, or with their agreement; else ask the data protection officer first.
    """)

/// How the case ended, or that a second person is waited for.
private func ending(_ record: CaseRecord, _ around: CaseAround) -> HTML {
    if let closed = record.closedAt {
        let how = around.closing.map(closingFacts) ?? plain(["How it ended is not recorded."])
        return "<h2 class=\"govuk-heading-m\">Closed \(London.dateAndTime(closed))</h2>\(how)"
    }
    guard around.closing != nil else { return .empty }
    let href = "/cases/\(record.id.column)/close/confirm"
    return GovUK.insetText("""
        <p class="govuk-body">Closing this case waits for a second person. \
        \(GovUK.link("Read and answer", href: href))</p>
        """)
}

private func facts(_ record: CaseRecord, _ visit: Visit, isOurs: Bool) -> HTML {
    let mayMove = record.isOpen && isOurs && visit.viewer.may(.allocateCases)
    return GovUK.summaryList([
        GovUK.SummaryRow("Person", record.personName == nil ? "Not shared"
            : GovUK.link(record.personName ?? "", href: "/people/\(record.person.column)")),
        GovUK.SummaryRow("First contact", record.isOpen || record.clock.done != nil
            ? clockFacts(record.clock, at: visit.now) : "None before the case was closed"),
        GovUK.SummaryRow("Held by", "\(record.workerName ?? "Nobody yet")", actions: mayMove ? [
            GovUK.Action("Change", visuallyHidden: "who holds the case", href: "/cases/\(record.id.column)/allocate"),
        ] : []),
        GovUK.SummaryRow("Opened", "\(London.dateAndTime(record.openedAt)), \(record.agencyName)"),
        GovUK.SummaryRow(
            "Who may see it", record.isRestricted ? "Only its team" : "Caseworkers of \(record.agencyName)"),
    ])
}

func clockTag(_ clock: ContactClock, at now: Date) -> HTML {
    let words = clock.words(at: now)
    if clock.done != nil { return GovUK.tag(words, colour: .green) }
    guard clock.due != nil else { return GovUK.tag(words, colour: clock.isGraded ? .grey : .blue) }
    if clock.breach(at: now) == .noSafeTime { return "\(GovUK.tag(words, colour: .orange)) \(noSafeTimeTag)" }
    return GovUK.tag(words, colour: clock.isOverdue(at: now) ? .red : .yellow)
}

private let noSafeTimeTag = GovUK.tag("No safe time", colour: .orange)

private func actions(_ record: CaseRecord, _ base: String, _ visit: Visit) -> HTML {
    var buttons: [HTML] = []
    if record.isOpen, visit.viewer.may(.recordAttempts) {
        buttons.append(GovUK.button("Record a contact attempt", href: base + "/attempts/new"))
    }
    if visit.viewer.may(.writeNotes) {
        buttons.append(GovUK.button("Write a note", kind: .secondary, href: base + "/notes/new"))
    }
    if visit.viewer.may(.assessRisk) {
        let again = "/people/\(record.person.column)/risk/new"
        buttons.append(GovUK.button("Assess risk again", kind: .secondary, href: again))
    }
    if record.isOpen, visit.viewer.may(.searchPeople) {
        buttons.append(GovUK.button("Find a person for this case", kind: .secondary, href: base + "/search"))
    }
    if record.isOpen, record.closing == nil, visit.viewer.may(.closeCases) {
        buttons.append(GovUK.button("Close the case", kind: .secondary, href: base + "/close"))
    }
    return GovUK.buttonGroup(buttons)
}

private func timelineList(_ lines: [TimelineLine]) -> HTML {
    GovUK.timeline(lines.map { line in
        GovUK.TimelineEvent(
            line.kind.label, by: line.by, when: London.short(line.at), datetime: line.at.column,
            content: line.summary.isEmpty ? .empty : "<p class=\"govuk-body-s\">\(line.summary)</p>")
    })
}

func allocatePage(_ record: CaseRecord, _ workers: [Colleague], _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    return Page("Who will hold the case?", errors: answers.errors, back: base, """
        \(visit.form(base + "/allocate", answers, keepsDraft: false, """
            \(GovUK.hidden("version", String(record.version)))
            \(GovUK.radios("worker", legend: "Choose a colleague", options: workers.map {
                GovUK.Choice($0.id.column, $0.name, hint: $0.words)
            }, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}
