import Foundation
import Pages
import Postgres

/// What a transfer's form may choose from.
struct TransferChoices: Sendable {
    let record: CaseRecord
    let person: Person
    let partners: [Partner]
    let colleagues: [Colleague]
    /// Those in force.
    let consents: [Consent]
    let contact: SafeContact?
    /// Without their agreement a manager proposes it.
    let isManager: Bool
}

/// A transfer as typed.
struct TransferForm: Equatable, Sendable {
    let kind: TransferKind
    let toAgency: UUID?
    let colleague: UUID?
    let words: String
    let purpose: String
    let basis: SharingBasis
    let necessity: String
    let asked: TransferAgreement
    let consent: UUID?
    let tailDays: Int

    /// What is usual; left empty, it is this.
    static let usualPurpose = "That they go on being supported by whoever is best placed to do so"

    init?(_ answers: inout Answers, _ choices: TransferChoices, now: Date) {
        let kind = TransferKind.required("kind", "Select where the case goes", in: &answers)
        let partner = UUID(uuidString: answers["to"]).flatMap { id in choices.partners.first { $0.id == id } }
        let other = UUID(uuidString: answers["colleague"]).flatMap { id in
            choices.colleagues.first { $0.id == id && $0.id != choices.record.worker }
        }
        if kind == .agency, partner == nil { answers.refuse("to", "Select the agency") }
        if kind == .stepDown, other == nil { answers.refuse("colleague", "Select the colleague") }
        if kind == .agency, choices.record.isRestricted {
            answers.refuse("kind", "Only its team may see this case, so another agency can’t be asked here")
        }
        words = answers.text("words", most: 4_000, name: "What they must know first")
        if words.isEmpty { answers.refuse("words", "Enter what they must know first") }
        necessity = answers.text("necessity", most: 2_000, name: "Why it moves")
        if necessity.isEmpty { answers.refuse("necessity", "Enter why it moves, in one sentence") }
        let purpose = answers.text("purpose", most: 500, name: "What it is for")
        self.purpose = purpose.isEmpty ? Self.usualPurpose : purpose
        let basis = answers["basis"].isEmpty ? .safeguarding
            : SharingBasis.required("basis", "Select the lawful basis", in: &answers)
        if basis == .earlier { answers.refuse("basis", "Select the lawful basis") }
        let consent = choices.consents.first { "consent-\($0.id.column)" == answers["agreement"] }
        let said = TransferAgreement(rawValue: answers["agreement"]).flatMap {
            TransferAgreement.without.contains($0) ? $0 : nil
        }
        if kind == .agency {
            if let consent {
                if let partner, consent.toAgency != partner.id {
                    answers.refuse("agreement", "They agreed to telling \(consent.to), not to this")
                }
            } else if said == nil {
                answers.refuse("agreement", "Select whether they agree")
            } else if !choices.isManager {
                answers.refuse("agreement", "Without their agreement only a manager can ask. Record their agreement "
                    + "first, or ask your manager")
            } else if basis == .explicitConsent {
                answers.refuse("basis", "No consent is selected, so it can’t be the basis")
            }
        }
        let typed = answers["tail"].trimmingCharacters(in: .whitespaces)
        let days = typed.isEmpty ? TransferTail.usual : Int(typed)
        if days.map(TransferTail.range.contains) != true {
            answers.refuse("tail", "For how many days you still read it must be a number from 0 to 90")
        }
        guard let kind, let basis, let days, answers.errors.isEmpty else { return nil }
        (self.kind, self.basis, tailDays) = (kind, basis, days)
        let isAway = kind == .agency
        (toAgency, colleague) = isAway ? (partner?.id, nil) : (nil, other?.id)
        self.consent = isAway ? consent?.id : nil
        asked = isAway ? consent == nil ? said ?? .notAsked : .consent : .within
    }
}
