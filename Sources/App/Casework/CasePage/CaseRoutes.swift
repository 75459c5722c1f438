import Foundation
import Pages
import Postgres

extension Site {
    mutating func addCases() {
        get("cases", .needs(.viewCases)) { visit in try await visit.caseList() }
        get("people/:id/cases/new", .needs(.openCases)) { visit in
            let (person, workers, around, kept) = try await visit.opening(visit.id())
            return .page(openCasePage(person, workers, kept.answers, visit, around, notice: kept.notice(visit)))
        }
        post("people/:id/cases/new", .needs(.openCases)) { visit in try await visit.openCase() }
        get("cases/:id", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, around) = try await visit.write { db in
                let record = try db.caseRecord(id).orNotFound()
                try db.auditLook(at: record, visit)
                return (record, try CaseAround(db, record, visit))
            }
            return .page(casePage(record, around, visit))
        }
        get("cases/:id/allocate", .needs(.allocateCases)) { visit in
            let (record, workers) = try await visit.allocation()
            return .page(allocatePage(record, workers, Answers(), visit))
        }
        post("cases/:id/allocate", .needs(.allocateCases)) { visit in try await visit.allocate() }
    }
}

extension Visit {
    /// The first page of those who do casework: what is most urgent, and the way to start a contact.
    func today() async throws -> Reply {
        let shownTasks = query["tasks"] == ["all"] ? Today.mostTasks : Today.firstTasks
        let day = try await read { db in
            Today(
                mine: try db.myCases(after: nil, within: viewer), since: try db.sinceLastLook(self),
                waiting: viewer.may(.allocateCases) ? try db.unallocatedCases(within: viewer) : [],
                contacts: viewer.may(.recordContacts) ? try db.contacts(
                    before: nil, within: viewer, limit: Today.shownContacts) : [],
                tasks: try db.ownTasks(self, limit: shownTasks + 1), shownTasks: shownTasks,
                onCall: try db.onCallToday(self), emergencies: try db.emergenciesOnOwnCases(viewer))
        }
        return .page(todayPage(day, self))
    }

    fileprivate func caseList() async throws -> Reply {
        let list = CaseList(rawValue: query["list"]?.first ?? "") ?? .mine
        let from = Keyset(query["from"]?.first)
        let risk = RiskLevel(rawValue: query["risk"]?.first ?? "")
        let lines = try await read { db in
            switch list {
            case .mine: try db.myCases(after: from, risk, within: viewer)
            case .changed: try db.myCases(after: from, risk, withNews: true, within: viewer)
            case .covered: try db.coveredCases(after: from, risk, at: now, within: viewer)
            case .unallocated: try db.unallocatedCases(risk, within: viewer)
            case .overdue: try db.overdueCases(after: from, risk, at: now, within: viewer)
            case .all: try db.openCases(before: from, risk, within: viewer)
            }
        }
        return .page(caseListPage(list, risk, lines, isFirst: from == nil, self))
    }

    fileprivate func allocation() async throws -> (CaseRecord, [Colleague]) {
        let id = try id()
        return try await read { db in
            let record = try db.caseRecord(id).orNotFound()
            // A shared case is read, never given away.
            guard viewer.agencies(.allocateCases).contains(record.agency) else { throw Refusal.notFound }
            return (record, try db.caseworkers(of: record.agency, self))
        }
    }

    fileprivate func allocate() async throws -> Reply {
        let (record, workers) = try await allocation()
        let version = try typed.version
        var answers = typed
        let worker = UUID(uuidString: answers["worker"])
        guard let worker, workers.contains(where: { $0.id == worker }) else {
            answers.refuse("worker", "Select who will hold the case")
            return .invalid(allocatePage(record, workers, answers, self))
        }
        let done = try await write { db -> Bool in
            guard try db.allocate(record, to: worker, basedOn: version, self) else { return false }
            let name = workers.first { $0.id == worker }?.name ?? ""
            try db.note(.caseAllocated, on: record.id, agency: record.agency, "To \(name)", self)
            try db.audit(.caseAllocated, .case, record.id)
            return true
        }
        if done { return .seeOther("/cases/\(record.id.column)") }
        answers.refuse("worker", "A colleague changed this case just now. It is with "
            + "\(record.workerName ?? "nobody"). Check, and choose again if it should still move")
        return .conflict(allocatePage(record, workers, answers, self))
    }
}
