import Foundation
import Pages
import Postgres

extension Site {
    /// The letters that an agency wrote itself for its workers to begin from.
    mutating func addLetterWordings() {
        get("team/letters", .needs(.viewTeam)) { visit in
            let found = try await visit.read { db in try db.letterWordings(of: visit.viewer.agencies(.viewTeam)) }
            return .page(letterWordingsPage(found))
        }
        get("team/letters/write", .needs(.viewTeam)) { visit in
            let writing = try await visit.letterWording(visit.query["template"]?.first ?? "")
            let answers = writing.kept.over(writing.wording?.answers ?? Answers(["version": ["0"]]))
            return .page(letterWordingPage(writing, answers, visit, notice: writing.kept.notice(visit)))
        }
        post("team/letters/write", .needs(.viewTeam)) { visit in try await visit.writeLetterWording() }
    }
}

/// Such a letter before it is written: nil when it is new.
struct LetterWordingDraft: Sendable {
    let wording: LetterWording?
    /// Whose a new one may be.
    let agencies: [(id: UUID, name: String)]
    let kept: KeptAnswers
}

extension Visit {
    fileprivate func letterWording(_ template: String) async throws -> LetterWordingDraft {
        let within = viewer.agencies(.viewTeam)
        let id = template.isEmpty ? nil : try UUID(uuidString: template).orNotFound()
        return try await read { db in
            LetterWordingDraft(
                wording: try id.map { try db.letterWording($0, of: within).orNotFound() },
                agencies: try db.agencyNames(within), kept: try db.keptAnswers(self))
        }
    }

    fileprivate func writeLetterWording() async throws -> Reply {
        var answers = typed
        let version = try answers.version
        guard answers["template"].isEmpty || UUID(uuidString: answers["template"]) != nil else {
            throw Refusal.unreadable
        }
        let draft: LetterWordingDraft
        do {
            draft = try await letterWording(answers["template"])
        } catch Refusal.notFound {
            // Hidden in our form, so nobody typed it.
            throw Refusal.unreadable
        }
        let agencies = draft.wording.map { [$0.agency] } ?? draft.agencies.map(\.id)
        guard let form = LetterWordingForm(&answers, agencies: agencies) else {
            return .invalid(letterWordingPage(draft, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/team/letters") { db in
                    let id = UUID()
                    try db.addLetterWording(id, of: draft.wording?.template ?? id, after: version, form, self)
                    try db.audit(.letterWordingWritten, .wording, id)
                }
            })
        } catch is Overtaken {
            let theirs = try await letterWording(answers["template"])
            return .conflict(letterWordingConflictPage(theirs, answers, self))
        }
    }
}
