import Pages

/// A matter of data protection that has a clock.
enum DataMatterKind: String, Choice {
    case breach, rectification, restriction, objection, erasure, complaint
    var label: String {
        switch self {
        case .breach: "Data breach"
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
        case .rectification: "Something on record about them is wrong or missing (Article 16)."
        case .restriction: "Their data is kept and not used, for example while it is disputed (Article 18)."
        case .objection: "They don’t want it used for a purpose (Article 21)."
        case .erasure: "They want it deleted (Article 17)."
        case .complaint: "They are not content with how their data is used."
        }
    }

    /// What somebody asks for; a breach is reported by itself.
    static let asked = allCases.filter { $0 != .breach }

    /// What the officer must know.
    var advice: [String] {
        switch self {
        case .breach:
            ["The Information Commissioner is told within 72 hours of becoming aware, unless a risk to people is "
                + "unlikely (Article 33). Later needs reasons. People are told without undue delay where the risk to "
                + "them is high (Article 34).",
             "Tell people only in a way that is on record as safe for them, and never by a letter or message that says "
                + "what the service is for. Ask their worker first: telling may itself put them in danger."]
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
}
