import Pages

/// Whether two records are one person, as one person says; a second one confirms it.
struct SamePersonForm: Equatable, Sendable {
    let isSame: Bool
    let words: String

    init?(_ answers: inout Answers) {
        let choice = answers["same"]
        if !["yes", "no"].contains(choice) { answers.refuse("same", "Select whether they are the same person") }
        let words = answers.text("words", most: 2_000, name: "Why")
        if words.isEmpty { answers.refuse("words", "Enter how you know") }
        guard answers.errors.isEmpty else { return nil }
        (isSame, self.words) = (choice == "yes", words)
    }
}

/// Why a link is undone, or a proposal taken back.
struct UndoLinkForm: Equatable, Sendable {
    let words: String

    init?(_ answers: inout Answers) {
        words = answers.text("words", most: 2_000, name: "Why")
        if words.isEmpty { answers.refuse("words", "Enter why") }
        guard answers.errors.isEmpty else { return nil }
    }
}
