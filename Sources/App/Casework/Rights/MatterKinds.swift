import Pages

/// A matter of law or rights that a case has (domain.md 3, 17, 18 and 19).
enum MatterKind: String, Choice {
    case hearing, disclosure, funds, concession, homelessness, release, sarc, therapyNotes, armyWelfare
    case childSafeguarding, adultSafeguarding
    var label: String {
        switch self {
        case .hearing: "Court hearing"
        case .disclosure: "Disclosure by the police (DVDS)"
        case .funds: "No recourse to public funds (NRPF)"
        case .concession: "Migrant Victims of Domestic Abuse Concession (MVDAC)"
        case .homelessness: "Homelessness"
        case .release: "Release of whoever harms them"
        case .sarc: "Sexual assault: SARC and ISVA"
        case .therapyNotes: "Request for therapy notes"
        case .armyWelfare: "Army Welfare"
        case .childSafeguarding: "Safeguarding of a child"
        case .adultSafeguarding: "Safeguarding of an adult"
        }
    }

    /// What a worker must know before recording it.
    var advice: String {
        switch self {
        case .hearing: "Special measures are the default for whoever was abused. Say what was asked for and granted."
        case .disclosure:
            "Anybody may ask (right to ask); the police may tell unasked (right to know). The first check is due "
                + "within 24 hours, disclosure within 28 days of asking. It is told in person, with a plan."
        case .funds, .concession:
            "Only a registered adviser gives immigration advice: record to whom they were referred. Nothing here "
                + "goes to the Home Office."
        case .homelessness:
            "Whoever is homeless through domestic abuse has priority need. Each of the first two duties lasts 56 days. "
                + "Nobody is sent back to an area where they are at risk."
        case .release: "Licence conditions are recorded as an order. A day of release proposes a review of the risk."
        case .sarc: "Nobody needs to report to the police to be seen."
        case .therapyNotes:
            "Notes are released only to somebody named, only the notes that are named, and only when they agree or "
                + "a court orders it. A request for everything is refused."
        case .armyWelfare: "Only with their agreement. It never happens by itself."
        case .childSafeguarding:
            "A referral to children’s services is sent from the case. An answer is due within one working day, an "
                + "assessment under section 17 within 45 working days, a conference within 15 of a section 47 enquiry."
        case .adultSafeguarding: "A referral to adult social care is sent from the case."
        }
    }

    /// Who is meant by `who` and `reference` in the form.
    var whoLabel: String {
        switch self {
        case .hearing: "Which court?"
        case .disclosure: "Police force and officer"
        case .funds, .concession: "Adviser or authority"
        case .homelessness: "Housing authority"
        case .release: "Prison or probation office"
        case .sarc: "SARC or ISVA service"
        case .therapyNotes: "Who asks? Name and office"
        case .armyWelfare: "Welfare officer"
        case .childSafeguarding, .adultSafeguarding: "Authority"
        }
    }

    var wordsLabel: String { self == .therapyNotes ? "Exactly which notes, and for what" : "Note" }

    /// A clock that runs from the day on which the matter was opened, whatever step it is at.
    var limit: (label: String, days: Int)? { self == .disclosure ? ("Disclosure", 28) : nil }

    func step(_ code: String) -> MatterStep? { steps.first { $0.code == code } }

