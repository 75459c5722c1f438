import Foundation
import Pages
import Postgres

/// What waits on this shift.
struct Shift: Sendable {
    let tasks: [WaitingTask]
    let referrals: ReferralCounts
    let counts: ShiftCounts
    let handovers: [Handover]
}

extension Site {
    /// The shift: what is waiting, what was promised to whom, and handing over.
    mutating func addShift() {
        get("shift", .needs(.workShift)) { visit in
            let shift = try await visit.shift()
            return .page(shiftPage(shift, visit))
        }
        post("tasks/:id/done", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let back = LocalPath.checked(visit.typed["back"])
            let isDone = try await visit.write { db in
                guard try db.finishTask(id, visit) else { return false }
                try db.audit(.taskDone, .task, id)
                return true
            }
            guard isDone else { throw Refusal.notFound }
            return .seeOther(back)
        }
        get("shift/handover", .needs(.workShift)) { visit in
            let shift = try await visit.shift()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(handoverPage(shift, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("shift/handover", .needs(.workShift)) { visit in
            var answers = visit.typed
            let note = answers.text("note", most: 4_000, name: "What the next shift should know")
            if note.isEmpty { answers.refuse("note", "Enter what the next shift should know. \"Quiet\" is enough") }
            if answers.areRefused { return .invalid(handoverPage(try await visit.shift(), answers, visit)) }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/shift") { db in
                    let agency = try db.ownAgency(.workShift, visit.viewer)
                    try db.addHandover(id, note, agency: agency, visit)
                    try db.audit(.handoverWritten, .handover, id)
                }
            })
        }
        post("shift/handover/:id/read", .needs(.workShift)) { visit in
            let id = try visit.id()
            let isRead = try await visit.write { db in
                guard try db.readHandover(id, visit) else { return false }
                try db.audit(.handoverRead, .handover, id)
                return true
            }
            guard isRead else { throw Refusal.notFound }
            return .seeOther("/shift")
        }
        get("shift/calls", .needs(.workShift)) { visit in
            let calls = try await visit.read { db in
                let calls = try db.dueCalls(visit)
                let known = try db.safeContacts(of: calls.map(\.person), visit)
                // An answer that has run out is as good as none.
                let holding = known.filter { $0.value.holdsUntil.map { $0 >= visit.today } ?? true }
                return calls.map { ($0, holding[$0.person]?.rule) }
            }
            return .page(callListPage(calls, visit))
        }
        get("shift/blank", .needs(.workShift)) { _ in .page(blankPage) }
    }
}

extension Visit {
    fileprivate func shift() async throws -> Shift {
        try await read { db in
            Shift(
                tasks: try db.shiftTasks(self), referrals: try db.referralCounts(self),
                counts: try db.shiftCounts(self),
                handovers: try db.handovers(self))
        }
    }
}
