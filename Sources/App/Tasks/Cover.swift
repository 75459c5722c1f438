import Foundation

/// A colleague who is away, seen by whoever covers for them.
struct Cover: Sendable {
    let name: String
    let until: Date
}

/// What somebody finds when they come back to their list.
struct SinceLastLook: Sendable {
    /// Cases of theirs on which a colleague did something since they last opened them: up to 100.
    let changedCases: Int
    let covers: [Cover]
}
