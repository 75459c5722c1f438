import Foundation
import Pages
import Postgres

extension Site {
    mutating func addNotices() {
        get("register/notices", .needs(.viewRegister)) { visit in
            .page(noticesPage(try await visit.read { db in try db.privacyNotices(on: visit.today) }, visit))
        }
        get("register/notices/entry", .needs(.viewRegister)) { visit in
            let audience = Audience(rawValue: visit.query["audience"]?.first ?? "") ?? .people
            let versions = try await visit.read { db in try db.privacyNotices(for: audience) }
            return .page(noticeEntryPage(audience, versions, visit))
        }
        get("register/notices/change", .needs(.keepRegister)) { visit in
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            let audience = Audience(rawValue: visit.query["audience"]?.first ?? kept.answers["audience"]) ?? .people
            let versions = try await visit.read { db in try db.privacyNotices(for: audience) }
            var opening = Answers(["version": [String(versions.first?.version ?? 0)]])
            opening.set("body", versions.first?.body ?? audience.defaultText)
            opening.setDay("valid", visit.today)
            // What was typed for others waits for them.
            let isSame = kept.keptAt != nil && kept.answers["audience"] == audience.rawValue
            return .page(changeNoticePage(
                audience, isSame ? kept.over(opening) : opening, visit,
                notice: isSame ? kept.notice(visit) : nil))
        }
        post("register/notices/change", .needs(.keepRegister)) { visit in try await visit.publishNotice() }
        get("privacy", .anyone) { visit in .page(privacyPage(Set(try await visit.publicNotices().keys))) }
        get("privacy/:audience", .anyone) { visit in
            guard let audience = Audience(rawValue: try visit.text("audience")) else { throw Refusal.notFound }
            return .page(privacyPage(for: audience, try await visit.publicNotices()[audience]))
        }
    }
}

extension Visit {
    fileprivate func publicNotices() async throws -> [Audience: (body: String, validFrom: Day)] {
        let (partnership, today) = (services.partnership.id, today)
        return try await services.door.transaction(readOnly: true) { db in
            try db.publicNotices(in: partnership, on: today)
        }
    }

    fileprivate func publishNotice() async throws -> Reply {
        guard let audience = Audience(rawValue: typed["audience"]) else { throw Refusal.unreadable }
        let version = try typed.version
        var answers = typed
        guard let form = NoticeForm(&answers, audience, today: today) else {
            return .invalid(changeNoticePage(audience, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/register/notices") { db in
                    try db.publishNotice(form, after: version, self)
                    try db.audit(.noticePublished, .register, nil, detail: #"{"audience":"\#(audience.rawValue)"}"#)
                }
            })
        } catch is Overtaken {
            let versions = try await read { db in try db.privacyNotices(for: audience) }
            return .conflict(changeNoticePage(
                audience, answers.again(over: versions.first?.version ?? 0), self,
                notice: registerOvertaken))
        }
    }
}
