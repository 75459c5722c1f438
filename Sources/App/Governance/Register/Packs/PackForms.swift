import Foundation
import Pages

/// About whose record a pack is, as the officer writes it: a case's reference or the record's number, or nobody's.
struct PackForm: Equatable, Sendable {
    let reference: String

    init?(_ answers: inout Answers) {
        reference = answers.text("reference", most: 60, name: "The reference").uppercased()
        if !answers.errors.isEmpty { return nil }
    }
}

/// What is decided of a piece.
struct PackItemForm: Equatable, Sendable {
    let decision: PackDecision
    let ground: PackGround?
    let left: PackLeft

    static let most = 4_000

    init?(_ answers: inout Answers, _ piece: PackPiece) {
        let decision = PackDecision.required("decision", "Select what becomes of it", in: &answers)
        let ground = PackGround(rawValue: answers["ground"])
        if !answers["ground"].isEmpty, ground == nil { answers.refuse("ground", "Choose from the list") }
        let chosen = answers.all("gone").filter { !$0.isEmpty }
        let indices = chosen.compactMap(Int.init).filter(piece.found.indices.contains)
        if indices.count < chosen.count { answers.refuse("gone", "Choose from what was found") }
        let typed = answers.text("also", most: Self.most, name: "Other words")
        let also = typed.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        if let missing = also.first(where: { !piece.text.contains($0) }), decision == .redact {
            answers.refuse("also", "The piece does not have these words as typed: \(missing.prefix(60))")
        }
        let reason = answers.text("reason", most: Self.most, name: "The reason")
        let address = answers["address"]
        if !address.isEmpty, !["yes", "no"].contains(address) { answers.refuse("address", "Choose from the list") }
        if let decision, decision != .leaveOut {
            if address.isEmpty {
                answers.refuse("address", "Select whether what leaves says where somebody can be found")
            } else if address == "yes" {
                answers.refuse("address", "Take it out: choose “\(PackDecision.redact.label)”")
            }
        }
        if decision == .include, piece.found.contains(where: \.mustGo) {
            answers.refuse("decision", "It holds a protected address or number: words must be taken out")
        }
        if let decision, decision != .include, ground == nil { answers.refuse("ground", "Select why") }
        if decision == .leaveOut, reason.isEmpty { answers.refuse("reason", "Enter why it is left out") }
        let gone = piece.found.enumerated().filter { $0.element.mustGo || indices.contains($0.offset) }
            .map(\.element.words) + also
        if decision == .redact, gone.isEmpty { answers.refuse("also", "Enter the words that are taken out") }
        guard let decision, answers.errors.isEmpty else { return nil }
        self.decision = decision
        self.ground = decision == .include ? nil : ground
        left = switch decision {
        case .include: PackLeft(text: piece.text)
        case .redact: PackLeft(text: Self.without(gone, piece.text), reason: reason)
        case .leaveOut: PackLeft(reason: reason)
        }
    }

    /// The longest first: a name may be part of an address.
    static func without(_ gone: [String], _ text: String) -> String {
        gone.sorted { $0.count > $1.count }.reduce(text) { $0.replacing($1, with: ReleaseGate.withheld) }
    }
}

/// What the officer does with the whole of it.
struct PackNextForm: Equatable, Sendable {
    let words: String
    let way: PackWay?

    init?(_ answers: inout Answers, of pack: Pack) {
        switch pack.state {
        case .signed:
            words = answers.text("recipient", most: 200, name: "The name")
            if words.isEmpty { answers.refuse("recipient", "Enter to whom it goes") }
            way = PackWay.required("way", "Select how it goes", in: &answers)
            if answers["safe"] != "yes" { answers.refuse("safe", "Confirm that this way is safe and theirs") }
        case .released:
            words = answers.text("reason", most: PackItemForm.most, name: "The reason")
            if words.isEmpty { answers.refuse("reason", "Enter why it is revoked") }
            way = nil
        default: (words, way) = ("", nil)
        }
        if !answers.errors.isEmpty { return nil }
    }
}

/// What the second person says.
struct PackSignForm: Equatable, Sendable {
    let agrees: Bool
    let words: String

    init?(_ answers: inout Answers) {
        let said = answers["signs"]
        agrees = said == "yes"
        if !["yes", "no"].contains(said) { answers.refuse("signs", "Select whether you sign it") }
        words = answers.text("reason", most: PackItemForm.most, name: "The reason")
        if said == "no", words.isEmpty { answers.refuse("reason", "Enter what has to change") }
        if !answers.errors.isEmpty { return nil }
    }
}
