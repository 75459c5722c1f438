import Foundation
import Pages
import Postgres

extension Site {
    /// Programmes and groups, of either side of the wall.
    mutating func addProgrammes() {
        get("programmes", .needs(.writeNotes)) { visit in
            .page(programmesPage(try await visit.read { db in try db.programmes(visit) }, visit))
        }
        get("programmes/new", .needs(.writeNotes)) { visit in
            let (agencies, kept) = try await visit.read { db in
                (try db.runningAgencies(visit), try db.keptAnswers(visit))
            }
            return .page(programmeForm(agencies, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("programmes/new", .needs(.writeNotes)) { visit in
            let agencies = try await visit.read { db in try db.runningAgencies(visit) }
            var answers = visit.typed
            guard let form = ProgrammeForm(&answers, agencies: agencies) else {
                return .invalid(programmeForm(agencies, answers, visit))
            }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/programmes/\(id.column)") { db in
                    try db.addProgramme(id, form, visit)
                    try db.audit(.groupChanged, .group, id)
                }
            })
        }
        get("programmes/:programme", .needs(.writeNotes)) { visit in
            let (id, from) = (try visit.id("programme"), Keyset(visit.query["from"]?.first))
            let (programme, groups, waiting) = try await visit.write { db in
                let programme = try db.programme(id, visit, to: .writeNotes).orNotFound()
                try db.audit(.groupViewed, .group, id)
                return (programme, try db.groups(of: id), try db.waiting(for: id, after: from))
            }
            return .page(programmePage(programme, groups, waiting, isFirst: from == nil, visit))
        }
        get("programmes/:programme/edit", .needs(.writeNotes)) { visit in
            let (programme, kept) = try await visit.programme()
            var answers = Answers(["version": [String(programme.version)]])
            answers.set("name", programme.name)
            answers.set("sessions", String(programme.sessions))
            if programme.endedOn != nil { answers.set("ended", "yes") }
            return .page(programmeChangePage(programme, kept.over(answers), visit, notice: kept.notice(visit)))
        }
        post("programmes/:programme/edit", .needs(.writeNotes)) { visit in try await visit.changeProgramme() }
        get("programmes/:programme/groups/new", .needs(.writeNotes)) { visit in
            let (programme, kept) = try await visit.programme()
            return .page(newGroupPage(programme, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("programmes/:programme/groups/new", .needs(.writeNotes)) { visit in
            let (programme, _) = try await visit.programme()
            var answers = visit.typed
            guard let form = GroupForm(&answers) else { return .invalid(newGroupPage(programme, answers, visit)) }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/groups/\(id.column)") { db in
                    try db.addGroup(id, form, to: programme, visit)
                    try db.audit(.groupChanged, .group, id)
                }
            })
        }
    }
}

private func newGroupPage(_ programme: Programme, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    groupFormPage("Add a group", programme.path + "/groups/new", programme.path, programme.name, answers, isNew: true,
                  visit, notice: notice)
}

/// What is told to whoever saves over what a colleague saved meanwhile.
let savedMeanwhile = "A colleague saved a change just now. Check what you typed, and save again if it should stand"

extension Visit {
    fileprivate func programme() async throws -> (Programme, KeptAnswers) {
        let id = try id("programme")
        return try await read { db in
            (try db.programme(id, self, to: .writeNotes).orNotFound(), try db.keptAnswers(self))
        }
    }

    fileprivate func changeProgramme() async throws -> Reply {
        let (programme, _) = try await programme()
        let version = try typed.version
        var answers = typed
        guard let form = ProgrammeChange(&answers) else {
            return .invalid(programmeChangePage(programme, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: programme.path) { db in
                    try db.change(programme, form, basedOn: version, self)
                    try db.audit(.groupChanged, .group, programme.id)
                }
            })
        } catch is Overtaken {
            let now = try await self.programme().0
            var again = answers.again(over: now.version)
            again.refuse("name", "\(savedMeanwhile). It is called “\(now.name)” now, with \(now.sessions) sessions")
            return .conflict(programmeChangePage(now, again, self))
        }
    }
}
