import Foundation
import Pages

/// Whom a privacy notice is for. Pages for anybody name them neutrally: nothing there says what the service is for.
enum Audience: String, Choice {
    case people, children, named, professionals, staff
    /// In the register.
    var label: String {
        switch self {
        case .people: "Survivors"
        case .children: "Children and young people"
        case .named: "People on the other side"
        case .professionals: "Referrers and professionals"
        case .staff: "Staff"
        }
    }
    /// On public pages.
    var publicLabel: String {
        switch self {
        case .people: "People we support"
        case .children: "Children and young people"
        case .named: "People whom others tell us about"
        case .professionals: "Professionals who send people to us"
        case .staff: "People who work here"
        }
    }
}

/// A notice that was published.
struct PrivacyNotice: Sendable {
    let version: Int
    let validFrom: Day
    let body: String
    let recordedAt: Date
    let by: String
}

/// A notice to be published, as typed.
struct NoticeForm: Equatable, Sendable {
    let audience: Audience
    let validFrom: Day
    let body: String

    static let most = 20_000

    init?(_ answers: inout Answers, _ audience: Audience, today: Day) {
        self.audience = audience
        body = answers.text("body", most: Self.most, name: "The notice")
        if body.isEmpty { answers.refuse("body", "Enter the notice") }
        let from = answers.day("valid", name: "The day")
        if from == nil { answers.refuse("valid", "Enter from which day it is valid") }
        if let from, from < today { answers.refuse("valid", "The day must be today or later") }
        if let from, from > today.adding(366) { answers.refuse("valid", "The day must be within a year") }
        if !answers["plain-words"].isEmpty, answers["plain-words"] != "yes" {
            answers.refuse("plain-words", "Tick it, or leave it")
        }
        if answers["plain-words"].isEmpty {
            answers.refuse("plain-words", "Confirm that nothing in it says what the service is for")
        }
        guard let from, answers.errors.isEmpty else { return nil }
        validFrom = from
    }
}
