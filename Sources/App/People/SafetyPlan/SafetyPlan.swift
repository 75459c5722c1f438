import Foundation

/// Whom a plan is written for, and so what it asks.
enum PlanKind: String, Choice {
    case adult, child
    var label: String {
        switch self {
        case .adult: "Safety plan"
        case .child: "Child-friendly safety plan"
        }
    }

    /// What it asks, in the order of the form and of the paper.
    var sections: [PlanSection] { self == .adult ? PlanSection.adult : PlanSection.child }

    /// A plan's parts under their headings, as one text.
    func text(_ parts: [String: String]) -> String {
        sections.compactMap { section in parts[section.field].map { "\(section.label)\n\($0)" } }
            .joined(separator: "\n\n")
    }
}

/// One part of a plan: free text, and what to think of.
struct PlanSection: Sendable, Equatable {
    /// The form's field, and the name under which it is stored.
    let field: String
    let label: String
    let hint: String
    /// What stands above it on the paper, which others may find: nothing that says what it is for.
    let onPaper: String

    private init(_ field: String, _ label: String, onPaper: String, _ hint: String) {
        (self.field, self.label, self.onPaper, self.hint) = (field, label, onPaper, hint)
    }

    static let adult = [
        PlanSection("starts", "When it starts", onPaper: "First",
                    "What tells them that it is about to start? Which room has a way out, and none that is locked?"),
        PlanSection("leaving", "Leaving quickly", onPaper: "Going out",
                    "Which way out, at what time, how to get away, and where to. What is packed, and where is it?"),
        PlanSection("home", "At home", onPaper: "At home",
                    "Locks, lights, keys, who else has a key, a neighbour who would ring for help."),
        PlanSection("away", "Away from home and at work", onPaper: "Out and about",
                    "Journeys, parking, who at work or college knows, what the desk says to somebody who asks."),
        PlanSection("phone", "Phone, internet and tracking", onPaper: "Phone",
                    "Who pays for the phone, shared accounts, location, new passwords, a device nobody else has."),
        PlanSection("children", "The children", onPaper: "Children",
                    "What they know to do, who may collect them, what school or nursery knows."),
        PlanSection("money", "Money and papers", onPaper: "Money and papers",
                    "An account of their own, benefits, passports, certificates, cards: where are they, or copies?"),
        PlanSection("help", "A code word, and whom to ask for help", onPaper: "People",
                    "The word, who knows it, and what they do when they hear it."),
        PlanSection("calm", "What helps me", onPaper: "For me",
                    "Who and what does them good, what they are proud of, what to do on a bad night."),
    ]

    static let child = [
        PlanSection("tell", "Who I can tell", onPaper: "People",
                    "Grown-ups who listen: at home, in the family, at school. One is enough to start with."),
        PlanSection("go", "Where I go", onPaper: "Places",
                    "A place in the house, or next door, and the way there. Never in between."),
        PlanSection("call", "How I call for help", onPaper: "Phone",
                    "Which phone, how it opens, 999, what to say: my name, where I am, what is happening."),
        PlanSection("word", "My word", onPaper: "My word",
                    "A word or a picture to send, and what whoever gets it does then."),
        PlanSection("better", "What makes me feel better", onPaper: "Good things",
                    "Games, music, a pet, a person, a thing to hold."),
    ]
}

/// What makes a plan out of date before its day.
enum PlanEvent: String, Choice {
    case release, hearing, move, separation, contactArrangement, orderEnds
    var label: String {
        switch self {
        case .release: "Somebody is released from prison or custody"
        case .hearing: "A court hearing"
        case .move: "A move"
        case .separation: "A separation"
        case .contactArrangement: "A change in when children see a parent"
        case .orderEnds: "An order ends"
        }
    }
}

/// One version of somebody's plan.
struct SafetyPlan: Sendable {
    let id: UUID
    let kind: PlanKind
    /// 1 for the first; a new one for every save.
    let version: Int
    /// What was written, by the section's field. A part that was left empty is not there.
    let parts: [String: String]
    let reviewOn: Day
    let reviewWhen: PlanEvent?
    let writtenAt: Date
    let writtenBy: String
    /// No newer version has taken its place.
    let isCurrent: Bool
    /// What moved the risk and was recorded after this was written, in the order of the days from which each proposes
    /// that the plan is looked at again. A new version, also one that says the same, answers them all.
    let movedBy: [ProposingEvent]

    /// By when it is to be looked at again: the day that was set, or an event's if that comes first.
    var due: Day { min(reviewOn, movedBy.first?.proposesOn ?? reviewOn) }

    /// What proposes it by now.
    func moved(by today: Day) -> [ProposingEvent] { isCurrent ? movedBy.filter { $0.proposesOn <= today } : [] }
}

/// A version as a list shows it: never its words.
struct PlanVersion: Sendable {
    let id: UUID
    let kind: PlanKind
    let version: Int
    let writtenAt: Date
    let writtenBy: String
}
