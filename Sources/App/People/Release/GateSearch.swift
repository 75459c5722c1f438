import Foundation

/// What the record knows, made ready to be looked for in many texts. The same text and knowledge always give the same
/// findings.
struct GateSearch: Sendable {
    private struct Line {
        let words: [String]
        let kind: GateFinding.Kind
        let whose: String
    }
    private struct Name {
        let whole: [String]
        /// Half a name is one where it is written as a name: "Will", not "will".
        let halves: Set<String>
        let whose: String
    }
    private struct Owner {
        let kind: GateFinding.Kind
        let whose: String
    }

    private let lines: [Line]
    private let names: [Name]
    /// By their letters and digits.
    private let postcodes: [String: Owner]
    /// By their last ten digits.
    private let numbers: [String: Owner]

    init(_ known: GateKnowledge) {
        lines = known.addresses.flatMap { found in
            // A flat's number alone is no address: a line needs a word besides.
            let telling = found.address.lines.filter { line in
                line.contains(where: \.isLetter) && line.contains(where: \.isNumber)
            }
            return telling.map { line in
                Line(
                    words: GateWord.all(in: line).map(\.folded),
                    kind: found.isProtected ? .protectedAddress : .address, whose: found.whose)
            }
        }
        postcodes = Dictionary(
            known.addresses.map { found in
                let kind = found.isProtected ? GateFinding.Kind.protectedAddress : .postcode
                return (Self.letters(found.address.postcode), Owner(kind: kind, whose: found.whose))
            }, uniquingKeysWith: { first, _ in first })
        numbers = Dictionary(
            known.safeNumbers.map { (Self.significant($0.words), Owner(kind: .protectedNumber, whose: $0.whose)) },
            uniquingKeysWith: { first, _ in first })
        let open = Set(known.open.flatMap { GateWord.all(in: $0).map(\.folded) })
        names = known.names.map { name in
            let parts = GateWord.all(in: name.words).map(\.folded)
            let standsAlone = parts.count > 1 && parts.allSatisfy(open.contains)
            return Name(
                whole: standsAlone ? [] : parts, halves: Set(parts.filter { $0.count >= 3 && !open.contains($0) }),
                whose: name.whose)
        }
    }

