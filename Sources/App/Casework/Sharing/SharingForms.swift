import Foundation
import Pages
import Postgres

/// What a form of sharing may choose from.
struct SharingChoices: Sendable {
    let record: CaseRecord
    let partners: [Partner]
    /// Those in force.
    let consents: [Consent]
}

/// A disclosure as typed. What is left empty is as usual on its route.
struct SharingForm: Equatable, Sendable {
    let route: SharingRoute
    let toAgency: UUID?
    let toName: String
    let parts: [SharedPart]
    /// Of a plan, its own words, which the form has not.
    var words: String
    let purpose: String
    let basis: SharingBasis
    let because: String
    let necessity: String
    let asked: AskedAgreement
    let consent: UUID?
    let endsAt: Date

    /// Days within which every disclosure ends.
    static let longest = 364

    init?(_ answers: inout Answers, _ choices: SharingChoices, ofPlan: Bool = false, now: Date) {
        let today = London.day(of: now)
        let route = SharingRoute.required("route", "Select how you share it", in: &answers)
        if let route, ofPlan ? route != .plan : !SharingRoute.offered.contains(route) {
            answers.refuse("route", "Select how you share it")
        }
        let preset = route?.preset
        (toAgency, toName) = answers.recipient(choices.partners)
        if choices.record.isRestricted, toAgency != nil {
            answers.refuse("to", "Only its team may see this case, so another agency can’t open it here. Leave this "
                + "empty, write whom you tell below, and tell them yourself")
        }
        let named = answers.all("parts").compactMap(SharedPart.init(rawValue:))
        parts = ofPlan ? [.plan] : named.filter { $0 != .plan }
        if toAgency != nil, parts.isEmpty {
            answers.refuse("parts", "Select what they may see: nothing selected is nobody")
        }
        let isOutside = toAgency == nil && !toName.isEmpty
        if isOutside, ofPlan { answers.refuse("to", "Select one of the agencies") }
        if isOutside, !ofPlan, !parts.isEmpty {
            answers.refuse("parts", "Nobody outside can read here. Write below what you tell them, and select nothing")
        }
        words = answers.text("words", most: 4_000, name: "What you tell them")
        if isOutside, !ofPlan, words.isEmpty { answers.refuse("words", "Enter what you tell them") }
        let purpose = answers.text("purpose", most: 500, name: "What it is for")
        let necessity = answers.text("necessity", most: 2_000, name: "Why it is needed and no more than is needed")
        let basis = answers["basis"].isEmpty && preset != nil ? preset?.basis
            : SharingBasis.required("basis", "Select the lawful basis", in: &answers)
        if basis == .earlier { answers.refuse("basis", "Select the lawful basis") }
        if purpose.isEmpty, preset == nil { answers.refuse("purpose", "Enter what it is for") }
        if necessity.isEmpty, preset == nil {
            answers.refuse("necessity", "Enter why it is needed, and why no more than is needed")
        }
        because = answers.text("because", most: 1_000, name: "Why now")
        if because.isEmpty { answers.refuse("because", "Enter why now, for this person") }
        let until = answers.lastDay("until", usual: preset?.days, today: today, longest: Self.longest)
        let ends = until.flatMap(\.end)
        let consent = choices.consents.first { "consent-\($0.id.column)" == answers["agreement"] }
        let asked = consent == nil ? AskedAgreement(rawValue: answers["agreement"]) : .consent
        if asked == nil || consent == nil && !AskedAgreement.without.contains(asked ?? .consent) {
            answers.refuse("agreement", "Select whether they agree")
        }
        if let consent {
            if !consent.covers(toAgency, toName) {
                answers.refuse("agreement", "They agreed to telling \(consent.to), not to this")
            } else if let ends, consent.endsAt < ends {
                answers.refuse("until", "They agreed until \(London.lastDay(before: consent.endsAt))")
            }
        } else if basis == .explicitConsent {
            answers.refuse("basis", "No consent is selected below, so it can’t be the basis")
        }
        guard let route, let basis, let asked, let ends, answers.errors.isEmpty else { return nil }
        (self.route, self.basis, self.asked, self.consent, endsAt) = (route, basis, asked, consent?.id, ends)
        self.purpose = purpose.isEmpty ? preset?.purpose ?? "" : purpose
        self.necessity = necessity.isEmpty ? preset?.necessity ?? "" : necessity
    }

    /// The form as a route opens it.
    static func opening(_ route: SharingRoute, today: Day) -> Answers {
        var answers = Answers(["route": [route.rawValue]])
        guard let preset = route.preset else { return answers }
        answers.set("purpose", preset.purpose)
        answers.set("necessity", preset.necessity)
        answers.set("basis", preset.basis.rawValue)
        answers.set("parts", preset.parts.map(\.rawValue))
        answers.setDay("until", today.adding(preset.days))
        return answers
    }
}

/// What somebody agrees to, as typed.
struct ConsentForm: Equatable, Sendable {
    let toAgency: UUID?
    let toName: String
    let purpose: String
    let given: ConsentGiven
    let words: String
    let endsAt: Date

    init?(_ answers: inout Answers, _ partners: [Partner], now: Date) {
        (toAgency, toName) = answers.recipient(partners)
        purpose = answers.text("purpose", most: 500, name: "For what")
        if purpose.isEmpty { answers.refuse("purpose", "Enter what they agree to it for") }
        let given = ConsentGiven.required("given", "Select how they agreed", in: &answers)
        words = answers.text("words", most: 1_000, name: "In their own words")
        let until = answers.lastDay(
            "until", usual: nil, today: London.day(of: now), longest: SharingForm.longest)
        guard let given, let ends = until.flatMap(\.end), answers.errors.isEmpty else { return nil }
        (self.given, endsAt) = (given, ends)
    }
}

extension Answers {
    /// One of the partners (`to`), or somebody else by name (`to-name`): exactly one of the two.
    fileprivate mutating func recipient(_ partners: [Partner]) -> (UUID?, String) {
        let chosen = UUID(uuidString: self["to"]).flatMap { id in partners.first { $0.id == id }?.id }
        let name = text("to-name", most: 200, name: "The name")
        if chosen == nil, !self["to"].isEmpty {
            refuse("to", "Select one of the agencies")
        } else if chosen == nil, name.isEmpty {
            refuse("to", "Select the agency, or write who it is below")
        } else if chosen != nil, !name.isEmpty {
            refuse("to-name", "Leave this empty, or select no agency above")
        }
        return (chosen, name)
    }

    /// The last day on which something holds; left empty, so many days on where that is usual.
    fileprivate mutating func lastDay(_ field: String, usual: Int?, today: Day, longest: Int) -> Day? {
        if let usual, ["day", "month", "year"].allSatisfy({ self["\(field)-\($0)"].isEmpty }) {
            return today.adding(usual)
        }
        let day = dayAhead(
            field, name: "The last day", missing: "Enter the last day: nothing is shared for ever", today: today,
            last: today.adding(longest), far: "a year")
        return error(for: field) == nil ? day : nil
    }
}

extension Day {
    /// When the day is over in London.
    fileprivate var end: Date? { London.moment(adding(1), minute: 0) }
}