    var steps: [MatterStep] {
        switch self {
        case .hearing:
            [.init("listed", "Listed", .day), .init("adjourned", "Adjourned to another day", .day),
             .init("attended", "Went to court", ends: true), .init("notAttended", "Did not go to court", ends: true),
             .init("vacated", "Vacated or settled", ends: true)]
        case .disclosure:
            [.init("asked", "Right to ask: applied", .days(1, "First check")),
             .init("proposed", "Right to know: put to the police", .days(1, "First check")),
             .init("checked", "First check done"), .init("metThem", "Met face to face"),
             .init("decided", "Decided to disclose"), .init("disclosed", "Disclosed", ends: true),
             .init("nothing", "Nothing to disclose", ends: true),
             .init("refused", "Decided not to disclose", ends: true),
             .init("ended", "They no longer want it", ends: true)]
        case .funds:
            [.init("found", "Known to have no recourse"), .init("adviser", "Referred to a registered adviser"),
             .init("advised", "The adviser has advised"),
             .init("localSupport", "Support asked for under section 17 or the Care Act"),
             .init("ended", "Has recourse, or no longer needed", ends: true)]
        case .concession:
            [.init("adviser", "Referred to a registered adviser"), .init("applied", "Applied for"),
             .init("granted", "Granted, until a day", .day), .init("settlement", "Settlement applied for", .kept),
             .init("refused", "Refused", ends: true), .init("ended", "Ended, or no longer needed", ends: true)]
        case .homelessness:
            [.init("applied", "Applied"),
             .init("prevention", "Prevention duty accepted", .days(56, "Prevention duty ends")),
             .init("relief", "Relief duty accepted", .days(56, "Relief duty ends")),
             .init("interim", "Interim accommodation given", .kept), .init("mainDuty", "Main duty accepted"),
             .init("housed", "Housed", ends: true), .init("notOwed", "Decided that no duty is owed", ends: true),
             .init("ended", "Withdrawn, or lost contact", ends: true)]
        case .release:
            [.init("expected", "Expected on a day", .day), .init("confirmed", "Confirmed for a day", .day),
             .init("onLicence", "Released on licence, until a day", .day), .init("recalled", "Recalled"),
             .init("released", "Released, no licence", ends: true), .init("ended", "Licence ended", ends: true)]
        case .sarc:
            [.init("offered", "Offered"), .init("referred", "Referred to the SARC"),
             .init("examined", "Seen at the SARC"), .init("isva", "An ISVA works with them"),
             .init("declined", "They don’t want it", ends: true),
             .init("ended", "Ended", ends: true)]
        case .therapyNotes:
            [.init("asked", "Asked for"), .init("narrowed", "Narrowed after talking with whoever asks"),
             .init("released", "Released", ends: true), .init("refused", "Refused", ends: true),
             .init("ended", "No longer asked for", ends: true)]
        case .armyWelfare:
            [.init("contacted", "Contacted"), .init("answered", "They answered"),
             .init("agreementEnded", "They no longer agree", ends: true), .init("ended", "Ended", ends: true)]
        case .childSafeguarding:
            [.init("referred", "Referred (MASH)", .workingDays(1, "Answer")),
             .init("s17", "Section 17 assessment", .workingDays(45, "Assessment")),
             .init("s47", "Section 47 enquiry", .workingDays(15, "Conference")), .init("earlyHelp", "Early help"),
             .init("plan", "Child in need or protection plan"), .init("noAction", "No further action", ends: true),
             .init("ended", "Ended", ends: true)]
        case .adultSafeguarding:
            [.init("referred", "Referred", .workingDays(2, "Answer")), .init("s42", "Section 42 enquiry"),
             .init("plan", "Safeguarding plan"), .init("noAction", "No further action", ends: true),
             .init("ended", "Ended", ends: true)]
        }
    }

