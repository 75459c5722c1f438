import Foundation

/// What is wrong with a proposed password.
enum PasswordProblem: Equatable, Sendable {
    case tooShort
    case tooLong
    /// Mostly the person's or the organisation's own names.
    case namesItsOwner
    /// One character, a sequence or a short part over and over.
    case pattern
    /// Known from a breach.
    case breached

    /// The sentence shown at the field, in the Design System's manner.
    var message: String {
        switch self {
        case .tooShort: "Password must be \(PasswordRules.lengths.lowerBound) characters or more"
        case .tooLong: "Password must be \(PasswordRules.lengths.upperBound) characters or fewer"
        case .namesItsOwner:
            "Password must not be made up of your name, your email address or your organisation’s name"
        case .pattern: "Password must not be a repeated or easy to guess sequence, like aaaaaaaaaaaa or 123456789012"
        case .breached: "Enter a different password. This one is on a list of passwords that attackers know and try"
        }
    }
}

/// Which passwords are accepted: the NCSC's advice and NIST SP 800-63B-4, section 3.1.1.2. Length, a list of known
/// passwords and common sense; no composition rules and no expiry, which make people choose worse ones.
enum PasswordRules {
    /// Characters, counted as Unicode scalars in NFC. The upper bound only limits the work.
    static let lengths = 12...128

    /// Below this many independent choices a password is a pattern, however long.
    private static let leastVaried = 9

    /// Every problem, worst first; empty when the password is good. Length problems stand alone.
    ///
    /// `names`: the person's name, email address, agency and anything else that people around them know.
    /// `isBreached`: the list's answer, asked only when nothing else is wrong.
    static func problems(
        with password: String, names: [String], isBreached: (String) throws -> Bool
    ) rethrows -> [PasswordProblem] {
        let scalars = Array(PasswordHash.normalised(password).unicodeScalars)
        if scalars.count < lengths.lowerBound { return [.tooShort] }
        if scalars.count > lengths.upperBound { return [.tooLong] }
        if variety(scalars) < leastVaried { return [.pattern] }
        if isMostly(names + ["drystone"], password) { return [.namesItsOwner] }
        return try isBreached(password) ? [.breached] : []
    }

    /// Whether names make up more than half of the password, also with digits for letters as in "dryst0ne".
    private static func isMostly(_ names: [String], _ password: String) -> Bool {
        let words = Set(names.flatMap { name in
            let plain = folded(String(name.prefix { $0 != "@" }))
            return plain.split { !$0.isLetter && !$0.isNumber }.map(String.init) + [plain.filter(\.isLetter)]
        }).filter { $0.count >= 3 }.sorted { ($0.count, $1) > ($1.count, $0) }
        return [folded(password), unmasked(folded(password))].contains { text in
            let rest = words.reduce(text) { $0.replacing($1, with: "") }
            return (text.count - rest.count) * 2 > text.count
        }
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
    }

    private static func unmasked(_ text: String) -> String {
        let masks: [Character: Character] = [
            "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
        ]
        return String(text.map { masks[$0] ?? $0 })
    }

    /// How many independent choices the password shows: a run of three or more equal or neighbouring characters
    /// counts as two, and a part repeated to the end counts once.
    private static func variety(_ scalars: [Unicode.Scalar]) -> Int {
        let period = (1...scalars.count).first { period in
            (period..<max(period, scalars.count)).allSatisfy { scalars[$0] == scalars[$0 - period] }
        }
        let unit = Array(scalars.prefix(period ?? scalars.count)).map { $0.properties.lowercaseMapping }
        var (choices, start) = (0, 0)
        while start < unit.count {
            let length = run(from: start, in: unit)
            choices += length >= 3 ? 2 : 1
            start += length >= 3 ? length : 1
        }
        return choices
    }

    /// The length of the run that starts here: equal characters, or steps of one along a row in one direction.
    private static func run(from start: Int, in unit: [String]) -> Int {
        guard start + 1 < unit.count else { return 1 }
        return steps(unit[start], unit[start + 1]).map { step in
            var end = start + 1
            while end + 1 < unit.count, steps(unit[end], unit[end + 1]).contains(step) { end += 1 }
            return end - start + 1
        }.max() ?? 1
    }

    /// The alphabet, the digits (round again after 9 and 0) and the rows of a British keyboard.
    private static let rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
        .map { $0.map(String.init) }

    private static func steps(_ a: String, _ b: String) -> Set<Int> {
        var steps: Set<Int> = a == b ? [0] : []
        for row in rows {
            for (left, right) in zip(row, row.dropFirst()) {
                if a == left, b == right { steps.insert(1) }
                if a == right, b == left { steps.insert(-1) }
            }
        }
        return steps
    }
}
