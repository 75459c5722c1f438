import Foundation
import Pages
import Postgres

/// A new programme.
struct ProgrammeForm: Equatable, Sendable {
    let agency: UUID
    let kind: ProgrammeKind
    let name: String
    let sessions: Int

    init?(_ answers: inout Answers, agencies: [RunningAgency]) {
        let agency = agencies.count == 1 ? agencies.first
            : agencies.first { $0.id.column == answers["agency"] }
        if agency == nil { answers.refuse("agency", "Select whose programme it is") }
        let kind = ProgrammeKind.required("kind", "Select what kind of programme it is", in: &answers)
        if let agency, let kind, !ProgrammeKind.offered(harming: agency.isHarming).contains(kind) {
            answers.refuse("kind", "\(agency.name) works on the other side. Select another kind")
        }
        let terms = ProgrammeChange(&answers)
        guard let agency, let kind, let terms, answers.errors.isEmpty else { return nil }
        (self.agency, self.kind, name, sessions) = (agency.id, kind, terms.name, terms.sessions)
    }
}

/// What may change about a programme.
struct ProgrammeChange: Equatable, Sendable {
    let name: String
    let sessions: Int
    let isEnded: Bool

    init?(_ answers: inout Answers) {
        name = answers.name("name", missing: "Enter what it is called")
        let sessions = answers.number("sessions", 1...100, "Enter how many sessions it has, from 1 to 100")
        isEnded = answers["ended"] == "yes"
        guard let sessions, answers.errors.isEmpty else { return nil }
        self.sessions = sessions
    }
}

/// A group of a programme.
struct GroupForm: Equatable, Sendable {
    let name: String
    let places: Int
    let startsOn: Day
    let isEnded: Bool

    init?(_ answers: inout Answers) {
        name = answers.name("name", missing: "Enter what the group is called")
        let places = answers.number("places", 1...60, "Enter how many may come, from 1 to 60")
        let day = answers.day("starts", name: "First day")
        if day == nil { answers.refuse("starts", "Enter the day of its first session") }
        isEnded = answers["ended"] == "yes"
        guard let places, let day, answers.errors.isEmpty else { return nil }
        (self.places, startsOn) = (places, day)
    }
}

/// When a session is, and what it is about.
struct SessionForm: Equatable, Sendable {
    let heldAt: Date
    let topic: String

    /// How far ahead a session is planned, and how far back one is put in, in days.
    static let reach = 400

    init?(_ answers: inout Answers, today: Day) {
        let day = answers.day("day", name: "The day")
        if day == nil { answers.refuse("day", "Enter the day of the session") }
        if let day, abs(today.days(until: day)) > Self.reach {
            answers.refuse("day", "The day must be within a year of today")
        }
        let minute = Clock.minute(answers["time"])
        if minute == nil { answers.refuse("time", "Enter when it begins, like 6:30pm or 18:30") }
        topic = answers.text("topic", most: 200, name: "What it is about")
        guard let day, let minute, answers.errors.isEmpty else { return nil }
        guard let moment = London.moment(day, minute: minute) else {
            answers.refuse("time", "There is no such time on that day: the clocks change")
            return nil
        }
        heldAt = moment
    }
}

/// Who was at a session of a group: a line for each.
struct AttendanceForm: Sendable {
    let topic: String
    let cancelled: String
    let lines: [(attendee: Attendee, state: AttendanceState, words: String, version: Int)]

    /// Only what is changed; of a session that did not take place, or is still to come, nothing.
    init?(_ answers: inout Answers, _ session: ProgrammeSession, _ attendees: [Attendee], now: Date) {
        topic = answers.text("topic", most: 200, name: "What it was about")
        cancelled = answers.text("cancelled", most: 500, name: "Why it did not take place")
        var lines: [(attendee: Attendee, state: AttendanceState, words: String, version: Int)] = []
        for one in attendees {
            let field = Self.field(one)
            guard let state = AttendanceState(rawValue: answers[field]) else { continue }
            let words = answers.text("words-\(one.place.column)", most: 1_000, name: "Note on \(one.name)")
            guard state != one.state || words != one.words else { continue }
            if !cancelled.isEmpty {
                answers.refuse(field, "\(one.name): a session that did not take place has nobody in it")
            }
            if session.heldAt > now, state != .notRecorded, state != .apologies {
                answers.refuse(field, "\(one.name): the session is still to come")
            }
            let version = Int(answers["version-\(one.place.column)"]) ?? one.version
            lines.append((one, state, words, version))
        }
        // A second press, after the first has saved, is not one that changes nothing.
        let isStale = attendees.contains { answers["version-\($0.place.column)"] != String($0.version) }
            || answers["version"] != String(session.version)
        if lines.isEmpty, topic == session.topic, cancelled == session.cancelled, !isStale, !answers.areRefused {
            answers.refuse("topic", "Nothing is changed yet. Change something, or go back")
        }
        guard answers.errors.isEmpty else { return nil }
        self.lines = lines
    }

    static func field(_ attendee: Attendee) -> String { "was-\(attendee.place.column)" }
}

/// A session of one person, and whether they came.
struct OwnSessionForm: Equatable, Sendable {
    let session: SessionForm
    let state: AttendanceState
    let words: String

    init?(_ answers: inout Answers, now: Date) {
        let session = SessionForm(&answers, today: London.day(of: now))
        let state = AttendanceState.required("was", "Select whether they came", in: &answers)
        words = answers.text("words", most: 1_000, name: "Note")
        if let session, session.heldAt > now, state != .notRecorded, state != .apologies {
            answers.refuse("was", "The session is still to come: select “Not recorded”, or apologies")
        }
        guard let session, let state, answers.errors.isEmpty else { return nil }
        (self.session, self.state) = (session, state)
    }
}

/// A session of one person, put right: whether they came, or that it should not be here. `before`: what is recorded,
/// unless somebody recorded it since the form was opened.
struct OwnSessionChange: Equatable, Sendable {
    let state: AttendanceState
    let words: String
    let cancelled: String

    init?(_ answers: inout Answers, of session: ProgrammeSession, before: (AttendanceState, String)?, now: Date) {
        let state = AttendanceState.required("was", "Select whether they came", in: &answers)
        words = answers.text("words", most: 1_000, name: "Note")
        cancelled = answers.text("cancelled", most: 500, name: "Why it did not take place")
        if let state, session.heldAt > now, state != .notRecorded, state != .apologies {
            answers.refuse("was", "The session is still to come: select “Not recorded”, or apologies")
        }
        if let before, state == before.0, words == before.1, cancelled == session.cancelled {
            answers.refuse("was", "Nothing is changed yet. Change something, or go back")
        }
        guard let state, answers.errors.isEmpty else { return nil }
        self.state = state
    }
}

extension Answers {
    fileprivate mutating func name(_ field: String, missing: String) -> String {
        let name = text(field, most: 120, name: "The name")
        if name.isEmpty { refuse(field, missing) }
        return name
    }
}
