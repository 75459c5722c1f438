import Foundation
import Pages

/// One kind of thing that stands on a child's own record (domain.md 19).
enum ChildEntryKind: String, Choice {
    case worker, voice, harm, setting, care, contact, goal
    var label: String {
        switch self {
        case .worker: "Their worker"
        case .voice: "In their own words"
        case .harm: "What they saw, heard or went through"
        case .setting: "School or other setting"
        case .care: "Social care"
        case .contact: "Time with a parent"
        case .goal: "Something they want"
        }
    }

    /// The words among which the form asks for one, and what it asks.
    var words: (legend: String, options: [GovUK.Choice])? {
        switch self {
        case .worker, .voice: nil
        case .harm: ("Which was it?", ChildHarm.options)
        case .setting: ("Where do they spend the day?", ChildSetting.options)
        case .care: ("How does social care work with them?", SocialCare.options)
        case .contact: ("What time do they have together?", ParentContact.options)
        case .goal: ("How does it stand?", GoalState.options)
        }
    }

    /// A stored word, as a reader sees it.
    func label(of word: String) -> String {
        words?.options.first { $0.value == word }?.label ?? ""
    }

    var dayQuestion: String {
        switch self {
        case .worker: "From when?"
        case .voice: "When did they say it?"
        case .harm: "When was it, or when did they tell of it?"
        case .setting, .care, .contact: "Since when, as far as is known?"
        case .goal: "When did they say so?"
        }
    }

    /// What is written down of it, in the order of the form; sealed with the child's key.
    var fields: [ChildField] {
        switch self {
        case .worker: []
        case .voice: [
            ChildField("words", "What did they say?", "Their words, not ours.", most: 4_000, rows: 6,
                       missing: "Enter what they said"),
            ChildField("heard", "Who heard it?", "Leave empty if you did.", most: 200),
        ]
        case .harm: [
            ChildField("words", "What was it?", nil, most: 4_000, rows: 6, missing: "Enter what it was"),
            ChildField("heard", "Who told of it?", "The child, or somebody else.", most: 200),
        ]
        case .setting: [
            ChildField("name", "Its name", "Leave empty where there is none.", most: 200),
            ChildField("reach", "How to reach it", nil, most: 500, rows: 2),
            ChildField("knows", "Who there knows, and what they were told", nil, most: 1_000, rows: 3),
        ]
        case .care: [
            ChildField("name", "Social worker or other lead", "May be left empty.", most: 200),
            ChildField("reach", "How to reach them", nil, most: 500, rows: 2),
            ChildField("note", "What is agreed", nil, most: 2_000, rows: 3),
        ]
        case .contact: [ChildField("note", "What is agreed or ordered", nil, most: 2_000, rows: 3)]
        case .goal: [
            ChildField("words", "What do they want?", "As they would say it, so that they can read it.", most: 500,
                       rows: 2, missing: "Enter what they want"),
            ChildField("steps", "What we do about it", "Short, and in words of their age.", most: 1_000, rows: 3),
        ]
        }
    }
}

/// A part of an entry that takes words.
struct ChildField: Sendable {
    let name: String
    let label: String
    let hint: String?
    let most: Int
    /// One: a single line.
    let rows: Int
    /// What is said when it is left empty; nil: it may be.
    let missing: String?

    init(_ name: String, _ label: String, _ hint: String?, most: Int, rows: Int = 1, missing: String? = nil) {
        (self.name, self.label, self.hint) = (name, label, hint)
        (self.most, self.rows, self.missing) = (most, rows, missing)
    }
}

/// How abuse reached the child, who is a victim of it each way (Domestic Abuse Act 2021, section 3).
enum ChildHarm: String, Choice {
    case saw, heard, experienced
    var label: String {
        switch self {
        case .saw: "They saw it"
        case .heard: "They heard it"
        case .experienced: "They went through it, or through what came of it"
        }
    }
}

