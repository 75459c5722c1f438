import Foundation
import Pages
import Postgres

/// Letters on one page of the list.
let lettersAtOnce = 25

extension Site {
    mutating func addLetters() {
        get("cases/:id/letters", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let from = Keyset(visit.query["from"]?.first)
            let (record, contact, letters) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                return (
                    record, try db.safeContact(of: record.person, visit),
                    try db.letters(of: id, before: from, limit: lettersAtOnce + 1))
            }
            return .page(lettersPage(record, contact, letters, isFirst: from == nil, visit))
        }
        get("cases/:id/letters/new", .needs(.writeNotes)) { visit in
            let writing = try await visit.beginning()
            let name = writing.record.personName ?? "", worker = visit.viewer.name
            let template = LetterTemplate(rawValue: visit.query["template"]?.first ?? "") ?? .blank
            var begun = Answers([
                "template": [template.rawValue], "addressee": [template.addressee.rawValue],
                "body": [template.body(to: name, from: worker)],
            ])
            if let own = visit.query["own"]?.first {
                let wording = try writing.own.first { $0.template.column == own }.orNotFound()
                begun = Answers([
                    "own": [wording.id.column], "addressee": [wording.addressee.rawValue],
                    "body": [wording.body(to: name, from: worker)],
                ])
            }
            return .page(newLetterPage(
                writing, writing.kept.over(begun), visit, notice: writing.kept.notice(visit)))
        }
        post("cases/:id/letters/new", .needs(.writeNotes)) { visit in try await visit.addLetter() }
        get("cases/:id/letters/:letter", .needs(.writeNotes)) { visit in
            let (record, letter, kept) = try await visit.letter()
            guard letter.isDraft else { throw Refusal.notFound }
            let answers = kept.over(Answers([
                "to-whom": [letter.toWhom], "body": [letter.body], "version": [String(letter.version)],
            ]))
            return .page(letterPage(record, letter, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/letters/:letter", .needs(.writeNotes)) { visit in try await visit.changeLetter() }
        get("cases/:id/letters/:letter/release", .needs(.revealContactDetails)) { visit in
            let check = try await visit.checking().orNotFound()
            let answers = Answers(["version": [String(check.letter.version)]])
            return .page(releasePage(check, answers, visit))
        }
        post("cases/:id/letters/:letter/release", .needs(.revealContactDetails)) { visit in
            try await visit.releaseLetter()
        }
        get("cases/:id/letters/:letter/print", .needs(.writeNotes)) { visit in
            let (id, letterID) = (try visit.id(), try visit.id("letter"))
            let (record, letter) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .writeNotes)
                let letter = try db.letter(letterID, of: id).orNotFound()
                try db.audit(.letterOpened, .case, id)
                return (record, letter)
            }
            return .page(try letterPaper(record, letter))
        }
        get("cases/:id/letters/:letter/outcome", .needs(.writeNotes)) { visit in
            let (record, letter, kept) = try await visit.letter()
            guard letter.came == nil else { throw Refusal.notFound }
            return .page(letterCamePage(record, letter, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/letters/:letter/outcome", .needs(.writeNotes)) { visit in try await visit.sayOfLetter() }
    }
}

/// A letter before its first word, and what the agency's own begin with.
struct LetterBeginning: Sendable {
    let record: CaseRecord
    let own: [LetterWording]
    let kept: KeptAnswers
}

/// A letter before it leaves, with what was found in it.
struct LetterCheck: Sendable {
    let record: CaseRecord
    let letter: Letter
    let contact: SafeContact?
    let findings: [GateFinding]
    let movedOn: Day?
}

extension Visit {
    fileprivate func beginning() async throws -> LetterBeginning {
        let id = try id()
        return try await read { db in
            let record = try db.ownCase(id, self, to: .writeNotes)
            return LetterBeginning(
                record: record, own: try db.letterWordings(of: [record.agency], usedOnly: true),
                kept: try db.keptAnswers(self))
        }
    }

    fileprivate func letter() async throws -> (CaseRecord, Letter, KeptAnswers) {
        let (id, letterID) = (try id(), try id("letter"))
        return try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.letter(letterID, of: id).orNotFound(),
             try db.keptAnswers(self))
        }
    }

    fileprivate func addLetter() async throws -> Reply {
        let writing = try await beginning()
        let record = writing.record
        var answers = typed
        let start = try LetterStart(answers)
        guard let form = LetterForm(&answers) else { return .invalid(newLetterPage(writing, answers, self)) }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/letters") { db in
                let id = UUID()
                var title = start.template.label
                if let wording = start.wording {
                    guard let own = try db.titleOfWording(wording, of: record.agency) else { throw Refusal.unreadable }
                    title = own
                }
                try db.addLetter(id, start, form, on: record, self)
                try db.note(.letterWritten, on: record.id, agency: record.agency, subject: id, title, self)
                try db.audit(.letterWritten, .case, record.id)
            }
        })
    }

    fileprivate func changeLetter() async throws -> Reply {
        let (record, letter, _) = try await letter()
        guard letter.isDraft else { throw Refusal.notFound }
        let version = try typed.version
        var answers = typed
        guard let form = LetterForm(&answers, fixed: letter.addressee) else {
            return .invalid(letterPage(record, letter, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/letters") { db in
                    try db.changeLetter(letter.id, form, basedOn: version, of: record.id)
                    try db.audit(.letterWritten, .case, record.id)
                }
            })
        } catch is Overtaken {
            return .conflict(letterConflictPage(record, try await self.letter().1, answers, self))
        }
    }

    /// The check reads protected addresses to compare them: that it does is recorded first. Nil for a letter that has
    /// left or was put aside.
    fileprivate func checking() async throws -> LetterCheck? {
        let (id, letterID) = (try id(), try id("letter"))
        let found = try await write { db -> (CaseRecord, Letter)? in
            let record = try db.ownCase(id, self, to: .revealContactDetails)
            let letter = try db.letter(letterID, of: id).orNotFound()
            guard letter.isDraft else { return nil }
            try db.audit(.textChecked, .person, record.person)
            return (record, letter)
        }
        guard let (record, letter) = found else { return nil }
        let (contact, known) = try await read { db in
            (try db.safeContact(of: record.person, self), try db.gateKnowledge(of: record.person, self))
        }
        return LetterCheck(
            record: record, letter: letter, contact: contact,
            findings: ReleaseGate.findings(in: letter.body, known), movedOn: known.movedOn)
    }

    fileprivate func releaseLetter() async throws -> Reply {
        guard let check = try await checking() else { return .conflict(releaseOvertakenPage(try id())) }
        let (record, letter) = (check.record, check.letter)
        let version = try typed.version
        var answers = typed
        guard version == letter.version else { return .conflict(releaseOvertakenPage(record.id)) }
        guard let release = LetterRelease(
            &answers, of: letter, findings: check.findings, contact: check.contact, movedOn: check.movedOn, now: now)
        else { return .invalid(releasePage(check, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/letters") { db in
                    try db.releaseLetter(letter.id, release, basedOn: version, of: record.id, self)
                    try db.note(
                        .letterReleased, on: record.id, agency: record.agency, subject: letter.id,
                        "\(letter.title), \(release.way.label.lowercased())", self)
                    try db.audit(.letterReleased, .case, record.id, purpose: release.way.label)
                }
            })
        } catch is Overtaken {
            return .conflict(releaseOvertakenPage(record.id))
        }
    }

    fileprivate func sayOfLetter() async throws -> Reply {
        let (record, letter, _) = try await letter()
        var answers = typed
        guard let came = LetterCame(&answers, of: letter) else {
            return .invalid(letterCamePage(record, letter, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/letters") { db in
                    try db.sayOfLetter(letter.id, came, of: record.id, self)
                    try db.note(.letterCame, on: record.id, agency: record.agency, subject: letter.id,
                                came.outcome.label, self)
                    try db.audit(.letterCame, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("outcome", "A colleague has said what came of it. Go back and read it")
            return .conflict(letterCamePage(record, letter, answers, self))
        }
    }
}
