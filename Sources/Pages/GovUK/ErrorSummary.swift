extension GovUK {
    /// What is wrong with the whole form, at the top of the page, in the order given; nothing when nothing is.
    /// Each line links to its control.
    public static func errorSummary(_ errors: [FieldError]) -> HTML? {
        if errors.isEmpty { return nil }
        let items = errors.map { error -> HTML in
            "<li><a href=\"#\(error.target)\">\(error.message)</a></li>"
        }
        return """
            <div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
            <h2 class="govuk-error-summary__title">There is a problem</h2>
            <div class="govuk-error-summary__body">
            <ul class="govuk-list govuk-error-summary__list">\(items)</ul>
            </div></div></div>
            """
    }
}
