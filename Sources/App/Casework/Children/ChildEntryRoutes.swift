import Foundation
import Pages
import Postgres

extension Site {
    /// A child's own record, and the list of children.
    mutating func addChildRecords() {
        get("children", .needs(.writeNotes)) { visit in
            let (mine, without) = try await visit.read { db in
                (try db.ownChildren(visit), try db.childrenWithoutWorker(visit))
            }
            return .page(childrenPage(mine, without, visit))
        }
        get("people/:id/child", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let (child, contact, entries, requests) = try await visit.write { db in
                let child = try db.person(id, within: visit.viewer).orNotFound()
                try db.audit(.childViewed, .person, id)
                return (child, try db.safeContact(of: id, visit), try db.childEntries(of: id, visit),
                        try db.childRequests(about: id))
            }
            return .page(childRecordPage(child, contact, entries, requests, visit))
        }
        for kind in ChildEntryKind.allCases {
            get("people/:id/child/\(kind.rawValue)", .needs(.editPeople)) { visit in
                let about = try await visit.child(for: kind)
                return .page(childEntryPage(about, about.kept.answers, visit, notice: about.kept.notice(visit)))
            }
            post("people/:id/child/\(kind.rawValue)", .needs(.editPeople)) { visit in
                try await visit.addChildEntry(kind)
            }
        }
        get("people/:id/child/entries/:entry", .needs(.editPeople)) { visit in
            let about = try await visit.childEntry()
            guard let entry = about.entry else {
                return .page(overtakenEntryPage(about, about.kept.answers, visit))
            }
            let answers = about.kept.over(ChildEntryForm.answers(from: entry))
            if about.isOvertaken { return .page(overtakenEntryPage(about, answers, visit)) }
            return .page(childEntryPage(about, answers, visit, notice: about.kept.notice(visit)))
        }
        post("people/:id/child/entries/:entry", .needs(.editPeople)) { visit in try await visit.changeChildEntry() }
        get("people/:id/child/entries/:entry/withdraw", .needs(.editPeople)) { visit in
            let about = try await visit.childEntry(hides: true)
            return .page(withdrawEntryPage(about, about.kept.answers, visit, notice: about.kept.notice(visit)))
        }
        post("people/:id/child/entries/:entry/withdraw", .needs(.editPeople)) { visit in
            try await visit.withdrawChildEntry()
        }
        // As with an address: the audit commits before anything is read.
        post("people/:id/child/entries/:entry/reveal", .needs(.revealContactDetails)) { visit in
            let (id, entryID) = (try visit.id(), try visit.id("entry"))
            let child = try await visit.write { db in
                let child = try db.person(id, within: visit.viewer, to: .revealContactDetails).orNotFound()
                let found = try db.childEntries(of: id, visit)
                guard found.contains(where: { $0.id == entryID && $0.kind == .setting }) else { throw Refusal.notFound }
                try db.audit(.settingRevealed, .person, id)
                return child
            }
            let entry = try await visit.read { db in
                try db.childEntries(of: id, revealing: entryID, visit).first.orNotFound()
            }
            return .page(revealedSettingPage(child, entry))
        }
    }
}

/// What a form about a child needs to know.
struct ChildAtHand: Sendable {
    let child: Person
    let kind: ChildEntryKind
    /// What is to be changed, as it holds now; nil: something new, or something that holds no longer.
    let entry: ChildEntry?
    /// A newer one has taken its place meanwhile; or nothing did, and it was taken back.
    let isOvertaken: Bool
    let choices: ChildChoices
    let kept: KeptAnswers

    /// Where the form is sent.
    var action: String {
        let base = "/people/\(child.id.column)/child/"
        return base + (entry.map { "entries/\($0.id.column)" } ?? kind.rawValue)
    }
}

extension Visit {
    /// A child on whose record something new may be put.
    fileprivate func child(for kind: ChildEntryKind, isSent: Bool = false) async throws -> ChildAtHand {
        let id = try id()
        return try await read { db in
            let child = try db.person(id, within: viewer, to: .editPeople).orNotFound()
            return ChildAtHand(
                child: child, kind: kind, entry: nil, isOvertaken: false,
                choices: try db.choices(for: kind, of: child, changing: nil, offersAll: isSent, self),
                kept: try db.keptAnswers(self))
        }
    }

