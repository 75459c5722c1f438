import Foundation

/// The course of stays: plans, support, what is in place, reviews, and what came after. A stream of chance of its own.
extension DemoGenerator {
    /// A stay as it was let: when, to how many, and how it ended.
    struct DemoStay {
        let id: UUID
        let agency: UUID
        let by: UUID
        /// Days ago.
        let from: Int
        let nights: Int
        let adults: Int
        let children: Int
        let cameBy: String
        let fromOutside: String
        let left: (String, String)?

        var until: Int { from - nights }
    }

    mutating func writeStay(_ stay: DemoStay) {
        let bytes = stay.id.uuid
        var dice = DemoDice(.stays, [bytes.0, bytes.1, bytes.2, bytes.3].reduce(0) { $0 << 8 | Int($1) })
        let planAgo = stay.from - dice.pick(weighted: [(8, dice.within(1...6)), (1, dice.within(8...14))])
        let plan = planAgo >= max(0, stay.until) ? clock.day(ago: planAgo) : nil
        var (expected, review, due): (DemoDay?, DemoDay?, DemoDay?)
        var (after, followed): (String?, String?)
        var followedOn: DemoDay?
        if stay.left == nil {
            expected = clock.day(ago: -dice.within(4...60))
            review = clock.day(ago: -dice.within(-2...35))
            due = [expected, review, plan == nil ? planDue(stay) : nil].compactMap(\.self).min()
        } else {
            after = dice.pick(["yes", "yes", "no", "notKnown"])
            let dueAgo = stay.until - Stay.followUp
            if after != "no" {
                if dueAgo > 3 {
                    (followed, followedOn) = (dice.pick(["reached", "reached", "notReached"]), clock.day(ago: dueAgo))
                } else {
                    due = clock.day(ago: dueAgo)
                }
            }
        }
        batch[.unitStay].add(
            stay.id, partnership, stay.agency, stay.adults, stay.children, stay.cameBy, stay.fromOutside, stay.left?.0,
            stay.left?.1, due, plan, expected, review,
            dice.pick(["socialTenancy", "socialTenancy", "privateTenancy", "secondStage", "notKnown"]), after,
            followedOn, followed)
        // Each time somebody was supported is kept of the last half year.
        if stay.until < 180 { writeSupport(stay, &dice) }
    }

    private func planDue(_ stay: DemoStay) -> DemoDay { working(5, after: clock.day(ago: stay.from)) }

    /// The day so many working days after another.
    func working(_ count: Int, after day: DemoDay) -> DemoDay {
        let (year, month, number) = day.civil
        guard let from = Day(year: year, month: month, day: number) else { return day }
        let due = WorkingDays.after(from, count)
        return DemoDay(year: due.year, month: due.month, day: due.day)
    }

    private mutating func writeSupport(_ stay: DemoStay, _ dice: inout DemoDice) {
        let kinds = [
            "advocacy", "advocacy", "dayToDay", "housing", "advice", "children", "counselling", "prevention",
            "characteristics", "complexNeeds",
        ]
        let last = max(0, stay.until)
        for _ in 0..<dice.within(2...9) {
            let kind = dice.pick(kinds), day = clock.day(ago: dice.within(last...stay.from))
            let isChilds = stay.children > 0 && (kind == "children" || dice.chance(20))
            let mistake: String? = dice.chance(3) ? dice.pick(["twice", "wrongDay", "wrongKind"]) : nil
            batch[.staySupport].add(
                dice.uuid(), partnership, stay.agency, stay.id, kind, isChilds ? dice.within(1...stay.children) : 0,
                day, stay.by, clock.moment(day, minute: 960), stay.by,
                mistake.map { _ in clock.moment(day, minute: 985) }, mistake.map { _ in stay.by }, mistake)
        }
        let day = clock.day(ago: max(last, stay.from - 4))
        for member in 0...stay.children {
            for kind in member == 0 ? ["gp"] : ["gp", "schoolPlace", "healthVisitor"] where dice.chance(80) {
                batch[.stayService].add(
                    dice.uuid(), partnership, stay.agency, stay.id, member, kind,
                    dice.pick(["inPlace", "inPlace", "askedFor", "notNeeded", "notKnown"]), day,
                    clock.moment(day, minute: 970), stay.by)
            }
        }
        guard stay.from - 30 > last else { return }
        let held = clock.day(ago: stay.from - 30)
        batch[.stayReview].add(
            dice.uuid(), partnership, stay.agency, stay.id, held, "goesOn", nil, clock.day(ago: stay.from - 60),
            clock.moment(held, minute: 980), stay.by)
    }
}