    var groups: [MatterGroup] {
        switch self {
        case .hearing: MatterGroup.hearing
        case .disclosure:
            [.init("asker", "Who asks?", one: [
                "byThem": "They themselves", "byThird": "Somebody else", "byAgency": "An agency",
            ]), .init("told", "How it was told", many: [
                "inPerson": "In person", "undertaking": "Undertaking signed", "planned": "Safety plan gone through",
            ])]
        case .homelessness:
            [.init("priority", "Priority need", one: [
                "priorityAbuse": "Yes, through domestic abuse", "priorityOther": "Yes, for another reason",
                "priorityNo": "No", "priorityOpen": "Not decided",
            ]), .init("held", "What was decided", many: [
                "notReasonable": "Not reasonable to stay in the home", "noLocal": "Not sent to another area",
                "lifetime": "Lifetime tenancy kept",
            ])]
        case .release:
            [.init("iom", "Integrated offender management (IOM)", one: [
                "iomYes": "Yes", "iomNo": "No", "iomNotKnown": "Not known",
            ]), .init("scheme", "What is in place", many: [
                "contactScheme": "Victim contact scheme", "conditionsAsked": "Licence conditions asked for",
                "conditionsRecorded": "Licence conditions recorded as an order",
            ])]
        case .sarc:
            [.init("reported", "Reported to the police", one: [
                "reportedYes": "Yes", "reportedNo": "No", "reportedLater": "Perhaps later",
            ])]
        case .therapyNotes:
            [.init("scope", "What is asked for?", one: [
                "scopeDates": "Notes of named dates or sessions", "scopeAttendance": "Dates of attendance only",
                "scopeAll": "Everything",
            ]), .init("ground", "On what ground?", one: [
                "groundAgreed": "They agree to this release", "groundCourt": "A court ordered it",
                "groundNone": "None yet",
            ])]
        case .armyWelfare: [.init("agreement", "Agreement", many: ["agreed": "They agreed to it"])]
        case .childSafeguarding, .adultSafeguarding:
            [.init("told", "Was the family told?", one: [
                "toldYes": "Yes", "toldNo": "No, it was not safe", "toldLater": "Not yet",
            ])]
        case .funds, .concession: []
        }
    }
}

/// Where a matter may stand.
struct MatterStep: Sendable {
    /// What runs from there.
    enum Clock: Sendable {
        case none
        /// A day that is said: a hearing, an expiry, a release.
        case day
        case days(Int, String)
        case workingDays(Int, String)
        /// As before.
        case kept
    }

    let code: String
    let label: String
    let clock: Clock
    let ends: Bool

    init(_ code: String, _ label: String, _ clock: Clock = .none, ends: Bool = false) {
        (self.code, self.label, self.clock, self.ends) = (code, label, clock, ends)
    }

    var asksDay: Bool { if case .day = clock { true } else { false } }
}

/// Closed answers that a kind of matter has besides its steps.
struct MatterGroup: Sendable {
    let name: String
    let label: String
    let isMany: Bool
    let options: [(code: String, label: String)]

    init(_ name: String, _ label: String, one options: KeyValuePairs<String, String>) {
        (self.name, self.label, isMany) = (name, label, false)
        self.options = options.map { ($0.key, $0.value) }
    }

    init(_ name: String, _ label: String, many options: KeyValuePairs<String, String>) {
        (self.name, self.label, isMany) = (name, label, true)
        self.options = options.map { ($0.key, $0.value) }
    }

    fileprivate static let hearing: [MatterGroup] = [
        .init("hearing", "What kind of hearing?", one: [
            "trial": "Criminal trial", "sentence": "Sentence or plea", "bailHearing": "Bail",
            "family": "Family court, about children", "injunction": "Family court, an order that protects",
            "tribunal": "Tribunal", "otherHearing": "Another",
        ]),
        .init("goes", "Who goes with them?", one: [
            "goesWorker": "Their worker", "goesFamily": "Family or a friend", "goesOther": "Another service",
            "goesNobody": "Nobody yet",
        ]),
        .init("asked", "Special measures asked for", many: [
            "askedScreens": "Screens", "askedLink": "Live link", "askedEntrance": "Separate entrance and waiting room",
            "askedGallery": "Public gallery cleared", "askedIntermediary": "Intermediary",
            "askedInterpreter": "Interpreter", "askedNoCross": "No cross-examination in person",
        ]),
        .init("granted", "Special measures granted", many: [
            "grantedScreens": "Screens", "grantedLink": "Live link",
            "grantedEntrance": "Separate entrance and waiting room", "grantedGallery": "Public gallery cleared",
            "grantedIntermediary": "Intermediary", "grantedInterpreter": "Interpreter",
            "grantedNoCross": "No cross-examination in person",
        ]),
    ]
}
