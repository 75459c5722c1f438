import Foundation
import Pages
import Postgres

/// How a household was told where a home is: never in writing.
enum ToldHow: String, Choice {
    case voice, signLanguage, interpreter, met
    var label: String {
        switch self {
        case .voice: "By voice"
        case .signLanguage: "In British Sign Language"
        case .interpreter: "Through an interpreter whom they trust"
        case .met: "They were met and taken there"
        }
    }
}

/// How near a home is to somebody whom a household must not meet, as who runs it is told.
enum Nearness: String, Choice {
    case sector, district, none, notKnown, unitNotKnown
    var label: String {
        switch self {
        case .sector: "Very near: somebody who harms them, or lives with those, has an address in this postcode sector"
        case .district: "Near: somebody who harms them, or lives with those, has an address in this postcode district"
        case .none: "No address known of whoever harms them is near. There may be others: ask"
        case .notKnown: "No address is known of whoever harms them: ask"
        case .unitNotKnown: "The unit’s address has no postcode, so nothing can be compared: ask"
        }
    }
}

extension Site {
    /// A household is told where its home is, and how is put down.
    mutating func addAddressTold() {
        get("units/asked/:offer/told", .needs(.manageUnits)) { visit in
            let (offer, kept) = try await visit.telling()
            return .page(toldPage(offer, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("units/asked/:offer/told", .needs(.manageUnits)) { visit in
            let (offer, _) = try await visit.telling()
            var answers = visit.typed
            guard let how = ToldHow.required("how", "Select how they were told", in: &answers) else {
                return .invalid(toldPage(offer, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: offer.providersPath) { db in
                    try db.tell(how, of: offer, visit)
                    try db.audit(.addressTold, .case, offer.caseID)
                }
            })
        }
    }
}

private func toldPage(_ offer: HousingOffer, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("How were they told where it is?", caption: offer.whom, errors: answers.errors, back: offer.providersPath, """
        \(notice)\(visit.form(offer.providersPath + "/told", answers, """
            \(GovUK.radios("how", legend: "How were they told?",
                           hint: "Never in writing: no text, no e-mail, no letter.", options: ToldHow.options,
                           small: true, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

extension Visit {
    /// Nobody is told where a home is that is neither held for them nor theirs.
    fileprivate func telling() async throws -> (HousingOffer, KeptAnswers) {
        let id = try id("offer")
        return try await read { db in
            let offer = try db.offerToAnswer(id, self).orNotFound()
            guard offer.mayBeTold(at: self.now) else { throw Refusal.notFound }
            return (offer, try db.keptAnswers(self))
        }
    }
}

extension HousingOffer {
    func mayBeTold(at now: Date) -> Bool { unit != nil && [.held, .accepted, .placed].contains(state(at: now)) }
}