/// Where a child spends the day.
enum ChildSetting: String, Choice {
    case nursery, childminder, school, college, home, other, none
    var label: String {
        switch self {
        case .nursery: "Nursery or playgroup"
        case .childminder: "Childminder"
        case .school: "School"
        case .college: "College or training"
        case .home: "Taught at home"
        case .other: "Somewhere else"
        case .none: "Nowhere at present"
        }
    }
}

/// How children's social care works with a child.
enum SocialCare: String, Choice {
    case none, earlyHelp, childInNeed, childProtection, lookedAfter, careLeaver, notAsked, notKnown
    var label: String {
        switch self {
        case .none: "Not at all"
        case .earlyHelp: "Early help"
        case .childInNeed: "Child in need (section 17)"
        case .childProtection: "Child protection (section 47)"
        case .lookedAfter: "Looked after"
        case .careLeaver: "Care leaver"
        case .notAsked: "Not asked"
        case .notKnown: "Not known"
        }
    }

    var colour: GovUK.TagColour {
        switch self {
        case .childProtection: .red
        case .childInNeed, .lookedAfter: .orange
        case .earlyHelp, .careLeaver: .blue
        case .none, .notAsked, .notKnown: .grey
        }
    }
}

/// What time a child has with an adult.
enum ParentContact: String, Choice {
    case none, indirect, supervised, unsupervised, livesWith, notAsked, notKnown
    var label: String {
        switch self {
        case .none: "None"
        case .indirect: "Indirect: letters, calls or messages"
        case .supervised: "Supervised"
        case .unsupervised: "Not supervised"
        case .livesWith: "They live together"
        case .notAsked: "Not asked"
        case .notKnown: "Not known"
        }
    }
}

/// On what an arrangement rests.
enum ContactBasis: String, Choice {
    case order, socialCare, agreement, nothing, notKnown
    var label: String {
        switch self {
        case .order: "A court’s order"
        case .socialCare: "What social care decided"
        case .agreement: "What the parents agreed"
        case .nothing: "Nothing: it happens so"
        case .notKnown: "Not known"
        }
    }
}

/// How something stands that the child wants.
enum GoalState: String, Choice {
    case wanted, started, reached, letGo
    var label: String {
        switch self {
        case .wanted: "Not begun"
        case .started: "Begun"
        case .reached: "Done"
        case .letGo: "Not wanted any more"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .wanted: .yellow
        case .started: .blue
        case .reached: .green
        case .letGo: .grey
        }
    }
}

/// One thing that stands on a child's own record.
struct ChildEntry: Sendable {
    /// How it came to an end: a newer one took its place, or it was taken back.
    struct End: Sendable {
        let at: Date
        let by: String
        /// The one that took its place.
        let next: UUID?
        /// Why it was taken back; empty where it was not.
        let reason: String
    }

    let id: UUID
    let kind: ChildEntryKind
    let word: String
    let day: Day
    let adult: UUID?
    let adultName: String?
    let basis: ContactBasis?
    /// The order on which an arrangement rests, where it is on record here.
    let order: OrderOnRecord?
    let worker: UUID?
    let workerName: String?
    let isProtected: Bool
    /// What was written, by field; of a setting nothing, unless it was revealed.
    let body: [String: String]
    let recordedAt: Date
    let by: String
    let end: End?

    var holds: Bool { end == nil }
}

/// An order that is on record around a child.
struct OrderOnRecord: Sendable, Equatable {
    let id: UUID
    let kind: OrderKind
    let madeOn: Day
    let until: Day?

    /// "Non-molestation order, made 3 May 2026, until 3 May 2027".
    var words: String { "\(kind.label), made \(madeOn), \(until.map { "until \($0)" } ?? "until further order")" }
}

/// Somebody who may be a child's worker.
struct ChildColleague: Sendable {
    let id: UUID
    let name: String
    let isForChildren: Bool
}

/// From what a form about a child chooses.
struct ChildChoices: Sendable {
    var adults: [(id: UUID, name: String)] = []
    var orders: [OrderOnRecord] = []
    var workers: [ChildColleague] = []
}
