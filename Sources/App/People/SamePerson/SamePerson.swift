import Foundation
import Pages
import Postgres

/// What agrees between two records, as the database found it.
enum AgreeingFact: String, Choice {
    case name, otherName, soundsLike, birth, birthTurned, phone, postcode
    var label: String {
        switch self {
        case .name: "Name"
        case .otherName: "A former name or alias"
        case .soundsLike: "Name sounds alike"
        case .birth: "Date of birth"
        case .birthTurned: "Date of birth, day and month swapped"
        case .phone: "Telephone"
        case .postcode: "Postcode"
        }
    }

    static func all(_ words: [String]) -> [AgreeingFact] { words.compactMap(AgreeingFact.init(rawValue:)) }

    /// In a sentence: "Name, date of birth".
    static func words(_ facts: [AgreeingFact]) -> String {
        guard let first = facts.first else { return "Nothing that is recorded on both" }
        return ([first.label] + facts.dropFirst().map { $0.label.lowercased() }).joined(separator: ", ")
    }
}

/// Why a link no longer holds, or never did.
enum SameEnd: String, Choice {
    /// Somebody said at once that they are two people.
    case notSame
    /// The second person did not agree; whoever proposed it took it back; it was undone after it had been confirmed.
    case refused, takenBack, undone
    var label: String {
        switch self {
        case .notSame: "Not the same person"
        case .refused: "Not confirmed"
        case .takenBack: "Taken back"
        case .undone: "Undone"
        }
    }
}

/// That two records of one agency are, or are not, the same person: who said so, on what evidence, what became of it.
struct SamePerson: Sendable {
    let id: UUID
    let agrees: [AgreeingFact]
    let words: String
    let proposedAt: Date
    let proposedBy: UUID
    let proposer: String
    let confirmedAt: Date?
    let confirmer: String?
    let confirmedWords: String
    let endedAt: Date?
    let ender: String?
    let because: SameEnd?
    let endedWords: String

    enum State: Equatable, Sendable {
        case waiting, linked, ended(SameEnd)
    }

    var state: State {
        if let because { return .ended(because) }
        return confirmedAt == nil ? .waiting : .linked
    }
}

/// Two records side by side, what was said of them before, and what ties them so that they can't be one person.
struct TwoRecords: Sendable {
    let person: Person
    let other: Person
    let agrees: [AgreeingFact]
    /// Newest first.
    let history: [SamePerson]
    /// One is recorded as harming the other, or as their child.
    let areTied: Bool

    /// What waits or holds now.
    var standing: SamePerson? { history.first { $0.endedAt == nil } }

    var path: String { PersonTie(kind: .same, person: person.id).base + "/\(other.id.column)" }
}

/// Another record that is, or may be, the same person, as a person's page names it.
struct LinkedRecord: Sendable {
    let person: UUID
    let name: String
    let birth: Birth
    /// Somebody asked, and nobody has confirmed it yet.
    let isWaiting: Bool
    /// Linked to this record itself, not to one that is linked to it.
    let isDirect: Bool

    /// Each record once: as linked before as asked about, and by itself before through another.
    static func each(_ rows: [LinkedRecord]) -> [LinkedRecord] {
        var best: [LinkedRecord] = []
        for row in rows {
            guard let place = best.firstIndex(where: { $0.person == row.person }) else {
                best.append(row)
                continue
            }
            if row.rank < best[place].rank { best[place] = row }
        }
        return best
    }

    private var rank: Int { isWaiting ? 2 : isDirect ? 0 : 1 }
}

/// Two records that may be the same person, as the list of them shows it.
struct PossibleDuplicate: Sendable {
    let person: UUID
    let name: String
    let birth: Birth
    let other: UUID
    let otherName: String
    let otherBirth: Birth
    let agrees: [AgreeingFact]
    /// Who asked and when, where it waits for a second person.
    var asked: (by: String, at: Date)?

    var path: String { PersonTie(kind: .same, person: person).base + "/\(other.column)" }
}
