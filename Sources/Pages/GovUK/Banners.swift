extension GovUK {
    /// Something that the reader should know before going on; with `success`, that what they did has worked.
    /// The usual titles are "Important" and "Success". Give another `id` to a second banner on a page.
    public static func notificationBanner(
        _ title: String, _ content: HTML, success: Bool = false,
        id: String = "govuk-notification-banner-title"
    ) -> HTML {
        let modifier = success ? " govuk-notification-banner--success" : ""
        return """
            <div class="govuk-notification-banner\(modifier)" role="\(success ? "alert" : "region")" \
            aria-labelledby="\(id)" data-module="govuk-notification-banner">
            <div class="govuk-notification-banner__header">
            <h2 class="govuk-notification-banner__title" id="\(id)">\(title)</h2>
            </div><div class="govuk-notification-banner__content">\(content)</div></div>
            """
    }

    /// The sentence in bold that opens a notification banner.
    public static func notificationHeading(_ text: HTML) -> HTML {
        "<p class=\"govuk-notification-banner__heading\">\(text)</p>"
    }

    /// A consequence that the reader must not miss.
    public static func warningText(_ content: HTML) -> HTML {
        """
        <div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>
        <strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> \(content)</strong>
        </div>
        """
    }

    /// Words set apart by a bar on their left.
    public static func insetText(_ content: HTML) -> HTML { "<div class=\"govuk-inset-text\">\(content)</div>" }

    /// Help that most readers don't need, behind a link.
    public static func details(_ summary: String, _ content: HTML, open: Bool = false) -> HTML {
        """
        <details class="govuk-details"\(flag: "open", on: open)><summary class="govuk-details__summary">\
        <span class="govuk-details__summary-text">\(summary)</span></summary>
        <div class="govuk-details__text">\(content)</div></details>
        """
    }

    /// That a journey is finished. Its title is the page's `h1`, so there is one on a page.
    public static func panel(_ title: String, _ content: HTML = .empty) -> HTML {
        let body: HTML? = content.isEmpty ? nil : "<div class=\"govuk-panel__body\">\(content)</div>"
        return """
            <div class="govuk-panel govuk-panel--confirmation">
            <h1 class="govuk-panel__title">\(title)</h1>\(body)</div>
            """
    }

    /// What stage the service is at.
    public static func phaseBanner(_ phase: String, _ content: HTML) -> HTML {
        """
        <div class="govuk-phase-banner"><p class="govuk-phase-banner__content">\
        <strong class="govuk-tag govuk-phase-banner__content__tag">\(phase)</strong>
        <span class="govuk-phase-banner__text">\(content)</span></p></div>
        """
    }
}
