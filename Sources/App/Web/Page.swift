import Pages

/// What a handler shows: the frame around it (navigation, banner, error summary) is `layout`'s.
struct Page: Sendable {
    /// Neutral: the browser's tab and history show it. Never a name, a reference or what the system is for.
    var title: String
    /// What the page's h1 says, where that may be more than the title.
    var heading: String?
    var caption: String?
    var errors: [FieldError] = []
    var back: String?
    /// Shown between the back link and the heading, such as how this person may be contacted.
    var above: HTML = .empty
    var main: HTML
    /// The heading is inside `main` (a panel or a form whose legend is the heading).
    var headingInside = false
    var wide = false
    /// A sheet to be handed over: the service is neither in its title nor, printed, anywhere on it.
    var isPaper = false

    init(
        _ title: String, heading: String? = nil, caption: String? = nil, errors: [FieldError] = [],
        back: String? = nil, above: HTML = .empty, headingInside: Bool = false, wide: Bool = false, _ main: HTML
    ) {
        (self.title, self.heading, self.caption, self.errors) = (title, heading, caption, errors)
        (self.back, self.above, self.main, self.headingInside, self.wide) = (back, above, main, headingInside, wide)
    }
}

/// What a handler answers.
enum Reply: Sendable {
    case page(Page)
    /// The answers need changing: 422, everything typed kept.
    case invalid(Page)
    /// Somebody else changed it meanwhile: 409, both texts shown.
    case conflict(Page)
    /// Too much at once: 429, to be sent again in a moment; everything typed kept, but for passwords.
    case busy(Page)
    case seeOther(String)
    /// A file to save.
    case download(Download)
    /// Saved, nothing to show.
    case done
    /// Signing in, out or up a step: a redirect that sets or expires cookies.
    case cookies([String], then: String)
    /// A page that also sets cookies.
    case pageWithCookies(Page, [String], status: Int)
}

/// Of a list that begins with the newest: the ways back to it and to what is earlier. Nothing where all of it is shown.
func newestFirstPages(_ base: String, next: String?, isFirst: Bool) -> HTML {
    if isFirst, next == nil { return .empty }
    return GovUK.pagination(previous: isFirst ? nil : base, next: next, previousLabel: "Newest", nextLabel: "Earlier")
}
