import Foundation
import Pages

/// Whom a letter is for.
enum LetterAddressee: String, Choice {
    case person, professional
    var label: String {
        switch self {
        case .person: "To her"
        case .professional: "To somebody of a service, about her"
        }
    }
}

/// What a letter begins from. Every word may be changed; what stands in brackets must be.
enum LetterTemplate: String, Choice {
    case appointment, keepingInTouch, ending, confirmation, housing, sizeCriteria, request, blank
    var label: String {
        switch self {
        case .appointment: "Appointment"
        case .keepingInTouch: "Keeping in touch"
        case .ending: "End of our work together"
        case .confirmation: "Confirmation of support"
        case .housing: "Support for a housing application"
        case .sizeCriteria: "Size criteria: a home made safe by a sanctuary scheme"
        case .request: "Asking for information"
        case .blank: "Empty letter"
        }
    }
    var hint: String? { addressee == .person ? "To her." : "To somebody of a service, with her agreement." }

    /// An empty letter is to her unless its writer says otherwise.
    var addressee: LetterAddressee {
        switch self {
        case .appointment, .keepingInTouch, .ending, .blank: .person
        case .confirmation, .housing, .sizeCriteria, .request: .professional
        }
    }

    /// The first words, neutral: whoever finds the letter learns nothing from what we put in.
    func body(to name: String, from worker: String) -> String {
        let text = switch self {
        case .appointment: """
            Dear \(name)

            I would like to meet you on [day] at [time], at [the place we agreed]. If that does not suit you, let me \
            know when you can and we will find another time.
            """
        case .keepingInTouch: """
            Dear \(name)

            I have not been able to speak with you for a while. There is nothing that you have to do. If you would \
            like to talk, you know how to find me.
            """
        case .ending: """
            Dear \(name)

            As we agreed, our work together ends on [day]. If you would like to talk again you can come back at any \
            time, without giving a reason.
            """
        case .confirmation: """
            To whom it may concern

            I confirm that \(name) has been working with our service since [month and year].
            """
        case .housing: """
            To whom it may concern

            \(name) has asked me to support an application for housing. [What she agreed that you may know.] I would \
            be glad to answer questions that concern the application.
            """
        case .sizeCriteria: """
            To whom it may concern

            I write in my official capacity, as [your work], about a claim of \(name) for Housing Benefit or the \
            housing element of Universal Credit. We have had direct contact with \(name) about what I confirm here.

            1. [What you confirm of what happened to \(name), in the words that the regulation asks for.]
            2. Whoever did it does not live in the home.
            3. The home is rented from [the council or housing association]. It was adapted under a sanctuary scheme, \
            finished on [day], so that \(name) can go on living there.

            I ask that the size criteria are not applied to the home (SI 2021/991, regulations 3 and 4). Please keep \
            this letter with the claim only, and answer to me: do not write or ring about it to the home.
            """
        case .request: """
            To whom it may concern

            I work with \(name), who agreed that I ask you for the following. [What is asked, and why.] Please answer \
            to me only, and do not contact \(name) about this letter.
            """
        case .blank: "Dear \(name)\n\n[Text]"
        }
        return text + "\n\nYours sincerely\n\(worker)"
    }
}

/// What a letter began from: one of the program's, or a wording of the agency's own, by its id.
struct LetterStart: Sendable {
    let template: LetterTemplate
    let wording: UUID?

    /// As our form says it, hidden.
    init(_ answers: Answers) throws(Refusal) {
        let own = answers["own"]
        wording = UUID(uuidString: own)
        if wording == nil, !own.isEmpty { throw Refusal.unreadable }
        template = wording == nil ? LetterTemplate(rawValue: answers["template"]) ?? .blank : .blank
    }
}

/// What came of a letter.
enum LetterOutcome: String, Choice {
    case arrived, answered, returned, notSent
    var label: String {
        switch self {
        case .arrived: "It arrived"
        case .answered: "It was answered"
        case .returned: "It came back"
        case .notSent: "It was not sent after all"
        }
    }
}

/// A letter of a case.
struct Letter: Sendable {
    /// When and how it left, and what left.
    struct Release: Sendable {
        let at: Date
        let by: String
        let way: AttemptChannel
        let body: String
        let agreedOn: Day?
    }
    struct Came: Sendable {
        let outcome: LetterOutcome
        let at: Date
        let by: String
        let words: String
    }

    let id: UUID
    let template: LetterTemplate
    /// The title of the agency’s own letter that it began from.
    let ownTitle: String?
    let addressee: LetterAddressee
    let toWhom: String
    let body: String
    let version: Int
    let recordedAt: Date
    let by: String
    let release: Release?
    let came: Came?

