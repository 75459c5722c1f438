import Foundation
import Pages
import Postgres

// What was typed is kept per person and form, sealed, until the form is sent or thrown away.

extension Place {
    /// A draft opens for its owner only.
    static func draft(_ account: UUID, in partnership: UUID) -> Place {
        Place(table: "draft", column: "fields_sealed", row: account, agency: partnership)
    }
}

extension Answers {
    /// The fields worth keeping: not tokens, not keys, and never a secret; none when nothing was typed. What was
    /// emptied is kept as empty. The version is what the words were based on: whoever comes back to them after a
    /// colleague's change is told, and overwrites nothing.
    var worthKeeping: [String: [String]] {
        let kept = typed.filter { name, _ in
            !["csrf", "submission", "draft-path", "code", "next"].contains(name) && !name.contains("password")
        }
        let isTyped = kept.contains { name, values in name != "version" && values.contains { !$0.isEmpty } }
        return isTyped ? kept : [:]
    }

    /// The version that the form was based on; a form without it is none of ours.
    var version: Int {
        get throws(Refusal) {
            guard let version = Int(self["version"]), (0...Int(Int32.max)).contains(version) else { throw .unreadable }
            return version
        }
    }
}

extension Services {
    func sealDraft(_ answers: Answers, of account: UUID) throws -> Data {
        try Sealed.seal(
            JSONEncoder().encode(answers.worthKeeping), key: keys.draft, place: .draft(account, in: partnership.id))
    }

    func openDraft(_ sealed: Data, of account: UUID) throws -> Answers {
        let bytes = try Sealed.open(sealed, key: keys.draft, place: .draft(account, in: partnership.id))
        return Answers(try JSONDecoder().decode([String: [String]].self, from: bytes))
    }

    /// The session ended while the form was open: keep its owner's words for after the next sign-in. The form's own
    /// token shows that it was this session's form.
    func keepWords(of expired: ExpiredSession, path: String, _ typed: Answers) async throws {
        guard typed["csrf"] == expired.csrf, typed["draft-path"] == path, !typed.worthKeeping.isEmpty else { return }
        let sealed = try sealDraft(typed, of: expired.account)
        try await door.transaction { db in
            try db.saveDraft(sealed, account: expired.account, form: path, in: partnership.id)
        }
    }
}

extension Answers {
    /// What was typed, to be sent once more: as something new, and over the version that a colleague has saved.
    func again(over version: some BinaryInteger) -> Answers {
        var answers = self
        answers.set("version", String(version))
        answers.set("submission", "")
        return answers
    }
}

/// Answers from a draft, and when they were kept; nil when there was none.
struct KeptAnswers: Sendable {
    var answers: Answers
    let keptAt: Date?

    /// What a form opens with, under what the viewer had typed into it.
    func over(_ opening: Answers) -> Answers {
        var answers = opening
        for (field, values) in self.answers.typed { answers.set(field, values) }
        return answers
    }

    /// Tells the reader that the form is not empty because their own words were kept.
    func notice(_ visit: Visit) -> HTML? {
        guard let keptAt else { return nil }
        return """
            \(GovUK.insetText("What you typed here on \(London.short(keptAt)) was kept."))
            \(visit.buttonForm("/drafts/discard", "Start again with an empty form", kind: .secondary,
                               fields: ["draft-path": visit.path]))
            """
    }
}

extension Visit {
    /// Keeps the words of a form that was refused.
    func keepDraft() async throws {
        guard session?.stage == .full, typed["draft-path"] == path, !typed.worthKeeping.isEmpty else { return }
        let sealed = try services.sealDraft(typed, of: viewer.account)
        try await write { db in
            try db.saveDraft(sealed, account: viewer.account, form: path, in: services.partnership.id)
        }
    }
}

extension Site {
    mutating func addDrafts() {
        post("drafts", .signedIn) { visit in
            let form = visit.typed["draft-path"]
            guard LocalPath.checked(form) == form, form != "/" else { throw Refusal.unreadable }
            if visit.typed.worthKeeping.isEmpty { return .done }
            let sealed = try visit.services.sealDraft(visit.typed, of: visit.viewer.account)
            try await visit.write { db in
                try db.saveDraft(sealed, account: visit.viewer.account, form: form, in: visit.services.partnership.id)
            }
            return .done
        }
        post("drafts/discard", .signedIn) { visit in
            let form = LocalPath.checked(visit.typed["draft-path"])
            try await visit.write { db in try db.dropDraft(account: visit.viewer.account, form: form) }
            return .seeOther(form)
        }
    }
}
