import Foundation
import Pages
import Postgres

enum AttemptOutcome: String, Choice {
    case spoke, replied, noAnswer, unsafeToTalk, messageLeft, wrongNumber, cancelled
    var label: String {
        switch self {
        case .spoke: "Spoke with her"
        case .replied: "She replied"
        case .noAnswer: "No answer, no message left"
        case .unsafeToTalk: "It was not safe to talk"
        case .messageLeft: "Message left or sent"
        case .wrongNumber: "Wrong number"
        case .cancelled: "Not made after all"
        }
    }
    var hint: String? { self == .replied ? "To a text, an email or a letter." : nil }

    /// She was reached: the first contact has been made.
    var isContact: Bool { self == .spoke || self == .replied }
}

extension AttemptChannel {
    /// What goes this way is read at another time than it is written.
    var isWritten: Bool { self == .text || self == .email || self == .post }
}

/// An attempt to reach somebody, judged by their safe-contact rule at the time of the attempt.
struct AttemptForm: Equatable, Sendable {
    enum Rule: String, Sendable { case allowed, firstSafeCall, overridden }

    let channel: AttemptChannel
    let outcome: AttemptOutcome
    let rule: Rule
    let overrideReason: String
    let note: String

    /// `contact` nil: nothing was ever recorded, which permits what "not yet asked" permits.
    init?(_ answers: inout Answers, contact: SafeContact?, now: Date) {
        let channel = AttemptChannel.required("channel", "Select how you tried to reach her", in: &answers)
        let outcome = AttemptOutcome.required("outcome", "Select what happened", in: &answers)
        let note = answers.text("note", most: 4_000, name: "Note")
        let reason = answers.text("danger-reason", most: 1_000, name: "Why there is danger to life")
        let isDanger = answers.all("danger").contains("yes")
        if isDanger, reason.isEmpty { answers.refuse("danger-reason", "Enter why there is danger to life") }
        if let channel, outcome == .replied, !channel.isWritten {
            answers.refuse("outcome", "Only a text, an email or a letter is replied to. Choose another outcome")
        } else if let channel, outcome == .spoke, channel.isWritten {
            answers.refuse("outcome", "By text, email or post nobody spoke. If she answered, choose “She replied”")
        }
        var rule = Rule.allowed
        if let channel {
            let known = contact ?? SafeContact(id: .zero, person: .zero, rule: nil, holdsUntil: nil, askedAt: now)
            switch known.verdict(channel, at: now) {
            case .allowed: rule = .allowed
            case .firstSafeCall:
                rule = .firstSafeCall
                if outcome == .messageLeft, !isDanger {
                    answers.refuse("outcome", "A first safe call leaves no message")
                }
            case .refused(let why):
                rule = .overridden
                if !isDanger { answers.refuse("channel", why) }
            }
            let voicemailIsUnsafe = known.rule?.channels.contains(.voicemail) == false
            if outcome == .messageLeft, channel == .telephone, voicemailIsUnsafe, !isDanger {
                answers.refuse("outcome", "Voicemail is not safe for this person")
            }
        }
        guard let channel, let outcome, answers.errors.isEmpty else { return nil }
        (self.channel, self.outcome, self.note) = (channel, outcome, note)
        self.rule = isDanger && rule != .allowed ? .overridden : rule
        overrideReason = isDanger ? reason : ""
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.radios("channel", legend: "How?", options: AttemptChannel.options, inline: true, small: true,
                       in: answers))
        \(GovUK.radios("outcome", legend: "What happened?", options: AttemptOutcome.options, small: true,
                       in: answers))
        \(GovUK.textarea("note", label: "Note", rows: 3, in: answers))
        \(GovUK.details("There is danger to life and the rule must be overridden", """
            \(GovUK.checkboxes("danger", legend: "Override the safe-contact rule", options: [
                GovUK.Choice("yes", "There is danger to life"),
            ], in: answers))
            \(GovUK.input("danger-reason", label: "Why?", in: answers))
            """, open: answers.areRefused))
        """
    }
}

extension Connection {
    func addAttempt(_ id: UUID, _ form: AttemptForm, on record: CaseRecord, _ visit: Visit) throws {
        try insertAttempt(id, form, on: record, visit)
        try note(.contactAttempted, on: record.id, agency: record.agency, subject: id,
                 "\(form.channel.label): \(form.outcome.label)", visit)
        if form.outcome.isContact { try stopFirstContactClock(record.id, at: visit.now) }
        try audit(.contactAttempted, .case, record.id, purpose: form.rule == .overridden ? "danger to life" : nil)
    }
}

extension Site {
    mutating func addAttempts() {
        get("cases/:id/attempts/new", .needs(.recordAttempts)) { visit in
            let (record, contact, kept) = try await visit.attempting()
            return .page(attemptPage(record, contact, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/attempts/new", .needs(.recordAttempts)) { visit in
            let (record, contact, _) = try await visit.attempting()
            var answers = visit.typed
            guard let form = AttemptForm(&answers, contact: contact, now: visit.now) else {
                return .invalid(attemptPage(record, contact, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/cases/\(record.id.column)") { db in
                    try db.addAttempt(UUID(), form, on: record, visit)
                }
            })
        }
    }
}

extension Visit {
    fileprivate func attempting() async throws -> (CaseRecord, SafeContact?, KeptAnswers) {
        let id = try id()
        return try await read { db in
            let record = try db.caseRecord(id).orNotFound()
            guard viewer.agencies(.recordAttempts).contains(record.agency) else { throw Refusal.notFound }
            return (record, try db.safeContact(of: record.person, self), try db.keptAnswers(self))
        }
    }
}

private func attemptPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)"
    return Page(
        "Record a contact attempt", errors: answers.errors, back: base,
        above: safeContactBanner(contact, record.person, visit), """
        \(notice)\(visit.form(base + "/attempts/new", answers, """
            \(AttemptForm.fields(answers))\(GovUK.button("Save attempt"))
            """))
        """)
}
