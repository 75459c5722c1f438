import Foundation
import Pages

/// An email that was pasted whole or saved as a file: what can be read of it fills the form of a contact, and a person
/// confirms each field.
struct PastedEmail: Equatable, Sendable {
    var from = ""
    var subject = ""
    var date = ""
    var body = ""
    var sentAt: Date?
    /// What came along and was not opened.
    var leftOut: [String] = []

    /// What somebody pasted: as the mail program showed it, or with all its heads.
    init(_ text: String) {
        if let whole = EmailMessage(Array(text.utf8)), whole.isMail {
            self.init(whole)
        } else {
            self.init(shown: text)
        }
    }

    /// A saved file; nil when it is no text.
    init?(file: [UInt8]) {
        guard let message = EmailMessage(file) else { return nil }
        if message.isMail { self.init(message) } else { self.init(shown: message.body) }
    }

    private init(_ message: EmailMessage) {
        func head(_ name: String) -> String { EmailBytes.heading(message.heads[name] ?? "") }
        (from, subject, date) = (head("from"), head("subject"), head("date"))
        (body, leftOut, sentAt) = (message.body, message.leftOut, message.sentAt)
    }

    private init(shown text: String) {
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
        sentAt = EmailMessage.date(date)
    }

    /// Everything that a contact's reason would hold.
    var words: String {
        let head = [("From", from), ("Subject", subject), ("Sent", date)].filter { !$0.1.isEmpty }
            .map { "\($0.0): \($0.1)" }.joined(separator: "\n")
        return head.isEmpty ? body : head + "\n\n" + body
    }

    /// As many characters as the reason of a contact takes.
    static let most = 4_000

    /// The form of a contact, filled as far as the email can be read; outcome and caller are for a person to say.
    func answers(now: Date) -> Answers {
        var answers = Answers()
        answers.set("channel", ContactChannel.email.rawValue)
        answers.set("reason", String(String.UnicodeScalarView(words.unicodeScalars.prefix(Self.most))))
        // The sender's clock says it; one that lies about the future is not believed.
        if let sentAt, sentAt <= now, now.timeIntervalSince(sentAt) < 10 * 366 * 86_400 {
            let day = London.day(of: sentAt)
            answers.setDay("happened", day)
            answers.set("happened-time", Clock.text(London.weekdayAndMinute(of: sentAt).minute))
        }
        return answers
    }
}

extension Site {
    mutating func addEmailPaste() {
        get("contacts/email", .needs(.recordContacts)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(emailPage(kept.answers, visit, notice: kept.notice(visit)))
        }
        post("contacts/email", .needs(.recordContacts), file: emailFile) { visit in
            var answers = visit.typed
            guard let email = readEmail(visit, &answers) else {
                answers.askAgain(for: emailFile)
                return .invalid(emailPage(answers, visit))
            }
            // It goes on in the form of a contact, which keeps a draft of its own.
            try await visit.write { db in try db.dropDraft(account: visit.viewer.account, form: visit.path) }
            let cut: HTML? = email.words.unicodeScalars.count > PastedEmail.most ? GovUK.insetText(
                "The email is longer than a contact's reason. Its start is below: add what else matters.") : nil
            let left: HTML? = email.leftOut.isEmpty ? nil : GovUK.insetText(
                "Left out, not opened and not kept: \(email.leftOut.joined(separator: ", ")).")
            return .page(recordContactPage(email.answers(now: visit.now), visit, notice: """
                \(GovUK.insetText("Read from the email. Check each field before you save."))\(left)\(cut)
                """))
        }
    }
}

private let emailFile = "email-file"

/// Pasted or attached, not both: nobody could say which of them is meant.
private func readEmail(_ visit: Visit, _ answers: inout Answers) -> PastedEmail? {
    let text = answers.text("email-text", most: 100_000, name: "The email")
    let file = visit.file(emailFile, in: &answers)
    if answers.areRefused { return nil }
    guard let file else {
        if text.isEmpty { answers.refuse("email-text", "Paste the email, or choose it as a file") }
        return text.isEmpty ? nil : PastedEmail(text)
    }
    if !text.isEmpty {
        answers.refuse("email-text", "Paste the email or choose a file, not both")
        return nil
    }
    guard let email = PastedEmail(file: file), !email.words.isEmpty else {
        answers.refuse(emailFile, file.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
            ? "That is Outlook’s own format. Save the email as .eml or .txt, or paste it"
            : "The file must be an email saved as .eml or .txt, with words in it")
        return nil
    }
    return email
}

private func emailPage(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Read an email", errors: answers.errors, back: "/contacts/new", """
        \(notice)\(visit.form("/contacts/email", answers, takesFile: true, """
            \(GovUK.textarea("email-text", label: "The email, with its first lines (from, sent, subject)", rows: 14,
                             in: answers))
            \(visit.fileField(
                emailFile, label: "Or the email as a file",
                hint: "Saved as .eml or .txt, up to 10 MB. It is not kept, and what is attached to it is not opened.",
                accept: ".eml,.txt", in: answers))
            \(GovUK.button("Read it"))
            """))
        """)
}
