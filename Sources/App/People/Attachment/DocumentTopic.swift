/// What a file is about, as a list says it: closed words, since a file's own name may say anything.
enum DocumentTopic: String, Choice {
    case assessment, letter, message, injury, damage, court, police, health, housing, money, consent, other
    var label: String {
        switch self {
        case .assessment: "Assessment"
        case .letter: "Letter or email"
        case .message: "Messages or screenshots"
        case .injury: "Picture of an injury"
        case .damage: "Picture of damage"
        case .court: "Court paper or order"
        case .police: "Police paper"
        case .health: "Health or therapy"
        case .housing: "Housing"
        case .money: "Money or benefits"
        case .consent: "Signed consent"
        case .other: "Something else"
        }
    }

    /// What a worker may put on a case; an assessment comes with its own form.
    static let onCase = allCases.filter { $0 != .assessment }
}
