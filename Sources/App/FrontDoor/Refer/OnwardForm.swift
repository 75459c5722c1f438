import Foundation
import Pages
import Postgres

/// Sending somebody on from a contact: to children's or adults' services, or to any other.
struct OnwardForm: Equatable, Sendable {
    let kind: ReferralKind
    let toAgency: UUID?
    let toName: String
    let basis: ReferralBasis
    let isUrgent: Bool
    let told: ReferralTold

    init?(_ answers: inout Answers, agencies: [UUID], today: Day) {
        let kind = ReferralKind.required("kind", "Select what it is for", in: &answers)
        if let kind, !ReferralKind.outgoing.contains(kind) { answers.refuse("kind", "Select what it is for") }
        let chosen = UUID(uuidString: answers["to"])
        toName = answers.text("to-name", most: 200, name: "The service")
        toAgency = chosen.flatMap { agencies.contains($0) ? $0 : nil }
        if toAgency == nil, toName.isEmpty { answers.refuse("to", "Select the service, or write its name below") }
        let basis = ReferralBasis.required("basis", "Select why you may share this", in: &answers)
        isUrgent = answers.all("urgent").contains("yes")
        let told = ReferralTold(&answers, today: today)
        guard let kind, let basis, let told, answers.errors.isEmpty else { return nil }
        (self.kind, self.basis, self.told) = (kind, basis, told)
    }

    static func fields(_ answers: Answers, _ agencies: [AgencyChoice]) -> HTML {
        let known = [GovUK.Choice("", "Choose one")] + agencies.map { GovUK.Choice($0.id.column, $0.name) }
        return """
            \(GovUK.radios("kind", legend: "What is it for?", options: ReferralKind.outgoing.map {
                GovUK.Choice($0.rawValue, $0.label)
            }, small: true, in: answers))
            \(GovUK.select("to", label: "Which service?", options: known, in: answers))
            \(GovUK.input("to-name", label: "Or another one", in: answers))
            \(GovUK.checkboxes("urgent", legend: "Is there danger now?", options: [
                GovUK.Choice("yes", "Yes: they should look within the hour"),
            ], small: true, in: answers))
            \(GovUK.textarea("reason", label: "What are you telling them?", rows: 6, in: answers))
            \(GovUK.input("children", label: "Children: names, ages, where they are", autocomplete: "off", in: answers))
            \(GovUK.textarea("safe-contact", label: "How may they contact her safely?", rows: 2, in: answers))
            \(GovUK.radios("basis", legend: "Why may you share this?", options: ReferralBasis.options,
                           small: true, in: answers))
            """
    }
}
