import Foundation

/// Something in a text that would lead its reader to somebody, or tell them of somebody.
struct GateFinding: Equatable, Sendable {
    enum Kind: String, Sendable {
        case protectedAddress, protectedNumber, address, postcode, telephone, email, school, name
        var label: String {
            switch self {
            case .protectedAddress: "A protected address"
            case .protectedNumber: "A number under which she is safe"
            case .address: "An address"
            case .postcode: "A postcode"
            case .telephone: "A telephone number"
            case .email: "An email address"
            case .school: "A school"
            case .name: "A name"
            }
        }
    }

    let kind: Kind
    /// As they stand in the text.
    let words: String
    /// Whose it is, where the record knows.
    let whose: String?

    /// Never leaves in writing, whoever decides otherwise.
    var mustGo: Bool { kind == .protectedAddress || kind == .protectedNumber }
}

/// What the record knows of a person and of those around them, to be looked for in a text.
struct GateKnowledge: Sendable {
    struct KnownAddress: Sendable {
        let address: Address
        let isProtected: Bool
        let whose: String
    }
    struct Known: Sendable {
        let words: String
        let whose: String
    }

    var addresses: [KnownAddress] = []
    /// The person's own numbers: those that they are safe under.
    var safeNumbers: [Known] = []
    /// Everybody around the person. Never the person: the letter is about them.
    var names: [Known] = []
    /// Names that may stand: the person's own, the writer's.
    var open: [String] = []
    /// The day from which the person's newest address holds.
    var movedOn: Day?
}
