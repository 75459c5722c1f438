import Pages

/// When a data set is taken (domain.md 12).
enum OutcomeStage: String, Choice {
    case intake, review, exit
    var label: String {
        switch self {
        case .intake: "Intake"
        case .review: "Review"
        case .exit: "Exit"
        }
    }
}

/// The kinds of abuse that the data sets ask about: the four headings of Insights, and two more.
enum AbuseKind: String, CaseIterable, Sendable {
    case physical, sexual, harassment, control, economic, honour
    var label: String {
        switch self {
        case .physical: "Physical abuse"
        case .sexual: "Sexual abuse"
        case .harassment: "Harassment and stalking"
        case .control: "Jealous or controlling behaviour"
        case .economic: "Economic abuse"
        case .honour: "Honour-based abuse or forced marriage"
        }
    }

    var severity: String { "\(rawValue)_severity" }
    var frequency: String { "\(rawValue)_frequency" }
    var direction: String { "\(rawValue)_direction" }
}

/// How severe abuse was over the last three months.
enum AbuseSeverity: String, CaseIterable, Sendable {
    case none, standard, moderate, high
    var label: String {
        switch self {
        case .none: "None"
        case .standard: "Standard"
        case .moderate: "Moderate"
        case .high: "High"
        }
    }
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    var colour: GovUK.TagColour {
        switch self {
        case .none: .green
        case .standard: .grey
        case .moderate: .yellow
        case .high: .red
        }
    }
}

/// One question of the data sets: its name is that of the form's field and of the export's column.
struct OutcomeQuestion: Sendable {
    /// Where it stands in the form.
    enum Part: String, CaseIterable, Sendable {
        case abuse, situation, needs, outcome
        var label: String {
            switch self {
            case .abuse: "The last three months"
            case .situation: "Their situation"
            case .needs: "Other needs"
            case .outcome: "How it is now"
            }
        }
    }

    struct Answer: Sendable {
        let code: String
        let label: String
    }

    let name: String
    let label: String
    let part: Part
    let stages: Set<OutcomeStage>
    let answers: [Answer]

    /// Not asked is what no answer means.
    static let notAsked = "notAsked"

    func label(of code: String) -> String? { answers.first { $0.code == code }?.label }

    /// Every question there is, in the order of the form and of the export.
    static let all = abuse + situation + needs + outcome

    static func of(_ stage: OutcomeStage) -> [OutcomeQuestion] { byStage[stage] ?? [] }

    private static let byStage = Dictionary(uniqueKeysWithValues: OutcomeStage.allCases.map { stage in
        (stage, all.filter { $0.stages.contains(stage) })
    })

    private init(
        _ name: String, _ label: String, _ part: Part, _ stages: Set<OutcomeStage>,
        _ answers: KeyValuePairs<String, String>
    ) {
        (self.name, self.label, self.part, self.stages) = (name, label, part, stages)
        self.answers = (answers.map { Answer(code: $0.key, label: $0.value) }
            + [Answer(code: "notKnown", label: "Not known"), Answer(code: "declined", label: "Asked, did not say")])
    }

    private static let always: Set<OutcomeStage> = [.intake, .review, .exit]
    private static let atIntake: Set<OutcomeStage> = [.intake]
    private static let atEnds: Set<OutcomeStage> = [.intake, .exit]
    private static let later: Set<OutcomeStage> = [.review, .exit]

    private static let abuse = AbuseKind.allCases.flatMap { kind in
        [
            OutcomeQuestion(kind.severity, "\(kind.label): how severe?", .abuse, always, [
                "none": "None", "standard": "Standard", "moderate": "Moderate", "high": "High",
            ]),
            OutcomeQuestion(kind.frequency, "\(kind.label): how often?", .abuse, always, changes),
            OutcomeQuestion(kind.direction, "\(kind.label): the harm done?", .abuse, always, changes),
        ]
    }
    private static let changes: KeyValuePairs = ["more": "Getting worse", "same": "The same", "less": "Getting better"]
    private static let yesNo: KeyValuePairs = ["yes": "Yes", "no": "No"]

