import Foundation
import Pages
import Postgres

extension Site {
    mutating func addProcessing() {
        get("register/processing", .needs(.viewRegister)) { visit in
            let list = try await visit.read { db in
                ProcessingList(records: try db.processingRecords(on: visit.today), assessed: try db.assessedTypes())
            }
            return .page(processingPage(list, visit))
        }
        get("register/processing/entry", .needs(.viewRegister)) { visit in
            let type = RecordType(rawValue: visit.query["type"]?.first ?? "") ?? .contacts
            return .page(processingEntryPage(try await visit.processingHistory(type).0, asked: visit.version, visit))
        }
        get("register/processing/change", .needs(.keepRegister)) { visit in
            let asked = visit.query["type"]?.first
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            let type = RecordType(rawValue: asked ?? kept.answers["type"]) ?? .contacts
            let (history, agencies) = try await visit.processingHistory(type)
            let opening = ProcessingForm.opening(
                history.current(on: visit.today)?.words ?? type.defaults, agencies: agencies, version: history.newest,
                today: visit.today)
            // What was typed of another kind waits for that one.
            let isSame = kept.keptAt != nil && kept.answers["type"] == type.rawValue
            return .page(changeProcessingPage(
                history, agencies, isSame ? kept.over(opening) : opening, visit,
                notice: isSame ? kept.notice(visit) : nil))
        }
        post("register/processing/change", .needs(.keepRegister)) { visit in try await visit.changeProcessing() }
        get("register/routes", .needs(.viewRegister)) { _ in .page(sharingRoutesPage()) }
    }
}

extension Visit {
    fileprivate func processingHistory(_ type: RecordType) async throws -> (ProcessingHistory, [AgencyChoice]) {
        try await read { db in
            (ProcessingHistory(
                type: type, versions: try db.processingVersions(of: type),
                assessed: try db.assessedTypes()[type] ?? []),
             try db.agencyChoices())
        }
    }

    fileprivate func changeProcessing() async throws -> Reply {
        guard let type = RecordType(rawValue: typed["type"]) else { throw Refusal.unreadable }
        let version = try typed.version
        let (history, agencies) = try await processingHistory(type)
        var answers = typed
        guard let form = ProcessingForm(&answers, type, agencies: agencies, today: today) else {
            return .invalid(changeProcessingPage(history, agencies, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/register/processing/entry?type=\(type.rawValue)") { db in
                    try db.addProcessing(form, after: version, self)
                    try db.audit(.processingRecorded, .register, nil, detail: #"{"type":"\#(type.rawValue)"}"#)
                }
            })
        } catch is Overtaken {
            let (now, _) = try await processingHistory(type)
            return .conflict(changeProcessingPage(
                now, agencies, answers.again(over: now.newest), self, notice: registerOvertaken))
        }
    }
}

/// A colleague made a version while another was being written.
let registerOvertaken = GovUK.warningText("""
    A colleague made a newer version while you were writing. Yours is not saved yet: read theirs first, then save \
    yours after it if it is still right.
    """)
