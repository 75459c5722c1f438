extension GovUK {
    /// A place that a menu or a trail leads to.
    public struct Item: Sendable, Equatable {
        /// Its name.
        public let text: String
        /// Where it is; nothing for the last step of a trail.
        public let href: String?
        /// Whether the reader is there now.
        public let current: Bool

        /// A place.
        public init(_ text: String, href: String? = nil, current: Bool = false) {
            self.text = text
            self.href = href
            self.current = current
        }
    }

    /// Takes keyboard users past the navigation.
    public static func skipLink(_ text: String = "Skip to main content", href: String = "#main-content") -> HTML {
        "<a href=\"\(href)\" class=\"govuk-skip-link\" data-module=\"govuk-skip-link\">\(text)</a>"
    }

    /// The way back to the page before.
    public static func backLink(_ href: String, text: String = "Back") -> HTML {
        "<a href=\"\(href)\" class=\"govuk-back-link\">\(text)</a>"
    }

    /// Where the page stands, from the top down.
    public static func breadcrumbs(_ items: [Item]) -> HTML {
        let steps = items.map { item -> HTML in
            guard let href = item.href else {
                return "<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">\(item.text)</li>"
            }
            return """
                <li class="govuk-breadcrumbs__list-item">\
                <a class="govuk-breadcrumbs__link" href="\(href)">\(item.text)</a></li>
                """
        }
        return """
            <nav class="govuk-breadcrumbs" aria-label="Breadcrumb">\
            <ol class="govuk-breadcrumbs__list">\(steps)</ol></nav>
            """
    }

    /// The name of the service and its menu.
    public static func serviceNavigation(name: String, href: String, items: [Item] = []) -> HTML {
        let links = items.map(serviceItem)
        let menu: HTML? = items.isEmpty ? nil : """
            <nav aria-label="Menu" class="govuk-service-navigation__wrapper">
            <button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" \
            aria-controls="navigation" hidden>Menu</button>
            <ul class="govuk-service-navigation__list" id="navigation">\(links)</ul></nav>
            """
        return """
            <section aria-label="Service information" class="govuk-service-navigation" \
            data-module="govuk-service-navigation">
            <div class="govuk-width-container"><div class="govuk-service-navigation__container">
            <span class="govuk-service-navigation__service-name">\
            <a href="\(href)" class="govuk-service-navigation__link">\(name)</a></span>\(menu)</div></div></section>
            """
    }

    private static func serviceItem(_ item: Item) -> HTML {
        let active = item.current ? " govuk-service-navigation__item--active" : ""
        let text: HTML = item.current
            ? "<strong class=\"govuk-service-navigation__active-fallback\">\(item.text)</strong>" : "\(item.text)"
        return """
            <li class="govuk-service-navigation__item\(active)"><a class="govuk-service-navigation__link" \
            href="\(item.href ?? "#")"\(attribute: "aria-current", item.current ? "page" : nil)>\(text)</a></li>
            """
    }

    /// The parts of one record, as links: tabs that need no script. `label` names the menu for screen readers.
    public static func subNavigation(_ items: [Item], label: String = "Sections") -> HTML {
        let links = items.map { item -> HTML in
            """
            <li class="drystone-sub-navigation__item"><a class="drystone-sub-navigation__link" \
            href="\(item.href ?? "#")"\(attribute: "aria-current", item.current ? "page" : nil)>\(item.text)</a></li>
            """
        }
        return """
            <nav class="drystone-sub-navigation" aria-label="\(label)">\
            <ul class="drystone-sub-navigation__list">\(links)</ul></nav>
            """
    }

    /// Leaves the service at once, for a reader who may be watched. Shift three times does the same, with script.
    public static func exitThisPage(_ href: String) -> HTML {
        """
        <div class="govuk-exit-this-page" data-module="govuk-exit-this-page"><a href="\(href)" role="button" \
        draggable="false" class="govuk-button govuk-button--warning govuk-exit-this-page__button \
        govuk-js-exit-this-page-button" data-module="govuk-button" rel="nofollow noreferrer">\
        <span class="govuk-visually-hidden">Emergency</span> Exit this page</a></div>
        """
    }
}