    private static let situation = [
        OutcomeQuestion("abuse_duration", "How long has the abuse gone on?", .situation, atIntake, [
            "under6m": "Less than six months", "from6m": "Six months to a year", "from1y": "One to two years",
            "from3y": "Three to five years", "from6y": "Six to ten years", "over10y": "More than ten years",
        ]),
        OutcomeQuestion("living_together", "Do they live with whoever harms them?", .situation, always, [
            "yes": "Yes", "sometimes": "On and off", "no": "No",
        ]),
        OutcomeQuestion("attempts_to_leave", "Attempts to leave in the last year", .situation, atIntake, [
            "none": "None", "one": "One", "twoOrMore": "Two or three", "fourOrMore": "Four or more",
        ]),
        OutcomeQuestion("police_calls", "Calls to the police in the last year", .situation, atIntake, [
            "none": "None", "one": "One", "twoOrMore": "Two or three", "fourOrMore": "Four or more",
        ]),
        OutcomeQuestion("emergency_visits", "Visits to A&E in the last year for injuries", .situation, atIntake, [
            "none": "None", "one": "One", "twoOrMore": "Two or three", "fourOrMore": "Four or more",
        ]),
        OutcomeQuestion("pregnant", "Pregnant", .situation, atIntake, yesNo),
        OutcomeQuestion("recourse", "Recourse to public funds", .situation, atIntake, yesNo),
        OutcomeQuestion("housing", "Housing", .situation, atEnds, [
            "owned": "Owned", "socialTenancy": "Social tenancy", "privateTenancy": "Private tenancy",
            "familyOrFriends": "With family or friends", "temporary": "Temporary accommodation",
            "safeAccommodation": "Refuge or other safe accommodation", "noHome": "No home", "other": "Other",
        ]),
        OutcomeQuestion("work", "Work", .situation, atEnds, [
            "employed": "Employed", "selfEmployed": "Self-employed", "notEmployed": "Not in work",
            "student": "Studying", "retired": "Retired", "unable": "Not able to work",
        ]),
        OutcomeQuestion("managing_money", "Managing financially", .situation, atEnds, [
            "well": "Well", "justAbout": "Just about", "badly": "Badly",
        ]),
    ]

    private static let needs = [
        OutcomeQuestion("mental_health", "Mental health need", .needs, atEnds, yesNo),
        OutcomeQuestion("self_harm", "Self-harm or thoughts of suicide", .needs, atEnds, yesNo),
        OutcomeQuestion("drugs", "Drug need", .needs, atEnds, yesNo),
        OutcomeQuestion("alcohol", "Alcohol need", .needs, atEnds, yesNo),
        OutcomeQuestion("homeless", "Homeless or about to be", .needs, atEnds, yesNo),
        OutcomeQuestion("learning_disability", "Learning disability", .needs, atIntake, yesNo),
    ]

    private static let outcome = [
        OutcomeQuestion("quality_of_life", "Quality of life, since the last time", .outcome, later, [
            "better": "Better", "same": "The same", "worse": "Worse",
        ]),
        OutcomeQuestion("confidence", "Confident to ask for help", .outcome, later, [
            "more": "More than before", "same": "As before", "less": "Less than before",
        ]),
        OutcomeQuestion("children_outcome", "Children’s safety", .outcome, later, [
            "better": "Better", "same": "The same", "worse": "Worse", "noChildren": "There are no children",
        ]),
        OutcomeQuestion("criminal_outcome", "Criminal case", .outcome, later, [
            "none": "None", "reported": "Reported", "charged": "Charged", "convicted": "Convicted",
            "noFurtherAction": "No further action", "acquitted": "Acquitted",
        ]),
        OutcomeQuestion("civil_outcome", "Civil or family case", .outcome, later, [
            "none": "None", "appliedFor": "Applied for", "granted": "Granted", "refused": "Refused",
        ]),
    ]
}
