import Foundation

extension SafeContact {
    /// Whether she may be rung at some time from `start` until `end`. "Not yet asked" and an answer that has run out
    /// permit a first safe call, which is a safe time too.
    func hasSafeTime(from start: Date, until end: Date) -> Bool {
        if case .refused = verdict(.telephone, at: start) {} else { return true }
        if let next = nextSafeCall(after: start), next < end { return true }
        guard let holdsUntil, let last = London.moment(holdsUntil, minute: 0),
            let after = London.calendar.date(byAdding: .day, value: 1, to: last) else { return false }
        return after < end
    }
}
