import Foundation
import Pages
import Postgres

/// The pages of retention that the officer has; a manager comes to two of them from the team's.
enum RetentionTab: String, CaseIterable {
    case due = "/retention", proposals = "/retention/proposals", holds = "/retention/holds"
    case schedule = "/retention/schedule"
    var label: String {
        switch self {
        case .due: "Due"
        case .proposals: "Deletions"
        case .holds: "Legal holds"
        case .schedule: "Schedule"
        }
    }
}

func retentionTabs(_ current: RetentionTab, for visit: Visit) -> HTML {
    let tabs: [RetentionTab] = visit.viewer.may(.manageRetention) ? RetentionTab.allCases : [.proposals, .holds]
    return GovUK.subNavigation(
        tabs.map { GovUK.Item($0.label, href: $0.rawValue, current: $0 == current) }, label: "Retention pages")
}

func duePage(_ list: DueList, _ visit: Visit) -> Page {
    let shown = list.records.prefix(DueList.most)
    let rows = shown.map { record -> [HTML] in
        [GovUK.link(record.label, href: "/retention/due/\(record.id.column)"), "\(record.agencyName)",
         "\(record.rule.label)", "\(record.dueOn.description)"]
    }
    let found: HTML = list.workedOutAt.map { at -> HTML in
        rows.isEmpty ? GovUK.paragraph("Nobody was due at \(London.time(at)).") : GovUK.table(
            caption: "Worked out at \(London.time(at)), longest due first",
            columns: ["Record", "Agency", "Rule", "Due since"], rows: rows)
    } ?? GovUK.paragraph("Nobody has looked yet.")
    let more: HTML? = list.records.count > DueList.most
        ? GovUK.paragraph("There are more. These are the first \(String(DueList.most)).") : nil
    return Page("Retention", wide: true, """
        \(retentionTabs(.due, for: visit))
        <p class="govuk-body">Records whose time has run out by every rule, with no open case, no hold, and nothing \
        that is still to be done or answered. You propose a deletion; a service manager of the agency, who can read \
        the record, agrees to it or not.</p>
        \(visit.buttonForm("/retention/look", "Look who is due today", kind: .secondary))
        \(found)\(more)
        """)
}

func dueRecordPage(_ record: DueRecord, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Propose a deletion", caption: record.label, errors: answers.errors, back: "/retention", """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Record at", "\(record.agencyName)<br><code>\(record.subject.column)</code>"),
            GovUK.SummaryRow("Rule", "\(record.rule.label)<br>\(record.rule.counted)"),
            GovUK.SummaryRow("Due since", "\(record.dueOn.description)"),
        ]))
        \(notice)\(visit.form("/retention/due/\(record.id.column)", answers, """
            \(GovUK.textarea("reason", label: "Why should it be deleted?",
                             hint: "The manager reads it. Name nobody.", rows: 3, in: answers))
            \(GovUK.button("Propose deletion"))
            """))
        """)
}

func schedulePage(_ schedule: RetentionSchedule, _ kept: KeptAnswers, _ visit: Visit) -> Page {
    let answers = kept.answers
    let inForce = schedule.inForce.map { rule -> [HTML] in
        ["\(rule.kind.label)", "\(String(rule.years))", "\(rule.kind.counted)"]
    }
    let history = schedule.history.map { rule -> [HTML] in
        ["\(rule.kind.label)", "\(String(rule.years))", "\(rule.from.description)", lines(rule.reason),
         "\(rule.by), \(London.short(rule.at))"]
    }
    return Page("Retention schedule", errors: answers.errors, wide: true, """
        \(retentionTabs(.schedule, for: visit))
        <p class="govuk-body">Where several rules concern a person, the one that lasts longest counts. A legal hold \
        suspends all of them.</p>
        \(GovUK.table(caption: "In force today", columns: ["Record", .numeric("Years"), "Counted"], rows: inForce))
        \(history.isEmpty ? GovUK.paragraph("These are the rules that come with this service: nobody has changed one.")
            : GovUK.table(caption: "Set here", columns: ["Record", .numeric("Years"), "From", "Why", "By"],
                          rows: history))
        <h2 class="govuk-heading-m">Change a rule</h2>
        \(kept.notice(visit))\(visit.form("/retention/schedule", answers, """
            \(GovUK.radios("kind", legend: "Which?", options: RuleKind.options, small: true, in: answers))
            \(GovUK.input("years", label: "Years", width: .three, inputmode: "numeric", in: answers))
            \(GovUK.dateInput("from", legend: "From which day?", in: answers))
            \(GovUK.textarea("reason", label: "Why?", hint: "Such as a law, a contract or a policy, with its date.",
                             rows: 3, in: answers))
            \(GovUK.button("Save rule"))
            """))
        """)
}
