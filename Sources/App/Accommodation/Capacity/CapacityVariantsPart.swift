import Pages
import Statistics

/// What else would come out if households waited, if referrals swung over the year, or if areas were closed to one
/// another: each on its own, where the form says so.
func variantsPart(_ question: CapacityQuestion) -> HTML? {
    let manner = question.manner
    if manner.patience == nil, manner.swing == 0, question.pools.isEmpty { return nil }
    let found = CapacityVariants(question)
    var rows: [[HTML]] = []
    func add(_ what: String, _ refused: Double, _ spaces: Int?) {
        rows.append(["\(what)", "\(refused.shareText)", "\(spaces.map(String.init) ?? "not worked out")"])
    }
    if let waiting = found.waiting, let days = manner.patience {
        add("Households wait \(days.plainText) days on average: that give up", waiting.refused, waiting.spacesForTarget)
    }
    if let season = found.season {
        let worst = found.worstMonth.map { ", \($0.shareText) in the worst month" } ?? ""
        add("Referrals swing by \(manner.swing.shareText)\(worst)", season.refused, season.spacesForTarget)
    }
    if let closed = found.closed {
        for (number, area) in found.areas.enumerated() {
            let size = "\(area.pool.referrals.wholeText) a year, \(area.pool.spaces) spaces"
            add("Area \(number + 1) for itself: \(size)", area.found.refused, area.found.spacesForTarget)
        }
        add("All these areas, closed to one another", closed.refused, closed.spacesForTarget)
        var together = question.demand
        together.referrals = question.pools.reduce(0) { $0 + $1.referrals }
        let spaces = question.pools.reduce(0) { $0 + $1.spaces }
        add("The same areas, open to all", together.refused(spaces: spaces), together.spaces(target: question.target))
    }
    let tooMany: HTML? = manner.swing > 0 && found.season == nil
        ? GovUK.paragraph("The season was not worked out: too many spaces for stays as short.") : nil
    return """
        \(GovUK.heading(2, "If it is otherwise"))\(tooMany)
        \(rows.isEmpty ? HTML.empty : GovUK.table(
            caption: "Each on its own, all else as above",
            columns: ["What", .numeric("Turned away"), .numeric("Spaces for \(question.target.shareText)")],
            rows: rows))
        """
}

extension Double {
    /// "3" or "2.5".
    fileprivate var plainText: String { self == rounded() ? String(Int(self)) : String(self) }
}