    var title: String { ownTitle ?? template.label }
    var isDraft: Bool { release == nil && came == nil }
    /// The ways in which one like it may go at all; whether one is safe now, her answer says.
    static let ways: [AttemptChannel] = [.inPerson, .post, .email, .referrer]
}

/// A letter as it is written.
struct LetterForm: Equatable, Sendable {
    let addressee: LetterAddressee
    let toWhom: String
    let body: String

    static let most = 8_000

    /// Whom a letter is for is said once: `fixed` when it is changed.
    init?(_ answers: inout Answers, fixed: LetterAddressee? = nil) {
        let addressee = fixed
            ?? LetterAddressee.required("addressee", "Select whom the letter is for", in: &answers)
        let toWhom = answers.text("to-whom", most: 200, name: "Name and work")
        if addressee == .professional, toWhom.isEmpty {
            answers.refuse("to-whom", "Enter who it is and where they work")
        }
        body = answers.text("body", most: Self.most, name: "The letter")
        if body.isEmpty { answers.refuse("body", "Enter the letter") }
        guard let addressee, answers.errors.isEmpty else { return nil }
        self.addressee = addressee
        self.toWhom = addressee == .professional ? toWhom : ""
    }

    static func fields(_ answers: Answers, fixed: LetterAddressee? = nil) -> HTML {
        let addressee: HTML? = fixed == nil ? GovUK.radios(
            "addressee", legend: "Whom is it for?", options: LetterAddressee.options, small: true, in: answers) : nil
        let toWhom: HTML? = fixed == .person ? nil : GovUK.input(
            "to-whom", label: "Who are they, and where do they work?",
            hint: fixed == nil ? "Only if it is not to her." : nil, in: answers)
        return """
        \(addressee)\(toWhom)\(GovUK.textarea(
            "body", label: "The letter", hint: "Fill in or take out what stands in [brackets].", rows: 16, in: answers))
        """
    }
}

/// A letter on its way out: how, and what of it stays behind.
struct LetterRelease: Equatable, Sendable {
    let way: AttemptChannel
    let body: String
    let agreedOn: Day?

    /// `contact` nil: nothing was ever recorded, which permits what "not yet asked" permits. `movedOn` is the day of
    /// the newest address: nobody has said yet whether post is safe there if she was last asked before.
    init?(
        _ answers: inout Answers, of letter: Letter, findings: [GateFinding], contact: SafeContact?, movedOn: Day?,
        now: Date
    ) {
        if !ReleaseGate.gaps(in: letter.body).isEmpty {
            answers.refuse("way", "Change the letter first: something in [brackets] is not filled in")
        }
        let way = AttemptChannel.required("way", "Select how the letter goes", in: &answers)
        if let way, !Letter.ways.contains(way) {
            answers.refuse("way", "A letter goes by hand, by post, by email or through the referrer")
        } else if let way, letter.addressee == .person,
            let why = Self.whyNot(way, contact, movedOn: movedOn, now: now) {
            answers.refuse("way", why)
        }
        var agreed: Day?
        if letter.addressee == .professional {
            agreed = answers.pastDay("agreed", name: "The day on which she agreed", missing: """
                Enter the day on which she agreed. Without her agreement sharing is decided by two people, and not by \
                a letter
                """, today: London.day(of: now))
        }
        let stays = Set(answers.all("keep").compactMap(Int.init))
        let gone = findings.enumerated().filter { $0.element.mustGo || !stays.contains($0.offset) }.map(\.element)
        guard let way, answers.errors.isEmpty else { return nil }
        self.way = way
        agreedOn = agreed
        body = ReleaseGate.redacted(letter.body, without: gone)
    }

    /// Why a letter to her may not go this way; nil when it may.
    static func whyNot(_ way: AttemptChannel, _ contact: SafeContact?, movedOn: Day?, now: Date) -> String? {
        let known = contact ?? SafeContact(id: .zero, person: .zero, rule: nil, holdsUntil: nil, askedAt: now)
        if case .refused(let why) = known.verdict(way, at: now) { return why }
        if way == .post, let movedOn, London.day(of: known.askedAt) < movedOn {
            return "Her address changed after she was last asked. Ask whether post is safe there, and record her answer"
        }
        return nil
    }
}

/// What is said of what came of a letter.
struct LetterCame: Equatable, Sendable {
    let outcome: LetterOutcome
    let words: String

    init?(_ answers: inout Answers, of letter: Letter) {
        let outcome = LetterOutcome.required("outcome", "Select what came of it", in: &answers)
        if let outcome, letter.release == nil, outcome != .notSent {
            answers.refuse("outcome", "The letter has not left yet. It can only be put aside")
        }
        words = answers.text("words", most: 1_000, name: "More about it")
        guard let outcome, answers.errors.isEmpty else { return nil }
        self.outcome = outcome
    }
}
