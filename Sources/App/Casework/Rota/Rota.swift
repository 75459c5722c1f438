import Foundation
import Pages
import Postgres

/// What a line of the rota says.
enum RotaKind: String, Choice {
    case onCall, away
    var label: String {
        switch self {
        case .onCall: "On call"
        case .away: "Away"
        }
    }
    var hint: String? {
        switch self {
        case .onCall: "What is overdue goes to them. One person at a time."
        case .away: "What waits for them goes to whoever covers. Without cover their cases show as minded by nobody."
        }
    }
}

/// A line of the rota.
struct RotaLine: Sendable {
    let id: UUID
    let kind: RotaKind
    let name: String
    let coveredBy: String?
    let from: Date
    let until: Date
}

/// Putting somebody on the rota: whole minutes, London time.
struct RotaForm: Equatable, Sendable {
    let kind: RotaKind
    let account: UUID
    let agency: UUID
    /// Who covers for somebody who is away.
    let cover: UUID?
    let from: Date
    let until: Date
    /// Nobody plans further.
    static let longestDays = 366.0

    init?(_ answers: inout Answers, colleagues: [RotaColleague], now: Date) {
        let kind = RotaKind.required("kind", "Select whether they are on call or away", in: &answers)
        let who = colleagues.first { $0.choice.value == answers["who"] }
        if who == nil { answers.refuse("who", "Select who it is") }
        let cover = colleagues.first { $0.choice.value == answers["cover"] }
        if kind == .onCall, cover != nil {
            answers.refuse("cover", "Leave out who covers, or say that they are away")
        } else if let cover, let who, cover.account == who.account || cover.agency != who.agency {
            answers.refuse("cover", "Select another colleague of the same organisation")
        } else if cover == nil, answers["cover"] != "" {
            answers.refuse("cover", "Select who covers from the list")
        }
        let from = Self.moment("from", "from-time", "Start", &answers)
        let until = Self.moment("until", "until-time", "End", &answers)
        if let from, let until {
            if until <= from { answers.refuse("until", "End must be after the start") }
            if until < now { answers.refuse("until", "End must be in the future") }
            if until.timeIntervalSince(from) > Self.longestDays * 86_400 {
                answers.refuse("until", "End must be within a year of the start")
            }
        }
        guard let kind, let who, let from, let until, answers.errors.isEmpty else { return nil }
        (self.kind, account, agency, self.cover) = (kind, who.account, who.agency, cover?.account)
        (self.from, self.until) = (from, until)
    }

    private static func moment(_ field: String, _ time: String, _ name: String, _ answers: inout Answers) -> Date? {
        let day = answers.day(field, name: name)
        if day == nil, answers.error(for: field) == nil {
            answers.refuse(field, "Enter the day of the \(name.lowercased())")
        }
        let minute = Clock.minute(answers[time])
        if minute == nil { answers.refuse(time, "\(name) time must be a time, like 9am or 20:00") }
        guard let day, let minute else { return nil }
        let moment = London.moment(day, minute: minute)
        if moment == nil { answers.refuse(time, "\(name) time must be one that the clocks don’t skip") }
        return moment
    }
}

/// Somebody at an agency who may be on the rota.
struct RotaColleague: Sendable {
    let account: UUID
    let agency: UUID
    let name: String
    var choice: GovUK.Choice { GovUK.Choice("\(account.column) \(agency.column)", name) }
}
