import Foundation
import Pages
import Postgres

extension Site {
    /// One referral: for whoever keeps it, and for whoever sent it.
    mutating func addReferrals() {
        get("referrals/:id", .needs(.makeReferrals)) { visit in
            let (referral, told, kept) = try await visit.write { db in
                let referral = try visit.seen(db.referral(visit.id()))
                try db.audit(.referralViewed, .referral, referral.id)
                return (referral, try db.told(referral.id, visit).orNotFound(), try db.keptAnswers(visit))
            }
            if !visit.keeps(referral) { return .page(sentReferralPage(referral, told, visit)) }
            return .page(referralPage(referral, told, kept.answers, visit))
        }
        post("referrals/:id/take", .needs(.handleReferrals)) { visit in
            let (referral, told) = try await visit.keptReferral()
            let isTaken = try await visit.write { db in
                guard try db.takeReferral(referral, visit) else { return false }
                try db.audit(.referralTaken, .referral, referral.id)
                return true
            }
            if isTaken { return .seeOther("/referrals/\(referral.id.column)") }
            let now = try await visit.read { db in try db.referral(referral.id).orNotFound() }
            return .conflict(referralPage(now, told, Answers(), visit, quicker: now.ownerName))
        }
        // A contact is made from it, so that the rest goes as it does after a call.
        post("referrals/:id/contact", .needs(.handleReferrals)) { visit in
            let (referral, told) = try await visit.keptReferral()
            if let contact = referral.contact { return .seeOther("/contacts/\(contact.column)") }
            guard referral.direction == .in, referral.answer == nil else { throw Refusal.notFound }
            let id = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/contacts/\(id.column)") { db in
                    try db.addContact(id, ContactForm(referral, told), agency: referral.agency, visit)
                    try db.linkReferral(referral.id, contact: id)
                    _ = try db.takeReferral(referral, visit)
                    try db.audit(.contactRecorded, .contact, id)
                    try db.audit(.referralTaken, .referral, referral.id)
                }
            })
        }
        post("referrals/:id/answer", .needs(.makeReferrals)) { visit in
            let (referral, told) = try await visit.keptReferral()
            var answers = visit.typed
            guard let form = ReferralAnswerForm(&answers, of: referral) else {
                return .invalid(referralPage(referral, told, answers, visit))
            }
            let isSaved = try await visit.write { db in
                guard try db.answerReferral(referral, form, visit) else { return false }
                try db.audit(.referralAnswered, .referral, referral.id)
                return true
            }
            if isSaved { return .seeOther("/referrals/\(referral.id.column)") }
            let now = try await visit.read { db in try db.referral(referral.id).orNotFound() }
            answers.set("version", String(now.version))
            return .conflict(referralPage(now, told, answers, visit, quicker: now.answer?.by ?? now.ownerName))
        }
    }
}

extension Visit {
    /// Whether the viewer's agency answers for it. What goes out is answered for by any colleague who sends.
    func keeps(_ referral: Referral) -> Bool {
        viewer.agencies(referral.direction == .out ? .makeReferrals : .handleReferrals).contains(referral.agency)
    }

    fileprivate func seen(_ referral: Referral?) throws -> Referral {
        let referral = try referral.orNotFound()
        let sent = referral.fromAgency.map { viewer.agencies(.makeReferrals).contains($0) } ?? false
        guard keeps(referral) || sent else { throw Refusal.notFound }
        return referral
    }

    fileprivate func keptReferral() async throws -> (Referral, ReferralTold) {
        let id = try id()
        return try await read { db in
            let referral = try db.referral(id).orNotFound()
            guard keeps(referral) else { throw Refusal.notFound }
            return (referral, try db.told(id, self).orNotFound())
        }
    }
}

extension ContactForm {
    /// The contact that a referral is, in its own words.
    init(_ referral: Referral, _ told: ReferralTold) {
        let who = [told.name, referral.fromAgencyName ?? "", told.tellerName].filter { !$0.isEmpty }
        let reason = told.reason.isEmpty ? "Referral \(referral.reference)" : told.reason
        self.init(
            channel: referral.fromAgency == nil ? .webForm : .professional,
            caller: referral.fromAgency != nil ? .professional
                : referral.source == .selfReferral ? .harmedPerson : .thirdParty,
            happenedAt: referral.receivedAt, answers: [:],
            reason: String("\(who.joined(separator: ", ")): \(reason)".unicodeScalars.prefix(4_000)),
            advice: "", outcome: .callAgain, promised: "")
    }
}
