import Foundation

/// How a plan fits on one side of A4: as large as it can be. A sheet that is handed over has no second page to lose.
enum PlanPaper: String, CaseIterable, Sendable {
    case large, medium, small

    /// Characters that a line surely holds, and lines that a sheet does: measured in a browser (Tests/Browser).
    private var room: (characters: Int, lines: Int) {
        switch self {
        case .large: (54, 31)
        case .medium: (66, 39)
        case .small: (78, 48)
        }
    }

    /// The largest letters in which the parts fit; nil: there is too much for one sheet.
    init?(_ parts: [String: String]) {
        let fitting = Self.allCases.first { size in
            let lines = parts.values.reduce(0) { $0 + 1 + Self.lines(of: $1, size.room.characters) }
            return lines <= size.room.lines
        }
        guard let fitting else { return nil }
        self = fitting
    }

    /// What was typed, without its empty lines.
    static func lines(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private static func lines(of text: String, _ width: Int) -> Int {
        lines(of: text).reduce(0) { $0 + ($1.unicodeScalars.count + width - 1) / width }
    }

    /// Words in the parts that would tell a stranger what the paper is, or whose: for the worker to think about.
    static func telling(in parts: [String: String], name: String) -> [String] {
        let names = name.lowercased().split(separator: " ").map(String.init).filter { $0.count > 2 }
        let text = parts.values.joined(separator: " ").lowercased()
        let written = Set(text.split { !$0.isLetter && $0 != "-" }.map(String.init))
        let found = (Self.words + names).filter { $0.contains(" ") ? text.contains($0) : written.contains($0) }
        return Array(Set(found)).sorted()
    }

    private static let words = [
        "abuse", "abused", "abuser", "abusive", "violence", "violent", "refuge", "idva", "isva", "marac", "police",
        "victim", "survivor", "perpetrator", "domestic", "injunction", "non-molestation", "helpline", "safety plan",
        "social worker", "solicitor",
    ]
}
