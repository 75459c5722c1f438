/// A text with places to fill and choices to make: "{She} [rang|texted] about {her} [tenancy|rent]."
///
/// `[a|b]` takes one, `[a|]` takes "a" or nothing, and choices nest. `{name}` is filled from the words of the case;
/// with a capital, as `{She}`, it starts with one. Written out once when first used; a mistake stops the first test.
struct DemoPhrase: Sendable {
    private indirect enum Piece: Sendable {
        case text(String)
        case slot(DemoWords.Slot, capital: Bool)
        case choice([[Piece]])
    }

    private let pieces: [Piece]

    init(_ template: String) {
        var rest = Substring(template)
        pieces = Self.parse(&rest, nested: false)[0]
        precondition(rest.isEmpty, "unbalanced brackets in: \(template)")
    }

    /// One of the texts, with the words of a case.
    func written(_ words: DemoWords, _ dice: inout DemoDice) -> String {
        var text = ""
        text.reserveCapacity(240)
        Self.write(pieces, words, &dice, to: &text)
        return text
    }

    /// The phrases of a text, a line each.
    static func lines(_ text: String) -> [DemoPhrase] {
        text.split(separator: "\n").map { DemoPhrase(String($0)) }
    }

    private static func write(_ pieces: [Piece], _ words: DemoWords, _ dice: inout DemoDice, to text: inout String) {
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal
            case .slot(let slot, let capital):
                let word = words.word(slot, &dice)
                text += capital ? word.prefix(1).uppercased() + word.dropFirst() : word
            case .choice(let options): write(dice.pick(options), words, &dice, to: &text)
            }
        }
    }

    /// The alternatives up to a closing bracket, or the one up to the end.
    private static func parse(_ rest: inout Substring, nested: Bool) -> [[Piece]] {
        var options: [[Piece]] = [[]]
        while let character = rest.first {
            switch character {
            case "[":
                rest.removeFirst()
                options[options.count - 1].append(.choice(parse(&rest, nested: true)))
                precondition(rest.first == "]", "a choice does not end")
                rest.removeFirst()
            case "|" where nested:
                rest.removeFirst()
                options.append([])
            case "]" where nested: return options
            case "{":
                let name = rest.dropFirst().prefix { $0 != "}" }
                guard let slot = DemoWords.Slot(rawValue: name.prefix(1).lowercased() + name.dropFirst()) else {
                    preconditionFailure("no such slot: \(name)")
                }
                options[options.count - 1].append(.slot(slot, capital: name.first?.isUppercase == true))
                rest = rest.dropFirst(name.count + 2)
            default:
                let literal = rest.prefix { !"[|]{".contains($0) }
                precondition(!literal.isEmpty, "a stray \(character)")
                options[options.count - 1].append(.text(String(literal)))
                rest = rest.dropFirst(literal.count)
            }
        }
        return options
    }
}

/// What a text about one case may say without contradicting it.
struct DemoWords: Sendable {
    /// The places that a phrase may leave open.
    enum Slot: String {
        /// She, her (object), her (possessive), herself; of the person harmed.
        case she, her, hers, herself
        /// He, him, his; of the person harming.
        case he, him, his
        /// "ex-partner", "husband", "son": who the person harming is to the person harmed.
        case perp
        /// "the children", "her son".
        case kids
        /// A first name, or "client".
        case client
        /// The town, a school, a day, a working day, a time, an amount, a number from 2 to 9, a place of work.
        case town, school, day, weekday, time, amount, several, work
    }

    var female = true
    var perpFemale = false
    var perp = "partner"
    var kids = "the children"
    var given = ""
    var town = ""

    private static let schools = ["primary", "nursery", "the infants", "the academy", "breakfast club", "the juniors"]
    private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let times = ["9.30", "10am", "10.15", "11am", "half 11", "1pm", "1.30", "2pm", "14:30", "3pm"]
    private static let places = [
        "the warehouse", "the care home", "the hosiery factory", "her shop", "the school kitchen",
        "the sandwich factory",
        "the hospital", "the office", "the garden centre", "the salon", "the supermarket", "the call centre",
    ]

    func word(_ slot: Slot, _ dice: inout DemoDice) -> String {
        switch slot {
        case .she: female ? "she" : "he"
        case .her: female ? "her" : "him"
        case .hers: female ? "her" : "his"
        case .herself: female ? "herself" : "himself"
        // Where both would be "she", the text says who.
        case .he: perpFemale == female ? "the \(perp)" : perpFemale ? "she" : "he"
        case .him: perpFemale == female ? "the \(perp)" : perpFemale ? "her" : "him"
        case .his: perpFemale == female ? "the \(perp)'s" : perpFemale ? "her" : "his"
        case .perp: perp
        case .kids: kids
        case .client: given.isEmpty || dice.chance(55) ? "client" : given
        case .town: town
        case .school: dice.pick(Self.schools)
        case .day: dice.pick(Self.days)
        case .weekday: Self.days[dice.below(5)]
        case .time: dice.pick(Self.times)
        case .amount: "£\(dice.pick([20, 35, 40, 60, 85, 120, 150, 240, 310, 480, 650, 900]))"
        case .several: String(dice.within(2...9))
        case .work: female ? dice.pick(Self.places) : dice.pick(Self.places).replacing("her shop", with: "the shop")
        }
    }
}
