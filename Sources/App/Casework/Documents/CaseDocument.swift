import Foundation
import Pages

/// A file on a case as its list shows it: never its content.
struct CaseDocument: Sendable {
    let file: Attachment
    let topic: DocumentTopic
    let words: String
    let recordedAt: Date
    let by: String
    /// Nobody opens it any more.
    let withdrawn: Withdrawal?

    /// "Letter or email: from the school".
    var title: String { words.isEmpty ? topic.label : "\(topic.label): \(words)" }
}

/// What is said of a file when it is put on a case.
struct DocumentForm: Equatable, Sendable {
    let topic: DocumentTopic
    let words: String

    static let most = 200

    init?(_ answers: inout Answers) {
        let topic = DocumentTopic.required("topic", "Select what the file is", in: &answers)
        if topic == .assessment {
            answers.refuse("topic", "An assessment comes with its own form. Choose something else")
        }
        words = answers.text("words", most: Self.most, name: "A few words")
        if topic == .other, words.isEmpty { answers.refuse("words", "Enter a few words, so that others find it") }
        guard let topic, answers.errors.isEmpty else { return nil }
        self.topic = topic
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.radios("topic", legend: "What is it?", options: DocumentTopic.onCase.map(\.option), small: true,
                       in: answers))
        \(GovUK.input("words", label: "A few words (optional)",
                      hint: "So that a colleague finds it. They stand in the list for everybody of the case.",
                      in: answers))
        """
    }
}

/// Why something that was recorded by mistake is taken back. The field is `because`.
func withdrawalReason(_ answers: inout Answers) -> String? {
    let because = answers.text("because", most: 1_000, name: "Why")
    if because.isEmpty { answers.refuse("because", "Enter why it is taken back") }
    return answers.errors.isEmpty ? because : nil
}
