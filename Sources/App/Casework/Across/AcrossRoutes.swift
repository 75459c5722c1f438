import Foundation
import Pages
import Postgres

extension Site {
    /// Across the wall, on the side of those who are harmed: what comes, who supports whom, and what goes back.
    mutating func addAcross() {
        get("across", .needs(.handleReferrals)) { visit in
            let askings = try await visit.write { db in
                try db.audit(.acrossViewed, .log, nil)
                return try db.askings(visit)
            }
            return .page(askingsPage(askings, visit))
        }
        get("across/:asked", .needs(.handleReferrals)) { visit in
            let asked = try await visit.asked(looks: true)
            return .page(asked.page(asked.kept.answers, visit, notice: asked.kept.notice(visit)))
        }
        post("across/:asked", .needs(.handleReferrals)) { visit in try await visit.arrangeSupport() }
        post("across/:asked/end", .needs(.handleReferrals)) { visit in
            let asked = try await visit.asked(looks: false)
            let chosen = asked.supports.first {
                $0.id.column == visit.typed["support"] && $0.caseID == nil && $0.endedAt == nil
            }
            guard let support = chosen else { return .seeOther(asked.path) }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: asked.path) { db in
                    _ = try db.end(support, "No longer given", agency: asked.asking.harmedAgency, visit)
                    try db.audit(.supportChanged, .group, asked.asking.note.id)
                }
            })
        }
        get("cases/:id/across", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, contact, supports, notes) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                let supports = try db.supports(ofCase: id)
                return (record, try db.safeContact(of: record.person, visit), supports,
                        try db.acrossNotes(places: supports.map(\.place)))
            }
            return .page(acrossPage(record, contact, supports, notes, visit))
        }
        get("cases/:id/across/:support", .needs(.writeNotes)) { visit in
            let (record, support, kept) = try await visit.support()
            return .page(instructionPage(record, support, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/across/:support", .needs(.writeNotes)) { visit in try await visit.instruct() }
        get("cases/:id/across/:support/end", .needs(.writeNotes)) { visit in
            let (record, support, kept) = try await visit.support()
            return .page(supportEndPage(record, support, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/across/:support/end", .needs(.writeNotes)) { visit in try await visit.endSupport() }
    }
}

/// What stands around the form that arranges support.
private struct Asked: Sendable {
    let asking: WallAsking
    let cases: [NamedCase]
    let workers: [Colleague]
    let supports: [IntegratedSupport]
    let notes: [WallNote]
    let kept: KeptAnswers

    var path: String { "/across/\(asking.note.id.column)" }

    func page(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
        askingPage(asking, cases, workers, supports, notes, answers, visit, notice: notice)
    }
}

extension Visit {
    /// `looks`: it is shown, not only asked for again by what is sent.
    fileprivate func asked(looks: Bool) async throws -> Asked {
        let id = try id("asked")
        return try await write { db in
            let asking = try db.askings(self, only: id).first.orNotFound()
            if looks { try db.audit(.acrossViewed, .log, nil) }
            return Asked(
                asking: asking,
                cases: try asking.told.map { try db.casesNaming($0.name, in: asking.harmedAgency) } ?? [],
                workers: try db.caseworkers(of: asking.harmedAgency, self), supports: try db.supports(ofAsked: id),
                notes: try db.acrossNotes(places: [asking.note.place]), kept: try db.keptAnswers(self))
        }
    }

    fileprivate func arrangeSupport() async throws -> Reply {
        let asked = try await asked(looks: false)
        var answers = typed
        guard let form = SupportForm(
            &answers, cases: asked.cases.map(\.id), workers: asked.workers.map(\.id))
        else { return .invalid(asked.page(answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: asked.path) { db in
                    let record = try form.caseID.map { try db.ownCase($0, self, to: .handleReferrals) }
                    try db.arrange(UUID(), form, for: asked.asking, person: record?.person, self)
                    if let record {
                        try db.note(.acrossChanged, on: record.id, agency: record.agency, "Integrated support arranged",
                                    self)
                        try db.audit(.supportChanged, .case, record.id)
                    } else {
                        try db.audit(.supportChanged, .group, asked.asking.note.id)
                    }
                }
            })
        } catch is Overtaken {
            answers.refuse("case", "Support for this case is arranged already")
            return .invalid(asked.page(answers, self))
        }
    }

    /// Support that is given for an open case.
    fileprivate func support(alsoEnded: Bool = false) async throws -> (CaseRecord, IntegratedSupport, KeptAnswers) {
        let (id, supportID) = (try id(), try id("support"))
        let (record, support, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes),
             try db.supports(ofCase: id).first { $0.id == supportID }.orNotFound(), try db.keptAnswers(self))
        }
        guard record.isOpen, alsoEnded || support.endedAt == nil else { throw Refusal.notFound }
        return (record, support, kept)
    }

    fileprivate func instruct() async throws -> Reply {
        let (record, support, _) = try await support()
        var answers = typed
        guard let form = InstructionForm(&answers, person: record.personName ?? "") else {
            return .invalid(instructionPage(record, support, answers, self))
        }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/across") { db in
                try db.sendBack(
                    form.kind == nil ? .instructionEnded : .instruction, form.kind, form.words, to: support.place,
                    of: support.harmingAgency, from: record.agency, self)
                try db.note(.acrossChanged, on: record.id, agency: record.agency,
                            form.kind.map { "Instruction: \($0.label)" } ?? "No instruction holds", self)
                try db.audit(.instructionSent, .case, record.id)
            }
        })
    }

    fileprivate func endSupport() async throws -> Reply {
        let (record, support, _) = try await support(alsoEnded: true)
        // Pressed twice: it has ended, and the page that it leads to says so.
        if support.endedAt != nil { return .seeOther("/cases/\(record.id.column)/across") }
        var answers = typed
        let reason = answers.text("reason", most: 500, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter why it ends") }
        guard !answers.areRefused else { return .invalid(supportEndPage(record, support, answers, self)) }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/across") { db in
                guard try db.end(support, reason, agency: record.agency, self) else { return }
                try db.note(.acrossChanged, on: record.id, agency: record.agency, "Integrated support ended", self)
                try db.audit(.supportChanged, .case, record.id)
            }
        })
    }
}
