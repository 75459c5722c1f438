import Pages

/// What a second person says of what one person alone may not decide: a lower grade, closing a high-risk case, a link.
struct SecondWord: Equatable, Sendable {
    let agrees: Bool
    let reason: String

    /// Whoever doesn't agree says why. The two messages stand beside the fields `agree` and `reason`.
    init?(_ answers: inout Answers, unanswered: String, unexplained: String) {
        let choice = answers["agree"]
        if choice != "yes", choice != "no" { answers.refuse("agree", unanswered) }
        let reason = answers.text("reason", most: 4_000, name: "Why")
        if choice == "no", reason.isEmpty { answers.refuse("reason", unexplained) }
        guard answers.errors.isEmpty else { return nil }
        (agrees, self.reason) = (choice == "yes", reason)
    }
}
