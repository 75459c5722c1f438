import Pages
import Statistics

/// Households simulated for a page, twice.
private let arrivals = 20_000

/// Who is turned away by the rules that propose homes to households: those who asked meet the homes on record.
func matchedHouseholdsPart(
    _ question: CapacityQuestion, _ own: OwnMatching, _ capacity: OwnCapacity, on today: Day
) -> HTML {
    """
    \(GovUK.heading(2, "Turned away, by the rules of matching"))\(matchedTable(question, own, capacity, today))
    """
}

private func matchedTable(
    _ question: CapacityQuestion, _ own: OwnMatching, _ capacity: OwnCapacity, _ today: Day
) -> HTML {
    guard question.demand.referrals <= mostHouseholds else { return tooManyToPlay }
    let asked = own.asked.sorted { $0.needs.people < $1.needs.people }.map { request in
        MatchedUnits.Asked(
            HouseholdSize.label(min(request.needs.people, 5) - 1),
            request.needs.need(request.id, risk: request.risk, since: request.recordedAt))
    }
    let homes = own.homes.map { $0.unit(on: today) }, stays = ownStays(question, capacity)
    func played(_ reaching: MatchStanding) -> MatchedUnits? {
        MatchedUnits(
            asked, homes: homes, question.demand, spaces: question.spaces, stays, reaching: reaching,
            arrivals: arrivals, seed: 1)
    }
    guard let hopeful = played(.ask), let certain = played(.fits) else {
        return GovUK.paragraph("This can be answered when households have asked and homes are on record.")
    }
    let without = hopeful.kinds.reduce(0) { $0 + $1.withoutHome }
    let rows = zip(hopeful.kinds, certain.kinds).map { hopeful, certain -> [HTML] in
        ["\(hopeful.name)", "\(hopeful.asked)", "\(hopeful.withoutHome)", "\(hopeful.refused.shareText)",
         "\(certain.refused.shareText)"]
    }
    let total: [HTML] = [
        "All", "\(asked.count)", "\(without)", "\(hopeful.refused.shareText)", "\(certain.refused.shareText)",
    ]
    let capped = asked.count == OwnMatching.most ? "the newest \(asked.count)" : "\(asked.count)"
    return """
        \(GovUK.paragraph("""
            Of \(capped) households who asked through your agency within three years \(without) could use none \
            of the \(homes.count) homes on record, were all of them empty.
            """))
        \(GovUK.table(
            caption: "Turned away, of the households of each size, by the rules of matching", captionHidden: true,
            columns: [
                "Household of", .numeric("Asked"), .numeric("Could use no home"),
                .numeric("Turned away, if all that nobody has said is in their favour (95%)"),
                .numeric("If none of it is"),
            ], rows: rows + [total]))
        \(GovUK.paragraph("""
            Played through for \(hopeful.years) years: they come again by chance, as they asked, and take the first \
            free home that matching proposes; the \(question.spaces) spaces are the \(homes.count) \
            homes on record, in their proportions. Who lives near a home is not known and counts for nothing here.
            """))
        """
}
