import Foundation
import Pages

/// An email that was pasted whole: what can be read of it fills the form of a contact, and a person confirms each
/// field.
struct PastedEmail: Equatable, Sendable {
    var from = ""
    var subject = ""
    var date = ""
    var body = ""

    init(_ text: String) {
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        var rest = lines[...]
        while let line = rest.first {
            guard let colon = line.firstIndex(of: ":") else { break }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch line[..<colon].trimmingCharacters(in: .whitespaces).lowercased() {
            case "from": from = value
            case "subject": subject = value
            case "date", "sent": date = value
            case "to", "cc", "reply-to", "message-id", "mime-version", "content-type", "return-path", "received": break
            default:
                body = rest.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
                return
            }
            rest = rest.dropFirst()
        }
        body = rest.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The form of a contact, filled as far as the email can be read; outcome and caller are for a person to say.
    var answers: Answers {
        var answers = Answers()
        answers.set("channel", ContactChannel.email.rawValue)
        let head = [("From", from), ("Subject", subject), ("Sent", date)].filter { !$0.1.isEmpty }
            .map { "\($0.0): \($0.1)" }.joined(separator: "\n")
        let whole = head.isEmpty ? body : head + "\n\n" + body
        answers.set("reason", String(String.UnicodeScalarView(whole.unicodeScalars.prefix(4_000))))
        return answers
    }
}

extension Site {
    mutating func addEmailPaste() {
        get("contacts/email", .needs(.recordContacts)) { visit in .page(emailPage(Answers(), visit)) }
        post("contacts/email", .needs(.recordContacts)) { visit in
            var answers = visit.typed
            let text = answers.text("email-text", most: 100_000, name: "The email")
            if text.isEmpty { answers.refuse("email-text", "Paste the email") }
            if answers.areRefused { return .invalid(emailPage(answers, visit)) }
            let cut = text.unicodeScalars.count > 3_800 ? GovUK.insetText(
                "The email is longer than a contact's reason. Its start is below: add what else matters.") : nil
            return .page(recordContactPage(PastedEmail(text).answers, visit, notice: """
                \(GovUK.insetText("Read from the email. Check each field before you save."))\(cut)
                """))
        }
    }
}

private func emailPage(_ answers: Answers, _ visit: Visit) -> Page {
    Page("Paste an email", errors: answers.errors, back: "/contacts/new", """
        \(visit.form("/contacts/email", answers, keepsDraft: false, """
            \(GovUK.textarea("email-text", label: "The email, with its first lines (from, sent, subject)", rows: 14,
                             in: answers))
            \(GovUK.button("Read it"))
            """))
        """)
}
