import Statistics

/// Whether a story could be told to be somebody's. Case studies are checked as tables are: so many people must be
/// alike that a small count would have to be withheld otherwise; and nothing in them may point at one.
struct StoryCheck {
    let rule: DisclosureRule
    /// Names that aren't people's: areas, agencies, what the field calls things.
    let known: Set<String>

    /// Why it can't be told; empty when it can.
    func reasons(_ words: [String], alike: EvidenceValue?) -> [String] {
        var reasons: [String] = []
        switch alike {
        case nil: break
        case .count(let count)? where count >= rule.threshold: break
        default:
            reasons.append("fewer than \(rule.threshold) people are alike, or nobody may say how many: tell less of "
                + "them, until so many are")
        }
        for text in words.map({ String($0.map { $0.isWhitespace ? " " : $0 }) }) {
            if text.contains("@") { reasons.append("it has an e-mail address") }
            if text.contains(/\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b/) { reasons.append("it has a postcode") }
            if text.contains(/\d[\d ]{7,}\d/) { reasons.append("it has a long number") }
            if text.contains(/\b\d{1,4}[\/.\-]\d{1,2}[\/.\-]\d{2,4}\b/) || text.contains(Self.day)
                || text.contains(Self.monthFirst) {
                reasons.append("it has a day: say the season or the year")
            }
            if text.contains(/(?i)\b(aged?|age of) \d{1,2}\b(?! ?(?:to|-|–) ?\d| (?:and|or) over)/)
                || text.contains(/(?i)\b\d{1,2}[ -]years?[ -]old\b/) {
                reasons.append("it has an age: say a band of ten years")
            }
        }
        return reasons
    }

    private static var day: Regex<(Substring, Substring)> {
        #/
        (?i)\b\d{1,2}(?:st|nd|rd|th)?(?:\ of)?\ (jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?
        |aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b
        /#
    }

    private static var monthFirst: Regex<(Substring, Substring)> {
        #/
        (?i)\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?
        |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\ \d{1,2}(?:st|nd|rd|th)?\b
        /#
    }

    /// Words with a capital within a sentence: perhaps a name. For a person to look at.
    func names(_ words: [String]) -> [String] {
        var found: [String] = []
        for text in words {
            var isStart = true
            for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "-" }) {
                let bare = word.filter(\.isLetter)
                if let first = bare.first, first.isUppercase, !isStart, bare.count > 1,
                    bare.dropFirst().contains(where: \.isLowercase), !known.contains(bare) {
                    found.append(bare)
                }
                isStart = word.last.map { ".!?:‘“\"'".contains($0) } ?? false
            }
        }
        return found
    }
}
