import Foundation

/// When the team is at work: what is overdue goes to whoever is on call then. Monday to Saturday, 8 to 20, unless the
/// partnership says otherwise (domain reference, helpline hours).
struct TeamHours: Equatable, Sendable {
    /// ISO weekdays, 1 is Monday.
    let days: [Int]
    /// Minutes since midnight, London time; the end is not included.
    let opens: Int
    let closes: Int

    /// `moment` if the team is at work then, or the next time that it is; nil when it never is.
    func atWork(_ moment: Date) -> Date? {
        let (weekday, minute) = London.weekdayAndMinute(of: moment)
        if days.contains(weekday), minute >= opens, minute < closes { return moment }
        for ahead in 0...7 {
            guard let date = London.calendar.date(byAdding: .day, value: ahead, to: moment),
                days.contains(London.weekdayAndMinute(of: date).weekday),
                let start = London.moment(London.day(of: date), minute: opens), start >= moment else { continue }
            return start
        }
        return nil
    }
}

/// Somebody's turn on call.
struct OnCallTurn: Equatable, Sendable {
    let account: UUID
    let name: String
    let from: Date
    let until: Date
}

/// Whom what is overdue goes to, and from when.
struct OnCall: Equatable, Sendable {
    let hours: TeamHours
    /// Turns that have not ended, soonest first.
    let turns: [OnCallTurn]

    /// Who answers for what is overdue now: whoever is on call at this moment, or when the team is next at work.
    func answering(at now: Date) -> (turn: OnCallTurn, from: Date)? {
        guard let moment = hours.atWork(now) else { return nil }
        return turns.first { $0.from <= moment && moment < $0.until }.map { ($0, moment) }
    }

    /// "Ann Smith, on call until 20:00", "goes to Ann Smith on Monday 1 June 2026 at 08:00".
    func words(at now: Date) -> String {
        guard let (turn, from) = answering(at: now) else { return "Nobody is on the rota: tell the service manager" }
        if from > now { return "Goes to \(turn.name) on \(London.dateAndTime(from)), when the team is at work" }
        return "\(turn.name) is on call until \(London.dateAndTime(turn.until))"
    }
}
