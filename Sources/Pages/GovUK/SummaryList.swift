extension GovUK {
    /// A link that does something with what stands beside it.
    public struct Action: Sendable, Equatable {
        /// The link's words, such as "Change".
        public let text: String
        /// What it changes, for screen readers, such as "date of birth".
        public let visuallyHidden: String?
        /// Where it leads.
        public let href: String

        /// An action.
        public init(_ text: String, visuallyHidden: String? = nil, href: String) {
            self.text = text
            self.visuallyHidden = visuallyHidden
            self.href = href
        }
    }

    /// A fact and what can be done with it.
    public struct SummaryRow: Sendable, Equatable {
        /// What the fact is about.
        public let key: String
        /// The fact.
        public let value: HTML
        /// Usually one, "Change".
        public let actions: [Action]

        /// A row.
        public init(_ key: String, _ value: HTML, actions: [Action] = []) {
            self.key = key
            self.value = value
            self.actions = actions
        }
    }

    /// Facts about one thing, as on a page to check answers.
    public static func summaryList(_ rows: [SummaryRow]) -> HTML { summaryList(rows, cardTitle: nil) }

    /// Facts about one of several things, in a card with a title. The title tells its links apart.
    public static func summaryCard(title: String, actions: [Action] = [], rows: [SummaryRow]) -> HTML {
        """
        <div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title">\(title)</h2>\(cardActions(actions, title: title))</div>
        <div class="govuk-summary-card__content">\(summaryList(rows, cardTitle: title))</div></div>
        """
    }

    private static func summaryList(_ rows: [SummaryRow], cardTitle: String?) -> HTML {
        let anyActions = rows.contains { !$0.actions.isEmpty }
        let items = rows.map { row -> HTML in
            let noActions = anyActions && row.actions.isEmpty ? " govuk-summary-list__row--no-actions" : ""
            return """
                <div class="govuk-summary-list__row\(noActions)"><dt class="govuk-summary-list__key">\(row.key)</dt>
                <dd class="govuk-summary-list__value">\(row.value)</dd>\(rowActions(row.actions, cardTitle))</div>
                """
        }
        return "<dl class=\"govuk-summary-list\">\(items)</dl>"
    }

    private static func rowActions(_ actions: [Action], _ cardTitle: String?) -> HTML? {
        if actions.isEmpty { return nil }
        let links = actions.map { actionLink($0, cardTitle) }
        if links.count == 1 { return "<dd class=\"govuk-summary-list__actions\">\(links)</dd>" }
        let items = links.map { link -> HTML in
            "<li class=\"govuk-summary-list__actions-list-item\">\(link)</li>"
        }
        return """
            <dd class="govuk-summary-list__actions"><ul class="govuk-summary-list__actions-list">\(items)</ul></dd>
            """
    }

    private static func cardActions(_ actions: [Action], title: String) -> HTML? {
        if actions.isEmpty { return nil }
        let links = actions.map { actionLink($0, title) }
        if links.count == 1 { return "<div class=\"govuk-summary-card__actions\">\(links)</div>" }
        let items = links.map { link -> HTML in "<li class=\"govuk-summary-card__action\">\(link)</li>" }
        return "<ul class=\"govuk-summary-card__actions\">\(items)</ul>"
    }

    private static func actionLink(_ action: Action, _ cardTitle: String?) -> HTML {
        let hidden = classes([action.visuallyHidden, cardTitle.map { "(\($0))" }])
        return link(action.text, href: action.href, visuallyHidden: hidden.isEmpty ? nil : hidden)
    }
}
