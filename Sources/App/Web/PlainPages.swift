import Pages

extension Site {
    /// Pages for anybody. They say nothing of what the service is for.
    mutating func addPlainPages() {
        get("help", .anyone) { _ in
            .page(Page("Help", plain([
                "In an emergency ring 999. If you can't speak, ring 999 and press 55 when asked.",
                "For help with this service, ask your agency's administrator.",
                "To leave a page at once, use Exit this page at its top. Pressing Shift three times does the same, "
                    + "unless your browser runs no scripts.",
                "After \(Session.idleMinutes) minutes in which you open or send no page you are signed out. A form "
                    + "that you send after that is kept for you: sign in again, and what you typed is there.",
            ])))
        }
        get("accessibility", .anyone) { _ in
            .page(Page("Accessibility", plain([
                "This service is made to meet the Web Content Accessibility Guidelines version 2.2 at level AA.",
                "Every page works with a keyboard, without scripts, and with text at twice its size.",
                "If you can't use a page, tell your agency's administrator what you were trying to do.",
            ])))
        }
        get("licences", .anyone) { visit in
            .page(Page("Licences", """
                <p class="govuk-body">This service is open source, under the Apache License 2.0. It includes the work \
                of others under these licences.</p>
                <pre class="drystone-licences" tabindex="0">\(visit.services.assets.notices)</pre>
                """))
        }
    }
}
