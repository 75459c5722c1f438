import Pages

/// Why something came to nothing, with the one that weighs most.
struct GivenReasons: Equatable, Sendable {
    let all: [HousingReason]
    let main: HousingReason?

    /// A refusal has a reason of the service's, and that weighs most; the household's no has one of theirs; a yes has
    /// none.
    init(_ answers: inout Answers, for state: OfferState?) {
        let all = HousingReason.allCases.filter { answers.all("reasons").contains($0.rawValue) }
        let main = all.count == 1 ? all.first : HousingReason(rawValue: answers["main"])
        if all.count > 1, main.map(all.contains) != true {
            answers.refuse("main", "Select which of these reasons weighs most")
        }
        if let state, [.accepted, .placed].contains(state), !all.isEmpty {
            answers.refuse("reasons", "Reasons are for a no. Take them away, or select what came of it again")
        }
        Self.check(state, all, main, &answers)
        (self.all, self.main) = (all, all.isEmpty ? nil : main)
    }

    private static func check(
        _ state: OfferState?, _ reasons: [HousingReason], _ main: HousingReason?, _ answers: inout Answers
    ) {
        let side: HousingReason.Side? = switch state {
        case .refusedByService: .service
        case .declinedByClient: .client
        default: nil
        }
        guard let side else { return }
        if reasons.isEmpty {
            answers.refuse("reasons", "Select why: at least one reason")
        } else if let main, main.side != side, main.side != .neither {
            let field = reasons.count == 1 ? "reasons" : "main"
            answers.refuse(field, side == .service
                ? "Where the service says no, a reason of the service weighs most"
                : "Where they say no, a reason of theirs weighs most")
        }
    }
}
