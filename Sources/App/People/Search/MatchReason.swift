/// Why a search found somebody, in the words of the results.
enum MatchReason: Equatable, Sendable {
    case name, soundsLike
    /// Another name than the present one fits best.
    case alias(String), formerName(String)
    case birth
    /// The day and the month are the other way round.
    case birthTurned
    case phone, postcode

    /// From what the search function says: its words for the reasons, and the other name as "alias:Maz Dunmore".
    static func all(_ words: [String], knownAs: String?) -> [MatchReason] {
        let other = knownAs.flatMap { known -> MatchReason? in
            let parts = known.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return parts[0] == "former" ? .formerName(String(parts[1])) : .alias(String(parts[1]))
        }
        var found: [MatchReason] = []
        if words.contains("name") { found.append(other ?? .name) }
        // A name that is like it sounds like it too: said once.
        if words.contains("soundsLike") {
            if !words.contains("name") { found += [.soundsLike] + (other.map { [$0] } ?? []) }
        }
        if words.contains("birth") { found.append(.birth) }
        if words.contains("birthTurned") { found.append(.birthTurned) }
        if words.contains("phone") { found.append(.phone) }
        if words.contains("postcode") { found.append(.postcode) }
        return found
    }

    var label: String {
        switch self {
        case .name: "Name"
        case .soundsLike: "Sounds like it"
        case .alias(let name): "Also known as \(name)"
        case .formerName(let name): "Formerly \(name)"
        case .birth: "Date of birth"
        case .birthTurned: "Date of birth, day and month swapped"
        case .phone: "Telephone"
        case .postcode: "Postcode"
        }
    }
}
