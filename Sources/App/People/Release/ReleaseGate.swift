import Foundation

/// Something in a text that would lead its reader to somebody, or tell them of somebody.
struct GateFinding: Equatable, Sendable {
    enum Kind: String, Sendable {
        case protectedAddress, protectedNumber, address, postcode, telephone, email, school, name
        var label: String {
            switch self {
            case .protectedAddress: "A protected address"
            case .protectedNumber: "A number under which she is safe"
            case .address: "An address"
            case .postcode: "A postcode"
            case .telephone: "A telephone number"
            case .email: "An email address"
            case .school: "A school"
            case .name: "A name"
            }
        }
    }

    let kind: Kind
    /// As they stand in the text.
    let words: String
    /// Whose it is, where the record knows.
    let whose: String?

    /// Never leaves in writing, whoever decides otherwise.
    var mustGo: Bool { kind == .protectedAddress || kind == .protectedNumber }
}

/// What the record knows of a person and of those around them, to be looked for in a text.
struct GateKnowledge: Sendable {
    struct KnownAddress: Sendable {
        let address: Address
        let isProtected: Bool
        let whose: String
    }
    struct Known: Sendable {
        let words: String
        let whose: String
    }

    var addresses: [KnownAddress] = []
    /// The person's own numbers: those that they are safe under.
    var safeNumbers: [Known] = []
    /// Everybody around the person. Never the person: the letter is about them.
    var names: [Known] = []
    /// Names that may stand: the person's own, the writer's.
    var open: [String] = []
    /// The day from which the person's newest address holds.
    var movedOn: Day?
}

/// Finds in a text whose addresses, numbers, schools and names it holds, before it leaves (issue 4 of 5, release gate).
/// Patterns find what nobody recorded; what is recorded says whose it is and whether it may leave at all. It suggests:
/// a person decides, but for protected addresses and safe numbers, which are always taken out.
enum ReleaseGate {
    static let withheld = "[withheld]"

    /// Each thing once, in the order of the text. The same text and knowledge always give the same findings.
    static func findings(in text: String, _ known: GateKnowledge) -> [GateFinding] {
        var kept: [Place] = []
        for place in places(in: text, known).sorted(by: Place.isMoreTelling) {
            if !kept.contains(where: { $0.range.overlaps(place.range) }) { kept.append(place) }
        }
        var findings: [GateFinding] = []
        for place in kept.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            let finding = GateFinding(kind: place.kind, words: String(text[place.range]), whose: place.whose)
            if !findings.contains(finding) { findings.append(finding) }
        }
        return findings
    }

    /// The text without these findings, wherever they stand.
    static func redacted(_ text: String, without gone: [GateFinding]) -> String {
        // The longest first: a name may be part of an address.
        gone.sorted { $0.words.count > $1.words.count }.reduce(text) { text, finding in
            text.replacing(finding.words, with: withheld)
        }
    }

    /// Places left open in a template: "[day]".
    static func gaps(in text: String) -> [String] {
        text.matches(of: /\[[^\[\]\n]{1,60}\]/).map { String($0.output) }.filter { $0 != withheld }
    }

    private struct Place {
        let kind: GateFinding.Kind
        let range: Range<String.Index>
        var whose: String?

        /// What must go before what may; what is known before a guess; then whatever is longer, then earlier.
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

    private static func places(in text: String, _ known: GateKnowledge) -> [Place] {
        let words = Word.all(in: text)
        var places: [Place] = []
        for found in known.addresses {
            let kind = found.isProtected ? GateFinding.Kind.protectedAddress : .address
            // A flat's number alone is no address: a line needs a word besides.
            for line in found.address.lines where line.contains(where: \.isLetter) && line.contains(where: \.isNumber) {
                places += Word.runs(of: line, in: words).map { Place(kind: kind, range: $0, whose: found.whose) }
            }
        }
        for match in text.matches(of: /(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9][A-Z]{2}\b/) {
            let code = letters(text[match.range])
            let owner = known.addresses.first { letters($0.address.postcode) == code && !code.isEmpty }
            let kind = owner.map { $0.isProtected ? GateFinding.Kind.protectedAddress : .postcode } ?? .postcode
            places.append(Place(kind: kind, range: match.range, whose: owner?.whose))
        }
        for match in text.matches(of: /(?:\+44|\b0)[ ()0-9\-]{8,16}[0-9]/) where isNumber(text[match.range]) {
            let digits = significant(text[match.range])
            let owner = known.safeNumbers.first { significant($0.words) == digits }
            let kind = owner == nil ? GateFinding.Kind.telephone : .protectedNumber
            places.append(Place(kind: kind, range: match.range, whose: owner?.whose))
        }
        places += text.matches(of: /[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,200}\.[A-Za-z]{2,20}/).map {
            Place(kind: .email, range: $0.range)
        }
        // Asked only of a text that has such a word: a pattern that begins anywhere tries every word of it.
        let said = Set(words.map(\.folded))
        if !said.isDisjoint(with: ways) {
            places += text.matches(of: street).map { Place(kind: .address, range: $0.range) }
        }
        if !said.isDisjoint(with: schools) {
            places += text.matches(of: school).map { Place(kind: .school, range: $0.range) }
        }
        return places + names(in: words, known)
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

    private static func names(in words: [Word], _ known: GateKnowledge) -> [Place] {
        let open = Set(known.open.flatMap { Word.all(in: $0).map(\.folded) })
        return known.names.flatMap { name in
            let parts = Word.all(in: name.words)
            let whole = Word.runs(of: name.words, in: words)
            // Half a name is one where it is written as a name: "Will", not "will".
            let halves = parts.map(\.folded).filter { $0.count >= 3 && !open.contains($0) }.flatMap { part in
                words.filter { $0.folded == part && $0.isCapital }.map(\.range)
            }
            let standsAlone = parts.count > 1 && parts.allSatisfy { open.contains($0.folded) }
            return ((standsAlone ? [] : whole) + halves).map { Place(kind: .name, range: $0, whose: name.whose) }
        }
    }

    private static func letters(_ text: some StringProtocol) -> String {
        text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    private static func isNumber(_ text: Substring) -> Bool { (10...13).contains(text.count(where: \.isNumber)) }

    /// The last ten digits: the same with +44 and with 0.
    private static func significant(_ text: some StringProtocol) -> String {
        String(text.filter(\.isNumber).suffix(10))
    }
}

/// A word of a text, as names and addresses are compared: without case, accents and signs.
private struct Word {
    let folded: String
    let range: Range<String.Index>
    let isCapital: Bool

    static func all(in text: String) -> [Word] {
        text.split { !$0.isLetter && !$0.isNumber }.map { part in
            Word(
                folded: part.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil),
                range: part.startIndex..<part.endIndex, isCapital: part.first?.isUppercase == true)
        }
    }

    /// Where the words of `phrase` follow on one another, whatever stands between them.
    static func runs(of phrase: String, in words: [Word]) -> [Range<String.Index>] {
        let wanted = all(in: phrase).map(\.folded)
        guard !wanted.isEmpty, words.count >= wanted.count else { return [] }
        return (0...words.count - wanted.count).compactMap { start in
            let run = words[start..<start + wanted.count]
            guard run.map(\.folded) == wanted, let last = run.last else { return nil }
            return words[start].range.lowerBound..<last.range.upperBound
        }
    }
}
