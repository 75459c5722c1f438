import Pages

/// A matter of data protection that has a clock.
enum DataMatterKind: String, Choice {
    case breach, access, courtOrder, police, review, rectification, restriction, objection, erasure, complaint
    var label: String {
        switch self {
        case .breach: "Data breach"
        case .access: "Subject access request"
        case .courtOrder: "Court order for information"
        case .police: "Police request"
        case .review: "Serious-case or homicide review"
        case .rectification: "Request to put right"
        case .restriction: "Request to restrict use"
        case .objection: "Objection"
        case .erasure: "Request to erase"
        case .complaint: "Complaint about data"
        }
    }
    var hint: String? {
        switch self {
        case .breach: nil
        case .access: "They, or somebody for them, want what is kept about them (Article 15)."
        case .courtOrder: "A court orders that information is given."
        case .police: "For a named investigation (Schedule 2, paragraph 2)."
        case .review: "Domestic abuse related death, child safeguarding or adult review."
        case .rectification: "Something on record about them is wrong or missing (Article 16)."
        case .restriction: "Their data is kept and not used, for example while it is disputed (Article 18)."
        case .objection: "They don’t want it used for a purpose (Article 21)."
        case .erasure: "They want it deleted (Article 17)."
        case .complaint: "They are not content with how their data is used."
        }
    }

    /// What somebody asks for; a breach is reported by itself.
    static let asked = allCases.filter { $0 != .breach }
    /// They ask for information, which a pack answers.
    var isAnswered: Bool { [.access, .courtOrder, .police, .review].contains(self) }
    /// The day by which it is answered stands in what came.
    var hasDayOfItsOwn: Bool { isAnswered && self != .access }

    /// What the officer must know.
    var advice: [String] {
        switch self {
        case .breach:
            ["The Information Commissioner is told within 72 hours of becoming aware, unless a risk to people is "
                + "unlikely (Article 33). Later needs reasons. People are told without undue delay where the risk to "
                + "them is high (Article 34).",
             "Tell people only in a way that is on record as safe for them, and never by a letter or message that says "
                + "what the service is for. Ask their worker first: telling may itself put them in danger."]
        case .access:
            ["Answer within one calendar month from the day on which it was received, or on which you were sure who "
                + "asks; two more where it is complex, with a reason told within the first.",
             "Ask of every request, before anything is gathered, whether it is made by, or for, somebody who is said "
                + "to have harmed. To them nobody ever says whether a person they harmed is on record: not by words, "
                + "not by silence, not by how long it takes. The answer to them reads as every other answer."]
        case .courtOrder, .police, .review:
            ["Make sure that whoever asks may ask, and for what. Give what was asked for and no more; ask the police "
                + "which investigation it is for and why each part is needed. A protected address is never in a pack."]
        case .complaint:
            ["Write within 30 days that the complaint was received, find out what happened, and answer without undue "
                + "delay (Data Protection Act 2018, section 164A). Answer only by a way that is safe for them."]
        case .restriction:
            ["Answer within one calendar month; two more where it is complex, with a reason told within the first. "
                + "While it is in force, the case says so. They are told before it is lifted (Article 18(3))."]
        default:
            ["Answer within one calendar month; two more where it is complex, with a reason told within the first. A "
                + "refusal says why, and that they can complain to the Information Commissioner or go to court."]
        }
    }

    /// Where it stands when it is put down.
    var first: String { self == .breach ? "reported" : "received" }

    func label(of step: String) -> String {
        steps.first { $0.code == step }?.label ?? (self == .breach ? "Reported" : "Received")
    }

    /// Hours for which a breach may wait to be told to the Information Commissioner.
    static let breachHours = 72
    /// Days within which a complaint is acknowledged.
    static let complaintDays = 30

    var steps: [DataStep] {
        switch self {
        case .breach: DataStep.breach
        case .complaint: DataStep.complaint
        case .restriction: DataStep.restriction + DataStep.right
        case .access: DataStep.access
        case .courtOrder, .police, .review: DataStep.ordered
        default: DataStep.right
        }
    }
}

/// Something that is done about a matter, and what is asked of whoever records it.
struct DataStep: Sendable {
    enum Clock: Sendable, Equatable {
        case keeps, stops
        /// Two months more.
        case extends
        /// A month from the day of the step.
        case begins
        /// On a day that is said; nothing runs where none is.
        case asked(String)
    }

    let code: String
    let label: String
    /// What the words are; they must be there unless `mayBeBare`.
    let words: String
    var mayBeBare = false
    var reference: String?
    var groups: [MatterGroup] = []
    var clock = Clock.keeps
    /// It stays where it stood: something that was done meanwhile.
    var isAside = false
    var ends = false
    /// Steps before it, one of each group.
    var after: [[String]] = []
    /// It is recorded once.
    var isOnce = true
    /// Not after these.
    var notAfter: [String] = []
    /// Recorded by the program alone, when it happens.
    var isByItself = false

