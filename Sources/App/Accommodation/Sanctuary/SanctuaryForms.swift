import Foundation
import Pages

/// When somebody is in for the contractor. Closed words: nothing else about the home leaves with the order.
enum SanctuaryAccess: String, Choice {
    case mon, tue, wed, thu, fri, sat, morning, afternoon, evening
    var label: String {
        switch self {
        case .mon: "Monday"
        case .tue: "Tuesday"
        case .wed: "Wednesday"
        case .thu: "Thursday"
        case .fri: "Friday"
        case .sat: "Saturday"
        case .morning: "In the morning"
        case .afternoon: "In the afternoon"
        case .evening: "In the evening"
        }
    }
}

/// All that may change about a sanctuary but for what was done.
struct SanctuaryTerms: Equatable, Sendable {
    let requestedOn: Day
    let wants: HomeFact
    let harmerThere: HomeFact
    let tenure: Tenure
    let permission: LandlordPermission
    /// When the landlord was asked, or answered.
    let permissionOn: Day?
    let urgency: SanctuaryUrgency
    let funder: String
    /// What fitting costs, in pence; nil: not known yet.
    let fitting: Int?
    /// Where the contractor rings; empty: not said yet.
    let phone: String
    let access: [SanctuaryAccess]

    init(
        requestedOn: Day, wants: HomeFact, harmerThere: HomeFact, tenure: Tenure, permission: LandlordPermission,
        permissionOn: Day?, urgency: SanctuaryUrgency, funder: String, fitting: Int?, phone: String,
        access: [SanctuaryAccess]
    ) {
        (self.requestedOn, self.wants, self.harmerThere, self.tenure) = (requestedOn, wants, harmerThere, tenure)
        (self.permission, self.permissionOn, self.urgency) = (permission, permissionOn, urgency)
        (self.funder, self.fitting, self.phone, self.access) = (funder, fitting, phone, access)
    }

    init?(_ answers: inout Answers, today: Day) {
        let requested = answers.pastDay(
            "requested", name: "The day", missing: "Enter the day on which it was asked for", today: today)
        let wants = HomeFact.required("wants", "Select whether they want to stay in their home", in: &answers)
        let there = HomeFact.required("there", "Select whether whoever harms them lives there", in: &answers)
        let tenure = Tenure.required("tenure", "Select who owns the home", in: &answers)
        let permission = LandlordPermission.required(
            "permission", "Select whether the landlord allows it", in: &answers)
        let urgency = SanctuaryUrgency.required("urgency", "Select how soon it has to be in", in: &answers)
        permissionOn = Self.day(&answers, of: permission, today: today)
        funder = answers.text("funder", most: 120, name: "Who pays")
        fitting = answers.pence("fitting", name: "The cost of fitting")
        phone = answers["phone"].trimmingCharacters(in: .whitespaces)
        let digits = phone.count { $0.isASCII && $0.isNumber }
        if !phone.isEmpty, phone.contains(where: { !"0123456789+() ".contains($0) }) || digits < 5 || phone.count > 25 {
            answers.refuse("phone", "Enter a telephone number, like 01632 960 001")
        }
        let chosen = answers.all("access").compactMap(SanctuaryAccess.init(rawValue:))
        access = SanctuaryAccess.allCases.filter(chosen.contains)
        guard let requested, let wants, let there, let tenure, let permission, let urgency, answers.errors.isEmpty
        else { return nil }
        (requestedOn, self.wants, harmerThere, self.tenure) = (requested, wants, there, tenure)
        (self.permission, self.urgency) = (permission, urgency)
    }

    private static func day(_ answers: inout Answers, of permission: LandlordPermission?, today: Day) -> Day? {
        guard let permission, permission.hasDay else {
            if answers.day("permission-on", name: "The day") != nil, permission != nil {
                answers.refuse("permission-on", "Leave the day empty: nobody was asked on a day")
            }
            return nil
        }
        return answers.pastDay(
            "permission-on", name: "The day", missing: "Enter the day on which the landlord was asked or answered",
            today: today)
    }

    /// The form as it opens on what is recorded.
    func answers(version: Int) -> Answers {
        var answers = Answers(["version": [String(version)]])
        answers.setDay("requested", requestedOn)
        for (field, value) in [
            "wants": wants.rawValue, "there": harmerThere.rawValue, "tenure": tenure.rawValue,
            "permission": permission.rawValue, "urgency": urgency.rawValue, "funder": funder, "phone": phone,
            "fitting": fitting.map(Answers.typedPounds) ?? "",
        ] { answers.set(field, value) }
        if let permissionOn { answers.setDay("permission-on", permissionOn) }
        answers.set("access", access.map(\.rawValue))
        return answers
    }
}

/// What is to be put in: each kind once.
struct SanctuaryItemsForm: Equatable, Sendable {
    /// All kinds, those of which there is none too.
    let items: [SanctuaryItem]

