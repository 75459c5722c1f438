/// Answers to the 24 items of the SafeLives Dash, by number; the topics are those of the domain reference, section 13.
struct DemoDash: Sendable {
    /// "yes", "no", "dontKnow" or "notAsked" for items 1 to 24.
    let answers: [String]

    var yesCount: Int { answers.count { $0 == "yes" } }
    /// Items that could still become a yes.
    var openCount: Int { answers.count { $0 == "dontKnow" || $0 == "notAsked" } }

    /// As an assessment keeps them.
    var text: String { answers.enumerated().map { "\($0 + 1)=\($1)" }.joined(separator: " ") }

    init(yes: Set<Int>, dontKnow: Set<Int> = [], notAsked: Set<Int> = []) {
        answers = (1...24).map { item in
            yes.contains(item)
                ? "yes" : dontKnow.contains(item) ? "dontKnow" : notAsked.contains(item) ? "notAsked" : "no"
        }
    }

    /// How often each item is a yes, in a hundred, where nothing else is known.
    private static let usual = [
        44, 82, 60, 52, 58, 62, 34, 40, 14, 56, 48, 66, 24, 38, 30, 28, 18, 26, 12, 46, 54, 36, 22, 44,
    ]

    /// Answers with about `wanted` times yes that agree with what is known of the case.
    static func invented(_ wanted: Int, open: Int, _ traits: DemoTraits, _ dice: inout DemoDice) -> DemoDash {
        var weights = usual
        func set(_ item: Int, _ weight: Int) { weights[item - 1] = weight }
        set(6, traits.contains(.separated) ? 400 : 12)
        set(7, traits.contains(.children) ? (traits.contains(.separated) ? 160 : 20) : 0)
        set(8, traits.contains(.stalking) ? 400 : 12)
        set(9, traits.contains(.pregnant) ? 900 : 0)
        if traits.contains(.drink) { set(21, 300) }
        if traits.contains(.money) { set(20, 200) }
        if traits.contains(.police) { set(24, 120); set(23, 60) }
        if traits.contains(.family) { set(16, 2); set(12, 30); set(17, 50) }
        var yes: Set<Int> = []
        while yes.count < wanted {
            let options = (1...24).filter { !yes.contains($0) && weights[$0 - 1] > 0 }
            if options.isEmpty { break }
            yes.insert(dice.pick(weighted: options.map { (weights[$0 - 1], $0) }))
        }
        var (dontKnow, notAsked): (Set<Int>, Set<Int>) = ([], [])
        for _ in 0..<open {
            let item = dice.within(1...24)
            // Nobody is unsure whether there are children or a pregnancy.
            if yes.contains(item) || item == 7 || item == 9 { continue }
            if dice.chance(60) { dontKnow.insert(item) } else if !dontKnow.contains(item) { notAsked.insert(item) }
        }
        return DemoDash(yes: yes, dontKnow: dontKnow, notAsked: notAsked.subtracting(dontKnow))
    }
}

/// What is true of a case, so that its answers, notes and contacts agree with each other.
struct DemoTraits: OptionSet, Sendable {
    let rawValue: Int
    static let children = Self(rawValue: 1)
    static let pregnant = Self(rawValue: 2)
    static let separated = Self(rawValue: 4)
    static let stalking = Self(rawValue: 8)
    static let drink = Self(rawValue: 16)
    static let money = Self(rawValue: 32)
    static let immigration = Self(rawValue: 64)
    static let police = Self(rawValue: 128)
    static let court = Self(rawValue: 256)
    static let work = Self(rawValue: 512)
    static let housing = Self(rawValue: 1_024)
    static let family = Self(rawValue: 2_048)
}
