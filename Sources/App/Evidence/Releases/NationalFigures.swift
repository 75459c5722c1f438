import Pages
import Statistics

/// What refuges in England reported as a whole, beside which a partnership may look at its own.
///
/// Source: Women's Aid, On Track case management system, April 2022 to March 2023, as quoted in the government's
/// statistics: 60% of referrals were unsuccessful; of those 40.6% for want of capacity or ability to support, 35.4%
/// because the client did not accept or want it, 18.0% as not appropriate.
struct NationalFigure {
    let words: String
    /// Per thousand, so that tenths of a per cent stay whole.
    let national: Int
    /// The published counts: numerator and denominator; nil where one of them is withheld.
    let own: (part: Int, whole: Int)?

    /// "27 of 60 (45%)"; a share of few would give the few away.
    var ownWords: String {
        guard let own, own.whole >= 10 else { return "[c]" }
        return outcomeShare(own.part, of: own.whole)
    }
    var nationalWords: String { national % 10 == 0 ? "\(national / 10)%" : "\(national / 10).\(national % 10)%" }

    /// From what was released alone, so that it says nothing that wasn't.
    static func all(asked: PublishedTable?, reasons: PublishedTable?) -> [NationalFigure] {
        func answered(_ code: String) -> Int? { asked?.value([FigureTables.allAreas, code]).count }
        let whole = answered(FigureTables.totals[.asked] ?? "")
        let waiting = answered(AskedOutcome.waiting.label)
        let ended = whole.flatMap { whole in waiting.map { whole - $0 } }
        let failed = ended.flatMap { ended in answered(AskedOutcome.placed.label).map { ended - $0 } }
        let declined = answered(AskedOutcome.declined.label)
        func because(_ chosen: [HousingReason]) -> Int? {
            guard let reasons else { return nil }
            let known = Set(reasons.dimensions[0].codes)
            return chosen.map(\.label).filter(known.contains).reduce(Optional(0)) { sum, code in
                sum.flatMap { sum in reasons.value([code]).count.map { sum + $0 } }
            }
        }
        func share(_ part: Int?, of whole: Int?) -> (part: Int, whole: Int)? {
            part.flatMap { part in whole.map { (part, $0) } }
        }
        return [
            NationalFigure(words: "Not placed, of all that were answered", national: 600,
                           own: share(failed, of: ended)),
            NationalFigure(words: "No space or too few staff, of those not placed", national: 406,
                           own: share(because([.noSpace, .size, .access, .staff]), of: failed)),
            NationalFigure(words: "The household said no, of those not placed", national: 354,
                           own: share(declined, of: failed)),
            NationalFigure(words: "Not right for them, of those not placed", national: 180,
                           own: share(because([.inappropriate, .ineligible]), of: failed)),
        ]
    }
}

func nationalTable(_ figures: [NationalFigure]) -> HTML {
    """
    \(GovUK.table(
        caption: "Beside England as a whole", columns: ["Share", .numeric("Here"), .numeric("England, 2022 to 2023")],
        rows: figures.map { ["\($0.words)", "\($0.ownWords)", "\($0.nationalWords)"] }))
    <p class="govuk-body-s">England: refuge referrals recorded in On Track (Women’s Aid), April 2022 to March 2023. \
    Its reasons are those of all that failed, ours those of services that said no: look at the order, not the last \
    digit.</p>
    """
}