    init?(_ answers: inout Answers) {
        items = SanctuaryItemKind.allCases.map { kind in
            let field = "\(kind.rawValue)-number"
            let number = answers[field].isEmpty ? 0
                : answers.number(field, 0...50, "\(kind.label): enter how many, from 0 to 50") ?? 0
            return SanctuaryItem(
                kind: kind, number: number,
                cost: answers.pence("\(kind.rawValue)-cost", name: "\(kind.label): the cost"))
        }
        guard answers.errors.isEmpty else { return nil }
    }

    static func answers(from sanctuary: Sanctuary) -> Answers {
        var answers = Answers(["version": [String(sanctuary.version)]])
        for item in sanctuary.items {
            answers.set("\(item.kind.rawValue)-number", item.number == 0 ? "" : String(item.number))
            answers.set("\(item.kind.rawValue)-cost", item.cost.map(Answers.typedPounds) ?? "")
        }
        return answers
    }
}

extension SanctuaryStepKind {
    /// What may follow on where it stands.
    static func following(_ sanctuary: Sanctuary) -> [SanctuaryStepKind] {
        guard sanctuary.isOpen else { return [] }
        let isInstalled = sanctuary.has(.installed)
        let may: [SanctuaryStepKind] = if !isInstalled {
            [.riskAssessed, .fireSurveyed, sanctuary.has(.ordered) ? .installed : .ordered, .supportAttached, .declined]
        } else {
            [.signedOff, .supportAttached, .reviewed, .removed]
        }
        return may.filter { !$0.isOnce || !sanctuary.has($0) }
    }
}

/// What was done next.
struct SanctuaryStepForm: Equatable, Sendable {
    let step: SanctuaryStepKind
    let day: Day
    let who: String
    let words: String
    let because: SanctuaryDeclined?

    /// `isCurrent`: nothing was put down since the form was opened; else what may follow is not asked here.
    init?(_ answers: inout Answers, of sanctuary: Sanctuary, isCurrent: Bool, today: Day) {
        let step = SanctuaryStepKind.required("step", "Select what was done", in: &answers)
        if let step, isCurrent, !SanctuaryStepKind.following(sanctuary).contains(step) {
            answers.refuse("step", "That may not follow: it stands at “\(sanctuary.stage.label)”")
        }
        if step == .ordered, isCurrent, !sanctuary.missing.isEmpty {
            answers.refuse("step", "It can’t be ordered yet. \(sanctuary.missing.joined(separator: ". "))")
        }
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day on which it was", today: today)
        if let day, let step, let (first, why) = Self.earliest(step, sanctuary), day < first {
            answers.refuse("day", "The day must be \(first) or later: \(why)")
        }
        who = answers.text("who", most: 120, name: "By whom")
        if step == .ordered, who.isEmpty { answers.refuse("who", "Enter which contractor it was ordered from") }
        words = answers.text("words", most: 2_000, name: "What was found or agreed")
        if step == .declined {
            because = SanctuaryDeclined.required("because", "Select why it does not go ahead", in: &answers)
        } else {
            because = nil
            if !answers["because"].isEmpty {
                answers.refuse("because", "Leave this open, or select that it does not go ahead")
            }
        }
        guard let step, let day, answers.errors.isEmpty else { return nil }
        (self.step, self.day) = (step, day)
    }

    private static func earliest(_ step: SanctuaryStepKind, _ sanctuary: Sanctuary) -> (Day, String)? {
        switch step {
        case .installed: sanctuary.newest(.ordered).map { ($0.day, "it was ordered then") }
        case .signedOff, .reviewed, .removed: sanctuary.newest(.installed).map { ($0.day, "it was installed then") }
        // A survey may be older than the request.
        case .riskAssessed, .fireSurveyed, .supportAttached: nil
        case .ordered, .declined: (sanctuary.terms.requestedOn, "it was asked for then")
        }
    }
}

extension Answers {
    /// A sum in pounds, as pence; nil where it is left empty, or refused.
    fileprivate mutating func pence(_ field: String, name: String) -> Int? {
        let typed = self[field].trimmingCharacters(in: .whitespaces).replacing(",", with: "")
        if typed.isEmpty { return nil }
        guard let match = typed.wholeMatch(of: /£?([0-9]{1,6})(?:\.([0-9]{2}))?/), let pounds = Int(match.1),
            let pence = Int(match.2 ?? "0"), pounds <= 100_000, pounds < 100_000 || pence == 0 else {
            refuse(field, "\(name) must be a sum in pounds, like 120 or 120.50, up to 100,000")
            return nil
        }
        return pounds * 100 + pence
    }

    fileprivate static func typedPounds(_ pence: Int) -> String {
        String(pounds(pence).dropFirst()).replacing(",", with: "")
    }
}
