/// What is settled about a case before anything of it is written: enough to number the cases in the order of their
/// opening and to share out notes, while only one case at a time is worked out in full.
struct DemoPlannedCase: Sendable {
    /// Names the case's streams of chance; lower is earlier.
    let key: Int
    let agency: Int
    let opened: DemoMoment
    /// Nil while it is open.
    let closed: DemoMoment?
    let level: RiskBand
    /// Nobody ever reached the person.
    let isUnreached: Bool
    /// An earlier case of the same person, closed before this one opened.
    let earlier: Int?
    /// Its share of the notes, before scaling.
    let weight: Int

    /// The level at the first assessment.
    enum RiskBand: String, Sendable { case standard, medium, high }
}

/// All cases but those of the cast, in the order of their keys.
struct DemoPlan: Sendable {
    let cases: [DemoPlannedCase]

    /// Days of history.
    static let days = 1_095

    /// `count` cases over three years, at most one after another for a person.
    init(_ count: Int, clock: DemoClock) {
        var planned: [DemoPlannedCase] = []
        planned.reserveCapacity(count)
        // How many days ago each ended, 0 while it is open.
        var ended: [Int] = []
        for key in 0..<count {
            var dice = DemoDice(.plan, key)
            let (ago, opened) = Self.opening(key, of: count, clock: clock, &dice)
            let level: DemoPlannedCase.RiskBand = dice.pick(weighted: [(30, .high), (42, .medium), (28, .standard)])
            let isUnreached = dice.chance(6)
            let days =
                switch level {
                case _ where isUnreached: dice.within(15...34)
                case .high: 40 + dice.around(85)
                case .medium: 25 + dice.around(65)
                case .standard: 9 + dice.around(38)
                }
            // One in a hundred was never closed and nobody noticed.
            let isForgotten = dice.chance(1) && ago < 400
            let agency = dice.pick(weighted: [
                (86, DemoOrganisations.frontDoor), (8, DemoOrganisations.womensAid), (6, DemoOrganisations.freeva),
            ])
            // By nominal days, so that it is the same person whatever the weekdays do to the times.
            var earlier: Int?
            if key > 30, dice.chance(8) {
                for _ in 0..<12 where earlier == nil {
                    let candidate = dice.below(key)
                    if planned[candidate].agency == agency, ended[candidate] - ago > 25 { earlier = candidate }
                }
            }
            ended.append(isForgotten ? 0 : max(0, ago - days))
            let end = clock.atWork(opened + days * 86_400, &dice)
            let closed = end < clock.today && !isForgotten ? end : nil
            let span = max(0, min(clock.today, closed ?? clock.today) - opened) / 86_400
            let weight = 1 + (isUnreached ? 2 : min(span, 200) / 4 + (level == .high ? min(span, 60) / 3 : 0))
            planned.append(
                DemoPlannedCase(
                    key: key, agency: agency, opened: opened, closed: closed, level: level, isUnreached: isUnreached,
                    earlier: earlier, weight: weight))
        }
        cases = planned
    }

    /// Spread over the years, more of them lately; the helpline's hours, mostly.
    private static func opening(
        _ key: Int, of count: Int, clock: DemoClock, _ dice: inout DemoDice
    ) -> (ago: Int, at: DemoMoment) {
        let share = (Double(key) + dice.fraction()) / Double(count)
        // From 1,095 days ago to yesterday; the last year has a tenth more than the first.
        let elapsed = Double(days - 1) * (share * 1.05 - share * share * 0.05)
        let ago = days - Int(elapsed)
        var day = clock.day(ago: ago)
        let minute = dice.chance(92) ? dice.within(500...1_170) : dice.within(5...1_430)
        let restsOnSundays = dice.chance(85)
        if day.weekday == 7, restsOnSundays { day = day + -1 }
        return (ago, clock.moment(day, minute: minute))
    }

    /// How many notes each case gets so that there are exactly `total`, in proportion to the weights.
    static func shares(of total: Int, _ weights: [Int]) -> [Int] {
        let sum = weights.reduce(0, +)
        var (before, given) = (0, 0)
        return weights.map { weight in
            before += weight
            let upTo = total * before / max(sum, 1)
            defer { given = upTo }
            return upTo - given
        }
    }
}
