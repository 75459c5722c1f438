import Foundation
import Pages
import Postgres

/// The list of requests.
enum RequestList {
    static let most = 100
    /// How many of those decided are shown.
    static let latest = 25
}

/// What is said to whoever asks, whether or not there is a record.
private let whatToSay: HTML = GovUK.insetText("""
    Say: “I can’t say whether we know anybody. I can write down what you ask for. Somebody who may decide will \
    answer you within a month.” Then write it down. Don’t look anybody up, and say neither yes nor no.
    """)

func newRequestPage(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("A request about a child", errors: answers.errors, back: "/contacts", """
        \(whatToSay)\(notice)\(visit.form("/child-requests/new", answers, """
            \(GovUK.radios("asker", legend: "Who asks?", options: RequestAsker.options, small: true, in: answers))
            \(GovUK.input("asker-name", label: "Their name", autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.textarea("reply-to", label: "Where may the answer go?",
                             hint: "An address or number that they gave.", rows: 2, in: answers))
            \(GovUK.input("about", label: "The child’s name, as they gave it", autocomplete: "off", spellcheck: false,
                          in: answers))
            \(GovUK.textarea("what", label: "What do they ask for?", rows: 4, in: answers))
            \(GovUK.dateInput("received", legend: "When did they ask?", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

/// Says nothing of what was put down: whoever stands beside the reader learns nothing from it.
func requestReceivedPage() -> Page {
    Page("Written down", back: "/contacts", """
        <p class="govuk-body">A manager or the data protection officer decides, and answers within a month.</p>
        \(whatToSay)
        """)
}

func childRequestsPage(_ waiting: [ChildRequest], _ decided: [ChildRequest], _ visit: Visit) -> Page {
    func row(_ request: ChildRequest, _ last: HTML) -> [HTML] {
        [GovUK.link(request.received.description, href: "/child-requests/\(request.id.column)",
                    visuallyHidden: "asked by \(request.askerName)"),
         "\(request.askerName)<br>\(request.asker.label)", "\(request.agency)", last]
    }
    let open = waiting.prefix(RequestList.most).map { request -> [HTML] in
        let late: HTML? = request.due < visit.today ? GovUK.tag("Overdue", colour: .red) : nil
        return row(request, "\(request.due.description) \(late)")
    }
    let done = decided.map { request in
        row(request, "\(request.decision.map { "\($0.outcome.label), \(London.short($0.at))" } ?? "")")
    }
    return Page("Requests about children", wide: true, """
        \(teamTabs(.requests, for: visit))
        <p class="govuk-body">Each is decided by itself, with a reason, by somebody else than whoever took it.</p>
        \(open.isEmpty ? plain(["Nothing waits."]) : GovUK.table(
            caption: "Waiting", columns: ["Asked", "By", "Agency", "Due"], rows: open))
        \(waiting.count > RequestList.most ? plain(["These are the first \(RequestList.most)."]) : HTML.empty)
        \(done.isEmpty ? HTML.empty : GovUK.table(
            caption: "Decided last", columns: ["Asked", "By", "Agency", "How"], rows: done))
        """)
}

func childRequestPage(
    _ request: ChildRequest, _ candidates: [ChildCandidate], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let late: HTML? = request.decision == nil && request.due < visit.today ? GovUK.tag("Overdue", colour: .red) : nil
    var rows = [
        GovUK.SummaryRow("Asked by", "\(request.askerName)<br>\(request.asker.label)"),
        GovUK.SummaryRow("Answer goes to", request.replyTo.isEmpty ? "Not said" : lines(request.replyTo)),
        GovUK.SummaryRow("Child’s name, as given", "\(request.about)"),
        GovUK.SummaryRow("Asks for", lines(request.what)),
        GovUK.SummaryRow("Asked on", "\(request.received.description), taken by \(request.recordedByName)"),
        GovUK.SummaryRow("Answer due", "\(request.due.description) \(late)"),
        GovUK.SummaryRow("Child on record", childOnRecord(request)),
    ]
    if let decision = request.decision {
        rows += [
            GovUK.SummaryRow("Decided", "\(decision.outcome.label)<br>\(London.short(decision.at)), \(decision.by)"),
            GovUK.SummaryRow("Entitled", "\(decision.entitled.label)"),
            GovUK.SummaryRow("The child", "\(decision.childView.label)"),
            GovUK.SummaryRow("Reason", lines(decision.reason)),
        ]
    }
    let isOwn = request.recordedBy == visit.viewer.account
    let forms: HTML = request.decision != nil ? .empty : """
        \(namingForm(request, candidates, answers, visit))
        \(isOwn && !answers.areRefused ? GovUK.insetText("You took this request, so somebody else decides on it.")
            : decisionForm(request, answers, visit))
        """
    return Page("A request about a child", caption: request.agency, errors: answers.errors, back: "/child-requests", """
        \(notice)\(GovUK.summaryList(rows))\(forms)
        """)
}

private func childOnRecord(_ request: ChildRequest) -> HTML {
    guard let child = request.child else { return "Nobody has said which" }
    // The data protection officer learns that there is one, and not who.
    guard let name = request.childName else { return "There is one, at \(request.agency)" }
    return GovUK.link(name, href: "/people/\(child.column)/child")
}

private func namingForm(
    _ request: ChildRequest, _ candidates: [ChildCandidate], _ answers: Answers, _ visit: Visit
) -> HTML {
    if candidates.isEmpty { return .empty }
    return """
        <h2 class="govuk-heading-m">Is it one of these?</h2>
        \(visit.form("/child-requests/\(request.id.column)/child", answers, keepsDraft: false, """
            \(GovUK.radios("child", legend: "Which child is meant?",
                hint: "Their worker is asked what speaks for and against.", options: candidates.map { child in
                    GovUK.Choice(child.id.column, child.birth.map { "\(child.name), born \($0)" } ?? child.name)
                }, small: true, in: answers))
            \(GovUK.button("This child", kind: .secondary))
            """))
        """
}

private func decisionForm(_ request: ChildRequest, _ answers: Answers, _ visit: Visit) -> HTML {
    """
    <h2 class="govuk-heading-m">Decide</h2>
    <p class="govuk-body">A parent with responsibility may be entitled, and so may a child who understands what is
    asked; an alleged perpetrator is told nothing that shows there is a record. What would whoever asks learn of where
    the child lives, or of what anybody said?</p>
    \(visit.form("/child-requests/\(request.id.column)", answers, """
        \(GovUK.radios("entitled", legend: "Are they entitled?", options: RequestEntitlement.options, small: true,
                       in: answers))
        \(GovUK.radios("child-view", legend: "What does the child say to it?", options: RequestChildView.options,
                       small: true, in: answers))
        \(GovUK.radios("outcome", legend: "What do you decide?", options: RequestOutcome.options, small: true,
                       in: answers))
        \(GovUK.textarea("reason", label: "Why?", rows: 4, in: answers))
        \(GovUK.button("Save decision"))
        """))
    """
}