    fileprivate static let breach: [DataStep] = [
        DataStep(code: "assessed", label: "Assessed", words: "Likely consequences for people", groups: [
            .init("categories", "What kinds of data?", many: [
                "names": "Names and how to reach people", "whereabouts": "Where somebody lives or is",
                "health": "Health or another special category", "crimes": "Crimes", "childrens": "Children’s data",
                "money": "Money or bank details", "signIn": "Passwords or codes", "staffs": "Staff’s own data",
                "otherData": "Other",
            ]),
            .init("many", "About how many people?", one: [
                "one": "1", "few": "2 to 10", "tens": "11 to 100", "hundreds": "101 to 1,000",
                "more": "More than 1,000", "manyNotKnown": "Not known yet",
            ]),
            .init("danger", "Risk to people", one: [
                "unlikely": "Unlikely", "likely": "A risk", "high": "A high risk",
            ]),
        ], isOnce: false),
        DataStep(code: "contained", label: "Contained", words: "What was done to contain it", isAside: true,
                 isOnce: false),
        DataStep(
            code: "icoTold", label: "Information Commissioner told", words: "What they were told",
            reference: "Their reference", clock: .stops, after: [["assessed"]], notAfter: ["icoTold"]),
        DataStep(
            code: "icoNot", label: "Information Commissioner not told", words: "Why a risk to people is unlikely",
            clock: .stops, after: [["assessed"]], notAfter: ["icoTold", "icoNot"]),
        DataStep(
            code: "peopleTold", label: "People told", words: "Who was told, by which safe way, and what",
            after: [["assessed"]], isOnce: false),
        DataStep(
            code: "peopleNot", label: "People not told", words: "Why they are not told", after: [["assessed"]],
            isOnce: false),
        DataStep(code: "done", label: "Something else was done", words: "What was done", isAside: true, isOnce: false),
        DataStep(
            code: "closed", label: "Closed", words: "Lessons, and what changes because of it", clock: .stops,
            ends: true, after: [["assessed"], ["contained"], ["icoTold", "icoNot"], ["peopleTold", "peopleNot"]]),
    ]

    fileprivate static let complaint: [DataStep] = [
        DataStep(code: "acknowledged", label: "Acknowledged", words: "How they were told", mayBeBare: true,
                 clock: .asked("When is it to be answered?")),
        DataStep(code: "informed", label: "Told how it goes on", words: "What they were told",
                 clock: .asked("When is it to be answered?"), after: [["acknowledged"]], isOnce: false),
        DataStep(code: "done", label: "Something was done", words: "What was done", isAside: true, isOnce: false),
        DataStep(code: "upheld", label: "Answered: upheld", words: "What was found, and what is put right",
                 clock: .stops, ends: true),
        DataStep(code: "partly", label: "Answered: upheld in part", words: "What was found, and what is put right",
                 clock: .stops, ends: true),
        DataStep(code: "notUpheld", label: "Answered: not upheld", words: "Why not, and what they were told",
                 clock: .stops, ends: true),
        DataStep(code: "takenBack", label: "Taken back", words: "What they said", clock: .stops, ends: true),
    ]

    fileprivate static let restriction: [DataStep] = [
        DataStep(code: "inForce", label: "Restriction in force",
                 words: "What is restricted, why, and what they were told", clock: .stops, notAfter: ["inForce"]),
        DataStep(code: "lifted", label: "Restriction lifted", words: "Why, and when they were told before",
                 clock: .stops, ends: true, after: [["inForce"]]),
    ]

    fileprivate static let right: [DataStep] = [
        DataStep(code: "identified", label: "Identity made sure of", words: "How", isAside: true),
        DataStep(code: "extended", label: "Two months more", words: "Why it is complex, and when they were told",
                 clock: .extends, notAfter: ["inForce", "extended"]),
        DataStep(code: "done", label: "Something was done", words: "What was done", isAside: true, isOnce: false),
        DataStep(code: "granted", label: "Granted", words: "What was done, and who else was told of it", clock: .stops,
                 ends: true, notAfter: ["inForce"]),
        DataStep(code: "partly", label: "Granted in part", words: "What was done, what was not, and why", clock: .stops,
                 ends: true, notAfter: ["inForce"]),
        DataStep(code: "refused", label: "Refused",
                 words: "Why, and that they were told of the Information Commissioner and the courts", clock: .stops,
                 ends: true, notAfter: ["inForce"]),
        DataStep(code: "takenBack", label: "Taken back", words: "What they said", clock: .stops, ends: true),
    ]
    /// The question whether somebody who is said to have harmed asks is put of every request: that it was put tells
    /// nobody anything.
    fileprivate static let access: [DataStep] = [
        DataStep(code: "identified", label: "Identity confirmed",
                 words: "How, and their right to ask for somebody else", clock: .begins,
                 notAfter: ["extended", "released"]),
        DataStep(code: "intercept", label: "Decided who asks", words: "How you know", groups: [
            .init("asks", "Do they ask for themselves or for somebody who is said to have harmed?", one: [
                "alleged": "Yes: give what is theirs and nothing else", "notAlleged": "No, nothing says so",
            ]),
        ], after: [["identified"]], isOnce: false, notAfter: ["released"]),
        DataStep(code: "extended", label: "Two months more", words: "Why it is complex, and when they were told",
                 clock: .extends, notAfter: ["extended", "released"]),
    ] + ending

    fileprivate static let ordered: [DataStep] = [
        DataStep(code: "identified", label: "Authority confirmed",
                 words: "How: whom you rang back, which court, which law"),
        DataStep(code: "otherDay", label: "Another day agreed", words: "With whom, and why",
                 clock: .asked("When is it to be answered?"), isAside: true, isOnce: false),
    ] + ending

    private static let ending: [DataStep] = [
        DataStep(code: "done", label: "Something was done", words: "What was done", isAside: true, isOnce: false),
        DataStep(code: "released", label: "Released", words: "Pack", clock: .stops, isOnce: false, isByItself: true),
        DataStep(code: "answered", label: "Answered", words: "How it ended", mayBeBare: true, clock: .stops, ends: true,
                 after: [["released"]]),
        DataStep(code: "refused", label: "Refused",
                 words: "Why, and that they were told of the Information Commissioner and the courts", clock: .stops,
                 ends: true, notAfter: ["released"]),
        DataStep(code: "takenBack", label: "Withdrawn", words: "What they said", clock: .stops, ends: true),
    ]
}
