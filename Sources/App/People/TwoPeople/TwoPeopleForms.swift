import Foundation
import Pages
import Postgres

/// Who is at risk from whom, with the reason. It is signed and dated, and only a new decision changes it.
struct RiskDirectionForm: Equatable, Sendable {
    let atRisk: AtRisk
    let reason: String

    init?(_ answers: inout Answers) {
        let atRisk = Self.choices.first { $0.0 == answers["at-risk"] }?.1
        if atRisk == nil { answers.refuse("at-risk", "Select who is at risk, or that it is not clear yet") }
        let reason = answers.text("reason", most: 4_000, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter the reason") }
        guard let atRisk, answers.errors.isEmpty else { return nil }
        (self.atRisk, self.reason) = (atRisk, reason)
    }

    /// As the form sends them.
    static let choices: [(String, AtRisk)] = [
        ("this", .this), ("other", .other), ("both", .both), ("unclear", .unclear),
    ]
}

/// Which record of a relationship a form is about, and what it was based on: "id:version".
struct RelationshipVersion: Equatable, Sendable {
    let id: UUID
    let version: Int

    init(_ allegation: Allegation) { (id, version) = (allegation.id, allegation.version) }

    init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let id = UUID(uuidString: String(parts[0])), let version = Int32(parts[1]) else {
            return nil
        }
        (self.id, self.version) = (id, Int(version))
    }

    var text: String { "\(id.column):\(version)" }
}

/// How two people are connected, and as what one is harmed.
struct ConnectionForm: Equatable, Sendable {
    let record: RelationshipVersion
    let connection: Connectedness
    let role: HarmedAs

    init?(_ answers: inout Answers, records: [UUID]) {
        let record = RelationshipVersion(answers["relationship"]).flatMap { records.contains($0.id) ? $0 : nil }
        if record == nil { answers.refuse("relationship", "Select which of the two records") }
        let connection = Connectedness.required(
            "connection", "Select how they are connected, or that it was not asked", in: &answers)
        guard let record, let connection, answers.errors.isEmpty else { return nil }
        (self.record, self.connection) = (record, connection)
        role = HarmedAs(rawValue: answers["role"]) ?? .harmed
    }
}
