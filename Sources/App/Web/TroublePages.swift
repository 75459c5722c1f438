import Pages

/// What to say when something can't be done. Each says what happened and what to do next.
func troublePage(_ refusal: Refusal, words: Answers? = nil, path: String = "/") -> Page {
    switch refusal {
    case .notFound:
        Page("Page not found", plain([
            "If you typed the address, check that it is right.",
            "If you followed a link, the page may have moved, or it is not one that you can see.",
        ]))
    case .notAllowed:
        Page("You can't use this page", plain([
            "Your role does not include this. If you need it for your work, ask your agency's administrator."]))
    case .signInFirst:
        Page("Sign in first", plain(["Sign in to use this page."]))
    case .forged:
        Page("We could not accept that form", plain([
            "The form was open for too long, or it did not come from this site. Nothing was changed.",
            "Go back, reload the page and send it again.",
        ]))
    case .tooLarge:
        Page("That is too long", plain([
            "The form is larger than we accept. Nothing was saved. Go back and shorten it.",
        ]))
    case .tooMany(let seconds):
        Page("Too many tries", plain([
            "Wait \(seconds < 60 ? "\(max(seconds, 1)) seconds" : "\((seconds + 59) / 60) minutes"), then try again."]))
    case .unavailable:
        Page("The service can't save or show records at the moment", unavailable(words, path))
    case .unreadable:
        Page("We could not read that request", plain(["Nothing was changed. Go back and try again."]))
    }
}

func faultPage(reference: String) -> Page {
    Page("Something went wrong", plain([
        "Nothing that you sent was half-saved. Go back and try again.",
        "If it happens again, tell your administrator this reference: \(reference)",
    ]))
}

func plain(_ paragraphs: [String]) -> HTML {
    .joined(paragraphs.map { text -> HTML in "<p class=\"govuk-body\">\(text)</p>" })
}

/// The database is away: what was typed comes back in a form that can be sent again, so that no word is lost.
private func unavailable(_ words: Answers?, _ path: String) -> HTML {
    let explain = plain(["The database can't be reached, or has too much to do. It is not something that you did. "
        + "If someone is in danger now, ring 999; use the paper form for a call."])
    guard let words, !words.typed.isEmpty else { return explain }
    // Never a secret: those are typed again.
    let hidden = words.typed.sorted { $0.key < $1.key }.filter { !isSecret($0.key) }.flatMap { field in
        field.value.map { GovUK.hidden(field.key, $0) }
    }
    let shown = words.typed.sorted { $0.key < $1.key }
        .filter { !["csrf", "submission", "draft-path", "version"].contains($0.key) && $0.value.joined() != "" }
        .filter { !isSecret($0.key) }
        .map { GovUK.SummaryRow($0.key, "\($0.value.joined(separator: ", "))") }
    return """
        \(explain)<p class="govuk-body">Nothing was saved. What you typed is kept on this page: leave it open, and \
        press Try again in a minute.</p>
        <form method="post" action="\(path)" novalidate>\(hidden)\(GovUK.button("Try again"))</form>
        <h2 class="govuk-heading-m">What you typed</h2>\(GovUK.summaryList(shown))
        """
}

private func isSecret(_ field: String) -> Bool { field.contains("password") || field == "code" }
