import Foundation

/// One answer to "how may we contact you?", or the record that it has not been asked yet.
struct DemoSafeContact: Sendable {
    /// Nil when it has not been asked yet.
    var rule: SafeContactRule?
    var detail: SafeContactDetail?
    var holdsUntil: DemoDay?
    var askedAt: DemoMoment
    /// Index of the colleague who asked.
    var by: Int
}

extension DemoSafeContact {
    /// The next moment after `earliest` at which a call or text would keep to the answer; nil within 60 days of none.
    func next(after earliest: DemoMoment, clock: DemoClock, _ dice: inout DemoDice) -> DemoMoment? {
        guard let rule else { return clock.atWork(earliest, &dice) }
        guard !rule.channels.isEmpty, !rule.days.isEmpty else { return nil }
        let (from, until) = (max(Self.minute(rule.from), 540), min(Self.minute(rule.until), 1_190))
        guard from < until else { return nil }
        var (day, minute) = clock.local(earliest)
        for _ in 0..<60 {
            let first = max(from, minute + 1)
            if rule.days.contains(day.weekday), first < until {
                return clock.moment(day, minute: dice.within(first...(until - 1)))
            }
            (day, minute) = (day + 1, 0)
        }
        return nil
    }

    /// Whether it has run out by the day.
    func hasExpired(on day: DemoDay) -> Bool { holdsUntil.map { $0 < day } ?? false }

    /// "09:30" as 570.
    static func minute(_ text: String) -> Int {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        return parts.count == 2 ? parts[0] * 60 + parts[1] : 0
    }

    /// An answer of one of many shapes, invented.
    static func invented(
        number: String, perp: String, askedAt: DemoMoment, by: Int, clock: DemoClock, _ dice: inout DemoDice
    ) -> DemoSafeContact {
        let rule = shape(&dice)
        var detail = SafeContactDetail(number: number, codeWord: "", mustNotKnow: "", coverStory: "", note: "")
        if dice.chance(38) { detail.codeWord = dice.pick(codeWords) }
        if dice.chance(70) {
            detail.mustNotKnow = dice.pick(["\(perp)", "\(perp) and \(perp)'s family", "anyone at home"])
        }
        if dice.chance(42) { detail.coverStory = dice.pick(coverStories) }
        if rule.channels == [.email] { detail.number = "" }
        if rule.channels.isEmpty { detail.note = "Will ring us. Reachable through the referrer only." }
        if detail.note.isEmpty, dice.chance(30) { detail.note = dice.pick(notes) }
        let asked = clock.local(askedAt).day
        let holds: DemoDay? = dice.chance(62) ? nil : asked + dice.pick([7, 14, 28, 28, 56, 90, 180])
        return DemoSafeContact(rule: rule, detail: detail, holdsUntil: holds, askedAt: askedAt, by: by)
    }

    private static func shape(_ dice: inout DemoDice) -> SafeContactRule {
        func rule(_ channels: [Channel], _ days: [Int], _ from: String, _ until: String, silent: Bool)
            -> SafeContactRule
        {
            SafeContactRule(channels: channels, days: days, from: from, until: until, silentNumber: silent)
        }
        let (week, all) = ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7])
        switch dice.below(100) {
        case ..<18: return rule([.telephone, .text, .voicemail, .email], all, "00:00", "24:00", silent: false)
        case ..<30: return rule([.telephone, .text], all, "09:00", "20:00", silent: dice.chance(50))
        case ..<48: return rule([.telephone], week, "09:15", "14:45", silent: true)
        case ..<56: return rule([.telephone], [dice.within(1...5)], "09:00", "12:00", silent: true)
        case ..<63: return rule([.telephone, .text], [2, 4], "10:00", "12:30", silent: true)
        case ..<74: return rule([.text, .telephone], week, "09:30", "15:00", silent: dice.chance(70))
        case ..<80: return rule([.text], all, "09:00", "17:00", silent: false)
        case ..<87: return rule([.telephone], week, "12:00", "13:00", silent: true)
        case ..<91: return rule([.telephone, .voicemail], [1, 3, 5], "17:30", "19:30", silent: false)
        case ..<95: return rule([.email], all, "00:00", "24:00", silent: false)
        case ..<97: return rule([.telephone, .post], week, "09:00", "17:00", silent: false)
        default: return rule([], [], "00:00", "24:00", silent: true)
        }
    }

    private static let codeWords = DemoCohorts.split(
        """
        blue bicycle, gooseberry, the library book, marmalade, Tuesday club, paprika, the piano, bluebell, crossword,
        the green coat, allotment, tambourine, pickle, Scarborough, postcard, wallpaper
        """)
    private static let coverStories = DemoCohorts.split(
        """
        The library about a reservation, The dentist's recall, School about the trip money,
        The catalogue about a parcel, Work about the rota, The church about the rota for flowers,
        A survey, The optician, Slimming club, The college about evening classes
        """)
    private static let notes = DemoCohorts.split(
        """
        Answers on the second ring or not at all, Phone is on the joint contract: nothing in writing, New phone soon,
        Children may answer, Speak slowly, Hearing aid: wait for an answer, Shares the phone with a sister,
        Rings back from work, Ask for the time first and listen to the voice
        """)
}
