import Foundation

/// A way to reach somebody.
enum Channel: String, Choice, Codable {
    case telephone, text, voicemail, email, post
    var label: String {
        switch self {
        case .telephone: "Telephone call"
        case .text: "Text message"
        case .voicemail: "Voicemail message"
        case .email: "Email"
        case .post: "Post"
        }
    }
}

/// What she said about when and how she may be contacted. Always on show to those who work with her.
struct SafeContactRule: Codable, Sendable, Equatable {
    var channels: [Channel]
    /// ISO weekdays, 1 is Monday.
    var days: [Int]
    /// London wall-clock times, "09:00" to "12:00"; the end is not included.
    var from: String
    var until: String
    /// Ring with the number withheld.
    var silentNumber: Bool

    /// In words: "Telephone call only. Tuesday, 09:00 to 12:00. Withhold the number."
    var words: String {
        let ways = channels.isEmpty ? "No way of contact is safe" : channels.map(\.label).joined(separator: ", ")
        let forbidden = Channel.allCases.filter { !channels.contains($0) }.map { $0.label.lowercased() }
        let never = forbidden.isEmpty || channels.isEmpty ? "" : " Never \(forbidden.joined(separator: ", "))."
        let named = days.sorted().map { Day.weekdays[$0 - 1] + "s" }.joined(separator: ", ")
        let when = days.count == 7 ? "Any day" : named
        let hours = from == "00:00" && until == "24:00" ? "at any time" : "\(from) to \(until)"
        return "\(ways).\(never) \(when), \(hours).\(silentNumber ? " Withhold the number." : "")"
    }

    /// Why a contact by `channel` may not be made at `moment`; nil when it may.
    func refusal(of channel: Channel, at moment: Date) -> String? {
        if !channels.contains(channel) { return "\(channel.label) is not safe for this person" }
        if !channel.isImmediate { return nil }
        let (weekday, minute) = London.weekdayAndMinute(of: moment)
        let first = Clock.minute(from) ?? 0
        let end = until == "24:00" ? 1_440 : Clock.minute(until) ?? 1_440
        if !days.contains(weekday) { return "\(Day.weekdays[weekday - 1]) is not a safe day. \(words)" }
        if minute < first || minute >= end { return "It is not a safe time. \(words)" }
        return nil
    }
}

/// The details that are shown on press only, and audited.
struct SafeContactDetail: Codable, Sendable, Equatable {
    var number: String
    var codeWord: String
    var mustNotKnow: String
    var coverStory: String
    var note: String
}

/// How a person may be contacted, as recorded last.
struct SafeContact: Sendable {
    let id: UUID
    let person: UUID
    /// Nil: she has not been asked yet.
    let rule: SafeContactRule?
    let holdsUntil: Day?
    let askedAt: Date
    /// What she said where she is on record once more. An answer there that has run out still forbids what it forbade.
    var elsewhere: [Elsewhere] = []

    /// Without what other records say: for clocks, which are the same for everybody.
    var here: SafeContact {
        var own = self
        own.elsewhere = []
        return own
    }

    /// The answer on another record of the same person.
    struct Elsewhere: Sendable {
        let person: UUID
        let rule: SafeContactRule
    }

    /// Whether an outgoing contact by `channel` may be made at `moment` (domain.md 12; issue 2 of 5, 2).
    ///
    /// "Not yet asked" and an answer that has run out are never silence: both permit one thing, a first safe call. What
    /// another record of hers forbids is forbidden.
    func verdict(_ channel: AttemptChannel, at moment: Date) -> SafeContactVerdict {
        let own = verdictHere(channel, at: moment)
        if case .refused = own { return own }
        guard let needed = channel.channel else { return own }
        let refusal = elsewhere.lazy.compactMap { $0.rule.refusal(of: needed, at: moment) }.first
        return refusal.map { .refused("Another record of this person says: \($0)") } ?? own
    }

    private func verdictHere(_ channel: AttemptChannel, at moment: Date) -> SafeContactVerdict {
        guard let rule else { return channel.isFirstSafeCall ? .firstSafeCall : .refused(Self.notAsked) }
        if let holdsUntil, London.day(of: moment) > holdsUntil {
            return channel.isFirstSafeCall ? .firstSafeCall : .refused(Self.expired)
        }
        guard let needed = channel.channel else { return .allowed }
        return rule.refusal(of: needed, at: moment).map(SafeContactVerdict.refused) ?? .allowed
    }

    /// The next moment, within two weeks, when a telephone call is safe; nil when there is none.
    func nextSafeCall(after moment: Date) -> Date? {
        guard let rule, rule.channels.contains(.telephone) else { return nil }
        let begins = Set(([rule] + elsewhere.map(\.rule)).map { Clock.minute($0.from) ?? 0 }).sorted()
        for ahead in 0..<14 {
            guard let date = London.calendar.date(byAdding: .day, value: ahead, to: moment) else { continue }
            for minute in begins {
                guard let start = London.moment(London.day(of: date), minute: minute), start >= moment,
                    verdict(.telephone, at: start) == .allowed else { continue }
                return start
            }
        }
        return nil
    }

    private static let notAsked = "She has not been asked how she may be contacted. Only a first safe call is allowed"
    private static let expired = "Her answer has run out. Ask again: only a first safe call is allowed"
}

enum SafeContactVerdict: Sendable, Equatable {
    case allowed
    /// Number withheld, neutral opening, ask for her, no message, a cover story; or through the referrer.
    case firstSafeCall
    case refused(String)
}

extension Channel {
    /// Reaches her the moment it is made: days and times matter.
    var isImmediate: Bool { self == .telephone || self == .text || self == .voicemail }
}

/// How an attempt to reach somebody was made.
enum AttemptChannel: String, Choice {
    case telephone, text, email, post, inPerson, referrer
    var label: String {
        switch self {
        case .telephone: "Telephone call"
        case .text: "Text message"
        case .email: "Email"
        case .post: "Post"
        case .inPerson: "In person"
        case .referrer: "Through the referrer"
        }
    }

    /// The channel of the rule; nil where the rule doesn't apply (she came, or somebody safe speaks with her).
    var channel: Channel? {
        switch self {
        case .telephone: .telephone
        case .text: .text
        case .email: .email
        case .post: .post
        case .inPerson, .referrer: nil
        }
    }

    /// The one outgoing contact that needs no answer yet.
    var isFirstSafeCall: Bool { self == .telephone || self == .referrer || self == .inPerson }
}
