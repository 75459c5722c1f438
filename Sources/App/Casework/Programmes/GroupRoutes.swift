import Foundation
import Pages
import Postgres

extension Site {
    mutating func addGroups() {
        get("groups/:group", .needs(.writeNotes)) { visit in
            let id = try visit.id("group")
            let (group, members, sessions) = try await visit.write { db in
                let group = try db.group(id, visit, to: .writeNotes).orNotFound()
                try db.audit(.groupViewed, .group, id)
                return (group, try db.members(of: id), try db.sessions(ofGroup: id))
            }
            return .page(groupPage(group, members, sessions, visit))
        }
        get("groups/:group/edit", .needs(.writeNotes)) { visit in
            let (group, kept) = try await visit.group()
            return .page(changeGroupPage(group, kept.over(group.answers), visit, notice: kept.notice(visit)))
        }
        post("groups/:group/edit", .needs(.writeNotes)) { visit in try await visit.changeGroup() }
        get("groups/:group/sessions/new", .needs(.writeNotes)) { visit in
            let (group, kept) = try await visit.group()
            return .page(sessionPage(group, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("groups/:group/sessions/new", .needs(.writeNotes)) { visit in
            let (group, _) = try await visit.group()
            var answers = visit.typed
            guard let form = SessionForm(&answers, today: visit.today) else {
                return .invalid(sessionPage(group, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: group.path) { db in
                    try db.addSession(UUID(), form, of: group, visit)
                    try db.audit(.groupChanged, .group, group.id)
                }
            })
        }
        get("groups/:group/sessions/:session", .needs(.writeNotes)) { visit in
            let (group, session, attendees, kept) = try await visit.session()
            let answers = kept.over(AttendanceForm.answers(session, attendees))
            return .page(attendancePage(group, session, attendees, answers, visit, notice: kept.notice(visit)))
        }
        post("groups/:group/sessions/:session", .needs(.writeNotes)) { visit in try await visit.recordAttendance() }
    }
}

private func changeGroupPage(_ group: ProgrammeGroup, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    groupFormPage("Change a group", group.path + "/edit", group.path, group.programmeName, answers, isNew: false, visit,
                  notice: notice)
}

extension ProgrammeGroup {
    /// The form as it opens for a change.
    fileprivate var answers: Answers {
        var answers = Answers(["version": [String(version)]])
        answers.set("name", name)
        answers.set("places", String(places))
        answers.setDay("starts", startsOn)
        if endedOn != nil { answers.set("ended", "yes") }
        return answers
    }
}

extension Visit {
    fileprivate func group() async throws -> (ProgrammeGroup, KeptAnswers) {
        let id = try id("group")
        return try await read { db in
            (try db.group(id, self, to: .writeNotes).orNotFound(), try db.keptAnswers(self))
        }
    }

    fileprivate func session() async throws -> (ProgrammeGroup, ProgrammeSession, [Attendee], KeptAnswers) {
        let (id, sessionID) = (try id("group"), try id("session"))
        return try await read { db in
            let group = try db.group(id, self, to: .writeNotes).orNotFound()
            let session = try db.sessions(ofGroup: id, only: sessionID).first.orNotFound()
            return (group, session, try db.attendees(of: sessionID, group: id), try db.keptAnswers(self))
        }
    }

    fileprivate func changeGroup() async throws -> Reply {
        let (group, _) = try await group()
        let version = try typed.version
        var answers = typed
        guard let form = GroupForm(&answers) else { return .invalid(changeGroupPage(group, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: group.path) { db in
                    try db.change(group, form, basedOn: version, self)
                    try db.audit(.groupChanged, .group, group.id)
                }
            })
        } catch is Overtaken {
            let now = try await self.group().0
            var again = answers.again(over: now.version)
            again.refuse("name", "\(savedMeanwhile). It is called “\(now.name)” now, for \(now.places)")
            return .conflict(changeGroupPage(now, again, self))
        }
    }

    fileprivate func recordAttendance() async throws -> Reply {
        let (group, session, attendees, _) = try await session()
        let version = try typed.version
        var answers = typed
        guard let form = AttendanceForm(&answers, session, attendees, now: now) else {
            return .invalid(attendancePage(group, session, attendees, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: group.path) { db in
                    if form.topic != session.topic || form.cancelled != session.cancelled {
                        try db.change(session, topic: form.topic, cancelled: form.cancelled, basedOn: version)
                    }
                    for line in form.lines {
                        let one = line.attendee
                        try db.record(
                            line.state, line.words, of: one.place, caseID: one.caseID, person: one.person,
                            agency: group.agency, at: session.id, over: line.version, self)
                        if one.isIntegrated { try db.passOn(line.state, after: one.state, one.place, session, self) }
                        try db.audit(.attendanceRecorded, .case, one.caseID)
                    }
                    try db.audit(.groupChanged, .group, group.id)
                }
            })
        } catch is Overtaken {
            let (group, session, attendees, _) = try await self.session()
            var again = answers.again(over: session.version)
            for one in attendees { again.set("version-\(one.place.column)", String(one.version)) }
            let saved = attendees.filter { $0.version > 0 }.map { "\($0.name): \($0.state.label.lowercased())" }
            again.refuse("topic", "\(savedMeanwhile). Saved is: \(saved.joined(separator: ", "))")
            return .conflict(attendancePage(group, session, attendees, again, self))
        }
    }
}

extension Connection {
    /// A session that was missed is passed across the wall by itself, and so is that it was not missed after all.
    func passOn(
        _ state: AttendanceState, after before: AttendanceState, _ place: UUID, _ session: ProgrammeSession,
        _ visit: Visit
    ) throws {
        let day = London.day(of: session.heldAt)
        if state == .missed, before != .missed {
            try pass(.missedSession, on: day, about: place, visit)
        } else if state != .missed, before == .missed {
            try pass(.correction, on: day, "The session was not missed.", about: place, visit)
        }
    }
}