    /// An entry that is to be changed or taken back. To show what a setting says is a look at it; `hides`: it isn't
    /// shown.
    fileprivate func childEntry(hides: Bool = false) async throws -> ChildAtHand {
        let (id, entryID) = (try id(), try id("entry"))
        return try await write { db in
            let child = try db.person(id, within: viewer, to: .editPeople).orNotFound()
            let entries = try db.childEntries(of: id, self)
            let asked = try entries.first { $0.id == entryID }.orNotFound()
            var entry: ChildEntry? = asked
            while let end = entry?.end { entry = end.next.flatMap { next in entries.first { $0.id == next } } }
            if entry?.kind == .setting, let setting = entry?.id, !hides {
                try db.audit(.settingRevealed, .person, id)
                entry = try db.childEntries(of: id, revealing: setting, self).first
            }
            return ChildAtHand(
                child: child, kind: asked.kind, entry: entry, isOvertaken: entry?.id != entryID,
                choices: try db.choices(for: asked.kind, of: child, changing: entry, self),
                kept: try db.keptAnswers(self))
        }
    }

    fileprivate func addChildEntry(_ kind: ChildEntryKind) async throws -> Reply {
        let about = try await child(for: kind, isSent: true)
        var answers = typed
        guard let form = ChildEntryForm(&answers, kind, about.choices, today: today) else {
            return .invalid(childEntryPage(about, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/people/\(about.child.id.column)/child") { db in
                    try db.addChildEntry(UUID(), form, to: about.child, self)
                    try db.audit(.childEntryRecorded, .person, about.child.id)
                }
            })
        } catch is Overtaken {
            // Of these a child has one: the colleague's is changed instead, if it is to be.
            let entries = try await read { db in try db.childEntries(of: about.child.id, self) }
            let theirs = entries.first { $0.kind == kind && $0.adult == form.adult && $0.holds }
            let now = ChildAtHand(
                child: about.child, kind: kind, entry: theirs, isOvertaken: true, choices: about.choices,
                kept: about.kept)
            return .conflict(overtakenEntryPage(now, answers, self))
        }
    }

    fileprivate func changeChildEntry() async throws -> Reply {
        let about = try await childEntry(hides: true)
        var answers = typed
        let form = ChildEntryForm(&answers, about.kind, about.choices, today: today)
        guard let form else {
            return about.isOvertaken ? .conflict(overtakenEntryPage(try await childEntry(), answers, self))
                : .invalid(childEntryPage(about, answers, self))
        }
        let entryID = try id("entry")
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/people/\(about.child.id.column)/child") { db in
                    try db.replaceChildEntry(entryID, by: UUID(), form, of: about.child, self)
                    try db.audit(.childEntryChanged, .person, about.child.id)
                }
            })
        } catch is Overtaken {
            return .conflict(overtakenEntryPage(try await childEntry(), answers, self))
        }
    }

    fileprivate func withdrawChildEntry() async throws -> Reply {
        let about = try await childEntry(hides: true)
        let entryID = try id("entry")
        var answers = typed
        let reason = answers.text("reason", most: ChildEntryForm.mostReason, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter why it is taken back") }
        if answers.areRefused {
            let page = withdrawEntryPage(about, answers, self)
            return about.isOvertaken ? .conflict(page) : .invalid(page)
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/people/\(about.child.id.column)/child") { db in
                    guard try db.withdrawChildEntry(entryID, of: about.child.id, because: reason, self) else {
                        throw Overtaken()
                    }
                    try db.audit(.childEntryWithdrawn, .person, about.child.id)
                }
            })
        } catch is Overtaken {
            return .conflict(withdrawEntryPage(try await childEntry(hides: true), answers, self))
        }
    }
}

extension Connection {
    /// What a form of this kind offers. An arrangement is with somebody who has none yet, or whose arrangement it is;
    /// once it is sent, whoever made one meanwhile is told so, and `offersAll`.
    fileprivate func choices(
        for kind: ChildEntryKind, of child: Person, changing entry: ChildEntry?, offersAll: Bool = false, _ visit: Visit
    ) throws -> ChildChoices {
        var choices = ChildChoices()
        if kind == .worker { choices.workers = try childColleagues(at: child.agency, visit) }
        guard kind == .contact else { return choices }
        var seen: Set<UUID> = []
        let around = try peopleAround(child.id).filter { near in
            switch near.tie {
            case .adult, .harming: seen.insert(near.person).inserted
            default: false
            }
        }
        choices.orders = try ordersAround([child.id] + around.map(\.person))
        let arranged = offersAll ? [] : try arrangements(of: child.id)
        choices.adults = around.filter { !arranged.contains($0.person) || $0.person == entry?.adult }
            .map { ($0.person, $0.name) }
        return choices
    }
}
