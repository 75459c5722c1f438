import Foundation
import Pages

/// A breach as anybody who works here reports it.
struct DataBreachForm: Equatable, Sendable {
    let agency: UUID
    let since: Date
    let what: String

    static let most = 4_000

    init?(_ answers: inout Answers, agencies: [UUID], now: Date) {
        what = answers.text("what", most: Self.most, name: "What happened")
        if what.isEmpty { answers.refuse("what", "Enter what happened") }
        let since = answers.pastMoment("noticed", missing: "Enter the day on which you noticed it", now: now)
        let agency = answers.ownAgency(of: agencies)
        guard let since, let agency, answers.errors.isEmpty else { return nil }
        (self.since, self.agency) = (since, agency)
    }
}

/// A request or a complaint as whoever takes it puts it down.
struct DataRequestForm: Equatable, Sendable {
    let kind: DataMatterKind
    let agency: UUID
    let since: Date
    let told: DataWords
    /// Of the case, where whoever writes may see it.
    let reference: String
    /// The day that the request itself sets.
    let due: Day?

    init?(_ answers: inout Answers, agencies: [UUID], today: Day) {
        let kind = DataMatterKind.asked.first { $0.rawValue == answers["kind"] }
        if kind == nil { answers.refuse("kind", "Select what it is") }
        let who = answers.text("who", most: 200, name: "Their name")
        if who.isEmpty { answers.refuse("who", "Enter who asks, or that they gave no name") }
        let reach = answers.text("reach", most: 500, name: "How an answer reaches them")
        if reach.isEmpty { answers.refuse("reach", "Enter how an answer reaches them safely, or that there is no way") }
        let capacity = answers.text("capacity", most: 500, name: "By which right")
        if kind?.isAnswered == true, capacity.isEmpty {
            answers.refuse("capacity", "Enter by which right they ask: for themselves, for whom, or which order or law")
        }
        let words = answers.text("words", most: DataBreachForm.most, name: "What they ask")
        if words.isEmpty { answers.refuse("words", "Enter what they ask or complain about") }
        reference = answers.text("reference", most: 40, name: "The reference").uppercased()
        let day = answers.pastDay("received", name: "The day", missing: "Enter when it was received", today: today)
        if let day, day < today.adding(-366) { answers.refuse("received", "The day must be within the last year") }
        let due = answers.day("answer", name: "The day")
        if kind?.hasDayOfItsOwn == true, due == nil, answers.error(for: "answer") == nil {
            answers.refuse("answer", "Enter the day by which it is to be answered")
        }
        if let due, let day, due < day { answers.refuse("answer", "The day must be after it was received") }
        if let due, due > today.adding(731) { answers.refuse("answer", "The day must be within two years") }
        let agency = answers.ownAgency(of: agencies)
        guard let kind, let day, let since = London.moment(day, minute: 0), let agency, answers.errors.isEmpty
        else { return nil }
        (self.kind, self.agency, self.since) = (kind, agency, since)
        told = DataWords(who: who, reach: reach, words: words, capacity: capacity.isEmpty ? nil : capacity)
        self.due = kind.hasDayOfItsOwn ? due : nil
    }
}

/// A step as typed.
struct DataStepForm: Equatable, Sendable {
    let step: String
    let happenedAt: Date
    let reference: String
    let facts: Set<String>
    let told: DataWords
    let due: Date?
    let isAside: Bool
    let ends: Bool

    init?(_ answers: inout Answers, _ step: DataStep, of matter: DataMatter, now: Date) {
        (self.step, isAside, ends) = (step.code, step.isAside, step.ends)
        let today = London.day(of: now)
        let happened: Date? = matter.kind == .breach
            ? answers.pastMoment("happened", missing: "Enter when it was done", now: now)
            : answers.pastDay("happened", missing: "Enter when it was done", today: today)
                .flatMap { London.moment($0, minute: 0) }
        if let happened, happened < matter.line.since {
            let what = matter.kind == .breach ? "noticed" : "received"
            let since = matter.line.when(matter.line.since)
            answers.refuse("happened", "Date must be \(since) or later: it was \(what) then")
        }
        var facts: Set<String> = []
        for group in step.groups {
            let given = answers.all(group.name).filter { !$0.isEmpty }
            let known = given.filter { code in group.options.contains { $0.code == code } }
            if known.count < given.count || !group.isMany && known.count > 1 {
                answers.refuse(group.name, "\(group.label): choose from the list")
            }
            if given.isEmpty { answers.refuse(group.name, "Select an answer: \(group.label.lowercased())") }
            facts.formUnion(known)
        }
        reference = step.reference == nil ? "" : answers.text("reference", most: 100, name: "The reference")
        if step.reference != nil, reference.isEmpty { answers.refuse("reference", "Enter their reference") }
        let words = answers.text("words", most: DataBreachForm.most, name: "This")
        if words.isEmpty, !step.mayBeBare { answers.refuse("words", "Enter an answer: \(step.words.lowercased())") }
        var told = DataWords(words: words)
        if step.code == "icoTold" {
            told.delay = answers.text("delay", most: DataBreachForm.most, name: "The reasons")
            if let happened, happened > matter.icoDue, told.delay.isEmpty {
                answers.refuse("delay", "Enter why they were told later than 72 hours after it was noticed")
            }
        }
        var day: Day?
        if case .asked = step.clock {
            day = answers.day("next", name: "The day")
            if let day, day < today { answers.refuse("next", "The day must be today or later") }
            if let day, day > today.adding(366) { answers.refuse("next", "The day must be within a year") }
        }
        guard let happened, answers.errors.isEmpty else { return nil }
        (happenedAt, self.facts, self.told) = (happened, facts, told)
        due = ends ? nil : DataClock.next(step, of: matter, facts: facts, day: day, happened: happened)
    }

    /// What the program records by itself: a pack has left.
    init(released pack: String, at now: Date) {
        (step, happenedAt, reference, facts) = ("released", now, pack, [])
        (told, due, isAside, ends) = (DataWords(words: pack), nil, false, false)
    }
}

extension Answers {
    /// A moment that must be there and not lie ahead: a day and a time, in London.
    fileprivate mutating func pastMoment(_ field: String, missing: String, now: Date) -> Date? {
        let day = pastDay(field, name: "The day", missing: missing, today: London.day(of: now))
        let typed = self[field + "-time"].trimmingCharacters(in: .whitespaces)
        let minute = Clock.minute(typed)
        if typed.isEmpty {
            refuse(field + "-time", "Enter the time, about")
        } else if minute == nil {
            refuse(field + "-time", "Time must be like 9:30am or 14:00")
        }
        guard let day, let minute else { return nil }
        guard let moment = London.moment(day, minute: minute) else {
            refuse(field + "-time", "The clocks skip this time on that day")
            return nil
        }
        if moment > now { refuse(field + "-time", "The time must be in the past") }
        return moment
    }

    /// The one agency that there is, or the one that was selected of several.
    fileprivate mutating func ownAgency(of agencies: [UUID]) -> UUID? {
        let chosen = self["agency"].isEmpty && agencies.count == 1 ? agencies.first
            : UUID(uuidString: self["agency"]).flatMap { agencies.contains($0) ? $0 : nil }
        if chosen == nil { refuse("agency", "Select the agency") }
        return chosen
    }
}
