/// What the hard rules say of one unit, collected.
struct Findings {
    var failed: CaseSet<MatchReason> = []
    var unknown: CaseSet<MatchReason> = []
    var questions: CaseSet<MatchQuestion> = []
    var notes: CaseSet<MatchNote> = []

    var blockers: CaseSet<MatchReason> { failed.union(unknown) }

    mutating func fail(_ reason: MatchReason) { failed.insert(reason) }

    mutating func ask(_ reason: MatchReason, _ asked: CaseSet<MatchQuestion>) {
        unknown.insert(reason)
        questions = questions.union(asked)
    }

    /// Everything that is needed must be offered: fails for what is not offered, asks for what nobody has said.
    mutating func hold<Case>(
        _ reason: MatchReason, needs: Features<Case>, offer: Features<Case>, ask household: MatchQuestion,
        _ service: MatchQuestion
    ) {
        if !needs.has.isSubset(of: offer.has.union(offer.unknown)) { return fail(reason) }
        let unsaid = needs.unknown.subtracting(offer.has)
        let unstated = needs.has.union(unsaid).intersection(offer.unknown)
        if !unsaid.isEmpty { ask(reason, [household]) }
        if !unstated.isEmpty { ask(reason, [service]) }
    }
}
