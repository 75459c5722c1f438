extension GovUK {
    /// What a button is for.
    public enum ButtonKind: Sendable {
        /// The page's main action; one a page.
        case primary
        /// Any other action.
        case secondary
        /// An action that can't be undone or does harm by mistake.
        case warning

        var modifier: String? {
            switch self {
            case .primary: nil
            case .secondary: "govuk-button--secondary"
            case .warning: "govuk-button--warning"
            }
        }
    }

    /// A button that sends the form, or with `href` a link that looks like one.
    /// A second press within a second is ignored unless `preventDoubleClick` is false.
    public static func button(
        _ text: String, kind: ButtonKind = .primary, href: String? = nil, name: String? = nil,
        value: String? = nil, preventDoubleClick: Bool = true
    ) -> HTML {
        let classes = classes(["govuk-button", kind.modifier])
        if let href {
            return """
                <a href="\(href)" role="button" draggable="false" class="\(classes)" \
                data-module="govuk-button">\(text)</a>
                """
        }
        return """
            <button\(attribute: "value", value) type="submit"\(attribute: "name", name)\
            \(attribute: "data-prevent-double-click", preventDoubleClick ? "true" : nil) \
            class="\(classes)" data-module="govuk-button">\(text)</button>
            """
    }

    /// Buttons and links side by side, or below each other on a narrow screen.
    public static func buttonGroup(_ members: [HTML]) -> HTML {
        "<div class=\"govuk-button-group\">\(members)</div>"
    }

    /// A link in running text or in a button group.
    public static func link(_ text: String, href: String, visuallyHidden: String? = nil) -> HTML {
        "<a class=\"govuk-link\" href=\"\(href)\">\(text)\(hiddenSuffix(visuallyHidden))</a>"
    }

    /// Words for screen readers only, after a space.
    static func hiddenSuffix(_ text: String?) -> HTML? {
        text.map { "<span class=\"govuk-visually-hidden\"> \($0)</span>" }
    }
}