    /// Each thing once, in the order of the text.
    func findings(in text: String) -> [GateFinding] {
        var kept: [Place] = []
        for place in places(in: text).sorted(by: Place.isMoreTelling) {
            if !kept.contains(where: { $0.range.overlaps(place.range) }) { kept.append(place) }
        }
        var findings: [GateFinding] = []
        for place in kept.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            let finding = GateFinding(kind: place.kind, words: String(text[place.range]), whose: place.whose)
            if !findings.contains(finding) { findings.append(finding) }
        }
        return findings
    }

    private struct Place {
        let kind: GateFinding.Kind
        let range: Range<String.Index>
        var whose: String?

        /// What must go before what may; what is known before a guess; then whatever stands earlier.
        static func isMoreTelling(_ one: Place, _ other: Place) -> Bool {
            if one.rank != other.rank { return one.rank < other.rank }
            return one.range.lowerBound < other.range.lowerBound
        }

        private var rank: Int {
            switch (kind, whose) {
            case (.protectedAddress, _), (.protectedNumber, _): 0
            case (.address, _), (.school, _), (.email, _), (.telephone, _), (.postcode, _): whose == nil ? 2 : 1
            case (.name, _): 3
            }
        }
    }

    private func places(in text: String) -> [Place] {
        let words = GateWord.all(in: text)
        var places = lines.flatMap { line in
            words.runs(of: line.words).map { Place(kind: line.kind, range: $0, whose: line.whose) }
        }
        places += patterns(in: text, words)
        for name in names {
            let ranges = words.runs(of: name.whole)
                + words.filter { $0.isCapital && name.halves.contains($0.folded) }.map(\.range)
            places += ranges.map { Place(kind: .name, range: $0, whose: name.whose) }
        }
        return places
    }

    /// Each pattern is asked only of a text that has what it can't be without: one that may begin anywhere tries every
    /// letter.
    private func patterns(in text: String, _ words: [GateWord]) -> [Place] {
        let signs = Signs(of: text)
        var places: [Place] = []
        if signs.hasCode {
            for match in text.matches(of: /(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9][A-Z]{2}\b/) {
                let owner = postcodes[Self.letters(text[match.range])]
                places.append(Place(kind: owner?.kind ?? .postcode, range: match.range, whose: owner?.whose))
            }
        }
        if signs.digits >= 10 {
            for match in text.matches(of: /(?:\+44|\b0)[ ()0-9\-]{8,16}[0-9]/) where isNumber(text[match.range]) {
                let owner = numbers[Self.significant(text[match.range])]
                places.append(Place(kind: owner?.kind ?? .telephone, range: match.range, whose: owner?.whose))
            }
        }
        if signs.hasAt {
            places += text.matches(of: /[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,200}\.[A-Za-z]{2,20}/).map {
                Place(kind: .email, range: $0.range)
            }
        }
        if Self.mayNameStreet(words) {
            places += text.matches(of: Self.street).map { Place(kind: .address, range: $0.range) }
        }
        if words.contains(where: { Self.schools.contains($0.folded) }) {
            places += text.matches(of: Self.school).map { Place(kind: .school, range: $0.range) }
        }
        return places
    }

    private static let ways: Set = [
        "street", "road", "lane", "close", "avenue", "drive", "court", "way", "place", "gardens", "crescent", "terrace",
        "grove", "hill", "row", "square", "walk", "house", "mews", "park", "rise", "view",
    ]
    private static let schools: Set = ["school", "academy", "college", "nursery", "preschool"]

    /// "14 Willow Court": a number, up to three words, a word for a way.
    private static var street: Regex<Substring> {
        #/
        (?i)\b\d{1,4}[a-z]?,?\x20(?:[\p{L}'’\-]{2,20}\x20){1,3}
        (?:street|road|lane|close|avenue|drive|court|way|place|gardens|crescent|terrace|grove|hill|row|square|walk
          |house|mews|park|rise|view)\b
        /#
    }

    private static var school: Regex<Substring> {
        /\b(?:\p{Lu}[\p{L}'’.\-]{1,20} ){1,4}(?:School|Academy|College|Nursery|Pre-?school)\b/
    }

    /// Whether a word for a way follows a number at all. The pattern's three words may be more here, where they have an
    /// apostrophe or a hyphen.
    private static func mayNameStreet(_ words: [GateWord]) -> Bool {
        var sinceNumber = Int.max
        for word in words {
            if word.folded.first?.isNumber == true {
                sinceNumber = 0
            } else if sinceNumber < 12 {
                sinceNumber += 1
                if ways.contains(word.folded) { return true }
            }
        }
        return false
    }

    private static func letters(_ text: some StringProtocol) -> String {
        text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    private func isNumber(_ text: Substring) -> Bool { (10...13).contains(text.count(where: \.isNumber)) }

    /// The last ten digits: the same with +44 and with 0.
    private static func significant(_ text: some StringProtocol) -> String {
        String(text.filter(\.isNumber).suffix(10))
    }
}

/// What a text's bytes say at once of what it can hold.
private struct Signs {
    var digits = 0
    var hasAt = false
    /// A digit and two letters, as every postcode ends. Any letter beyond ASCII counts: some fold to one of it.
    var hasCode = false

    init(of text: String) {
        var run = 0
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39: (digits, run) = (digits + 1, 1)
            case 0x41...0x5A, 0x61...0x7A, 0x80...: run = run == 0 ? 0 : run + 1
            default: run = 0
            }
            if run == 3 { hasCode = true }
            if byte == 0x40 { hasAt = true }
        }
    }
}
