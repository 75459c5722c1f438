import Foundation
import Pages
import Postgres

/// The twelve things that an IDVA does under the contract, and attending the specialist court.
enum InterventionKind: String, Choice {
    case legal, safetyPlan, homeSecurity, maracReferral, maracActions, housing, refuge, oneToOne, armyWelfare
    case onwardReferral, stepDown, sarcReferral, sdvc
    var label: String {
        switch self {
        case .legal: "Legal help, court or orders"
        case .safetyPlan: "Safety plan for them and the family"
        case .homeSecurity: "Home security requested"
        case .maracReferral: "Referred to MARAC, and their voice heard there"
        case .maracActions: "Actions after MARAC co-ordinated"
        case .housing: "Housing, occupation or tenancy"
        case .refuge: "Access to refuge"
        case .oneToOne: "One-to-one support"
        case .armyWelfare: "Army Welfare contacted"
        case .onwardReferral: "Onward referral"
        case .stepDown: "Handed over"
        case .sarcReferral: "Referred to the sexual assault referral centre (SARC)"
        case .sdvc: "Specialist domestic violence court (SDVC) attended"
        }
    }
    var hint: String? { self == .armyWelfare ? "Only with their agreement: tick it below." : nil }

    /// Where it may lead; empty where that goes without saying.
    var destinations: [LeadsTo] {
        switch self {
        case .onwardReferral: [.substances, .foodBank, .citizensAdvice, .benefits, .onlineSafety, .otherService]
        case .stepDown: [.outreach, .counselling]
        default: []
        }
    }
}

/// Where an onward referral or a hand-over leads.
enum LeadsTo: String, Choice {
    case substances, foodBank, citizensAdvice, benefits, onlineSafety, otherService, outreach, counselling
    var label: String {
        switch self {
        case .substances: "drug or alcohol service"
        case .foodBank: "food bank"
        case .citizensAdvice: "Citizens Advice"
        case .benefits: "benefits"
        case .onlineSafety: "online safety"
        case .otherService: "another service"
        case .outreach: "to outreach"
        case .counselling: "to counselling"
        }
    }
}

/// A kind, and where it leads if it does: one answer of a form, so that there is no half of it to forget.
struct InterventionAnswer: Equatable, Sendable {
    let kind: InterventionKind
    let leadsTo: LeadsTo?

    static let all = InterventionKind.allCases.flatMap { kind in
        kind.destinations.isEmpty ? [InterventionAnswer(kind: kind, leadsTo: nil)]
            : kind.destinations.map { InterventionAnswer(kind: kind, leadsTo: $0) }
    }

    /// "onwardReferral.foodBank", as the form sends it.
    var value: String { kind.rawValue + (leadsTo.map { "." + $0.rawValue } ?? "") }
    /// "Onward referral: food bank", "Handed over to outreach".
    var label: String {
        guard let leadsTo else { return kind.label }
        return kind.label + (kind == .stepDown ? " " : ": ") + leadsTo.label
    }
}

/// Something that was done for somebody.
struct Intervention: Sendable {
    let id: UUID
    let what: InterventionAnswer
    let happenedOn: Day
    /// The start of that day: its place in lists.
    let happenedAt: Date
    let need: NeedKind?
    let note: String
    let recordedAt: Date
    let by: String
}

/// What is said when something was done.
struct InterventionForm: Equatable, Sendable {
    let what: InterventionAnswer
    let day: Day
    let need: UUID?
    let note: String
    /// Asked for one kind only.
    var agreed: Bool? { what.kind == .armyWelfare ? true : nil }

    init?(_ answers: inout Answers, on record: CaseRecord, needs: [Need], today: Day) {
        let value = answers["what"]
        let what = InterventionAnswer.all.first { $0.value == value }
        if what == nil { answers.refuse("what", "Select what was done") }
        if what?.kind == .armyWelfare, !answers.all("agreed").contains("yes") {
            answers.refuse("agreed", "Army Welfare is contacted only with their agreement. Tick it, or choose another")
        }
        let day = answers.pastDay("happened", missing: "Enter when it happened", today: today)
        let (first, last) = (London.day(of: record.openedAt), record.closedAt.map(London.day(of:)))
        if let day, day < first {
            answers.refuse("happened", "Date must be \(first) or later: the case was opened then")
        } else if let day, let last, day > last {
            answers.refuse("happened", "Date must be \(last) or earlier: the case was closed then")
        }
        let chosen = answers["need"]
        need = needs.first { $0.id.column == chosen }?.id
        if need == nil, !chosen.isEmpty, chosen != "none" {
            answers.refuse("need", "Select which need it helps with, or none of these")
        }
        note = answers.text("note", most: NeedForm.most, name: "Note")
        guard let what, let day, answers.errors.isEmpty else { return nil }
        (self.what, self.day) = (what, day)
    }
}

/// How often each kind was recorded on a case.
struct InterventionCounts: Sendable {
    let all: [(kind: InterventionKind, times: Int)]
    var total: Int { all.reduce(0) { $0 + $1.times } }
}
