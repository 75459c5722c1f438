extension GovUK {
    /// Where the script says that a draft has been saved. It belongs inside the form, whose `data-draft` is the address
    /// to save at; without script it stays empty.
    public static func draftStatus() -> HTML {
        "<p class=\"drystone-draft-status\" aria-live=\"polite\"></p>"
    }

    /// Where the script warns two minutes before the session ends, `seconds` after the page was made.
    /// A visit to `href` extends the session; it is also where an ended session leads.
    public static func sessionWarning(seconds: Int, href: String) -> HTML {
        "<div role=\"status\" data-session-expires=\"\(seconds)\" data-session-href=\"\(href)\"></div>"
    }
}
